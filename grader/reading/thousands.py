"""Commas between thousands, put away where they can separate nothing else."""

import re
from typing import Final

_GROUPED = re.compile(r"(?<![\w.,])[1-9]\d{0,2}(?:,\d{3})+(?![\d,])")
_OPENING: Final = "([{⌊⌈"
_CLOSING: Final = ")]}⌋⌉"


def without_commas(text: str) -> tuple[str, tuple[str, ...]]:
    """A folded text with its thousands put together, and what was; every position stays.

    A comma that may stand between arguments, entries or indices is left alone.

    >>> without_commas("40,400 + 400*m")
    (' 40400 + 400*m', ('40,400 was read as 40400',))
    >>> without_commas("max(1,200) + [1,200] + 1,20")
    ('max(1,200) + [1,200] + 1,20', ())
    """
    notes: list[str] = []

    def together(found: re.Match[str]) -> str:
        typed = found[0]
        if _may_separate(text, found.start()):
            return typed
        digits = typed.replace(",", "")
        notes.append(f"{typed} was read as {digits}")
        return digits.rjust(len(typed))

    return _GROUPED.sub(together, text), tuple(dict.fromkeys(notes))


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
