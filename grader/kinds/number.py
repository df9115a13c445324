"""One line: a number, exact or within a declared tolerance."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import ClassVar

from grader.entry import Entry
from grader.limits import DIGITS, PARSED_KEYS_KEPT
from grader.quantity import SHORT_NUMBER, Quantity, plain, short, significant
from grader.reading import units
from grader.reading.caret import point
from grader.reading.numbers import NumberReading, read_number
from grader.reading.parser import parse
from grader.reading.tree import Malformed, Node
from grader.reading.vocabulary import Vocabulary
from grader.verdict import Evidence, Outcome, Verdict


@dataclass(frozen=True, slots=True)
class Slip:
    """A wrong number that shows a named misconception, and the share of the marks it keeps."""

    id: str
    gives: Quantity
    says: str
    credit: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Number:
    """A number equal to the key: exactly, or within one declared tolerance.

    ``absolute`` is in the unit of the key, ``relative`` a share of it; ``figures`` asks for that
    many significant figures. With a ``unit``, answers in another unit of its family are converted.

    >>> key = Quantity(Fraction(6272), "4*((16+1)*32+32^2)")
    >>> no_bias = Slip("no-bias", Quantity(Fraction(6144)), "Biases?", Fraction(1, 4))
    >>> spec = Number(key, mistakes=(no_bias,))
    >>> [spec.grade(answer).outcome.value for answer in ("6,272", "6.272e3", "6144", "6273", "6 x")]
    ['correct', 'correct', 'partial', 'incorrect', 'malformed']
    """

    entry: ClassVar[Entry] = Entry.ONE_LINE
    key: Quantity
    absolute: Fraction = Fraction(0)
    relative: Fraction = Fraction(0)
    figures: int = 0
    unit: str = ""
    mistakes: tuple[Slip, ...] = ()

    def grade(self, answer: str) -> Verdict:
        try:
            reading = self.read(answer)
        except Malformed as error:
            return Verdict(Outcome.MALFORMED, evidence=(Evidence(error.code, point(error)),))
        value = self.value(reading)
        notes = tuple(Evidence("reading-taken", note) for note in reading.notes)
        if self.accepts(value, self.key.value):
            return Verdict.correct(reading.understood, self._agreement(value), *notes)
        if other := self._other(reading):
            both = Evidence("ambiguous", f"{reading.understood} or {other.understood}")
            return Verdict(Outcome.MALFORMED, evidence=(both,), understood=reading.understood)
        for slip in self.mistakes:
            if self.accepts(value, slip.gives.value):
                return Verdict.scored(
                    slip.credit,
                    reading.understood,
                    Evidence("mistake", _equation(slip.gives)),
                    *notes,
                    misconception=slip.id,
                    remarks=(slip.says,),
                )
        gap = self._gap(reading, value)
        slips = self._slips(value) if gap.check != "rounded" else ()
        evidence = (gap, *notes, *slips)
        return Verdict(Outcome.INCORRECT, evidence=evidence, understood=reading.understood)

    def _other(self, taken: NumberReading) -> NumberReading | None:
        """The right one among the readings that were not taken; nobody can know, so ask."""
        right = (one for one in taken.others if self.accepts(self.value(one), self.key.value))
        return next(right, None)

    def read(self, answer: str) -> NumberReading:
        """The answer as a number; raises `Malformed`."""
        return read_number(answer, units.family(self.unit) if self.unit else units.COUNTS)

    def value(self, reading: NumberReading) -> Fraction:
        """What was read, in the unit of the key."""
        if not (self.unit and reading.unit):
            return reading.value
        return units.convert(reading.value, reading.unit, self.unit)

    def accepts(self, value: Fraction, wanted: Fraction) -> bool:
        """Whether a value is within this tolerance of the wanted one."""
        gap = abs(value - wanted)
        if self.figures:
            return gap <= _half_a_figure(wanted, self.figures)
        return gap <= max(self.absolute, self.relative * abs(wanted))

    def _agreement(self, value: Fraction) -> Evidence:
        if value == self.key.value:
            return Evidence("exact", _equation(self.key))
        return Evidence("tolerance", f"within the tolerance of {short(self.key.value)}")

    def _gap(self, reading: NumberReading, value: Fraction) -> Evidence:
        """The most telling thing about a wrong number: rounded, or on which side it lies."""
        decimals, said = reading.decimals, reading.understood
        key = f"{short(self.key.value)} {self.unit if reading.unit else ''}".rstrip()
        if decimals is not None and abs(value - self.key.value) <= Fraction(1, 2 * 10**decimals):
            return Evidence("rounded", f"{said} is {key} rounded")
        if value == -self.key.value:
            return Evidence("opposite", f"{said} has the opposite sign")
        side = "too-large" if value > self.key.value else "too-small"
        return Evidence(side, f"{said} is not {key}")

    def _slips(self, value: Fraction) -> Iterator[Evidence]:
        """The one small slip in the working that gives a wrong number, if there is one."""
        from grader.diagnosis import diagnose_number  # noqa: PLC0415 - right answers do not need it

        formula = _formula(self.key.working)
        if formula and (slip := diagnose_number(formula, value)):
            yield Evidence(slip.code, slip.finding)

    def right_answer(self) -> str:
        return f"{self._typed(self.key.value)} {self.unit}".strip()

    def wrong_answers(self) -> Iterator[tuple[str, str]]:
        for slip in self.mistakes:
            yield self._typed(slip.gives.value), slip.id

    def _typed(self, value: Fraction) -> str:
        """A number as a learner would type it: exact if short, else as precise as is asked."""
        exact = plain(value)
        if len(exact) <= SHORT_NUMBER and "/" not in exact:
            return exact
        rounded = (significant(value, figures) for figures in range(3, DIGITS))
        return next((one for one in rounded if self.accepts(Fraction(one), value)), exact)

    def faults(self) -> Iterator[str]:
        if sum(map(bool, (self.absolute, self.relative, self.figures))) > 1:
            yield "declares more than one of absolute, relative and figures"
        if self.unit and len(units.family(self.unit)) == 1:
            yield f"unit {self.unit!r} is not known"
        if min(self.absolute, self.relative, Fraction(self.figures)) < 0:
            yield "has a negative tolerance"
        for slip in self.mistakes:
            if self.accepts(slip.gives.value, self.key.value):
                yield f"mistake {slip.id!r} gives {plain(slip.gives.value)}, which is right"
            if not 0 <= slip.credit < 1:
                yield f"mistake {slip.id!r} keeps {slip.credit}; give a share from 0 to below 1"
        for position, slip in enumerate(self.mistakes):
            for other in self.mistakes[:position]:
                if self.accepts(slip.gives.value, other.gives.value):
                    yield (
                        f"mistakes {other.id!r} and {slip.id!r} both give {plain(slip.gives.value)}"
                    )


def _equation(quantity: Quantity) -> str:
    value = short(quantity.value)
    return f"{value} = {quantity.working}" if quantity.working not in ("", value) else value


@lru_cache(maxsize=PARSED_KEYS_KEPT)
def _formula(working: str) -> Node | None:
    """The working as a tree; none where it is told in words, or the value is given as it stands."""
    try:
        return parse(working, Vocabulary(())).tree
    except Malformed:
        return None


def _half_a_figure(wanted: Fraction, figures: int) -> Fraction:
    """Half a unit in the last of so many significant figures.

    >>> _half_a_figure(Fraction("4.3333"), 3)
    Fraction(1, 200)
    """
    if not wanted:
        return Fraction(0)
    exponent = 0
    size = abs(wanted)
    while size >= 10:
        size, exponent = size / 10, exponent + 1
    while size < 1:
        size, exponent = size * 10, exponent - 1
    return Fraction(10) ** (exponent - figures + 1) / 2
