"""A recurrent cell as its forward equations, read once."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from grader.cells.calculus import NUMBERS, Calculus
from grader.cells.steps import Moment, moment
from grader.reading.parser import parse
from grader.reading.tree import Call, Equation, Name, Node
from grader.reading.vocabulary import Vocabulary
from grader.reading.walk import names

_ANY_NAME: Final = Vocabulary((), any_name=True)


class UnknownName(LookupError):
    """A cell, or a quantity of a cell, that there is not; the message lists those there are."""


class Link(NamedTuple):
    """One arrow of the graph: ``quantity`` at step t reads ``read``, now or one step back.

    ``read`` has no step where it is a weight: the same one is read at every step.
    """

    quantity: str
    read: Moment | str


@dataclass(frozen=True, slots=True)
class Cell:
    """A recurrent layer: what it computes at step t, one equation per line.

    ``carrier`` is the state along which memory is carried from step to step; ``output`` is the
    state that the loss and the next layer read. ``calculus`` fits what the names stand for:
    numbers of one unit, or vectors.

    >>> cell = Cell("plain", "z_t = w*x_t + u*h_{t-1}\\nh_t = tanh(z_t)", "h", "h", "Elman 1990")
    >>> cell.states, cell.sums, cell.weights
    (('h',), ('z',), ('w', 'u'))
    """

    name: str
    forward: str
    carrier: str
    output: str
    source: str
    calculus: Calculus = NUMBERS

    @property
    def equations(self) -> dict[str, Node]:
        """The right-hand side at step t for every quantity, in the order of computation."""
        return _read(self.forward)

    @property
    def links(self) -> tuple[Link, ...]:
        """Every arrow, in the order of computation."""
        return _links(self.forward)

    @property
    def reads(self) -> tuple[Moment, ...]:
        """What is read by some equation and belongs to a step."""
        return tuple(link.read for link in self.links if isinstance(link.read, Moment))

    @property
    def states(self) -> tuple[str, ...]:
        """What is handed on from step to step."""
        before = {at.quantity for at in self.reads if at.step < 0}
        return tuple(quantity for quantity in self.equations if quantity in before)

    @property
    def inputs(self) -> tuple[str, ...]:
        """What comes from outside at every step."""
        outside = (at.quantity for at in self.reads if at.quantity not in self.equations)
        return tuple(dict.fromkeys(outside))

    @property
    def sums(self) -> tuple[str, ...]:
        """What stands inside the squashing functions: the layers before squashing."""
        inside = {
            at.quantity
            for right in self.equations.values()
            if isinstance(right, Call) and isinstance(arg := right.args[0], Name)
            if (at := moment(arg.text))
        }
        return tuple(quantity for quantity in self.equations if quantity in inside)

    @property
    def weights(self) -> tuple[str, ...]:
        """What is learnt, biases included; the same at every step."""
        return tuple(dict.fromkeys(link.read for link in self.links if isinstance(link.read, str)))

    def known(self, quantity: str) -> str:
        """The same quantity; raises `UnknownName` if this cell has none of this name."""
        there = (*self.equations, *self.inputs, *self.weights)
        if quantity not in there:
            raise UnknownName(f"{self.name} has no {quantity!r}; there are {', '.join(there)}")
        return quantity


@lru_cache(maxsize=64)
def _read(forward: str) -> dict[str, Node]:
    equations: dict[str, Node] = {}
    for line in filter(str.strip, forward.splitlines()):
        match parse(line, _ANY_NAME).tree:
            case Equation(Name(text), right) if (at := moment(text)) and at.step == 0:
                equations[at.quantity] = right
            case _:
                raise ValueError(f"{line!r} does not say what a quantity is at step t")
    return equations


@lru_cache(maxsize=64)
def _links(forward: str) -> tuple[Link, ...]:
    return tuple(
        Link(quantity, moment(text) or text)
        for quantity, right in _read(forward).items()
        for text in names(right)
    )
