"""What a layer cannot take, said in words."""

from grader import limits


class DoesNotFit(ValueError):
    """A shape or a size that a layer cannot take: which, and what to do instead."""


def at_least(least: int, **sizes: int | tuple[int, int]) -> None:
    """Refuse sizes that are too small, or beyond anything that could be built.

    >>> at_least(1, units=32, kernel=(3, 0))
    Traceback (most recent call last):
        ...
    grader.models.fit.DoesNotFit: kernel must be at least 1, not (3, 0)
    """
    for name, size in sizes.items():
        if min(pair(size)) < least:
            raise DoesNotFit(f"{name} must be at least {least}, not {size}")
        if max(pair(size)) > limits.LAYER_SIZE:
            raise DoesNotFit(f"{name} must be at most {limits.LAYER_SIZE}")


def pair(size: int | tuple[int, int]) -> tuple[int, int]:
    """Height and width of what may be given by one number for both.

    >>> pair(3), pair((2, 5))
    ((3, 3), (2, 5))
    """
    return size if isinstance(size, tuple) else (size, size)
