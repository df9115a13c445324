"""Layers that look up or multiply by one matrix."""

from dataclasses import dataclass
from typing import ClassVar

from grader.models.fit import at_least
from grader.models.formula import Formula, given
from grader.models.layer import WrongShape, expect
from grader.models.shapes import Sequence, Shape, Vector, Words
from grader.models.weights import Convention, Weights

TABLE = Formula.read("v*n")
"""One row of a table per word: https://keras.io/api/layers/core_layers/embedding/."""

MATRIX = Formula.read("(m + b)*n")
"""One matrix and one bias vector, in both conventions: https://keras.io/api/layers/core_layers/dense/
and https://docs.pytorch.org/docs/stable/generated/torch.nn.Linear.html."""


@dataclass(frozen=True, slots=True)
class Embedding:
    """A vector of ``width`` for each of ``vocabulary`` words.

    >>> print(Embedding(1000, 16).output(Words()))
    (None, 16)
    >>> Embedding(1000, 16).weights(Words(), "keras").total.quantity
    Quantity(value=Fraction(16000, 1), working='1000*16')
    """

    title: ClassVar[str] = "Embedding"
    vocabulary: int
    width: int

    def __post_init__(self) -> None:
        at_least(1, vocabulary=self.vocabulary, width=self.width)

    def output(self, before: Shape) -> Sequence:
        steps = expect(self.title, Words, before).steps
        return Sequence(steps, self.width, worked={"features": given("n", self.width)})

    def weights(self, before: Shape, convention: Convention) -> Weights:
        return Weights(TABLE, {"v": self.vocabulary, "n": self.width}, reads="v")


@dataclass(frozen=True, slots=True)
class Dense:
    """``units`` weighted sums of a vector, or of the vector at every step of a sequence.

    An image is refused: Keras would weigh its channels, PyTorch (channels first) its rows.

    >>> Dense(256).weights(Vector(32), "keras").total.quantity
    Quantity(value=Fraction(8448, 1), working='(32 + 1)*256')
    """

    title: ClassVar[str] = "Dense"
    units: int
    bias: bool = True

    def __post_init__(self) -> None:
        at_least(1, units=self.units)

    def output(self, before: Shape) -> Vector | Sequence:
        worked = {"features": given("n", self.units)}
        match before:
            case Vector():
                return Vector(self.units, worked=worked)
            case Sequence(steps):
                return Sequence(steps, self.units, worked=worked)
            case _:
                raise WrongShape(self.title, Vector, before)

    def weights(self, before: Shape, convention: Convention) -> Weights:
        self.output(before)
        sizes = {"m": before.known("features"), "n": self.units}
        return Weights(MATRIX, sizes, int(self.bias))
