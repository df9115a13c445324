"""A question on paper: as it is asked, and with its answers; prints nothing."""

from collections.abc import Mapping, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cli import render
from cli.markdown import formulas, phrase
from quizbank.misconceptions import Misconception
from quizbank.question import Part, Question

MARGIN = 2


def show(question: Question, *further: RenderableType) -> None:
    """Print a question and whatever else there is to say of it."""
    console = Console(theme=render.THEME, highlight=False)
    width = min(console.width - 2 * MARGIN, render.WIDEST)
    shown = Group(
        render.head(question, question.id),
        Text(),
        render.body(question, width),
        *map(_part, _numbered(question)),
    )
    for one in (shown, *further):
        console.print()
        console.print(Padding(one, (0, 0, 0, MARGIN)), width=width + MARGIN)
    console.print()


def _numbered(question: Question) -> list[tuple[Part, int, int]]:
    return [(part, number, len(question.parts)) for number, part in enumerate(question.parts, 1)]


def _part(numbered: tuple[Part, int, int]) -> RenderableType:
    asked = render.ask(*numbered)
    offered = render.listing(numbered[0].spec)
    shown = [one for one in (asked, offered) if one is not None]
    return Group(*(line for one in shown for line in (Text(), one)))


def keys(parts: Sequence[Part], misconceptions: Mapping[str, Misconception]) -> RenderableType:
    """Right answers and named mistakes, part by part."""
    grid = Table.grid(padding=(0, 2))
    for part in parts:
        name = Text(part.id, "accent")
        for line in part.spec.right_answer().splitlines():
            grid.add_row(name, Text("✓", "right"), formulas(line))
            name = Text()
        for answer, mistake in part.spec.wrong_answers():
            named = misconceptions.get(mistake)
            says = phrase(named.name if named else mistake)
            grid.add_row(name, Text("✗", "wrong"), Group(formulas(answer), says))
    return Group(render.rule(Text("Key", "bold accent")), Text(), grid)
