"""What is said while a learner answers: keys, marks, and what comes of a command."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from cli.words import Look

MARKS: Final[Mapping[str, Look]] = MappingProxyType(
    {
        "true": Look("✓", "holds", "right"),
        "follows": Look("✓", "follows from your own lines", "right"),
        "wrong": Look("✗", "does not hold", "wrong"),
        "malformed": Look("!", "could not be read", "unread"),
        "too-big": Look("◐", "holds, but too much at once", "partly"),
        "aside": Look("·", "holds, but says nothing", "quiet"),
        "undecided": Look("?", "a person must look", "undecided"),
        "words": Look(" ", "words", "quiet"),
    }
)
"""What is said of a line of a derivation, by its mark."""
ASK_AGAIN: Final = "It costs nothing; try again."
PICK_SOMETHING: Final = "Tick with space or a letter first."
EDIT_AGAIN: Final = "It costs nothing; try again (↑ brings it back)."
NO_MORE_HINTS: Final = "There is no further hint."
NOTHING_TYPED: Final = "Nothing was typed. Answer, or type :s to skip."
SKIPPED: Final = "Skipped."
STOPPED: Final = "Stopped here; what you answered is kept."
STOPPED_SHORT: Final = "Stopped here."
KEYS: Final = """\
?   hint: free, but back sooner
:s  skip: comes back at the end
:n  names and functions
:f  flag, to find it at the end
:r  show the question again
:q  quit; answers are kept (Ctrl-C)"""
"""What every command does."""
EDITING: Final = """\
Tab  completes a name
↑ ↓  your earlier answers to this
Ctrl-A Ctrl-E  ends of the line
Ctrl-W Ctrl-_  delete a word, undo"""
"""What further keys do where a line is typed."""
EDITING_LINES: Final = """\
:m   mark the lines so far (one hint)
↑ ↓  go to a line and change it
Tab  completes a name
Ctrl-U  delete a line
Alt-Enter  hand in from any line"""
"""What further keys do where lines are typed."""
NOT_LINE_BY_LINE: Final = "Only the lines of a derivation can be marked one by one."
EDIT_LINES_AGAIN: Final = "It costs nothing; your lines are there to be put right."
RESUME: Final = "Go on later"
NOTHING_INTERRUPTED: Final = "no session was interrupted; begin one with: rnnquiz take"
BANK_CHANGED: Final = "The bank has changed since; questions that are new in it may differ."
STILL_OPEN: Final = "a bracket is still open"
COMES_BACK: Final = "Skipped for now; it comes back at the end."
FLAG_SET: Final = "Flagged; you find it at the end. :f again takes the flag off."
FLAG_GONE: Final = "No longer flagged."
NAMES: Final = "Names"
FUNCTIONS: Final = "Functions"
NUMBERS_AS: Final = "Numbers as you like: 6272, 6,272, 6.272e3, 13/3, 75%, or 4*(17*32 + 32^2)"
ERRORS_OF: Final = "and the error δ of each"
NO_NAMES: Final = "No names are needed here."


def next_question(number: int, total: int) -> str:
    """What Enter does after a question; ``number`` is 0 after the last one.

    >>> next_question(2, 7), next_question(0, 7)
    ('Enter for question 2 of 7', 'Enter for the summary')
    """
    return f"Enter for question {number} of {total}" if number else "Enter for the summary"


def ways_on(*, variants: bool) -> tuple[str, ...]:
    """What else a key does after a question."""
    return ("e explain", *(["v with other numbers"] if variants else []), "q quit")


def commands(hints: int, *, lines: bool = False) -> tuple[str, ...]:
    """The commands every prompt takes, those first that are needed most; for ``lines`` also marks.

    >>> commands(2)[:4]
    ('? free hint', ':s skip', ':q quit', ':k keys')
    """
    hint = ("? free hint",) if hints else ()
    marks = (":m marks", ":q quit", ":k keys", ":s skip")
    first = marks if lines else (":s skip", ":q quit", ":k keys")
    return (*hint, *first, ":n names", ":f flag")


def line_marked(number: int, mark: str) -> str:
    """What is said of a line, to be heard.

    >>> line_marked(2, "wrong")
    'Line 2: does not hold.'
    """
    return f"Line {number}: {MARKS[mark].word}."


def commands_plain(hints: int) -> str:
    """The commands every question takes, as a sentence to be heard.

    >>> commands_plain(0)
    'Or type :s to skip for now, :q to quit, :k for all keys.'
    """
    hint = "? for a free hint, " if hints else ""
    return f"Or type {hint}:s to skip for now, :q to quit, :k for all keys."
