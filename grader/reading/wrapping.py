r"""What people put around an answer: mathematics marks, quotes, emphasis, a full stop."""

import re
from typing import Final

_PAIRS: Final = (
    (r"\(", r"\)"),
    (r"\[", r"\]"),
    ("$$", "$$"),
    ("$", "$"),
    ("```", "```"),
    ("`", "`"),
    ("**", "**"),
    ("*", "*"),
    ("_", "_"),
    ('"', '"'),
    ("'", "'"),
    ("“", "”"),
    ("„", "“"),
    ("‘", "’"),
    ("«", "»"),
    (r"\boxed{", "}"),
)
_DEFINED = re.compile(r":=|←")
_BRACKETED_INDEX = re.compile(r"_\{\s*\(([^(){}]*)\)\s*\}")
_THOUSAND = re.compile(r"(?<![\w.,])(\d+(?:\.\d+)?) ?k(?![\w^{'(\[])")
_STOP = re.compile(r"(?<![.\s])\s*[.,;]$")
_ANSWER = re.compile(r"(?:(?:the|my) )?answer\s*(?:is\b|:=?|=)\s*", re.IGNORECASE)
_OUTER: Final = frozenset(opening[0] for opening, _ in _PAIRS)


def unwrapped(text: str) -> str:
    r"""A text without what stands around it; what is left of it keeps its place.

    >>> [unwrapped(one).strip() for one in (r"\(7\)", "**`7`**", r"\boxed{c^{2}}", "Answer: '7'.")]
    ['7', '7', 'c^{2}', '7']
    >>> unwrapped('"7"'), unwrapped("`a` + `b`"), unwrapped("4.333...")
    (' 7', '`a` + `b`', '4.333...')
    """
    text = text.rstrip()
    while (inner := _within(text)) != text:
        text = inner.rstrip()
    return text


def spelled_out(text: str, *, thousand: bool = False) -> str:
    r"""A formula without what stands around it, in the signs that the parser knows.

    ``thousand`` tells that ``10k`` is a number here.

    >>> spelled_out(r"\( c_{(t-1)} := 10k \)", thousand=True).strip()
    'c_{t-1} = 10e3'
    """
    plain = _DEFINED.sub("=", unwrapped(text))
    plain = _BRACKETED_INDEX.sub(r"_{\1}", plain)
    return _THOUSAND.sub(r"\1e3", plain) if thousand else plain


def _within(text: str) -> str:
    """The text without its outermost layer."""
    text = _STOP.sub("", text)
    bare = text.lstrip()
    begun = len(text) - len(bare)
    if answer := _ANSWER.match(bare):
        return " " * (begun + answer.end()) + bare[answer.end() :]
    for opening, closing in _PAIRS if bare[:1] in _OUTER else ():
        inner = bare[len(opening) : -len(closing)]
        if inner and bare == opening + inner + closing and _closed(inner, opening, closing):
            return " " * (begun + len(opening)) + inner
    return text


def _closed(inner: str, opening: str, closing: str) -> bool:
    """Whether the two outer marks belong to each other."""
    if not opening.endswith("{"):
        return opening not in inner and closing not in inner
    depth = 0
    for mark in re.findall(r"[{}]", inner):
        depth += 1 if mark == "{" else -1
        if depth < 0:
            return False
    return depth == 0
