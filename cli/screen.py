"""The sitting on a screen: rich shows, questionary asks."""

from collections.abc import Sequence
from typing import assert_never

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text

from cli import ask, forms, render, summary, words
from cli.face import Kept
from cli.markdown import phrase, safe
from cli.render import MARGIN, WIDEST
from cli.reply import Answer, Command, Reply
from grader.entry import Entry
from grader.verdict import Outcome, Verdict
from quizbank.question import Part, Question
from quizbank.record.tally import Tally


class Screen:
    """Shows one question after another in a real terminal."""

    def __init__(self) -> None:
        self._console = Console(theme=render.THEME, highlight=False)
        self._prompt = ""
        self._unread = ""
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
        self._prompt = question.prompt
        self._console.print()
        self._show(render.head(question, f"{number} of {total}"))
        self._gap()
        self._show(render.body(question, self._width))

    def part(self, part: Part, number: int, total: int) -> None:
        self._unread = ""
        self._gap()
        if asked := render.ask(part, number, total):
            self._show(asked)
            self._gap()

    def ask(self, part: Part, hints: int) -> Reply:
        names = forms.unsaid_names(part.spec, self._prompt + part.ask)
        arrangement = forms.arrangement(part.spec)
        again = bool(arrangement.places) and not arrangement.once
        how = f"{words.how(part.spec.entry, names, again=again)} · {words.commands(hints)}"
        reply = self._asked(part, how)
        if isinstance(reply, Answer) and reply.text.strip():
            self._show(render.answer(part.spec, reply.text))
            self._gap()
        return reply

    def _asked(self, part: Part, how: str) -> Reply:
        options = [(option.id, phrase(option.text).plain) for option in forms.options(part.spec)]
        match part.spec.entry:
            case Entry.ONE_LINE:
                return ask.line(how, self._unread)
            case Entry.SEVERAL_LINES:
                return ask.lines(how)
            case Entry.PICK_ONE:
                return ask.pick_one(options, how)
            case Entry.PICK_MANY:
                return ask.pick_many(options, how)
            case Entry.ARRANGE:
                arrangement = forms.arrangement(part.spec)
                places = [phrase(place).plain for place in arrangement.places]
                offers = [(offer, phrase(offer).plain) for offer in arrangement.offers]
                filled = ask.fill(places, offers, how, once=arrangement.once)
                if isinstance(filled, Command):
                    return filled
                return Answer(arrangement.answer(filled))
            case entry:
                assert_never(entry)

    def hint(self, text: str, number: int, total: int) -> None:
        self._show(render.hint(text, number, total))
        self._gap()

    def verdict(self, part: Part, answer: str, verdict: Verdict, misconception: str) -> None:
        self._unread = answer if verdict.outcome is Outcome.MALFORMED else ""
        typed = part.spec.entry is Entry.ONE_LINE
        if typed and words.differs(answer, verdict.understood):
            self._show(render.understood(part.spec, verdict.understood))
        self._show(render.verdict(part, verdict, misconception))
        if verdict.outcome is Outcome.MALFORMED:
            self._show(Text(words.EDIT_AGAIN, "quiet"))
            self._gap()

    def say(self, sentence: str) -> None:
        self._show(Text(safe(sentence), "quiet"))
        self._gap()

    def solution(self, question: Question, missed: Sequence[Part]) -> None:
        if question.solution or missed:
            self._gap()
            self._show(render.solution(question, missed))
        self._gap()

    def pause(self, number: int, total: int) -> bool:
        return ask.enter(words.next_question(number, total))

    def closing(self, tally: Tally, kept: Kept) -> None:
        self._show(summary.closing(tally, kept))
        self._gap()
