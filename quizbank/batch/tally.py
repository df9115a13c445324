"""What a run came to: how often each outcome was given, and for how many points."""

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction

from grader.verdict import Outcome, Verdict


@dataclass(slots=True)
class Tally:
    """Counts and points of the records given out."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    earned: Fraction = Fraction(0)
    points: Fraction = Fraction(0)

    def count(self, verdict: Verdict, points: Fraction, times: int = 1) -> None:
        """Take in a verdict that was given so many times.

        >>> tally = Tally()
        >>> tally.count(Verdict.correct("6272"), Fraction(2), times=3)
        >>> tally.outcomes.total(), tally.percent
        (3, 100.0)
        """
        self.outcomes[verdict.outcome] += times
        self.points += points * times
        self.earned += verdict.score * points * times

    @property
    def percent(self) -> float:
        """Share of the points earned, in percent; 0 where there are none."""
        return float(100 * self.earned / self.points) if self.points else 0.0
