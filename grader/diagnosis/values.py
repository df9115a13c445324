"""What formulas come to at one point of a field: equal for equal formulas, as far as it can see."""

from collections.abc import Mapping
from typing import Protocol, TypeAlias

from grader import limits
from grader.deciding.congruence import fields
from grader.deciding.domain import Domain
from grader.deciding.field import FUNCTIONS, NoInverse, Unsupported
from grader.deciding.image import Image, NoValue
from grader.deciding.matrices import Matrices
from grader.deciding.shapes import Shapes, Size
from grader.deciding.typed import typed
from grader.deciding.unfit import ShapeFault
from grader.reading.tree import Call, Name, Neg, Node, Num, Power, Product, Quotient, Sum
from grader.reading.walk import walk

Value: TypeAlias = int | tuple[tuple[int, ...], ...]
"""A residue, or rows of residues."""


class Values(Protocol):
    """Works out one formula after the other at the same point."""

    def of(self, tree: Node) -> Value | None:
        """None for what has no value, or none that can be compared."""


class OfNumbers:
    """Formulas of numbers; what they share with ``key`` is worked out once.

    >>> from grader.deciding.domain import REALS
    >>> x, y = Name("x"), Name("y")
    >>> values = OfNumbers(Sum((x, y)), REALS)
    >>> values.of(Sum((x, y))) == values.of(Sum((y, x)))
    True
    """

    __slots__ = ("_domain", "_field", "_known", "_own")

    def __init__(self, key: Node, domain: Domain) -> None:
        self._field = fields()[0]
        self._domain = domain
        self._own = {id(node): node for node in walk(key)}  # held, so that no other has their ids
        self._known: dict[tuple[int, int], int] = {}

    def of(self, tree: Node) -> int | None:
        try:
            return self._value(tree, 0)
        except Unsupported:
            return self._by_cases(tree)
        except NoInverse:
            return None

    def _by_cases(self, tree: Node) -> int | None:
        try:
            return Image(self._field, self._domain).of(tree).residue
        except (Unsupported, NoInverse, NoValue):
            return None

    def _value(self, node: Node, k: int) -> int:
        place = id(node), k
        if (value := self._known.get(place)) is None:
            value = self._worked_out(node, k)
            if place[0] in self._own:
                self._known[place] = value
        return value

    def _worked_out(self, node: Node, k: int) -> int:
        """As in `Image`, whatever is rational in exponentials."""
        field = self._field
        modulus = field.modulus(k)
        match node:
            case Name(text) if text not in ("e", "π", "i"):
                return field.symbol(text, k)
            case Sum(terms):
                return sum([self._value(term, k) for term in terms]) % modulus
            case Product(factors, sign) if sign != "@":
                product = 1
                for factor in factors:
                    product = product * self._value(factor, k) % modulus
                return product
            case Neg(arg):
                return -self._value(arg, k) % modulus
            case Num(number):
                return number.numerator * field.inverse(number.denominator, k) % modulus
            case Quotient(top, bottom):
                under = field.inverse(self._value(bottom, k), k)
                return self._value(top, k) * under % modulus
            case Power(base, Num(exponent)) if exponent.denominator == 1 and exponent:
                value = self._value(base, k)
                over = field.inverse(value, k) if exponent < 0 else value
                return pow(over, abs(exponent.numerator), modulus)
            case Call(function, (arg,)) if function in FUNCTIONS and k + 1 < len(field.levels):
                return field.call(function, self._value(arg, k + 1), k)
            case _:
                raise Unsupported("it is no quotient of exponentials")


class OfMatrices:
    """Formulas of vectors and matrices, in small matrices of one size for every letter."""

    __slots__ = ("_counted", "_domain", "_field", "_shapes", "_sizes")

    def __init__(self, shapes: Shapes, domain: Domain) -> None:
        self._field = fields()[0]
        self._domain = domain
        self._shapes = shapes
        self._sizes = _sizes(shapes)
        self._counted = any(isinstance(size, int) and size > 1 for size in _written(shapes))

    def of(self, tree: Node) -> tuple[tuple[int, ...], ...] | None:
        try:
            shaped = typed(tree, self._shapes)
            if self._counted and shaped.largest > limits.DIAGNOSED_ENTRIES:
                return None
            rows = Matrices(self._field, self._sizes, self._domain).value(shaped, 0)
        except (ShapeFault, Unsupported, NoInverse):
            return None
        return tuple(map(tuple, rows))


def _written(shapes: Shapes) -> tuple[Size, ...]:
    """The sizes that are declared, each once."""
    return tuple(dict.fromkeys(size for shape in shapes.values() for size in shape))


def _sizes(shapes: Shapes) -> Mapping[str, int]:
    letters = (size for size in _written(shapes) if isinstance(size, str))
    return {letter: size for size, letter in enumerate(letters, 2)}
