"""Derivatives of one quantity with respect to an earlier one, along all routes or along some."""

from functools import lru_cache

from grader.cells.algebra import ONE, ZERO, added, times
from grader.cells.cell import Cell
from grader.cells.extent import bounded
from grader.cells.locally import direct, within
from grader.cells.steps import Moment, moved
from grader.reading.tree import Node


@lru_cache(maxsize=1024)
def total(cell: Cell, of: str, by: str, lag: int) -> Node:
    """How ``of`` at step t answers to ``by`` at step t - lag when everything between moves along.

    For a weight: to all its uses at the steps t - lag to t.

    >>> from grader.cells.forward import RNN
    >>> from grader.reading.printer import show
    >>> show(total(RNN, "h", "h", 2))
    '(1 - h_t^2)*u^2*(1 - h_{t-1}^2)'
    """
    is_weight = by in cell.weights
    used_now = within(cell, of, by if is_weight else Moment(by, 0))
    if lag == 0:
        return used_now
    earlier = added(
        *(
            times(step, moved(total(cell, state, by, lag - 1), -1))
            for state in cell.states
            if (step := within(cell, of, Moment(state, -1))) != ZERO
        )
    )
    return bounded(added(used_now, earlier) if is_weight else earlier)


def along_the_carrier(cell: Cell, of: str, by: str, lag: int) -> Node:
    """The same along the carried state only, with every gate held fixed on the way.

    >>> from grader.cells.forward import LSTM
    >>> from grader.reading.printer import show
    >>> show(along_the_carrier(LSTM, "c", "g", 2))
    'f_t*f_{t-1}*i_{t-2}'
    """
    carrier = cell.carrier
    if lag == 0 and of != carrier:
        return within(cell, of, Moment(by, 0))
    shown = ONE if of == carrier else direct(cell, of, Moment(carrier, 0))
    kept = direct(cell, carrier, Moment(carrier, -1))
    written = within(cell, carrier, Moment(by, 0))
    return times(shown, *(moved(kept, -step) for step in range(lag)), moved(written, -lag))


def through(cell: Cell, of: str, by: str, lag: int, gate: str) -> Node:
    """The same along the routes of one step that pass a gate or the candidate.

    >>> from grader.cells.forward import GRU
    >>> from grader.reading.printer import show
    >>> show(through(GRU, "h", "h", 1, "z"))
    '(h_{t-1} - n_t)*z_t*(1 - z_t)*u_z'
    """
    read = by if by in cell.weights else Moment(by, -lag)
    return times(within(cell, of, Moment(gate, 0)), within(cell, gate, read))
