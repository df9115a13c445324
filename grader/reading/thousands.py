"""Marks between thousands: put away where they can be nothing else, asked about where they can."""

import re
from typing import Final

from grader import limits

_SEPARATED = re.compile(r"[., ]\d{3}")  # what every pattern below holds, and few texts do
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
    if not _SEPARATED.search(text):
        return text, ()
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


def switched(text: str) -> tuple[str, ...]:
    """The text with every lone separator before three digits meant the other way, then each alone.

    >>> switched("6.272"), switched("1,234*5.000"), switched("0.333 + 1.2345")
    ((' 6272',), ('1.234* 5000', '1.234*5.000', '1,234* 5000'), ())
    """
    if not _SEPARATED.search(text):
        return ()
    lone = [one for one in _EITHER.finditer(text) if not _listed(text, one)]
    choices = [lone] if len(lone) < 2 else [lone, *([one] for one in lone)]
    return tuple(_all_switched(text, chosen) for chosen in choices if chosen)


def _all_switched(text: str, chosen: list[re.Match[str]]) -> str:
    for found in chosen[: limits.OTHER_READINGS]:
        text = text[: found.start()] + _meant_otherwise(found[0]) + text[found.end() :]
    return text


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
