"""The sitting on a screen: rich shows, questionary asks."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text

from cli import forms, render, summary, words, words_of_sitting
from cli.begun import Before, Begun
from cli.face import Kept
from cli.markdown import safe
from cli.marked import marked, signs
from cli.render import MARGIN, WIDEST
from cli.reply import After, Answer, Reply
from grader.entry import Entry
from grader.kinds.derivation import Derivation
from grader.verdict import Outcome, Verdict
from quizbank.question import Part, Question
from quizbank.record.tally import Tally


class Screen:
    """Shows one question after another in a real terminal."""

    def __init__(self) -> None:
        self._console = Console(theme=render.THEME, highlight=False)
        self._prompt = ""
        self._question = ""
        self._before = Before()
        self._blank = False

    @property
    def _width(self) -> int:
        return max(min(self._console.width - 2 * MARGIN, WIDEST), 1)

    def _show(self, shown: RenderableType) -> None:
        self._console.print(Padding(shown, (0, 0, 0, MARGIN)), width=self._width + MARGIN)
        self._blank = False

    def _gap(self) -> None:
        """One blank line, where there is none yet."""
        if not self._blank:
            self._console.print()
        self._blank = True

    def question(self, question: Question, number: int, total: int) -> None:
        self._prompt, self._question = question.prompt, question.id
        self._console.print()
        self._show(render.head(question, f"{number} of {total}"))
        self._gap()
        self._show(render.body(question, self._width))

    def part(self, part: Part, number: int, total: int) -> None:
        self._before.begun = Begun()
        self._gap()
        if asked := render.ask(part, number, total):
            self._show(asked)
            self._gap()

    def ask(self, part: Part, hints: int) -> Reply:
        names = forms.unsaid_names(part.spec, self._prompt + part.ask)
        arrangement = forms.arrangement(part.spec)
        again = bool(arrangement.places) and not arrangement.once
        head = (
            words.how(part.spec.entry, names, again=again),
            words_of_sitting.commands(hints, lines=_is_derived(part)),
        )
        from cli.asking import asked  # noqa: PLC0415 - questionary is slow to load; a question is read meanwhile

        given = self._before.given(self._question, part.id)
        reply, self._before.begun = asked(part, head, self._before.begun, given)
        if isinstance(reply, Answer) and reply.text.strip():
            self._before.add(self._question, part.id, reply.text)
            if not _is_derived(part):
                self._show(render.answer(part.spec, reply.text))
                self._gap()
        return reply

    def marks(self, part: Part, answer: str) -> None:
        assert isinstance(part.spec, Derivation)  # noqa: S101 - no other prompt asks for marks
        judged = part.spec.lines(answer)
        self._before.begun = Begun(answer, signs(answer, judged))
        self._show(marked(answer, judged))
        self._gap()

    def hint(self, text: str, number: int, total: int) -> None:
        self._show(render.hint(text, number, total))
        self._gap()

    def verdict(self, part: Part, answer: str, verdict: Verdict, misconception: str) -> None:
        is_unread = verdict.outcome is Outcome.MALFORMED
        self._before.begun = Begun(answer) if is_unread else Begun()
        if isinstance(part.spec, Derivation):
            self._show(marked(answer, part.spec.lines(answer)))
            self._gap()
        typed = part.spec.entry is Entry.ONE_LINE
        if typed and render.is_worth_showing(part.spec, answer, verdict.understood):
            self._show(render.understood(part.spec, verdict.understood))
        self._show(render.verdict(part, verdict, misconception))
        if verdict.outcome is Outcome.MALFORMED:
            is_line = part.spec.entry is Entry.ONE_LINE
            again = words_of_sitting.EDIT_AGAIN if is_line else words_of_sitting.EDIT_LINES_AGAIN
            self._show(Text(again, "quiet"))
            self._gap()

    def say(self, sentence: str) -> None:
        self._show(Text(safe(sentence), "quiet"))
        self._gap()

    def solution(self, question: Question, missed: Sequence[Part]) -> None:
        if question.solution or missed:
            self._gap()
            self._show(render.solution(question, missed))
        self._gap()

    def after(self, number: int, total: int, *, variants: bool) -> After:
        from cli.ask import after  # noqa: PLC0415 - see above

        how = words_of_sitting.next_question(number, total)
        return after((how, words_of_sitting.ways_on(variants=variants)), variants=variants)

    def explain(self, name: str, seed: int, bank: Path | None) -> None:
        from cli.commands.explain import run  # noqa: PLC0415 - few ask for it

        run(name, seed, bank)
        self._blank = True

    def closing(self, tally: Tally, kept: Kept) -> None:
        self._show(summary.closing(tally, kept))
        self._gap()


def _is_derived(part: Part) -> bool:
    return isinstance(part.spec, Derivation)
