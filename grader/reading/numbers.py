"""Numbers as people write them, calculations included, read exactly."""

import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from fractions import Fraction
from typing import NamedTuple

from grader import limits
from grader.reading import units
from grader.reading.exact import NotExact, evaluate
from grader.reading.literals import NumberReading, joined, literal, untypeset
from grader.reading.parser import parse
from grader.reading.printer import show
from grader.reading.sides import equated, unlabelled, worked_out
from grader.reading.spelling import fold
from grader.reading.thousands import pointed, switched
from grader.reading.tree import Malformed, Node, Span
from grader.reading.vocabulary import Vocabulary
from grader.reading.wrapping import unwrapped

__all__ = ["NumberReading", "read_number"]

_WHOLE = re.compile(r"[1-9][0-9]{0,17}")
_COMMAS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3}){1,6}")
_TIMES = re.compile(r"(?<=[\d)])(?<!\b0)(\s*)[xX](?=\s*[\d(])")
_AFTER_BRACKET = re.compile(r"(?<=\))(?=\s*(?![23](?!\d))\d)")  # a lone 2 or 3 may be a power
_SEPARATED = re.compile(r"[\d.,'_\s]*\d[\d.,'_\s]*")
_WORDS = re.compile(r"[A-Za-z]")
_ABOUT = re.compile(
    r"(?:[=≈~≃≅\s]|(?:about|around|approximately|approx|roughly|circa|ca)\b\.?)+", re.IGNORECASE
)
_TAIL = re.compile(r"[^\W\d_][^\W\d_\s-]*(?:[\s-][^\W\d_]+)?$")
_NOTHING = Vocabulary(())


def read_number(text: str, wanted: Collection[str] = ()) -> NumberReading:
    """The number somebody typed, with one of the wanted units after it if they wrote one.

    >>> typed = ("6,272", "1.6×10^4", "4 1/3", "75%", "16k", "4,33", "x = 4*8 = 32.")
    >>> [str(read_number(text).value) for text in typed]
    ['6272', '16000', '13/3', '3/4', '16000', '433/100', '32']
    >>> read_number("4·(17·32+32²) weights", ("weights",))[:3]
    (Fraction(6272, 1), '4*(17*32 + 32^2)', 'weights')
    >>> [other.shown for other in read_number("6.272").others]
    ['6272']
    >>> read_number("9**9**9**9")
    Traceback (most recent call last):
        ...
    grader.reading.tree.Malformed: 9^(9^9) is too big
    """
    if _WHOLE.fullmatch(text):
        return NumberReading(Fraction(int(text)), text, "", 0, len(text))
    if _COMMAS.fullmatch(text):
        return _with_commas(text)
    if len(text) > limits.NUMBER_TEXT:
        span = Span(limits.NUMBER_TEXT, len(text))
        raise Malformed("too-long", "this is too long for a number", text, span)
    reader = _Reader(text, units.spellings(tuple(wanted)))
    plain = _bare(untypeset(fold(text)))
    return equated(plain, reader.number) or reader.number(plain)


def _with_commas(text: str) -> NumberReading:
    """The commonest spelling at once: thousands, and a decimal where there is but one comma."""
    digits = text.replace(",", "")
    taken = NumberReading(Fraction(int(digits)), digits, "", 0, len(digits))
    if text.count(",") > 1:
        return taken
    decimal = Fraction(int(digits), 1000)
    other = NumberReading(decimal, text.replace(",", "."), "", 3, len(digits))
    return taken._replace(others=(other,))


def _bare(plain: str) -> str:
    """Without marks around, words in front and the name of what is asked; places stay."""
    while True:
        inner = unlabelled(unwrapped(plain))
        if about := _ABOUT.match(inner):
            inner = inner[about.end() :].rjust(len(inner))
        if inner == plain:
            return plain
        plain = inner


