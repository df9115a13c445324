"""What happens entry by entry, decided for one entry: ``relu(2 U h) = 2 relu(U h)``.

Parts that mix entries become names, the same name where they are the same; whatever then holds
for all numbers holds for every entry.
"""

from fractions import Fraction

from grader.deciding.congruence import fields
from grader.deciding.field import NoInverse, Unsupported
from grader.deciding.ladder import Answer, decide
from grader.deciding.linear import Matrix
from grader.deciding.matrices import Matrices
from grader.deciding.shapes import NUMBER, Identity, Shape
from grader.deciding.sizes import Pair, Sizes, grid
from grader.deciding.typed import REDUCING, Typed
from grader.reading.tree import Call, Name, Neg, Node, Num, Power, Product, Quotient, Sum
from grader.reading.walk import rebuilt


def equal_entrywise(pair: Pair) -> bool:
    """Whether the ladder for numbers finds every entry equal; if not, that says nothing.

    >>> from grader.deciding.shapes import declared
    >>> from grader.deciding.typed import typed
    >>> shapes = declared({"v": ("n",)})
    >>> size = Call("abs", (Name("v"),))
    >>> both = (Product((one, one), "⊙") for one in (size, Name("v")))
    >>> equal_entrywise(Pair(*(typed(tree, shapes) for tree in both)))
    True
    """
    try:
        for sizes in grid(pair):
            entry = _Entry(pair, sizes)
            key, answer = entry.of(pair.key), entry.of(pair.answer)
            domain = pair.domain
            said = decide(
                key,
                answer,
                positive=domain.positive,
                integer=domain.integer,
                gates=domain.gates,
            )
            if said.verdict is not Answer.EQUAL:
                return False
    except (Unsupported, NoInverse):
        return False
    return True


class _Entry:
    """One entry of formulas of one shape, at sizes at which equal parts are equal everywhere."""

    __slots__ = ("image", "named", "shape")

    def __init__(self, pair: Pair, sizes: Sizes) -> None:
        self.image = Matrices(fields()[0], sizes, pair.domain)
        self.shape: Shape = pair.key.shape
        self.named: list[tuple[Matrix, Name]] = []

    def of(self, tree: Typed) -> Node:
        if tree.shape not in (NUMBER, self.shape):
            raise Unsupported("it is not made entry by entry")
        if isinstance(tree.node, Product) and tree.node.sign == "@":
            numbers, bare = _taken_out(tree)
            return Product((*map(self.of, numbers), self._as_name(bare)))
        if not _is_entrywise(tree) or not all(map(self._goes_along, tree.parts)):
            return self._as_name(tree)
        parts = iter([self.of(part) for part in tree.parts])
        return rebuilt(tree.node, lambda _: next(parts))

    def _goes_along(self, part: Typed) -> bool:
        return part.shape in (NUMBER, self.shape)

    def _as_name(self, tree: Typed) -> Node:
        """A part that mixes entries; those that are equal have one name."""
        value = self.image.value(tree, 0)
        if self.image.functions.taken():
            raise Unsupported("it has no value everywhere")
        for known, name in self.named:
            if known == value:
                return name
        self.named.append((value, Name(f"part {len(self.named) + 1}")))
        return self.named[-1][1]


def _taken_out(tree: Typed) -> tuple[list[Typed], Typed]:
    """The numbers that scale the factors of a matrix product, one at least, and what they scale."""
    numbers, factors = [Typed(Num(Fraction(1)), NUMBER)], []
    for part in tree.parts:
        scaled = isinstance(part.node, Product) and part.node.sign == "*"
        numbers += [one for one in part.parts if scaled and one.shape == NUMBER]
        factors += [one for one in part.parts if one.shape != NUMBER] if scaled else [part]
    node = Product(tuple(factor.node for factor in factors), "@")
    return numbers, Typed(node, tree.shape, tuple(factors))


def _is_entrywise(tree: Typed) -> bool:
    match tree.node:
        case Name():
            return not isinstance(tree.shape, Identity)
        case Num() | Sum() | Neg() | Product() | Quotient():
            return True
        case Power():
            return tree.shape == NUMBER or tree.shape.is_vector
        case Call(function):
            alone = function in ("max", "min") and len(tree.parts) == 1
            return function not in REDUCING and function != "diag" and not alone
        case _:
            return False
