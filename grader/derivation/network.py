"""Random networks in which lines are tried: of one unit, or of layers."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Protocol

from grader.cells.calculus import NUMBERS
from grader.derivation.scalars import Meaning, Scalars
from grader.derivation.world import World
from grader.reading.tree import Node


class Network(Protocol):
    """What a line can ask of a network."""

    def agrees(self, left: Node, right: Node) -> bool | None:
        """Whether both sides are equal here; None where the field cannot tell."""

    def unfit(self, left: Node, right: Node) -> str:
        """Why the shapes of both sides do not fit, in words; empty where they do."""

    def following(self, own: Mapping[str, Node]) -> "Network":
        """The same network with a learner's own formulas for some names."""

    def partly(self, meaning: Callable[[str], Node | None]) -> "Network":
        """The same network in which some free names stand for something."""


@lru_cache(maxsize=128)
def of(world: World) -> Network:
    """The network of a world, which remembers what it has worked out.

    >>> from grader.cells.forward import LSTM
    >>> from grader.reading.tree import Name
    >>> of(World(LSTM, lag=1)).agrees(Name("c_t"), Name("h_t"))
    False
    """
    return _network(world, world.meaning)


@lru_cache(maxsize=128)
def free(world: World) -> Network:
    """The network in which no name stands for anything."""
    return _network(world, lambda name: None)


def _network(world: World, meaning: Meaning) -> Network:
    if world.cell.calculus is NUMBERS:
        return Scalars(meaning, world.gates)
    from grader.derivation.vectors import Vectors  # noqa: PLC0415 - most lines are of numbers

    return Vectors(meaning, world)
