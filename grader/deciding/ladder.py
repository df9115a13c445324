"""Is an answer equal to the key? One rung after the other, until one is certain."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from grader.deciding.congruence import Congruence, compare, fields
from grader.deciding.equations import compare_equations
from grader.deciding.normal import TooLarge, identical, leaves
from grader.reading.tree import Equation, Node

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

    ``sides`` are what differs (the key's side first), for the counterexample; ``seed`` is that of
    the primes drawn for this process.
    """

    verdict: Answer
    check: Check
    reason: str = ""
    sides: tuple[Node, Node] | None = None
    positive: frozenset[str] = frozenset()
    seed: int | None = None

    @property
    def witness(self) -> "Witness | None":
        """A counterexample in short numbers, worked out when it is asked for."""
        return None if self.sides is None else _witness(*self.sides, self.positive)

    @property
    def finding(self) -> str:
        """The facts, for people: the counterexample, or why nothing could be decided."""
        if self.verdict is not Answer.DIFFERENT:
            return self.reason
        example = str(self.witness or "" if self.sides else "")
        if self.sides and not example:
            example = "no counterexample in short numbers was found, but they are surely different"
        return f"{self.reason}: {example}" if self.reason and example else self.reason or example


def decide(
    key: Node,
    answer: Node,
    *,
    positive: frozenset[str] = frozenset(),
    complex_unit: bool = False,
    prove: bool = False,
    shapes: Mapping[str, tuple[str | int, ...]] | None = None,
) -> Decision:
    """Whether an answer equals the key wherever both have a value, for real values of the names.

    With ``complex_unit`` the name i is the imaginary unit; with ``prove`` an identity found
    modulo primes is proved in sympy as well, where that is possible.  ``shapes`` tells of names
    that stand for vectors and matrices: ``{"U": ("n", "n"), "h": ("n",)}``.

    >>> from grader.reading.parser import parse
    >>> from grader.reading.vocabulary import Vocabulary
    >>> def ask(key, answer, **options):
    ...     trees = (parse(text, Vocabulary((), any_name=True)).tree for text in (key, answer))
    ...     return decide(*trees, **options)
    >>> ask("tanh(x)", "2σ(2x) - 1").check.value
    'identity'
    >>> ask("x", "sqrt(x^2)", positive=frozenset("x")).verdict.value
    'equal'
    >>> ask("x", "sqrt(x^2)").finding
    'at x = -1: yours 1, expected -1'
    >>> ask("U h", "h U", shapes={"U": ("n", "n"), "h": ("n",)}).finding
    'h (n) times U (n×n) does not fit; the other order fits: U h'
    """
    try:
        alike = leaves(key) == leaves(answer)
    except TooLarge as error:
        return _undecided(str(error))
    if shapes:
        return _vectors(key, answer, positive, complex_unit, shapes)
    match key, answer:
        case Equation(), Equation():
            return _equations(key, answer, positive, complex_unit)
        case (Equation(), _) | (_, Equation()):
            return _undecided("an equation cannot be compared with a formula")
        case _:
            return _formulas(key, answer, positive, complex_unit, prove, alike)


def _formulas(
    key: Node,
    answer: Node,
    positive: frozenset[str],
    complex_unit: bool,
    prove: bool,
    alike: bool,
) -> Decision:
    """``alike``: they hold equally many names and numbers, as identical trees do."""
    compared = compare(key, answer, positive, complex_unit)
    match compared.congruence:
        case Congruence.UNEQUAL:
            sides = None if complex_unit else (key, answer)
            return Decision(Answer.DIFFERENT, Check.REFUTED, "", sides, positive, _seed())
        case Congruence.ONE_NOWHERE_DEFINED:
            return Decision(Answer.DIFFERENT, Check.REFUTED, compared.reason, seed=_seed())
        case Congruence.EQUAL:
            if alike and identical(key, answer, scalars=True):
                return Decision(Answer.EQUAL, Check.IDENTICAL)
            return _equal(key, answer, positive, complex_unit, prove)
        case Congruence.EQUAL_WHERE_POSITIVE:
            where = f"equal where {_listed(compared.names)} positive"
            return _sampled(key, answer, positive, where, may_prove=False)
        case Congruence.OPEN:
            if alike and identical(key, answer):
                return Decision(Answer.EQUAL, Check.IDENTICAL)
            if complex_unit:
                return _undecided(compared.reason or "this cannot be decided over complex numbers")
            return _sampled(key, answer, positive, compared.reason, may_prove=True)


