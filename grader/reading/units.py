"""Units an answer may carry, in families within which they convert."""

from fractions import Fraction
from functools import cache
from typing import Final

from grader.reading.spelling import fold

_KILO: Final = 1_000
_KIBI: Final = 1_024
_BIT: Final = Fraction(1, 8)

#: Every unit to its worth in the first unit of its family. KB, MB and GB are powers of 1,000 as
#: in the SI; KiB, MiB and GiB powers of 1,024 (IEC 80000-13).
FAMILIES: Final[tuple[dict[str, Fraction], ...]] = (
    {
        **dict.fromkeys(("B", "byte", "bytes"), Fraction(1)),
        **dict.fromkeys(("bit", "bits"), _BIT),
        **dict.fromkeys(("kB", "KB", "kilobyte", "kilobytes"), Fraction(_KILO)),
        **dict.fromkeys(("MB", "megabyte", "megabytes"), Fraction(_KILO**2)),
        **dict.fromkeys(("GB", "gigabyte", "gigabytes"), Fraction(_KILO**3)),
        "TB": Fraction(_KILO**4),
        "kbit": _KILO * _BIT,
        "Mbit": _KILO**2 * _BIT,
        "Gbit": _KILO**3 * _BIT,
        "Tbit": _KILO**4 * _BIT,
        "KiB": Fraction(_KIBI),
        "MiB": Fraction(_KIBI**2),
        "GiB": Fraction(_KIBI**3),
        "TiB": Fraction(_KIBI**4),
        "Kibit": _KIBI * _BIT,
        "Mibit": _KIBI**2 * _BIT,
        "Gibit": _KIBI**3 * _BIT,
        "Tibit": _KIBI**4 * _BIT,
    },
    {
        **dict.fromkeys(("s", "sec", "second", "seconds"), Fraction(1)),
        "ms": Fraction(1, _KILO),
        **dict.fromkeys(("µs", "μs", "us"), Fraction(1, _KILO**2)),
        "ns": Fraction(1, _KILO**3),
        "min": Fraction(60),
        "h": Fraction(3_600),
    },
    dict.fromkeys(("parameters", "parameter", "params", "weights", "weight"), Fraction(1)),
    dict.fromkeys(("operations", "operation", "ops", "multiplications", "additions"), Fraction(1)),
    dict.fromkeys(("neurons", "neuron", "units", "unit", "cells", "cell"), Fraction(1)),
    dict.fromkeys(("steps", "step", "time steps", "timesteps"), Fraction(1)),
    dict.fromkeys(("pixels", "pixel", "px"), Fraction(1)),
    dict.fromkeys(("maps", "map", "channels", "channel", "filters", "filter"), Fraction(1)),
)

#: What may mean bits, as the letter says, or bytes, as many who type it mean.
_BITS_OR_BYTES: Final = {
    "b": ("bit", "B"),
    **{f"{scale.lower()}b": (f"{scale}bit", f"{scale}B") for scale in ("k", "M", "G", "T")},
    **{f"{scale}ib": (f"{scale}ibit", f"{scale}iB") for scale in ("K", "M", "G", "T")},
}

COUNTS: Final = tuple(unit for units in FAMILIES if set(units.values()) == {1} for unit in units)
"""Words for what is counted; they may stand after any number and change nothing."""


def family(unit: str) -> tuple[str, ...]:
    """Every unit that converts to this one; the unit alone where it belongs to no family.

    >>> "MiB" in family("KiB"), family("furlong")
    (True, ('furlong',))
    """
    for units in FAMILIES:
        if unit in units:
            return tuple(units)
    return (unit,)


def convert(value: Fraction, source: str, target: str) -> Fraction:
    """The same quantity in another unit of its family.

    >>> convert(Fraction(2), "MiB", "KiB"), convert(Fraction(16), "bit", "B")
    (Fraction(2048, 1), Fraction(2, 1))
    >>> convert(Fraction(1), "ms", "KiB")
    Traceback (most recent call last):
        ...
    ValueError: ms cannot be converted to KiB
    """
    if source == target:
        return value
    for units in FAMILIES:
        if source in units and target in units:
            return value * units[source] / units[target]
    raise ValueError(f"{source} cannot be converted to {target}")


@cache
def spellings(wanted: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """How each of these units may be typed, and which it then names: two for bits or bytes.

    Capitals count as typed, and for nothing where only small letters are found.

    >>> typed = spellings(family("KiB"))
    >>> typed["kib"], typed["kB"], typed["kb"]
    (('KiB',), ('kB',), ('kbit', 'kB'))
    """
    small: dict[str, tuple[str, ...]] = {}
    for unit in wanted:
        small.setdefault(fold(unit).lower(), (unit,))
    both = {one: two for one, two in _BITS_OR_BYTES.items() if set(two) <= set(wanted)}
    return small | both | {fold(unit): (unit,) for unit in wanted}
