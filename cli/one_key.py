"""A prompt that waits for one key."""

from collections.abc import Mapping
from typing import Any

import questionary
from prompt_toolkit.application import Application
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import Layout, Window
from prompt_toolkit.layout.controls import FormattedTextControl
from prompt_toolkit.styles import BaseStyle

from cli.menu import leaves
from cli.window import above


def one_key(head: tuple[str, tuple[str, ...]], ways: Mapping[str, object], style: BaseStyle) -> Any:
    """What the key that was pressed stands for; raises `KeyboardInterrupt` for Ctrl-C."""
    keys = KeyBindings()
    for key, way in ways.items():
        keys.add(key)(leaves(way))

    @keys.add("c-c")
    def _(event: KeyPressEvent) -> None:
        event.app.exit(exception=KeyboardInterrupt())

    @keys.add("c-z")
    def _(event: KeyPressEvent) -> None:
        event.app.suspend_to_background()

    shown = FormattedTextControl(lambda: [("class:qmark", above(*head))], show_cursor=False)
    app: Application[Any] = Application(
        Layout(Window(shown, dont_extend_height=True)),
        key_bindings=keys,
        style=style,
        erase_when_done=True,
    )
    return questionary.Question(app).unsafe_ask()
