"""Windows along a side against windows put down one by one."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.models import DoesNotFit, same, same_windows, windows


def put_down(
    size: int, kernel: int, stride: int, dilation: int, before: int, after: int
) -> list[list[int]]:
    """The pixels of every window that ends before the padded edge; padding has negative numbers."""
    found, start = [], -before
    while start + dilation * (kernel - 1) < size + after:
        found.append([start + dilation * tap for tap in range(kernel)])
        start += stride
    return found


SIZE, KERNEL, STEP = st.integers(1, 40), st.integers(1, 9), st.integers(1, 6)


@settings(deadline=None)
@given(size=SIZE, kernel=KERNEL, stride=STEP, padding=st.integers(0, 5), dilation=st.integers(1, 4))
@example(size=1, kernel=1, stride=5, padding=2, dilation=1)  # one window, all of it padding
def test_windows_are_where_they_are_put_down(size, kernel, stride, padding, dilation):
    down = put_down(size, kernel, stride, dilation, padding, padding)
    if not down:
        with pytest.raises(DoesNotFit):
            windows(size, kernel, stride, padding, dilation)
        return
    along = windows(size, kernel, stride, padding, dilation)
    pixels = set(range(size))
    assert along.count == len(down)
    assert along.exact == (down[-1][-1] == size + padding - 1)
    assert along.lost == len([pixel for pixel in pixels if pixel > down[-1][-1]])
    assert along.covered == len(pixels & {pixel for window in down for pixel in window})


@settings(deadline=None)
@given(size=SIZE, kernel=KERNEL, stride=STEP, dilation=st.integers(1, 4))
def test_same_gives_one_window_per_stride(size, kernel, stride, dilation):
    along = same_windows(size, kernel, stride, dilation)
    down = put_down(size, kernel, stride, dilation, along.before, along.after)
    assert along.count == same(size, stride) == len(range(0, size, stride)) == len(down)
    assert 0 <= along.after - along.before <= 1
    assert along.lost == max(0, size - 1 - down[-1][-1])
