"""Worked solutions: every line from what the loss reads down to the gradient asked for."""

from collections.abc import Mapping

from grader.cells.algebra import ZERO
from grader.cells.calculus import NUMBERS
from grader.cells.cell import Cell
from grader.cells.errors import Known, error
from grader.cells.gradient import LOSS, gradient, state
from grader.cells.steps import Moment, moved, renamed, substituted
from grader.cells.wide import in_form
from grader.cells.working.chains import along, arrow, carried, pieces
from grader.cells.working.errors import Backward
from grader.cells.working.lines import Lines, Step, error_name, slope_name
from grader.cells.working.routes import Forward
from grader.cells.working.rules import Rule
from grader.reading.tree import Equation, Name, Node
from grader.reading.walk import names as names_in


def worked(  # noqa: PLR0913 - as `gradient`, which it explains
    cell: str,
    by: str,
    *,
    of: str = LOSS,
    lag: int = 0,
    path: str = "total",
    known: tuple[str, ...] | None = None,
    step: int | None = None,
    names: Mapping[str, str] = {},
    form: str = NUMBERS.form,
) -> tuple[Step, ...]:
    """The lines that lead to a `gradient`; the last one says what it is.

    In the lines of a loss, and along one route, ∂a/∂b is the slope of one arrow, with all else
    held fixed. For the total derivative of a quantity it counts every route. Raises what
    `gradient` raises, and `TooLong` for lines that nobody would read.

    >>> from grader.reading.printer import show
    >>> for one in worked("lstm", "c", lag=2, path="cell"):
    ...     print(f"{show(one.equation):51}  {one.rule}")
    δc_{t-2} = δc_t*(∂c_t/∂c_{t-1})*(∂c_{t-1}/∂c_{t-2})  chain rule, gates held fixed
    ∂c_t/∂c_{t-1} = f_t                                  product rule
    ∂c_{t-1}/∂c_{t-2} = f_{t-1}                          the same, one step earlier
    δc_{t-2} = δc_t*f_t*f_{t-1}                          put in
    """
    wanted = gradient(cell, by, of=of, lag=lag, path=path, known=known, form=form)
    model = in_form(cell, form)
    end: Moment | str = by if by in model.weights else Moment(by, -lag)
    left = error_name(end) if of == LOSS else slope_name(Moment(of, 0), end)
    if wanted == ZERO:
        steps = [Step(Equation(left, wanted), Rule.NO_ROUTE)]
    elif of == by and lag == 0:
        steps = [Step(Equation(left, wanted), Rule.ITSELF)]
    elif of == LOSS:
        steps = _of_loss(model, end, lag, path, known).steps
    else:
        steps = _of_quantity(model, of, end, lag, path).steps
    steps = steps or [Step(Equation(left, wanted), Rule.KNOWN)]
    return tuple(_renamed(one, step, names) for one in steps)


def worked_state(
    cell: str,
    lag: int,
    *,
    step: int | None = None,
    names: Mapping[str, str] = {},
    form: str = NUMBERS.form,
) -> tuple[Step, ...]:
    """The lines that lead to a `state`: the equation of each step put into that of the next.

    >>> from grader.reading.printer import show
    >>> for one in worked_state("lstm", 2):
    ...     print(show(one.equation))
    c_t = f_t*c_{t-1} + i_t*g_t
    c_{t-1} = f_{t-1}*c_{t-2} + i_{t-1}*g_{t-1}
    c_t = f_t*(f_{t-1}*c_{t-2} + i_{t-1}*g_{t-1}) + i_t*g_t
    c_t = f_t*f_{t-1}*c_{t-2} + f_t*i_{t-1}*g_{t-1} + i_t*g_t
    """
    model = in_form(cell, form)
    lines = Lines(model)
    now = Moment(model.carrier, 0).name
    if lag == 0:
        lines.steps.append(Step(Equation(now, state(cell, 0, form=form)), Rule.KNOWN))
    once = state(cell, 1, form=form)
    for back in range(lag):
        earlier = Moment(model.carrier, -back)
        lines.say(earlier.name, moved(once, -back), Rule.EARLIER if back else Rule.EQUATION)
        before = {earlier.text: moved(once, -back)}
        if back:
            lines.say(now, substituted(state(cell, back, form=form), before), Rule.PUT_IN)
        lines.say(now, state(cell, back + 1, form=form), Rule.COLLECT)
    return tuple(_renamed(one, step, names) for one in lines.steps)


def _of_loss(
    cell: Cell, by: Moment | str, lag: int, path: str, known: tuple[str, ...] | None
) -> Lines:
    if path == "cell" and isinstance(by, Moment):
        start = error(Moment(cell.carrier, 0))
        return along(cell, error(by), carried(cell, cell.carrier, by), Rule.FIXED, start)
    here = by if isinstance(by, str) else by.quantity
    usual = tuple(one for one in (*cell.states, *cell.sums) if one != here)
    backward = Backward(Known(cell, usual if known is None else known))
    if isinstance(by, str):
        backward.weight(by, lag)
    elif lag or not backward.known.covers(by):
        backward.reach(by)
    return backward.lines


def _of_quantity(cell: Cell, of: str, by: Moment | str, lag: int, path: str) -> Lines:
    start = Moment(of, 0)
    left = slope_name(start, by)
    if path == "total":
        return Forward(cell, of, by if isinstance(by, str) else by.quantity, lag).write()
    if path == "cell" and isinstance(by, Moment):
        return along(cell, left, carried(cell, of, by), Rule.FIXED, None)
    if path == "direct":
        return along(cell, left, [arrow(cell, start, by)], Rule.CHAIN, None)
    gate = Moment(path, 0)
    way = [*pieces(cell, start, gate), *pieces(cell, gate, by)]
    return along(cell, left, way, Rule.ROUTE, None)


def _renamed(one: Step, step: int | None, names: Mapping[str, str]) -> Step:
    """A line with a number for t, and other names, inside derivatives as well."""
    if step is None and not names:
        return one

    def seen(tree: Equation) -> Equation:
        slopes = {text: _of_ends(text, step, names) for text in names_in(tree) if "/" in text}
        left, right = (substituted(side, slopes) for side in (tree.left, tree.right))
        return Equation(renamed(left, step, names), renamed(right, step, names))

    return Step(seen(one.equation), one.rule, one.of and seen(one.of))


def _of_ends(slope: str, step: int | None, names: Mapping[str, str]) -> Node:
    """∂a/∂b with both of its names changed."""
    ends = (renamed(Name(end.removeprefix("∂")), step, names) for end in slope.split("/"))
    return Name("/".join(f"∂{end.text}" for end in ends if isinstance(end, Name)))
