"""A question worked out for seed 0 as JSON, and back: done once for a bank, not in every run."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any

from grader import parts
from grader.judge import KINDS
from grader.quantity import Quantity
from quizbank.bank import Entry
from quizbank.fields import choices_of, fields_of, is_record, item_of, members_of, named_of
from quizbank.question import Part, Question

_READERS: Mapping[type, Callable[[Any], Any]] = {one: one for one in (str, int, bool, Fraction)}
"""Types that read themselves, such as ``Fraction("13/3")``."""


@dataclass(frozen=True, slots=True)
class Again:
    """The rule of a part that carries: read from what is written when somebody gets that far."""

    entry: Entry
    part: str

    def rework(self, values: parts.Values) -> Quantity:
        """The key for other values of earlier parts."""
        return self._rule().rework(values)

    def refuses(self, values: parts.Values) -> bool:
        """Whether those values leave nothing to work out."""
        return self._rule().refuses(values)

    def _rule(self) -> parts.Carry:
        return _rules(self.entry)[self.part]


@lru_cache(maxsize=256)
def _rules(entry: Entry) -> dict[str, parts.Carry]:
    """What is carried in a question, by the part that carries it."""
    from quizbank.decode import decode  # noqa: PLC0415 - few answers get that far

    question, _ = decode(entry.tree(), entry.summary.file)
    carrying = (part.marking for part in question.parts) if question else ()
    return {part.id: part.carry for part in carrying if part.carry}


def freeze(value: Any) -> Any:
    """A question, or anything in one, as JSON: records as lists of their fields, in order.

    >>> from grader.kinds.number import Number
    >>> freeze(Number(Quantity(Fraction(13, 3), "13/3"), relative=Fraction(1, 100)))
    [['13/3', '13/3'], '0', '1/100', 0, '', []]
    """
    match value:
        case Fraction():
            return str(value)
        case tuple():
            return [freeze(one) for one in value]
        case Mapping():
            return {name: freeze(one) for name, one in value.items()}
        case parts.Carry():
            return [freeze(value.sources), freeze(value.credit)]
        case _ if is_dataclass(value):
            return [freeze(getattr(value, field.name)) for field in fields(value)]
        case _:
            return value


def thaw(entry: Entry) -> Question:
    """The question that was frozen."""
    values: dict[str, Any] = {}
    for field, frozen in zip(fields_of(Question), json.loads(entry.frozen), strict=True):
        if field.name == "parts":
            values["parts"] = tuple(_part(one, entry) for one in frozen)
        else:
            values[field.name] = reader(field.hint)(frozen)
    return Question(**values)


def _part(frozen: Any, entry: Entry) -> Part:
    (name, spec, points, carry), kind, ask, hints, line = frozen
    marking = parts.Part(name, reader(KINDS[kind])(spec), Fraction(points))
    if carry is not None:
        (sources, credit), again = carry, Again(entry, name)
        rule = parts.Carry(tuple(sources), again.rework, again.refuses, Fraction(credit))
        marking = replace(marking, carry=rule)
    return Part(marking, kind, ask, tuple(hints), line)


@cache
def reader(hint: Any) -> Callable[[Any], Any]:
    """What makes a value of a declared type of its JSON.

    >>> reader(tuple[Quantity, ...])([["13/3", ""]])
    (Quantity(value=Fraction(13, 3), working=''),)
    """
    if item := item_of(hint):
        read = reader(item)
        return lambda json: tuple(map(read, json))
    if named := named_of(hint):
        read = reader(named)
        return lambda json: {name: read(one) for name, one in json.items()}
    if len(members := members_of(hint)) == 1:
        read = reader(members[0])
        return lambda json: None if json is None else read(json)
    if is_record(hint):
        reads = [reader(field.hint) for field in fields_of(hint)]
        return lambda json: hint(*[read(one) for read, one in zip(reads, json, strict=True)])
    return _READERS[str if choices_of(hint) else hint]
