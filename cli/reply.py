"""What comes back from a prompt: an answer, or one of the commands that every prompt takes."""

from dataclasses import dataclass
from enum import Enum
from typing import Final, TypeAlias


class Command(Enum):
    """What a learner may ask for instead of answering."""

    HINT = "hint"
    SKIP = "skip"
    REPEAT = "repeat"
    QUIT = "quit"
    FLAG = "flag"
    NAMES = "names"
    KEYS = "keys"
    MARKS = "marks"


class After(Enum):
    """What a learner may want once a question is answered."""

    ON = "on"
    EXPLAIN = "explain"
    VARIANT = "variant"
    QUIT = "quit"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was typed or picked, as the grader reads it."""

    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """Lines so far, of which the learner wants to know how each stands."""

    text: str


Reply: TypeAlias = Answer | Command | Draft

SPELLINGS: Final = {
    "?": Command.HINT,
    **{f":{command.value}": command for command in Command},
    **{f":{command.value[0]}": command for command in Command},
}
"""``?`` and ``:`` begin no answer in any notation, so commands are never taken for one."""


def read(line: str) -> Reply:
    """A typed line as a command or an answer.

    >>> read(" :q "), read("?"), read("6,272")
    (<Command.QUIT: 'quit'>, <Command.HINT: 'hint'>, Answer(text='6,272'))
    """
    return SPELLINGS.get(line.strip().casefold(), Answer(line))
