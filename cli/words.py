"""The words and signs of the terminal: everything the quiz itself says, in one place."""

from collections.abc import Mapping, Sequence
from datetime import date
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
TO_BE_JOINED: Final = "to be joined with"


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


def figure_cut(columns: int) -> str:
    """That a figure does not fit, and what helps."""
    return f"The figure is {columns} columns wide; widen the window and type :r to see all of it."


FLAGGED: Final = "Try what you flagged"


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
NOTE: Final = "Note"
MISCONCEPTION: Final = "Known misconception"
HISTORY: Final = "Your history"
ANSWERS: Final = "Your answers"
CHECK: Final = "Mark them again"
MISSED: Final = "Try what you missed"
AGAIN: Final = "Ask the same again"
RECORDED_AFTER_ALL: Final = "Your answers are in the history after all."
SAVED_AFTER_ALL: Final = "Your answers are saved after all."


def not_recorded(trouble: str) -> str:
    """That answers are in no history, why, and what comes of it."""
    return f"Not recorded: {trouble}. The quiz goes on, and the next answer tries again."


def not_saved(file: Path, reason: str) -> str:
    """That an answer file could not be written."""
    return f"Not saved: {file}: {reason}. The quiz goes on, and the next answer tries again."


NOTHING_ASKED: Final = "There is no answer of yours yet. Begin with: rnnquiz take"
NOTHING_MISSED: Final = "No mistake waits to be put right. Try: rnnquiz take --mix"
NOTHING_FITS: Final = "no question fits all of that; ask for less"


def nothing_due(following: date | None) -> str:
    """That nothing is due, and when something will be.

    >>> nothing_due(date(2026, 3, 4))
    'Nothing is due before Wednesday, 4 March. Try: rnnquiz take --mix'
    """
    when = f" before {following:%A}, {following.day} {following:%B}" if following else " here"
    return f"Nothing is due{when}. Try: rnnquiz take --mix"


def lost(answers: int) -> str:
    """What to say at the end when answers are in no history.

    >>> lost(1)
    'Not recorded: 1 answer.'
    """
    return f"Not recorded: {counted(answers, 'answer')}."


SLOPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "sent": "δv is ∂E/∂v over all routes; ∂a/∂b is the slope of one arrow.",
        "held": "∂a/∂b is the slope of one arrow, all else held fixed.",
        "total": "∂a/∂b counts every route that leads from b to a.",
    }
)
"""What δ and ∂ mean in the lines of a worked solution."""


def step_by_step(part: str, back: int | None) -> str:
    """What stands over a worked solution that was derived: of which part, how many steps back.

    >>> step_by_step("2/3", None), step_by_step("", 4), step_by_step("", 1)
    ('Step by step to 2/3', 'Step by step, 4 steps back', 'Step by step, 1 step back')
    """
    title = f"Step by step to {part}" if part else "Step by step"
    return title if back is None else f"{title}, {counted(back, 'step')} back"


def in_equation(equation: str) -> str:
    """To which equation of the cell a rule was applied."""
    return f"in {equation}"


def nothing_derived(name: str) -> str:
    """That a question has no worked solution which could be unrolled."""
    return f"{name} asks for no gradient or state of a cell; there are no steps to derive"


def too_far(reason: str, most: int) -> str:
    """That nobody would read a solution of so many steps, and how many can be read.

    >>> too_far("a line would be too long", 6)
    'a line would be too long; --steps 6 can still be read'
    """
    return f"{reason}; --steps {most} can still be read"


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
