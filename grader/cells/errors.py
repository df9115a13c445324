"""Backpropagation through time: total derivatives of the loss E, from later steps to earlier ones.

``δv`` is ∂E/∂v over all routes, and ``s_t`` what the loss at step t alone sends to the output.
P. J. Werbos, "Backpropagation through time", Proceedings of the IEEE 78 (1990).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from grader.cells.algebra import added
from grader.cells.cell import Cell
from grader.cells.extent import bounded
from grader.cells.locally import direct
from grader.cells.routes import along_the_carrier
from grader.cells.steps import Moment, moved
from grader.reading.tree import Name, Node, Sum


@dataclass(frozen=True, slots=True)
class Known:
    """A cell, and the quantities whose errors are known and complete at every step.

    Those of the states at step t always are. After step t nothing reads, if it ``is_last``.
    """

    cell: Cell
    quantities: tuple[str, ...]
    is_last: bool = False

    def covers(self, at: Moment) -> bool:
        """Whether the error at a moment is known."""
        is_last = at.step == 0 and at.quantity in self.cell.states
        return is_last or at.quantity in self.quantities


def error(at: Moment) -> Name:
    """The name of ∂E/∂v.

    >>> error(Moment("z_f", -1))
    Name(text='δz_{f,t-1}')
    """
    return Moment(f"δ{at.quantity}", at.step).name


@lru_cache(maxsize=1024)
def from_readers(known: Known, at: Moment) -> Node:
    """∂E/∂v from the errors of everything that reads v, later readers first.

    >>> from grader.cells.forward import LSTM
    >>> from grader.reading.printer import show
    >>> show(from_readers(Known(LSTM, ("h",)), Moment("c", -1)))
    'δc_t*f_t + δh_{t-1}*o_{t-1}*(1 - tanh(c_{t-1})^2)'
    """
    own = [Moment("s", at.step).name] if at.quantity == known.cell.output else []
    sent = [
        known.cell.calculus.sent(part, slope)
        for reader, slope in readers(known.cell, at)
        if reader.step <= 0 or not known.is_last
        for part in _parts(_whole(known, reader), reader.quantity == at.quantity)
    ]
    return bounded(added(*own, *sent))


def of_weight(known: Known, weight: str, lag: int) -> Node:
    """∂E/∂w from the uses of a weight at the steps t to t - lag.

    >>> from grader.cells.forward import RNN
    >>> from grader.reading.printer import show
    >>> show(of_weight(Known(RNN, ("z",)), "u", 1))
    'δz_t*h_{t-1} + δz_{t-1}*h_{t-2}'
    """
    uses = [link for link in known.cell.links if link.read == weight]
    return bounded(
        added(
            *(
                known.cell.calculus.sent(
                    _whole(known, Moment(use.quantity, -back)),
                    moved(direct(known.cell, use.quantity, weight), -back),
                )
                for use in uses
                for back in range(lag + 1)
            )
        )
    )


def along_the_cell(cell: Cell, by: str, lag: int) -> Node:
    """What arrives of the error of the carried state along that state alone.

    >>> from grader.cells.forward import LSTM
    >>> from grader.reading.printer import show
    >>> show(along_the_cell(LSTM, "c", 2))
    'δc_t*f_t*f_{t-1}'
    """
    way = along_the_carrier(cell, cell.carrier, by, lag)
    return cell.calculus.sent(error(Moment(cell.carrier, 0)), way)


def _whole(known: Known, at: Moment) -> Node:
    """∂E/∂v, by name where it is known."""
    return error(at) if known.covers(at) else from_readers(known, at)


def readers(cell: Cell, at: Moment) -> Iterator[tuple[Moment, Node]]:
    """What reads v, each with the slope of that link; v itself, one step later, first."""
    for later in (1, 0):
        links = [link for link in cell.links if link.read == Moment(at.quantity, -later)]
        for link in sorted(links, key=lambda one: one.quantity != at.quantity):
            reader = Moment(link.quantity, at.step + later)
            yield reader, moved(direct(cell, *link), reader.step)


def _parts(whole: Node, multiplied_out: bool) -> tuple[Node, ...]:
    """The terms along one chain of steps stand side by side, as every textbook has them."""
    return whole.terms if multiplied_out and isinstance(whole, Sum) else (whole,)
