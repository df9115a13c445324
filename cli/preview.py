"""A question on paper: as it is asked, and with its answers; prints nothing."""

from collections.abc import Mapping, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cli import forms, render
from cli.markdown import formulas, phrase, safe
from cli.render import MARGIN, WIDEST
from quizbank.misconceptions import Misconception
from quizbank.question import Part, Question


def show(question: Question, *further: RenderableType) -> None:
    """Print a question and whatever else there is to say of it."""
    console = Console(theme=render.THEME, highlight=False)
    width = min(console.width - 2 * MARGIN, WIDEST)
    head = render.head(question, question.id)
    parts = (_part(part, number, question) for number, part in enumerate(question.parts, 1))
    shown = Group(head, Text(), render.body(question, width), *parts)
    for one in (shown, *further):
        console.print()
        console.print(Padding(one, (0, 0, 0, MARGIN)), width=width + MARGIN)
    console.print()


def _part(part: Part, number: int, question: Question) -> RenderableType:
    asked = render.ask(part, number, len(question.parts))
    shown = [one for one in (asked, render.listing(part.spec)) if one is not None]
    return Group(*(line for one in shown for line in (Text(), one)))


def keys(parts: Sequence[Part], misconceptions: Mapping[str, Misconception]) -> RenderableType:
    """Right answers and named mistakes, part by part."""
    grid = Table.grid(padding=(0, 2))
    for part in parts:
        name = Text(safe(part.id), "accent")
        for line in forms.right_answer(part.spec):
            grid.add_row(name, Text("✓", "right"), formulas(forms.formula(part.spec, line)))
            name = Text()
        for answer, mistake in part.spec.wrong_answers():
            named = misconceptions.get(mistake)
            wrong = formulas(forms.formula(part.spec, forms.picked(part.spec, answer)))
            says = Text.assemble((phrase(named.name if named else mistake).plain, "quiet"))
            grid.add_row(name, Text("✗", "wrong"), Group(wrong, says))
    return Group(render.rule(Text("Key", "heading")), Text(), grid)
