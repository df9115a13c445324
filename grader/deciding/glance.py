"""A tree at a point in machine numbers: never trusted, it only tells where to look closely."""

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from grader.reading.tree import Call, Name, Neg, Node, Num, Power, Product, Quotient, Sum

_CONSTANTS: Final = MappingProxyType({"e": math.e, "π": math.pi})
_AGREE: Final = 1e-9  # relative gap below which rounding may be all there is


def clearly_apart(key: Node, answer: Node, point: Mapping[str, float]) -> bool:
    """Whether two values seem to differ by more than rounding; False where one cannot be had.

    >>> x = Name("x")
    >>> clearly_apart(Product((x, x)), x, {"x": 0.5}), clearly_apart(Sum((x, x)), x, {"x": 0.0})
    (True, False)
    """
    try:
        ours, theirs = value(key, point), value(answer, point)
    except (ArithmeticError, LookupError, TypeError, ValueError):
        return False
    gap, scale = abs(ours - theirs), abs(ours) + abs(theirs)
    return gap > _AGREE * scale and math.isfinite(scale)


def value(node: Node, point: Mapping[str, float]) -> float:
    """The value in machine numbers; raises whatever Python raises where there is none."""
    match node:
        case Num(number):
            return number.numerator / number.denominator
        case Name(text):
            return point[text] if text in point else _CONSTANTS[text]
        case Sum(terms):
            return sum(value(term, point) for term in terms)
        case Product(factors, "*" | "⊙"):
            return math.prod(value(factor, point) for factor in factors)
        case Neg(arg):
            return -value(arg, point)
        case Quotient(top, bottom):
            return value(top, point) / value(bottom, point)
        case Power(base, exponent):
            return math.pow(value(base, point), value(exponent, point))
        case Call(function, args):
            return _FUNCTIONS[function](*[value(arg, point) for arg in args])
        case _:
            raise TypeError("it has no meaning for plain numbers")


def _sigmoid(u: float) -> float:
    return 1 / (1 + math.exp(-u))


_FUNCTIONS: Final[Mapping[str, Callable[..., float]]] = MappingProxyType(
    {
        "exp": math.exp,
        "log": math.log,
        "log'": lambda u: 1 / u,
        "sqrt": math.sqrt,
        "tanh": math.tanh,
        "tanh'": lambda u: 1 - math.tanh(u) ** 2,
        "σ": _sigmoid,
        "σ'": lambda u: _sigmoid(u) * _sigmoid(-u),
        "cosh": math.cosh,
        "sinh": math.sinh,
        "sech": lambda u: 1 / math.cosh(u),
        "sin": math.sin,
        "cos": math.cos,
        "tan": math.tan,
        "abs": abs,
        "abs'": lambda u: math.copysign(1, u),
        "relu": lambda u: max(u, 0.0),
        "relu'": lambda u: float(u > 0),
        "max": max,
        "min": min,
        "floor": lambda u: float(math.floor(u)),
        "ceil": lambda u: float(math.ceil(u)),
    }
)
"""Functions worth a glance; any other is looked at closely at once."""
