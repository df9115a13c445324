"""What is said of a pair of formulas: a verdict, the rung that gave it, and what it found."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from grader.deciding.congruence import Congruence, compare
from grader.deciding.domain import REALS, Domain
from grader.reading.tree import Node

if TYPE_CHECKING:
    from grader.deciding.witness import Witness


class Answer(StrEnum):
    """What can be said of two expressions."""

    EQUAL = "equal"
    DIFFERENT = "different"
    UNDECIDED = "undecided"


class Check(StrEnum):
    """The rung that answered."""

    IDENTICAL = "identical"  # the same tree after normal ordering
    REFUTED = "refuted"  # unequal modulo a prime, or certainly apart at a point
    IDENTITY = "identity"  # equal modulo independent primes; wrong with probability below 1e-15
    PROVED = "proved"  # exactly zero in sympy
    AGREED = "agreed"  # the same wherever we looked, which is no proof
    SHAPE = "shape"  # vectors or matrices that cannot stand together, or not in this place
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict, the rung that gave it, and what it found.

    ``sides`` are what was compared (the key's side first), for the counterexample: key and answer,
    or both sides of one equation where the other holds.  ``seed`` is that of the primes drawn for
    this process.
    """

    verdict: Answer
    check: Check
    reason: str = ""
    sides: tuple[Node, Node] | None = None
    domain: Domain = REALS
    seed: int | None = None
    of_equation: bool = False

    @property
    def witness(self) -> "Witness | None":
        """A counterexample in short numbers, worked out when it is asked for."""
        if self.sides is None or self.verdict is not Answer.DIFFERENT:
            return None
        return _witness(*self.sides, self.domain)

    @property
    def finding(self) -> str:
        """The facts, for people: the counterexample, or why nothing could be decided."""
        match self.verdict:
            case Answer.DIFFERENT if self.sides:
                example = self._example()
                return f"{self.reason}: {example}" if self.reason else example
            case Answer.EQUAL if self.sides and self.domain:
                given = " and ".join(_needed(*self.sides, self.domain))
                return f"{self.reason}, given that {given}" if given else self.reason
            case _:
                return self.reason

    def _example(self) -> str:
        if (witness := self.witness) is None:
            return "no counterexample in short numbers was found, but they are surely different"
        return witness.of_an_equation() if self.of_equation else str(witness)


def _needed(key: Node, answer: Node, domain: Domain) -> tuple[str, ...]:
    """What is declared of names and cannot be left out, in words."""
    for name in sorted(domain.positive | domain.integer | domain.gates):
        fewer = domain.without(name)
        if compare(key, answer, fewer).congruence is Congruence.EQUAL:
            domain = fewer
    declared = sorted(domain.positive | domain.integer | domain.gates)
    return tuple(domain.said_of(name) for name in declared)


@lru_cache(maxsize=64)
def _witness(key: Node, answer: Node, domain: Domain) -> "Witness | None":
    from grader.deciding import witness  # noqa: PLC0415 - few answers need mpmath

    return witness.find(key, answer, domain)
