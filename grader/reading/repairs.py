"""One mend that makes a text readable, tried out before it is offered."""

import re
from collections.abc import Iterator
from typing import Final

from grader.reading.grammar import Fault
from grader.reading.spelling import fold
from grader.reading.tree import Span
from grader.reading.vocabulary import Vocabulary

#: Cyrillic and Greek letters to the Latin ones they are mistaken for.
LATIN: Final = str.maketrans("асеорхуіјѕԁһԛԝνοΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aceopxyijsdhqwvoABEZHIKMNOPTYX")

_FULL_STOPS: Final = ".,;:?"
_CLOSENESS: Final = 0.6  # share of letters that must agree before a name is suggested


def mend(
    fault: Fault, text: str, span: Span, spans: list[Span], vocabulary: Vocabulary
) -> str:
    """The first single mend with which the text can be read, or an empty string."""
    from grader.reading.parser import read

    for mended in _mends(fault, text, span, spans, vocabulary):
        try:
            read(mended, vocabulary)
        except Fault:
            continue
        return mended
    return ""


def nearest(typed: str, vocabulary: Vocabulary) -> list[str]:
    """Declared names, then functions, that are spelled much like what was typed.

    >>> nearest("c_t1", Vocabulary(("c_t", "f_t"))), nearest("tahn", Vocabulary(()))
    (['c_t'], ['tanh'])
    """
    from difflib import get_close_matches

    typed = typed.removeprefix("\\")
    names = [*dict.fromkeys(vocabulary.symbols)]
    if same := [name for name in names if name.casefold() == typed.casefold()]:
        return same
    others = [one for one in vocabulary.lexicon.spellings() if one not in names]
    return [
        near
        for pool in (names, others)
        for near in get_close_matches(typed, pool, n=2, cutoff=_CLOSENESS)
    ]


def _mends(
    fault: Fault, text: str, span: Span, spans: list[Span], vocabulary: Vocabulary
) -> Iterator[str]:
    """Texts that differ by one mend, the likeliest first."""
    before, typed, after = text[: span.start], text[span.start : span.end], text[span.end :]
    match fault.code:
        case "unclosed":
            yield text.rstrip() + fault.about
            yield (before.rstrip() + after).strip()
        case "mismatched":
            yield before + fault.about + after
            yield before + fault.about + typed + after
        case "missing-operator":
            yield f"{before.rstrip()}*{typed}{after}"
        case "unopened" | "stray-prime":
            yield (before.rstrip() + after).strip()
        case "missing-operand" if _superfluous(before, typed, after):
            yield (before.rstrip() + after).strip()
        case "unexpected" if fold(typed) in ("'", '"') and len(text.strip()) > 1:
            yield text.strip()[1:-1]
        case "unexpected" if typed == ",":
            yield f"{before}.{after}"
        case "unexpected" if (typed in _FULL_STOPS and not after.strip()) or not typed.isprintable():
            yield (before.rstrip() + after).strip()
        case "missing-braces":
            yield from _braced(text, span)
        case "function-alone" | "ambiguous-argument":
            yield from _with_argument(text, span, spans)
        case "unknown-name":
            yield from _renamed(before, typed, after, vocabulary)


def _superfluous(before: str, typed: str, after: str) -> bool:
    """Whether a sign may go without its neighbours changing: at an end, or typed twice."""
    if not before.strip():
        return typed in ("=", "*", "·", "×")
    return not after.strip() or before.rstrip().endswith(typed)


def _braced(text: str, span: Span) -> Iterator[str]:
    r"""``\frac12`` and ``\frac{a}b``: braces around what stands alone."""
    before, after = text[: span.end], text[span.end :].lstrip()
    yield f"{before}{{{after[:1]}}}{{{after[1:2]}}}{after[2:]}"
    yield f"{before}{{{after[:1]}}}{after[1:]}"


def _with_argument(text: str, span: Span, spans: list[Span]) -> Iterator[str]:
    """``tanh*x``: the next operand put in brackets."""
    after = next((one for one in spans if one.start >= span.end and _operand(text, one)), None)
    if after is None:
        return
    head, operand = text[: span.end], text[after.start : after.end]
    if operand in ("(", "["):
        yield head + text[after.start :]
    else:
        yield f"{head}({operand}){text[after.end :]}"


def _operand(text: str, span: Span) -> bool:
    return text[span.start : span.end] not in ("*", "·", "×", "⋅", "⊙", "@")


def _renamed(before: str, typed: str, after: str, vocabulary: Vocabulary) -> Iterator[str]:
    """An unknown name as the one that may have been meant."""
    latin = fold(typed).translate(LATIN)
    if latin != fold(typed):
        yield before + latin + after
    if shorter := re.fullmatch(r"[xX]\s*(\d*)", typed):
        yield f"{before}*{shorter[1]}{after}"
    for near in nearest(typed, vocabulary):
        yield before + near + after
