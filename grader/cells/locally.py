"""The links of one step: derivatives of what a cell computes with respect to what it reads.

*Direct* is the partial derivative of one equation, every other letter held fixed.  *Within the
step* follows every route through the quantities of that same step, gates included.
"""

from functools import lru_cache

from grader.cells.algebra import ZERO
from grader.cells.cell import Cell
from grader.cells.steps import Moment
from grader.reading.tree import Call, Node
from grader.reading.walk import rebuilt


@lru_cache(maxsize=1024)
def direct(cell: Cell, of: str, by: Moment | str) -> Node:
    """How a quantity at step t answers to one thing that its own equation reads.

    Values that the cell names are used by name: the slope of a gate reads ``f_t*(1 - f_t)``.

    >>> from grader.cells.forward import LSTM
    >>> from grader.reading.printer import show
    >>> show(direct(LSTM, "c", Moment("c", -1))), show(direct(LSTM, "g", Moment("z_g", 0)))
    ('f_t', '1 - g_t^2')
    """
    text = by.text if isinstance(by, Moment) else by
    return _by_name(cell, cell.calculus.slope(cell.equations[of], text))


@lru_cache(maxsize=1024)
def within(cell: Cell, of: str, by: Moment | str) -> Node:
    """The same along every route through step t: a sum over routes, a product along each.

    >>> from grader.cells.forward import GRU
    >>> from grader.reading.printer import show
    >>> show(within(GRU, "z", Moment("h", -1)))
    'z_t*(1 - z_t)*u_z'
    """
    along = cell.calculus
    if by == Moment(of, 0):
        return along.identity
    reads = [link.read for link in cell.links if link.quantity == of]
    ways = (along.chained(direct(cell, of, read), _onward(cell, read, by)) for read in reads)
    return along.summed(*ways)


def _onward(cell: Cell, read: Moment | str, by: Moment | str) -> Node:
    """What a route still meets once it has come to something read."""
    if read == by:
        return cell.calculus.identity
    if isinstance(read, str) or read.step < 0 or read.quantity not in cell.equations:
        return ZERO
    return within(cell, read.quantity, by)


def _by_name(cell: Cell, tree: Node) -> Node:
    """The tree with the name of a layer in place of its squashing: f_t for σ(z_{f,t})."""
    if isinstance(tree, Call):
        for quantity, right in cell.equations.items():
            if right == tree:
                return Moment(quantity, 0).name
    return rebuilt(tree, lambda child: _by_name(cell, child))
