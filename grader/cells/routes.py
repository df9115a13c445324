"""Derivatives of one quantity with respect to an earlier one, along all routes or along some."""

from functools import lru_cache

from grader.cells.algebra import ZERO
from grader.cells.cell import Cell
from grader.cells.extent import bounded
from grader.cells.locally import direct, within
from grader.cells.steps import Moment, moved
from grader.reading.tree import Node


@lru_cache(maxsize=1024)
def total(cell: Cell, of: str, by: str, lag: int) -> Node:
    """How ``of`` at step t answers to ``by`` at step t - lag when everything between moves along.

    For a weight: to all its uses at the steps t - lag to t. A long way is cut in the middle, so
    that its formula grows with the square of the steps and does not double with each.

    >>> from grader.cells.forward import RNN
    >>> from grader.reading.printer import show
    >>> show(total(RNN, "h", "h", 2))
    '(1 - h_t^2)*u^2*(1 - h_{t-1}^2)'
    """
    is_weight = by in cell.weights
    if lag == 0:
        return within(cell, of, by if is_weight else Moment(by, 0))
    near = max(1, lag // 2)
    earlier = cell.calculus.summed(
        *(
            cell.calculus.chained(step, moved(total(cell, state, by, lag - near), -near))
            for state in cell.states
            if (step := _over(cell, of, state, near)) != ZERO
        )
    )
    if not is_weight:
        return bounded(earlier)
    return bounded(cell.calculus.summed(total(cell, of, by, near - 1), earlier))


@lru_cache(maxsize=1024)
def _over(cell: Cell, of: str, state: str, lag: int) -> Node:
    """How ``of`` at step t answers to one state at step t - lag, the others there held fixed."""
    if lag == 1:
        return within(cell, of, Moment(state, -1))
    near = lag // 2
    ways = (
        (_over(cell, of, middle, near), moved(_over(cell, middle, state, lag - near), -near))
        for middle in cell.states
    )
    return bounded(cell.calculus.summed(*(cell.calculus.chained(*way) for way in ways)))


def along_the_carrier(cell: Cell, of: str, by: str, lag: int) -> Node:
    """The same along the carried state only, with every gate held fixed on the way.

    >>> from grader.cells.forward import LSTM
    >>> from grader.reading.printer import show
    >>> show(along_the_carrier(LSTM, "c", "g", 2))
    'f_t*f_{t-1}*i_{t-2}'
    """
    carrier = cell.carrier
    if lag == 0 and of != carrier:
        return gates_held(cell, of, Moment(by, 0))
    shown = gates_held(cell, of, Moment(carrier, 0))
    kept = direct(cell, carrier, Moment(carrier, -1))
    written = within(cell, carrier, Moment(by, 0))
    steps = (moved(kept, -step) for step in range(lag))
    return cell.calculus.chained(shown, *steps, moved(written, -lag))


@lru_cache(maxsize=1024)
def gates_held(cell: Cell, of: str, by: Moment | str) -> Node:
    """The same within step t: no sum inside a gate answers to a state.

    >>> from grader.cells.forward import PEEPHOLE
    >>> from grader.reading.printer import show
    >>> show(gates_held(PEEPHOLE, "h", Moment("c", 0)))
    'o_t*(1 - tanh(c_t)^2)'
    """
    along = cell.calculus
    ways = (
        along.chained(direct(cell, of, read), onward)
        for _, read in (link for link in cell.links if link.quantity == of)
        if not is_held(cell, of, read)
        if (onward := _beyond(cell, read, by)) != ZERO
    )
    return along.identity if by == Moment(of, 0) else along.summed(*ways)


def is_held(cell: Cell, of: str, read: Moment | str) -> bool:
    """Whether a link is one over which a state moves a gate or a candidate."""
    return of in cell.sums and isinstance(read, Moment) and read.quantity in cell.states


def _beyond(cell: Cell, read: Moment | str, by: Moment | str) -> Node:
    """What a route still meets once it has come to something read, gates held."""
    if read == by:
        return cell.calculus.identity
    if isinstance(read, str) or read.step < 0 or read.quantity not in cell.equations:
        return ZERO
    return gates_held(cell, read.quantity, by)


def through(cell: Cell, of: str, by: str, lag: int, gate: str) -> Node:
    """The same along the routes of one step that pass a gate or the candidate.

    >>> from grader.cells.forward import GRU
    >>> from grader.reading.printer import show
    >>> show(through(GRU, "h", "h", 1, "z"))
    '(h_{t-1} - n_t)*z_t*(1 - z_t)*u_z'
    """
    read = by if by in cell.weights else Moment(by, -lag)
    return cell.calculus.chained(within(cell, of, Moment(gate, 0)), within(cell, gate, read))
