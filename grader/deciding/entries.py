"""A formula in matrices written out entry by entry, at sizes a person can follow."""

from collections.abc import Mapping
from fractions import Fraction
from typing import TypeAlias

from grader import limits
from grader.deciding.field import Unsupported
from grader.deciding.shapes import NUMBER, Identity, Shape, Size
from grader.deciding.sizes import whole_exponent
from grader.deciding.typed import TRACES, Typed
from grader.reading.tree import (
    Array,
    Call,
    Name,
    Neg,
    Node,
    Num,
    Power,
    Product,
    Quotient,
    Sum,
    Transpose,
)
from grader.reading.walk import rebuilt

Rows: TypeAlias = list[list[Node]]

_NOTHING = Num(Fraction(0))
_ONE = Num(Fraction(1))


def entries(tree: Typed, sizes: Mapping[str, int]) -> Rows:
    """The formula of every entry; those of a name are ``U[1,2]``, where there are several.

    >>> from grader.deciding.shapes import declared
    >>> from grader.deciding.typed import typed
    >>> from grader.reading.printer import show
    >>> shapes = declared({"U": ("n", "m"), "x": ("m",)})
    >>> product = typed(Product((Name("U"), Name("x"))), shapes)
    >>> [[show(entry) for entry in row] for row in entries(product, {"n": 1, "m": 2})]
    [['U[1,1]*x[1] + U[1,2]*x[2]']]

    Raises Unsupported for what has no entries, or too many.
    """
    return _Expansion(sizes).of(tree)


class _Expansion:
    __slots__ = ("made", "sizes")

    def __init__(self, sizes: Mapping[str, int]) -> None:
        self.sizes = sizes
        self.made = 0

    def of(self, tree: Typed) -> Rows:  # noqa: C901 - one case per node
        self.made += 1
        match tree.node:
            case Num():
                return [[tree.node]]
            case Name(text):
                return self._name(text, tree.shape)
            case Product(_, "@"):
                first, *others = map(self.of, tree.parts)
                for other in others:
                    first = self._times(first, other)
                return first
            case Transpose():
                return _turned(self.of(tree.parts[0]))
            case Power() if not (tree.shape == NUMBER or tree.shape.is_vector):
                return self._power(tree)
            case Array():
                return [_turned(self.of(part))[0] for part in tree.parts]
            case Call("diag"):
                return _diagonal(self.of(tree.parts[0]))
            case Call(function) if function in TRACES:
                return [[_reduced("sum", _diagonal(self.of(tree.parts[0])))]]
            case Call(function) if tree.shape == NUMBER and tree.parts[0].shape != NUMBER:
                return [[_reduced(function, self.of(tree.parts[0]))]]
            case _:
                return self._each(tree)

    def _size(self, size: Size) -> int:
        return size if isinstance(size, int) else self.sizes[size]

    def _name(self, text: str, shape: Shape) -> Rows:
        rows, columns = map(self._size, shape)
        if isinstance(shape, Identity):
            return _diagonal([[_ONE] for _ in range(rows)])
        if rows == columns == 1:
            size = self.sizes.get(text) if shape == NUMBER else None
            return [[Name(text) if size is None else Num(Fraction(size))]]
        return [
            [Name(f"{text}[{i},{j}]" if columns > 1 else f"{text}[{i}]") for j in _up_to(columns)]
            for i in _up_to(rows)
        ]

    def _each(self, tree: Typed) -> Rows:
        """Operators and functions of every entry; a number stands in every entry."""
        rows, columns = map(self._size, tree.shape)
        parts = [self.of(part) for part in tree.parts]

        def entry(i: int, j: int) -> Node:
            picked = iter([part[i % len(part)][j % len(part[0])] for part in parts])
            return rebuilt(tree.node, lambda _: next(picked))

        return [[entry(i, j) for j in range(columns)] for i in range(rows)]

    def _times(self, left: Rows, right: Rows) -> Rows:
        self.made += len(left) * len(right) * len(right[0])
        if self.made > limits.NODES:
            raise Unsupported("it has too many entries to write them out")
        return [[_dot(row, column) for column in _turned(right)] for row in left]

    def _power(self, tree: Typed) -> Rows:
        whole = whole_exponent(tree)
        if whole is None or abs(whole) > limits.LARGEST_SIZE:
            raise Unsupported("a power of a matrix that is no product")
        base = self.of(tree.parts[0])
        if whole < 0:
            base = _inverse(base)
        power = _diagonal([[_ONE] for _ in base])
        for _ in range(abs(whole)):
            power = self._times(power, base)
        return power


def _dot(row: list[Node], column: list[Node]) -> Node:
    pairs = [(a, b) for a, b in zip(row, column, strict=True) if _NOTHING not in (a, b)]
    terms = [b if a == _ONE else a if b == _ONE else Product((a, b)) for a, b in pairs]
    return Sum(tuple(terms)) if terms[1:] else terms[0] if terms else _NOTHING


def _inverse(rows: Rows) -> Rows:
    """By cofactors (Cramer's rule)."""
    if len(rows) > limits.INVERTED:
        raise Unsupported("the inverse of a matrix is too long to write it out")
    under, places = _determinant(rows), range(len(rows))
    return [[Quotient(_cofactor(rows, j, i), under) for j in places] for i in places]


def _determinant(rows: Rows) -> Node:
    cofactors = [_cofactor(rows, 0, j) for j in range(len(rows))]
    return _dot(rows[0], cofactors)


def _cofactor(rows: Rows, i: int, j: int) -> Node:
    minor = [[*row[:j], *row[j + 1 :]] for row in (*rows[:i], *rows[i + 1 :])]
    value = _determinant(minor) if minor else _ONE
    return Neg(value) if (i + j) % 2 and value != _NOTHING else value


def _reduced(function: str, rows: Rows) -> Node:
    every = tuple(entry for row in rows for entry in row)
    if not every[1:]:
        return every[0]
    if function == "sum":
        return Sum(every)
    return Product(every) if function == "prod" else Call(function, every)


def _turned(rows: Rows) -> Rows:
    return [list(column) for column in zip(*rows, strict=True)]


def _diagonal(rows: Rows) -> Rows:
    """The diagonal of a matrix, or the matrix with this diagonal."""
    if len(rows) > 1 and len(rows[0]) > 1:
        return [[rows[at][at]] for at in range(len(rows))]
    every = [entry for row in rows for entry in row]
    places = range(len(every))
    return [[every[i] if i == j else _NOTHING for j in places] for i in places]


def _up_to(size: int) -> range:
    return range(1, size + 1)
