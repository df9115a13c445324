r"""Words between formulas: what is only said, and what is assumed."""

import re
from collections.abc import Iterator
from typing import Final

from grader.reading import tokens
from grader.reading.names import FUNCTION_SPELLINGS, GREEK
from grader.reading.spelling import LETTER, fold
from grader.reading.tokens import LEXEMES
from grader.reading.vocabulary import Vocabulary

_WORD: Final = re.compile(
    rf"(?<![\\\w{{}}^])(?:i\.e\.|e\.g\.|[{LETTER}][{LETTER}’'-]*[{LETTER}])(?![\w(\[{{^])"
)
_ASIDE: Final = re.compile(r"\([^()=]*\)|\[[^\[\]=]*\]")
_AFTER: Final = re.compile(r"[\s.:,]*(?:\(?\d+\)?(?!\s*[\w*·×/+^(\\.-]))?[\s.:,!?]*")
_TEXT: Final = re.compile(r"(?<!_)(?<!\{)\\(?:text|mathrm|textrm|textit|mbox)\s*\{([^{}]*)\}")
_OPERATORS: Final = "+-−*·×/^⊙=∏∑Σ"
_SIGNPOSTS: Final = frozenset(
    ("so", "thus", "hence", "therefore", "then", "and", "now", "i.e.", "finally", "which", "gives")
)

_CONNECTIVES: Final = frozenset(
    (
        *_SIGNPOSTS, "as", "because", "but", "by", "for", "from", "if", "in", "into", "or",
        "since", "using", "via", "when", "where", "while", "with", "is", "at", "to",
    )
)  # fmt: skip
"""Words that a remark behind a formula begins with."""

_ALONG: Final = re.compile(
    r"\b(?:(?:cell|c)(?:[- ]state)?[- ]path\b|only (?:along|over|through|via) the cell\b"
    r"|(?:along|over|through|via) the cell(?: state)? (?:only|alone)\b"
    r"|gates? (?:(?:are|is|being|all|to|be|as|held|kept|treated|taken|assumed) )*"
    r"(?:fixed|constant|frozen)\b|(?:fixed|constant|frozen) gates?\b"
    r"|(?:hold|keep|fix|freez)(?:e|ing)?(?: all)?(?: the)? gates\b"
    r"|ignor\w+ (?:the )?(?:routes?|paths?|terms?) (?:over|through|via) h)",
    re.IGNORECASE,
)
_EVERYWHERE: Final = re.compile(
    r"\b(?:all|every) (?:the )?(?:routes?|paths?)\b|\bgates? no longer (?:fixed|constant)",
    re.IGNORECASE,
)

_DENIED: Final = re.compile(
    r"\b(?:not|never|rather than|instead of)(?: (?:only|just|along|the))*\s*$", re.IGNORECASE
)


_UNTRUE: Final = r"(?:not (?:true|right|correct|so|the case)|false|untrue|wrong|incorrect)"
_DENIAL: Final = re.compile(rf"\b{_UNTRUE}(?: that\b|\s*:)|\bis {_UNTRUE}[\s.!]*$", re.IGNORECASE)


def denies(text: str) -> bool:
    """Whether a text says of its formula that it does not hold.

    >>> denies("it is not true that c_t = f_t"), denies("c_t = f_t is wrong."), denies("so f_t = 1")
    (True, True, False)
    """
    return bool(_DENIAL.search(text))


def assumed(text: str) -> bool | None:
    """Whether a text says that only the cell path counts, or that all routes do again.

    >>> assumed("Along the cell path only:"), assumed("now over all paths"), assumed("so f_t = 1")
    (True, False, None)
    >>> assumed("gates held fixed"), assumed("constant gates"), assumed("not along the cell path")
    (True, True, None)
    """
    if any(not _DENIED.search(text[: found.start()]) for found in _ALONG.finditer(text)):
        return True
    return False if _EVERYWHERE.search(text) else None


def without_words(text: str, words: Vocabulary) -> Iterator[str]:
    """The formulas of a text, each at its place: what is only said becomes space.

    >>> names = Vocabulary(("δc_t", "f_t", "δh_t"))
    >>> [one.strip() for one in without_words("so δh_t = f_t by the chain rule (line 1)", names)]
    ['δh_t = f_t']
    >>> [one.strip() for one in without_words("where δh_t = f_t and f_t = sigmod(δc_t)", names)]
    ['δh_t = f_t', 'f_t = sigmod(δc_t)']
    """
    text = _TEXT.sub(_spaced, text)
    text = _ASIDE.sub(
        lambda found: _blank(found[0]) if _is_said(found[0], words) else found[0], text
    )
    begun, at = 0, 0
    while word := _WORD.search(text, at):
        at = word.end()
        if not _is_prose(text, begun, word, words):
            continue
        if text[begun : word.start()].strip():
            yield " " * begun + text[begun : word.start()]
        after = _AFTER.match(text, word.end())
        begun = at = after.end() if after else word.end()
    if text[begun:].strip():
        yield " " * begun + text[begun:]


def _spaced(found: re.Match[str]) -> str:
    """The text inside ``\\text{…}`` at its place."""
    lead = found.start(1) - found.start()
    return " " * lead + found[1] + " "


def _is_said(aside: str, words: Vocabulary) -> bool:
    """Whether a bracket holds words alone, such as (by the chain rule)."""
    inner = aside[1:-1]
    if any(_is_ratio(one, words) for one in LEXEMES.findall(fold(inner))):
        return False
    found = [word for word in _WORD.finditer(inner) if not _is_formula(word[0], words)]
    return bool(found) and not any(mark in inner for mark in "+*·^=")


def _is_ratio(lexeme: str, words: Vocabulary) -> bool:
    """Whether something written with a stroke is a derivative, if perhaps of nothing known."""
    if "/" not in lexeme and "frac" not in lexeme:
        return False
    return "∂" in lexeme or "_" in lexeme or words.meaning(lexeme) is not None


def _is_prose(text: str, begun: int, word: re.Match[str], words: Vocabulary) -> bool:
    """Whether a word says something, after the formula that has begun or in front of one."""
    if _is_formula(word[0], words):
        return False
    before, after = text[: word.start()].rstrip()[-1:], text[word.end() :].lstrip()[:1]
    if word[0].lower() in _SIGNPOSTS and not before:
        return True
    dash = before in ("-", "–", "—", "−") and text[: word.start()][-1:].isspace()
    is_behind = bool(text[begun : word.start()].strip())
    if is_behind and not dash and not _begins_a_remark(text, word, words):
        return False
    joined = (before in _OPERATORS and before and not dash) or (after and after in _OPERATORS)
    return not joined


def _begins_a_remark(text: str, word: re.Match[str], words: Vocabulary) -> bool:
    """Whether a word behind a formula is more than a name that nobody knows."""
    if word[0].lower() in _CONNECTIVES or text[: word.start()].rstrip()[-1:] in ".,:;([":
        return True
    following = _WORD.match(text, len(text) - len(text[word.end() :].lstrip()))
    is_last = not text[word.end() :].strip(" .,:")
    return is_last or (following is not None and not _is_formula(following[0], words))


def _is_formula(word: str, words: Vocabulary) -> bool:
    """Whether a run of letters is a name or a function, or names written together."""
    if word in FUNCTION_SPELLINGS or word in GREEK or word.lower() in FUNCTION_SPELLINGS:
        return True
    return all(piece.token.kind != tokens.WRONG for piece in words.lexicon.pieces(word))


def _blank(text: str) -> str:
    return " " * len(text)
