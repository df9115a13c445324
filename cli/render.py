"""Questions, verdicts and solutions as rich renderables; prints nothing."""

from collections.abc import Container, Iterable, Sequence
from itertools import zip_longest

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text
from rich.theme import Theme

from cli import forms, words
from cli.echo import Echo, is_tall
from cli.markdown import formulas, phrase, prose, safe
from cli.pointed import Pointed
from grader.feedback import sentences
from grader.judge import AnswerSpec
from grader.kinds.expression import Expression
from grader.kinds.options import letter
from grader.reading.display import columns
from grader.verdict import Outcome, Verdict
from quizbank.question import Part, Question

THEME = Theme(
    {
        "title": "bold",
        "heading": "bold cyan",
        "quiet": "dim",
        "accent": "cyan",
        "right": "bold green",
        "partly": "bold yellow",
        "wrong": "bold red",
        "undecided": "bold magenta",
        "unread": "bold yellow",
        "markdown.code": "cyan",
        "markdown.code_block": "cyan",
        "markdown.item.bullet": "cyan",
        "markdown.item.number": "cyan",
        "markdown.block_quote": "italic",
    }
)
MARGIN = 2  # columns to the left of everything
WIDEST = 88  # columns; longer lines of prose are hard to follow back to the left


def head(question: Question, where: str) -> RenderableType:
    """Where we are, how hard it is, the title, the topics."""
    level = f"{dots(question.level)} {words.level(question.level)}"
    return Group(
        rule(Text(safe(where), "heading"), Text(level, "accent")),
        Text.assemble((phrase(question.title).plain, "title")),
        Text(safe(" · ".join(question.topics)), "quiet"),
    )


def dots(level: int) -> str:
    """A level as filled dots.

    >>> dots(2)
    '●●○'
    """
    return "●" * level + "○" * (len(words.LEVELS) - level)


def body(question: Question, width: int) -> RenderableType:
    """The prompt, and the figure as it stands."""
    shown: list[RenderableType] = [prose(question.prompt)]
    if question.figure:
        shown += [Text(), figure(question.figure, width)]
    return Group(*shown)


def figure(drawing: str, width: int) -> RenderableType:
    """A drawing, never wrapped: cut at the right where the window is too narrow, and said so.

    >>> figure("─────", 3).renderables[1].plain
    'The figure is 5 columns wide; widen the window and type :r to see all of it.'
    """
    lines = safe(drawing.rstrip()).split("\n")
    widest = max(map(columns, lines))
    drawn = Text("\n".join(lines), no_wrap=True, overflow="ellipsis")
    if widest <= width:
        return drawn
    return Group(drawn, Text(words.figure_cut(widest), "quiet"))


def ask(part: Part, number: int, total: int) -> RenderableType | None:
    """What is asked for; nothing where the prompt says it all."""
    line = Table.grid(padding=(0, 1), expand=False)
    line.add_column(no_wrap=True)
    line.add_column()
    asked = phrase(part.ask)
    if part.points != 1:
        gap = "  " if asked else ""
        asked.append(f"{gap}{words.counted(part.points, 'point')}", "quiet")
    if total == 1:
        return asked if asked.plain.strip() else None
    line.add_row(Text(f"{number}/{total}", "accent"), asked)
    return line


def listing(spec: AnswerSpec) -> RenderableType | None:
    """What there is to pick or arrange, with letters; nothing for typed answers."""
    if offered := forms.options(spec):
        return _lettered([option.text for option in offered])
    arrangement = forms.arrangement(spec)
    if not arrangement.places:
        return None
    offers = _lettered(arrangement.offers)
    if arrangement.once:
        return offers
    return Group(*(phrase(place) for place in arrangement.places), Text(), offers)


def answer(spec: AnswerSpec, said: str) -> RenderableType:
    """What was just answered: all options with a mark before those picked, or the text itself."""
    if offered := forms.options(spec):
        taken = said.split(", ")
        picked = [position for position, option in enumerate(offered) if option.id in taken]
        return _lettered([option.text for option in offered], picked)
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for number, line in enumerate(said.splitlines()):
        said_so = formulas(line) if forms.arrangement(spec).places else Text(safe(line))
        grid.add_row(Text("" if number else "›", "accent"), said_so)
    return grid


