"""The prompt for several typed lines, edited as lines, with their numbers and marks beside them."""

from collections.abc import Callable
from typing import Any, Final

import questionary
from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.completion import DummyCompleter
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import HSplit, Layout, UIContent, VerticalAlign, Window, WindowRenderInfo
from prompt_toolkit.layout.controls import BufferControl, FormattedTextControl
from prompt_toolkit.layout.margins import Margin
from prompt_toolkit.styles import BaseStyle

from cli.begun import Begun
from cli.beneath import Room, beneath, completions
from cli.completing import Complete
from cli.reply import Command, read
from cli.typed import Typed, free_rows, leaving
from cli.understood import Understood
from cli.warming import warm
from cli.window import above, columns

ReadRow = Callable[[str, int], Understood]
"""How one row of a text is read among the others."""

_INDENT: Final = 6  # sign, number, blank


def several_lines(
    prompt: Typed, read_row: ReadRow, style: BaseStyle, begun: Begun
) -> tuple[str, str]:
    """A command, or none, and the lines; raises `EOFError` or `KeyboardInterrupt` where it is left.

    An empty line at the end ends it; a command that stands alone in a line is no part of the text.
    """
    buffer = Buffer(
        document=Document(f"{begun.text}\n" if begun.text else ""),
        completer=Complete(prompt.words) if prompt.words else DummyCompleter(),
    )
    app: Application[Any] = Application(
        layout=_layout(buffer, prompt, read_row, begun),
        key_bindings=_keys(),
        style=style,
        erase_when_done=True,
        after_render=lambda _: warm(),
    )
    command, text = questionary.Question(app).unsafe_ask()
    return command, text


def _layout(buffer: Buffer, prompt: Typed, read_row: ReadRow, begun: Begun) -> Layout:
    text = BufferControl(buffer)
    below = FormattedTextControl(lambda: _below(buffer, prompt, read_row))
    windows = [
        Window(
            FormattedTextControl(lambda: [("class:qmark", above(prompt.how, prompt.keys))]),
            dont_extend_height=True,
        ),
        Window(
            text,
            wrap_lines=True,
            dont_extend_height=True,
            left_margins=[_Numbers(buffer, begun)],
        ),
        Window(below, height=lambda: free_rows(prompt)),
    ]
    return Layout(HSplit(windows, align=VerticalAlign.TOP), focused_element=text)


def _below(buffer: Buffer, prompt: Typed, read_row: ReadRow) -> StyleAndTextTuples:
    room = Room(columns(), free_rows(prompt), _INDENT)
    if state := buffer.complete_state:
        return completions([one.text for one in state.completions], state.complete_index, room)
    document = buffer.document
    row = read_row(buffer.text, document.cursor_position_row)
    return beneath(document.current_line, row, (), room)


class _Numbers(Margin):
    """The number of every line and, where it was marked and has not changed since, its sign."""

    def __init__(self, buffer: Buffer, begun: Begun) -> None:
        self._buffer = buffer
        self._begun = begun

    def get_width(self, get_ui_content: Callable[[], UIContent]) -> int:
        return _INDENT

    def create_margin(
        self, window_render_info: WindowRenderInfo, width: int, height: int
    ) -> StyleAndTextTuples:
        signs = self._begun.signs_in(self._buffer.text)
        shown: StyleAndTextTuples = []
        before = -1
        for row in window_render_info.displayed_lines:
            label = f"  {signs.get(row, ' ')}{row + 1:>2} " if row != before else ""
            shown += [("class:qmark", label), ("", "\n")]
            before = row
        return shown


def _keys() -> KeyBindings:
    keys = leaving()

    @keys.add("enter")
    def _(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        document = buffer.document
        line, is_last = document.current_line, document.is_cursor_at_the_end
        if isinstance(read(line), Command):
            at = document.cursor_position_row
            others = [*document.lines[:at], *document.lines[at + 1 :]]
            event.app.exit(result=(line, "\n".join(others).rstrip()))
        elif is_last and not line.strip() and buffer.text.strip():
            event.app.exit(result=("", buffer.text.rstrip()))
        else:
            buffer.newline(copy_margin=False)

    keys.add("c-u")(_delete_line)
    keys.add("escape", "enter")(_send)
    return keys


def _delete_line(event: KeyPressEvent) -> None:
    """Empty the line, or take it away where it is empty."""
    buffer = event.current_buffer
    document = buffer.document
    if not document.current_line:
        buffer.delete_before_cursor()
        return
    buffer.cursor_right(document.get_end_of_line_position())
    buffer.delete_before_cursor(len(document.current_line))


def _send(event: KeyPressEvent) -> None:
    """Hand in what stands there, from any line."""
    event.app.exit(result=("", event.current_buffer.text.rstrip()))
