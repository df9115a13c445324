"""What is said of shapes that do not fit: one sentence per code."""

from typing import ClassVar, Final, TypeAlias

from grader import limits
from grader.deciding.shapes import Shape
from grader.reading.styles import Plain
from grader.reading.tree import Node

Party: TypeAlias = tuple[Node, Shape]
"""A part of a formula and its shape."""

#: Every code of a `ShapeFault`, and its sentence.
SENTENCES: Final = {
    "product": "{left} ({of_left}) times {right} ({of_right}) does not fit",
    "entrywise": "⊙ needs equal shapes: {left} is {of_left}, {right} is {of_right}",
    "sum": "{left} ({of_left}) and {right} ({of_right}) cannot be added",
    "quotient": "{left} ({of_left}) cannot be divided by {right} ({of_right})",
    "arguments": "the arguments must have one shape: {left} is {of_left}, {right} is {of_right}",
    "power": "only square matrices have powers: {left} is {of_left}",
    "exponent": "{left} ({of_left}) cannot be raised to {right} ({of_right})",
    "diag": "diag takes a vector or a square matrix: {left} is {of_left}",
    "trace": "only square matrices have a trace: {left} is {of_left}",
    "ragged": "the rows of {left} are not equally long",
    "entry": "an entry must be a number: {left} is {of_left}",
    "equation": "two sides cannot be equal: {left} is {of_left}, {right} is {of_right}",
    "result": "{of_right} is asked for, but {left} is {of_left}",
}


class _Spoken(Plain):
    """As people write: ``U_f^T δ``."""

    joined: ClassVar[dict[str, str]] = {"*": " ", "⊙": " ⊙ ", "@": " @ "}

    def transpose(self, arg: Node) -> str:
        return f"{self.transposable(arg)}^T"


_SPOKEN: Final = _Spoken()


def spoken(tree: Node) -> str:
    """A formula inside a sentence, cut where it is long.

    >>> from grader.reading.tree import Name, Product, Transpose
    >>> spoken(Product((Transpose(Name("U_f")), Name("δ"))))
    'U_f^T δ'
    """
    words = _SPOKEN.of(tree)
    return words if len(words) <= limits.SPOKEN else f"{words[: limits.SPOKEN - 1]}…"


class ShapeFault(ValueError):
    """Two parts of ``tree`` that cannot stand together, whatever the sizes are.

    ``at`` is the place of the factor that does not fit those before it.
    """

    def __init__(self, code: str, tree: Node, left: Party, right: Party, at: int = 0) -> None:
        self.code = code
        self.tree = tree
        self.at = at
        self._parties = left, right
        super().__init__(code)

    @property
    def words(self) -> str:
        """The fault in a sentence, put together when it is asked for."""
        left, right = self._parties
        return SENTENCES[self.code].format(
            left=spoken(left[0]), of_left=left[1], right=spoken(right[0]), of_right=right[1]
        )

    def __str__(self) -> str:
        return self.words
