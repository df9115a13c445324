"""Layers around another layer."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from grader.models.fit import DoesNotFit
from grader.models.layer import Layer, WrongShape, expect
from grader.models.recurrent import Recurrent
from grader.models.shapes import Sequence, Shape, Vector
from grader.models.weights import Convention, Weights


@dataclass(frozen=True, slots=True)
class Bidirectional:
    """Two such layers, one reading forwards and one backwards; their outputs are joined or added.

    M. Schuster and K. K. Paliwal, "Bidirectional recurrent neural networks" (1997);
    https://keras.io/api/layers/recurrent_layers/bidirectional/.

    >>> from grader.models.recurrent import LSTM
    >>> both, text = Bidirectional(LSTM(32)), Sequence(None, 16)
    >>> print(both.output(text), both.weights(text, "keras").total.value)
    (64,) 12544
    """

    title: ClassVar[str] = "Bidirectional"
    layer: Recurrent
    merge: Literal["concat", "sum"] = "concat"

    def output(self, before: Shape) -> Vector | Sequence:
        one = self.layer.output(before)
        if self.merge == "sum":
            return one
        features = one.worked["features"].times(2)
        worked = {"features": features}
        match one:
            case Vector():
                return Vector(features.value, worked=worked)
            case Sequence(steps):
                return Sequence(steps, features.value, worked=worked)

    def weights(self, before: Shape, convention: Convention) -> Weights:
        return self.layer.weights(before, convention).times(2)


@dataclass(frozen=True, slots=True)
class TimeDistributed:
    """The same layer, with the same weights, at every step.

    https://keras.io/api/layers/recurrent_layers/time_distributed/

    >>> from grader.models.dense import Dense
    >>> each, sequence = TimeDistributed(Dense(5)), Sequence(7, 32)
    >>> print(each.output(sequence), each.weights(sequence, "keras").total.value)
    (7, 5) 165
    """

    title: ClassVar[str] = "TimeDistributed"
    layer: Layer

    def output(self, before: Shape) -> Sequence:
        sequence = expect(self.title, Sequence, before)
        try:
            step = expect(self.title, Vector, self.layer.output(Vector(sequence.features)))
        except WrongShape as wrong:
            raise DoesNotFit(f"at every step, {wrong}") from wrong
        return Sequence(sequence.steps, step.features, worked=step.worked)

    def weights(self, before: Shape, convention: Convention) -> Weights:
        sequence = expect(self.title, Sequence, before)
        return self.layer.weights(Vector(sequence.features), convention)
