"""Answers joined with the bank: handed-in answers in, records out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from fractions import Fraction
from functools import lru_cache

from grader.verdict import Evidence, Outcome, Verdict
from quizbank.answers.given import Given, Raw
from quizbank.bank import Bank, BrokenVariant, NoSuchQuestion
from quizbank.problem import Problem
from quizbank.question import Question
from quizbank.record.records import Record

ATTEMPTS_KEPT = 100_000
"""Marked attempts, and names looked up, kept in memory; each takes about 1 kB."""


@dataclass(slots=True)
class Attempt:
    """One student's answers to the parts of one question, each part once.

    ``answered`` are the parts answered in this or another attempt; what none of them answers is
    blank in the ``first``.
    """

    student: str
    question: Question
    answers: dict[str, Given] = field(default_factory=dict)
    answered: set[str] = field(default_factory=set)
    first: bool = True

    def again(self) -> "Attempt":
        """The attempt after this one."""
        return Attempt(self.student, self.question, answered=self.answered, first=False)


def records(bank: Bank, given: Iterable[Given | Problem]) -> Iterator[Record]:
    """A record for every answer in the order handed in, and for every part of its question.

    A part that a student answered in none of several attempts is blank, once.
    An answer to an unknown question or part becomes a malformed record with the nearest names, and
    so does a row that could not be read.
    """
    attempts: dict[tuple[str, str, str, int], Attempt] = {}
    order: list[Attempt | Record] = []
    for one in given:
        if isinstance(one, Problem):
            order.append(bad_row(one))
        elif isinstance(found := find(bank, one), Record):
            order.append(found)
        else:
            question, parts = found
            key = (one.file, one.student, question.id, one.seed)
            attempt = attempts.get(key)
            if attempt is None or parts.keys() & attempt.answers.keys():
                attempt = attempt.again() if attempt else Attempt(one.student, question)
                attempts[key] = attempt
                order.append(attempt)
            attempt.answers.update(parts)
            attempt.answered.update(parts)
    for entry in order:
        if isinstance(entry, Record):
            yield entry
        else:
            yield from _marked(bank, entry)


def _marked(bank: Bank, attempt: Attempt) -> Iterator[Record]:
    texts = {part: text_of(given.answer) for part, given in attempt.answers.items()}
    verdicts = _verdicts(bank, attempt.question.id, attempt.question.seed, tuple(texts.items()))
    place = next(iter(attempt.answers.values())).place
    for part in attempt.question.parts:
        if part.id not in attempt.answers and (part.id in attempt.answered or not attempt.first):
            continue
        verdict = verdicts[part.id]
        yield Record(
            student=attempt.student,
            question=attempt.question.id,
            part=part.id,
            seed=attempt.question.seed,
            answer=texts.get(part.id, ""),
            points=part.points,
            verdict=verdict,
            misconception_name=bank.misconception_name(verdict.misconception),
            place=attempt.answers[part.id].place if part.id in attempt.answers else place,
        )


@lru_cache(ATTEMPTS_KEPT)
def _verdicts(
    bank: Bank, name: str, seed: int, texts: tuple[tuple[str, str], ...]
) -> Mapping[str, Verdict]:
    """The verdicts on a question's parts; in a class the same answers come again and again."""
    return bank.question(name, seed).mark(dict(texts))


@lru_cache(ATTEMPTS_KEPT)
def _question(bank: Bank, name: str, seed: int) -> Question | Evidence:
    """The question of that id for a seed, or why there is none."""
    try:
        return bank.question(name, seed)
    except NoSuchQuestion as error:
        return Evidence("unknown-question", str(error))
    except BrokenVariant as error:
        return Evidence("broken-variant", str(error))


def find(bank: Bank, given: Given) -> tuple[Question, dict[str, Given]] | Record:
    """The question meant, with the answer under the ids of its parts."""
    name, part = given.question, given.part
    if name not in bank.entries and part is None and "." in name:
        name, _, part = name.rpartition(".")  # a column of a wide table
    question = _question(bank, name, given.seed)
    if isinstance(question, Evidence):
        return _stray(given, question.check, question.finding)
    ids = [one.id for one in question.parts]
    if part is not None and part not in ids:
        return _stray(given, "unknown-part", _no_part(question, part))
    if part is not None:
        return question, {part: given}
    if isinstance(given.answer, Mapping) and ids != [""]:
        return _by_part(given, given.answer, question)
    if len(ids) > 1:
        message = f"{name} has the parts {', '.join(ids)}; say which one is answered"
        return _stray(given, "which-part", message)
    return question, {ids[0]: given}


def _by_part(
    given: Given, answers: Mapping[str, Raw], question: Question
) -> tuple[Question, dict[str, Given]] | Record:
    for part in answers:
        if question.part(part) is None:
            return _stray(given, "unknown-part", _no_part(question, part))
    return question, {
        part: Given(given.student, question.id, part, given.seed, answer, given.file, given.line)
        for part, answer in answers.items()
    }


def _no_part(question: Question, part: str) -> str:
    near = get_close_matches(part, [one.id for one in question.parts])
    hint = f"; did you mean {' or '.join(near)}?" if near else ""
    return f"{question.id} has no part {part!r}{hint}"


def _stray(given: Given, check: str, message: str) -> Record:
    """An answer that belongs to nothing: kept, with its place."""
    finding = Evidence(check, f"{given.place}: {message}")
    return Record(
        student=given.student,
        question=given.question,
        part=given.part or "",
        seed=given.seed,
        answer=text_of(given.answer),
        points=Fraction(0),
        verdict=Verdict(Outcome.MALFORMED, evidence=(finding,)),
        place=given.place,
    )


def bad_row(problem: Problem) -> Record:
    """The malformed record of a row that could not be read."""
    verdict = Verdict(Outcome.MALFORMED, evidence=(Evidence(problem.rule, str(problem)),))
    place = f"{problem.file}:{problem.line}"
    return Record("", "", "", 0, "", Fraction(0), verdict, place=place)


def text_of(answer: Raw) -> str:
    """One text for what was handed in: lists as lines, joined items as ``left = right``.

    >>> text_of({"forget gate": "σ", "candidate": "tanh"})
    'forget gate = σ\\ncandidate = tanh'
    """
    if isinstance(answer, str):
        return answer
    if isinstance(answer, Mapping):
        return "\n".join(f"{left} = {text_of(right)}" for left, right in answer.items())
    return "\n".join(text_of(one) for one in answer)
