"""Functions by cases in a finite field: ``|x|``, max and relu by sign, floor and ceil by shift."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from grader import limits
from grader.deciding.field import Unsupported
from grader.deciding.signs import constant, is_positive
from grader.reading.tree import Call, Neg, Node, Num, Power, Product, Quotient, Sum

if TYPE_CHECKING:
    from grader.deciding.image import Image


def value(image: Image, call: Call, k: int) -> int:
    """A function by cases on level k, under the signs chosen for this image.

    >>> from grader.deciding.field import Field
    >>> from grader.deciding.image import Image
    >>> from grader.deciding.towers import draw
    >>> from grader.reading.tree import Name
    >>> image = Image(Field(draw(7), point=0), positive=frozenset(), signs=(-1,))
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
    if is_positive(node, image.positive):
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
    above_zero = [
        sign * known for known, sign in zip(image.split, image.signs, strict=False)
    ]  # one for each sign chosen so far
    if follows := _follows(image, residue, above_zero):
        return follows
    image.split.append(residue)
    if len(image.split) > len(image.signs):
        image.signs = (*image.signs, 1)
    return image.signs[len(image.split) - 1]


def _follows(image: Image, residue: int, above_zero: list[int]) -> int:
    """The sign of u when u or -u is a multiple of, or more than, something above zero; else 0.

    Without this, signs that no real point has (x < 0 with x - 1 > 0) would be asked for.
    """
    modulus = image.field.modulus(0)
    for known in above_zero:
        if residue in (known % modulus, -known % modulus):
            return 1 if residue == known % modulus else -1
    if plain := _small_ratio(image, residue, 1):
        return plain
    for known in above_zero:
        if sign := _small_ratio(image, residue, known):
            return sign
        if _small_ratio(image, residue - known, 1) > 0:
            return 1
        if _small_ratio(image, residue + known, 1) < 0:
            return -1
    sums = {(one + other) % modulus for one, other in combinations(above_zero, 2)}
    if residue in sums:
        return 1
    return -1 if -residue % modulus in sums else 0


def _small_ratio(image: Image, above: int, below: int) -> int:
    """The sign of p/q when a = (p/q) b for small whole p and q (Euclid's algorithm); else 0."""
    modulus = image.field.modulus(0)
    ratio = above if below == 1 else above * image.field.inverse(below, 0)
    rest, before = ratio % modulus, modulus
    scale, scale_before = 1, 0
    while rest > limits.SHIFT:
        quotient, left = divmod(before, rest)
        before, rest = rest, left
        scale_before, scale = scale, scale_before - quotient * scale
    if rest == 0 or abs(scale) > limits.SHIFT:
        return 0
    return 1 if scale > 0 else -1


def _best(image: Image, args: tuple[Node, ...], wanted: int) -> Node:
    best = args[0]
    for arg in args[1:]:
        if sign(image, Sum((arg, Neg(best)))) == wanted:
            best = arg
    return best


def _floor(image: Image, arg: Node, k: int) -> int:
    """Values that differ by a whole number are rounded down alike."""
    if (number := constant(arg)) is not None:
        return image.number(number - number % 1, k)
    modulus, here = image.field.modulus(0), image.value(arg, 0)
    for known in image.floors:
        shift = (here - known + limits.SHIFT) % modulus - limits.SHIFT
        if shift <= limits.SHIFT:
            return (image.free(k, "floor", known) + shift) % image.field.modulus(k)
    image.floors.append(here)
    return image.free(k, "floor", here)
