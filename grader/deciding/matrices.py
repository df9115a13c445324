"""A formula in vectors and matrices, read with random matrices over a finite field."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from operator import mul
from typing import TypeAlias

from grader import limits
from grader.deciding.field import FUNCTIONS, Field, Unsupported
from grader.deciding.image import Image
from grader.deciding.shapes import NUMBER, Shape
from grader.deciding.sizes import whole_exponent
from grader.deciding.typed import Typed
from grader.reading.tree import (
    Array,
    Call,
    Name,
    Neg,
    Num,
    Power,
    Product,
    Quotient,
    Sum,
    Transpose,
)

Matrix: TypeAlias = list[list[int]]
"""Rows of residues."""


class Matrices:
    """Reads formulas at one point of a field, with one number for every letter of a size.

    Unless ``numbers.exact``, values that differ prove nothing.

    >>> from grader.deciding.shapes import declared
    >>> from grader.deciding.typed import typed
    >>> from grader.deciding.towers import draw
    >>> shapes = declared({"U": ("n", "m"), "x": ("m",)})
    >>> image = Matrices(Field(draw(7), point=0), {"n": 2, "m": 3})
    >>> product = Product((Name("U"), Name("x")))
    >>> turned = Transpose(Product((Transpose(Name("x")), Transpose(Name("U")))))
    >>> image.value(typed(product, shapes), 0) == image.value(typed(turned, shapes), 0)
    True
    """

    __slots__ = ("_degree", "field", "numbers", "sizes")

    def __init__(self, field: Field, sizes: Mapping[str, int]) -> None:
        self.field = field
        self.sizes = sizes
        self.numbers = Image(field)
        self._degree = 1

    def value(self, tree: Typed, k: int) -> Matrix:  # noqa: C901, PLR0911 - one case per node
        """The rows on level k; raises Unsupported, or NoInverse where a denominator is zero."""
        match tree.node:
            case Num(value):
                return [[self.numbers.number(value, k)]]
            case Name(text):
                return self._name(text, tree.shape, k)
            case Sum():
                return self._sum(tree, k)
            case Neg():
                return self._each(lambda a: -a, tree.parts[0], k)
            case Product(_, "@"):
                return self._chain(tree, k)
            case Product():
                return self._entrywise(tree, k)
            case Quotient():
                over, under = (self.value(part, k) for part in tree.parts)
                return self._both(over, self._inverses(under, k), k)
            case Power():
                return self._power(tree, k)
            case Transpose():
                return _turned(self.value(tree.parts[0], k))
            case Call(function):
                return self._call(function, tree, k)
            case Array():
                rows = [self.value(part, k) for part in tree.parts]
                return [_turned(row)[0] for row in rows]
            case _:
                raise Unsupported("an equation has no value")

    def _size(self, letter: str | int) -> int:
        return letter if isinstance(letter, int) else self.sizes[letter]

    def _name(self, text: str, shape: Shape, k: int) -> Matrix:
        if shape != NUMBER:
            return _entries(self.field, text, self._size(shape.rows), self._size(shape.columns), k)
        if text in self.sizes:
            return [[self.sizes[text]]]
        return [[self._exact(Name(text), k)]]

    def _exact(self, node: Name | Call | Power, k: int) -> int:
        """What holds no matrix is read as anywhere else."""
        value = self.numbers.value(node, k)
        if self.numbers.required or self.numbers.split:
            raise Unsupported("it needs more than exponentials and quotients of its entries")
        return value

    def _each(self, change: Callable[[int], int], part: Typed, k: int) -> Matrix:
        modulus = self.field.modulus(k)
        return [[change(entry) % modulus for entry in row] for row in self.value(part, k)]

    def _sum(self, tree: Typed, k: int) -> Matrix:
        rows, columns = map(self._size, tree.shape)
        total = [[0] * columns for _ in range(rows)]
        for part in tree.parts:
            added = _spread(self.value(part, k), rows, columns)
            total = [
                [a + b for a, b in zip(*pair, strict=True)]
                for pair in zip(total, added, strict=True)
            ]
        modulus = self.field.modulus(k)
        return [[entry % modulus for entry in row] for row in total]

    def _entrywise(self, tree: Typed, k: int) -> Matrix:
        first, *others = (self.value(part, k) for part in tree.parts)
        for other in others:
            first = self._both(first, other, k)
        return first

    def _both(self, left: Matrix, right: Matrix, k: int) -> Matrix:
        """Entry by entry; a number goes to every entry."""
        rows, columns = max(len(left), len(right)), max(len(left[0]), len(right[0]))
        modulus = self.field.modulus(k)
        pairs = zip(_spread(left, rows, columns), _spread(right, rows, columns), strict=True)
        return [[a * b % modulus for a, b in zip(*pair, strict=True)] for pair in pairs]

    def _inverses(self, matrix: Matrix, k: int) -> Matrix:
        return [[self.field.inverse(entry, k) for entry in row] for row in matrix]

    def _chain(self, tree: Typed, k: int) -> Matrix:
        """A matrix product, begun at the end that keeps what is in between a vector."""
        factors = [self.value(part, k) for part in tree.parts]
        modulus = self.field.modulus(k)
        if tree.shape.columns == 1:
            product = factors.pop()
            while factors:
                product = _times(factors.pop(), product, modulus)
            return product
        product, *others = factors
        for other in others:
            product = _times(product, other, modulus)
        return product

    def _power(self, tree: Typed, k: int) -> Matrix:
        whole = whole_exponent(tree)
        base, exponent = tree.parts
        if whole is None:
            if base.node == Name("e"):
                return self._applied("exp", exponent, k)
            return self._number(tree, k)
        if base.shape != NUMBER and not base.shape.is_vector:
            return self._matrix_power(self.value(base, k), whole, k)
        return self._whole_power(base, whole, k)

    def _whole_power(self, base: Typed, whole: int, k: int) -> Matrix:
        self._degree *= abs(whole) or 1
        if self._degree > limits.DEGREE:
            raise Unsupported(f"the exponents multiply to more than {limits.DEGREE}")
        entries = self.value(base, k)
        self._degree //= abs(whole) or 1
        if whole == 0 and any(0 in row for row in entries):
            raise Unsupported("0^0 has no value")
        if whole < 0:
            entries = self._inverses(entries, k)
        modulus = self.field.modulus(k)
        return [[pow(entry, abs(whole), modulus) for entry in row] for row in entries]

    def _matrix_power(self, base: Matrix, whole: int, k: int) -> Matrix:
        if whole < 0:
            raise Unsupported("the inverse of a matrix")
        power = [[int(i == j) for j in range(len(base))] for i in range(len(base))]
        for _ in range(whole):
            power = _times(power, base, self.field.modulus(k))
        return power

    def _call(self, function: str, tree: Typed, k: int) -> Matrix:
        if function in FUNCTIONS:
            return self._applied(function, tree.parts[0], k)
        if function == "sum":
            total = sum(map(sum, self.value(tree.parts[0], k)))
            return [[total % self.field.modulus(k)]]
        if function == "diag":
            return _diagonal(self.value(tree.parts[0], k))
        if len(tree.parts) == 1 and tree.parts[0].shape == tree.shape != NUMBER:
            return self._each(
                lambda entry: self.numbers.free(k, function, entry), tree.parts[0], k
            )  # the same function of the same entry, whatever it is
        return self._number(tree, k)

    def _applied(self, function: str, part: Typed, k: int) -> Matrix:
        """A function of every entry."""
        below = self.value(part, self.numbers.below(k))
        return [[self.field.call(function, entry, k) for entry in row] for row in below]

    def _number(self, tree: Typed, k: int) -> Matrix:
        if not self._plain(tree) or not isinstance(tree.node, Call | Power):
            raise Unsupported("it needs more than exponentials and quotients of its entries")
        return [[self._exact(tree.node, k)]]

    def _plain(self, tree: Typed) -> bool:
        """Whether it is made of numbers only, and no size is among them."""
        if isinstance(tree.node, Name) and tree.node.text in self.sizes:
            return False
        return tree.shape == NUMBER and all(map(self._plain, tree.parts))


@lru_cache(maxsize=limits.MATRICES_KEPT)
def _entries(field: Field, name: str, rows: int, columns: int, k: int) -> Matrix:
    """Random entries that depend on nothing but the name and their place."""
    return [[field.random(k, "entry", name, i, j) for j in range(columns)] for i in range(rows)]


def _times(left: Matrix, right: Matrix, modulus: int) -> Matrix:
    columns = _turned(right)
    return [[sum(map(mul, row, column)) % modulus for column in columns] for row in left]


def _turned(matrix: Matrix) -> Matrix:
    return [list(column) for column in zip(*matrix, strict=True)]


def _spread(matrix: Matrix, rows: int, columns: int) -> Matrix:
    if len(matrix) == rows and len(matrix[0]) == columns:
        return matrix
    return [matrix[0] * columns for _ in range(rows)]


def _diagonal(matrix: Matrix) -> Matrix:
    """The diagonal of a matrix, or the matrix with this diagonal."""
    if len(matrix) > 1 and len(matrix[0]) > 1:
        return [[matrix[at][at]] for at in range(len(matrix))]
    entries = [entry for row in matrix for entry in row]
    places = range(len(entries))
    return [[entries[i] if i == j else 0 for j in places] for i in places]
