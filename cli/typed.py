"""The prompt for typed answers: below it stands how they are read, key by key."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import questionary
from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.completion import DummyCompleter
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import HSplit, Layout, VerticalAlign, Window
from prompt_toolkit.layout.controls import BufferControl, FormattedTextControl
from prompt_toolkit.layout.processors import BeforeInput
from prompt_toolkit.styles import BaseStyle

from cli.beneath import Room, beneath, completions
from cli.completing import Complete, Words, last_word
from cli.understood import NOTHING, Understood
from cli.warming import warm
from cli.window import above, columns, rows

POINTER: Final = "  › "
_FEWEST_ROWS: Final = 1


def nothing_read(text: str) -> Understood:
    """For answers that are told in words."""
    return NOTHING


@dataclass(frozen=True, slots=True)
class Typed:
    """What a prompt is for: what stands above it, how its text is read, and what Tab knows.

    ``beneath`` is how many rows are kept free below the text, so that it never moves; ``earlier``
    is what the arrow up brings back, oldest first.
    """

    how: str
    keys: tuple[str, ...] = ()
    read: Callable[[str], Understood] = nothing_read
    words: Words | None = None
    beneath: int = 0
    earlier: Sequence[str] = ()


def one_line(prompt: Typed, style: BaseStyle) -> str:
    """A typed line; raises `EOFError` or `KeyboardInterrupt` where it is left."""
    return _ask(prompt, style, _line_keys())


def _ask(prompt: Typed, style: BaseStyle, keys: KeyBindings) -> str:
    buffer = Buffer(
        completer=Complete(prompt.words) if prompt.words else DummyCompleter(),
        history=InMemoryHistory(list(prompt.earlier)),
        multiline=False,
    )
    app: Application[Any] = Application(
        layout=_layout(buffer, prompt),
        key_bindings=keys,
        style=style,
        erase_when_done=True,
        after_render=lambda _: warm(),
    )
    return str(questionary.Question(app).unsafe_ask())


def _layout(buffer: Buffer, prompt: Typed) -> Layout:
    text = BufferControl(buffer, input_processors=[BeforeInput(POINTER, style="class:qmark")])
    below = FormattedTextControl(lambda: _below(buffer, prompt))
    windows = [
        Window(FormattedTextControl(lambda: _above(prompt)), dont_extend_height=True),
        Window(text, wrap_lines=True, dont_extend_height=True),
        Window(below, height=lambda: free_rows(prompt)),
    ]
    return Layout(HSplit(windows, align=VerticalAlign.TOP), focused_element=text)


def _above(prompt: Typed) -> StyleAndTextTuples:
    return [("class:qmark", above(prompt.how, prompt.keys))]


def free_rows(prompt: Typed) -> int:
    """The rows below the text: fewer in a small window."""
    taken = above(prompt.how, prompt.keys).count("\n") + 2
    return min(prompt.beneath, max(rows() - taken, _FEWEST_ROWS))


def _below(buffer: Buffer, prompt: Typed) -> StyleAndTextTuples:
    room = Room(columns(), free_rows(prompt), len(POINTER))
    if state := buffer.complete_state:
        return completions([one.text for one in state.completions], state.complete_index, room)
    read = prompt.read(buffer.text)
    word = last_word(buffer.text) if read.unfinished and prompt.words else ""
    offered = prompt.words.beginning(word) if prompt.words and word else ()
    return beneath(buffer.text, read, offered, room)


def _line_keys() -> KeyBindings:
    keys = leaving()

    @keys.add("enter")
    def _(event: KeyPressEvent) -> None:
        event.app.exit(result=event.current_buffer.text)

    @keys.add(Keys.BracketedPaste)
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text(" ".join(event.data.split("\n")))

    return keys


def leaving() -> KeyBindings:
    """Ctrl-C and Ctrl-D end it; Ctrl-Z is for the shell."""
    keys = KeyBindings()

    @keys.add("c-c")
    def _(event: KeyPressEvent) -> None:
        event.app.exit(exception=KeyboardInterrupt())

    @keys.add("c-d")
    def _(event: KeyPressEvent) -> None:
        if event.current_buffer.text:
            event.current_buffer.delete()
        else:
            event.app.exit(exception=EOFError())

    @keys.add("c-z")
    def _(event: KeyPressEvent) -> None:
        event.app.suspend_to_background()

    return keys
