"""What an answer is worth, and why: a frozen value that carries its evidence."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Self


class Outcome(StrEnum):
    """The six things that can be said of an answer; only the first two earn marks.

    >>> [outcome.value for outcome in Outcome]
    ['correct', 'partial', 'incorrect', 'malformed', 'undecided', 'blank']
    """

    CORRECT = "correct"
    PARTIAL = "partial"
    INCORRECT = "incorrect"
    MALFORMED = "malformed"  # could not be read; the learner may write it again
    UNDECIDED = "undecided"  # a person must look; never shown as wrong
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One finding that led to a verdict.

    ``check`` is a stable code that tests and statistics rely on (`grader.feedback.SENTENCES`
    lists them all); ``finding`` holds the facts of this case.

    >>> Evidence("exact", "6272 = 4*((16+1)*32+32^2)").check
    'exact'
    """

    check: str
    finding: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Outcome, score in [0, 1], evidence, and the reading the verdict rests on.

    ``understood`` is the answer as it was read, in plain text that reads back to the same thing.
    ``misconception`` is the id of the named mistake that produces exactly this answer.
    ``remarks`` are the author's own words for what was given.

    >>> Verdict(Outcome.CORRECT, Fraction(1)).score
    Fraction(1, 1)
    >>> Verdict(Outcome.UNDECIDED, Fraction(1, 2))
    Traceback (most recent call last):
        ...
    ValueError: undecided cannot earn 1/2; only correct and partial earn marks
    """

    outcome: Outcome
    score: Fraction = Fraction(0)
    evidence: tuple[Evidence, ...] = ()
    understood: str = ""
    misconception: str | None = None
    remarks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        earns = self.outcome in (Outcome.CORRECT, Outcome.PARTIAL)
        if self.score and not earns:
            raise ValueError(
                f"{self.outcome} cannot earn {self.score}; only correct and partial earn marks"
            )
        if earns and not 0 < self.score <= 1:
            raise ValueError(f"{self.outcome} earns more than 0 and at most 1, not {self.score}")

    @classmethod
    def correct(cls, understood: str, *evidence: Evidence, remarks: Iterable[str] = ()) -> Self:
        """The full score."""
        return cls(Outcome.CORRECT, Fraction(1), evidence, understood, None, tuple(remarks))

    @classmethod
    def scored(
        cls,
        score: Fraction,
        understood: str,
        *evidence: Evidence,
        misconception: str | None = None,
        remarks: Iterable[str] = (),
    ) -> Self:
        """Correct at 1, partial between, incorrect at 0.

        >>> Verdict.scored(Fraction(1, 4), "6144", misconception="no-bias").outcome
        <Outcome.PARTIAL: 'partial'>
        """
        earned = Outcome.PARTIAL if score else Outcome.INCORRECT
        outcome = Outcome.CORRECT if score == 1 else earned
        return cls(outcome, score, evidence, understood, misconception, tuple(remarks))