def _equal(
    key: Node, answer: Node, positive: frozenset[str], complex_unit: bool, prove: bool
) -> Decision:
    """Equal modulo primes; with a proof as well, if one is wanted and found."""
    if prove:
        from grader.deciding import proof  # noqa: PLC0415 - only who asks for it waits for sympy

        attempt = proof.prove(key, answer, positive, complex_unit)
        if attempt.proved:
            return Decision(Answer.EQUAL, Check.PROVED, "exactly equal")
    chance = "equal modulo independent primes (chance of error below 1e-15)"
    return Decision(Answer.EQUAL, Check.IDENTITY, chance, seed=_seed())


def _sampled(
    key: Node, answer: Node, positive: frozenset[str], reason: str, *, may_prove: bool
) -> Decision:
    """What no exact rung can judge: a certain gap refutes, agreement has to be proved."""
    from grader.deciding.sampling import sample  # noqa: PLC0415 - few answers need mpmath

    found = sample(key, answer, positive)
    if found.apart is not None and found.counts:
        return Decision(Answer.DIFFERENT, Check.REFUTED, "", (key, answer), positive)
    if found.apart is not None or found.one_sided is not None:
        return _undecided(found.in_words(reason))
    if not found.together:
        return _undecided(reason or "it could not be worked out at any point")
    if may_prove:
        from grader.deciding import proof  # noqa: PLC0415

        attempt = proof.prove(key, answer, positive)
        if attempt.proved:
            return Decision(Answer.EQUAL, Check.PROVED, "exactly equal")
        reason = reason or attempt.reason
    agreed = f"it agrees at {found.together} points"
    return Decision(Answer.UNDECIDED, Check.AGREED, f"{agreed}; {reason}" if reason else agreed)


def _equations(
    key: Equation, answer: Equation, positive: frozenset[str], complex_unit: bool
) -> Decision:
    if identical(key, answer):
        return Decision(Answer.EQUAL, Check.IDENTICAL)
    said = compare_equations(key, answer, positive, complex_unit)
    match said.congruence:
        case Congruence.EQUAL:
            same = "the same equation up to a constant factor"
            return Decision(Answer.EQUAL, Check.IDENTITY, same, seed=_seed())
        case Congruence.UNEQUAL:
            reason = "where one equation holds, the sides of the other differ"
            return Decision(Answer.DIFFERENT, Check.REFUTED, reason, said.sides, positive, _seed())
        case _:
            return _undecided(said.reason)


def _vectors(
    key: Node,
    answer: Node,
    positive: frozenset[str],
    complex_unit: bool,
    shapes: Mapping[str, tuple[str | int, ...]],
) -> Decision:
    from grader.deciding.shapes import declared  # noqa: PLC0415 - most formulas are of numbers
    from grader.deciding.vectors import decide_shaped  # noqa: PLC0415

    if complex_unit:
        return _undecided("matrices of complex numbers")
    return decide_shaped(key, answer, declared(shapes), positive)


def _undecided(reason: str) -> Decision:
    return Decision(Answer.UNDECIDED, Check.UNDECIDED, reason)


def _seed() -> int:
    return fields()[0].seed


def _listed(names: tuple[str, ...]) -> str:
    return f"{', '.join(names)} {'are' if len(names) > 1 else 'is'}"


@lru_cache(maxsize=64)
def _witness(key: Node, answer: Node, positive: Set[str]) -> "Witness | None":
    from grader.deciding import witness  # noqa: PLC0415 - few answers need mpmath

    return witness.find(key, answer, positive)
