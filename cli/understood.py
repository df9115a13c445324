"""What can be made of an answer while it is typed: read only, never judged."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from grader.judge import AnswerSpec
from grader.kinds.expression import Expression
from grader.kinds.number import Number
from grader.reading.drawing import Drawing, line
from grader.reading.layout import drawing
from grader.reading.parser import parse
from grader.reading.printer import unicode_line
from grader.reading.tree import Malformed, Node
from grader.reading.vocabulary import Vocabulary
from grader.reading.wrapping import spelled_out

_ROUNDS: Final = 4  # ends that are cut off one after the other, such as ``+ tanh(x *``
OPEN: Final = ("unclosed", "unclosed-index")
"""Codes of what a closing bracket puts right."""

_GOES_ON: Final = re.compile(r"[\w^{\\]*\s*")


@dataclass(frozen=True, slots=True)
class Understood:
    """How far an answer was read: a drawing, the same in one line, and what is in the way.

    ``unfinished`` tells that more must follow before it can be an answer, ``fault`` what no typing
    on will put right.
    """

    drawing: Drawing | None = None
    line: str = ""
    notes: tuple[str, ...] = ()
    unfinished: Malformed | None = None
    fault: Malformed | None = None


NOTHING: Final = Understood()


def understood(spec: AnswerSpec, text: str) -> Understood:
    """What a line says so far; nothing where answers are told in words.

    >>> spec = Expression("f_t*c_{t-1}", ("f_t", "c_{t-1}"))
    >>> [understood(spec, text).line for text in ("f_t c_<t-1>", "f_t c_<t-1> + tanh(")]
    ['fₜ·cₜ₋₁', 'fₜ·cₜ₋₁']
    >>> understood(spec, "f_t + ").unfinished is not None, understood(spec, "q_t + f_t").fault.span
    (True, Span(start=0, end=3))
    """
    if not text.strip():
        return NOTHING
    match spec:
        case Expression():
            return formula(_side(spec, text), spec.vocabulary)
        case Number():
            return _number(spec, text)
        case _:
            return NOTHING


def words_only(text: str, row: int) -> Understood:
    """For lines that are told in words."""
    return NOTHING


def _side(spec: Expression, text: str) -> str:
    """What stands after ``c_t =`` where a formula is asked."""
    plain = spelled_out(text, thousand=spec.vocabulary.meaning("k") is None)
    if "=" in spec.key:
        return plain
    return plain.partition("=")[2].removeprefix("=") or plain


def formula(text: str, vocabulary: Vocabulary) -> Understood:
    """A formula as far as it goes."""
    try:
        reading = parse(text, vocabulary)
    except Malformed as error:
        if not is_unfinished(error):
            return Understood(fault=error)
        begun = _begun(error, text, vocabulary)
        return _shown(begun, unfinished=error) if begun else Understood(unfinished=error)
    return _shown(reading.tree, reading.notes)


def _shown(
    tree: Node, notes: Sequence[str] = (), unfinished: Malformed | None = None
) -> Understood:
    return Understood(drawing(tree), unicode_line(tree), tuple(notes), unfinished)


def is_unfinished(error: Malformed) -> bool:
    """Whether typing on may put it right: a bracket is open, or the fault is in the last word."""
    return error.code in OPEN or bool(_GOES_ON.fullmatch(error.source[error.span.end :]))


def _begun(error: Malformed, text: str, vocabulary: Vocabulary) -> Node | None:
    """What an unfinished formula says before its open end, where that can be read."""
    for _ in range(_ROUNDS):
        closed = error.repair.startswith(text.rstrip())
        text = error.repair if closed and error.repair else text[: error.span.start]
        try:
            return parse(text, vocabulary).tree
        except Malformed as further:
            error = further
    return None


def _number(spec: Number, text: str) -> Understood:
    try:
        reading = spec.read(text)
    except Malformed as error:
        open_end = is_unfinished(error)
        return Understood(unfinished=error) if open_end else Understood(fault=error)
    return Understood(line(reading.understood), reading.understood, tuple(reading.notes))
