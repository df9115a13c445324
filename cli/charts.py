"""Bars, calendars and curves out of characters; shape carries the meaning, colour repeats it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from rich.text import Text

HEAT: Final = (1, 5, 10, 20)
"""From so many answers a day on, the next darker sign."""

_WEEK: Final = 7
_CELL: Final = 2  # columns a week takes in the calendar


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The signs of a terminal; ``heat`` and ``eighths`` go from nothing to full."""

    full: str
    half: str
    none: str
    heat: str
    eighths: str
    axis: str
    corner: str
    line: str


UNICODE: Final = Glyphs("█", "▒", "░", "·░▒▓█", " ▁▂▃▄▅▆▇█", "│", "└", "─")
ASCII: Final = Glyphs("#", "=", ".", ".:+*#", "  ..::###", "|", "+", "-")


def glyphs(fits: bool) -> Glyphs:
    """Those that the encoding carries."""
    return UNICODE if fits else ASCII


def bar(known: float, seen: float, width: int, signs: Glyphs) -> Text:
    """What is known, what was seen besides, and the rest; shares from 0 to 1.

    >>> bar(0.3, 0.6, 10, UNICODE).plain, bar(0.001, 0.001, 10, ASCII).plain
    ('███▒▒▒░░░░', '=.........')
    """
    full = int(known * width)
    half = max(round(seen * width), 1 if seen else 0) - full
    rest = width - full - max(half, 0)
    return Text.assemble(
        (signs.full * full, "accent"),
        (signs.half * half, "accent"),
        (signs.none * rest, "quiet"),
    )


def heat(answers: int, signs: Glyphs) -> Text:
    """A day by its answers.

    >>> heat(0, UNICODE).plain, heat(7, UNICODE).plain, heat(99, UNICODE).plain
    ('·', '▒', '█')
    """
    shade = sum(answers >= least for least in HEAT)
    return Text(signs.heat[shade], "right" if answers else "quiet")


def calendar(days: Mapping[date, int], today: date, width: int, signs: Glyphs) -> list[Text]:
    """A column a week, a row a weekday, the months above; as many weeks as fit, a year at most.

    >>> for line in calendar({date(2026, 3, 3): 7}, date(2026, 3, 4), 12, UNICODE):
    ...     print(line.plain)
             Mar
    Mon  · · ·
    Tue  · · ▒
    Wed  · · ·
    Thu  · ·
    Fri  · ·
    Sat  · ·
    Sun  · ·
    """
    weeks = max(min((width - 6) // _CELL, 53), 1)
    monday = today - timedelta(days=today.weekday())
    starts = [monday - timedelta(weeks=weeks - 1 - n) for n in range(weeks)]
    lines = [_months(starts)]
    for weekday in range(_WEEK):
        row = [start + timedelta(days=weekday) for start in starts]
        cells = [heat(days.get(day, 0), signs) for day in row if day <= today]
        name = Text(f"{row[0]:%a}  ", "quiet")
        lines.append(name.append_text(Text(" ").join(cells)))
    return lines


def _months(mondays: Sequence[date]) -> Text:
    """The name of each month over its first whole week, where there is room for it."""
    line = " " * 5
    for number, monday in enumerate(mondays):
        place = 5 + _CELL * number
        if monday.day <= _WEEK and len(line) <= place:
            line = f"{line:<{place}}{monday:%b} "
    return Text(line.rstrip(), "quiet")


def curve(values: Sequence[float], height: int, cell: int, signs: Glyphs) -> list[Text]:
    """Shares from 0 to 1 as columns, ``cell`` characters each, with per cents at the left.

    The lower half is left out where nothing is in it; the lowest per cents say so.

    >>> for line in curve([1.0, 0.75, 0.6], 2, 1, UNICODE):
    ...     print(line.plain)
    100 % │█
     75 % │██▃
     50 % └───
    """
    bottom = 0.5 if min(values, default=0.0) >= 0.5 else 0.0
    step = (1 - bottom) / height
    lines = []
    for row in range(height, 0, -1):
        below = bottom + (row - 1) * step
        fill = [min(max((value - below) / step, 0.0), 1.0) for value in values]
        marks = "".join(signs.eighths[round(8 * part)] * cell for part in fill)
        label = f"{_percent(below + step)} {signs.axis}"
        lines.append(Text.assemble((label, "quiet"), (marks.rstrip(), "accent")))
    axis = signs.corner + signs.line * (cell * len(values))
    return [*lines, Text(f"{_percent(bottom)} {axis}", "quiet")]


def _percent(share: float) -> str:
    return f"{round(100 * share):>3} %"
