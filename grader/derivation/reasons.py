"""Why a line does not hold: the smallest honest explanation, and a counterexample."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from grader.cells.algebra import ZERO
from grader.cells.locally import direct
from grader.cells.steps import Moment, moment
from grader.derivation import network
from grader.derivation.example import example, of_layers
from grader.derivation.world import Routes, World
from grader.diagnosis import diagnose
from grader.reading.tree import Name, Node
from grader.reading.walk import names
from grader.verdict import Evidence


def reasons(left: Node, right: Node, world: World, keys: Iterable[Node]) -> Iterator[Evidence]:
    """What is wrong with a line that does not hold, and where both sides differ.

    ``keys`` are formulas that could have stood on the right.

    >>> from grader.cells.forward import LSTM
    >>> from grader.reading.parser import parse
    >>> from grader.reading.vocabulary import Vocabulary
    >>> words = Vocabulary(("δc_t", "f_t", "δc_{t-1}", "f_{t-1}", "δc_{t-2}"))
    >>> sides = (parse(side, words).tree for side in ("δc_t", "δc_{t-2} f_t f_{t-1}"))
    >>> next(reasons(*sides, World(LSTM, lag=2), ()))
    Evidence(check='line-backwards', finding='δc_t is given by δc_{t-2}')
    """
    if unfit := network.of(world).unfit(left, right):
        yield Evidence("shape", unfit)
        return
    if turned := _backwards(left, right):
        yield Evidence("line-backwards", turned)
    elif needed := assumption_needed(left, right, world):
        yield Evidence(needed)
    else:
        yield from _slip(right, keys if not world.is_wide else ())
    if found := (of_layers if world.is_wide else example)(left, right, world):
        yield Evidence("line-refuted", found)


def assumption_needed(left: Node, right: Node, world: World) -> str:
    """The code of what nobody said, but under which a line would hold, if there is such a thing."""
    cell = world.cell
    kept = direct(cell, cell.carrier, Moment(cell.carrier, -1)) != ZERO
    is_said = world.routes is not Routes.ALL
    if is_said or not kept or any(name.removeprefix("δ") in cell.weights for name in names(left)):
        return ""
    codes = ("line-needs-fixed-gates", "line-needs-cell-path")
    for code, assumed in zip(codes, along_the_cell(world), strict=True):
        if network.of(assumed).agrees(left, right) is True:
            return code
    return ""


def along_the_cell(world: World) -> tuple[World, ...]:
    """The worlds in which the gates are held fixed."""
    routes = (Routes.FIXED_GATES, Routes.CELL)
    return tuple(replace(world, routes=one, partials="total") for one in routes)


def _backwards(left: Node, right: Node) -> str:
    """An error given by errors of earlier steps alone, or the slope of what came before."""
    for ratio in filter(lambda name: name.startswith("∂"), (*names(left), *names(right))):
        of, _, by = ratio[1:].partition("/∂")
        earlier, later = moment(of), moment(by)
        if earlier and later and earlier.step < later.step:
            return f"{of} comes before {by} and does not depend on it"
    asked = _error(left.text) if isinstance(left, Name) else None
    given = [at for at in map(_error, names(right)) if at]
    if asked and given and all(one.step < asked.step for one in given):
        said = ", ".join(Moment(f"δ{one.quantity}", one.step).text for one in given)
        return f"{Moment(f'δ{asked.quantity}', asked.step).text} is given by {said}"
    return ""


def _error(name: str) -> Moment | None:
    return moment(name[1:]) if name.startswith("δ") else None


def _slip(right: Node, keys: Iterable[Node]) -> Iterator[Evidence]:
    """The one slip that leads from what could have stood there to what does."""
    for key in dict.fromkeys(keys):
        if found := diagnose(key, right):
            yield Evidence(found.code, found.finding)
            return
