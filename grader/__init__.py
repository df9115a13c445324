"""What an answer is worth, and why.

    >>> from fractions import Fraction
    >>> from grader import Number, Quantity, grade
    >>> grade(Number(Quantity(Fraction(6272))), "6,272").outcome.value
    'correct'

The values below are imported when first used: who only counts weights needs no parser of answers.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.judge import KINDS, AnswerSpec, grade
    from grader.kinds.choice import Choice
    from grader.kinds.expression import Expression
    from grader.kinds.match import Match
    from grader.kinds.number import Number
    from grader.kinds.options import Option
    from grader.kinds.order import Order
    from grader.kinds.select import Select
    from grader.kinds.text import Text
    from grader.parts import Part, mark
    from grader.quantity import Quantity
    from grader.verdict import Evidence, Outcome, Verdict

__all__ = [
    "KINDS",
    "AnswerSpec",
    "Choice",
    "Evidence",
    "Expression",
    "Match",
    "Number",
    "Option",
    "Order",
    "Outcome",
    "Part",
    "Quantity",
    "Select",
    "Text",
    "Verdict",
    "grade",
    "mark",
]

_HOMES = {
    **dict.fromkeys(("KINDS", "AnswerSpec", "grade"), "judge"),
    **dict.fromkeys(("Evidence", "Outcome", "Verdict"), "verdict"),
    **dict.fromkeys(("Part", "mark"), "parts"),
    **{kind: f"kinds.{kind.lower()}" for kind in ("Choice", "Expression", "Match", "Number")},
    **{kind: f"kinds.{kind.lower()}" for kind in ("Order", "Select", "Text")},
    "Option": "kinds.options",
    "Quantity": "quantity",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
