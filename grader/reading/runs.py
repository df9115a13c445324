"""Runs of letters and indices, taken apart without knowing what they mean."""

import re
from collections.abc import Collection, Iterable
from typing import Final

from grader.reading.spelling import ABOVE, BELOW, LETTER, MARK
from grader.reading.tokens import Piece
from grader.reading.tree import Name

IS_ABOVE: Final = re.compile(f"[{ABOVE}]")
IS_LETTER: Final = re.compile(f"[{LETTER}]")
SHIFTED: Final = re.compile(rf"(.*_\s*[{LETTER}0-9]+)([-+]\d+)", re.DOTALL)
SPACED: Final = re.compile(r"(δ|delta)\s+")
SUBSCRIPTED: Final = re.compile(rf"[{LETTER}][{MARK}]*\[\s*(?:\d+|[A-Za-z](?:\s*-\s*\d+)?)\s*\]")
BRACKETED: Final = re.compile(r"\[|\^\s*\{\s*\(")
COMMAND: Final = re.compile(r"\\([A-Za-z]+)\s*")
NAME_THEN_NUMBER: Final = re.compile(r"(.*[^\W\d_])(\d+)", re.DOTALL)
_IN_INDEX: Final = rf"[{LETTER}{MARK}0-9+\-,'.:|]*"
ONE_LETTER: Final = re.compile(
    rf"(?:δ?[{LETTER}][{MARK}]?)(?:_(?:[{LETTER}0-9]|\{{{_IN_INDEX}[{LETTER}0-9]{_IN_INDEX}\}}))?"
)
INDEXED_LETTER: Final = re.compile(rf"\\?[{LETTER}]+[{MARK}]?[_{BELOW}].+", re.DOTALL)
WORD: Final = re.compile(r"[A-Za-z]{5,}")  # fewer letters may be a product of names


def uncertain(run: str) -> int:
    """Where something begins that is an index only if such a name is declared, or 0.

    >>> [uncertain(run) for run in ("c_t-1", "n[m+1]", "a^{(2)}", "c_{t-1}")]
    [3, 1, 1, 0]
    """
    if shifted := SHIFTED.fullmatch(run):
        return shifted.end(1)
    bracket = BRACKETED.search(run)
    return bracket.start() if bracket else 0


def inside(run: str) -> set[int]:
    """Places of a run where no name can begin, since an index is not over.

    >>> sorted(inside("h_(c_t)f"))
    [1, 2, 3, 4, 5, 6]
    """
    places, depth = set(), 0
    for place, mark in enumerate(run):
        depth -= mark in ")]}>"
        if depth or run[place - 1 : place] == "_" or mark in "_()[]{}<>":
            places.add(place)
        depth += mark in "([{<"
    return places


def multiplied(pieces: Iterable[Piece]) -> str:
    """Names written together, with the sign between them; nothing where there is more than names.

    >>> multiplied([])
    ''
    """
    values = [piece.token.value for piece in pieces]
    names = [one.text for one in values if isinstance(one, Name)]
    return "*".join(names) if len(names) == len(values) else ""


def spelled(run: str, names: Collection[str]) -> bool:
    """Whether names written one after the other make up a run.

    >>> spelled("dot", {"d", "o", "t"}), spelled("dot", {"d", "t"})
    (True, False)
    """
    ends = {0}
    for end in range(1, len(run) + 1):
        if any(start in ends and run[start:end] in names for start in range(end)):
            ends.add(end)
    return len(run) in ends
