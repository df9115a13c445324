"""One expression tree read in a finite field.

A value is *exact* when every step was a homomorphism: then two values that differ prove that the
expressions differ.  A step outside that class (log of a sum, floor, |x|, …) takes a free element
that depends on the function and its argument only: then equal values still prove equality.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial
from types import MappingProxyType
from typing import Any, NamedTuple

from grader import limits
from grader.deciding import angles, cases, roots
from grader.deciding.domain import REALS, Domain
from grader.deciding.field import FUNCTIONS, Field, Unsupported
from grader.deciding.signs import constant
from grader.reading.tree import (
    Array,
    Call,
    Equation,
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
from grader.reading.walk import names


class NoValue(Exception):
    """``0^0``: an expression that has no value anywhere."""


class Value(NamedTuple):
    """A residue, and the names that had to be taken as positive to get it.

    ``implied`` holds those of them that the expression is not defined without.
    """

    residue: int
    required: frozenset[str]
    implied: frozenset[str]


class Image:
    """Reads trees in one field, under one pattern of signs of what stands inside ``|…|``.

    >>> from grader.deciding.towers import draw
    >>> image = Image(Field(draw(7), point=0))
    >>> x, two = Name("x"), Num(Fraction(2))
    >>> image.of(Product((x, x))) == image.of(Power(x, two)), image.exact
    (True, True)
    >>> image.of(Call("log", (Power(x, two),))).required, image.exact
    (frozenset({'x'}), True)
    """

    __slots__ = (
        "_degree", "certain", "domain", "exact", "field", "floors", "implied", "known", "required",
        "signs", "split", "sums",
    )  # fmt: skip

    def __init__(
        self,
        field: Field,
        domain: Domain = REALS,
        signs: tuple[int, ...] = (),
    ) -> None:
        self.field = field
        self.domain = domain
        self.exact = True
        self.signs = signs  # of each of `split`; grows as more of them are met
        self.certain: list[int] = []  # values at level 0 that are above zero by the signs chosen
        self.split: list[int] = []  # values at level 0 whose sign had to be chosen
        self.floors: list[tuple[int, int]] = []  # values rounded down, at level 0, and their steps
        self.sums: dict[tuple[int, int], tuple[Node, int]] = {}  # under roots and logarithms
        self.known: dict[tuple[int, int], tuple[Node, int]] = {}  # roots and cases met before
        self.required: set[str] = set()
        self.implied: set[str] = set()
        self._degree = 1

    def of(self, node: Node) -> Value:
        """The image of a whole tree at the top of the tower.

        Raises Unsupported, NoValue, or NoInverse where a denominator is zero.
        """
        self.required.clear()
        self.implied.clear()
        self.known.clear()  # what is only looked up takes no name as positive
        residue = self.value(node, 0)
        return Value(residue, frozenset(self.required), frozenset(self.implied))

    def value(self, node: Node, k: int) -> int:
        """The image of a node on level k, below the modulus of that level."""
        return _READ[type(node)](self, node, k)

    def number(self, value: Fraction, k: int) -> int:
        """A rational number on level k."""
        modulus = self.field.moduli[k]
        if value.denominator == 1:
            return value.numerator % modulus
        return value.numerator * self.field.inverse(value.denominator, k) % modulus

    def free(self, k: int, *words: object) -> int:
        """An element for something of which the field knows only that it has one value."""
        self.exact = False
        return self.field.random(k, "free", *words)

    def once(self, node: Node, k: int, value: Callable[[], int]) -> int:
        """A value that is asked for again and again where roots stand inside one another."""
        place = id(node), k
        if place not in self.known:
            self.known[place] = node, value()
        return self.known[place][1]

    def below(self, k: int) -> int:
        """The level on which exponents of level k live."""
        if k + 1 == len(self.field.levels):
            raise Unsupported(f"exponentials stand more than {k} deep in each other")
        return k + 1

    def whole_power(self, base: Node, exponent: int, k: int) -> int:
        """``base ^ exponent``; ``0^0`` has no value, ``x^0`` is 1."""
        self._degree *= abs(exponent) or 1
        if self._degree > limits.DEGREE:
            raise Unsupported(f"the exponents multiply to more than {limits.DEGREE}")
        value = self.value(base, k)
        self._degree //= abs(exponent) or 1
        if exponent == 0 and value == 0:
            raise NoValue
        return self.raised(value, exponent, k)

    def raised(self, value: int, exponent: int, k: int) -> int:
        """A whole power of a value on level k."""
        if exponent < 0:
            value = self.field.inverse(value, k)
        return pow(value, abs(exponent), self.field.moduli[k])

    def _number(self, node: Num, k: int) -> int:
        return self.number(node.value, k)

    def _name(self, node: Name, k: int) -> int:
        text = node.text
        if text == "e":
            return self.field.call("exp", 1, k)
        if text == "π":
            return self.free(k, "π")
        if text == "i" and self.domain.complex_unit:
            return self.field.levels[k].root
        return self.field.symbol(text, k)

    def _sum(self, node: Sum, k: int) -> int:
        total = 0
        for term in node.terms:
            total += _READ[type(term)](self, term, k)
        return total % self.field.moduli[k]

    def _product(self, node: Product, k: int) -> int:
        if node.sign == "@":
            raise Unsupported("matrix products need declared shapes")
        product, modulus = 1, self.field.moduli[k]
        for factor in node.factors:
            product = product * _READ[type(factor)](self, factor, k) % modulus
        return product

    def _opposite(self, node: Neg, k: int) -> int:
        return -self.value(node.arg, k) % self.field.moduli[k]

    def _quotient(self, node: Quotient, k: int) -> int:
        under = self.field.inverse(self.value(node.bottom, k), k)
        return self.value(node.top, k) * under % self.field.moduli[k]

    def _shaped(self, _node: Node, _k: int) -> int:
        raise Unsupported("a transpose needs declared shapes")

    def _call(self, node: Call, k: int) -> int:
        function, args = node.function, node.args
        if function in FUNCTIONS:
            if function in ("sin", "cos", "tan") and "π" in names(node):
                return self._angle(function, args[0], k)
            return self.field.call(function, self.value(args[0], self.below(k)), k)
        match function:
            case "log":
                return self.once(node, k, partial(roots.log, self, args[0], k))
            case "log'":
                return self.field.inverse(self.value(args[0], k), k)
            case "sqrt":
                root = partial(roots.real_power, self, args[0], Fraction(1, 2), k)
                return self.once(node, k, root)
            case "sqrt'":
                half = self.number(Fraction(1, 2), k)
                power = half * roots.real_power(self, args[0], Fraction(-1, 2), k)
                return power % self.field.moduli[k]
            case _ if self.domain.complex_unit:
                raise Unsupported(f"{function} of what may be a complex number")
            case _:
                return cases.value(self, node, k)

    def _angle(self, function: str, arg: Node, k: int) -> int:
        """A function of an angle in which π occurs; ``sin(x + π) = -sin(x)``."""
        if function == "tan":
            under = self.field.inverse(self._angle("cos", arg, k), k)
            return self._angle("sin", arg, k) * under % self.field.moduli[k]
        if (turned := angles.turned(self, function, arg, k)) is not None:
            return turned
        return self.field.call(function, self.value(arg, self.below(k)), k)

    def _power(self, node: Power, k: int) -> int:
        base, exponent = node.base, node.exponent
        number = exponent.value if isinstance(exponent, Num) else constant(exponent)
        if number is None:
            return roots.symbolic_power(self, base, exponent, k)
        if isinstance(base, Call) and base.function == "sqrt":
            return self.once(node, k, partial(roots.real_power, self, base.args[0], number / 2, k))
        if number.denominator != 1:
            return self.once(node, k, partial(roots.real_power, self, base, number, k))
        return self.whole_power(base, number.numerator, k)


_READ: Mapping[type[Node], Callable[[Image, Any, int], int]] = MappingProxyType(
    {
        Num: Image._number,
        Name: Image._name,
        Sum: Image._sum,
        Product: Image._product,
        Neg: Image._opposite,
        Quotient: Image._quotient,
        Power: Image._power,
        Call: Image._call,
        **dict.fromkeys((Transpose, Array, Equation), Image._shaped),
    }
)
