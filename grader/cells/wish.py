"""What somebody wants to know of a cell, as a value: a gradient, or a state in an earlier one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from grader.cells.calculus import NUMBERS
from grader.cells.gradient import LOSS, gradient, state
from grader.cells.shapes import Sizes, shapes
from grader.cells.working.lines import Step
from grader.cells.working.solution import worked, worked_state
from grader.reading.spelling import canonical
from grader.reading.tree import Node

CellName: TypeAlias = Literal[
    "rnn", "lstm", "lstm-coupled", "lstm-peephole", "gru", "gru-replacing", "gru-reset-after"
]
Slopes: TypeAlias = Literal["sent", "held", "total"]
"""One arrow, along which an error is sent back; one arrow, all else held fixed; or every route."""

FormName: TypeAlias = Literal["scalar", "vector", "row"]


@dataclass(frozen=True, slots=True)
class Gradient:
    """A derivative of `of` at step t with respect to `by` at step t - `lag`, of one cell.

    >>> from grader.reading.printer import show
    >>> show(Gradient("lstm", "c", lag=2, path="cell").formula)
    'δc_t*f_t*f_{t-1}'
    """

    cell: CellName
    by: str
    of: str = LOSS
    lag: int = 0
    path: str = "total"
    known: tuple[str, ...] | None = None
    step: int | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    form: FormName = NUMBERS.form

    @property
    def formula(self) -> Node:
        """What is derived; raises what `grader.cells.gradient` raises."""
        return gradient(self.cell, canonical(self.by), **self._fields)

    @property
    def steps(self) -> tuple[Step, ...]:
        """How one gets there, line by line; raises `TooLong` for lines that nobody would read."""
        return worked(self.cell, canonical(self.by), **self._fields)

    @property
    def slopes(self) -> Slopes:
        """What ∂a/∂b means in its steps."""
        if canonical(self.of) == LOSS:
            return "sent"
        return "total" if self.path == "total" else "held"

    @property
    def _fields(self) -> dict[str, Any]:
        """What is said of it besides the cell and what it is derived by."""
        return {
            "of": canonical(self.of),
            "lag": self.lag,
            "path": canonical(self.path),
            "known": None if self.known is None else tuple(map(canonical, self.known)),
            "step": self.step,
            "names": self.names,
            "form": self.form,
        }

    @property
    def shapes(self) -> dict[str, Sizes]:
        """The shape of every name that the formula may hold."""
        return shapes(self.cell, self.form, self.lag, step=self.step, names=self.names)


@dataclass(frozen=True, slots=True)
class State:
    """The carried state of a cell at step t in terms of the one at step t - `lag`.

    >>> from grader.reading.printer import show
    >>> show(State("lstm", 1).formula)
    'f_t*c_{t-1} + i_t*g_t'
    """

    cell: CellName
    lag: int = 1
    step: int | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    form: FormName = NUMBERS.form

    @property
    def formula(self) -> Node:
        """What is derived; raises what `grader.cells.state` raises."""
        return state(self.cell, self.lag, step=self.step, names=self.names, form=self.form)

    @property
    def steps(self) -> tuple[Step, ...]:
        """How one gets there, line by line; raises `TooLong` for lines that nobody would read."""
        return worked_state(self.cell, self.lag, step=self.step, names=self.names, form=self.form)

    @property
    def shapes(self) -> dict[str, Sizes]:
        """The shape of every name that the formula may hold."""
        return shapes(self.cell, self.form, self.lag, step=self.step, names=self.names)


Wish: TypeAlias = Gradient | State
