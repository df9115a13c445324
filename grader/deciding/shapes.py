"""The shapes of names: sizes that are numbers, or letters that stand for any number."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple, TypeAlias

from grader import limits
from grader.reading.spelling import canonical

Size: TypeAlias = str | int

_IDENTITY: Final = "identity"


class Shape(NamedTuple):
    """Rows and columns; a vector is a column, a number is 1×1.

    >>> str(Shape("n", "m")), str(Shape("n")), str(Shape(1, "n")), str(NUMBER)
    ('n×m', 'n', '1×n', 'a number')
    """

    rows: Size
    columns: Size = 1

    def __str__(self) -> str:
        if self == NUMBER:
            return "a number"
        return str(self.rows) if self.columns == 1 else f"{self.rows}×{self.columns}"

    @property
    def turned(self) -> "Shape":
        """Of the transpose."""
        return Shape(self.columns, self.rows)

    @property
    def is_vector(self) -> bool:
        """A column or a row; a number is neither."""
        return self != NUMBER and 1 in self


class Identity(Shape):
    """Of a name that stands for the identity matrix; as a shape, square like any other.

    >>> Identity("n", "n") == Shape("n", "n")
    True
    """

    __slots__ = ()


NUMBER: Final = Shape(1, 1)

Shapes: TypeAlias = Mapping[str, Shape]
"""Of every declared name; other names are numbers."""


def declared(written: Mapping[str, tuple[Size, ...]]) -> Shapes:
    """Shapes as an author writes them: one size for a vector, two for a matrix, none for a number.

    ``("identity", "n")`` makes a name the identity matrix.

    >>> dict(declared({"U_f": ("n", "n"), "x_t": ("3",)}))
    {'U_f': Shape(rows='n', columns='n'), 'x_t': Shape(rows=3, columns=1)}
    >>> dict(declared({"I": ("identity", "n")}))
    {'I': Identity(rows='n', columns='n')}

    Raises ValueError for more than two sizes, or a size that is no letter or positive number.
    """
    return _all_declared(tuple((name, tuple(sizes)) for name, sizes in written.items()))


@lru_cache(maxsize=limits.PARSED_KEYS_KEPT)
def _all_declared(written: tuple[tuple[str, tuple[Size, ...]], ...]) -> Shapes:
    return MappingProxyType({canonical(name): _declared(name, sizes) for name, sizes in written})


def _declared(name: str, sizes: tuple[Size, ...]) -> Shape:
    if sizes[:1] == (_IDENTITY,) and len(sizes) == 2:
        size = _size(sizes[1])
        return Identity(size, size)
    if _IDENTITY in sizes:
        raise ValueError(f"{name} is an identity matrix without a size: write [identity, n]")
    if len(sizes) > 2:
        raise ValueError(f"{name} has {len(sizes)} sizes; a matrix has two, a vector one")
    return Shape(*map(_size, sizes)) if sizes else NUMBER


def _size(written: Size) -> Size:
    text = str(written).strip()
    if text.isdecimal() and text != "0" * len(text):
        return int(text)
    if text.isidentifier():
        return text
    raise ValueError(f"{text!r} is no size: write a name, such as n, or a positive whole number")
