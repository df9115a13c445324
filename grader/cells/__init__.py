"""Recurrent cells by their forward equations, and every gradient that follows from them.

>>> from grader.cells import gradient
>>> from grader.reading.printer import show
>>> show(gradient("lstm", "z_f"))
'δc_t*c_{t-1}*f_t*(1 - f_t)'
"""

from grader.cells.cell import Cell, UnknownName
from grader.cells.differentiate import NotDifferentiable, differentiate
from grader.cells.extent import TooLong
from grader.cells.forward import CELLS
from grader.cells.gradient import NoSuchGradient, gradient, state

__all__ = [
    "CELLS",
    "Cell",
    "NoSuchGradient",
    "NotDifferentiable",
    "TooLong",
    "UnknownName",
    "differentiate",
    "gradient",
    "state",
]
