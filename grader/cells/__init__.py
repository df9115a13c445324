"""Recurrent cells by their forward equations, and every gradient that follows from them.

>>> from grader.cells import gradient
>>> from grader.reading.printer import show
>>> show(gradient("lstm", "z_f"))
'δc_t*c_{t-1}*f_t*(1 - f_t)'
"""

from grader.cells.cell import Cell, UnknownName
from grader.cells.convention import mirrored
from grader.cells.definitions import computed, sent_back
from grader.cells.differentiate import NotDifferentiable, differentiate
from grader.cells.extent import TooLong
from grader.cells.forward import CELLS
from grader.cells.gradient import NoSuchGradient, gradient, state
from grader.cells.shapes import shapes
from grader.cells.wide import FORMS, forward
from grader.cells.wish import Gradient, State, Wish
from grader.cells.working.lines import Step
from grader.cells.working.rules import Rule
from grader.cells.working.solution import worked, worked_state

__all__ = [
    "CELLS",
    "FORMS",
    "Cell",
    "Gradient",
    "NoSuchGradient",
    "NotDifferentiable",
    "Rule",
    "State",
    "Step",
    "TooLong",
    "UnknownName",
    "Wish",
    "computed",
    "differentiate",
    "forward",
    "gradient",
    "mirrored",
    "sent_back",
    "shapes",
    "state",
    "worked",
    "worked_state",
]
