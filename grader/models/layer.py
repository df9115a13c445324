"""What every layer can say of itself."""

from typing import ClassVar, Protocol, TypeVar

from grader.models.fit import DoesNotFit
from grader.models.shapes import Image, Sequence, Shape, Vector, Words
from grader.models.weights import Convention, Weights


class Layer(Protocol):
    """A layer and its sizes; ``title`` is what people call it.

    Both methods raise `DoesNotFit` for a shape that the layer cannot read.
    """

    title: ClassVar[str]

    def output(self, before: Shape) -> Shape:
        """The shape it makes of the shape before it."""
        ...

    def weights(self, before: Shape, convention: Convention) -> Weights:
        """What it learns when it reads that shape."""
        ...


class WrongShape(DoesNotFit):
    """A layer was given another kind of shape than it reads."""

    def __init__(self, title: str, needs: type[Shape], before: Shape) -> None:
        super().__init__(f"{title} needs {needs.words}, not {before.words} {before}")
        self.title = title
        self.needs = needs
        self.before = before


Wanted = TypeVar("Wanted", Words, Vector, Sequence, Image)


def expect(title: str, needs: type[Wanted], before: Shape) -> Wanted:
    """The shape before, when it is of the kind that the layer reads.

    >>> expect("LSTM", Sequence, Vector(256))
    Traceback (most recent call last):
        ...
    grader.models.layer.WrongShape: LSTM needs a sequence, not a vector (256,)
    """
    if not isinstance(before, needs):
        raise WrongShape(title, needs, before)
    return before
