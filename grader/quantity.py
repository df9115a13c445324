"""A number together with the formula it came from."""

from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction

SHORT_NUMBER = 16  # characters beyond which an exact number is no longer a help
_LEADING_ZEROS = 6  # as many zeros after the point as can be counted at a glance
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


def short(value: Fraction) -> str:
    """A number as one would say it: exact where that is short, else to six significant figures.

    >>> short(Fraction(13, 3)), short(Fraction(9, 10) ** 50), short(-(Fraction(10) ** 400))
    ('13/3', '≈0.00515378', '≈-1e400')
    """
    exact = plain(value)
    return exact if len(exact) <= SHORT_NUMBER else f"≈{significant(value, 6)}"


def significant(value: Fraction, figures: int) -> str:
    """A number rounded to so many significant figures, halves to even.

    >>> [significant(Fraction(text), 3) for text in ("13/3", "7458", "1/1000000000")]
    ['4.33', '7460', '1e-9']
    """
    context = Context(prec=figures, Emin=-(10**6), Emax=10**6)
    rounded = context.divide(Decimal(value.numerator), Decimal(value.denominator)).normalize()
    readable = -_LEADING_ZEROS <= rounded.adjusted() <= SHORT_NUMBER
    return format(rounded, "f") if readable else str(rounded).replace("E+", "e").replace("E", "e")
