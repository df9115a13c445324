"""Functions of the entries of matrices of which a field knows a few laws, and no more.

Their values are free elements: whatever holds for them holds for every function with these laws.
So equal values prove equality, and unequal ones prove nothing.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from grader.deciding.image import Image

_HALF: Final = Fraction(1, 2)


class Opaque:
    """``|u| = u sgn(u)`` with ``sgn(-u) = -sgn(u)``; relu, max and min in terms of it; roots.

    >>> from grader.deciding.field import Field
    >>> from grader.deciding.towers import draw
    >>> functions = Opaque(Image(Field(draw(7), point=0)))
    >>> functions.call("relu", [5], 0) == functions.call("max", [0, 5], 0)
    True
    """

    __slots__ = ("_partial", "image")

    def __init__(self, image: Image) -> None:
        self.image = image
        self._partial: set[tuple[int, int]] = set()

    def taken(self) -> frozenset[tuple[int, int]]:
        """What must not be negative for there to be a value, with its level, since last asked."""
        taken = frozenset(self._partial)
        self._partial.clear()
        return taken

    def call(self, function: str, args: Sequence[int], k: int) -> int:
        """A function of residues on level k."""
        u, field = args[0], self.image.field
        match function:
            case "abs":
                value = u * self._sign(u, k)
            case "abs'":
                value = self._sign(u, k)
            case "relu":
                value = u * self._above_zero(u, k)
            case "relu'":
                value = self._above_zero(u, k)
            case "max":
                value = self.largest(args, k)
            case "min":
                modulus = field.modulus(k)
                value = -self.largest([-arg % modulus for arg in args], k)
            case "sqrt":
                value = self.power(u, _HALF, k)
            case "log'":
                self._partial.add((k, u))
                value = field.inverse(u, k)
            case _:
                value = self._unknown(function, args, k)
        return value % field.modulus(k)

    def largest(self, args: Sequence[int], k: int) -> int:
        """In any order, each once; of two it is ``(u + v + |u - v|)/2``."""
        several = sorted(set(args))
        if len(several) == 1:
            return several[0]
        if len(several) > 2:
            return self.image.free(k, "max", *several)
        u, v = several
        return v + (u - v) * self._above_zero((u - v) % self.image.field.modulus(k), k)

    def power(self, u: int, exponent: Fraction, k: int) -> int:
        """A power of a residue on level k with any rational exponent."""
        if exponent < 0:
            return self.image.field.inverse(self.power(u, -exponent, k), k)
        modulus = self.image.field.modulus(k)
        whole, rest = divmod(exponent.numerator, exponent.denominator)
        self._partial.add((k, u))
        root = self.image.free(k, "root", u, exponent.denominator) if rest else 1
        return pow(u, whole, modulus) * pow(root, rest, modulus) % modulus

    def _unknown(self, function: str, args: Sequence[int], k: int) -> int:
        """Another element for every argument; logarithms and roots have one where u > 0."""
        if function.startswith(("log", "sqrt")):
            self._partial.add((k, args[0]))
        return self.image.free(k, function, *args)

    def _sign(self, u: int, k: int) -> int:
        """An element that turns with the sign of u."""
        modulus = self.image.field.modulus(k)
        size = min(u, modulus - u)
        sign = self.image.free(k, "sgn", size)
        return sign if u == size else modulus - sign

    def _above_zero(self, u: int, k: int) -> int:
        """``(1 + sgn(u))/2``."""
        return (1 + self._sign(u, k)) * self.image.field.inverse(2, k)
