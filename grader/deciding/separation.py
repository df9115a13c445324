"""Constants of whole numbers, roots and angles: two that lie close enough are exactly equal.

Such a constant is a quotient U/L of algebraic integers in a field of degree D.  Where u and l bound
their conjugates, U is zero or |U| >= 1/u^(D-1), for the product of its conjugates is a whole number
other than zero; so the constant is zero or at least 1/(u^(D-1) l).
Burnikel and others: A separation bound for real algebraic expressions, 2001.
"""

from fractions import Fraction
from functools import reduce
from math import ceil, gcd, isqrt, lcm, log2, prod
from typing import NamedTuple

from grader import limits
from grader.deciding.angles import times_pi
from grader.deciding.enclosure import enclose
from grader.deciding.field import Unsupported
from grader.deciding.reals import NotReal, Unclear, ends
from grader.deciding.signs import constant
from grader.reading.tree import Call, Neg, Node, Num, Power, Product, Quotient, Sum

_SLACK = 1 + 1e-9  # above what a few hundred roundings of a machine number add up to
_DIGITS_PER_BIT = 0.30103


class NotAlgebraic(Exception):
    """Other than whole numbers, roots and angles in fractions of π occur, or too many of them."""


class Bounds(NamedTuple):
    """Binary logarithms of u and l, which bound the conjugates of numerator and denominator."""

    above: float
    below: float


def are_equal(key: Node, answer: Node) -> bool:
    """Whether two constants are proved equal; False says nothing.

    >>> three, two = Num(Fraction(3)), Num(Fraction(2))
    >>> nested = Call("sqrt", (Sum((Num(Fraction(11)), Product((Num(Fraction(6)),
    ...     Call("sqrt", (two,)))))),))
    >>> plain = Sum((three, Call("sqrt", (two,))))
    >>> are_equal(nested, plain), are_equal(plain, Sum((plain, Num(Fraction(1, 10**99)))))
    (True, False)
    """
    gap = Sum((key, Neg(answer)))
    try:
        bits = _least_bits(gap)
        low, high = ends(enclose(gap, {}, ceil(bits * _DIGITS_PER_BIT) + 30))
    except (NotAlgebraic, NotReal, Unclear, Unsupported):
        return False
    return max(-low, high) < Fraction(1, 2**bits)


def _least_bits(node: Node) -> int:
    """How many binary places tell a constant from zero."""
    measure = _Measure()
    above, below = measure.of(node)
    if measure.degree > limits.SEPARATION_BITS:
        raise NotAlgebraic
    bits = ceil(((measure.degree - 1) * above + below) * _SLACK) + 1
    if bits * measure.irrational > limits.SEPARATION_BITS:
        raise NotAlgebraic
    return bits


class _Measure:
    """Bounds of constants, and the degree of the field in which all that were measured lie."""

    def __init__(self) -> None:
        self.roots: dict[tuple[Node, int], int] = {}
        self.turn = 1  # of which every angle is a multiple, in parts of 2π
        self.irrational = 0  # roots and angles that have to be worked out

    @property
    def degree(self) -> int:
        """At most this: that of the roots of unity of one order times the index of every root."""
        return prod(self.roots.values()) * sum(gcd(n, self.turn) == 1 for n in range(self.turn))

    def of(self, node: Node) -> Bounds:
        match node:
            case Num(value):
                return Bounds(log2(value.numerator or 1), log2(value.denominator))
            case Neg(arg) | Call("abs", (arg,)):
                return self.of(arg)
            case Sum(terms):
                return reduce(_added, map(self.of, terms))
            case Product(factors, "*"):
                parts = [self.of(factor) for factor in factors]
                return Bounds(sum(one.above for one in parts), sum(one.below for one in parts))
            case Quotient(top, bottom):
                return _divided(self.of(top), self.of(bottom))
            case Call("sqrt", (arg,)):
                return self._root(arg, 2)
            case Power(base, exponent) if (number := constant(exponent)) is not None:
                return self._power(base, number)
            case Call("sin" | "cos" | "tan", (arg,)):
                return self._angle(node.function, arg)
            case _:
                raise NotAlgebraic

    def _power(self, base: Node, exponent: Fraction) -> Bounds:
        above, below = self._root(base, exponent.denominator)
        if exponent < 0:
            above, below = below, above
        return Bounds(above * abs(exponent.numerator), below * abs(exponent.numerator))

    def _root(self, base: Node, index: int) -> Bounds:
        """Of U/L: that of U L^(k-1) over L, or U over that of U^(k-1) L."""
        above, below = self.of(base)
        if index == 1:
            return Bounds(above, below)
        if index == 2 and _is_square(base):
            return Bounds(above / 2, below / 2)
        self.irrational += 1
        self.roots[base, index] = index
        if above >= below:
            return Bounds((above + (index - 1) * below) / index, below)
        return Bounds(above, ((index - 1) * above + below) / index)

    def _angle(self, function: str, arg: Node) -> Bounds:
        """``2 cos`` and ``2 sin`` of such an angle are sums of two roots of unity."""
        turns = times_pi(arg)
        if turns is None:
            raise NotAlgebraic
        self.irrational += 1
        self.turn = lcm(self.turn, 4, (turns / 2).denominator)
        if self.turn > limits.SEPARATION_BITS:
            raise NotAlgebraic
        return Bounds(1, 1)


def _is_square(node: Node) -> bool:
    """Of a fraction, as its form shows."""
    number = constant(node)
    parts = () if number is None or number < 0 else number.as_integer_ratio()
    return bool(parts) and all(isqrt(part) ** 2 == part for part in parts)


def _added(one: Bounds, other: Bounds) -> Bounds:
    left, right = one.above + other.below, one.below + other.above
    larger, smaller = max(left, right), min(left, right)
    return Bounds(larger + log2(1 + 2 ** (smaller - larger)), one.below + other.below)


def _divided(top: Bounds, bottom: Bounds) -> Bounds:
    return Bounds(top.above + bottom.below, top.below + bottom.above)
