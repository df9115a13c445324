"""Questions, and what authors and markers need: banks, variants, lint.

What can be done with them stands in modules of the same name: `quizbank.load.load` reads a bank,
`quizbank.lint.lint` proves what can be proved of it, `quizbank.schema.schema` tells its form. The
values below are imported when first used, so that a list of questions does not pay for the grader.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quizbank.bank import Bank, BrokenVariant, NoSuchQuestion
    from quizbank.misconceptions import Misconception
    from quizbank.problem import Problem
    from quizbank.question import Part, Question, Summary

__all__ = [
    "Bank",
    "BrokenVariant",
    "Misconception",
    "NoSuchQuestion",
    "Part",
    "Problem",
    "Question",
    "Summary",
]

_HOMES = {
    "Bank": "bank",
    "BrokenVariant": "bank",
    "Misconception": "misconceptions",
    "NoSuchQuestion": "bank",
    "Part": "question",
    "Problem": "problem",
    "Question": "question",
    "Summary": "question",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'quizbank' has no attribute {name!r}")
    return getattr(import_module(f"quizbank.{_HOMES[name]}"), name)
