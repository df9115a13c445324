"""The shapes of everything in a cell: n units, m inputs, columns or rows."""

from collections.abc import Mapping
from typing import Final

from grader.cells.calculus import NUMBERS
from grader.cells.cell import Cell
from grader.cells.jacobians import ROWS
from grader.cells.steps import Moment, renamed
from grader.cells.wide import in_form
from grader.reading.tree import Name
from grader.reading.walk import names as names_in

Sizes = tuple[str, ...]
"""As authors declare them: two of a matrix or a row, one of a column, none of a number."""

IDENTITY: Final = {"I": ("identity", "n")}
"""What a quantity's derivative by itself is called."""

_ACROSS: Final = {"W": ("n", "m"), "U": ("n", "n")}
"""Of a matrix that multiplies columns: what it makes, by what it reads."""


def shapes(
    cell: str,
    form: str = NUMBERS.form,
    lag: int = 0,
    *,
    step: int | None = None,
    names: Mapping[str, str] = {},
) -> dict[str, Sizes]:
    """The shape of every name that a formula going back ``lag`` steps may hold.

    These are the quantities and their errors from one step before t - lag to one after t, and the
    weights and their gradients, named as in a `gradient` with the same ``step`` and ``names``; and
    ``I``, the identity matrix.

    >>> found = shapes("lstm", "vector", lag=1)
    >>> found["U_f"], found["h_{t-2}"], found["δz_{f,t+1}"], found["x_t"], found["δW_f"]
    (('n', 'n'), ('n',), ('n',), ('m',), ('n', 'm'))
    >>> found = shapes("rnn", "row", step=2)
    >>> found["W"], found["h_1"], found["x_2"]
    (('m', 'n'), ('1', 'n'), ('1', 'm'))
    """
    model = in_form(cell, form)
    found = {
        Moment(f"{error}{quantity}", at).text: shape(model, quantity)
        for at in range(-lag - 1, 2)
        for quantity in (*model.equations, *model.inputs)
        for error in ("", "δ")
    }
    found |= {Moment("s", at).text: shape(model, model.output) for at in range(-lag - 1, 2)}
    found |= {f"{error}{one}": shape(model, one) for one in model.weights for error in ("", "δ")}
    known = {
        new: sizes
        for text, sizes in found.items()
        for new in names_in(renamed(Name(text), step, names))
    }
    return known if model.calculus is NUMBERS else known | IDENTITY


def shape(cell: Cell, name: str) -> Sizes:
    """The shape of a quantity, an input or a weight, and so of its error as well.

    >>> shape(in_form("gru", "vector"), "U_n"), shape(in_form("gru", "row"), "b_n")
    (('n', 'n'), ('1', 'n'))
    """
    if cell.calculus is NUMBERS:
        return ()
    is_row = cell.calculus == ROWS
    if (matrix := _ACROSS.get(name[0])) and name in cell.weights:
        return matrix[::-1] if is_row else matrix
    size = "m" if name in cell.inputs else "n"
    return ("1", size) if is_row else (size,)


def is_matrix(cell: Cell, name: str) -> bool:
    """Whether a weight has rows and columns.

    >>> is_matrix(in_form("rnn", "row"), "U"), is_matrix(in_form("rnn", "row"), "b")
    (True, False)
    """
    sizes = shape(cell, name)
    return len(sizes) == 2 and "1" not in sizes
