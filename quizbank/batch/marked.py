"""Distinct answers, each marked once and written out once."""

from dataclasses import replace
from fractions import Fraction

from grader.judge import grade
from grader.kinds.number import Number
from grader.verdict import Outcome, Verdict
from quizbank.answers.given import Given
from quizbank.bank import Bank
from quizbank.batch.asked import Answer, Asked, may_follow, value_of
from quizbank.batch.forms import Form
from quizbank.batch.tally import Tally
from quizbank.marking import find, text_of
from quizbank.question import Part, Question
from quizbank.record.records import Record

ANSWERS_KEPT = 200_000
"""Distinct answers kept with all that is said of them; each takes about 1 kB."""


class Marked:
    """The answers of one file, by question, seed, part and text; marked when they first come."""

    def __init__(self, bank: Bank, form: Form, tally: Tally) -> None:
        self.bank, self.form, self.tally = bank, form, tally
        self.asked: dict[tuple[str, int], Asked] = {}
        self._answers: dict[tuple[str, int, str, str], Answer] = {}
        self._handed_in: dict[tuple[str, str | None, int, str], list[Answer]] = {}

    @property
    def full(self) -> bool:
        """Whether it is time to forget."""
        return max(len(self._answers), len(self._handed_in)) >= ANSWERS_KEPT

    def forget(self) -> None:
        """Count what was given, and make room."""
        for answer in self._answers.values():
            self.tally.count(answer.verdict, answer.part.points, answer.times)
        self._answers.clear()
        self._handed_in.clear()

    def answers(self, given: Given) -> list[Answer] | Record:
        """The answers to each part in what was handed in; a record if it belongs to nothing."""
        if not isinstance(given.answer, str):
            return self._found(given)
        key = (given.question, given.part, given.seed, given.answer)
        if known := self._handed_in.get(key):
            return known
        found = self._found(given)
        if not isinstance(found, Record):  # a record names its row
            self._handed_in[key] = found
        return found

    def _found(self, given: Given) -> list[Answer] | Record:
        found = find(self.bank, given)
        if isinstance(found, Record):
            return found
        question, parts = found
        return [self.answer(question, part, text_of(one.answer)) for part, one in parts.items()]

    def answer(self, question: Question, part: str, text: str) -> Answer:
        """A distinct answer to a part of a question."""
        key = (question.id, question.seed, part, text)
        if (kept := self._answers.get(key)) is None:
            kept = self._answers[key] = self._new(question, part, text)
        return kept

    def said(self, asked: Asked, part: Part, text: str, verdict: Verdict) -> bytes:
        """All that is said of an answer but whose it is."""
        name = self.bank.misconception_name(verdict.misconception)
        question = asked.question
        record = Record("", question.id, part.id, question.seed, text, part.points, verdict, name)
        return self.form.said(record)

    def stray(self, record: Record) -> bytes:
        """The line of an answer that belongs to nothing."""
        self.tally.count(record.verdict, Fraction(0))
        return self.form.line(record)

    def _new(self, question: Question, name: str, text: str) -> Answer:
        asked = self._asked(question)
        place, part = next(
            (place, part) for place, part in enumerate(question.parts) if part.id == name
        )
        verdict = grade(part.spec, text)
        blank = verdict.outcome is Outcome.BLANK
        said = self.said(asked, part, text, verdict)
        bits = 1 << 2 * place, 0 if blank else 2 << 2 * place
        answer = Answer(asked, part, name, text, verdict, said, *bits)
        if asked.turns is None or not isinstance(part.spec, Number):
            return answer
        return replace(
            answer, sources=may_follow(part, verdict), value=value_of(part.spec, text, verdict)
        )

    def _asked(self, question: Question) -> Asked:
        key = (question.id, question.seed)
        if key not in self.asked:
            carries = any(part.marking.carry for part in question.parts)
            self.asked[key] = Asked(question, turns={} if carries else None)
        return self.asked[key]
