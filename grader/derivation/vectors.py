"""A random network of layers: vectors and matrices over a finite field, shapes told apart."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from typing import Final

from grader.cells.algebra import ZERO
from grader.cells.jacobians import ROWS
from grader.cells.shapes import shapes
from grader.deciding import linear
from grader.deciding.congruence import fields
from grader.deciding.domain import Domain
from grader.deciding.field import NoInverse, Unsupported
from grader.deciding.fitting import repair
from grader.deciding.image import Image
from grader.deciding.linear import Matrix
from grader.deciding.matrices import Matrices
from grader.deciding.opaque import Opaque
from grader.deciding.shapes import NUMBER, Shape, Shapes, Size, declared
from grader.deciding.typed import Typed, typed
from grader.deciding.unfit import ShapeFault
from grader.derivation.scalars import Meaning, is_plain, is_untouched
from grader.derivation.world import World
from grader.reading.tree import Call, Node
from grader.reading.walk import names

_SIZES: Final = {"n": 4, "m": 3}
"""Units and inputs: apart, so that no transpose goes unnoticed, and large enough for products."""


class Vectors(Matrices):
    """One random network of layers; a name without a ``meaning`` is free.

    >>> from grader.cells.wide import in_form
    >>> from grader.derivation.naming import vocabulary
    >>> from grader.reading.parser import parse
    >>> world = World(in_form("rnn", "vector"), lag=1)
    >>> network = Vectors(world.meaning, world)
    >>> def ask(what, *sides):
    ...     return what(*(parse(side, vocabulary(world, side)).tree for side in sides))
    >>> ask(network.agrees, "δh_{t-1}", "s_{t-1} + U^T δz_t")
    True
    >>> ask(network.unfit, "δU", "h_{t-1} δz_t")
    'h_{t-1} (n) times δz_t (n) does not fit; a transpose is missing: h_{t-1} δz_t^T'
    """

    __slots__ = ("known", "meaning", "world")

    def __init__(self, meaning: Meaning, world: World) -> None:
        super().__init__(fields()[0], _SIZES, Domain(gates=world.gates))
        self.meaning = meaning
        self.world = world
        self.known: dict[tuple[str, int], Matrix] = {}

    def named(self, text: str, shape: Shape, k: int) -> Matrix:
        """Every name that is read comes through here."""
        if (text, k) not in self.known:
            self.known[text, k] = self.worked_out(text, shape, k)
        return self.known[text, k]

    def worked_out(self, text: str, shape: Shape, k: int) -> Matrix:
        """The value of a name that is met for the first time."""
        if (tree := self.meaning(text)) is None:
            return super().named(text, shape, k)
        with suppress(Unsupported):
            return linear.spread(self.value(self.typed(tree), k), *map(self.size, shape))
        if k + 1 < len(self.field.levels):
            raise Unsupported("squashings stand too deep in each other")
        return super().named(text, shape, k)

    def typed(self, tree: Node) -> Typed:
        """A formula with its shapes; raises `ShapeFault`."""
        return typed(tree, self.shapes(tree))

    def shapes(self, tree: Node) -> dict[str, Shape]:
        """Of the names of the world and the slopes in a formula."""
        slopes = (name for name in names(tree) if name.startswith("∂"))
        return dict(_shapes(self.world)) | {name: _of_slope(name, self.world) for name in slopes}

    def agrees(self, left: Node, right: Node) -> bool | None:
        """Whether both sides are equal here; None where the field cannot tell."""
        self.numbers = Image(self.field, self.numbers.domain)  # no doubt is left of lines before
        self.functions = Opaque(self.numbers)
        try:
            ours, theirs = self.typed(left), self.typed(right)
            if ours.shape != theirs.shape and ZERO not in (left, right):
                return False
            shape = [*map(self.size, ours.shape if right == ZERO else theirs.shape)]
            values = (linear.spread(self.value(one, 0), *shape) for one in (ours, theirs))
            same = next(values) == next(values)
        except ShapeFault:
            return False
        except NoInverse:
            return None if self.functions.taken() else False  # it has no value anywhere
        except Unsupported:
            return None
        if self.functions.taken() or (not same and not self.numbers.exact):
            return None
        return same

    def unfit(self, left: Node, right: Node) -> str:
        """Why the shapes do not fit, with the one small change that makes them fit."""
        try:
            wanted = self.typed(left)
        except ShapeFault as fault:
            return fault.words
        try:
            given = self.typed(right)
            if given.shape == wanted.shape:
                return ""
            raise ShapeFault("result", right, (right, given.shape), (left, wanted.shape))
        except ShapeFault as fault:
            mend = repair(right, self.shapes(right), wanted.shape, fault.tree)
            return f"{fault.words}; {mend}" if mend else fault.words

    def following(self, own: Mapping[str, Node]) -> "Vectors":
        """The same network with a learner's own formulas for some names, if their shapes fit."""
        with suppress(ShapeFault):
            if all(is_plain(one, "diag") and self.typed(one) for one in own.values()):
                return Following(self, own)
        return self

    def partly(self, meaning: Meaning) -> "Vectors":
        """The same network in which some free names stand for something."""
        return Vectors(meaning, self.world)  # free values depend on the name alone


class Following(Vectors):
    """A network with a learner's own formulas in place of what some names stand for."""

    __slots__ = ("before", "own", "settled")

    def __init__(self, before: Vectors, own: Mapping[str, Node]) -> None:
        super().__init__(before.meaning, before.world)
        self.before = before
        self.own = own
        self.settled: frozenset[str] = frozenset()
        if isinstance(before, Following):
            self.settled = before.settled | before.own.keys()

    def worked_out(self, text: str, shape: Shape, k: int) -> Matrix:
        if (formula := self.own.get(text)) is not None:
            return self.before.value(self.before.typed(formula), k)
        if text in self.settled or is_untouched(text, self.own):
            return self.before.named(text, shape, k)
        return super().worked_out(text, shape, k)


@lru_cache(maxsize=64)
def _shapes(world: World) -> Shapes:
    """Of every name but slopes, and of the identity matrix."""
    along = world.cell.calculus.form
    known = shapes(world.cell.name, along, world.lag + 1)
    return declared({**known, "I": ("identity", "n")})


def _of_slope(name: str, world: World) -> Shape:
    """Of a Jacobian: with columns, the row tells whose derivative, the column by what."""
    of, _, by = name.lstrip("∂").partition("/∂")
    above, below = (_length(one, world) for one in (of, by))
    if world.partials == "entries" and _is_of_entries(name, world):
        return _shapes(world)[of]
    return Shape(below, above) if world.cell.calculus == ROWS else Shape(above, below)


def _is_of_entries(name: str, world: World) -> bool:
    """Whether a slope is the vector of its entries, which holds no Jacobian of its own."""
    jacobian = replace(world, partials="either").meaning(name)
    return isinstance(jacobian, Call) and jacobian.function == "diag"


def _length(name: str, world: World) -> Size:
    """How many entries a vector has."""
    at = _shapes(world).get(name, NUMBER)
    return at.columns if at.rows == 1 else at.rows
