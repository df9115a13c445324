"""How much room a prompt has in its window, and text wrapped to it."""

import shutil
import textwrap
from typing import Final

from cli.render import MARGIN, WIDEST

_GLUE: Final = "\N{NO-BREAK SPACE}"


def columns() -> int:
    """Where prompts end: as far from the right edge as from the left, and never too far out."""
    return max(min(shutil.get_terminal_size().columns - MARGIN, WIDEST + MARGIN), 1)


def rows() -> int:
    """How tall prompts may be; were they to fill the window, its first line would be lost."""
    return shutil.get_terminal_size().lines - 1


def wrapped(text: str, indent: int) -> str:
    """Text wrapped to the window; the lines after the first are indented.

    >>> wrapped("short", 4)
    'short'
    """
    lines = textwrap.wrap(text, max(columns() - indent, 10)) or [""]
    return f"\n{' ' * indent}".join(lines)


def above(how: str) -> str:
    """The line above a prompt, broken between what can be done and never inside a command.

    >>> above("Type, then Enter · ? hint")
    '  Type, then Enter · ? hint'
    """
    ways = (_glued(way) if way[:1] in "?:" else way for way in how.split(" · "))
    text = f"{_GLUE}· ".join(ways)
    return (" " * MARGIN + wrapped(text, MARGIN)).replace(_GLUE, " ")


def _glued(way: str) -> str:
    return way.replace(" ", _GLUE)
