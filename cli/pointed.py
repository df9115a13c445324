"""A line somebody typed with a caret below it, cut so that the caret is always seen."""

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from cli.terminal import clip
from grader.reading.display import columns


class Pointed:
    """Two lines that never wrap; in a narrow window the part around the caret is shown."""

    def __init__(self, source: str, caret: str) -> None:
        self._source = source
        self._caret = caret

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in around(self._source, self._caret, options.max_width):
            yield Text(line, no_wrap=True)


def around(source: str, caret: str, width: int) -> tuple[str, str]:
    """Both lines in so many columns, from where the caret stays in sight.

    >>> print("\\n".join(around("a + b*c + d)/e + f", "           ^", 11)))
    … + d)/e +…
         ^
    """
    first = max(min(columns(caret.rstrip("^")) - width // 2, columns(source) - width), 0)
    start = f"…{_without(source, first + 1)}" if first else source
    return clip(start, width), clip(caret[first:], width)


def _without(text: str, width: int) -> str:
    """What is left of a text after so many columns.

    >>> _without("c̃_t + 1", 2)
    't + 1'
    """
    for position in range(len(text)):
        if columns(text[:position]) >= width and columns(text[position]):
            return text[position:]
    return ""
