"""Logarithms, roots and real powers in a finite field.

They are exact for products of powers of positive names and exponentials, because every name x is
drawn as ``exp(log x)``.  A name that is not known to be positive is taken as positive and noted.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from grader.deciding import cases
from grader.deciding.field import Unsupported
from grader.deciding.radicals import log_of_number, root_of_number
from grader.deciding.scales import ONE, representative, square_root
from grader.deciding.signs import constant, factors_of, is_positive
from grader.reading.tree import Call, Name, Neg, Node, Num, Power, Quotient, Sum
from grader.reading.walk import names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grader.deciding.image import Image

E = Name("e")
UNDER_ROOT = "what stands under a root or logarithm"


def log(image: Image, node: Node, k: int) -> int:
    """The natural logarithm of a node on level k.

    >>> from grader.deciding.field import Field
    >>> from grader.deciding.image import Image
    >>> from grader.deciding.towers import draw
    >>> from grader.deciding.domain import Domain
    >>> image = Image(Field(draw(7), point=0), Domain(positive=frozenset("x")))
    >>> x, three = Name("x"), Num(Fraction(3))
    >>> (log(image, Power(x, three), 0) - 3 * log(image, x, 0)) % image.field.modulus(0)
    0
    """
    if (number := constant(node)) is not None:
        return log_of_number(image, number, k) % image.field.moduli[k]
    modulus = image.field.moduli[k]
    total, rest = 0, 1
    for factor, times, positive in _weighed(image, factors_of(node)):
        if positive or isinstance(factor, Name):
            total += times * _log_of_factor(image, factor, k)
        elif isinstance(factor, Sum):
            scale, left = representative(image, factor, k)
            total += times * log(image, scale, k)
            rest = rest * image.raised(left, times, k) % modulus
        else:
            rest = rest * image.whole_power(factor, times, k) % modulus
    return (total + _free_log(image, rest, k)) % modulus


def real_power(image: Image, base: Node, exponent: Fraction, k: int) -> int:
    """A power of something under a root, split over what is known to be positive."""
    if (number := constant(base)) is not None:
        return root_of_number(image, number, exponent, k)
    modulus = image.field.moduli[k]
    value, rest = 1, 1
    factors = factors_of(base) if exponent.denominator != 2 else _unsquared(image, base, k)
    weighed = _weighed(image, factors, exponent)
    if exponent.denominator == 1:
        return image.whole_power(base, exponent.numerator, k)
    for factor, times, positive in weighed:
        power = times * exponent
        if not positive and times % 2 == 0 and power.denominator == 1:
            sign = cases.sign(image, factor) if power.numerator % 2 else 1
            value = value * sign * image.whole_power(factor, power.numerator, k) % modulus
        elif positive or isinstance(factor, Name):
            value = value * _power_of_factor(image, factor, power, k) % modulus
        elif isinstance(factor, Sum):
            scale, left = representative(image, factor, k)
            value = value * real_power(image, scale, power, k) % modulus
            rest = rest * image.raised(left, times, k) % modulus
        else:
            rest = rest * image.whole_power(factor, times, k) % modulus
    return value * _free_power(image, rest, exponent, k) % modulus


def symbolic_power(image: Image, base: Node, exponent: Node, k: int) -> int:
    """``base^u = exp(u log base)``.

    A bare name needs no known sign: only x^a x^b = x^(a+b) is used, which holds wherever both
    sides are defined.  ``x^x`` has values on a whole region only where x > 0.
    """
    below = image.below(k)
    power = image.value(exponent, below)
    if base == E:
        return image.field.call("exp", power, k)
    imaginary = image.domain.complex_unit and base == Name("i")
    if isinstance(base, Name) and base.text != "π" and not imaginary:
        if base.text in names(exponent) and not image.domain.is_positive(base.text):
            image.required.add(base.text)
            image.implied.add(base.text)
        return image.field.call("exp", power * image.field.logarithm(base.text, below), k)
    return image.field.call("exp", power * log(image, base, below), k)


def _unsquared(image: Image, base: Node, k: int) -> Iterator[tuple[Node, int]]:
    """The factors of what stands under a root, with ``x^2 + 2x + 1`` as ``(x + 1)^2``."""
    for factor, times in factors_of(base):
        root = square_root(image, factor, k) if isinstance(factor, Sum) else None
        yield (factor, times) if root is None else (root, 2 * times)


def _weighed(
    image: Image, factors: Iterable[tuple[Node, int]], exponent: Fraction | None = None
) -> list[tuple[Node, int, bool]]:
    """The factors, each with its exponent and whether it is surely positive.

    Remembers what is taken as positive, and what must be if the node is to have a value.
    """
    weighed = [(one, times, is_positive(one, image.domain)) for one, times in factors]
    if image.domain.complex_unit and not all(
        positive and isinstance(one, Num | Name) for one, _, positive in weighed
    ):  # an exponential may be complex where i is
        raise Unsupported("a root or logarithm of what may be a complex number")
    unknown = [(one, times) for one, times, positive in weighed if not positive]
    odd = [one for one, times in unknown if times % 2]
    for one, times in unknown:
        if times % 2 == 0 and exponent is not None and (times * exponent).denominator == 1:
            continue
        name = one.text if isinstance(one, Name) else UNDER_ROOT
        image.required.add(name)
        if odd == [one] or name == UNDER_ROOT:
            image.implied.add(name)
    return weighed


def _log_of_factor(image: Image, factor: Node, k: int) -> int:
    match factor:
        case Name("e"):
            return 1
        case Name(text) if text != "π":
            return image.field.logarithm(text, k)
        case Num(value):
            return log_of_number(image, value, k)
        case Call("exp" | "exp'" | "exp''", (arg,)):
            return image.value(arg, k)
        case Power(base, exponent):
            return image.value(exponent, k) * log(image, base, k)
        case Call("sqrt", (arg,)):
            return image.number(Fraction(1, 2), k) * log(image, arg, k)
        case Call("σ", (arg,)):
            return log(image, Quotient(ONE, Sum((ONE, Call("exp", (Neg(arg),))))), k)
        case Call("cosh", (arg,)):
            return log(image, _cosh(arg), k)
        case Sum():
            scale, rest = representative(image, factor, k)
            return log(image, scale, k) + _free_log(image, rest, k)
        case _:
            return _free_log(image, image.value(factor, k), k)


def _power_of_factor(image: Image, factor: Node, power: Fraction, k: int) -> int:
    match factor:
        case Num(value):
            return root_of_number(image, value, power, k)
        case Name("π"):
            return _free_power(image, image.value(factor, k), power, k)
        case Name() | Call("exp" | "exp'" | "exp''") | Power():
            below = image.below(k)
            scale = image.number(power, below)
            return image.field.call("exp", scale * _log_of_factor(image, factor, below), k)
        case Sum():
            part, rest = representative(image, factor, k)
            root = real_power(image, part, power, k)
            return root * _free_power(image, rest, power, k) % image.field.moduli[k]
        case _:
            return _free_power(image, image.value(factor, k), power, k)


def _cosh(arg: Node) -> Node:
    both = Sum((Call("exp", (arg,)), Call("exp", (Neg(arg),))))
    return Quotient(both, Num(Fraction(2)))


def _free_log(image: Image, value: int, k: int) -> int:
    """``log v = -log(1/v)`` is all that is known of it."""
    if value == 1:
        return 0
    inverse = image.field.inverse(value, k)
    return image.free(k, "log", value) if value < inverse else -image.free(k, "log", inverse)


def _free_power(image: Image, value: int, exponent: Fraction, k: int) -> int:
    """``v^r = 1 / v^(-r) = (1/v)^(-r)`` and ``v^(r+1) = v v^r`` are all that is known of it."""
    if value == 1:
        return 1
    inverse = image.field.inverse(value, k)
    if inverse < value:
        value, exponent = inverse, -exponent
    whole, part = divmod(abs(exponent), 1)
    power = pow(value, whole, image.field.moduli[k])
    if part:
        power *= image.free(k, "power", value, part)
    return image.field.inverse(power, k) if exponent < 0 else power