class _Reader(NamedTuple):
    """Reads parts of one text; what cannot be read is said of the whole."""

    text: str
    units: dict[str, tuple[str, ...]]

    def number(self, side: str) -> NumberReading:
        """A number or a calculation, with a unit or its working after it."""
        plain, named = self._without_unit(_bare(side))
        if not (worked := worked_out(plain, self.number)):
            return _in_units(self._meant(plain), named)
        value, certain = worked
        try:
            product = _in_units(self._meant(plain), named)
        except Malformed:
            return value
        value = value if value.unit else _in_units(value, named)
        first, second = (value, product) if certain else (product, value)
        return first._replace(others=(*first.others, second, *second.others))

    def _without_unit(self, plain: str) -> tuple[str, tuple[str, ...]]:
        """What stands before a unit, and what the unit may be."""
        tail = _TAIL.search(plain)
        for begun in range(tail.start(), len(plain)) if tail else ():
            typed, rest = plain[begun:], plain[:begun]
            named = self.units.get(typed) or self.units.get(typed.lower())
            if named and rest.strip() and not rest[-1].isalpha():
                return rest, named
        return plain, ()

    def _meant(self, plain: str) -> NumberReading:
        """The likelier reading, with those in which a separator is meant the other way."""
        plain = pointed(plain)
        taken = self._one(plain)
        others = [one for one in self._others(plain) if one.value != taken.value]
        return taken._replace(others=tuple(others)) if others else taken

    def _others(self, plain: str) -> Iterator[NumberReading]:
        for other in switched(plain):
            with suppress(Malformed):  # a reading that cannot be is no reading
                yield self._one(other)

    def _one(self, plain: str) -> NumberReading:
        return literal(plain) or self._calculated(plain)

    def _calculated(self, plain: str) -> NumberReading:
        """A calculation, worked out exactly; every character keeps its place."""
        if _SEPARATED.fullmatch(plain) and len(plain.strip()) <= limits.DIGITS:
            message = (
                "it is not clear which digits here belong together;"
                " write 1234.5, or a fraction for decimals that never end"
            )
            raise Malformed("unclear-number", message, self.text, _whole(self.text))
        notes: tuple[str, ...] = ()
        plain = _TIMES.sub(r"\1*", plain)
        if not _WORDS.search(plain):
            plain, notes = joined(plain)
        try:
            tree = _tree(plain)
            return NumberReading(evaluate(tree), show(tree), notes=notes)
        except Malformed as error:
            raise _about_numbers(error, self.text) from None
        except NotExact as reason:
            whole = _whole(self.text)
            raise Malformed("not-a-number", str(reason), self.text, whole) from None


def _tree(plain: str) -> Node:
    """The calculation; a number right after a bracket multiplies it."""
    try:
        return parse(plain, _NOTHING).tree
    except Malformed as error:
        spelled = _AFTER_BRACKET.sub("*", plain)
        if error.code != "missing-operator" or spelled == plain:
            raise
        with suppress(Malformed):
            return parse(spelled, _NOTHING).tree
        raise


def _in_units(reading: NumberReading, named: tuple[str, ...]) -> NumberReading:
    """The reading in the unit named; where that may be another, also in the other."""
    if not named:
        return reading
    first, *further = (
        [one._replace(unit=unit, others=()) for one in (reading, *reading.others)] for unit in named
    )
    return first[0]._replace(others=(*first[1:], *(one for unit in further for one in unit)))


def _about_numbers(error: Malformed, text: str) -> Malformed:
    """The parser's complaint in terms of numbers: there are no names here."""
    start, end = error.span
    if error.code in ("unknown-name", "look-alike", "name-then-number", "function-alone"):
        message = f"{text[start:end]} has no value here; a number is asked for"
        return Malformed("unknown-name", message, text, error.span)
    return Malformed(error.code, error.message, text, error.span, error.repair.strip())


def _whole(text: str) -> Span:
    return Span(len(text) - len(text.lstrip()), len(text.rstrip()))
