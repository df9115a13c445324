"""A layer in its place."""

from dataclasses import dataclass

from grader.models.fit import DoesNotFit
from grader.models.layer import Layer
from grader.models.shapes import Shape
from grader.models.spatial import AveragePool2D, Conv2D, MaxPool2D
from grader.models.weights import Weights
from grader.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Placed:
    """A layer, the shape ``before`` it, the shape ``after`` it, and what it learns."""

    name: str
    layer: Layer
    before: Shape
    after: Shape
    weights: Weights

    @property
    def parameters(self) -> Quantity:
        """How many numbers it learns."""
        return self.weights.total.quantity

    def measure(self, side: str) -> Quantity:
        """A side of its output: steps, features, height, width or channels.

        >>> from grader.models.dense import Dense
        >>> from grader.models.shapes import Vector
        >>> from grader.models.weights import NOTHING
        >>> Placed("head", Dense(2), Vector(8), Vector(2), NOTHING).measure("steps")
        Traceback (most recent call last):
            ...
        grader.models.fit.DoesNotFit: head has no steps: it gives a vector (2,)
        """
        if side not in self.after.sides:
            raise DoesNotFit(f"{self.name} has no {side}: it gives {self.after.words} {self.after}")
        return self.after.quantity(side)

    @property
    def lost(self) -> tuple[Quantity, Quantity]:
        """Rows and columns of the input after the end of the last window.

        >>> from grader.models.shapes import Image
        >>> conv, image = Conv2D(64, 3, stride=4), Image(13, 12, 1)
        >>> placed = Placed("conv", conv, image, conv.output(image), conv.weights(image, "keras"))
        >>> [str(side.value) for side in placed.lost]
        ['2', '1']
        """
        if not isinstance(self.layer, Conv2D | MaxPool2D | AveragePool2D):
            raise DoesNotFit(f"{self.name} moves no window over an image, so it loses no pixels")
        rows, columns = self.layer.windows(self.before)
        return rows.losing.quantity, columns.losing.quantity
