"""Numbers as people write them, calculations included, read exactly."""

import re
from collections.abc import Collection
from fractions import Fraction
from typing import Final

from grader import limits
from grader.reading.exact import NotExact, evaluate
from grader.reading.literals import NumberReading, joined, literal
from grader.reading.parser import parse
from grader.reading.printer import show
from grader.reading.spelling import fold
from grader.reading.tree import Malformed, Span
from grader.reading.vocabulary import Vocabulary

__all__ = ["NumberReading", "read_number"]

_WHOLE = re.compile(r"[1-9][0-9]{0,17}")
_TIMES = re.compile(r"(?<=[\d)])(?<!\b0)(\s*)[xX](?=\s*[\d(])")
_SEPARATED = re.compile(r"[\d.,'_\s]*\d[\d.,'_\s]*")
_WORDS = re.compile(r"[A-Za-z]")
_LEAD: Final = "=≈~≃≅$ \t\n"
_NOTHING: Final = Vocabulary(())


def read_number(text: str, units: Collection[str] = ()) -> NumberReading:
    """The number somebody typed, with one of the units after it if they wrote one.

    >>> typed = ("6,272", "1.6×10^4", "4 1/3", "75%", "16k", "4,33")
    >>> [str(read_number(text).value) for text in typed]
    ['6272', '16000', '13/3', '3/4', '16000', '433/100']
    >>> read_number("4·(17·32+32²) weights", units=("weights",))[:3]
    (Fraction(6272, 1), '4*(17*32 + 32^2)', 'weights')
    >>> read_number("9**9**9**9")
    Traceback (most recent call last):
        ...
    grader.reading.tree.Malformed: 9^(9^9) is too big
    """
    if _WHOLE.fullmatch(text):
        return NumberReading(Fraction(int(text)), text, "", 0, len(text))
    if len(text) > limits.NUMBER_TEXT:
        span = Span(limits.NUMBER_TEXT, len(text))
        raise Malformed("too-long", "this is too long for a number", text, span)
    plain = fold(text).lstrip(_LEAD).rjust(len(text)).rstrip("$ \t\n")
    plain, unit = _without_unit(plain, units) if units else (plain, "")
    reading = literal(plain) or _calculated(text, plain)
    return reading._replace(unit=unit) if unit else reading


def _without_unit(plain: str, units: Collection[str]) -> tuple[str, str]:
    for unit in sorted(units, key=len, reverse=True):
        rest = plain.removesuffix(fold(unit))
        if rest != plain and rest.strip() and not rest[-1].isalpha():
            return rest, unit
    return plain, ""


def _calculated(text: str, plain: str) -> NumberReading:
    """A calculation, worked out exactly; every character keeps its place."""
    if _SEPARATED.fullmatch(plain) and len(plain.strip()) <= limits.DIGITS:
        message = "it is not clear which digits here belong together"
        raise Malformed("unclear-number", message, text, _whole(text))
    notes: tuple[str, ...] = ()
    plain = _TIMES.sub(r"\1*", plain)
    if not _WORDS.search(plain):
        plain, notes = joined(plain)
    try:
        tree = parse(plain, _NOTHING).tree
        return NumberReading(evaluate(tree), show(tree), notes=notes)
    except Malformed as error:
        raise _about_numbers(error, text) from None
    except NotExact as reason:
        raise Malformed("not-a-number", str(reason), text, _whole(text)) from None


def _about_numbers(error: Malformed, text: str) -> Malformed:
    """The parser's complaint in terms of numbers: there are no names here."""
    start, end = error.span
    if error.code in ("unknown-name", "look-alike", "name-then-number", "function-alone"):
        message = f"{text[start:end]} has no value here; a number is asked for"
        return Malformed("unknown-name", message, text, error.span)
    return Malformed(error.code, error.message, text, error.span, error.repair.strip())


def _whole(text: str) -> Span:
    return Span(len(text) - len(text.lstrip()), len(text.rstrip()))
