"""Real numbers in print: exact while rational, else an interval that surely holds the value."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor, isqrt
from operator import sub
from types import MappingProxyType
from typing import Any, TypeAlias

from mpmath.ctx_iv import MPIntervalContext

from grader import limits
from grader.deciding.signs import bits

Interval: TypeAlias = Any  # mpmath has no types
Number: TypeAlias = Fraction | Interval


class NotReal(Exception):
    """There is no real value."""


class Unclear(Exception):
    """Too large, or too close to an edge, to say what the value is."""


@lru_cache(maxsize=8)
def _context(digits: int) -> Any:
    context = MPIntervalContext()
    context.dps = digits
    return context


class Reals:
    """Arithmetic and functions with a number of decimal digits.

    >>> reals = Reals(30)
    >>> reals.sqrt(Fraction(9, 4)), reals.tanh(Fraction(0))
    (Fraction(3, 2), Fraction(0, 1))
    >>> bool(1.6487 < reals.exp(Fraction(1, 2)) < 1.6488)
    True

    Every operation raises NotReal where there is no value, Unclear where it cannot tell.
    """

    __slots__ = ("context",)

    def __init__(self, digits: int) -> None:
        self.context = _context(digits)

    def joined(
        self, combine: Callable[[Number, Number], Number], one: Number, other: Number
    ) -> Number:
        """Exact as long as both are and the result is short."""
        if isinstance(one, Fraction) and isinstance(other, Fraction):
            exact: Fraction = combine(one, other)
            return exact if bits(exact) <= limits.NUMBER_BITS else self.wide(exact)
        return combine(self.wide(one), self.wide(other))

    def wide(self, number: Number) -> Interval:
        """A number as an interval."""
        if not isinstance(number, Fraction):
            return number
        return self.context.mpf(number.numerator) / self.context.mpf(number.denominator)

    def divide(self, top: Number, bottom: Number) -> Number:
        if isinstance(bottom, Fraction):
            if bottom == 0:
                raise NotReal
            return top / bottom if isinstance(top, Fraction) else top / self.wide(bottom)
        if not (bottom > 0 or bottom < 0):
            raise Unclear("a denominator is too close to zero")
        return self.wide(top) / bottom

    def power(self, base: Number, exponent: Number) -> Number:
        if not isinstance(exponent, Fraction):
            return self.exp(self.wide(exponent) * self.wide(self.log(base)))
        if exponent.denominator == 1:
            return self._whole_power(base, exponent.numerator)
        if exponent.denominator == 2:
            return self._whole_power(self.sqrt(base), exponent.numerator)
        if base < 0 and exponent.denominator % 2 == 0:
            raise NotReal
        if base < 0:
            raise Unclear("a root of a negative number")
        if base == 0 and exponent > 0:
            return Fraction(0)
        return self.exp(self.wide(exponent) * self.wide(self.log(base)))

    def _whole_power(self, base: Number, exponent: int) -> Number:
        if exponent < 0:
            return self.divide(Fraction(1), self._whole_power(base, -exponent))
        if exponent > limits.DEGREE:
            raise Unclear("an exponent is too large")
        if isinstance(base, Fraction):
            if base == exponent == 0:
                raise NotReal
            if exponent * bits(base) <= limits.NUMBER_BITS:
                return base**exponent
        return self.wide(base) ** exponent

    def exp(self, u: Number) -> Number:
        if u == 0:
            return Fraction(1)
        if not abs(u) <= limits.EXPONENT:
            raise Unclear("an exponential is too large")
        return self.context.exp(self.wide(u))

    def log(self, u: Number) -> Number:
        if u == 1:
            return Fraction(0)
        if u <= 0:
            raise NotReal
        if not u > 0:
            raise Unclear("a logarithm is taken too close to zero")
        return self.context.log(self.wide(u))

    def sqrt(self, u: Number) -> Number:
        if u < 0:
            raise NotReal
        if isinstance(u, Fraction):
            root = Fraction(isqrt(u.numerator), isqrt(u.denominator))
            if root * root == u:
                return root
        if not u >= 0:
            raise Unclear("a root is taken too close to zero")
        return self.context.sqrt(self.wide(u))

    def sin(self, u: Number) -> Number:
        return Fraction(0) if u == 0 else self._turn(self.context.sin, u)

    def cos(self, u: Number) -> Number:
        return Fraction(1) if u == 0 else self._turn(self.context.cos, u)

    def tan(self, u: Number) -> Number:
        return self.divide(self.sin(u), self.cos(u))

    def _turn(self, function: Callable[[Interval], Interval], u: Number) -> Interval:
        if not abs(u) <= limits.ANGLE:
            raise Unclear("an angle is too large")
        return function(self.wide(u))

    def tanh(self, u: Number) -> Number:
        if u == 0:
            return Fraction(0)
        return 1 - 2 / (self.wide(self.exp(2 * u)) + 1)

    def sigmoid(self, u: Number) -> Number:
        return self.divide(Fraction(1), 1 + self.exp(-u))

    def cosh(self, u: Number) -> Number:
        return (self.exp(u) + self.exp(-u)) / 2

    def sinh(self, u: Number) -> Number:
        return (self.exp(u) - self.exp(-u)) / 2

    def rounded(self, u: Number, rounding: Callable[[Fraction], int]) -> Fraction:
        """floor or ceil."""
        low, high = ends(u)
        if abs(low) > limits.ANGLE or rounding(low) != rounding(high):
            raise Unclear("too close to a whole number to be rounded")
        return Fraction(rounding(low))

    def best(self, args: tuple[Number, ...], larger: bool) -> Number:
        """max or min."""
        best = args[0]
        for arg in args[1:]:
            gap = self.joined(sub, arg, best)
            if not (gap >= 0 or gap <= 0):
                raise Unclear("two values are too close to say which is larger")
            if (gap > 0) == larger:
                best = arg
        return best

    def slope(self, u: Number, before: int) -> Fraction:
        """The derivative of |x| (before = -1) or relu (before = 0), which has none at zero."""
        if not (u > 0 or u < 0):
            raise Unclear("a corner has no slope")
        return Fraction(1 if u > 0 else before)


def ends(number: Number) -> tuple[Fraction, Fraction]:
    """Lower and upper end, exactly.

    >>> ends(Fraction(1, 3))
    (Fraction(1, 3), Fraction(1, 3))
    """
    if isinstance(number, Fraction):
        return number, number
    low, high = (_exactly(end) for end in number._mpi_)
    return low, high


def _exactly(end: tuple[int, int, int, int]) -> Fraction:
    sign, mantissa, exponent, _ = end
    if abs(exponent) > limits.SCALE_BITS or (exponent and not mantissa):
        raise Unclear("a value is too large, too small or unbounded")
    return Fraction(-mantissa if sign else mantissa) * Fraction(2) ** exponent


FUNCTIONS: Mapping[str, Callable[..., Number]] = MappingProxyType(
    {
        "exp": Reals.exp,
        "exp'": Reals.exp,
        "exp''": Reals.exp,
        "log": Reals.log,
        "log'": lambda at, u: at.divide(Fraction(1), u),
        "sqrt": Reals.sqrt,
        "sqrt'": lambda at, u: at.divide(Fraction(1, 2), at.sqrt(u)),
        "tanh": Reals.tanh,
        "tanh'": lambda at, u: 1 - at.tanh(u) ** 2,
        "tanh''": lambda at, u: 2 * at.tanh(u) * (at.tanh(u) ** 2 - 1),
        "σ": Reals.sigmoid,
        "σ'": lambda at, u: at.sigmoid(u) * at.sigmoid(-u),
        "σ''": lambda at, u: at.sigmoid(u) * at.sigmoid(-u) * (1 - 2 * at.sigmoid(u)),
        "cosh": Reals.cosh,
        "cosh'": Reals.sinh,
        "cosh''": Reals.cosh,
        "sinh": Reals.sinh,
        "sinh'": Reals.cosh,
        "sinh''": Reals.sinh,
        "sech": lambda at, u: at.divide(Fraction(1), at.cosh(u)),
        "sech'": lambda at, u: -at.tanh(u) / at.cosh(u),
        "sech''": lambda at, u: 1 / at.cosh(u) - 2 / at.cosh(u) ** 3,
        "sin": Reals.sin,
        "sin'": Reals.cos,
        "sin''": lambda at, u: -at.sin(u),
        "cos": Reals.cos,
        "cos'": lambda at, u: -at.sin(u),
        "cos''": lambda at, u: -at.cos(u),
        "tan": Reals.tan,
        "tan'": lambda at, u: 1 + at.tan(u) ** 2,
        "tan''": lambda at, u: 2 * at.tan(u) * (1 + at.tan(u) ** 2),
        "abs": lambda at, u: abs(u),
        "abs'": lambda at, u: at.slope(u, -1),
        "relu": lambda at, u: at.best((Fraction(0), u), larger=True),
        "relu'": lambda at, u: at.slope(u, 0),
        "max": lambda at, *args: at.best(args, larger=True),
        "min": lambda at, *args: at.best(args, larger=False),
        "floor": lambda at, u: at.rounded(u, floor),
        "ceil": lambda at, u: at.rounded(u, ceil),
    }
)
"""Every function that has a meaning for plain numbers."""
