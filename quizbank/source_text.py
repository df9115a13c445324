"""The text of a file, before anybody makes sense of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quizbank.problem import Problem

MAX_CHARACTERS = 10_000_000
"""Longest file read, in characters; a bank of 1 000 questions has about 4 000 000."""

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]"
)


@dataclass(frozen=True, slots=True)
class Source:
    """A file of a bank: how it is called in problems, and what is in it.

    ``own`` is false for the shipped misconceptions, which every bank may use.
    """

    file: str
    data: bytes
    lists_misconceptions: bool = False
    own: bool = True


def text_of(data: bytes, file: str) -> tuple[str, list[Problem]]:
    """The normalized text of a file in UTF-8; a problem names the line where it stops being that.

    >>> text_of(b"a: 1\\r\\nb: \\xff", "old.yaml")[1][0].line
    2
    """
    try:
        return normalized(data.decode("utf-8")), []
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return "", [Problem(file, line, "not-utf8", "this is not UTF-8 text; save it as UTF-8")]


def normalized(text: str) -> str:
    """Text without byte order mark, its lines ended by a line feed."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def unreadable(text: str, file: str) -> Iterator[Problem]:
    """What makes a text no text: too much of it, or characters that nobody can see.

    >>> [str(problem) for problem in unreadable("a\\n\\x1b[2J", "a.yaml")]
    ['a.yaml:2: control-character: the invisible character U+001B stands here']
    """
    if len(text) > MAX_CHARACTERS:
        yield Problem(file, 1, "too-long", f"more than {MAX_CHARACTERS} characters")
    elif found := _FORBIDDEN.search(text):
        line = text.count("\n", 0, found.start()) + 1
        message = f"the invisible character U+{ord(found.group()):04X} stands here"
        yield Problem(file, line, "control-character", message)
