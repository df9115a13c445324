"""A number given twice: as an equation, or with its working in brackets."""

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Final

from grader.reading import units
from grader.reading.literals import NumberReading
from grader.reading.tree import Malformed, Span

_WORD: Final = r"(?:[^\W\d]|\\[A-Za-z])(?:(?![²³¹⁰⁴-⁹])[\w\\$']|\{[^{}]*\})*"
_NAME: Final = rf"\s*\$?{_WORD}(?:\s+{_WORD}){{0,4}}\$?\s*"
_LABEL = re.compile(rf"{_NAME}(?::=|={{1,2}}(?!=)|[:←]|(?<=\s)is\s)(?=\s*\S)")
_LONE_NAME = re.compile(_NAME)
_EQUALS = re.compile(r"(?<![<>!:/=])(?:={1,2}|[≈≃≅])(?![<>=])")
_ALTERING: Final = frozenset(("minus", "half", "twice", "sqrt", "log", "ln", "exp"))
_DENYING = re.compile(
    r"\b(?:not|non?(?!\s+of\b)|nope|never|neither|cannot|\w+n['’]t|(?:is|are|was|do|does)nt|"
    r"wrong(?:ly)?|incorrect(?:ly)?|false(?:ly)?|untrue|but|other\s+than|unlike|except|nicht|kein\w*|"
    r"falsch\w*|nie)\b"
)
_CALCULATION = re.compile(r"[\d)].*[-+*/^(]")

Side = Callable[[str], NumberReading]


def unlabelled(text: str) -> str:
    """A text without the name of what is asked in front; what is left keeps its place.

    What denies its name, or makes another thing of it, stays.

    >>> unlabelled("x = 7"), unlabelled("LSTM weights: 6272"), unlabelled("2x = 14")
    ('    7', '              6272', '2x = 14')
    >>> unlabelled("wrong: 6272"), unlabelled("minus x = 7")
    ('wrong: 6272', 'minus x = 7')
    """
    label = _LABEL.match(text)
    if not label or alters(label[0]):
        return text
    return text[label.end() :].rjust(len(text))


def alters(name: str) -> bool:
    """Whether a word makes another thing of what it names, or denies it."""
    said = name.lower()
    return bool(_DENYING.search(said)) or not _ALTERING.isdisjoint(said.split())


def equated(text: str, read: Side) -> NumberReading | None:
    """The number that all sides of an equation come to; None where there is no equation.

    A side rounded to one decimal or more agrees with the exact one; it is another reading then.
    """
    parts = list(_parts(text))
    sides = [part for part in parts if alters(part) or not _LONE_NAME.fullmatch(part)]
    if len(parts) < 2 or not sides or not all(part.strip() for part in parts):
        return None
    readings = [read(side) for side in sides]
    for taken in sorted(readings, key=lambda one: one.decimals is None):
        others = [one for one in readings if _value(one, taken.unit) != taken.value]
        if all(_is_rounded(one, taken) for one in others):
            return _settled(taken, readings, others)
    shown = " and ".join(dict.fromkeys(one.understood for one in readings))
    raise Malformed("sides-differ", f"your two sides differ: {shown}", text, Span(0, len(text)))


def _settled(
    taken: NumberReading, readings: list[NumberReading], others: list[NumberReading]
) -> NumberReading:
    note = f"read as {taken.shown}, to which both sides come"
    return taken._replace(
        unit=taken.unit or next((one.unit for one in readings if one.unit), ""),
        notes=(*taken.notes, note) if len(readings) > 1 else taken.notes,
        others=(*taken.others, *others),
    )


def worked_out(text: str, read: Side) -> tuple[NumberReading, bool] | None:
    """The value in ``6272 (4*(17*32 + 32^2))``, which is followed by how it came about.

    And whether that is the likelier reading: a product has no space, and is not rounded. None
    where value and working do not agree.
    """
    opening = _last_bracket(text)
    inner = text[opening + 1 :].rstrip()[:-1]
    if not text[:opening].strip() or not _CALCULATION.search(inner):
        return None
    try:
        value, working = read(text[:opening]), read(" " * (opening + 1) + inner)
    except Malformed:
        return None
    if value.decimals is None and not value.unit:
        return None
    if value.value == working.value:
        note = f"read as {value.understood} and its working, not as a product"
        return value._replace(notes=(*value.notes, note)), text[opening - 1].isspace()
    return (value._replace(others=(working,)), False) if _is_rounded(value, working) else None


def _last_bracket(text: str) -> int:
    """Where the bracket opens that ends a text; 0 where none does."""
    depth = 0
    for place in range(len(text.rstrip()) - 1, -1, -1):
        depth += {")": 1, "]": 1, "(": -1, "[": -1}.get(text[place], 0)
        if not depth:
            return place if text[place] in "([" else 0
    return 0


def _parts(text: str) -> Iterator[str]:
    """What stands between the signs of equality, each at its place."""
    begun = 0
    for sign in _EQUALS.finditer(text):
        yield " " * begun + text[begun : sign.start()]
        begun = sign.end()
    yield " " * begun + text[begun:]


def _value(reading: NumberReading, unit: str) -> Fraction:
    if not (reading.unit and unit):
        return reading.value
    return units.convert(reading.value, reading.unit, unit)


def _is_rounded(reading: NumberReading, exact: NumberReading) -> bool:
    """Whether a number is another one rounded to as many decimals as it has, at least one."""
    if not reading.decimals:
        return False
    gap = abs(_value(reading, exact.unit) - exact.value)
    return gap <= Fraction(1, 2 * 10**reading.decimals)
