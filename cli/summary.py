"""The end of a sitting as a rich renderable; prints nothing."""

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from cli import words
from cli.face import Kept
from cli.markdown import phrase, safe
from cli.render import rule
from quizbank.record.tally import Score, Tally

BAR = 10  # cells


def closing(tally: Tally, kept: Kept) -> RenderableType:
    """Points, topics, misconceptions met, and where everything is."""
    shown: list[RenderableType] = [rule(Text("Summary", "heading")), Text(), _whole(tally)]
    if len(tally.topics) > 1:
        shown += [Text(), _topics(tally)]
    if tally.misconceptions:
        shown += [Text(), Text("Misconceptions met", "title"), _misconceptions(tally)]
    return Group(*shown, Text(), _kept(kept))


def _kept(kept: Kept) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in kept.lines():
        grid.add_row(Text(name, "quiet"), Text(safe(value)))
    return grid


def bar(score: Score) -> Text:
    """The share earned as a bar.

    >>> from fractions import Fraction
    >>> bar(Score(Fraction(3), Fraction(4))).plain
    '████████░░'
    """
    full = round(BAR * score.share)
    return Text.assemble(("█" * full, "accent"), ("░" * (BAR - full), "quiet"))


def _whole(tally: Tally) -> RenderableType:
    line = Text.assemble((words.points(tally.whole.earned, tally.whole.possible), "title"))
    if tally.whole.possible:
        line.append_text(Text.assemble("  ", bar(tally.whole), f"  {_percent(tally.whole)}"))
    rest = [f"{tally.answered} answered"]
    if tally.skipped:
        rest.append(f"{tally.skipped} skipped")
    if tally.whole.waiting:
        rest.append(f"{words.counted(tally.whole.waiting, 'point')} for a person to mark")
    return Group(line, Text(" · ".join(rest), "quiet"))


def _topics(tally: Tally) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    for topic, score in sorted(tally.topics.items(), key=lambda item: (item[1].share, item[0])):
        grid.add_row(Text(safe(topic)), bar(score), Text(_percent(score), justify="right"))
    return grid


def _misconceptions(tally: Tally) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    for name, times in sorted(tally.misconceptions.items(), key=lambda item: -item[1]):
        grid.add_row(Text(f"{times}×", "accent"), phrase(name))
    return grid


def _percent(score: Score) -> str:
    return f"{round(100 * score.share)} %"
