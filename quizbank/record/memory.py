"""What a learner is likely to remember, and when to ask again.

The state of the FSRS algorithm is worked out anew from the history, answer by answer: nothing is
stored that could be lost or contradict it.

Source: https://github.com/open-spaced-repetition/py-fsrs, after Ye, Su and Cao 2022, A Stochastic
Shortest Path Algorithm for Optimizing Spaced Repetition Scheduling, KDD '22.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Final

from fsrs import Card, Rating, Scheduler

from quizbank.record.reviews import Review, grade

_SCHEDULER: Final = Scheduler(  # days are the unit here; --review asks again at once
    learning_steps=(), relearning_steps=(), enable_fuzzing=False
)


@dataclass(frozen=True, slots=True)
class Memory:
    """How one question stands: last asked, what it earned then, when it is due."""

    question: str
    share: Fraction
    reviews: int
    card: Card

    @property
    def due(self) -> datetime:
        """When the chance to remember falls to nine in ten; UTC."""
        return self.card.due

    def due_on(self, now: datetime) -> date:
        """The day it is due, where ``now`` is the learner's time."""
        return self.card.due.astimezone(now.tzinfo).date()

    def recall(self, when: datetime) -> float:
        """The chance to remember it then, if it is not asked before."""
        return float(_SCHEDULER.get_card_retrievability(self.card, when.astimezone(UTC)))

    def mastery(self, when: datetime) -> float:
        """What was earned last, times the chance to remember it; from 0 to 1."""
        return float(self.share) * self.recall(when)


def memories(reviews: Iterable[Review]) -> dict[str, Memory]:
    """Every question ever answered, by id; reviews come by time.

    >>> first = Review("q", datetime(2026, 3, 1, 12, tzinfo=UTC), Fraction(1))
    >>> again = Review("q", datetime(2026, 3, 4, 12, tzinfo=UTC), Fraction(1))
    >>> [str(memories(seen)["q"].due.date()) for seen in ([first], [first, again])]
    ['2026-03-03', '2026-03-18']
    """
    known: dict[str, Memory] = {}
    paces: dict[str, list[float]] = {}
    for review in reviews:
        before = known.get(review.question)
        pace = paces.setdefault(review.question, [])
        given = review.given.astimezone(UTC)
        card = before.card if before else Card(card_id=0, due=given)
        rating = Rating(grade(review, pace))
        card, _ = _SCHEDULER.review_card(card, rating, given)
        asked = before.reviews + 1 if before else 1
        known[review.question] = Memory(review.question, review.share, asked, card)
        if review.seconds is not None and review.share == 1:
            pace.append(review.seconds)
    return known
