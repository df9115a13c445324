"""Answers summed up as reviews: one for every time a question was asked, whatever its numbers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from fractions import Fraction
from statistics import median

from grader.verdict import Outcome
from quizbank.record.history import Past

EASY_SHARE = 0.5  # of the learner's own time on that question before
EASY_SECONDS = 4.0  # less is no thinking, only typing, and says nothing about memory


class Grade(IntEnum):
    """How well a question was remembered, in the numbers of the FSRS algorithm."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True)
class Review:
    """One asking of a question, all its parts together.

    ``share`` is what was earned of the points that need no person to be marked; ``seconds`` is
    nothing where some part was not measured.
    """

    question: str
    given: datetime
    share: Fraction
    hints: int = 0
    seconds: float | None = None


def reviews(answers: Iterable[Past]) -> list[Review]:
    """What was asked, by time; questions that were only skipped or wait for a person are left out.

    >>> from datetime import UTC
    >>> when = datetime(2026, 3, 1, tzinfo=UTC)
    >>> half = Past(when, "q", "a", 0, "1", Outcome.PARTIAL, Fraction(1, 2), Fraction(2), None, 1)
    >>> full = Past(when, "q", "b", 0, "1", Outcome.CORRECT, Fraction(1), Fraction(2), None, 0)
    >>> [(one.share, one.hints) for one in reviews([half, full])]
    [(Fraction(3, 4), 1)]
    """
    summed = map(_summed, _askings(answers))
    return sorted((one for one in summed if one), key=lambda review: review.given)


def _askings(answers: Iterable[Past]) -> Iterator[list[Past]]:
    """Answers to one question in one sitting; a part that comes again begins another asking."""
    open_: dict[tuple[int, str], list[Past]] = {}
    for answer in answers:
        key = (answer.sitting, answer.question)
        if any(answer.part == earlier.part for earlier in open_.get(key, ())):
            yield open_.pop(key)
        open_.setdefault(key, []).append(answer)
    yield from open_.values()


def _summed(asking: Sequence[Past]) -> Review | None:
    marked = [one for one in asking if one.outcome is not Outcome.UNDECIDED]
    points = sum((one.points for one in marked), Fraction(0))
    if not points or all(one.outcome is Outcome.BLANK for one in marked):
        return None
    measured = [one.seconds for one in asking if one.seconds is not None]
    return Review(
        question=asking[0].question,
        given=asking[-1].given,
        share=sum((one.score * one.points for one in marked), Fraction(0)) / points,
        hints=sum(one.hints for one in asking),
        seconds=sum(measured) if len(measured) == len(asking) else None,
    )


def grade(review: Review, before: Sequence[float] = ()) -> Grade:
    """How well a question was remembered, from what was earned, the hints, and the time.

    ``before`` are the seconds that earlier right answers to the same question took: a learner is
    held against nobody but themselves.

    >>> now = datetime(2026, 3, 1)
    >>> [grade(Review("q", now, Fraction(share, 4))).name for share in (1, 2, 4)]
    ['AGAIN', 'HARD', 'GOOD']
    >>> grade(Review("q", now, Fraction(1), hints=1)).name
    'HARD'
    >>> grade(Review("q", now, Fraction(1), seconds=9), [30, 20, 25]).name
    'EASY'
    """
    if review.share < Fraction(1, 2):
        return Grade.AGAIN
    if review.share < 1 or review.hints:
        return Grade.HARD
    if not before or review.seconds is None:
        return Grade.GOOD
    usual = median(before)
    quick = usual >= EASY_SECONDS and review.seconds <= EASY_SHARE * usual
    return Grade.EASY if quick else Grade.GOOD
