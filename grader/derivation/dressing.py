r"""What stands around formulas in typed lines: labels, numbers, comments, typesetting."""

import re
from typing import Final

from grader.reading.wrapping import spelled_out

_COMMENT: Final = re.compile(r"(?:#|//|%)(?!\d).*")
_LABEL: Final = re.compile(
    r"^\s*(?:[-•*]\s+(?=.*=)|\(?\d{1,2}[.)](?!\d)\s*|\(?[a-z]\)\s+|(?:step|line)\s+\d+\s*[:.)-]?\s+)+",
    re.IGNORECASE,
)
_TYPESET: Final = re.compile(
    r"\\(?:begin|end)\s*\{[a-z]+\*?\}|\\(?:tag|label)\s*\{[^{}]*\}|\\(?:notag|nonumber)\b|\\[\[\]()]|\$+|&"
)
_NUMBER: Final = re.compile(
    r"(?<![*·×+/⊙=−(-])\s\(\s*(?:\d{1,2}[a-z]?|[ivx]{1,4}|\*{1,3})\s*\)\s*$"
)
_END: Final = re.compile(
    r"\s(?:[∎■□◻]|\\(?:qed|blacksquare|square)(?![A-Za-z])|q\.\s?e\.\s?d\b)[\s.]*$", re.IGNORECASE
)
_UNDER: Final = re.compile(
    r"\\underbrace\s*(\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\})\s*_\s*\{(?:[^{}]|\{[^{}]*\})*\}"
)
_INVISIBLE: Final = re.compile("[\u200e\u200f\ufeff]")  # that only tell which way to write


def uncommented(text: str) -> str:
    """A line without the comment at its end."""
    return _COMMENT.sub("", text)


def visible(text: str) -> str:
    """A text without marks that nobody sees, and that came along when it was pasted."""
    return _INVISIBLE.sub(" ", text)


def undressed(text: str) -> str:
    r"""A line with everything else gone, each formula at its place.

    >>> [undressed(one).rstrip() for one in ("(1) $c_t = f_t$ # why", r"\underbrace{f_t}_{gate} ∎")]
    ['     c_t = f_t', '                  {f_t}']
    """
    text = uncommented(_LABEL.sub(_blank, text, count=1))
    text = _UNDER.sub(lambda found: _blank(found)[: -len(found[1])] + found[1], text)
    return _END.sub(_blank, _NUMBER.sub(_blank, _TYPESET.sub(_blank, spelled_out(text))))


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])
