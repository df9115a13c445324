"""Marks between thousands: put away where they can be nothing else, asked about where they can."""

import re
from collections.abc import Iterator
from typing import Final

from grader import limits

_GROUPED = re.compile(r"(?<![\w.,])[1-9]\d{0,2}(?:(?:,\d{3})+(?![\d,])|(?: \d{3})+(?!\d| \d))")
_EITHER = re.compile(r"(?<![\w.,])[1-9]\d{0,2}[.,]\d{3}(?![\d.]|,\d)")
_MAGNIFIED = re.compile(
    r"\s*(?:\\?%|per ?cent|[kKMGeE](?![A-Za-z])|thousand|million|billion"
    r"|(?:[*x]|\\times|\\cdot)\s*10\s*(?:\^|\*\*|[⁺⁻⁰¹²³⁴-⁹]))"
)
_OPENING: Final = "([{⌊⌈"
_CLOSING: Final = ")]}⌋⌉"


def grouped(text: str) -> tuple[str, tuple[str, ...]]:
    """A folded text with its thousands put together, and what was; every position stays.

    A comma or space that may stand between arguments, entries or indices is left alone.

    >>> grouped("40,400 + 40 400*m")
    (' 40400 +  40400*m', ('40,400 was read as 40400', '40 400 was read as 40400'))
    >>> grouped("max(1,200) + [1,200] + 1,20")
    ('max(1,200) + [1,200] + 1,20', ())
    """
    notes: list[str] = []

    def together(found: re.Match[str]) -> str:
        typed = found[0]
        if _may_separate(text, found.start()):
            return typed
        digits = typed.replace(",", "").replace(" ", "")
        notes.append(f"{typed} was read as {digits}")
        return digits.rjust(len(typed))

    return _GROUPED.sub(together, text), tuple(dict.fromkeys(notes))


def pointed(text: str) -> str:
    """A comma before three digits made a point where a percent sign or a power of ten follows.

    >>> pointed("28,402%"), pointed("6,272 k"), pointed("6,272")
    ('28.402%', '6.272 k', '6,272')
    """
    return _EITHER.sub(
        lambda found: (
            found[0].replace(",", ".") if _MAGNIFIED.match(text, found.end()) else found[0]
        ),
        text,
    )


def switched(text: str) -> Iterator[str]:
    """The text with every lone separator before three digits meant the other way, then each alone.

    >>> list(switched("6.272")), list(switched("1,234*5.000")), list(switched("0.333 + 1.2345"))
    ([' 6272'], ['1.234* 5000', '1.234*5.000', '1,234* 5000'], [])
    """
    lone = [one for one in _EITHER.finditer(text) if not _listed(text, one)]
    if not lone:
        return
    for chosen in [lone] if len(lone) == 1 else [lone, *([one] for one in lone)]:
        other = text
        for found in chosen[: limits.OTHER_READINGS]:
            other = other[: found.start()] + _meant_otherwise(found[0]) + other[found.end() :]
        yield other


def _listed(text: str, found: re.Match[str]) -> bool:
    return "," in found[0] and _may_separate(text, found.start())


def _meant_otherwise(typed: str) -> str:
    return typed.replace(",", ".") if "," in typed else typed.replace(".", "").rjust(len(typed))


def _may_separate(text: str, at: int) -> bool:
    """Whether the innermost bracket around a place may hold several things."""
    closed = 0
    for place in range(at - 1, -1, -1):
        if text[place] in _CLOSING:
            closed += 1
        elif text[place] in _OPENING and closed:
            closed -= 1
        elif text[place] in _OPENING:
            before = text[:place].rstrip()[-1:]
            return text[place] in "[{" or (text[place] == "(" and _may_be_applied(before))
    return False


def _may_be_applied(before: str) -> bool:
    """Whether a bracket after this character may hold arguments."""
    return bool(before) and (before.isalnum() or before in "_'\"}")
