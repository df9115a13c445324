"""One number without a calculation: thousands, decimal commas, powers of ten, percentages."""

import re
import unicodedata
from fractions import Fraction
from typing import Final, NamedTuple

from grader import limits
from grader.reading.styles import digits


class NumberReading(NamedTuple):
    """A number, how it was understood, its unit, and how precisely it was written.

    ``decimals`` (places after the point) and ``figures`` (significant ones) are None where they
    say nothing about precision: after a calculation or a fraction, ``decimals`` also after a power
    of ten. ``notes`` say which reading was taken of something ambiguous; ``others`` are the rest.
    """

    value: Fraction
    shown: str
    unit: str = ""
    decimals: int | None = None
    figures: int | None = None
    notes: tuple[str, ...] = ()
    others: tuple["NumberReading", ...] = ()

    @property
    def understood(self) -> str:
        """The number with its unit, as it reads back."""
        return f"{self.shown} {self.unit}".rstrip()


_DECIMAL = re.compile(r"([-+]?)\s*(\d*)(?:\.(\d*))?(?:\s*[eE]\s*([-+]?\d+))?")
_THOUSANDS = re.compile(
    r"(?<![\d.,])\d{1,3}(?:(?:,\d{3})+(?![\d,]|[ _']\d)|([ _'])\d{3}(?:\1\d{3})*(?!\d|[ _']\d))"
)
_TYPESET = re.compile(r"\d{1,3}(?:(?:\{,\}|\\[,;: !])\d{3})+(?!\d)")
_DOTTED = re.compile(r"(?<![\d.,])\d{1,3}(?:(?:\.\d{3}){2,}(?![\d.])|(?:\.\d{3})+(?=,\d))")
_COMMA = re.compile(r"(?<=\d),(?=\d)|(?<!\d),(?=\d)")
_RAISED = re.compile(r"(?<=10)[⁺⁻]?[⁰¹²³⁴-⁹]+$")
_TEN_POWER = re.compile(
    r"\s*(?:[*x]|\\times|\\cdot)\s*10\s*(?:\^|\*\*)\s*([-+]?\d+|\{\s*[-+]?\d+\s*\})$"
)
_MIXED = re.compile(r"([-+]?)\s*(\d+)(?:\s+(\d+)\s*/\s*(\d+)|\s*([¼-¾⅐-⅞]))")
_PERIODIC = re.compile(r"([-+]?)\s*(\d*)\.\((\d{1,9})\)")
_PERCENT = re.compile(r"(?<=[\d.¼-¾⅐-⅞])\s*(?:\\?%|percent|per cent)$")
_SCALES: Final = {
    "k": 10**3, "K": 10**3, "M": 10**6, "G": 10**9, "thousand": 10**3, "million": 10**6,
    "billion": 10**9,
}  # fmt: skip
_SCALED = re.compile(rf"(?<=[\d.])\s*({'|'.join(_SCALES)})$")


def literal(text: str) -> NumberReading | None:
    """What a folded text says if it is one number, or None.

    >>> literal("6,272.50").value, literal("4 1/3").shown, literal("2*3")
    (Fraction(12545, 2), '4 1/3', None)
    """
    bare = text.strip()
    if not bare:
        return None
    if not (bare[-1].isdecimal() or bare[-1] == "."):
        if percent := _PERCENT.search(bare):
            return _hundredth(literal(bare[: percent.start()]))
        if scaled := _SCALED.search(bare):
            return _scaled(literal(bare[: scaled.start()]), Fraction(_SCALES[scaled[1]]))
    if "10" in bare and (power := _TEN_POWER.search(_RAISED.sub(_lowered, bare))):
        exponent = power[1].strip("{} ")
        if len(exponent) <= 4 and abs(int(exponent)) <= limits.TEN_TO_THE:
            return _scaled(literal(bare[: power.start()]), Fraction(10) ** int(exponent))
        return None
    if bare.endswith(")"):
        return _periodic(bare)
    mixed = _MIXED.fullmatch(bare) if not bare[-1].isascii() or "/" in bare else None
    return _mixed_number(mixed) if mixed else _decimal(bare)


def untypeset(text: str) -> str:
    r"""Thousands as LaTeX keeps them apart, as anybody else does; the length stays.

    >>> untypeset(r"28{,}800"), untypeset(r"1\,234\,567")
    ('  28,800', '  1 234 567')
    """
    return _TYPESET.sub(lambda found: _plainly(found[0]).rjust(len(found[0])), text)


