"""Sine and cosine of multiples of π, which the field knows only by what is said here."""

from __future__ import annotations

from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from grader.deciding.roots import real_power
from grader.deciding.signs import constant
from grader.reading.tree import Name, Neg, Node, Num, Product, Quotient, Sum

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.deciding.image import Image

SQUARED_COSINES: Final[Mapping[Fraction, Fraction]] = MappingProxyType(
    {
        Fraction(0): Fraction(1),
        Fraction(1, 6): Fraction(3, 4),
        Fraction(1, 4): Fraction(1, 2),
        Fraction(1, 3): Fraction(1, 4),
        Fraction(1, 2): Fraction(0),
    }
)
"""Of the angles of the first quadrant, in units of π, whose cosine is a root of a fraction."""

HALF: Final = Fraction(1, 2)


def turned(image: Image, function: str, arg: Node, k: int) -> int | None:
    """The value of ``sin(u + r π)`` or ``cos(u + r π)`` on level k; None for any other angle.

    >>> from grader.deciding.field import Field
    >>> from grader.deciding.image import Image
    >>> from grader.deciding.towers import draw
    >>> image = Image(Field(draw(7), point=0))
    >>> turned(image, "sin", Quotient(Name("π"), Num(Fraction(2))), 0), image.exact
    (1, True)
    """
    turns, rest = _split(arg)
    if turns is None or (turns % HALF) not in SQUARED_COSINES or turns == 0:
        return None
    cosine, sine = _cosine(image, turns, k), _cosine(image, turns - HALF, k)
    if not rest:
        return cosine if function == "cos" else sine
    inner = image.value(Sum(tuple(rest)), image.below(k))
    along = image.field.call("cos", inner, k)
    across = image.field.call("sin", inner, k)
    if function == "sin":
        return (across * cosine + along * sine) % image.field.modulus(k)
    return (along * cosine - across * sine) % image.field.modulus(k)


def _split(arg: Node) -> tuple[Fraction | None, list[Node]]:
    """How many π there are among the terms of an angle, and the other terms."""
    turns, rest = None, []
    for term in _terms(arg):
        if (times := times_pi(term)) is None:
            rest.append(term)
        else:
            turns = (turns or Fraction(0)) + times
    return turns, rest


def _terms(arg: Node) -> tuple[Node, ...]:
    match arg:
        case Sum(terms):
            return terms
        case Quotient(Sum(terms), bottom):
            return tuple(Quotient(term, bottom) for term in terms)
        case _:
            return (arg,)


def times_pi(term: Node) -> Fraction | None:
    """How many times π a term is, if it is a multiple of π.

    >>> times_pi(Quotient(Neg(Name("π")), Num(Fraction(8))))
    Fraction(-1, 8)
    """
    match term:
        case Name("π"):
            return Fraction(1)
        case Neg(arg):
            return None if (times := times_pi(arg)) is None else -times
        case Quotient(top, bottom):
            times, under = times_pi(top), constant(bottom)
            return times / under if times is not None and under else None
        case Product(factors) if Name("π") in factors:
            others = [factor for factor in factors if factor != Name("π")]
            return constant(Product(tuple(others))) if len(others) == len(factors) - 1 else None
        case _:
            return None


def _cosine(image: Image, turns: Fraction, k: int) -> int:
    """``cos(turns π)`` for an angle of the table, in any quadrant."""
    around = turns % 2
    around = 2 - around if around > 1 else around
    sign, first = (1, around) if around <= HALF else (-1, 1 - around)
    squared = SQUARED_COSINES[first]
    if squared == 0:
        return 0
    return sign * real_power(image, Num(squared), HALF, k) % image.field.modulus(k)
