"""Error carried forward: a part's key worked out again from the learner's own earlier values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from grader import parts
from grader.quantity import Quantity
from grader.reading.exact import NotExact
from quizbank.formulas import OF_PART, BadFormula, Scope, holds, references, work_out
from quizbank.values import did_you_mean

if TYPE_CHECKING:  # few questions have a model
    from grader.models.stack import Model


@dataclass(frozen=True, slots=True)
class CarryRule:
    """``carry`` as authors write it; ``refuse`` is a comparison on the carried value."""

    credit: Fraction
    refuse: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What formulas know besides numbers: the model, and the keys of the parts so far."""

    model: "Model | None" = None
    keys: Mapping[str, Quantity] = field(default_factory=dict)

    def __call__(self, function: str, name: str) -> Quantity:
        """The value of ``function(name)``; raises `BadFormula`."""
        if function != OF_PART:
            from quizbank.layers import measure  # noqa: PLC0415 - few questions have a model

            return measure(self.model, function, name)
        if name not in self.keys:
            hint = did_you_mean(name, list(self.keys))
            raise BadFormula(f"no earlier part with a number is called {name!r}{hint}")
        return self.keys[name]


@dataclass(frozen=True, slots=True)
class Rework:
    """A formula and what it knows, to be worked out again for other values of earlier parts."""

    key: str
    refuse: str
    numbers: Mapping[str, Quantity]
    facts: Facts

    def __call__(self, values: parts.Values) -> Quantity:
        """The key for these values; raises `NotExact` where there is none.

        >>> rework = Rework("2*part(a) + 1", "", {}, Facts(keys={"a": Quantity(Fraction(6))}))
        >>> rework({"a": Fraction(5)}).value, rework.refuses({"a": Fraction(5)})
        (Fraction(11, 1), False)
        """
        try:
            return work_out(self.key, self._scope(values))
        except BadFormula as error:
            raise NotExact(str(error)) from error

    def refuses(self, values: parts.Values) -> bool:
        """Whether nothing is left to work out: so says the author, or any value gives this key."""
        if self.refuse and holds(self.refuse, self._scope(values)):
            return True
        here = self(values).value
        return all(self(moved).value == here for moved in _elsewhere(values))

    def _scope(self, values: parts.Values) -> Scope:
        carried = {name: Quantity(value) for name, value in values.items()}
        return Scope(self.numbers, Facts(self.facts.model, {**self.facts.keys, **carried}))


def read_carry(rule: CarryRule, rework: Rework) -> parts.Carry:
    """What the grader needs to follow a learner's own values; `BadFormula` where it cannot.

    >>> rework = Rework("2*part(a) + 1", "", {}, Facts(keys={"a": Quantity(Fraction(6))}))
    >>> read_carry(CarryRule(Fraction(3, 4)), rework).sources
    ('a',)
    """
    named = [name for function, name in references(rework.key) if function == OF_PART]
    if not named:
        raise BadFormula("the key uses no part(…), so there is nothing to carry")
    if not 0 < rule.credit < 1:
        raise BadFormula(f"credit is {rule.credit}; give a share between 0 and 1")
    rework.refuses({name: rework.facts.keys[name].value for name in named})
    return parts.Carry(tuple(dict.fromkeys(named)), rework, rework.refuses, rule.credit)


def _elsewhere(values: parts.Values) -> list[dict[str, Fraction]]:
    """Other values, near and far, at which a key that depends on them is different somewhere."""
    moves = ((1, 1), (2, 1), (1000, 7))
    return [{name: a * value + b for name, value in values.items()} for a, b in moves]
