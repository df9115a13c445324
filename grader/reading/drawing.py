"""Drawings of text: rectangles of characters, placed beside and above one another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from grader.reading.display import columns


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
    >>> print("\\n".join(beside([line("x+"), half]).lines).replace(" ", "~"))
    ~~1
    x+─
    ~~2
    """
    row = tuple(parts)
    above = max(part.baseline for part in row)
    below = max(part.depth for part in row)
    padded = [_padded(part, above - part.baseline, below - part.depth) for part in row]
    return Drawing(tuple(map("".join, zip(*padded, strict=True))), above)


def over(top: Drawing, bottom: Drawing) -> Drawing:
    """A fraction; its bar is longer than any bar in it.

    >>> print("\\n".join(over(line("x"), over(line("1"), line("k+1"))).lines).replace(" ", "~"))
    ~~x~~
    ─────
    ~~1~~
    ~───~
    ~k+1~
    """
    overhang = 2 if top.height > 1 or bottom.height > 1 else 0
    width = max(top.width, bottom.width) + overhang
    lines = (*_centred(top, width), "─" * width, *_centred(bottom, width))
    return Drawing(lines, top.height)


def raised(base: Drawing, exponent: Drawing) -> Drawing:
    """An exponent above and to the right of its base.

    >>> print("\\n".join(raised(line("e"), line("-x")).lines).replace(" ", "~"))
    ~-x
    e~~
    """
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

    >>> print("\\n".join(rooted(line("a+b")).lines).replace(" ", "~"))
    ~___
    √a+b
    """
    if inner.height == 1:
        return Drawing((" " + "_" * inner.width, f"√{inner.lines[0]}"), 1)
    inner = beside([line(" "), inner, line(" ")])
    height = inner.height
    rising = [" " * (height - row) + "╱" + " " * row for row in range(height)]
    rising[-1] = "╲╱" + " " * (height - 1)
    slope = tuple(sign + one for sign, one in zip(rising, inner.lines, strict=True))
    return Drawing((" " * (height + 1) + "_" * inner.width, *slope), inner.baseline + 1)


#: What encloses a formula: the signs for one line, then for the first, middle and last of several.
FENCES: Final[Mapping[str, tuple[str, str, str, str]]] = {
    "(": ("()", "⎛⎞", "⎜⎟", "⎝⎠"),
    "[": ("[]", "⎡⎤", "⎢⎥", "⎣⎦"),
    "abs": ("||", "││", "││", "││"),
    "floor": ("⌊⌋", "⎢⎥", "⎢⎥", "⎣⎦"),
    "ceil": ("⌈⌉", "⎡⎤", "⎢⎥", "⎢⎥"),
}


def fenced(inner: Drawing, fence: str) -> Drawing:
    """Brackets of a kind in `FENCES`, as tall as what they enclose.

    >>> print("\\n".join(fenced(over(line("n"), line("s")), "floor").lines))
    ⎢n⎥
    ⎢─⎥
    ⎣s⎦
    """
    single, first, middle, last = FENCES[fence]
    signs = [single] if inner.height == 1 else [first, *[middle] * (inner.height - 2), last]
    lines = (sign[0] + one + sign[1] for sign, one in zip(signs, inner.lines, strict=True))
    return Drawing(tuple(lines), inner.baseline)


def grid(rows: Iterable[Iterable[Drawing]]) -> Drawing:
    """Drawings in rows and columns with space between them, read along the middle.

    >>> print("\\n".join(grid([[line("a"), line("b")], [line("123"), line("c")]]).lines))
     a   b
    123  c
    """
    table = [list(row) for row in rows]
    widths = [max(cell.width for cell in column) for column in zip(*table, strict=True)]
    tall = any(cell.height > 1 for row in table for cell in row)
    lines: list[str] = []
    for row in table:
        if lines and tall:
            lines.append(" " * columns(lines[0]))
        cells = [
            Drawing(_centred(cell, width), cell.baseline)
            for cell, width in zip(row, widths, strict=True)
        ]
        gap = line("  ")
        lines += beside([cells[0], *(part for cell in cells[1:] for part in (gap, cell))]).lines
    return Drawing(tuple(lines), (len(lines) - 1) // 2)


def _padded(part: Drawing, above: int, below: int) -> tuple[str, ...]:
    blank = " " * part.width
    return (*[blank] * above, *part.lines, *[blank] * below)


def _centred(part: Drawing, width: int) -> tuple[str, ...]:
    left = (width - part.width) // 2
    right = width - part.width - left
    return tuple(" " * left + one + " " * right for one in part.lines)
