"""The lines of a derivation with what is said of each: a sign before it, words behind or below."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from cli import words_of_sitting
from cli.markdown import safe
from grader.derivation.judged import Judged, Mark


def worst(judged: Sequence[Judged]) -> dict[int, Judged]:
    """What is said of every line by its number, from 1; of several statements the first amiss."""
    by_number = groupby(judged, key=lambda one: one.number)
    return {number: min(said, key=lambda one: one.mark.is_fine) for number, said in by_number}


def signs(answer: str, judged: Sequence[Judged]) -> dict[int, str]:
    """The sign of every row of a text, from 0; a row that goes on with the one before has none."""
    said = worst(judged)
    return {
        row: words_of_sitting.MARKS[said[number].mark].sign
        for number, row in enumerate(_rows(answer), 1)
        if number in said
    }


def _rows(answer: str) -> Iterator[int]:
    """The rows that hold something."""
    return (row for row, line in enumerate(answer.split("\n")) if line.strip())


def marked(answer: str, judged: Sequence[Judged]) -> RenderableType:
    """Line by line: number, sign, what was typed, and the mark in words."""
    said = worst(judged)
    grid = Table.grid(padding=(0, 1))
    for _ in range(2):
        grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_column()
    typed = answer.split("\n")
    for number, row in enumerate(_rows(answer), 1):
        mark = said[number].mark if number in said else Mark.WORDS
        look = words_of_sitting.MARKS[mark]
        word = Text("" if mark is Mark.WORDS else look.word, look.style)
        shown = Text(safe(typed[row].rstrip()))
        grid.add_row(Text(str(number), "quiet"), Text(look.sign, look.style), shown, word)
    return grid
