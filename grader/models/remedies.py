"""The words for a layer that cannot read what it is given, and what to do about it."""

from collections.abc import Sequence as Listed

from grader.models.layer import WrongShape
from grader.models.placed import Placed
from grader.models.recurrent import GRU, LSTM, SimpleRNN
from grader.models.shapes import Image, Sequence, Shape, Vector, Words
from grader.models.wrappers import Bidirectional


def explain(wrong: WrongShape, name: str, earlier: Listed[Placed]) -> str:
    """Which layer does not fit, what it is given by whom, and a remedy.

    >>> explain(WrongShape("LSTM", Sequence, Vector(8)), "lstm", [])
    'LSTM needs a sequence, but the input gives a vector (8,): \
give the input its steps, or repeat the vector with a repeat_vector'
    """
    named_by_kind = name.replace("_", "") == wrong.title.lower()
    reader = wrong.title if named_by_kind else f"{wrong.title} {name!r}"
    giver = earlier[-1].name if earlier else "the input"
    given = f"{giver} gives {wrong.before.words} {wrong.before}"
    return f"{reader} needs {wrong.needs.words}, but {given}: {_remedy(wrong, earlier)}"


def _remedy(wrong: WrongShape, earlier: Listed[Placed]) -> str:
    match wrong.before:
        case Words() if wrong.needs is not Image:
            return "put an embedding between them"
        case Vector() if wrong.needs is Sequence:
            return _lost_steps(earlier)
        case Sequence() if wrong.needs is Vector:
            return "keep only the last state of the sequence, or put a flatten between them"
        case Image() if wrong.needs is Vector:
            return "put a flatten between them"
        case _:
            return _OTHER_INPUT[wrong.needs]


def _lost_steps(earlier: Listed[Placed]) -> str:
    """Where the steps of a sequence went, or how to get some."""
    for placed in reversed(earlier):
        recurrent = isinstance(placed.layer, SimpleRNN | LSTM | GRU | Bidirectional)
        if recurrent and isinstance(placed.after, Vector):
            return f"let {placed.name} return its sequence"
    return "give the input its steps, or repeat the vector with a repeat_vector"


_OTHER_INPUT: dict[type[Shape], str] = {
    Words: "an embedding reads word numbers, so it comes first",
    Image: "give the input a height, a width and channels",
    Sequence: "give the input steps and features",
    Vector: "give the input features only",
}
