"""Functions by cases in a finite field: ``|x|``, max and relu by sign, floor and ceil by shift."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from itertools import permutations as pairs
from math import prod
from typing import TYPE_CHECKING

from grader import limits
from grader.deciding.field import Unsupported
from grader.deciding.signs import constant, is_positive, is_whole
from grader.reading.tree import Call, Neg, Node, Num, Power, Product, Quotient, Sum

if TYPE_CHECKING:
    from grader.deciding.image import Image


class Impossible(Unsupported):
    """The signs chosen so far contradict one another."""


def value(image: Image, call: Call, k: int) -> int:
    """A function by cases on level k, under the signs chosen for this image.

    >>> from grader.deciding.field import Field
    >>> from grader.deciding.image import Image
    >>> from grader.deciding.towers import draw
    >>> from grader.reading.tree import Name
    >>> image = Image(Field(draw(7), point=0), signs=(-1,))
    >>> value(image, Call("relu", (Name("x"),)), 0), image.exact
    (0, False)
    """
    image.exact = False
    place = id(call), k
    if place not in image.known:  # a sign and a value both look inside: without this, 2^depth
        image.known[place] = call, _value(image, call, k)
    return image.known[place][1]


def _value(image: Image, call: Call, k: int) -> int:  # noqa: C901 - one case per function
    match call:
        case Call("abs", (arg,)):
            return sign(image, arg) * image.value(arg, k) % image.field.modulus(k)
        case Call("abs'", (arg,)):
            return sign(image, arg) % image.field.modulus(k)
        case Call("relu", (arg,)):
            return image.value(arg, k) if sign(image, arg) > 0 else 0
        case Call("relu'", (arg,)):
            return int(sign(image, arg) > 0)
        case Call("max", args):
            return image.value(_best(image, args, 1), k)
        case Call("min", args):
            return image.value(_best(image, args, -1), k)
        case Call("floor", (arg,)):
            return _floor(image, arg, k)
        case Call("ceil", (arg,)):
            return -_floor(image, Neg(arg), k) % image.field.modulus(k)
        case Call("diag" | "sum" | "prod" as function):
            raise Unsupported(f"{function} needs declared shapes")
        case Call(function, args):
            return image.free(k, function, *[image.value(arg, k) for arg in args])


def sign(image: Image, node: Node) -> int:
    """+1 or -1; a new choice is made (first +1) where the form of the node does not tell."""
    if is_positive(node, image.domain):
        return 1
    match node:
        case Neg(arg):
            return -sign(image, arg)
        case Product(factors, "*" | "⊙"):
            signs = [sign(image, factor) for factor in factors]
            return -1 if signs.count(-1) % 2 else 1
        case Quotient(top, bottom):
            return sign(image, top) * sign(image, bottom)
        case Power(base, Num(exponent)) if exponent.denominator == 1:
            return sign(image, base) if exponent.numerator % 2 else 1
        case _:
            return _chosen(image, image.value(node, 0))


def _chosen(image: Image, residue: int) -> int:
    """The sign chosen for a value, or the one that follows from the signs chosen before."""
    image.exact = False
    if residue == 0:
        return 1
    modulus = image.field.modulus(0)
    above_zero = [
        known if sign > 0 else modulus - known
        for known, sign in zip(image.split, image.signs, strict=False)
    ]  # one for each sign chosen so far
    known = (above_zero + image.certain)[: limits.SIGNS_PAIRED]
    follows = _follows(image, residue, above_zero) or _follows_from_two(residue, known, modulus)
    if follows:
        certain = residue if follows > 0 else modulus - residue
        if any((certain * one + other) % modulus == 0 for one, other in pairs(known, 2)):
            raise Impossible("signs that no real point has")
        if len(known) < limits.SIGNS_PAIRED and certain not in known:
            image.certain.append(certain)
        return follows
    image.split.append(residue)
    if len(image.split) > len(image.signs):
        image.signs = (*image.signs, 1)
    return image.signs[len(image.split) - 1]


def _follows(image: Image, residue: int, above_zero: list[int]) -> int:
    """The sign of u when u or -u is a multiple of, or more than, something above zero; else 0.

    Without this, signs that no real point has (x < 0 with x - 1 > 0) would be asked for.
    """
    modulus, primes = image.field.modulus(0), image.field.levels[0].primes
    for known in above_zero:
        if residue in (known, modulus - known):
            return 1 if residue == known else -1
    if plain := _small_ratio(residue, 1, primes):
        return plain
    for known in above_zero:
        if sign := _small_ratio(residue, known, primes):
            return sign
        if _small_ratio((residue - known) % modulus, 1, primes) > 0:
            return 1
        if _small_ratio((residue + known) % modulus, 1, primes) < 0:
            return -1
    return 0


def _follows_from_two(residue: int, above_zero: list[int], modulus: int) -> int:
    """The sign of the sum, the product or the quotient of two that are above zero; else 0."""
    for one, other in pairs(above_zero, 2):
        for value in (one + other, one * other):
            if (residue - value) % modulus == 0 or (residue + value) % modulus == 0:
                return 1 if (residue - value) % modulus == 0 else -1
        if (quotient := residue * other % modulus) in (one, modulus - one):
            return 1 if quotient == one else -1
    return 0


@lru_cache(limits.RATIOS)
def _small_ratio(above: int, below: int, primes: tuple[int, ...]) -> int:
    """The sign of p/q when a = (p/q) b for small whole p and q; else 0.

    One prime is enough to find them (Euclid's algorithm), and they have to fit modulo both.

    >>> primes = 10**15 + 37, 10**15 + 91
    >>> _small_ratio(2, 6, primes), _small_ratio(2, -6, primes), _small_ratio(2, 10**14, primes)
    (1, -1, 0)
    """
    prime = primes[0]
    ratio = above if below == 1 else above * pow(below, -1, prime)
    rest, before = ratio % prime, prime
    scale, scale_before = 1, 0
    while rest > limits.SHIFT:
        quotient, left = divmod(before, rest)
        before, rest = rest, left
        scale_before, scale = scale, scale_before - quotient * scale
    fits = (scale * above - rest * below) % prod(primes) == 0
    if rest == 0 or abs(scale) > limits.SHIFT or not fits:
        return 0
    return 1 if scale > 0 else -1


def _best(image: Image, args: tuple[Node, ...], wanted: int) -> Node:
    best = args[0]
    for arg in args[1:]:
        if sign(image, Sum((arg, Neg(best)))) == wanted:
            best = arg
    return best


def _floor(image: Image, arg: Node, k: int) -> int:
    """A whole part goes out; values that differ by a whole number are rounded down alike."""
    if (number := constant(arg)) is not None:
        return image.number(number - number % 1, k)
    terms = arg.terms if isinstance(arg, Sum) else (arg,)
    whole = [term for term in terms if is_whole(term, image.domain)]
    rest = tuple(term for term in terms if term not in whole)
    total = sum(image.value(term, k) for term in whole)
    if rest:
        total += _rounded_down(image, rest, k)
    return total % image.field.modulus(k)


def _rounded_down(image: Image, terms: tuple[Node, ...], k: int) -> int:
    """A free element, or what follows from one that was met before.

    For whole p and q > 0, ``floor(-p/q) = -1 - floor((p-1)/q)``: the two arguments add up to -1/q.
    """
    here, step = image.value(Sum(terms), 0), _step(image, terms)
    for known, known_step in image.floors:
        if (shift := _small(image, here - known)) is not None:
            return image.free(k, "floor", known) + shift
        if step and step == known_step:
            shift = _small(image, here + known + step)
            if shift is not None:
                return shift - 1 - image.free(k, "floor", known)
    image.floors.append((here, step))
    return image.free(k, "floor", here)


def _small(image: Image, residue: int) -> int | None:
    """The whole number a residue stands for, if it is not large."""
    shift = (residue + limits.SHIFT) % image.field.modulus(0) - limits.SHIFT
    return shift if shift <= limits.SHIFT else None


def _step(image: Image, terms: tuple[Node, ...]) -> int:
    """1/q where the terms are whole numbers over one whole q > 0; else 0."""
    bottoms = {_bottom(term, image) for term in terms}
    if len(bottoms) != 1 or None in bottoms:
        return 0
    return image.field.inverse(image.value(bottoms.pop() or terms[0], 0), 0)


def _bottom(term: Node, image: Image) -> Node | None:
    match term:
        case Neg(arg):
            return _bottom(arg, image)
        case Num(value):
            return Num(Fraction(value.denominator))
        case Quotient(top, bottom):
            fits = is_whole(top, image.domain) and is_whole(bottom, image.domain)
            return bottom if fits and is_positive(bottom, image.domain) else None
        case _:
            return None
