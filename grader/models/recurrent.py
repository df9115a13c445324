"""Layers that carry a state from step to step, with the same weights at every step."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias

from grader.models.fit import DoesNotFit, at_least
from grader.models.formula import Formula, given
from grader.models.layer import expect
from grader.models.shapes import Sequence, Shape, Vector
from grader.models.weights import Convention, Weights, bias_vectors

Variant: TypeAlias = Literal["standard", "coupled", "peephole", "diagonal"]

SIMPLE = Formula.read("(m + b)*n + n^2")
"""J. L. Elman, "Finding structure in time" (1990);
https://keras.io/api/layers/recurrent_layers/simple_rnn/."""

LSTM_FORMULAS: Mapping[tuple[Variant, bool], Formula] = {
    ("standard", False): Formula.read("4*((m + b)*n + n^2)"),
    ("coupled", False): Formula.read("3*((m + b)*n + n^2)"),
    ("peephole", False): Formula.read("4*((m + b)*n + n^2) + 3*n"),
    ("diagonal", False): Formula.read("4*((m + b)*n + n)"),
    ("standard", True): Formula.read("4*((m + b)*n + n*r) + n*r"),
    ("coupled", True): Formula.read("3*((m + b)*n + n*r) + n*r"),
    ("peephole", True): Formula.read("4*((m + b)*n + n*r) + 3*n + n*r"),
}
"""By variant, and whether the state is projected to a width of ``r``.

- standard: F. A. Gers, J. Schmidhuber and F. Cummins, "Learning to forget" (2000);
  https://keras.io/api/layers/recurrent_layers/lstm/.
- coupled: the input gate is 1 less the forget gate, which leaves three blocks; K. Greff et al.,
  "LSTM: a search space odyssey" (2017), https://arxiv.org/abs/1503.04069.
- peephole: each gate sees the cell through one weight per unit; F. A. Gers and J. Schmidhuber,
  "Recurrent nets that time and count" (2000).
- diagonal: each unit sees only its own state; Y. C. Subakan and P. Smaragdis, "Diagonal RNNs in
  symbolic music modeling" (2017), https://arxiv.org/abs/1704.05420.
- projected: an ``r`` by ``n`` matrix without bias makes the state that is fed back; H. Sak,
  A. Senior and F. Beaufays (2014), https://arxiv.org/abs/1402.1128, and ``proj_size`` of
  https://docs.pytorch.org/docs/stable/generated/torch.nn.LSTM.html.
"""

GATED = Formula.read("3*((m + b)*n + n^2)")
"""K. Cho et al. (2014), https://arxiv.org/abs/1406.1078;
https://keras.io/api/layers/recurrent_layers/gru/."""


@dataclass(frozen=True, slots=True)
class SimpleRNN:
    """One tanh layer that reads the input and its own last output.

    >>> SimpleRNN(128, bias=False).weights(Sequence(5, 20), "keras").total.quantity
    Quantity(value=Fraction(18944, 1), working='20*128 + 128^2')
    """

    title: ClassVar[str] = "SimpleRNN"
    units: int
    sequences: bool = False
    bias: bool = True

    def __post_init__(self) -> None:
        at_least(1, units=self.units)

    def output(self, before: Shape) -> Vector | Sequence:
        return _states(expect(self.title, Sequence, before), self.sequences, "n", self.units)

    def weights(self, before: Shape, convention: Convention) -> Weights:
        sizes = {"m": expect(self.title, Sequence, before).features, "n": self.units}
        return Weights(SIMPLE, sizes, bias_vectors(self.bias, convention))


@dataclass(frozen=True, slots=True)
class LSTM:
    """Three gates, a candidate and a cell.

    ``projection`` is the width of the state that is fed back and given out.

    >>> text = Sequence(None, 16)
    >>> [LSTM(32).weights(text, convention).total.value for convention in ("keras", "pytorch")]
    [6272, 6400]
    >>> print(LSTM(32, sequences=True, projection=8).output(text))
    (None, 8)
    """

    title: ClassVar[str] = "LSTM"
    units: int
    sequences: bool = False
    bias: bool = True
    variant: Variant = "standard"
    projection: int | None = None

    def __post_init__(self) -> None:
        at_least(1, units=self.units, projection=self._width)
        if self.variant == "diagonal" and self.projection is not None:
            raise DoesNotFit("a diagonal LSTM has one state per unit: leave the projection out")
        if self.projection is not None and self.projection >= self.units:
            raise DoesNotFit(
                f"a projection is narrower than the {self.units} units, not {self.projection} wide"
            )

    @property
    def _width(self) -> int:
        return self.units if self.projection is None else self.projection

    def output(self, before: Shape) -> Vector | Sequence:
        letter = "n" if self.projection is None else "r"
        return _states(expect(self.title, Sequence, before), self.sequences, letter, self._width)

    def weights(self, before: Shape, convention: Convention) -> Weights:
        sequence = expect(self.title, Sequence, before)
        sizes = {"m": sequence.features, "n": self.units, "r": self._width}
        formula = LSTM_FORMULAS[self.variant, self.projection is not None]
        return Weights(formula, sizes, bias_vectors(self.bias, convention))


@dataclass(frozen=True, slots=True)
class GRU:
    """Two gates and a candidate.

    ``classic`` applies the reset gate to the state before the recurrent matrix; ``reset_after``
    applies it to their product, whose bias must then be separate: a second bias vector in Keras,
    where PyTorch always has two.

    >>> cells, text = (GRU(32, variant="classic"), GRU(32)), Sequence(None, 16)
    >>> [cell.weights(text, "keras").total.value for cell in cells]
    [4704, 4800]
    """

    title: ClassVar[str] = "GRU"
    units: int
    sequences: bool = False
    bias: bool = True
    variant: Literal["classic", "reset_after"] = "reset_after"

    def __post_init__(self) -> None:
        at_least(1, units=self.units)

    def output(self, before: Shape) -> Vector | Sequence:
        return _states(expect(self.title, Sequence, before), self.sequences, "n", self.units)

    def weights(self, before: Shape, convention: Convention) -> Weights:
        sizes = {"m": expect(self.title, Sequence, before).features, "n": self.units}
        separate = "pytorch" if self.variant == "reset_after" else convention
        return Weights(GATED, sizes, bias_vectors(self.bias, separate))


Recurrent: TypeAlias = SimpleRNN | LSTM | GRU


def _states(before: Sequence, sequences: bool, letter: str, width: int) -> Vector | Sequence:
    """The state at every step, or only the last one."""
    worked = {"features": given(letter, width)}
    if sequences:
        return Sequence(before.steps, width, worked=worked)
    return Vector(width, worked=worked)
