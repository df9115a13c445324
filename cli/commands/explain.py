"""`rnnquiz explain`: a question with its worked solution."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from cli import preview, render, words
from cli.exits import Exit
from cli.plain import Plain
from cli.spelling import fits
from cli.stderr import complain
from cli.worked import Steps, spoken, typeset
from grader.cells import NoSuchGradient, State, Step, TooLong, Wish
from quizbank.bank import BrokenVariant, NoSuchQuestion
from quizbank.load import load
from quizbank.question import Question


@dataclass(frozen=True, slots=True)
class Solution:
    """How the key of one part comes about."""

    title: str
    wish: Wish
    steps: tuple[Step, ...]


def run(
    name: str,
    seed: int,
    bank: Path | None,
    *,
    back: int | None = None,
    latex: bool = False,
    plain: bool = False,
) -> Exit:
    """Show a question, the right answers, and how they come about.

    What is derived from a cell is also worked out for another number of steps ``back``.
    """
    loaded, problems = load(bank)
    try:
        question = loaded.question(name, seed)
    except (NoSuchQuestion, BrokenVariant) as error:
        return complain([*(one for one in problems if name in one.message), str(error)])
    wishes = loaded.wishes(name, seed)
    if not wishes and (latex or back is not None):
        return complain([words.nothing_derived(name)])
    try:
        solutions = list(_solutions(question, wishes, back))
    except (TooLong, NoSuchGradient) as error:
        return complain([str(error)])
    if latex:
        print("\n\n".join("\n".join(typeset(one.steps)) for one in solutions))
    elif plain or (solutions and not fits()):  # spelled out, a drawing would fall apart
        _speak(question, solutions, whole=back is None)
    elif back is None:
        solution = render.solution(question, question.parts)
        preview.show(question, solution, *map(_derived, solutions))
    else:
        _unrolled(question, solutions)
    return Exit.DONE


def _solutions(
    question: Question, wishes: Mapping[str, Wish], back: int | None
) -> Iterator[Solution]:
    """The derived solutions, part by part; raises what `Wish.steps` raises where ``back`` does."""
    for number, part in enumerate(question.parts, 1):
        if (wish := wishes.get(part.id)) is None:
            continue
        place = f"{number}/{len(question.parts)}" if len(question.parts) > 1 else ""
        asked = wish if back is None else replace(wish, lag=back)
        try:
            steps = asked.steps
        except TooLong as error:
            if back is None:
                continue  # the author's own solution says it shorter
            raise TooLong(words.too_far(str(error), _most(wish, back))) from error
        yield Solution(words.step_by_step(place, back), asked, steps)


def _most(wish: Wish, back: int) -> int:
    """The most steps back of which a solution can still be read."""
    for lag in range(1, back):
        try:
            _ = replace(wish, lag=lag).steps
        except TooLong:
            return lag - 1
    return back - 1


def _derived(solution: Solution) -> RenderableType:
    """A solution under its title, with what δ and ∂ mean in it."""
    legend = [] if isinstance(solution.wish, State) else [words.SLOPES[solution.wish.slopes]]
    return Group(
        render.rule(Text(solution.title, "heading")),
        *(Text(one, "quiet") for one in legend),
        Text(),
        Steps(solution.steps),
    )


def _unrolled(question: Question, solutions: list[Solution]) -> None:
    """The solutions alone, under the name of their question."""
    console = Console(theme=render.THEME, highlight=False)
    for one in (render.head(question, question.id), *map(_derived, solutions)):
        console.print()
        console.print(Padding(one, (0, 0, 0, render.MARGIN)), width=console.width - render.MARGIN)
    console.print()


def _speak(question: Question, solutions: list[Solution], *, whole: bool) -> None:
    """The same in sentences, for pipes and screen readers."""
    face = Plain()
    if whole:
        face.question(question, 1, 1)
        face.say("")
        face.solution(question, question.parts)
    for one in solutions:
        face.say(f"\n{one.title}:" if whole else f"{one.title}:")
        for line in spoken(one.steps):
            face.say(line)
