"""Gradients by name: which cell, of what, by what, how many steps back, along which routes."""

from collections.abc import Mapping

from grader import limits
from grader.cells.calculus import NUMBERS
from grader.cells.cell import Cell, UnknownName
from grader.cells.errors import Known, along_the_cell, error, from_readers, of_weight
from grader.cells.forward import named
from grader.cells.jacobians import identity_by_name
from grader.cells.locally import direct
from grader.cells.order import weights_first
from grader.cells.routes import along_the_carrier, through, total
from grader.cells.shapes import is_matrix
from grader.cells.steps import Moment, renamed
from grader.cells.unrolled import unrolled
from grader.cells.wide import in_form, widened
from grader.reading.tree import Node

LOSS = "E"


class NoSuchGradient(ValueError):
    """A wish that names no gradient; the message says why."""


def gradient(  # noqa: PLR0913 - one keyword per thing that can be wished for
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
) -> Node:
    """The derivative of ``of`` at step t with respect to ``by`` at step t - lag.

    ``of`` is a quantity of the cell, or ``E``, the loss over all steps: then the errors that are
    ``known`` (of the states and of the sums inside the layers, unless said otherwise) stand in the
    result as δ, and the loss of a step alone as ``s``.  ``path`` is ``total`` (all routes),
    ``direct`` (one equation, all other letters fixed), ``cell`` (along the carried state, gates
    fixed), or the gate or candidate that the routes of one step pass.  ``step`` puts a number in
    for t; ``names`` renames.

    ``form`` is ``scalar`` (one unit), ``vector`` (columns) or ``row``; with both of these, weights
    are matrices, ``W_f`` and ``U_f``. The gradient of the loss has the shape of ``by``. Of a
    quantity it is the Jacobian: for columns entry i, j is the derivative of entry i by entry j, and
    rows have the transpose, which stands to the right of a row.

    >>> from grader.reading.printer import show
    >>> show(gradient("lstm", "c", lag=2, path="cell"))
    'δc_t*f_t*f_{t-1}'
    >>> show(gradient("lstm", "h", lag=1))
    's_{t-1} + u_f*δz_{f,t} + u_i*δz_{i,t} + u_o*δz_{o,t} + u_g*δz_{g,t}'
    >>> show(gradient("rnn", "h", of="h", lag=2, step=2))
    'u^2*(1 - h_2^2)*(1 - h_1^2)'
    >>> show(gradient("rnn", "h", of="h", lag=1, form="vector"))
    'diag(1 - h_t^2) @ U'
    >>> show(gradient("gru", "U_n", form="row"))
    '(r_t ⊙ h_{t-1}).T @ δz_{n,t}'
    """
    model = in_form(cell, form)
    _checked(model, of, by, lag, path)
    if of == LOSS:
        tree = _of_loss(model, by, lag, path, known)
    else:
        tree = _of_quantity(model, of, by, lag, path)
    return _as_asked(model, tree, step, names)


def state(
    cell: str,
    lag: int,
    *,
    step: int | None = None,
    names: Mapping[str, str] = {},
    form: str = NUMBERS.form,
) -> Node:
    """The carried state at step t in terms of the one at step t - lag.

    >>> from grader.reading.printer import show
    >>> show(state("gru", 1))
    'z_t*h_{t-1} + (1 - z_t)*n_t'
    >>> show(state("lstm", 1, form="vector"))
    'f_t ⊙ c_{t-1} + i_t ⊙ g_t'
    """
    model = in_form(cell, form)
    _checked(model, model.carrier, model.carrier, lag, "total")
    tree = unrolled(named(cell), lag)
    if model.calculus is not NUMBERS:
        tree = widened(tree, named(cell), model.calculus)
    return _as_asked(model, tree, step, names)


def _checked(cell: Cell, of: str, by: str, lag: int, path: str) -> None:
    if of != LOSS and of not in cell.equations:
        raise UnknownName(f"{cell.name} computes no {of!r}; it does {', '.join(cell.equations)}")
    cell.known(by)
    if not 0 <= lag <= limits.LAG:
        raise NoSuchGradient(f"lag is {lag}; give 0 to {limits.LAG} steps")
    if path == "cell" and by in cell.weights:
        raise NoSuchGradient(f"along the cell all gates are held fixed, and so all that {by} does")
    if of != LOSS and is_matrix(cell, by):
        raise NoSuchGradient(
            f"the derivative of the vector {of} by the matrix {by} has three indices and is no"
            f" matrix; the loss {LOSS} has a gradient by {by}"
        )


def _of_loss(cell: Cell, by: str, lag: int, path: str, known: tuple[str, ...] | None) -> Node:
    if path == "cell":
        return along_the_cell(cell, by, lag)
    if path != "total":
        raise NoSuchGradient(f"the loss has no path {path!r}; there are total, cell")
    usual = tuple(one for one in (*cell.states, *cell.sums) if one != by)
    given = Known(cell, usual if known is None else tuple(map(cell.known, known)))
    if by in cell.weights:
        return of_weight(given, by, lag)
    at = Moment(by, -lag)
    return error(at) if lag == 0 and given.covers(at) else from_readers(given, at)


def _of_quantity(cell: Cell, of: str, by: str, lag: int, path: str) -> Node:
    read = by if by in cell.weights else Moment(by, -lag)
    match path:
        case "total":
            return total(cell, of, by, lag)
        case "direct":
            return direct(cell, of, read)
        case "cell":
            return along_the_carrier(cell, of, by, lag)
        case _ if lag <= 1:
            return through(cell, of, by, lag, cell.known(path))
        case _:
            raise NoSuchGradient(f"path {path!r} is one of a single step; lag is {lag}")


def _as_asked(cell: Cell, tree: Node, step: int | None, names: Mapping[str, str]) -> Node:
    """Weights in front, and the names that are wanted."""
    return renamed(weights_first(identity_by_name(tree), cell), step, names)
