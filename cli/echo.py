"""How a formula was read, drawn as on paper where there is room for it."""

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from cli import words
from grader.reading.layout import drawing
from grader.reading.parser import parse
from grader.reading.printer import unicode_line
from grader.reading.vocabulary import Vocabulary

_LABEL = f"  {words.READ_AS}  "


class Echo:
    """A formula behind ``read as``, which stands on its baseline; in one line where it is narrow.

    >>> echo = Echo("x/(x + 1)", Vocabulary(("x",)))
    >>> Console(width=16).print(echo)
                 x
      read as  ─────
               x + 1
    >>> Console(width=15).print(echo)
      read as  x/(x
               + 1)
    """

    def __init__(self, formula: str, vocabulary: Vocabulary) -> None:
        self._tree = parse(formula, vocabulary).tree

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        drawn = drawing(self._tree)
        if len(_LABEL) + drawn.width > options.max_width:
            yield self._in_one_line()
            return
        for place, line in enumerate(drawn.lines):
            label = _LABEL if place == drawn.baseline else " " * len(_LABEL)
            yield Text.assemble((label, "dim"), line.rstrip(), no_wrap=True)

    def _in_one_line(self) -> Table:
        grid = Table.grid()
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold")
        grid.add_row(Text(_LABEL, "dim"), unicode_line(self._tree))
        return grid


def is_tall(formula: str, vocabulary: Vocabulary) -> bool:
    """Whether a formula is drawn over several lines: it has a fraction, a root or a matrix.

    >>> is_tall("x/2", Vocabulary(("x",))), is_tall("x^2", Vocabulary(("x",)))
    (True, False)
    """
    return drawing(parse(formula, vocabulary).tree).height > 1
