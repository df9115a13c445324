"""How much room a prompt has in its window, and text wrapped to it."""

import shutil
import textwrap
from collections.abc import Sequence
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


def above(how: str, keys: Sequence[str] = ()) -> str:
    """The lines above a prompt: how to answer, and the keys, of which the later give way first.

    >>> print(above("Type, then Enter", ("? hint", ":s skip")))
      Type, then Enter
      ? hint  :s skip
    """
    text = wrapped(how.replace(" · ", f"{_GLUE}· "), MARGIN).replace(_GLUE, " ")
    lines = [text, *([in_one_line(keys, columns() - MARGIN)] if keys else [])]
    return "\n".join(" " * MARGIN + line for line in lines)


def in_one_line(keys: Sequence[str], width: int) -> str:
    """As many as fit, in their order.

    >>> in_one_line(("? hint", ":s skip", ":f flag"), 16), in_one_line(("? hint", ":s skip"), 14)
    ('? hint  :s skip', '? hint :s skip')
    """
    for number in range(len(keys), 0, -1):
        for gap in ("  ", " "):
            if len(line := gap.join(keys[:number])) <= width:
                return line
    return ""