def _plainly(typed: str) -> str:
    return re.sub(r"\\.", " ", typed.replace("{,}", ","))


def joined(text: str) -> tuple[str, tuple[str, ...]]:
    """Thousands put together and a decimal comma made a point, with notes; the length stays.

    Thousands are worth a note only next to a decimal comma.

    >>> joined("4*1,568"), joined("0,333"), joined("1.234,5")
    (('4* 1568', ()), ('0.333', ()), (' 1234.5', ()))
    >>> joined("0,5*1,568")
    ('0.5* 1568', ('1,568 was read as 1568, not as 1.568',))
    """
    plain = _DOTTED.sub(lambda found: found[0].replace(".", "").rjust(len(found[0])), text)
    notes: list[str] = []
    plain = _THOUSANDS.sub(lambda found: _together(found, notes), plain)
    pointed = _COMMA.sub(".", plain)
    return pointed, tuple(notes) if pointed != plain else ()


def _together(found: re.Match[str], notes: list[str]) -> str:
    typed, separator = found[0], found[1] or ","
    if separator == "," and typed.startswith("0"):
        return typed
    together = typed.replace(separator, "")
    if separator == "," and typed.count(",") == 1 and found.string[found.end() :][:1] != ".":
        notes.append(f"{typed} was read as {together}, not as {typed.replace(',', '.')}")
    return together.rjust(len(typed))


def _lowered(raised: re.Match[str]) -> str:
    return "^" + unicodedata.normalize("NFKC", raised[0]).replace("−", "-")


def _hundredth(reading: NumberReading | None) -> NumberReading | None:
    if reading is None or not (reading.decimals is not None or " " in reading.shown):
        return None
    decimals = None if reading.decimals is None else reading.decimals + 2
    return reading._replace(value=reading.value / 100, shown=f"{reading.shown}%", decimals=decimals)


def _scaled(reading: NumberReading | None, scale: Fraction) -> NumberReading | None:
    if reading is None or reading.decimals is None:
        return None
    value = reading.value * scale
    return reading._replace(value=value, shown=_signed(value), decimals=None)


def _signed(value: Fraction) -> str:
    return ("-" if value < 0 else "") + digits(abs(value))


def _periodic(bare: str) -> NumberReading | None:
    """``0.(3)``: a third."""
    match = _PERIODIC.fullmatch(bare)
    if not match or len(match[2]) > limits.DIGITS:
        return None
    value = int(match[2] or 0) + Fraction(int(match[3]), 10 ** len(match[3]) - 1)
    value = -value if match[1] == "-" else value
    return NumberReading(value, _signed(value))


def _mixed_number(mixed: re.Match[str]) -> NumberReading | None:
    """``4 1/3`` and ``4⅓``: four and a third."""
    sign, whole, top, bottom, fraction = mixed.groups()
    if fraction:
        top, bottom = unicodedata.normalize("NFKC", fraction).split("⁄")
    if len(whole + top + bottom) > limits.DIGITS or not int(bottom):
        return None
    value = int(whole) + Fraction(int(top), int(bottom))
    negative = sign == "-"
    return NumberReading(-value if negative else value, f"{'-' * negative}{whole} {top}/{bottom}")


def _decimal(bare: str) -> NumberReading | None:
    """Digits with separators, a point and a power of ten."""
    plain, notes = (bare, ()) if bare.isdecimal() else joined(bare)
    match = _DECIMAL.fullmatch(plain.strip())
    if not match:
        return None
    sign, whole, decimals, power = match[1], match[2], match[3] or "", match[4] or "0"
    if not 0 < len(whole + decimals) <= limits.DIGITS or len(power) > 4:
        return None
    if abs(int(power)) > limits.TEN_TO_THE:
        return None
    value = Fraction(int(whole + decimals), 10 ** len(decimals)) * Fraction(10) ** int(power)
    value = -value if sign == "-" else value
    figures = len((whole + decimals).lstrip("0")) or 1
    if match[4]:
        return NumberReading(value, _signed(value), "", None, figures, notes)
    shown = f"{'-' * (sign == '-')}{whole.lstrip('0') or '0'}{'.' * bool(decimals)}{decimals}"
    return NumberReading(value, shown, "", len(decimals), figures, notes)
