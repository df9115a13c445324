"""A number together with the formula it came from."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Quantity:
    """An exact value and how it was worked out, with the numbers put in.

    ``working`` is what a learner can follow: ``4*((16+1)*32+32^2)``; empty when the value was
    given as it stands.

    >>> Quantity(Fraction(6272), "4*((16+1)*32+32^2)").value
    Fraction(6272, 1)
    """

    value: Fraction
    working: str = ""
