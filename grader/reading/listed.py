"""Things in a list: the many ways to name one of them, and to name several."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final

from grader import limits
from grader.reading.names import FONTS, GREEK
from grader.reading.plain import fold
from grader.reading.wrapping import unwrapped

_LONE_LABEL = re.compile(r"(?:option|choice|letter)?\s*[(\[]?\s*([a-z]|\d{1,2})\s*[)\].:]*")
_LABELLED = re.compile(r"[(\[]?([a-z]|\d{1,2})(?:[)\]][.:]?\s*|[.:]\s+|\s+[-–—]\s+)(\S.*)")
_COMMAND = re.compile(r"\\([A-Za-z]+)\s*|\\[,;:! ]")
_SHARED: Final = -1
_UNSAID: Final = frozenset((*FONTS, "left", "right", "cdot", "times", "quad", "odot"))
_MARKUP = re.compile(r"[$`*_^{}\\·⋅⊙\s]|(?<=\S)x(?=\s)")
_WORDS = re.compile(r"\w+(?:[-_ ]+\w+)*")
_NUMBERING = re.compile(r"(?:(?<=[\s,;>])|^)(\d{1,2})[.)](?!\d)\s*")
_FORMULA = re.compile(r"\$[^$]*\$")
_BRACKETED = re.compile(r"\s*[\[({](.*)[\])}]\s*", re.DOTALL)


class Listed:
    """Things with their names and labels; a spelling that two of them share calls neither.

    >>> things = Listed((("one-many", "one to many"), ("same", "$c_t$ stays.")), "ab")
    >>> [things.find(said) for said in ("B", "(b)", "option b", "cₜ stays", "b) c_t stays")]
    [1, 1, 1, 1, 1]
    >>> [things.find(said) for said in ("one many", "a) c_t stays", "c")]
    [0, None, None]
    """

    def __init__(self, things: tuple[tuple[str, ...], ...], labels: Iterable[str]) -> None:
        self.labels = {label: position for position, label in enumerate(labels)}
        named = [(name, at) for at, one in enumerate(things) for name in one]
        self.levels = tuple(
            (said, _positions((spelled(name), at) for name, at in named))
            for said, spelled in _SPELLINGS
        )
        self.longest = max((len(name) for one in things for name in one), default=0)

    def find(self, said: str) -> int | None:
        """The position of the thing meant, or None."""
        if (found := self._named(said)) is not None:
            return found
        folded = fold(unwrapped(said))
        if label := _LONE_LABEL.fullmatch(folded):
            return self.labels.get(label[1])
        if labelled := _LABELLED.fullmatch(folded):
            named = self._named(labelled[2])
            return named if named == self.labels.get(labelled[1]) else None
        return None

    def _named(self, said: str) -> int | None:
        for spelled, positions in self.levels:
            if (found := positions.get(spelled(said))) is not None:
                return found if found != _SHARED else None
        return None


def _unmarked(text: str) -> str:
    """A text without markup, spaces, signs of multiplication and a full stop."""
    plain = _COMMAND.sub(
        lambda found: "" if (found[1] or "") in ("", *_UNSAID) else GREEK.get(found[1], found[1]),
        unwrapped(text),
    )
    return _MARKUP.sub("", fold(plain)).removesuffix(".")


def _one_word(text: str) -> str:
    """``one many``, ``one_many`` and ``one-many`` as one word; nothing for other texts."""
    folded = fold(unwrapped(text))
    return re.sub(r"[-_ ]", "", folded) if _WORDS.fullmatch(folded) else ""


def _words_alone(text: str) -> str:
    """``forget gate`` for ``forget gate $f_t$``.

    >>> _words_alone("forget gate $f_t$"), _words_alone("$f_t$")
    ('forget gate', '')
    """
    return fold(_FORMULA.sub(" ", text))


#: How what was said is spelled, and how the things are, to be compared.
_SPELLINGS: Final = (
    (str.strip, str.strip),
    (fold, fold),
    (_unmarked, _unmarked),
    (_one_word, _one_word),
    (fold, _words_alone),
)


@lru_cache(maxsize=limits.PARSED_KEYS_KEPT)
def listed(things: tuple[tuple[str, ...], ...], labels: tuple[str, ...]) -> Listed:
    """The `Listed` of these things, made once."""
    return Listed(things, labels)


def _positions(named: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Spelling to position, or to `_SHARED` where it is that of several things."""
    positions: dict[str, int] = {}
    for spelling, position in named:
        if spelling and positions.setdefault(spelling, position) != position:
            positions[spelling] = _SHARED
    return positions


def several(
    text: str, cuts: Iterable[re.Pattern[str]], known: Callable[[str], bool], longest: int
) -> list[str] | None:
    """A list somebody typed, cut by the first of these marks that leave only what is known.

    >>> names = {"gate": 1, "gate, open": 2}
    >>> several("1. gate, open; 2. gate", [re.compile("[;,]")], names.__contains__, 10)
    ['gate, open', 'gate']
    """
    bodies = [text, *([found[1]] if (found := _BRACKETED.fullmatch(text)) else [])]
    bodies += [plain for body in bodies if (plain := _unnumbered(body)) != body]
    for cut in cuts:
        for body in bodies:
            if (parts := _parted(body, cut, known, longest)) is not None:
                return parts
    return None


def _unnumbered(text: str) -> str:
    """Without ``1.``, ``2.`` … in front of the parts, if they count up from one."""
    numbers = [int(number) for number in _NUMBERING.findall(text)]
    return _NUMBERING.sub("\n", text) if numbers == list(range(1, len(numbers) + 1)) else text


def _parted(
    text: str, cut: re.Pattern[str], known: Callable[[str], bool], longest: int
) -> list[str] | None:
    """The text cut at some of the marks so that every part is known, each as long as can be."""
    marks = list(cut.finditer(text))
    if len(marks) > limits.CUTS:
        return None
    begins = [0, *(mark.end() for mark in marks)]
    ends = [*(mark.start() for mark in marks), len(text)]
    rests: list[list[str] | None] = [None] * len(begins) + [[]]
    for first in reversed(range(len(begins))):
        if not text[begins[first] : ends[first]].strip():
            rests[first] = rests[first + 1]
            continue
        for last in reversed(range(first, len(ends))):
            part, rest = text[begins[first] : ends[last]].strip(), rests[last + 1]
            if rest is not None and len(part) <= longest + limits.AROUND and known(part):
                rests[first] = [part, *rest]
                break
    return rests[0] or None
