"""Markdown with ``$LaTeX$``, as authors write it, for a terminal."""

import re
from collections.abc import Iterator
from itertools import dropwhile
from typing import ClassVar, Final

from rich import box
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.markdown import CodeBlock, Heading, Markdown, TableElement
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from cli.mathtext import unicode_math
from grader.reading.display import visible

_FENCE: Final = r"(?P<fence>^ *```.*?^ *```[^\n]*$)"
_CODE: Final = r"(?P<ticks>`+)(?P<code>.+?)(?P=ticks)"
_DISPLAY: Final = r"\$\$(?P<display>.+?)\$\$"
_INLINE: Final = r"\$(?=\S)(?P<inline>(?:[^$\\]|\\.)+?)\$(?!\d)"
_MATH: Final = re.compile(rf"{_FENCE}|{_CODE}|\\\$|{_DISPLAY}|{_INLINE}", re.DOTALL | re.MULTILINE)
_MARKS: Final = re.compile(
    rf"{_CODE}|\\(?P<escaped>[!-/:-@\[-`{{-~])|{_DISPLAY}|{_INLINE}"
    r"|\*\*(?=\S)(?P<strong>.+?)\*\*|(?<![^\s(“])\*(?=[^\s*])(?P<emphasis>[^*]*[^\s*])\*(?![\w*])",
    re.DOTALL,
)
_PUNCTUATION: Final = re.compile(r"([!-/:-@\[-`{-~])")


def safe(text: str) -> str:
    """Text of several lines without anything a terminal would obey.

    >>> safe("a\\x1b[2J\\n\\tb")
    'a␛[2J\\n    b'
    """
    return "\n".join(visible(line.expandtabs(4)) for line in text.splitlines())


def prose(text: str, *, raised: bool = True) -> RenderableType:
    """Blocks of Markdown: paragraphs, lists, tables and code; formulas as Unicode."""

    def shown(match: re.Match[str]) -> str:
        if match["display"]:
            return f"\n\n```math\n{unicode_math(match['display'].strip(), raised=raised)}\n```\n\n"
        if match["inline"]:
            return _PUNCTUATION.sub(r"\\\1", unicode_math(match["inline"], raised=raised))
        return match[0]

    return _Markdown(_MATH.sub(shown, safe(text)), hyperlinks=False)


def phrase(text: str, *, raised: bool = True) -> Text:
    """One run of inline Markdown: formulas, ``code``, strong and emphasis.

    >>> phrase("the *gate* $f_t$ is `0` **always**").plain
    'the gate fₜ is 0 always'
    >>> phrase("4*(n+m)*k costs \\\\$5").plain
    '4*(n+m)*k costs $5'
    """
    run, end = Text(), 0
    source = " ".join(safe(text).split())
    for match in _MARKS.finditer(source):
        run.append(source[end : match.start()])
        run.append_text(_marked(match, raised))
        end = match.end()
    return run.append(source[end:])


def _marked(match: re.Match[str], raised: bool) -> Text:
    if match["code"]:
        return Text(match["code"].strip(), "markdown.code")
    if match["escaped"]:
        return Text(match["escaped"])
    if formula := match["display"] or match["inline"]:
        return Text(unicode_math(formula, raised=raised).replace("\n", "; "))
    style = "bold" if match["strong"] else "italic"
    inner = phrase(match["strong"] or match["emphasis"], raised=raised)
    inner.stylize(style)
    return inner


def formulas(text: str, *, raised: bool = True) -> Text:
    """Text in which only formulas between dollar signs mean anything.

    >>> formulas("at $c_t$ = 2: yours 4*c_t").plain
    'at cₜ = 2: yours 4*c_t'
    """

    def shown(match: re.Match[str]) -> str:
        formula = match["display"] or match["inline"]
        return unicode_math(formula, raised=raised) if formula else match[0]

    return Text(_MATH.sub(shown, safe(text)))


class _Heading(Heading):
    """Bold and flush left; a prompt is no place for banners."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        self.text.justify = "left"
        yield self.text


class _CodeBlock(CodeBlock):
    """Code as it stands, indented; formulas on a line of their own may wrap."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        code = Text(str(self.text).rstrip("\n"))
        if self.lexer_name != "math":
            code = Text(code.plain, "markdown.code_block", no_wrap=True, overflow="ellipsis")
        yield Padding(code, (0, 0, 0, 4))


class _Table(TableElement):
    """Columns under a rule, without a cage."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        table = Table(
            box=box.SIMPLE_HEAD,
            show_edge=False,
            pad_edge=False,
            header_style="bold",
            border_style="dim",
        )
        for column in self._header():
            table.add_column(column, overflow="fold")
        if self.body is not None:
            for row in self.body.rows:
                table.add_row(*(cell.content for cell in row.cells))
        yield table

    def _header(self) -> Iterator[Text]:
        if self.header is not None and self.header.row is not None:
            for cell in self.header.row.cells:
                yield cell.content


class _Markdown(Markdown):
    """Markdown without the blank line that a list or a table would begin with."""

    elements: ClassVar = {
        **Markdown.elements,
        "heading_open": _Heading,
        "fence": _CodeBlock,
        "code_block": _CodeBlock,
        "table_open": _Table,
    }

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        shown = super().__rich_console__(console, options)
        return dropwhile(lambda one: isinstance(one, Segment) and one.text == "\n", shown)
