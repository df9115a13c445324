"""A learner's progress as rich renderables; prints nothing."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from cli import charts
from cli import words_of_progress as words
from cli.charts import Glyphs
from cli.markdown import phrase, safe
from cli.render import rule
from cli.words import counted
from quizbank.misconceptions import Misconception
from quizbank.record.progress import Progress, Topic

WIDEST: Final = 116  # columns; more would pull names and figures apart
_BESIDE: Final = 100  # from here on there are two columns
_GUTTER: Final = 4
_BAR: Final = 12
_LEAST_BAR: Final = 4
_BESIDE_A_BAR: Final = 40  # columns of names and figures
_DUE_DAYS: Final = 7
_DUE_BAR: Final = 20
_BESIDE_DUE: Final = 28  # columns of day, number and what is overdue
_TIGHT: Final = 72  # below, a date takes a line of its own
_LABEL: Final = 7  # columns at the left of a curve
_ROOM_FOR_A_DAY: Final = 9  # columns between two days named under a curve
_LAST_LABEL: Final = 6  # columns that its last day reaches over the right
_CURVE_ROWS: Final = 5


def show(
    stand: Progress, names: Mapping[str, Misconception], width: int, signs: Glyphs
) -> RenderableType:
    """Everything, in one column or, where there is room, two."""
    column = width if width < _BESIDE else width // 2 - _GUTTER
    left = [_topics(stand.topics, column, signs)]
    right = [_due(stand, column, signs)]
    if stand.curve:
        right.append(_curve(stand, column, signs))
    below = _misconceptions(stand, names, width)
    shown: list[RenderableType] = [_head(stand), _calendar(stand, width, signs)]
    if width < _BESIDE:
        return _apart([*shown, *left, *right, below])
    beside = Table.grid(padding=(0, _GUTTER, 0, 0), expand=True)
    beside.add_column(ratio=1)
    beside.add_column(ratio=1)
    beside.add_row(_apart(left), _apart(right))
    return _apart([*shown, beside, below])


def _apart(blocks: Sequence[RenderableType]) -> RenderableType:
    """Blocks with an empty line between them."""
    spaced = [part for block in blocks for part in (block, Text())]
    return Group(*spaced[:-1])


def _head(stand: Progress) -> RenderableType:
    return Group(
        rule(Text(words.PROGRESS, "heading"), Text(words.day(stand.today), "accent")),
        Text(" · ".join(words.summary(stand)), "title"),
    )


def _calendar(stand: Progress, width: int, signs: Glyphs) -> RenderableType:
    legend = Text("     ")
    for least in (0, *charts.HEAT):
        legend.append_text(charts.heat(least, signs))
        legend.append(f" {words.heat_legend(least)}  ", "quiet")
    return Group(*charts.calendar(stand.days, stand.today, width, signs), Text(), legend)


def _topics(topics: Sequence[Topic], width: int, signs: Glyphs) -> RenderableType:
    """Those begun, the least mastered first."""
    begun = sorted((one for one in topics if one.seen), key=lambda one: (one.mastery, one.name))
    length = max(min(_BAR, width - _BESIDE_A_BAR), _LEAST_BAR)
    grid = Table.grid(padding=(0, 2))
    for column in ("left", "left", "right", "right"):
        grid.add_column(justify=column, no_wrap=True)
    for one in begun:
        bar = charts.bar(one.mastery, one.seen / one.questions, length, signs)
        seen = Text(words.seen_of(one.seen, one.questions, short=length < _BAR), "quiet")
        grid.add_row(Text(safe(one.name)), bar, Text(_percent(one.mastery)), seen)
    legend = Text()
    for sign, means in (
        (signs.full, words.KNOWN),
        (signs.half, words.SEEN),
        (signs.none, words.UNSEEN),
    ):
        legend.append(f"{sign * 2} ", "accent").append(f"{means}  ", "quiet")
    shown: list[RenderableType] = [Text(words.TOPICS, "heading"), grid, legend]
    if waiting := [safe(one.name) for one in topics if not one.seen]:
        shown.append(Text(words.not_begun(waiting), "quiet"))
    return Group(*shown)


def _misconceptions(
    stand: Progress, names: Mapping[str, Misconception], width: int
) -> RenderableType:
    title = Text(words.MISCONCEPTIONS, "heading")
    if not stand.misconceptions:
        return Group(title, Text(words.NONE_SHOWN, "quiet"))
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True, justify="right")
    grid.add_column()
    for one in stand.misconceptions:
        style = "right" if one.overcome else "wrong"
        name = phrase(names[one.id].name if one.id in names else one.id)
        last = Text(words.last_shown(one, stand.today), "quiet")
        cells = [Group(name, last)] if width < _TIGHT else [name, last]
        grid.add_row(Text(words.state(one), style), Text(f"{one.times}×"), *cells)
    held = not all(one.overcome for one in stand.misconceptions)
    return Group(title, grid, *_command(words.PUT_RIGHT, held))


def _due(stand: Progress, width: int, signs: Glyphs) -> RenderableType:
    title = Text(words.DUE, "heading")
    week = stand.due[:_DUE_DAYS]
    if not any(week):
        return Group(title, Text(words.nothing_due_soon(_DUE_DAYS), "quiet"))
    length = max(min(_DUE_BAR, width - _BESIDE_DUE), 1)
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True, justify="right")
    grid.add_column(no_wrap=True)
    for number, due in enumerate(week):
        when = stand.today + timedelta(days=number)
        name = words.TODAY if number == 0 else f"{when:%a} {when.day}"
        bar = Text(signs.full * -(-due * length // max(week)), "accent")
        if number == 0 and stand.overdue:
            bar.append(f"  {words.overdue(stand.overdue)}", "wrong")
        grid.add_row(Text(name, "quiet"), Text(str(due)), bar)
    return Group(title, grid, *_command(words.PRACTISE, bool(week[0])))


def _curve(stand: Progress, width: int, signs: Glyphs) -> RenderableType:
    days = stand.curve[: max(width - _LABEL - _LAST_LABEL, 2)]
    cell = 2 if width >= 2 * len(days) + _LABEL else 1
    shown: list[RenderableType] = [
        Text(words.CURVE, "heading"),
        *charts.curve(days, _CURVE_ROWS, cell, signs),
        Text(" " * _LABEL + _axis(len(days) - 1, cell), "quiet"),
    ]
    if stand.gaps:
        told = (f"{words.gap(one)}: {one.right} of {one.asked}" for one in stand.gaps)
        shown += [Text(), Text(f"{words.GAPS} {' · '.join(told)}", "quiet")]
    return Group(*shown)


def _axis(last: int, cell: int) -> str:
    """Today, the day in the middle, and the last one, each under its column."""
    half = cell * (last // 2)
    if half < _ROOM_FOR_A_DAY:
        return words.TODAY
    middle, end = counted(last // 2, "day"), counted(last, "day")
    return words.TODAY.ljust(half) + middle.ljust(cell * last - half - 1) + end


def _command(command: str, useful: bool) -> list[RenderableType]:
    return [Text.assemble(("› ", "accent"), command)] if useful else []


def _percent(share: float) -> str:
    return f"{round(100 * share)} %"
