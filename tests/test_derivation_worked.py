"""The worked solution of every derivation that a bank can ask for is a right answer to it."""

from itertools import product

import pytest

from grader.cells import CELLS, gradient
from grader.cells.cell import Cell
from grader.cells.wide import in_form
from grader.derivation.target import Target
from grader.judge import grade
from grader.kinds.derivation import Derivation
from grader.reading.printer import show
from grader.verdict import Outcome


def asked(cell: Cell, form: str, lags: tuple[int, ...]) -> list[Target]:
    """Every error, slope and state of a cell, some steps back."""
    model = in_form(cell.name, form)
    found = [
        Target(by, of=of, lag=lag)
        for by in (*model.equations, *model.weights)
        for of in ("E", *model.states)
        for lag in lags
    ]
    return [*found, *(Target(state=lag) for lag in lags if lag)]


def marks(spec: Derivation) -> set[str]:
    return {line.mark.value for line in spec.lines(spec.right_answer())}


@pytest.mark.parametrize("form", ["scalar", "vector", "row"])
@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: cell.name)
def test_every_line_is_true_and_the_target_is_reached(cell: Cell, form: str) -> None:
    lags = (0, 1, 2) if form == "scalar" else (1,)
    tried = 0
    for target, path in product(asked(cell, form, lags), ("total", "cell")):
        spec = Derivation(cell.name, target, form=form, path=path)  # type: ignore[arg-type]
        if not list(spec.faults()):
            tried += 1
            assert marks(spec) == {"true"} | ({"words"} if path == "cell" else set()), spec
            assert grade(spec, spec.right_answer()).outcome is Outcome.CORRECT, spec
    assert tried >= 5


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: cell.name)
def test_with_one_equation_at_a_time(cell: Cell) -> None:
    for target, path in product(asked(cell, "scalar", (1,)), ("total", "cell")):
        spec = Derivation(cell.name, target, path=path, step=1)  # type: ignore[arg-type]
        if not list(spec.faults()):
            assert grade(spec, spec.right_answer()).outcome is Outcome.CORRECT, spec


@pytest.mark.parametrize("form", ["scalar", "vector"])
@pytest.mark.parametrize("lag", [0, 1, 2])
def test_gates_held_fixed_keep_no_peephole(form: str, lag: int) -> None:
    """With the output gate fixed, h answers to c through the tanh alone, at every lag."""
    found = gradient("lstm-peephole", "c", of="h", lag=lag, path="cell", form=form)
    assert show(found) == show(gradient("lstm", "c", of="h", lag=lag, path="cell", form=form))
    assert "p_o" in show(gradient("lstm-peephole", "c", of="h", form="scalar"))
