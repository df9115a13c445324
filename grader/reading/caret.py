"""The line somebody typed, with a caret under what is wrong with it."""

from typing import Final

from grader.reading.display import columns, visible
from grader.reading.tree import Malformed

_ROOM: Final = 72  # columns of the shown line, so that it fits an 80-column terminal indented
_CUT: Final = "…"


def point(error: Malformed) -> str:
    """Message, source and caret, and the repair if there is one; no control character survives.

    >>> from grader.reading.tree import Span
    >>> said = "this bracket is never closed"
    >>> print(point(Malformed("unclosed", said, "tanh(c̃_t", Span(4, 5), "tanh(c̃_t)")))
    this bracket is never closed
      tanh(c̃_t
          ^
    try: tanh(c̃_t)
    """
    if not error.source.strip():
        return error.message
    start, end = error.span
    end = max(end, start + 1)
    begin, finish = _window(error.source, start, end)
    head = (_CUT if begin else "") + visible(error.source[begin:start])
    marked = visible(error.source[start : min(end, finish)])
    tail = visible(error.source[min(end, finish) : finish])
    tail += _CUT if finish < len(error.source) else ""
    caret = " " * columns(head) + "^" * max(1, columns(marked))
    lines = [error.message, f"  {head}{marked}{tail}".rstrip(), f"  {caret}"]
    if error.repair:
        lines.append(f"try: {visible(error.repair)}")
    return "\n".join(lines)


def _window(source: str, start: int, end: int) -> tuple[int, int]:
    """The part of a long source around the span."""
    if len(source) <= _ROOM:
        return 0, len(source)
    begin = max(0, min(start - _ROOM // 2, len(source) - _ROOM))
    return begin, min(len(source), max(begin + _ROOM, min(end, start + _ROOM // 2)))
