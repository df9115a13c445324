"""A number together with the formula it came from."""

from dataclasses import dataclass
from fractions import Fraction

_SHORT_DECIMALS = 6  # longer decimals read worse than the fraction they stand for


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


def plain(value: Fraction) -> str:
    """An exact number as one would type it: whole, a short decimal, or a fraction.

    >>> [plain(Fraction(text)) for text in ("6272", "-0.25", "13/3", "1/1024")]
    ['6272', '-0.25', '13/3', '1/1024']
    """
    if value.denominator == 1:
        return str(value.numerator)
    for decimals in range(1, _SHORT_DECIMALS + 1):
        scaled = value * 10**decimals
        if scaled.denominator == 1:
            sign, digits = "-" * (scaled < 0), str(abs(scaled.numerator)).zfill(decimals + 1)
            return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}"
    return f"{value.numerator}/{value.denominator}"
