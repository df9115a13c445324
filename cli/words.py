"""The words and signs of the terminal: everything the quiz itself says, in one place."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from cli.terminal import Style
from grader.entry import Entry
from grader.kinds.options import letter
from grader.quantity import plain
from grader.verdict import Outcome


class Look(NamedTuple):
    """Sign and word carry the meaning; the style repeats it."""

    sign: str
    word: str
    style: Style


LOOK: Final[Mapping[Outcome, Look]] = MappingProxyType(
    {
        Outcome.CORRECT: Look("✓", "Right", "right"),
        Outcome.PARTIAL: Look("◐", "Partly right", "partly"),
        Outcome.INCORRECT: Look("✗", "Not right", "wrong"),
        Outcome.MALFORMED: Look("!", "Could not be read", "unread"),
        Outcome.UNDECIDED: Look("?", "A person must look", "undecided"),
        Outcome.BLANK: Look("–", "No answer", "quiet"),
    }
)

LEVELS: Final = MappingProxyType({1: "recall", 2: "apply", 3: "derive"})

HOW: Final[Mapping[Entry, str]] = MappingProxyType(
    {
        Entry.ONE_LINE: "Type, then Enter",
        Entry.SEVERAL_LINES: "Type; an empty line ends it",
        Entry.PICK_ONE: "↑↓ or letter, Enter",
        Entry.PICK_MANY: "↑↓ and Space, or letters, Enter",
        Entry.ARRANGE: "↑↓ or letter, Enter · Backspace undoes",
    }
)
"""How to answer with the keyboard, by form of entry."""

HOW_PLAIN: Final[Mapping[Entry, str]] = MappingProxyType(
    {
        Entry.ONE_LINE: "Type the answer.",
        Entry.SEVERAL_LINES: "Type the answer; an empty line ends it.",
        Entry.PICK_ONE: "Type one letter.",
        Entry.PICK_MANY: "Type all letters that apply, such as: a, c.",
        Entry.ARRANGE: "Type one letter for each place, in order, such as: b, a, c.",
    }
)
"""How to answer by typing a line."""

USED_AGAIN: Final = "any may be used again"
ASK_AGAIN: Final = "It costs nothing; try again."
PICK_SOMETHING: Final = "Tick with space or a letter first."
EDIT_AGAIN: Final = "It costs nothing; try again (↑ brings it back)."
NO_MORE_HINTS: Final = "There is no further hint."
NOTHING_TYPED: Final = "Nothing was typed. Answer, or type :s to skip."
TO_BE_JOINED: Final = "to be joined with"
SKIPPED: Final = "Skipped."
STOPPED: Final = "Stopped here; what you answered is kept."


def how(entry: Entry, names: Sequence[str], *, again: bool = False) -> str:
    """How to answer with the keyboard: in which names, or whether an offer may be used ``again``.

    >>> how(Entry.ONE_LINE, ("f_t", "c_{t-1}"))
    'A formula in f_t, c_{t-1}'
    """
    if names:
        return f"A formula in {', '.join(names)}"
    return f"{HOW[entry]} · {USED_AGAIN}" if again else HOW[entry]


def how_plain(entry: Entry, names: Sequence[str]) -> str:
    """How to answer by typing a line.

    >>> how_plain(Entry.ONE_LINE, ())
    'Type the answer.'
    """
    return f"Type a formula in {', '.join(names)}." if names else HOW_PLAIN[entry]


def how_arranged(places: int, offers: int, *, again: bool) -> str:
    """How to fill so many places by typing a line.

    >>> how_arranged(3, 2, again=True)
    'Type 3 letters, one for each place in order, such as: a, b, a. Any may be used again.'
    """
    letters = ", ".join(letter(place % offers) for place in reversed(range(places)))
    typed = f"Type {places} letters, one for each place in order, such as: {letters}."
    return f"{typed} {USED_AGAIN.capitalize()}." if again else typed


def right_answer(entry: Entry, part: str) -> str:
    """What stands before a right answer; free text has many good ones.

    >>> right_answer(Entry.ONE_LINE, "2/3"), right_answer(Entry.SEVERAL_LINES, "")
    ('Right answer to 2/3', 'A good answer')
    """
    title = "A good answer" if entry is Entry.SEVERAL_LINES else "Right answer"
    return f"{title} to {part}" if part else title


def level(number: int) -> str:
    """What a level asks of a learner.

    >>> level(2), level(9)
    ('apply', 'level 9')
    """
    return LEVELS.get(number, f"level {number}")


def next_question(number: int, total: int) -> str:
    """What Enter does between two questions."""
    return f"Enter for question {number} of {total} · :q quit"


def figure_cut(columns: int) -> str:
    """That a figure does not fit, and what helps."""
    return f"The figure is {columns} columns wide; widen the window and type :r to see all of it."


def commands(hints: int) -> str:
    """The commands every prompt takes; hints while there are some.

    >>> commands(2)
    '? hint · :s skip · :q quit'
    """
    return " · ".join([*(["? hint"] if hints else []), ":s skip", ":q quit"])


def commands_plain(hints: int) -> str:
    """The commands every question takes, as a sentence to be heard.

    >>> commands_plain(0)
    'Or type :s to skip, :r to repeat, :q to quit.'
    """
    hint = "? for a hint, " if hints else ""
    return f"Or type {hint}:s to skip, :r to repeat, :q to quit."


def points(earned: Fraction, possible: Fraction) -> str:
    """What was earned of what could be.

    >>> points(Fraction(1, 2), Fraction(2)), points(Fraction(1), Fraction(1))
    ('0.5 of 2 points', '1 of 1 point')
    """
    return f"{plain(earned)} of {counted(possible, 'point')}"


def counted(number: Fraction | int, noun: str) -> str:
    """A number with its noun.

    >>> counted(1, "question"), counted(Fraction(3, 2), "point")
    ('1 question', '1.5 points')
    """
    return f"{plain(Fraction(number))} {noun}{'' if number == 1 else 's'}"


def differs(answer: str, understood: str) -> bool:
    """Whether it is worth saying how an answer was read.

    >>> differs("6,272", "6272"), differs(" 6272 ", "6272"), differs("f_t * c_t", "f_t*c_t")
    (True, False, False)
    """
    return bool(understood) and "".join(answer.split()) != "".join(understood.split())


PROVING: Final = "Working out every question for 51 seeds …"
SOLUTION: Final = "Solution"
READ_AS: Final = "read as"
MISCONCEPTION: Final = "Known misconception"
HISTORY: Final = "Your history"
ANSWERS: Final = "Your answers"
CHECK: Final = "Mark them again"
MISSED: Final = "Try what you missed"
AGAIN: Final = "Ask the same again"


def left_out(problems: int, bank: Path | None) -> str:
    """That a bank is not whole, and how to see why."""
    lint = f"rnnquiz bank lint {bank or ''}".strip()
    return f"Questions with problems are left out ({problems}); {lint} shows them."


def linted(questions: int, problems: int) -> str:
    """What lint came to.

    >>> linted(78, 0), linted(1, 2)
    ('78 questions: nothing is wrong.', '1 question: 2 problems.')
    """
    found = counted(problems, "problem") if problems else "nothing is wrong"
    return f"{counted(questions, 'question')}: {found}."
