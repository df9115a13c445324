"""The quiet lines beneath what is being typed: how it is read, or what is in its way."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from textwrap import wrap
from typing import Final, TypeAlias

from prompt_toolkit.formatted_text import StyleAndTextTuples

from cli import words, words_of_sitting
from cli.pointed import around
from cli.understood import OPEN, Understood
from grader.reading.display import columns, visible
from grader.reading.tree import Malformed

Row: TypeAlias = list[tuple[str, str]]

_QUIET: Final = "class:quiet"
_READING: Final = "class:reading"
_CARET: Final = "class:caret"
_LABEL: Final = f"{words.READ_AS}  "
_OPEN: Final = " …"


@dataclass(frozen=True, slots=True)
class Room:
    """Columns and rows beneath a prompt; what is typed begins at ``indent``, and so do they."""

    width: int
    height: int
    indent: int

    @property
    def columns(self) -> int:
        return max(self.width - self.indent, 1)


def beneath(typed: str, read: Understood, offered: Sequence[str], room: Room) -> StyleAndTextTuples:
    """What to show: the reading, drawn where it fits; a caret; or how a half-typed word goes on.

    >>> from grader.kinds.expression import Expression
    >>> from cli.understood import understood
    >>> spec = Expression("f_t/2", ("f_t",))
    >>> def show(typed, height):
    ...     shown = beneath(typed, understood(spec, typed), (), Room(40, height, 2))
    ...     print("|" + "".join(text for _, text in shown))
    >>> show("f_t/2 +", 3)
    |           fₜ
      read as  ── …
               2
    >>> show("f_t/2", 1)
    |  read as  fₜ/2
    >>> show("f_t + * 2", 2)
    |        ^
      something is missing next to this sign
    """
    rows = islice(_rows(typed, read, offered, room), room.height)
    return _joined([("", " " * room.indent), *row] for row in rows)


def completions(offered: Sequence[str], chosen: int | None, room: Room) -> StyleAndTextTuples:
    """The words that Tab goes through, in one row around the chosen one."""
    first = _first(offered, chosen or 0, room.columns - len("… …"))
    row: Row = [("", " " * room.indent), (_QUIET, "… " if first else "")]
    used = columns(row[1][1])
    for place in range(first, len(offered)):
        used += columns(offered[place]) + 2
        if used > room.columns - 1:
            row.append((_QUIET, "…"))
            break
        row.append(("class:chosen" if place == chosen else _QUIET, offered[place]))
        row.append((_QUIET, "  "))
    return list(row)


def _first(offered: Sequence[str], chosen: int, width: int) -> int:
    """The first of the words that fit together with the chosen one."""
    first, used = chosen, columns(offered[chosen]) + 2
    while first and (used := used + columns(offered[first - 1]) + 2) <= width:
        first -= 1
    return first


def _joined(rows: Iterator[Row] | Sequence[Row]) -> StyleAndTextTuples:
    shown: StyleAndTextTuples = []
    for number, row in enumerate(rows):
        shown += [("", "\n")] if number else []
        shown += row
    return shown


def _rows(typed: str, read: Understood, offered: Sequence[str], room: Room) -> Iterator[Row]:
    if read.fault:
        yield from _complaint(typed, read.fault, room)
        return
    if read.drawing:
        yield from _reading(read, room)
        for note in read.notes:
            yield from _said(f"{words.NOTE}: {note}", room)
    elif read.unfinished:
        hint = "  ".join(offered) or _still_to_come(read.unfinished)
        yield from _said(f"… {hint}", room)


def _still_to_come(unfinished: Malformed) -> str:
    """What is missing yet, said so that it is no reproach."""
    if unfinished.code in OPEN:
        return words_of_sitting.STILL_OPEN
    return unfinished.message


def _reading(read: Understood, room: Room) -> Iterator[Row]:
    """The formula as on paper where it fits, else in as many lines as it takes."""
    drawn, end = read.drawing, _OPEN if read.unfinished else ""
    width = room.columns - len(_LABEL)
    if drawn and drawn.height <= room.height and drawn.width + len(end) <= width:
        for place, line in enumerate(drawn.lines):
            is_base = place == drawn.baseline
            label = _LABEL if is_base else " " * len(_LABEL)
            yield [(_QUIET, label), (_READING, line.rstrip()), (_QUIET, end if is_base else "")]
        return
    lines = wrap(read.line + end, max(width, 1)) or [""]
    for place, line in enumerate(lines[-room.height :]):
        yield [(_QUIET, " " * len(_LABEL) if place else _LABEL), (_READING, line)]


def _complaint(typed: str, fault: Malformed, room: Room) -> Iterator[Row]:
    """A caret below its cause, and in words what that is."""
    start, end = fault.span
    marked = fault.source[start : max(end, start + 1)]
    before = columns(visible(fault.source[:start]))
    caret = "^" * max(columns(visible(marked)), 1)
    if typed.endswith(fault.source) and columns(typed) < room.columns:
        shift = columns(visible(typed[: len(typed) - len(fault.source)]))
        yield [(_CARET, " " * (shift + before) + caret)]
    else:
        source = visible(fault.source)
        shown, below = around(source, " " * before + caret, room.columns)
        yield [(_QUIET, shown)]
        yield [(_CARET, below)]
    yield from _said(fault.message, room)


def _said(sentence: str, room: Room) -> Iterator[Row]:
    yield from ([(_QUIET, line)] for line in wrap(visible(sentence), room.columns))
