"""What the YAML parser says where it gives up, in an author's words."""

import re
from dataclasses import dataclass

from quizbank.problem import Problem

_INDENT = "indentation"
_QUOTE = "must-quote"

_WORDS = (
    (r"'\\t' that cannot start|tab character", "tab", "a tab is used to indent; use spaces"),
    ("cannot start any token", _QUOTE, "a text that begins with {mark} must be quoted"),
    (
        "mapping values are not allowed",
        _QUOTE,
        "a text with a colon and a space in it must be quoted (or this line is indented wrongly)",
    ),
    ("end of stream", "unclosed", "the quoted text that starts here is never closed"),
    (
        "expected ',' or",
        "unclosed",
        "the list or mapping that starts here is not closed, or an item in it must be quoted",
    ),
    (
        "expected (the )?node content",
        "unfinished",
        "something is missing here: a list or mapping was begun and not finished with ] or }}",
    ),
    ("expected <document start>", _INDENT, "this line does not belong to what stands before it"),
    (
        "expected key|expected ':'|expected <block end>",
        _INDENT,
        "a name and a colon belong here; look for a quote inside quotes, or wrong indentation",
    ),
    ("expected '-'", _INDENT, "the next item of the list belongs here: wrong indentation"),
    ("sequence entries are not allowed", _INDENT, "an item of a list must start on its own line"),
    ("undefined alias|alias", "alias", "'*' repeats another place; quote it if it is text"),
)
"""Pattern of what the parser says, the broken rule, and what to do; the first that fits is told."""


@dataclass(frozen=True, slots=True)
class Stumble:
    """Where the parser gave up: its words, the line where the broken thing began, and the place.

    Lines count from 1, ``at`` is the position in the text, from 0.
    """

    said: str
    began: int
    line: int
    at: int

    def explain(self, text: str, file: str) -> Problem:
        """The same as a problem.

        >>> print(Stumble("… unexpected end of stream", 3, 9, 70).explain("…", "rnn.yaml"))
        rnn.yaml:3: unclosed: the quoted text that starts here is never closed
        """
        if self.unknown_escape:
            word = _escape(text, self.at)
            message = f"{word!s} is no escape in double quotes; use single quotes or a block (|)"
            return Problem(file, self.line, "latex-in-quotes", message)
        mark = text[self.at : self.at + 1]
        said = self.said.replace("character that", f"character {mark!r} that")
        for pattern, rule, words in _WORDS:
            if re.search(pattern, said):
                last = text.rstrip().count("\n") + 1  # what is missing at the end is missing there
                line = self.began if rule == "unclosed" else min(self.line, last)
                return Problem(file, line, rule, words.format(mark=mark))
        return Problem(file, self.line, "yaml", self.said)

    def mended(self, text: str) -> str | None:
        r"""The text with one more backslash where that lets reading go on.

        >>> Stumble("found unknown escape character", 1, 1, 1).mended(r'"\sigma"')
        '"\\\\sigma"'
        """
        return text[: self.at] + "\\" + text[self.at :] if self.unknown_escape else None

    @property
    def unknown_escape(self) -> bool:
        return "unknown escape character" in self.said


def _escape(text: str, at: int) -> str:
    found = re.compile(r"\\([a-zA-Z]*|.)").match(text, at)
    return f"'{found[0]}'" if found else "this"
