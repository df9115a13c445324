"""The sitting on a screen: rich shows, questionary asks."""

from collections.abc import Sequence
from typing import assert_never

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text

from cli import ask, forms, render, summary, words
from cli.face import Kept
from cli.markdown import phrase, safe
from cli.reply import Answer, Command, Reply
from grader.entry import Entry
from grader.verdict import Outcome, Verdict
from quizbank.question import Part, Question
from quizbank.record.tally import Tally


class Screen:
    """Shows one question after another in a real terminal."""

    def __init__(self) -> None:
        self._console = Console(theme=render.THEME, highlight=False)
        self._draft = ""

    @property
    def _width(self) -> int:
        return min(self._console.width - 2 * ask.MARGIN, render.WIDEST)

    def _show(self, shown: RenderableType, *, margin: int = ask.MARGIN) -> None:
        room = (
            self._console.width
            if isinstance(shown, Text) and shown.no_wrap
            else self._width + margin
        )
        self._console.print(Padding(shown, (0, 0, 0, margin)), width=room)

    def _gap(self) -> None:
        self._console.print()

    def question(self, question: Question, number: int, total: int) -> None:
        self._gap()
        self._show(render.head(question, f"{number} of {total}"))
        self._gap()
        self._show(render.body(question, self._width))

    def part(self, part: Part, number: int, total: int) -> None:
        self._draft = ""
        self._gap()
        if asked := render.ask(part, number, total):
            self._show(asked)
            self._gap()

    def ask(self, part: Part, hints: int) -> Reply:
        how = f"{words.how(part.spec.entry, forms.names(part.spec))} · {words.commands(hints)}"
        reply = self._asked(part, how)
        if isinstance(reply, Answer) and reply.text.strip():
            self._show(render.answer(part.spec, reply.text))
            self._gap()
        return reply

    def _asked(self, part: Part, how: str) -> Reply:
        options = [(option.id, phrase(option.text).plain) for option in forms.options(part.spec)]
        match part.spec.entry:
            case Entry.ONE_LINE:
                return ask.line(how, self._draft)
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
        self._draft = answer if verdict.outcome is Outcome.MALFORMED else ""
        typed = part.spec.entry is Entry.ONE_LINE
        if typed and words.differs(answer, verdict.understood):
            self._show(render.understood(part.spec, verdict.understood))
        self._show(render.verdict(part, verdict, misconception))
        if verdict.outcome is Outcome.MALFORMED:
            self._show(Text(words.ASK_AGAIN, "quiet"))
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
        return ask.enter(f"Enter for question {number} of {total} · :q quit")

    def closing(self, tally: Tally, kept: Kept) -> None:
        self._show(summary.closing(tally, kept))
        self._gap()
