"""The cells as layers of n units with m inputs: hidden vectors, matrices for ``w`` and ``u``.

Nothing is written anew. In the equations of one unit a weight of the input or of the state becomes
a matrix, which multiplies all that stands beside it; everything else is done entry by entry. With
columns a layer is ``W @ x_t + U @ h_{t-1} + b``, with rows ``x_t @ W + h_{t-1} @ U + b``.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Final

from grader.cells.algebra import times
from grader.cells.calculus import NUMBERS, Calculus
from grader.cells.cell import Cell, UnknownName
from grader.cells.forward import named
from grader.cells.jacobians import COLUMNS, ROWS, Matrices
from grader.cells.steps import Moment
from grader.reading.printer import show
from grader.reading.tree import Equation, Name, Node, Product
from grader.reading.walk import rebuilt

FORMS: Final[Mapping[str, Calculus]] = {one.form: one for one in (NUMBERS, COLUMNS, ROWS)}
"""One unit, column vectors, row vectors."""

_LETTERS: Final = {"w": "W", "u": "U"}
"""What is a matrix in a layer of many units, by the first letter of its name."""


@lru_cache(maxsize=64)
def in_form(name: str, form: str = NUMBERS.form) -> Cell:
    """The cell of that name for one unit, for columns or for rows; raises `UnknownName`.

    >>> in_form("rnn").weights, in_form("rnn", "row").weights
    (('w', 'u', 'b'), ('W', 'U', 'b'))
    """
    cell = named(name)
    if form not in FORMS:
        raise UnknownName(f"no form is named {form!r}; there are {', '.join(FORMS)}")
    calculus = FORMS[form]
    if not isinstance(calculus, Matrices):
        return cell
    lines = (
        show(_equation(quantity, widened(right, cell, calculus)))
        for quantity, right in cell.equations.items()
    )
    return replace(cell, forward="\n".join(lines), calculus=calculus)


def forward(name: str, form: str = NUMBERS.form) -> tuple[Equation, ...]:
    """What a cell computes at step t, in order.

    >>> print(*map(show, forward("rnn", "vector")), sep="\\n")
    z_t = W @ x_t + U @ h_{t-1} + b
    h_t = tanh(z_t)
    >>> show(forward("gru", "row")[4])
    'z_{n,t} = x_t @ W_n + (r_t ⊙ h_{t-1}) @ U_n + b_n'
    """
    return tuple(_equation(*pair) for pair in in_form(name, form).equations.items())


def spelled(weight: str) -> str:
    """The name of a unit's weight in a layer of many units: ``U_f`` for ``u_f``.

    >>> spelled("u_f"), spelled("b_f")
    ('U_f', 'b_f')
    """
    return _LETTERS.get(weight[0], weight[0]) + weight[1:]


def widened(tree: Node, cell: Cell, calculus: Calculus) -> Node:
    """A formula made of the equations of one unit, for layers of many."""
    matrices = {Name(one): Name(spelled(one)) for one in cell.weights if spelled(one) != one}

    def wide(part: Node) -> Node:
        if not isinstance(part, Product):
            return matrices.get(part, part) if isinstance(part, Name) else rebuilt(part, wide)
        others = [wide(factor) for factor in part.factors if factor not in matrices]
        layer = times(*others, sign="⊙")
        for factor in part.factors:
            if isinstance(factor, Name) and factor in matrices:
                layer = calculus.chained(matrices[factor], layer)
        return layer

    return wide(tree)


def _equation(quantity: str, right: Node) -> Equation:
    return Equation(Moment(quantity, 0).name, right)
