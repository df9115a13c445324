"""Layers that only pass on, repeat or reorder what they read."""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from grader.models.fit import DoesNotFit, at_least
from grader.models.formula import Count, Formula, given
from grader.models.layer import expect
from grader.models.shapes import Image, Sequence, Shape, Vector, Words
from grader.models.weights import NOTHING, Convention, Weights


@dataclass(frozen=True, slots=True)
class Input:
    """What a stack reads: word numbers (``steps`` only), a sequence, a vector or an image.

    >>> print(Input(steps=10, features=8).shape, Input(height=5, width=5, channels=1).shape)
    (10, 8) (5, 5, 1)
    """

    title: ClassVar[str] = "Input"
    steps: int | None = None
    features: int | None = None
    height: int | None = None
    width: int | None = None
    channels: int | None = None

    def __post_init__(self) -> None:
        _ = self.shape  # a mixture of sides is refused at once, not when it is used

    @property
    def shape(self) -> Shape:
        match (self.steps, self.features, self.height, self.width, self.channels):
            case (int(steps), None, None, None, None):
                return Words(steps)
            case (None, int(features), None, None, None):
                return Vector(features)
            case (int(steps), int(features), None, None, None):
                return Sequence(steps, features)
            case (None, None, int(height), int(width), int(channels)):
                return Image(height, width, channels)
            case _:
                raise DoesNotFit(
                    "an input has steps, features, both, or height, width and channels"
                )

    def output(self, before: Shape) -> Shape:
        return self.shape

    def weights(self, before: Shape, convention: Convention) -> Weights:
        return NOTHING


@dataclass(frozen=True, slots=True)
class Flatten:
    """All numbers in one vector.

    >>> flat = Flatten().output(Image(5, 5, 3))
    >>> print(flat, flat.quantity("features").working)
    (75,) 5*5*3
    """

    title: ClassVar[str] = "Flatten"

    def output(self, before: Shape) -> Vector:
        letters = {"steps": "T", "features": "m", "height": "h", "width": "w", "channels": "c"}
        sizes = {letters[side]: before.known(side) for side in before.sides}
        count = Count(Formula.read("*".join(sizes)), sizes)
        return Vector(count.value, worked={"features": count})

    def weights(self, before: Shape, convention: Convention) -> Weights:
        return NOTHING


@dataclass(frozen=True, slots=True)
class Dropout:
    """While learning, a share ``rate`` of the numbers set to 0.

    >>> print(Dropout(Fraction(1, 2)).output(Vector(32)))
    (32,)
    """

    title: ClassVar[str] = "Dropout"
    rate: Fraction

    def __post_init__(self) -> None:
        if not 0 <= self.rate < 1:
            raise DoesNotFit(f"the rate of a dropout is at least 0 and below 1, not {self.rate}")

    def output(self, before: Shape) -> Shape:
        return before

    def weights(self, before: Shape, convention: Convention) -> Weights:
        return NOTHING


@dataclass(frozen=True, slots=True)
class RepeatVector:
    """The same vector at each of ``times`` steps: how an encoder feeds a decoder.

    >>> print(RepeatVector(7).output(Vector(32)))
    (7, 32)
    """

    title: ClassVar[str] = "RepeatVector"
    times: int

    def __post_init__(self) -> None:
        at_least(1, times=self.times)

    def output(self, before: Shape) -> Sequence:
        features = expect(self.title, Vector, before).features
        worked = {"steps": given("T", self.times), "features": given("m", features)}
        return Sequence(self.times, features, worked=worked)

    def weights(self, before: Shape, convention: Convention) -> Weights:
        return NOTHING
