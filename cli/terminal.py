"""What a terminal can show: colours, and text that fits its columns."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TextIO, TypeAlias

from grader.reading.display import columns

Style: TypeAlias = Literal[
    "bold", "quiet", "accent", "right", "partly", "wrong", "unread", "undecided"
]

_CODES: Final[Mapping[Style, str]] = {
    "bold": "1",
    "quiet": "2",
    "accent": "36",
    "right": "1;32",
    "partly": "1;33",
    "wrong": "1;31",
    "unread": "1;35",
    "undecided": "1;36",
}


@dataclass(frozen=True, slots=True)
class Paint:
    """Colours text where colour is wanted, and leaves it alone elsewhere.

    >>> Paint(False).style("wrong", "no"), Paint(True).style("wrong", "no")
    ('no', '\\x1b[1;31mno\\x1b[0m')
    """

    colour: bool

    @classmethod
    def of(cls, stream: TextIO) -> "Paint":
        """Colour on terminals, unless NO_COLOR is set (https://no-color.org) or TERM is dumb."""
        plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        return cls(stream.isatty() and not plain)

    def style(self, style: Style, text: str) -> str:
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if self.colour and text else text


def clip(text: str, width: int) -> str:
    """At most so many columns, with an ellipsis where something was cut.

    >>> clip("6272 parameters", 8)
    '6272 pa…'
    """
    if columns(text) <= width:
        return text
    kept, used = "", 0
    for mark in text:
        used += columns(mark)
        if used > width - 1:
            break
        kept += mark
    return f"{kept}…"


def pad(text: str, width: int) -> str:
    """Filled up with spaces to so many columns."""
    return text + " " * (width - columns(text))


def window_width(stream: TextIO = sys.stdout, fallback: int = 100) -> int:
    """Columns of the terminal behind a stream; the fallback where there is none."""
    try:
        return os.get_terminal_size(stream.fileno()).columns or fallback
    except (OSError, ValueError):
        return fallback
