"""A questionary list that fits its window, scrolls when it must, and follows when it is resized."""

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeAlias

import questionary
from prompt_toolkit.application import Application
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings
from prompt_toolkit.layout import Dimension, ScrollOffsets, UIContent, Window, WindowRenderInfo
from prompt_toolkit.layout.margins import Margin
from questionary.prompts.common import InquirerControl

from cli.window import columns, rows

Build: TypeAlias = Callable[[], questionary.Question]
Keys: TypeAlias = Callable[[InquirerControl], KeyBindings]
Rows: TypeAlias = Callable[[], int]

LEAST_ROWS: Final = 6  # of a list; what stands above it gives way first
_RESIZED: Final = object()


def run(build: Build, keys: Keys, above: Rows) -> Any:
    """What was picked below so many rows; built anew when the window gets another width."""
    before: InquirerControl | None = None
    while True:
        question = build()
        app, window = question.application, _list_in(question)
        control = window.content
        if before:
            control.pointed_at = before.pointed_at
            control.selected_options = before.selected_options
        _fit(window, [str(choice.title) for choice in control.choices], above)
        app.key_bindings = merge_key_bindings([*filter(None, [app.key_bindings]), keys(control)])
        app.before_render += _leaves_when_resized(columns())
        result = question.unsafe_ask()
        if result is not _RESIZED:
            return result
        before = control


def leaves(result: object) -> Callable[[KeyPressEvent], None]:
    """A key that ends a prompt with a result."""

    def leave(event: KeyPressEvent) -> None:
        event.app.exit(result=result)

    return leave


def _list_in(question: questionary.Question) -> Any:
    windows = question.application.layout.find_all_windows()
    return next(window for window in windows if isinstance(window.content, InquirerControl))


def _fit(window: Window, titles: Sequence[str], above: Rows) -> None:
    """Never taller than what is left of the window; the choice pointed at is seen whole."""
    deepest = max(title.count("\n") for title in titles)
    window.height = lambda: Dimension(max=max(rows() - above(), 1))
    window.scroll_offsets = ScrollOffsets(bottom=deepest)
    window.right_margins = [_More()]


class _More(Margin):
    """Arrows at the right edge where a list goes on above or below."""

    def get_width(self, get_ui_content: Callable[[], UIContent]) -> int:
        return 1

    def create_margin(
        self, window_render_info: WindowRenderInfo, width: int, height: int
    ) -> StyleAndTextTuples:
        info = window_render_info
        shown = [" "] * height
        if info.vertical_scroll + height < info.content_height:
            shown[-1] = "↓"
        if info.vertical_scroll:
            shown[0] = "↑"
        return [("class:more", "\n".join(shown))]


def _leaves_when_resized(width: int) -> Callable[[Application[Any]], None]:
    def leave(app: Application[Any]) -> None:
        if columns() != width and not app.is_done:
            app.exit(result=_RESIZED)

    return leave
