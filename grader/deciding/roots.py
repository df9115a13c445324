"""Logarithms, roots and real powers in a finite field.

They are exact for products of powers of positive names and exponentials, because every name x is
drawn as ``exp(log x)``.  A name that is not known to be positive is taken as positive and noted.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import isqrt
from typing import TYPE_CHECKING

from grader import limits
from grader.deciding import cases
from grader.deciding.field import Unsupported
from grader.deciding.signs import bits, constant, factors_of, is_positive
from grader.reading.tree import Call, Name, Node, Num, Power

if TYPE_CHECKING:
    from grader.deciding.image import Image

UNDER_ROOT = "what stands under a root or logarithm"


def log(image: Image, node: Node, k: int) -> int:
    """The natural logarithm of a node on level k.

    >>> from grader.deciding.field import Field
    >>> from grader.deciding.image import Image
    >>> from grader.deciding.towers import draw
    >>> image = Image(Field(draw(7), point=0), positive=frozenset({"x"}))
    >>> x, three = Name("x"), Num(Fraction(3))
    >>> (log(image, Power(x, three), 0) - 3 * log(image, x, 0)) % image.field.modulus(0)
    0
    """
    if (number := constant(node)) is not None:
        return _log_of_number(image, number, k) % image.field.modulus(k)
    modulus = image.field.modulus(k)
    total, rest = 0, 1
    _note_signs(image, node)
    for factor, times in factors_of(node):
        if isinstance(factor, Name) or is_positive(factor, image.positive):
            total += times * _log_of_factor(image, factor, k)
        else:
            rest = rest * image.whole_power(factor, times, k) % modulus
    return (total + _free_log(image, rest, k)) % modulus


def real_power(image: Image, base: Node, exponent: Fraction, k: int) -> int:
    """A power of something under a root, split over what is known to be positive."""
    if (number := constant(base)) is not None:
        return _root_of_number(image, number, exponent, k)
    modulus = image.field.modulus(k)
    value, rest = 1, 1
    _note_signs(image, base, exponent)
    if exponent.denominator == 1:
        return image.whole_power(base, exponent.numerator, k)
    for factor, times in factors_of(base):
        power = times * exponent
        if times % 2 == 0 and power.denominator == 1 and not is_positive(factor, image.positive):
            sign = cases.sign(image, factor) if power.numerator % 2 else 1
            value = value * sign * image.whole_power(factor, power.numerator, k) % modulus
        elif isinstance(factor, Name) or is_positive(factor, image.positive):
            value = value * _power_of_factor(image, factor, power, k) % modulus
        else:
            rest = rest * image.whole_power(factor, times, k) % modulus
    return value * _free_power(image, rest, exponent, k) % modulus


def symbolic_power(image: Image, base: Node, exponent: Node, k: int) -> int:
    """``base^u = exp(u log base)``.

    A bare name needs no known sign: only x^a x^b = x^(a+b) is used, which holds wherever both
    sides are defined.
    """
    below = image.below(k)
    power = image.value(exponent, below)
    imaginary = image.complex_unit and base == Name("i")
    if isinstance(base, Name) and base.text not in ("e", "π") and not imaginary:
        return image.field.call("exp", power * image.field.logarithm(base.text, below), k)
    return image.field.call("exp", power * log(image, base, below), k)


def _note_signs(image: Image, node: Node, exponent: Fraction | None = None) -> None:
    """Remember what is taken as positive, and what must be if the node is to have a value."""
    unknown = [
        (factor, times)
        for factor, times in factors_of(node)
        if not is_positive(factor, image.positive)
    ]
    if image.complex_unit and not all(_is_plain(one, image) for one, _ in factors_of(node)):
        raise Unsupported("a root or logarithm of what may be a complex number")
    odd = [factor for factor, times in unknown if times % 2]
    for factor, times in unknown:
        if times % 2 == 0 and exponent is not None and (times * exponent).denominator == 1:
            continue
        name = factor.text if isinstance(factor, Name) else UNDER_ROOT
        image.required.add(name)
        if odd == [factor] or name == UNDER_ROOT:
            image.implied.add(name)


def _is_plain(node: Node, image: Image) -> bool:
    """Positive, whatever other names are: an exponential may be complex where i is."""
    return isinstance(node, Num | Name) and is_positive(node, image.positive)


def _log_of_factor(image: Image, factor: Node, k: int) -> int:
    match factor:
        case Name("e"):
            return 1
        case Name(text) if text != "π":
            return image.field.logarithm(text, k)
        case Num(value):
            return _log_of_number(image, value, k)
        case Call("exp" | "exp'" | "exp''", (arg,)):
            return image.value(arg, k)
        case Power(base, exponent):
            return image.value(exponent, k) * log(image, base, k)
        case _:
            return _free_log(image, image.value(factor, k), k)


def _power_of_factor(image: Image, factor: Node, power: Fraction, k: int) -> int:
    match factor:
        case Num(value):
            return _root_of_number(image, value, power, k)
        case Name("π"):
            return _free_power(image, image.value(factor, k), power, k)
        case Name() | Call("exp" | "exp'" | "exp''") | Power():
            below = image.below(k)
            scale = image.number(power, below)
            return image.field.call("exp", scale * _log_of_factor(image, factor, below), k)
        case _:
            return _free_power(image, image.value(factor, k), power, k)


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
    power = pow(value, whole, image.field.modulus(k))
    if part:
        power *= image.free(k, "power", value, part)
    return image.field.inverse(power, k) if exponent < 0 else power


def _log_of_number(image: Image, number: Fraction, k: int) -> int:
    """Logarithms of primes are independent; exact only where no exponential is taken of them."""
    if number <= 0:
        raise Unsupported("the logarithm of a number that is not positive")
    if k > 0 and number != 1:
        image.exact = False
    return sum(
        times * image.field.random(k, "log of a prime", prime)
        for prime, times in _primes_of(number)
    )


def _root_of_number(image: Image, number: Fraction, exponent: Fraction, k: int) -> int:
    if number <= 0:
        raise Unsupported("a root of a number that is not positive")
    if abs(exponent) > limits.DEGREE:
        raise Unsupported(f"an exponent is larger than {limits.DEGREE}")
    modulus = image.field.modulus(k)
    value = 1
    for prime, times in _primes_of(number):
        whole, part = divmod(times * exponent, 1)
        value = value * pow(prime, whole, modulus) % modulus
        if part:
            root = image.free(k, "root", prime, part.denominator)
            value = value * pow(root, part.numerator, modulus) % modulus
    return value


def _primes_of(number: Fraction) -> list[tuple[int, int]]:
    """Primes with exponents; raises Unsupported where the search would be long.

    >>> _primes_of(Fraction(12, 5))
    [(2, 2), (3, 1), (5, -1)]
    """
    if bits(number) > limits.NUMBER_BITS:
        raise Unsupported("a number in it is too long to be worked out")
    above = [(prime, times) for prime, times in _split(number.numerator)]
    return above + [(prime, -times) for prime, times in _split(number.denominator)]


@lru_cache(maxsize=1_024)
def _split(number: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for prime in range(2, min(isqrt(number), limits.FACTORED) + 1):
        if prime * prime > number:
            break
        times = 0
        while number % prime == 0:
            number //= prime
            times += 1
        if times:
            found.append((prime, times))
    if number > limits.FACTORED**2:
        raise Unsupported("a number in it is too long to be split into primes")
    return [*found, (number, 1)] if number > 1 else found
