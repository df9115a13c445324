"""Sums under a root or logarithm: which positive factor goes out, and whether they are squares."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import isqrt
from typing import TYPE_CHECKING

from grader import limits
from grader.deciding.signs import factors_of, is_positive
from grader.reading.tree import Call, Name, Neg, Node, Num, Power, Product, Quotient, Sum

if TYPE_CHECKING:
    from grader.deciding.image import Image

ONE = Num(Fraction(1))


def representative(image: Image, node: Sum, k: int) -> tuple[Node, int]:
    """A positive factor of a sum, and the value of the rest on level k.

    Two sums that differ by a factor that is seen in their terms have the same rest:
    ``e^x + e^y`` is ``e^x`` times ``1 + e^(y-x)``.

    >>> from grader.deciding.field import Field
    >>> from grader.deciding.image import Image
    >>> from grader.deciding.towers import draw
    >>> image, x, two = Image(Field(draw(7), point=0)), Name("x"), Num(Fraction(2))
    >>> first = representative(image, Sum((ONE, x)), 0)
    >>> representative(image, Sum((two, Product((two, x)))), 0) == (two, first[1])
    True
    """
    value = image.value(node, k)
    rests: list[tuple[Node, int]] = [(ONE, value)]
    for part in dict.fromkeys(_positive_part(term, image) for term in node.terms[: limits.PARTS]):
        if part != ONE:
            under = image.field.inverse(image.value(part, k), k)
            rests.append((part, value * under % image.field.modulus(k)))
    for part, rest in rests:
        if (known := image.sums.get((k, rest))) is not None:
            known_part, known_value = known
            return part if known_part == ONE else Quotient(part, known_part), known_value
    for part, rest in rests:
        image.sums[k, rest] = part, value
    return ONE, value


def _positive_part(term: Node, image: Image) -> Node:
    """The factors of a term that are positive, as one tree."""
    whole = term.arg if isinstance(term, Neg) else term
    above: Node = ONE
    for factor, times in factors_of(whole):
        if factor != ONE and is_positive(factor, image.domain):
            one = factor if times == 1 else Power(factor, _number(times))
            above = one if above == ONE else Product((above, one))
    return above


def _number(whole: int) -> Node:
    return Num(Fraction(whole)) if whole >= 0 else Neg(Num(Fraction(-whole)))


def square_root(image: Image, node: Sum, k: int) -> Node | None:
    """``x + 1`` for ``x^2 + 2x + 1``; None for what is not seen to be a square.

    Which of the terms are squares shows in their form, whether it is one modulo primes.
    """
    roots = [root for term in node.terms if (root := _root(term)) is not None]
    if not 1 < len(roots) <= limits.SQUARES:
        return None
    modulus, value = image.field.modulus(k), image.value(node, k)
    for signs in product((1, -1), repeat=len(roots) - 1):
        others = zip(roots[1:], signs, strict=True)
        root = Sum((roots[0], *(one if sign > 0 else Neg(one) for one, sign in others)))
        if pow(image.value(root, k), 2, modulus) == value:
            image.exact = False
            return root
    return None


def _root(term: Node) -> Node | None:
    """The root of a square, up to its sign, as the form shows it."""
    match term:
        case Num(value):
            exact = Fraction(isqrt(value.numerator), isqrt(value.denominator))
            return Num(exact) if exact * exact == value else None
        case Call("exp", (arg,)):
            return Call("exp", (Quotient(arg, Num(Fraction(2))),))
        case Power(Name("e") as base, exponent):
            return Power(base, Quotient(exponent, Num(Fraction(2))))
        case Power(base, Num(value)) if value.denominator == 1 and value.numerator % 2 == 0:
            return Power(base, Num(value / 2))
        case Product(factors, sign):
            roots = [root for factor in factors if (root := _root(factor)) is not None]
            return Product(tuple(roots), sign) if len(roots) == len(factors) else None
        case Quotient(top, bottom):
            above, below = _root(top), _root(bottom)
            return None if above is None or below is None else Quotient(above, below)
        case _:
            return None
