"""One questionary prompt per form of entry; each gives back an answer or a command."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, TypeAlias

import questionary
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.styles import Style
from questionary.prompts.common import InquirerControl

from cli import words_of_sitting
from cli.begun import Begun
from cli.menu import LEAST_ROWS, Build, Keys, Rows, leaves, run
from cli.one_key import one_key
from cli.reply import SPELLINGS, After, Answer, Command, Draft, Reply, read
from cli.terminal import clip
from cli.typed import Typed, one_line
from cli.typed_lines import ReadRow, several_lines
from cli.window import above, columns, rows, wrapped
from grader.kinds.options import letter

Head: TypeAlias = tuple[str, tuple[str, ...]]
"""How to answer, and the keys there are."""

Offered: TypeAlias = tuple[str, str]
"""What an answer calls it, and how it is shown."""

_POINTER: Final = " ›"
_STYLE: Final = Style(
    [
        ("qmark", "fg:default nobold dim"),
        ("question", "nobold"),
        ("answer", "fg:default nobold"),
        ("pointer", "fg:ansicyan bold"),
        ("highlighted", "bold"),
        ("selected", "fg:ansicyan noreverse"),
        ("separator", "dim"),
        ("more", "fg:ansicyan"),
        ("quiet", "dim"),
        ("reading", ""),
        ("caret", "fg:ansiyellow"),
        ("chosen", "fg:ansicyan bold underline"),
        ("validation-toolbar", "fg:ansiyellow bg:default noreverse"),
    ]
)
_UNDO: Final = object()


def line(prompt: Typed) -> Reply:
    """One typed line, with how it is read below it."""
    return _read(lambda: one_line(prompt, _STYLE))


def lines(prompt: Typed, read_row: ReadRow, begun: Begun) -> tuple[Reply, str]:
    """Several typed lines, and those that stay to go on with; marks are asked for with a draft."""
    try:
        command, text = several_lines(prompt, read_row, _STYLE, begun)
    except (KeyboardInterrupt, EOFError):
        return Command.QUIT, ""
    if not command:
        return Answer(text), ""
    reply = read(command)
    return (Draft(text) if reply is Command.MARKS and text.strip() else reply), text


def pick_one(options: Sequence[Offered], head: Head) -> Reply:
    """One of several, by arrows or by letter."""
    picked = _select(range(len(options)), options, head)
    return picked if isinstance(picked, Command) else Answer(options[picked][0])


def pick_many(options: Sequence[Offered], head: Head) -> Reply:
    """Any of several, ticked by space or by letter."""

    def build() -> questionary.Question:
        return questionary.checkbox(
            "",
            choices=_choices(range(len(options)), options, lettered=True),
            validate=lambda picked: bool(picked) or f"  {words_of_sitting.PICK_SOMETHING}",
            instruction="\n",
            pointer=_POINTER,
            use_jk_keys=False,
            show_description=False,
            **_look(head),
        )

    def keys(control: InquirerControl) -> KeyBindings:
        bound = KeyBindings()
        bound.add("i", eager=True)(_nothing)  # questionary would turn every tick around
        for place in range(len(options)):
            bound.add(letter(place), eager=True)(_ticks(control, place))
        return bound

    picked = _run(build, keys, lambda: _height(head) + 1)  # the last line is for a complaint
    if isinstance(picked, Command):
        return picked
    return Answer(", ".join(options[place][0] for place in sorted(picked)))


def fill(
    places: Sequence[str], offered: Sequence[Offered], head: Head, *, once: bool
) -> list[str] | Command:
    """What is put in each place, one by one; backspace goes back to the one before."""
    filled: list[int] = []
    while len(filled) < len(places):
        free = [n for n in range(len(offered)) if not (once and n in filled)]
        if once and len(free) == 1:
            filled += free
            break
        picked = _select(free, offered, head, (places, [offered[n][1] for n in filled]))
        if isinstance(picked, Command):
            return picked
        filled = filled[:-1] if picked is _UNDO else [*filled, picked]
    return [offered[n][0] for n in filled]


def after(head: Head, *, variants: bool) -> After:
    """One key: to go on, to quit, or for more of the question just answered."""
    ways = {"enter": After.ON, "e": After.EXPLAIN, "q": After.QUIT, "c-d": After.QUIT}
    if variants:
        ways["v"] = After.VARIANT
    try:
        return After(one_key(head, ways, _STYLE))
    except KeyboardInterrupt:
        return After.QUIT


def _look(head: Head) -> dict[str, Any]:
    """What every prompt shares: the dim lines above it, and no trace afterwards."""
    return {"qmark": above(*head), "style": _STYLE, "erase_when_done": True}


def _height(head: Head) -> int:
    """Rows of those lines, and the blank one below it."""
    return above(*head).count("\n") + 2


def _select(
    free: Sequence[int],
    offered: Sequence[Offered],
    head: Head,
    filled: tuple[Sequence[str], Sequence[str]] = ((), ()),
) -> Any:
    """One of those that are free, under the places filled so far; backspace undoes one."""

    def build() -> questionary.Question:
        return questionary.select(
            "",
            choices=_choices(free, offered, lettered=False),
            use_shortcuts=True,
            use_jk_keys=False,
            instruction=_places(*filled, room()),
            pointer=_POINTER,
            show_description=False,
            **_look(head),
        )

    def keys(_: InquirerControl) -> KeyBindings:
        bound = KeyBindings()
        if filled[0]:
            bound.add("backspace")(leaves(_UNDO))
        return bound

    def room() -> int:
        return max(rows() - _height(head) - 1 - LEAST_ROWS, 1)

    def height() -> int:
        return _height(head) + (min(room(), len(filled[0])) + 1 if filled[0] else 0)

    return _run(build, keys, height)


def _choices(
    places: Iterable[int], offered: Sequence[Offered], *, lettered: bool
) -> list[questionary.Choice]:
    """Choices wrapped by hand: a prompt would cut long ones off."""
    indent = len("  › a) ") + 2 * lettered
    return [
        questionary.Choice(
            (f"{letter(place)}) " if lettered else "") + wrapped(offered[place][1], indent),
            value=place,
            shortcut_key=letter(place),
        )
        for place in places
    ]


def _places(places: Sequence[str], filled: Sequence[str], room: int) -> str:
    """The places with what has been put there; an arrow before the next one, which is seen always.

    >>> print(_places(["forget", "input", "output"], ["b"], room=2))
    <BLANKLINE>
    <BLANKLINE>
        forget = b
      → input
    <BLANKLINE>
    """
    lines = ["\n"] if places else [""]
    first = max(min(len(filled) - room // 2, len(places) - room), 0)
    for number in range(first, min(first + room, len(places))):
        sign = "→" if number == len(filled) else " "
        put = f" = {filled[number]}" if number < len(filled) else ""
        lines.append(clip(f"  {sign} {places[number]}{put}", columns()))
    return "\n".join([*lines, ""])


def _read(ask: Callable[[], str]) -> Reply:
    try:
        return read(ask().rstrip("\n"))
    except (KeyboardInterrupt, EOFError):
        return Command.QUIT


def _run(build: Build, keys: Keys, height: Rows) -> Any:
    """What was picked, or a command; Ctrl-C and Ctrl-D quit."""

    def all_keys(control: InquirerControl) -> KeyBindings:
        bound = keys(control)
        for spelling, command in SPELLINGS.items():
            if len(spelling) <= 2:
                bound.add(*spelling)(leaves(command))
        bound.add("c-d")(leaves(Command.QUIT))
        bound.add("c-z")(_suspends)
        return bound

    try:
        return run(build, all_keys, height)
    except (KeyboardInterrupt, EOFError):
        return Command.QUIT


def _suspends(event: KeyPressEvent) -> None:
    event.app.suspend_to_background()


def _nothing(event: KeyPressEvent) -> None:
    """A key that is to do nothing."""


def _ticks(control: InquirerControl, place: int) -> Callable[[KeyPressEvent], None]:
    def tick(event: KeyPressEvent) -> None:
        control.pointed_at = place
        value = control.get_pointed_at().value
        if value in control.selected_options:
            control.selected_options.remove(value)
        else:
            control.selected_options.append(value)

    return tick
