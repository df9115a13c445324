"""What is said of every line of a derivation."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from grader.reading.tree import Node
from grader.verdict import Evidence


class Mark(StrEnum):
    """The eight things that can be said of a line.

    >>> [mark.value for mark in Mark if mark.is_fine]
    ['true', 'follows', 'aside', 'words']
    """

    TRUE = "true"
    FOLLOWS = "follows"  # false, but follows from the learner's own lines before
    WRONG = "wrong"
    MALFORMED = "malformed"  # could not be read
    TOO_BIG = "too-big"  # true, but puts in more equations at once than is allowed
    ASIDE = "aside"  # true, but says nothing
    UNDECIDED = "undecided"  # a person must look
    WORDS = "words"  # nothing to judge

    @property
    def is_fine(self) -> bool:
        """Whether nothing is held against a line."""
        return self in (Mark.TRUE, Mark.FOLLOWS, Mark.ASIDE, Mark.WORDS)

    @property
    def gravity(self) -> int:
        """How much it weighs where one mark is given for several statements."""
        return _GRAVITY.index(self)


_GRAVITY: Final = (
    Mark.WORDS, Mark.TRUE, Mark.ASIDE, Mark.FOLLOWS, Mark.TOO_BIG, Mark.UNDECIDED,
    Mark.MALFORMED, Mark.WRONG,
)  # fmt: skip
"""Marks, those that weigh most last."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A line as typed and as read, its mark, and why.

    ``number`` counts the lines as typed, from 1; a line of several statements is told by its worst.
    ``reasons`` explain a line that is not fine; ``mistake`` is the id of a named one.
    """

    number: int
    text: str
    understood: str
    mark: Mark
    reasons: tuple[Evidence, ...] = ()
    notes: tuple[str, ...] = ()
    mistake: str | None = None
    says: str = ""

    def together(self, other: "Judged") -> "Judged":
        """Two statements of one line: the graver mark, both readings."""
        graver = max(self, other, key=lambda one: one.mark.gravity)
        understood = "; ".join(filter(None, (self.understood, other.understood)))
        return replace(graver, understood=understood, notes=(*self.notes, *other.notes))


@dataclass(slots=True)
class Chain:
    """Sides said to be equal, in a row, and the mark of every link between two of them."""

    sides: list[Node]
    links: list[Mark] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    """The number of the line of every link."""

    @property
    def is_sound(self) -> bool:
        return all(link in (Mark.TRUE, Mark.TOO_BIG) for link in self.links)