def _lettered(texts: Sequence[str], picked: Container[int] | None = None) -> RenderableType:
    """Texts with their letters; where some were picked, those stand out."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column()
    for position, text in enumerate(texts):
        name, shown = Text(f"{letter(position)})", "quiet"), phrase(text)
        if picked is not None:
            taken = position in picked
            name = Text.assemble(("› " if taken else "  ", "accent"), name)
            shown.stylize("" if taken else "quiet")
        grid.add_row(name, shown)
    return grid


def understood(spec: AnswerSpec, reading: str) -> RenderableType:
    """How an answer was read; a formula as it would stand on paper."""
    if isinstance(spec, Expression):
        return Echo(reading, spec.vocabulary)
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(Text(f"  {words.READ_AS}", "quiet"), safe(reading))
    return grid


def is_worth_showing(spec: AnswerSpec, answer: str, reading: str) -> bool:
    """Whether a learner sees more in how an answer was read than in what was typed."""
    if words.differs(answer, reading):
        return True
    return bool(reading) and isinstance(spec, Expression) and is_tall(reading, spec.vocabulary)


def hint(text: str, number: int, total: int) -> RenderableType:
    """One hint, numbered."""
    return Group(Text(f"Hint {number} of {total}", "accent"), prose(text))


def verdict(part: Part, verdict: Verdict, misconception: str) -> RenderableType:
    """Sign and word first, then why, then the name of the misconception."""
    look = words.LOOK[verdict.outcome]
    line = Text.assemble((f"{look.sign} {look.word}", look.style))
    if verdict.outcome not in (Outcome.MALFORMED, Outcome.UNDECIDED, Outcome.BLANK):
        line.append(f"  {words.points(verdict.score * part.points, part.points)}", "quiet")
    why: list[RenderableType] = list(_reasons(part.spec, verdict))
    if misconception:
        why.append(Text.assemble((f"{words.MISCONCEPTION}: ", "quiet"), phrase(misconception)))
    return Group(line, Padding(Group(*why), (0, 0, 0, 2))) if why else line


def _reasons(spec: AnswerSpec, verdict: Verdict) -> Iterable[RenderableType]:
    """Why, sentence by sentence; the author's are Markdown, the grader's may quote an answer."""
    told = sentences(verdict)
    remarks = len(verdict.remarks)
    yield from (phrase(sentence) for sentence in told[:remarks])
    for sentence in told[remarks:]:
        if verdict.outcome is Outcome.MALFORMED:
            yield from _complaint(safe(sentence).split("\n"))
        else:
            yield formulas(forms.with_names(spec, sentence))


def _complaint(lines: Sequence[str]) -> Iterable[RenderableType]:
    """What could not be read and why; a caret stays under its cause."""
    for line, caret in zip_longest(lines, lines[1:], fillvalue=""):
        if not caret.strip("^ ") and caret:
            yield Pointed(line, caret)
        elif line.strip("^ "):
            yield Text(line)


def solution(question: Question, missed: Sequence[Part]) -> RenderableType:
    """Right answers to what was missed, then the worked solution."""
    shown: list[RenderableType] = [rule(Text(words.SOLUTION, "heading"))]
    if missed:
        shown += [Text(), _right_answers(question.parts, missed)]
    if question.solution:
        shown += [Text(), prose(question.solution)]
    return Group(*shown)


def _right_answers(parts: Sequence[Part], missed: Sequence[Part]) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for number, part in enumerate(parts, 1):
        title = words.right_answer(part.spec.entry, f"{number}/{len(parts)}" * (len(parts) > 1))
        for line in forms.right_answer(part.spec) if part in missed else ():
            grid.add_row(Text(title, "quiet"), formulas(forms.formula(part.spec, line)))
            title = ""
    return grid


def rule(left: Text, right: Text | None = None) -> RenderableType:
    """A line across, with words at its ends."""
    if right is None:
        return Rule(left, align="left", style="quiet")
    line = Table.grid(padding=(0, 1), expand=True)
    line.add_column(no_wrap=True)
    line.add_column(ratio=1)
    line.add_column(no_wrap=True)
    line.add_row(left, Rule(style="quiet"), right)
    return line
