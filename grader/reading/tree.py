"""What a learner typed, as one frozen tree: the only form in which the grader knows mathematics."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple, TypeAlias


class Span(NamedTuple):
    """Half-open range of characters of the text as typed, counted from 0."""

    start: int
    end: int


class Malformed(ValueError):
    """Text that cannot be read: what is wrong, where its cause stands, and how to mend it.

    ``code`` is stable; ``repair`` is the whole text with one mend that makes it readable, or empty.

    >>> said = "this bracket is never closed"
    >>> error = Malformed("unclosed", said, "tanh(c_t", Span(4, 5), "tanh(c_t)")
    >>> error.repair
    'tanh(c_t)'
    """

    def __init__(self, code: str, message: str, source: str, span: Span, repair: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.source = source
        self.span = span
        self.repair = repair


@dataclass(frozen=True, slots=True)
class Num:
    """A literal number, exact and not negative: ``0.1`` is one tenth."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Name:
    """A declared name, canonically spelled: ``c_{t-1}``, ``W_{hh}``, ``δc_t``; or ``e``, ``π``."""

    text: str


@dataclass(frozen=True, slots=True)
class Sum:
    """Two or more terms; a subtracted term is a `Neg`."""

    terms: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Product:
    """Two or more factors under one sign: ``*`` (or nothing), ``⊙`` elementwise, ``@`` matrix."""

    factors: tuple["Node", ...]
    sign: Literal["*", "⊙", "@"] = "*"


@dataclass(frozen=True, slots=True)
class Neg:
    """The opposite of its argument."""

    arg: "Node"


@dataclass(frozen=True, slots=True)
class Quotient:
    """``top / bottom``, entry by entry where they are vectors."""

    top: "Node"
    bottom: "Node"


@dataclass(frozen=True, slots=True)
class Power:
    """``base ^ exponent``."""

    base: "Node"
    exponent: "Node"


@dataclass(frozen=True, slots=True)
class Transpose:
    """``arg^T``."""

    arg: "Node"


@dataclass(frozen=True, slots=True)
class Call:
    """A function applied: ``tanh``, ``σ``, ``exp`` or a derivative ``tanh'``, by canonical name."""

    function: str
    args: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Array:
    """Entries written out: a column ``[a, b]``, or a matrix by its rows ``[[a, b], [c, d]]``."""

    entries: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Equation:
    """``left = right``; only ever at the root."""

    left: "Node"
    right: "Node"


Node: TypeAlias = (
    Num | Name | Sum | Product | Neg | Quotient | Power | Transpose | Call | Array | Equation
)
