"""How slopes are written and joined: as numbers, or as matrices that act on columns or on rows."""

from typing import Final, Protocol

from grader.cells.algebra import ONE, added, times
from grader.cells.differentiate import differentiate
from grader.reading.tree import Node


class Calculus(Protocol):
    """What the rules for going through time ask of slopes: ∂v/∂u as a formula, of any width."""

    @property
    def form(self) -> str:
        """What authors call it."""

    @property
    def identity(self) -> Node:
        """The slope of a quantity by itself."""

    def slope(self, tree: Node, by: str) -> Node:
        """Of a formula with respect to a name, every other name held fixed."""

    def summed(self, *slopes: Node) -> Node:
        """Of several routes side by side."""

    def chained(self, *slopes: Node) -> Node:
        """Of one route, the slopes of its links in the order of the chain rule: latest first."""

    def sent(self, error: Node, slope: Node) -> Node:
        """What arrives of an error, ∂E/∂v, when it is sent back over ∂v/∂u."""


class Numbers:
    """One unit: every slope is a number, and the chain rule multiplies.

    >>> from grader.reading.printer import show
    >>> from grader.reading.tree import Name
    >>> show(NUMBERS.sent(Name("δz_t"), Name("u")))
    'δz_t*u'
    """

    __slots__ = ()
    form: Final = "scalar"
    identity: Final[Node] = ONE

    def slope(self, tree: Node, by: str) -> Node:
        return differentiate(tree, by)

    def summed(self, *slopes: Node) -> Node:
        return added(*slopes)

    def chained(self, *slopes: Node) -> Node:
        return times(*slopes)

    def sent(self, error: Node, slope: Node) -> Node:
        return times(error, slope)


NUMBERS: Final = Numbers()
