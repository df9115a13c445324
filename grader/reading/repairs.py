"""Texts that differ from an unreadable one by a single mend; whoever offers one tries it first."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final

from grader.reading.faults import Fault
from grader.reading.spelling import fold
from grader.reading.tree import Span
from grader.reading.vocabulary import Vocabulary

#: Cyrillic and Greek letters to the Latin ones they are mistaken for.
LATIN: Final = str.maketrans("асеорхуіјѕԁһԛԝνοΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aceopxyijsdhqwvoABEZHIKMNOPTYX")

#: What opens an index to what closes it.
CLOSING_INDEX: Final = {"(": ")", "{": "}", "<": ">", "⟨": "⟩"}

_FULL_STOPS: Final = ".,;:?"
_ENDS_IN_DIGITS = re.compile(r"(?<![\w.])(\d+)\s*$")
_IS_A_FRACTION = re.compile(r"\d+\s*/\s*\d+|[¼-¾⅐-⅞]")
_APPLIED = re.compile(r"(.*?[A-Za-zσ]+)(\([^()]*\))", re.DOTALL)
_SHORTEST: Final = 3  # letters from which on a function may have been meant
_CLOSENESS: Final = 0.6  # share of letters that must agree before a name is suggested


def nearest(typed: str, vocabulary: Vocabulary, *, applied: bool = True) -> list[str]:
    """Declared names, then functions, that are spelled much like what was typed.

    A short word is no function where nothing shows that it was ``applied`` to something.

    >>> nearest("c_t1", Vocabulary(("c_t", "f_t"))), nearest("tnah", Vocabulary(()))
    (['c_t'], ['tanh'])
    >>> nearest("mx", Vocabulary(()))
    []
    """
    typed = typed.removeprefix("\\")
    names = [*dict.fromkeys(vocabulary.symbols)]
    if same := [name for name in names if name.casefold() == typed.casefold()]:
        return same
    if indexed := [name for name in names if name.startswith(f"{typed.rstrip('_')}_")]:
        return indexed
    others = [one for one in vocabulary.lexicon.spellings() if one not in names]
    if len(typed) < _SHORTEST + (not applied):
        others = []
    if swapped := [one for one in others if sorted(one) == sorted(typed)]:
        return swapped
    return [
        near
        for pool in (names, others)
        for near in get_close_matches(typed, pool, n=2, cutoff=_CLOSENESS)
    ]


def is_applied(after: str) -> bool:
    """Whether what follows may be an argument in brackets."""
    return after.lstrip()[:1] in ("(", "[", "{")


def mends(  # noqa: C901 - one arm per code
    fault: Fault, text: str, span: Span, spans: list[Span], vocabulary: Vocabulary
) -> Iterator[str]:
    """Texts that differ by one mend at the place of the fault, the likeliest first."""
    before, typed, after = text[: span.start], text[span.start : span.end], text[span.end :]
    without = (before.rstrip() + after).strip()
    match fault.code:
        case "unclosed":
            yield from (text.rstrip() + fault.about, without)
        case "mismatched":
            yield from (before + fault.about + after, before + fault.about + typed + after)
        case "unclosed-index":
            yield from _index_closed(text, span, fault.about)
        case "missing-operator":
            yield from _joined(before, typed, after)
        case "unopened":
            yield without
        case "stray-prime":
            yield from _primed(before, after, vocabulary)
        case "missing-operand":
            yield from _without_sign(text, span)
        case "unexpected":
            yield from _without_intruder(text, span)
        case "missing-braces":
            yield from _braced(text, span)
        case "function-alone" | "ambiguous-argument":
            yield from _with_argument(text, span, spans)
        case "unknown-name":
            yield from _renamed(before, typed, after, vocabulary)
        case _:
            return


def _index_closed(text: str, span: Span, closing: str) -> Iterator[str]:
    """A bracket after ``t-1``, or at the very end."""
    begun = re.compile(r"\s*\w*\s*(?:[-+−]\s*\d+)?").match(text, span.end)
    end = begun.end() if begun else span.end
    yield text[:end] + closing + text[end:]
    yield text.rstrip() + closing


def _joined(before: str, typed: str, after: str) -> Iterator[str]:
    """Two numbers side by side: a point too many, ``4 1/2`` as one number, or a product."""
    if typed.startswith("."):
        yield before.rstrip().rstrip(".") + typed + after
    whole, part = _ENDS_IN_DIGITS.search(before), _IS_A_FRACTION.match(typed + after)
    if whole and part:
        yield f"{before[: whole.start()]}({whole[1]} + {part[0]}){(typed + after)[part.end() :]}"
    yield f"{before.rstrip()}*{typed}{after}"


def _primed(before: str, after: str, vocabulary: Vocabulary) -> Iterator[str]:
    """``tanh(x)'`` as ``tanh'(x)``; after a matrix, a transpose."""
    if applied := _APPLIED.fullmatch(before.rstrip()):
        yield f"{applied[1]}'{applied[2]}{after}"
    elif vocabulary.arrays:
        yield f"{before.rstrip()}^T{after}"


def _without_intruder(text: str, span: Span) -> Iterator[str]:
    """A decimal comma, quotation marks, a full stop, or a character that cannot be seen."""
    before, typed, after = text[: span.start], text[span.start : span.end], text[span.end :]
    if typed == "," and before[-1:].isdigit() and after[:1].isdigit():
        yield f"{before}.{after}"
    if fold(typed) in ("'", '"') and len(text.strip()) > 1:
        yield text.strip()[1:-1]
    if not typed.isprintable() or (typed in _FULL_STOPS and not after.strip()):
        yield (before.rstrip() + after).strip()


def _without_sign(text: str, span: Span) -> Iterator[str]:
    """A sign at an end, or one typed twice; any other stands for something left out."""
    before, typed, after = text[: span.start], text[span.start : span.end], text[span.end :]
    leads = not before.strip() and typed in ("=", "*", "·", "×")
    ends = before.strip() and not after.strip()
    if leads or ends or before.rstrip().endswith(typed):
        yield (before.rstrip() + after).strip()


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
    if text[after.start : after.end] in ("-", "−") and (
        negated := next((one for one in spans if one.start >= after.end), None)
    ):
        after = Span(after.start, negated.end)
    head, operand = text[: span.end], text[after.start : after.end]
    if operand in ("(", "["):
        yield head + text[after.start :]
    else:
        yield f"{head}({operand}){text[after.end :]}"


def _operand(text: str, span: Span) -> bool:
    return text[span.start : span.end] not in ("*", "·", "×", "⋅", "⊙", "∘", "○", "@")


def _renamed(before: str, typed: str, after: str, vocabulary: Vocabulary) -> Iterator[str]:
    """An unknown name as the one that may have been meant."""
    latin = fold(typed).translate(LATIN)
    if latin != fold(typed):
        yield before + latin + after
    if shorter := re.fullmatch(r"[xX]\s*(\d*)", typed):
        yield f"{before}*{shorter[1]}{after}"
    for near in nearest(typed, vocabulary, applied=is_applied(after)):
        yield before + near + after
