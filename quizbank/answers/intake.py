"""What files of answers come to: rows to be marked, troubles, and notes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from quizbank.answers.files import read_answers
from quizbank.answers.given import Given
from quizbank.problem import Problem

BAD_ROW = "bad-row"
"""The rule of problems that spoil one row only: it becomes a malformed record."""

NOTES = frozenset({"unknown-field", "doubled-heading"})
"""Rules of problems that are worth saying and lose nothing."""


@dataclass(slots=True)
class Intake:
    """Answers and bad rows in the order read; what could not be read; what is worth saying."""

    rows: list[Given | Problem] = field(default_factory=list)
    troubles: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)


def take_in(paths: Iterable[Path]) -> Intake:
    """Read files and folders of answers.

    >>> [problem.rule for problem in take_in([Path("no-such-file.yaml")]).troubles]
    ['unreadable']
    """
    intake = Intake()
    for one in read_answers(paths):
        if isinstance(one, Given) or one.rule == BAD_ROW:
            intake.rows.append(one)
        elif one.rule in NOTES:
            intake.notes.append(one)
        else:
            intake.troubles.append(one)
    return intake
