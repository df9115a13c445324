"""A state in terms of the state some steps back: the recurrence put into itself."""

from grader.cells.algebra import ZERO, added, times
from grader.cells.cell import Cell
from grader.cells.locally import direct
from grader.cells.steps import Moment, moment, moved, substituted
from grader.reading.tree import Node, Sum
from grader.reading.walk import names


def unrolled(cell: Cell, lag: int) -> Node:
    """The carried state at step t from the one at step t - lag, gates and candidates by name.

    >>> from grader.cells.forward import LSTM, RNN
    >>> from grader.reading.printer import show
    >>> show(unrolled(LSTM, 2))
    'f_t*f_{t-1}*c_{t-2} + f_t*i_{t-1}*g_{t-1} + i_t*g_t'
    >>> show(unrolled(RNN, 2))
    'tanh(w*x_t + u*tanh(w*x_{t-1} + u*h_{t-2} + b) + b)'
    """
    before = Moment(cell.carrier, -1)
    kept = direct(cell, cell.carrier, before)
    if kept == ZERO:
        return _nested(cell, lag)
    written = _without(cell.equations[cell.carrier], before.text)
    state: Node = Moment(cell.carrier, -lag).name
    terms = [times(*_shares(kept, lag), state)]
    for back in reversed(range(lag)):
        terms.append(times(*_shares(kept, back), moved(written, -back)))
    return added(*terms)


def _shares(kept: Node, steps: int) -> list[Node]:
    """What is kept at each of the last steps."""
    return [moved(kept, -back) for back in range(steps)]


def _without(tree: Node, name: str) -> Node:
    """The terms of a sum that do not have the name."""
    terms = tree.terms if isinstance(tree, Sum) else (tree,)
    return added(*(term for term in terms if name not in names(term)))


def _nested(cell: Cell, lag: int) -> Node:
    """Every equation put into the one that reads it, down to inputs, weights and the old state."""
    tree: Node = Moment(cell.carrier, 0).name
    oldest = Moment(cell.carrier, -lag)
    while inner := {
        text: moved(cell.equations[at.quantity], at.step)
        for text in names(tree)
        if (at := moment(text)) and at != oldest and at.quantity in cell.equations
    }:
        tree = substituted(tree, inner)
    return tree
