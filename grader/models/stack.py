"""Layers one after the other: what each is given, gives and learns."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from grader.models.dense import Embedding
from grader.models.fit import DoesNotFit
from grader.models.layer import Layer, WrongShape
from grader.models.placed import Placed
from grader.models.remedies import explain
from grader.models.reshaping import Input
from grader.models.shapes import Shape, Words
from grader.models.weights import Convention
from grader.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Model:
    """Placed layers, found by name, and the convention in which they are counted."""

    layers: tuple[Placed, ...]
    convention: Convention

    def __getitem__(self, name: str) -> Placed:
        """The layer of that name, or `KeyError`."""
        for placed in self.layers:
            if placed.name == name:
                return placed
        raise KeyError(name)

    @property
    def parameters(self) -> Quantity:
        """How many numbers the whole stack learns, added up layer by layer."""
        counts = [placed.weights.total.value for placed in self.layers]
        working = " + ".join(str(count) for count in counts if count)
        return Quantity(Fraction(sum(counts)), working)


def stack(
    given: Shape | None,
    layers: Iterable[tuple[str, Layer]],
    convention: Convention = "keras",
) -> Model:
    """The layers in their places; `DoesNotFit` names the first that cannot read what it is given.

    ``given`` is what the first layer reads; without it the first is an `Input`, or an `Embedding`,
    which reads a text of any length.

    >>> from grader.models.dense import Dense
    >>> from grader.models.recurrent import LSTM
    >>> layers = [("embedding", Embedding(1000, 16)), ("lstm", LSTM(32)), ("head", Dense(1))]
    >>> model = stack(None, layers)
    >>> model["lstm"].parameters.working, str(model["lstm"].after)
    ('4*((16 + 1)*32 + 32^2)', '(32,)')
    >>> model.parameters
    Quantity(value=Fraction(22305, 1), working='16000 + 6272 + 33')
    >>> stack(None, [*layers, ("decoder", LSTM(8))])
    Traceback (most recent call last):
        ...
    grader.models.fit.DoesNotFit: LSTM 'decoder' needs a sequence, but head gives a vector (1,): \
let lstm return its sequence
    """
    placed: list[Placed] = []
    for name, layer in layers:
        if any(name == one.name for one in placed):
            raise DoesNotFit(f"two layers have the name {name}")
        if isinstance(layer, Input) and (placed or given is not None):
            raise DoesNotFit(f"{name} says what the first layer reads: put it first, and only once")
        before = placed[-1].after if placed else _first(name, layer, given)
        placed.append(_place(name, layer, before, placed, convention))
    return Model(tuple(placed), convention)


def _first(name: str, layer: Layer, given: Shape | None) -> Shape:
    """What the first layer reads."""
    match layer:
        case _ if given is not None:
            return given
        case Input():
            return layer.shape
        case Embedding():
            return Words()
        case _:
            raise DoesNotFit(f"nothing says what {name} reads: put an input before it")


def _place(
    name: str, layer: Layer, before: Shape, earlier: list[Placed], convention: Convention
) -> Placed:
    try:
        after = layer.output(before)
        return Placed(name, layer, before, after, layer.weights(before, convention))
    except WrongShape as wrong:
        raise DoesNotFit(explain(wrong, name, earlier)) from wrong
    except DoesNotFit as unfit:
        raise DoesNotFit(f"{name}: {unfit}") from unfit
