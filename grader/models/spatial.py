"""Layers that slide a window over an image."""

from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias

from grader.models.convolution import Windows, same_windows, windows
from grader.models.fit import DoesNotFit, at_least, pair
from grader.models.formula import Count, Formula, given
from grader.models.layer import expect
from grader.models.shapes import Image, Shape
from grader.models.weights import NOTHING, Convention, Weights

Pair: TypeAlias = int | tuple[int, int]
"""One number for height and width, or one for each."""

Padding: TypeAlias = Pair | Literal["valid", "same"]
"""Zeros at both ends of each side; none; or as many as "same" needs."""

KERNELS = Formula.read("(h*w*c + b)*f")
"""One kernel through all channels per filter, in both conventions:
https://keras.io/api/layers/convolution_layers/convolution2d/ and
https://docs.pytorch.org/docs/stable/generated/torch.nn.Conv2d.html."""


@dataclass(frozen=True, slots=True)
class Conv2D:
    """``filters`` kernels moved over an image by ``stride``.

    >>> print(Conv2D(64, 3, stride=2).output(Image(13, 13, 1)))
    (6, 6, 64)
    >>> Conv2D(3, 4, bias=False).weights(Image(13, 13, 1), "keras").total.quantity
    Quantity(value=Fraction(48, 1), working='4*4*1*3')
    """

    title: ClassVar[str] = "Conv2D"
    filters: int
    kernel: Pair
    stride: Pair = 1
    padding: Padding = "valid"
    dilation: Pair = 1
    bias: bool = True

    def __post_init__(self) -> None:
        at_least(1, filters=self.filters, kernel=self.kernel)
        at_least(1, stride=self.stride, dilation=self.dilation)

    def windows(self, before: Shape) -> tuple[Windows, Windows]:
        """Where the kernel falls along the height and along the width."""
        image = expect(self.title, Image, before)
        return _over(image, self.kernel, self.stride, self.padding, self.dilation)

    def output(self, before: Shape) -> Image:
        return _image(*self.windows(before), given("f", self.filters))

    def weights(self, before: Shape, convention: Convention) -> Weights:
        height, width = pair(self.kernel)
        channels = expect(self.title, Image, before).channels
        sizes = {"h": height, "w": width, "c": channels, "f": self.filters}
        return Weights(KERNELS, sizes, int(self.bias), reads="c")


@dataclass(frozen=True, slots=True)
class _Pool:
    """One number for each window of each channel; nothing to learn."""

    title: ClassVar[str]
    size: Pair
    stride: Pair | None = None
    padding: Padding = "valid"

    def __post_init__(self) -> None:
        at_least(1, size=self.size, stride=self.size if self.stride is None else self.stride)
        if not isinstance(self.padding, str):
            for side, padding in zip(pair(self.size), pair(self.padding), strict=True):
                if 2 * padding > side:
                    raise DoesNotFit(
                        f"padding {padding} is more than half of the window {side}: "
                        "some windows would hold nothing but padding"
                    )

    def windows(self, before: Shape) -> tuple[Windows, Windows]:
        """Where the window falls along the height and along the width."""
        stride = self.size if self.stride is None else self.stride
        return _over(expect(self.title, Image, before), self.size, stride, self.padding, 1)

    def output(self, before: Shape) -> Image:
        channels = expect(self.title, Image, before).channels
        return _image(*self.windows(before), given("c", channels))

    def weights(self, before: Shape, convention: Convention) -> Weights:
        return NOTHING


@dataclass(frozen=True, slots=True)
class MaxPool2D(_Pool):
    """The largest number in each window; the stride is the window's size unless it is given.

    >>> print(MaxPool2D(2).output(Image(10, 10, 3)))
    (5, 5, 3)
    """

    title: ClassVar[str] = "MaxPool2D"


@dataclass(frozen=True, slots=True)
class AveragePool2D(_Pool):
    """The mean of each window; the stride is the window's size unless it is given."""

    title: ClassVar[str] = "AveragePool2D"


Sliding: TypeAlias = Conv2D | MaxPool2D | AveragePool2D


def _over(
    image: Image, kernel: Pair, stride: Pair, padding: Padding, dilation: Pair
) -> tuple[Windows, Windows]:
    """The windows along the height and along the width."""
    rows, columns = zip(pair(kernel), pair(stride), pair(dilation), strict=True)
    if padding == "same":
        return _same(image.height, *rows), _same(image.width, *columns)
    above, left = (0, 0) if isinstance(padding, str) else pair(padding)
    return _padded(image.height, above, *rows), _padded(image.width, left, *columns)


def _same(size: int, kernel: int, stride: int, dilation: int) -> Windows:
    return same_windows(size, kernel, stride, dilation)


def _padded(size: int, padding: int, kernel: int, stride: int, dilation: int) -> Windows:
    return windows(size, kernel, stride, padding, dilation)


def _image(rows: Windows, columns: Windows, channels: Count) -> Image:
    worked = {"height": rows.counted, "width": columns.counted, "channels": channels}
    return Image(rows.count, columns.count, channels.value, worked=worked)
