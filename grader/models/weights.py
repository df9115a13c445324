"""How many numbers a layer learns, and what for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from grader.models.formula import Count, Formula

Convention: TypeAlias = Literal["keras", "pytorch"]
"""Whose way of counting: they differ in the biases of recurrent layers (`bias_vectors`)."""


@dataclass(frozen=True, slots=True)
class Weights:
    """One formula for all that a layer learns; the roles are what is left when letters are 0.

    ``vectors`` is the number ``b`` of bias vectors; ``reads`` the letter of the input's size.

    >>> lstm = Weights(Formula.read("4*((m + b)*n + n^2)"), {"m": 16, "n": 32}, vectors=1)
    >>> lstm.total.value, lstm.kernel, lstm.recurrent, lstm.bias
    (6272, 2048, 4096, 128)
    >>> lstm.total.working
    '4*((16 + 1)*32 + 32^2)'
    """

    formula: Formula
    sizes: Mapping[str, int] = field(default_factory=dict)
    vectors: int = 0
    reads: str = "m"

    @property
    def total(self) -> Count:
        """All of them, in the convention asked for."""
        return Count(self.formula.put(b=self.vectors), self.sizes)

    @property
    def kernel(self) -> int:
        """Those that multiply the input."""
        return self._without_bias - self.recurrent

    @property
    def recurrent(self) -> int:
        """Those that multiply the state: recurrent matrices, peepholes, projection."""
        return self.formula.put(b=0, **{self.reads: 0}).value(self.sizes)

    @property
    def bias(self) -> int:
        """Those that are added."""
        return self.total.value - self._without_bias

    @property
    def _without_bias(self) -> int:
        return self.formula.put(b=0).value(self.sizes)

    def times(self, factor: int) -> "Weights":
        """The weights of so many such layers."""
        return Weights(self.formula.times(factor), self.sizes, self.vectors, self.reads)


NOTHING = Weights(Formula.number(0), reads="m")
"""A layer that learns nothing."""


def bias_vectors(bias: bool, convention: Convention) -> int:
    """Bias vectors per gate of a recurrent layer: PyTorch has one with each of its two matrices.

    Sources: https://keras.io/api/layers/recurrent_layers/lstm/ (one) and
    https://docs.pytorch.org/docs/stable/generated/torch.nn.LSTM.html (``bias_ih``, ``bias_hh``).

    >>> bias_vectors(True, "keras"), bias_vectors(True, "pytorch"), bias_vectors(False, "pytorch")
    (1, 2, 0)
    """
    return 0 if not bias else 1 if convention == "keras" else 2
