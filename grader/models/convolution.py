"""Where the windows of a convolution or pooling fall along one side of the input.

Notation of V. Dumoulin and F. Visin, "A guide to convolution arithmetic for deep learning" (2016),
https://arxiv.org/abs/1603.07285: input ``i``, kernel ``k``, stride ``s``, padding ``p``,
output ``o``.
"""

from dataclasses import dataclass
from fractions import Fraction

from grader.models.fit import DoesNotFit, at_least
from grader.models.formula import Count, Formula

FLOOR = Formula.read("floor((i + 2*p - k)/s) + 1")
"""Windows along a side; a window that would reach over the edge is left out."""

SAME = Formula.read("ceil(i/s)")
"""Windows along a side when the padding is chosen for it (`same_padding`)."""

REACH = Formula.read("d*(k - 1) + 1")
"""Input pixels from the first to the last that a dilated kernel touches."""

SAME_PADDING = Formula.read("max(0, s*(o - 1) + k - i)")
"""Zeros that "same" adds to a side, before and after together."""

LOST = Formula.read("max(0, i + p - k - s*(o - 1))")
"""Pixels of the input after the end of the last window."""

SIDE = Formula.read("i")
"""All pixels of a side: those lost where every window lies in the padding before it."""


@dataclass(frozen=True, slots=True)
class Windows:
    """The windows along one side of an input of ``size`` pixels.

    ``before`` and ``after`` are the padding at both ends; ``counted`` and ``losing`` hold the
    formulas of ``count`` and ``lost``.
    """

    size: int
    kernel: int
    stride: int
    dilation: int
    before: int
    after: int
    counted: Count
    losing: Count

    @property
    def count(self) -> int:
        """Windows, which is the length of the output."""
        return self.counted.value

    @property
    def ratio(self) -> Fraction:
        """The count before rounding down: a fraction when the last step does not fit.

        >>> windows(13, 3, 3).ratio
        Fraction(13, 3)
        """
        room = self.size + self.before + self.after - reach(self.kernel, self.dilation)
        return Fraction(room, self.stride) + 1

    @property
    def exact(self) -> bool:
        """Whether the last window ends at the edge."""
        return self.ratio.denominator == 1

    @property
    def lost(self) -> int:
        """Pixels of the input after the end of the last window.

        >>> [windows(13, 3, stride).lost for stride in (2, 3, 4, 5)]
        [0, 1, 2, 0]
        """
        return self.losing.value

    @property
    def covered(self) -> int:
        """Pixels of the input that some window reads; strides and dilations may leave gaps too.

        >>> windows(13, 3, 5).covered
        9
        """
        starts = range(-self.before, self.count * self.stride - self.before, self.stride)
        taps = range(0, self.kernel * self.dilation, self.dilation)
        return len({at + tap for at in starts for tap in taps if 0 <= at + tap < self.size})


def windows(
    size: int, kernel: int, stride: int = 1, padding: int = 0, dilation: int = 1
) -> Windows:
    """The windows with the same padding at both ends, by default none.

    >>> stride_2, stride_3 = windows(13, 3, 2), windows(13, 3, 3)
    >>> stride_2.count, stride_2.exact, stride_3.count, stride_3.exact
    (6, True, 4, False)
    >>> windows(13, 3, 2, padding=1, dilation=2).counted.working
    'floor((13 + 2*1 - (2*(3 - 1) + 1))/2) + 1'
    >>> windows(2, 3)
    Traceback (most recent call last):
        ...
    grader.models.fit.DoesNotFit: a kernel that reaches over 3 pixels does not fit into 2: \
pad the input or take a smaller kernel
    """
    at_least(1, size=size, kernel=kernel, stride=stride, dilation=dilation)
    at_least(0, padding=padding)
    if reach(kernel, dilation) > size + 2 * padding:
        raise DoesNotFit(
            f"a kernel that reaches over {reach(kernel, dilation)} pixels does not fit into "
            f"{size + 2 * padding}: pad the input or take a smaller kernel"
        )
    sizes = {"i": size, "k": kernel, "s": stride, "p": padding, "d": dilation}
    counted = Count(_dilated(FLOOR, dilation), sizes)
    return _placed(counted, sizes, padding, padding)


def same_windows(size: int, kernel: int, stride: int = 1, dilation: int = 1) -> Windows:
    """The windows when the input is padded to one window per stride.

    >>> [same_windows(13, 3, stride).count for stride in (2, 3, 4, 5)]
    [7, 5, 4, 3]
    """
    at_least(1, size=size, kernel=kernel, stride=stride, dilation=dilation)
    before, after = same_padding(size, kernel, stride, dilation)
    sizes = {"i": size, "k": kernel, "s": stride, "p": before, "d": dilation}
    return _placed(Count(SAME, sizes), sizes, before, after)


def same(size: int, stride: int) -> int:
    """The length of the output with "same" padding, whatever the kernel.

    >>> same(13, 4)
    4
    """
    return SAME.value({"i": size, "s": stride})


def same_padding(size: int, kernel: int, stride: int = 1, dilation: int = 1) -> tuple[int, int]:
    """Zeros before and after; an odd one goes after, as in Keras.

    Source: https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2

    >>> same_padding(13, 3, 2), same_padding(13, 4), same_padding(12, 3, 2)
    ((1, 1), (1, 2), (0, 1))
    """
    sizes = {"i": size, "k": reach(kernel, dilation), "s": stride, "o": same(size, stride)}
    total = SAME_PADDING.value(sizes)
    return total // 2, total - total // 2


def reach(kernel: int, dilation: int) -> int:
    """Input pixels from the first to the last that a kernel touches.

    >>> reach(3, 1), reach(3, 2)
    (3, 5)
    """
    return REACH.value({"k": kernel, "d": dilation})


def _dilated(formula: Formula, dilation: int) -> Formula:
    """The formula for a kernel with gaps; without gaps the kernel's own length says it shorter."""
    return formula if dilation == 1 else formula.put(k=REACH)


def _placed(counted: Count, sizes: dict[str, int], before: int, after: int) -> Windows:
    lost = Count(_dilated(LOST, sizes["d"]), {**sizes, "o": counted.value})
    if lost.value > sizes["i"]:
        lost = Count(SIDE, sizes)
    return Windows(sizes["i"], sizes["k"], sizes["s"], sizes["d"], before, after, counted, lost)
