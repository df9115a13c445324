"""A formula in vectors and matrices, read with random matrices over a finite field."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Final

from grader import limits
from grader.deciding import linear
from grader.deciding.domain import REALS, Domain
from grader.deciding.field import FUNCTIONS, Field, Unsupported
from grader.deciding.image import Image
from grader.deciding.linear import Matrix
from grader.deciding.opaque import Opaque
from grader.deciding.shapes import NUMBER, Identity, Shape
from grader.deciding.signs import constant
from grader.deciding.typed import REDUCING, TRACES, Typed
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

    __slots__ = ("_degree", "field", "functions", "numbers", "sizes")

    def __init__(self, field: Field, sizes: Mapping[str, int], domain: Domain = REALS) -> None:
        self.field = field
        self.sizes = sizes
        self.numbers = Image(field, domain)
        self.functions = Opaque(self.numbers)
        self._degree = 1

    def value(self, tree: Typed, k: int) -> Matrix:  # noqa: C901, PLR0911 - one case per node
        """The rows on level k; raises Unsupported, or NoInverse where a denominator is zero."""
        match tree.node:
            case Num(value):
                return [[self.numbers.number(value, k)]]
            case Name(text):
                return self.named(text, tree.shape, k)
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
                return linear.turned(self.value(tree.parts[0], k))
            case Call(function):
                return self._call(function, tree, k)
            case Array():
                rows = [self.value(part, k) for part in tree.parts]
                return [linear.turned(row)[0] for row in rows]
            case _:
                raise Unsupported("an equation has no value")

    def size(self, letter: str | int) -> int:
        """The number for a letter of a size."""
        return letter if isinstance(letter, int) else self.sizes[letter]

    def named(self, text: str, shape: Shape, k: int) -> Matrix:
        """What a name stands for on level k: here it is random, and depends on nothing."""
        if isinstance(shape, Identity):
            return linear.identity(self.size(shape.rows))
        if shape != NUMBER:
            return _entries(self.field, text, self.size(shape.rows), self.size(shape.columns), k)
        if text in self.sizes:
            return [[self.sizes[text]]]
        return [[self._exact(Name(text), k)]]

    def _exact(self, node: Name | Call | Power, k: int) -> int:
        """What holds no matrix is read as anywhere else."""
        value = self.numbers.value(node, k)
        positive = all(map(self.numbers.domain.is_positive, self.numbers.required))
        if self.numbers.split or not positive:
            raise Unsupported("it needs more than exponentials and quotients of its entries")
        return value

    def _each(self, change: Callable[[int], int], part: Typed, k: int) -> Matrix:
        modulus = self.field.modulus(k)
        return [[change(entry) % modulus for entry in row] for row in self.value(part, k)]

    def _sum(self, tree: Typed, k: int) -> Matrix:
        rows, columns = map(self.size, tree.shape)
        total = [[0] * columns for _ in range(rows)]
        for part in tree.parts:
            added = linear.spread(self.value(part, k), rows, columns)
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
        over = (linear.spread(one, rows, columns) for one in (left, right))
        pairs = zip(*over, strict=True)
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
                product = linear.times(factors.pop(), product, modulus)
            return product
        product, *others = factors
        for other in others:
            product = linear.times(product, other, modulus)
        return product

    def _power(self, tree: Typed, k: int) -> Matrix:
        base, exponent = tree.parts
        number = constant(exponent.node)
        if number is None:
            return self._applied("exp", exponent, k) if base.node == _E else self._number(tree, k)
        if tree.shape == NUMBER or tree.shape.is_vector:
            return self._power_of_entries(base, number, k)
        if number.denominator != 1:
            raise Unsupported("a root of a matrix")
        return self._power_of_matrix(self.value(base, k), number.numerator, k)

    def _power_of_entries(self, base: Typed, exponent: Fraction, k: int) -> Matrix:
        root = isinstance(base.node, Call) and base.node.function == "sqrt"
        if root:
            base, exponent = base.parts[0], exponent / 2
        if root or exponent.denominator != 1:
            return self._each(lambda u: self.functions.power(u, exponent, k), base, k)
        return self._whole_power(base, exponent.numerator, k)

    def _whole_power(self, base: Typed, whole: int, k: int) -> Matrix:
        self._degree *= abs(whole) or 1
        if self._degree > limits.DEGREE:
            raise Unsupported(f"the exponents multiply to more than {limits.DEGREE}")
        entries = self.value(base, k)
        self._degree //= abs(whole) or 1
        if whole == 0 and any(0 in row for row in entries):
            raise Unsupported("0^0 has no value")
        return [[self.numbers.raised(entry, whole, k) for entry in row] for row in entries]

    def _power_of_matrix(self, base: Matrix, whole: int, k: int) -> Matrix:
        if abs(whole) > limits.LARGEST_SIZE:
            raise Unsupported("a large power of a matrix")
        if whole < 0:
            base = linear.inverse(base, self.field, k)
        power = linear.identity(len(base))
        for _ in range(abs(whole)):
            power = linear.times(power, base, self.field.modulus(k))
        return power

    def _call(self, function: str, tree: Typed, k: int) -> Matrix:
        if function in FUNCTIONS:
            return self._applied(function, tree.parts[0], k)
        if function == "diag":
            return linear.diagonal(self.value(tree.parts[0], k))
        if function in REDUCING and tree.parts[0].shape != NUMBER:
            return [[self._reduced(function, self.value(tree.parts[0], k), k)]]
        if self._plain(tree) and function not in _BY_CASES:
            return self._number(tree, k)
        return self._opaque(function, tree, k)

    def _reduced(self, function: str, matrix: Matrix, k: int) -> int:
        if function == "prod":
            raise Unsupported("a product of all entries")
        if function in TRACES and len(matrix) > 1:
            matrix = linear.diagonal(matrix)
        return sum(map(sum, matrix)) % self.field.modulus(k)

    def _opaque(self, function: str, tree: Typed, k: int) -> Matrix:
        """Functions by cases, roots and whatever else is only known to be a function."""
        args = [self.value(part, k) for part in tree.parts]
        if function in ("max", "min") and len(args) == 1:
            every = [entry for row in args[0] for entry in row]
            return [[self.functions.call(function, every, k)]]
        rows, columns = map(self.size, tree.shape)
        over = [linear.spread(arg, rows, columns) for arg in args]
        call = self.functions.call
        return [
            [call(function, [arg[i][j] for arg in over], k) for j in range(columns)]
            for i in range(rows)
        ]

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


_E: Final = Name("e")
_BY_CASES: Final = frozenset({"abs", "abs'", "relu", "relu'", "max", "min"})


@lru_cache(maxsize=limits.MATRICES_KEPT)
def _entries(field: Field, name: str, rows: int, columns: int, k: int) -> Matrix:
    """Random entries that depend on nothing but the name and their place."""
    return [[field.random(k, "entry", name, i, j) for j in range(columns)] for i in range(rows)]
