"""A second opinion on two formulas: mpmath at random points, sharing nothing but the tree.

A gap counts where 150 and 300 digits agree on it, so that no rounding is taken for one.
"""

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

import mpmath

from grader.deciding.domain import Domain
from grader.reading.tree import Call, Name, Neg, Node, Num, Power, Product, Quotient, Sum
from grader.reading.walk import children, names

SMOOTH = ("tanh", "exp", "log", "sqrt", "sin", "cos", "tan", "sech", "sinh", "cosh")
FUNCTIONS: dict[str, Callable[..., Any]] = {
    **{name: getattr(mpmath, name) for name in (*SMOOTH, "floor", "ceil")},
    "abs": abs,
    "max": max,
    "min": min,
    "relu": lambda u: max(u, 0),
    "σ": lambda u: 1 / (1 + mpmath.exp(-u)),
    "σ'": lambda u: 1 / (2 + mpmath.exp(u) + mpmath.exp(-u)),
    "tanh'": lambda u: mpmath.sech(u) ** 2,
}
CONSTANTS = {"e": mpmath.e, "π": mpmath.pi}
LARGEST, SMALLEST_GAP = mpmath.mpf(10) ** 60, mpmath.mpf(10) ** -40


class NoOpinion(Exception):
    """The value is not real, not defined, too large, or too close to a jump."""


def apart(one: Node, other: Node, domain: Domain, random: Random) -> bool | None:
    """Whether a gap is seen at one of sixty points; None where nothing could be worked out."""
    seen, free = None, sorted({*names(one), *names(other)} - set(CONSTANTS))
    for spread in (1, 3, 10, 100) * 15:
        drawn = {name: Fraction(random.randint(-64, 64) * spread, 64) for name in free}
        at = {name: domain.fitted(name, number) for name, number in drawn.items()}
        try:
            seen = _gap(one, other, at)
        except (NoOpinion, ZeroDivisionError, ValueError, OverflowError, TypeError):
            continue
        if seen:
            return True
    return seen


def _gap(one: Node, other: Node, at: dict[str, Fraction]) -> bool:
    gaps = []
    for digits in (150, 300):
        with mpmath.workdps(digits):
            point = {name: mpmath.mpf(n.numerator) / n.denominator for name, n in at.items()}
            ours, theirs = _value(one, point), _value(other, point)
            gaps.append((ours - theirs) / (1 + abs(ours) + abs(theirs)))
    return bool(abs(gaps[1]) > SMALLEST_GAP and abs(gaps[0] / gaps[1] - 1) < SMALLEST_GAP)


def _value(node: Node, at: dict[str, Any]) -> Any:
    found = _combined(node, [_value(child, at) for child in children(node)], at)
    if not isinstance(found, mpmath.mpf) or not abs(found) < LARGEST:
        raise NoOpinion
    return found


def _combined(node: Node, parts: list[Any], at: dict[str, Any]) -> Any:
    match node:
        case Num(number):
            return mpmath.mpf(number.numerator) / number.denominator
        case Name(text):
            return +CONSTANTS[text] if text in CONSTANTS else at[text]
        case Sum():
            return mpmath.fsum(parts)
        case Product():
            return mpmath.fprod(parts)
        case Neg():
            return -parts[0]
        case Quotient():
            return parts[0] / parts[1]
        case Power() if abs(parts[1]) < 500 and (parts[0] or parts[1] > 0):
            return parts[0] ** parts[1]
        case Call("floor" | "ceil") if 0 < abs(parts[0] - mpmath.nint(parts[0])) < SMALLEST_GAP:
            raise NoOpinion
        case Call(function) if function in FUNCTIONS and max(map(abs, parts)) < LARGEST / 10**30:
            return FUNCTIONS[function](*parts)
        case _:
            raise NoOpinion
