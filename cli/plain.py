"""The sitting line by line: everything in words, for pipes and screen readers."""

import sys
from collections.abc import Sequence
from pathlib import Path
from textwrap import wrap
from typing import assert_never

from rich.console import Console, RenderableType

from cli import forms, words, words_of_sitting
from cli.face import Kept
from cli.markdown import formulas, phrase, prose, safe
from cli.marked import worst
from cli.reply import After, Answer, Command, Draft, Reply, read
from cli.spelling import fits, spell
from cli.terminal import window_width
from grader.entry import Entry
from grader.feedback import sentences
from grader.kinds.derivation import Derivation
from grader.kinds.options import letter
from grader.verdict import Outcome, Verdict
from quizbank.question import Part, Question
from quizbank.record.tally import Score, Tally

WIDTH = 88


class Plain:
    """Reads lines and prints sentences; formulas are written as one would type them."""

    def __init__(self) -> None:
        self._echo = not sys.stdin.isatty()
        self._prompt = ""
        self._hints = 0
        self._lines: list[str] = []

    def question(self, question: Question, number: int, total: int) -> None:
        if self._prompt:
            _say()
        self._prompt, self._hints = question.prompt, len(question.hints)
        _say(f"Question {number} of {total}: {_plain(question.title)}")
        level = f"Level {question.level} of {len(words.LEVELS)}: {words.level(question.level)}."
        _say(f"Topics: {', '.join(question.topics)}. {level}")
        _say()
        _say(_lines(prose(question.prompt, raised=False)))
        if question.figure:
            _say()
            _say("Figure:")
            print(safe(question.figure.rstrip()), flush=True)

    def part(self, part: Part, number: int, total: int) -> None:
        self._lines = []
        _say()
        worth = words.counted(part.points, "point")
        if total > 1:
            _say(f"Part {number} of {total}, {worth}: {_plain(part.ask)}")
        elif part.ask:
            _say(f"{_plain(part.ask)} ({worth})")
        self._offer(part)
        _say(f"{self._how(part)} {words_of_sitting.commands_plain(len(part.hints) + self._hints)}")

    def _how(self, part: Part) -> str:
        arrangement = forms.arrangement(part.spec)
        if places := len(arrangement.places):
            offers = len(arrangement.offers)
            return words.how_arranged(places, offers, again=not arrangement.once)
        names = forms.unsaid_names(part.spec, self._prompt + part.ask)
        return words.how_plain(part.spec.entry, names)

    def _offer(self, part: Part) -> None:
        for position, option in enumerate(forms.options(part.spec)):
            _say(f"{letter(position)}) {_plain(option.text)}")
        arrangement = forms.arrangement(part.spec)
        if arrangement.places and not arrangement.once:
            for number, place in enumerate(arrangement.places, 1):
                _say(f"{number}. {_plain(place)}")
            _say(words.TO_BE_JOINED)
        for position, offer in enumerate(arrangement.offers):
            _say(f"{letter(position)}) {_plain(offer)}")

    def ask(self, part: Part, hints: int) -> Reply:
        match part.spec.entry:
            case Entry.SEVERAL_LINES:
                return self._several_lines(part)
            case Entry.ONE_LINE | Entry.PICK_ONE | Entry.PICK_MANY | Entry.ARRANGE:
                line = self._line("Answer: ")
                return Command.QUIT if line is None else read(line)
            case entry:
                assert_never(entry)

    def _several_lines(self, part: Part) -> Reply:
        """Line by line until an empty one; what was typed stays when a command comes between."""
        for line in iter(lambda: self._line("  " if self._lines else "Answer: "), None):
            reply = read(line)
            if reply is Command.MARKS and self._lines and isinstance(part.spec, Derivation):
                return Draft("\n".join(self._lines))
            if isinstance(reply, Command):
                return reply
            if not line:
                return self._handed_in()
            self._lines.append(line)
        return self._handed_in() if self._lines else Command.QUIT

    def _handed_in(self) -> Answer:
        answer = Answer("\n".join(self._lines))
        self._lines = []
        return answer

    def marks(self, part: Part, answer: str) -> None:
        if isinstance(part.spec, Derivation):
            for number, judged in worst(part.spec.lines(answer)).items():
                _say(words_of_sitting.line_marked(number, judged.mark))

    def _line(self, prompt: str) -> str | None:
        """A line without its end; nothing at the end of input or when interrupted."""
        print(prompt, end="", flush=True)
        try:
            line = sys.stdin.readline()
        except KeyboardInterrupt:
            line = ""
        if self._echo or not line:
            print(safe(line))  # a transcript shows what was answered
        return line.rstrip("\r\n") if line else None

    def hint(self, text: str, number: int, total: int) -> None:
        _say(f"Hint {number} of {total}: {_plain(text)}")

    def verdict(self, part: Part, answer: str, verdict: Verdict, misconception: str) -> None:
        if words.differs(answer, verdict.understood):
            _say(f"Read as: {_plain(forms.picked(part.spec, verdict.understood))}")
        graded = verdict.outcome in (Outcome.CORRECT, Outcome.PARTIAL, Outcome.INCORRECT)
        earned = words.points(verdict.score * part.points, part.points)
        _say(f"{words.LOOK[verdict.outcome].word}{f': {earned}' if graded else ''}.")
        self.marks(part, answer)
        told = sentences(verdict)
        for sentence in told[: len(verdict.remarks)]:
            _say(_plain(sentence))
        for sentence in told[len(verdict.remarks) :]:
            _say(formulas(sentence, raised=False).plain)
        if misconception:
            _say(f"{words.MISCONCEPTION}: {_plain(misconception)}.")
        if verdict.outcome is Outcome.MALFORMED:
            _say(words_of_sitting.ASK_AGAIN)

    def say(self, sentence: str) -> None:
        _say(sentence)

    def solution(self, question: Question, missed: Sequence[Part]) -> None:
        for number, part in enumerate(question.parts, 1):
            name = f"part {number}" if len(question.parts) > 1 else ""
            title = words.right_answer(part.spec.entry, name)
            lines = [_plain(line) for line in forms.right_answer(part.spec)]
            if part in missed:
                _say(
                    f"{title}: {lines[0]}" if len(lines) == 1 else "\n".join([f"{title}:", *lines])
                )
        if question.solution:
            _say()
            _say(f"{words.SOLUTION}:")
            _say(_lines(prose(question.solution, raised=False)))

    def after(self, number: int, total: int, *, variants: bool) -> After:
        """Goes on: in a pipe every line is an answer."""
        return After.ON

    def explain(self, name: str, seed: int, bank: Path | None) -> None:
        from cli.commands.explain import run  # noqa: PLC0415 - it asks for a face of this kind

        run(name, seed, bank, plain=True)

    def closing(self, tally: Tally, kept: Kept) -> None:
        _say()
        _say(f"End: {_score(tally.whole)}.")
        _say(f"Answered: {tally.answered}. Skipped: {tally.skipped}.")
        for topic, score in sorted(tally.topics.items()):
            _say(f"Topic {topic}: {_score(score)}.")
        for name, times in tally.misconceptions.items():
            _say(f"Misconception met: {_plain(name)}, {words.counted(times, 'time')}.")
        for name, value in kept.lines():
            _say(f"{name}: {value}")


def _say(text: str = "") -> None:
    """Print lines; a terminal would break long ones inside words."""
    for line in safe(text).split("\n"):
        told = line if fits() else spell(line)
        folded = sys.stdout.isatty() and not line.startswith(" ")
        print("\n".join(wrap(told, _width())) if folded else told, flush=True)


def _width() -> int:
    return min(window_width(sys.stdout, WIDTH + 1) - 1, WIDTH)


def _plain(text: str) -> str:
    return phrase(text, raised=False).plain


def _score(score: Score) -> str:
    waiting = f", {words.counted(score.waiting, 'point')} to be marked by a person"
    return words.points(score.earned, score.possible) + (waiting if score.waiting else "")


def _lines(shown: RenderableType) -> str:
    """A renderable as text without colour or trailing space."""
    console = Console(width=_width(), color_system=None, highlight=False, force_terminal=False)
    with console.capture() as captured:
        console.print(shown)
    return "\n".join(line.rstrip() for line in captured.get().rstrip().split("\n"))
