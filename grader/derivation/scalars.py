"""A random network of one unit in a finite field: every name has the value its meaning gives it.

Both sides of a true line have equal residues in every such network; those of a false line differ
but with a probability below 1e-15 (`grader.deciding.congruence`).  Forward equations are worked
out on every level of the tower, so that a squashing may be named or written out.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from grader.deciding.congruence import fields
from grader.deciding.domain import Domain
from grader.deciding.field import FUNCTIONS, Field, NoInverse, Unsupported
from grader.deciding.image import Image, NoValue
from grader.deciding.towers import draw
from grader.reading.tree import Call, Name, Neg, Node, Num, Power
from grader.reading.walk import walk

Meaning: TypeAlias = Callable[[str], Node | None]
"""What a name stands for, one layer deep; None where it is free."""


class Scalars(Field):
    """One random network of one unit; a name without a ``meaning`` is free.

    >>> from grader.cells.forward import RNN
    >>> from grader.derivation.world import World
    >>> from grader.reading.parser import parse
    >>> from grader.reading.vocabulary import Vocabulary
    >>> words = Vocabulary(("h_t", "w", "x_t", "u", "h_{t-1}", "b", "z_t", "δz_t", "δh_t"))
    >>> network = Scalars(World(RNN, lag=1).meaning)
    >>> def says(left, right):
    ...     return network.agrees(parse(left, words).tree, parse(right, words).tree)
    >>> says("h_t", "tanh(w x_t + u h_{t-1} + b)"), says("δz_t", "δh_t (1 - h_t^2)")
    (True, True)
    >>> says("δz_t", "δh_t h_t")
    False
    """

    __slots__ = ("gates", "meaning")

    def __init__(self, meaning: Meaning, gates: frozenset[str] = frozenset()) -> None:
        super().__init__(draw(fields()[0].seed), point=0)
        self.meaning = meaning
        self.gates = gates

    def symbol(self, name: str, level: int) -> int:
        if (known := self._symbols.get((name, level))) is not None:
            return known
        return self._symbols.keep(self.worked_out(name, level), name, level)

    def worked_out(self, name: str, level: int) -> int:
        """The value of a name that is met for the first time."""
        if (tree := self.meaning(name)) is None:
            return super().symbol(name, level)
        try:
            return Image(self).value(tree, level)
        except Unsupported:
            if level + 1 < len(self.levels):
                raise
            return self.random(level, "symbol", name)  # no line nests its squashings so deep

    def agrees(self, left: Node, right: Node) -> bool | None:
        """Whether both sides are equal here; None where the field cannot tell."""
        if not (is_plain(left) and is_plain(right)):
            return None
        image = Image(self, Domain(gates=self.gates))
        try:
            ours, theirs = image.of(left), image.of(right)
        except NoInverse:
            return False  # a denominator that is nought in every network: there is no value
        except (Unsupported, NoValue):
            return None
        if ours.residue != theirs.residue:
            return False if image.exact else None
        sure = not image.split and ours.required | theirs.required <= self.gates
        return True if sure else None

    def unfit(self, left: Node, right: Node) -> str:
        """Numbers always fit."""
        return ""

    def following(self, own: Mapping[str, Node]) -> "Scalars":
        """The same network with a learner's own formulas for some names."""
        return Following(self, own) if all(map(is_plain, own.values())) else self

    def partly(self, meaning: Meaning) -> "Scalars":
        """The same network in which some free names stand for something."""
        return Partly(self, meaning)


class Following(Scalars):
    """A network with a learner's own formulas in place of what some names stand for.

    Each is read in the network before it was put in, so a circle in it does no harm.
    """

    __slots__ = ("before", "own", "settled")

    def __init__(self, before: Scalars, own: Mapping[str, Node]) -> None:
        super().__init__(before.meaning, before.gates)
        self.before = before
        self.own = own
        self.settled: frozenset[str] = frozenset()
        if isinstance(before, Following):
            self.settled = before.settled | before.own.keys()

    def worked_out(self, name: str, level: int) -> int:
        if (formula := self.own.get(name)) is not None:
            return Image(self.before).value(formula, level)
        if name in self.settled or is_untouched(name, self.own):
            return self.before.symbol(name, level)
        return super().worked_out(name, level)


class Partly(Scalars):
    """A network in which names without a meaning have the values they have in another."""

    __slots__ = ("free",)

    def __init__(self, free: Scalars, meaning: Meaning) -> None:
        super().__init__(meaning, free.gates)
        self.free = free

    def worked_out(self, name: str, level: int) -> int:
        if self.meaning(name) is None:
            return self.free.symbol(name, level)
        return super().worked_out(name, level)


def is_plain(tree: Node, *more: str) -> bool:
    """Whether a formula is read exactly, whatever its names stand for: no roots and no cases.

    ``more`` are functions besides those of one number.
    """
    return all(
        one.function in FUNCTIONS or one.function in more
        if isinstance(one, Call)
        else not _is_root(one)
        for one in walk(tree)
    )


def _is_root(tree: Node) -> bool:
    """A power that is neither whole nor one of e: it would take the logarithm of a name."""
    match tree:
        case Power(Name("e"), _):
            return False
        case Power(_, Num(value) | Neg(Num(value))):
            return value.denominator != 1
        case _:
            return isinstance(tree, Power)


def is_untouched(name: str, own: Mapping[str, Node]) -> bool:
    """Whether a name cannot depend on others: no forward quantity does on an error or a slope."""
    return name[0] not in "δ∂" and all(one[0] in "δ∂" for one in own)
