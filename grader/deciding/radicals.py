"""Roots and logarithms of numbers in a finite field, by their primes."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import isqrt
from typing import TYPE_CHECKING

from grader import limits
from grader.deciding.field import Unsupported
from grader.deciding.signs import bits

if TYPE_CHECKING:
    from grader.deciding.image import Image


def log_of_number(image: Image, number: Fraction, k: int) -> int:
    """Logarithms of primes are independent; exact only where no exponential is taken of them."""
    if number <= 0:
        raise Unsupported("the logarithm of a number that is not positive")
    if k > 0 and number != 1:
        image.exact = False
    return sum(
        times * image.field.random(k, "log of a prime", prime)
        for prime, times in _primes_of(number)
    )


def root_of_number(image: Image, number: Fraction, exponent: Fraction, k: int) -> int:
    if number == 0 < exponent:
        return 0
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
            value = value * _root_of_prime(image, prime, part, k) % modulus
    return value


def _root_of_prime(image: Image, prime: int, part: Fraction, k: int) -> int:
    """Square roots of small primes are in the field; of any other root only powers are known."""
    root = image.field.root(prime, k) if part.denominator == 2 else None
    if root is None:
        root = image.free(k, "root", prime, part.denominator)
    return pow(root, part.numerator, image.field.modulus(k))


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
