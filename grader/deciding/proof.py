"""Rung 4: a proof in sympy that a difference is exactly zero, within a budget."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import prod
from typing import Any

from grader import limits
from grader.deciding.domain import REALS, Domain
from grader.deciding.signs import bits, constant
from grader.reading.tree import Call, Neg, Node, Num, Power, Product, Quotient, Sum
from grader.reading.walk import names, walk

BY_CASES = frozenset({"abs", "relu", "max", "min", "floor", "ceil", "abs'", "relu'"})
"""sympy settles these by working out numbers, for which it may take any time."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether the two expressions are proved equal; if not, why there is no proof."""

    proved: bool
    reason: str = ""


def prove(key: Node, answer: Node, domain: Domain = REALS) -> Proof:
    """Try to prove that two expressions are equal; never a proof that they differ.

    >>> from grader.reading.tree import Name
    >>> x, one = Name("x"), Num(1)
    >>> prove(Call("tanh'", (x,)), Power(Call("sech", (x,)), Num(2))).proved
    True
    >>> prove(x, one).reason
    'sympy found no proof'
    """
    size = sum(1 for tree in (key, answer) for _ in walk(tree))
    if size > limits.PROOF_NODES:
        return Proof(False, "it is too long for a proof")
    if reason := _too_hard(key) or _too_hard(answer):
        return Proof(False, reason)
    from sympy.polys.polyerrors import BasePolynomialError  # noqa: PLC0415 - only those who prove pay

    try:
        difference = _difference(key, answer, domain)
        proved = any(step(difference) == 0 for step in _steps())
    except (
        ArithmeticError,
        AssertionError,
        AttributeError,
        BasePolynomialError,
        LookupError,
        NotImplementedError,
        RecursionError,
        TypeError,
        ValueError,
    ) as error:  # sympy raises all of these on expressions it cannot handle
        return Proof(False, f"sympy gave up ({type(error).__name__})")
    return Proof(proved, "" if proved else "sympy found no proof")


def _difference(key: Node, answer: Node, domain: Domain) -> Any:
    import sympy  # noqa: PLC0415 - a quarter of a second

    from grader.reading.symbolic import to_sympy  # noqa: PLC0415

    assumptions: dict[str, dict[str, bool]] = {}
    for name in (*domain.positive, *domain.gates):
        assumptions.setdefault(name, {})["positive"] = True
    for name in domain.integer:
        assumptions.setdefault(name, {})["integer"] = True
    difference = to_sympy(key, assumptions) - to_sympy(answer, assumptions)
    if domain.complex_unit:
        return difference.xreplace({sympy.Symbol("i", real=True): sympy.I})
    return difference


def _steps() -> Iterator[Callable[[Any], Any]]:
    """Cheapest first: as it stands, over exponentials, over logarithms."""
    import sympy  # noqa: PLC0415

    yield lambda difference: difference
    yield lambda difference: sympy.expand(
        sympy.powsimp(sympy.fraction(sympy.together(difference.rewrite(sympy.exp)))[0].expand())
    )
    yield lambda difference: sympy.expand_log(sympy.powdenest(difference, force=False)).expand()


def _too_hard(tree: Node) -> str:
    """Why a tree is not handed to sympy, or nothing."""
    nodes = list(walk(tree))
    if any(isinstance(node, Num) and bits(node.value) > limits.PROOF_NUMBER_BITS for node in nodes):
        return "a number in it is too long for a proof"
    calls = {node.function for node in nodes if isinstance(node, Call)}
    if calls & {"diag", "sum", "prod"}:
        return "it needs declared shapes"
    if calls & BY_CASES:
        return "it is defined by cases"
    if any(isinstance(node, Power) and not _tame(node) for node in nodes):
        return "an exponent in it is too large for a proof"
    if _terms(tree) > limits.PROOF_TERMS:
        return f"it has more than {limits.PROOF_TERMS} terms when multiplied out"
    return ""


def _tame(power: Power) -> bool:
    """Exponents are small numbers, or hold a name that keeps sympy from working them out."""
    if not names(power.exponent):
        exponent = power.exponent.arg if isinstance(power.exponent, Neg) else power.exponent
        value = exponent.value if isinstance(exponent, Num) else None
        if value is None:
            value = constant(exponent) if not any(map(_is_power, walk(exponent))) else None
        return value is not None and abs(value) <= limits.PROOF_DEGREE
    return True


def _is_power(node: Node) -> bool:
    return isinstance(node, Power)


def _terms(node: Node) -> int:
    """Terms after multiplying out, at most about; capped so that the count itself stays cheap."""
    match node:
        case Sum(terms):
            count = sum(map(_terms, terms))
        case Product(factors):
            count = prod(map(_terms, factors))
        case Quotient(top, bottom):
            count = _terms(top) * _terms(bottom)
        case Power(base, Num(value)):
            count = _terms(base) ** min(int(value), limits.PROOF_DEGREE)
        case Neg(arg):
            count = _terms(arg)
        case Call(_, args):
            count = 2 * prod(map(_terms, args))
        case _:
            count = 1
    return min(count, limits.PROOF_TERMS + 1)
