"""Two expressions side by side at one point, with certainty about what is said of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from fractions import Fraction
from functools import lru_cache

from grader import limits
from grader.deciding.domain import Domain
from grader.deciding.enclosure import enclose
from grader.deciding.reals import NotReal, Number, Unclear, ends
from grader.deciding.towers import noise
from grader.reading.tree import Node
from grader.reading.walk import names

CONSTANTS = frozenset({"e", "π"})


class At(Enum):
    """How two expressions meet at a point."""

    APART = auto()  # both have a value there, and the values differ: certain
    TOGETHER = auto()  # to all the digits we took
    ONE_SIDED = auto()  # one has a real value there, the other has none: certain
    NOWHERE = auto()  # neither has a value there, or we cannot tell


@dataclass(frozen=True, slots=True)
class Meeting:
    """What was found at a point; values only where both sides have one."""

    at: At
    values: tuple[Number, Number] | None = None


def meet(key: Node, answer: Node, point: Mapping[str, Fraction]) -> Meeting:
    """Compare two expressions at a point, with more digits until they are told apart.

    >>> from grader.reading.tree import Call, Name, Num
    >>> meet(Call("sqrt", (Name("x"),)), Num(Fraction(2)), {"x": Fraction(9, 4)}).values
    (Fraction(3, 2), Fraction(2, 1))
    """
    meeting = Meeting(At.NOWHERE)
    for digits in limits.ENCLOSURE_DIGITS:
        sides = [_value(side, point, digits) for side in (key, answer)]
        if None in sides:
            continue
        ours, theirs = sides
        if isinstance(ours, NotReal) or isinstance(theirs, NotReal):
            return Meeting(At.NOWHERE if type(ours) is type(theirs) else At.ONE_SIDED)
        (low, high), (their_low, their_high) = ends(ours), ends(theirs)
        if high < their_low or their_high < low:
            return Meeting(At.APART, (ours, theirs))
        meeting = Meeting(At.TOGETHER, (ours, theirs))
        if isinstance(ours, Fraction) and isinstance(theirs, Fraction):
            break
    return meeting


def _value(node: Node, point: Mapping[str, Fraction], digits: int) -> Number | NotReal | None:
    try:
        value = enclose(node, point, digits)
        ends(value)
    except NotReal as error:
        return error
    except Unclear:
        return None
    else:
        return value


def free_names(*trees: Node) -> tuple[str, ...]:
    """Names that may take any value, in the order in which they are met."""
    met = dict.fromkeys(name for tree in trees for name in names(tree))
    return tuple(name for name in met if name not in CONSTANTS)


def draw_point(
    free: Iterable[str], pool: tuple[Fraction, ...], trial: int, domain: Domain
) -> dict[str, Fraction]:
    """A point that depends on its arguments only, so that a verdict never changes.

    >>> draw_point("xy", (Fraction(-1),), 0, Domain(positive=frozenset("x")))
    {'x': Fraction(1, 1), 'y': Fraction(-1, 1)}
    """
    size = len(pool)
    return {name: domain.fitted(name, pool[_pick(trial, size, name)]) for name in free}


@lru_cache(limits.SPELLINGS)
def _pick(trial: int, size: int, name: str) -> int:
    """Which of so many values a name takes."""
    return noise(0, trial, size, name) % size
