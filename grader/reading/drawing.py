"""Drawings of text: rectangles of characters, placed beside and above one another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from grader.reading.caret import columns


@dataclass(frozen=True, slots=True)
class Drawing:
    """Lines of equal width in terminal columns, and the index of the one that is read along.

    >>> Drawing(("a", "─", "b"), 1).height
    3
    """

    lines: tuple[str, ...]
    baseline: int = 0

    @property
    def width(self) -> int:
        """Terminal columns of every line."""
        return columns(self.lines[0])

    @property
    def height(self) -> int:
        return len(self.lines)

    @property
    def depth(self) -> int:
        """Lines below the baseline."""
        return self.height - 1 - self.baseline


def line(text: str) -> Drawing:
    """A drawing of one line."""
    return Drawing((text,))


def beside(parts: Iterable[Drawing]) -> Drawing:
    """Drawings in a row, their baselines in one line.

    >>> half = Drawing(("1", "─", "2"), 1)
    >>> print(*beside([line("x + "), half]).lines, sep="|\\n")
        1|
    x + ─|
        2
    """
    row = tuple(parts)
    above = max(part.baseline for part in row)
    below = max(part.depth for part in row)
    padded = [_padded(part, above - part.baseline, below - part.depth) for part in row]
    return Drawing(tuple(map("".join, zip(*padded, strict=True))), above)


def over(top: Drawing, bottom: Drawing) -> Drawing:
    """A fraction; its bar is longer than any bar in it.

    >>> print(*over(line("x"), over(line("1"), line("k + 1"))).lines, sep="|\\n")
       x   |
    ───────|
       1   |
     ───── |
     k + 1 
    """  # noqa: W291 - every line is as wide as the widest
    overhang = 2 if top.height > 1 or bottom.height > 1 else 0
    width = max(top.width, bottom.width) + overhang
    lines = (*_centred(top, width), "─" * width, *_centred(bottom, width))
    return Drawing(lines, top.height)


def raised(base: Drawing, exponent: Drawing) -> Drawing:
    """An exponent above and to the right of its base.

    >>> print(*raised(line("e"), line("-x")).lines, sep="|\\n")
     -x|
    e  
    """  # noqa: W291
    above = tuple(" " * base.width + one for one in exponent.lines)
    below = tuple(one + " " * exponent.width for one in base.lines)
    return Drawing(above + below, exponent.height + base.baseline)


def marked(base: Drawing, mark: str) -> Drawing:
    """A raised sign, such as ``²`` or ``ᵀ``, right of the topmost line."""
    first, *others = base.lines
    pad = " " * columns(mark)
    return Drawing((first + mark, *(one + pad for one in others)), base.baseline)


def rooted(inner: Drawing) -> Drawing:
    """A square root: its sign as tall as what stands under its line.

    >>> print(*rooted(line("a + b")).lines, sep="|\\n")
     _____|
    √a + b
    """
    rule = "_" * inner.width
    if inner.height == 1:
        return Drawing((f" {rule}", f"√{inner.lines[0]}"), 1)
    height = inner.height
    rising = [" " * (height - row) + "╱" + " " * row for row in range(height)]
    rising[-1] = "╲╱" + " " * (height - 1)
    slope = tuple(sign + one for sign, one in zip(rising, inner.lines, strict=True))
    return Drawing((" " * (height + 1) + rule, *slope), inner.baseline + 1)


#: What encloses a formula: the signs for one line, then for the first, middle and last of several.
FENCES: Final[Mapping[str, tuple[str, str, str, str]]] = {
    "(": ("()", "⎛⎞", "⎜⎟", "⎝⎠"),
    "abs": ("||", "││", "││", "││"),
    "floor": ("⌊⌋", "⎢⎥", "⎢⎥", "⎣⎦"),
    "ceil": ("⌈⌉", "⎡⎤", "⎢⎥", "⎢⎥"),
}


def fenced(inner: Drawing, fence: str) -> Drawing:
    """Brackets of a kind in `FENCES`, as tall as what they enclose.

    >>> print(*fenced(over(line("n"), line("s")), "floor").lines, sep="|\\n")
    ⎢n⎥|
    ⎢─⎥|
    ⎣s⎦
    """
    single, first, middle, last = FENCES[fence]
    if inner.height == 1:
        signs = [single]
    else:
        signs = [first, *[middle] * (inner.height - 2), last]
    lines = (left + one + right for (left, right), one in zip(signs, inner.lines, strict=True))
    return Drawing(tuple(lines), inner.baseline)


def _padded(part: Drawing, above: int, below: int) -> tuple[str, ...]:
    blank = " " * part.width
    return (*[blank] * above, *part.lines, *[blank] * below)


def _centred(part: Drawing, width: int) -> tuple[str, ...]:
    left = (width - part.width) // 2
    right = width - part.width - left
    return tuple(" " * left + one + " " * right for one in part.lines)
