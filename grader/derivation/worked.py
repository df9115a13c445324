"""The worked solution of a derivation: the lines of `grader.cells`, as one would type them."""

from collections.abc import Iterator
from dataclasses import replace

from grader.cells.gradient import LOSS
from grader.cells.working.lines import Step
from grader.cells.working.rules import Rule
from grader.cells.working.solution import worked as worked_gradient
from grader.cells.working.solution import worked_state
from grader.derivation.goal import Goal
from grader.derivation.world import Partials, Routes
from grader.reading.printer import show
from grader.reading.spelling import canonical
from grader.reading.tree import Equation
from grader.reading.walk import names


def worked(goal: Goal, partials: Partials = "either", *, in_stages: bool = False) -> str:
    """Lines that lead to a goal; raises what `grader.cells.worked` raises.

    ``in_stages``, a way along the cell is gone step by step, and not in one chain. In the lines of
    a loss, ∂a/∂b is the slope of one arrow; where it is always ``total`` here, those that speak of
    slopes are left out.

    >>> from grader.cells.forward import LSTM
    >>> from grader.derivation.target import Target
    >>> from grader.derivation.world import World
    >>> print(worked(Goal(Target("c", lag=2), World(LSTM, 2, routes=Routes.CELL))))
    along the cell path:
    δc_{t-2} = δc_t*(∂c_t/∂c_{t-1})*(∂c_{t-1}/∂c_{t-2})
    ∂c_t/∂c_{t-1} = f_t
    ∂c_{t-1}/∂c_{t-2} = f_{t-1}
    δc_{t-2} = δc_t*f_t*f_{t-1}
    """
    said = ["along the cell path:"] if goal.world.routes is Routes.CELL else []
    steps = tuple(_one_by_one(goal)) if in_stages and _is_along(goal) else _steps(goal)
    if partials == "total" and goal.target.state is None and canonical(goal.target.of) == LOSS:
        steps = tuple(one for one in steps if not _speaks_of_slopes(one))
    return "\n".join([*said, *_typed(steps)])


def _steps(goal: Goal) -> tuple[Step, ...]:
    target, cell = goal.target, goal.world.cell
    if target.state is not None:
        return worked_state(cell.name, target.state, form=cell.calculus.form)
    return worked_gradient(
        cell.name,
        canonical(target.by),
        of=canonical(target.of),
        lag=target.lag,
        path=goal.path,
        known=target.known,
        form=cell.calculus.form,
    )


def _is_along(goal: Goal) -> bool:
    """Whether the goal is the error of the carried state, along the cell."""
    carrier = goal.world.cell.carrier
    is_error = goal.target.state is None and canonical(goal.target.of) == LOSS
    return is_error and goal.path == "cell" and canonical(goal.target.by) == carrier


def _one_by_one(goal: Goal) -> Iterator[Step]:
    """The recurrence at every step, and each time the step before put in."""
    for back in range(1, goal.target.lag + 1):
        stage = replace(goal, target=replace(goal.target, lag=back))
        if (recurrence := goal.world.meaning(stage.name.text)) is not None:
            yield Step(Equation(stage.name, recurrence), Rule.RECURRENCE)
        if back > 1:
            yield Step(Equation(stage.name, stage.key), Rule.PUT_IN)


def _typed(steps: tuple[Step, ...]) -> Iterator[str]:
    """A line that says more of the same begins with its equals sign."""
    before = None
    for one in steps:
        left, right = one.equation.left, one.equation.right
        yield f"{'  ' if left == before else show(left) + ' '}= {show(right)}"
        before = left


def _speaks_of_slopes(step: Step) -> bool:
    return any("/" in name for name in names(step.equation))
