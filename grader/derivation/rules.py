"""What the lines of one derivation are judged by."""

from dataclasses import dataclass

from grader.derivation.goal import Goal
from grader.derivation.world import Partials
from grader.reading.tree import Node


@dataclass(frozen=True, slots=True)
class Known:
    """A wrong line with a name: both its sides, its id, and what is said to whoever writes it."""

    id: str
    left: Node
    right: Node
    says: str


@dataclass(frozen=True, slots=True)
class Rules:
    """What lines are judged by.

    ``goal.world`` is the world of the target; ``along_the_cell`` tells that only the cell path
    counts from the start. At most ``step`` equations may be put in at once.
    """

    goal: Goal
    partials: tuple[Partials, ...] = ("direct", "total")
    along_the_cell: bool = False
    step: int | None = None
    mistakes: tuple[Known, ...] = ()
