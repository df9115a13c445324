"""One questionary prompt per form of entry; each gives back an answer or a command."""

import shutil
import textwrap
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, TypeAlias

import questionary
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings
from prompt_toolkit.styles import Style
from questionary.prompts.common import InquirerControl

from cli import words
from cli.render import MARGIN, WIDEST
from cli.reply import SPELLINGS, Answer, Command, Reply, read
from cli.terminal import clip
from grader.kinds.options import letter

Offered: TypeAlias = tuple[str, str]
"""What an answer calls it, and how it is shown."""

_POINTER: Final = " ›"
_TYPE_HERE: Final = "\n  ›"
_STYLE: Final = Style(
    [
        ("qmark", "fg:default nobold dim"),
        ("question", "nobold"),
        ("answer", "fg:default nobold"),
        ("pointer", "fg:ansicyan bold"),
        ("highlighted", "bold"),
        ("selected", "fg:ansicyan noreverse"),
        ("separator", "dim"),
        ("validation-toolbar", "fg:ansiyellow bg:default noreverse"),
    ]
)
_UNDO: Final = object()


def line(how: str, before: str = "") -> Reply:
    """One typed line; the arrow up brings back what was typed ``before``."""
    history = InMemoryHistory([before] if before else [])
    return _typed(questionary.text(_TYPE_HERE, history=history, **_look(how)))


def lines(how: str) -> Reply:
    """Several typed lines, ended by an empty one."""
    keys = KeyBindings()

    @keys.add("enter")
    def _(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        ended = buffer.text and not buffer.document.current_line
        if ended or isinstance(read(buffer.text), Command):
            buffer.validate_and_handle()
        else:
            buffer.newline()

    look = {**_look(how), "prompt_continuation": " " * (MARGIN + 2), "key_bindings": keys}
    return _typed(questionary.text(_TYPE_HERE, multiline=True, instruction="", **look))


def pick_one(options: Sequence[Offered], how: str) -> Reply:
    """One of several, by arrows or by letter."""
    picked = _select(range(len(options)), options, how)
    return picked if isinstance(picked, Command) else Answer(options[picked][0])


def pick_many(options: Sequence[Offered], how: str) -> Reply:
    """Any of several, ticked by space or by letter."""
    question = questionary.checkbox(
        "",
        choices=_choices(range(len(options)), options, lettered=True),
        validate=lambda picked: bool(picked) or f"  {words.PICK_SOMETHING}",
        instruction="\n",
        pointer=_POINTER,
        use_jk_keys=False,
        show_description=False,
        **_look(how),
    )
    control = _control(question)
    keys = KeyBindings()
    for place in range(len(options)):
        keys.add(letter(place), eager=True)(_ticks(control, place))
    picked = _run(question, keys)
    if isinstance(picked, Command):
        return picked
    return Answer(", ".join(options[place][0] for place in sorted(picked)))


def fill(
    places: Sequence[str], offered: Sequence[Offered], how: str, *, once: bool
) -> list[str] | Command:
    """What is put in each place, one by one; backspace goes back to the one before."""
    filled: list[int] = []
    while len(filled) < len(places):
        free = [n for n in range(len(offered)) if not (once and n in filled)]
        if once and len(free) == 1:
            filled += free
            break
        keys = KeyBindings()
        keys.add("backspace")(_leaves(_UNDO))
        above = _places(places, [offered[n][1] for n in filled])
        picked = _select(free, offered, how, above, keys)
        if isinstance(picked, Command):
            return picked
        filled = filled[:-1] if picked is _UNDO else [*filled, picked]
    return [offered[n][0] for n in filled]


def enter(how: str) -> bool:
    """Wait for Enter; whether to go on."""
    return _typed(questionary.text(" ", **_look(how))) is not Command.QUIT


def _look(how: str) -> dict[str, Any]:
    """What every prompt shares: the dim line above it, and no trace afterwards."""
    width = _columns() - MARGIN
    wrapped = "\n".join(part for row in how.split("\n") for part in textwrap.wrap(row, width))
    shown = textwrap.indent(wrapped, " " * MARGIN)
    return {"qmark": shown, "style": _STYLE, "erase_when_done": True}


def _columns() -> int:
    """How wide prompts may be; the last column stays free, or some terminals would wrap."""
    return min(shutil.get_terminal_size().columns - 1, WIDEST + MARGIN)


def _select(
    places: Iterable[int],
    offered: Sequence[Offered],
    how: str,
    above: str = "\n",
    keys: KeyBindings | None = None,
) -> Any:
    question = questionary.select(
        "",
        choices=_choices(places, offered, lettered=False),
        use_shortcuts=True,
        use_jk_keys=False,
        instruction=above,
        pointer=_POINTER,
        show_description=False,
        **_look(how),
    )
    return _run(question, keys or KeyBindings())


def _choices(
    places: Iterable[int], offered: Sequence[Offered], *, lettered: bool
) -> list[questionary.Choice]:
    """Choices wrapped by hand: a prompt would cut long ones off."""
    indent = len("  › a) ") + 2 * lettered
    width = max(_columns() - indent, 10)
    return [
        questionary.Choice(
            (f"{letter(place)}) " if lettered else "")
            + f"\n{' ' * indent}".join(textwrap.wrap(offered[place][1], width) or [""]),
            value=place,
            shortcut_key=letter(place),
        )
        for place in places
    ]


def _places(places: Sequence[str], filled: Sequence[str]) -> str:
    """The places with what has been put there; an arrow before the next one."""
    width = _columns()
    rows = ["\n"]
    for number, place in enumerate(places):
        sign = "→" if number == len(filled) else " "
        put = f" = {filled[number]}" if number < len(filled) else ""
        rows.append(clip(f"  {sign} {place}{put}", width))
    return "\n".join([*rows, ""])


def _typed(question: questionary.Question) -> Reply:
    try:
        return read(question.unsafe_ask().rstrip("\n"))
    except (KeyboardInterrupt, EOFError):
        return Command.QUIT


def _run(question: questionary.Question, keys: KeyBindings) -> Any:
    """What was picked, or a command; Ctrl-C and Ctrl-D quit."""
    for spelling, command in SPELLINGS.items():
        if len(spelling) <= 2:
            keys.add(*spelling)(_leaves(command))
    keys.add("c-d")(_leaves(Command.QUIT))
    app = question.application
    app.key_bindings = merge_key_bindings([*filter(None, [app.key_bindings]), keys])
    try:
        return question.unsafe_ask()
    except (KeyboardInterrupt, EOFError):
        return Command.QUIT


def _leaves(result: object) -> Callable[[KeyPressEvent], None]:
    def leave(event: KeyPressEvent) -> None:
        event.app.exit(result=result)

    return leave


def _ticks(control: InquirerControl, place: int) -> Callable[[KeyPressEvent], None]:
    def tick(event: KeyPressEvent) -> None:
        control.pointed_at = place
        value = control.get_pointed_at().value
        if value in control.selected_options:
            control.selected_options.remove(value)
        else:
            control.selected_options.append(value)

    return tick


def _control(question: questionary.Question) -> InquirerControl:
    """The list inside a prompt."""
    windows = question.application.layout.find_all_windows()
    return next(w.content for w in windows if isinstance(w.content, InquirerControl))
