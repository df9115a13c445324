"""What the form of a real expression tells: its sign, its factors, the number it stands for."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import IntEnum
from fractions import Fraction
from functools import reduce
from operator import add, mul
from types import MappingProxyType
from typing import NamedTuple

from grader import limits
from grader.deciding.domain import Domain
from grader.deciding.field import Unsupported
from grader.reading.tree import Call, Name, Neg, Node, Num, Power, Product, Quotient, Sum


class Sign(IntEnum):
    """What is known of a sign; a larger one says more."""

    UNKNOWN = 0
    NEVER_NEGATIVE = 1
    POSITIVE = 2


_SIGNS: Mapping[str, Sign] = MappingProxyType(
    {
        **dict.fromkeys(("exp", "exp'", "exp''", "σ", "σ'", "tanh'", "tan'"), Sign.POSITIVE),
        **dict.fromkeys(("cosh", "cosh''", "sinh'", "sech"), Sign.POSITIVE),
        **dict.fromkeys(("sqrt", "abs", "relu"), Sign.NEVER_NEGATIVE),
    }
)


def is_positive(node: Node, domain: Domain) -> bool:
    """Whether a real expression is above zero wherever it is defined, as far as its form shows.

    >>> from grader.deciding.domain import REALS
    >>> one, x = Num(Fraction(1)), Name("x")
    >>> is_positive(Sum((one, Call("exp", (x,)))), REALS), is_positive(Sum((one, x)), REALS)
    (True, False)
    >>> is_positive(Sum((one, Neg(Call("tanh", (x,))))), REALS)
    True
    """
    return _sign(node, domain) is Sign.POSITIVE


def is_whole(node: Node, domain: Domain) -> bool:
    """Whether a real expression is a whole number wherever it is defined, as its form shows.

    >>> n = Name("n")
    >>> is_whole(Product((Num(Fraction(2)), n)), Domain(integer=frozenset("n")))
    True
    """
    match node:
        case Num(value):
            return value.denominator == 1
        case Name(text):
            return text in domain.integer
        case Power(base, Num(exponent)):
            return exponent.denominator == 1 and is_whole(base, domain)
        case Call("floor" | "ceil", _):
            return True
        case Sum(parts) | Product(parts) | Call("abs" | "relu" | "max" | "min", parts):
            return all(is_whole(part, domain) for part in parts)
        case Neg(arg):
            return is_whole(arg, domain)
        case _:
            return False


def _sign(node: Node, domain: Domain) -> Sign:
    match node:
        case Num(value):
            return Sign.POSITIVE if value else Sign.NEVER_NEGATIVE
        case Name(text):
            known = domain.is_positive(text) or text in ("e", "π")
            return Sign.POSITIVE if known else Sign.UNKNOWN
        case Sum(terms):
            signs = [_sign(term, domain) for term in terms]
            return max(signs) if min(signs) else _sign_of_sum(terms, signs, domain)
        case Product(factors):
            return min(_sign(factor, domain) for factor in factors)
        case Quotient(top, bottom):
            return min(_sign(top, domain), _sign(bottom, domain))
        case Power(base, Num(exponent)) if exponent.numerator % 2 == 0:
            return max(_sign(base, domain), Sign.NEVER_NEGATIVE)
        case Power(base, _):
            return _sign(base, domain)
        case Call("sqrt", (arg,)) if _sign(arg, domain) is Sign.POSITIVE:
            return Sign.POSITIVE
        case Call(function, _):
            return _SIGNS.get(function, Sign.UNKNOWN)
        case _:
            return Sign.UNKNOWN


class Bound(NamedTuple):
    """A number that something does not go beyond, and whether it never gets there either."""

    value: Fraction
    strict: bool


def _sign_of_sum(terms: tuple[Node, ...], signs: list[Sign], domain: Domain) -> Sign:
    """The sign of a sum in which some terms are bounded: ``1 - σ(x) > 0``."""
    least = _joined(add, (_least(*one, domain) for one in zip(terms, signs, strict=True)))
    if least is None or least.value < 0:
        return Sign.UNKNOWN
    return Sign.POSITIVE if least.strict or least.value > 0 else Sign.NEVER_NEGATIVE


def _least(node: Node, sign: Sign, domain: Domain) -> Bound | None:
    if isinstance(node, Num):
        return Bound(node.value, False)
    if sign:
        return Bound(Fraction(0), sign is Sign.POSITIVE)
    most = _most(node, domain)
    return None if most is None else Bound(-most.value, most.strict)


def _most(node: Node, domain: Domain) -> Bound | None:
    """An upper bound of the absolute value."""
    match node:
        case Num(value):
            return Bound(value, False)
        case Neg(arg):
            return _most(arg, domain)
        case Name(text) if text in domain.gates:
            return Bound(Fraction(1), True)
        case Sum(terms):
            return _joined(add, (_most(term, domain) for term in terms))
        case Product(factors, "*" | "⊙"):
            most = _joined(mul, (_most(factor, domain) for factor in factors))
            return most and Bound(most.value, most.strict and most.value > 0)
        case Power(base, Num(exponent)) if exponent >= 1 and (most := _most(base, domain)):
            return most if most.value <= 1 else None
        case Call("σ" | "tanh", _):
            return Bound(Fraction(1), True)
        case Call("sech" | "sin" | "cos" | "tanh'" | "σ'", _):
            return Bound(Fraction(1), False)
        case _:
            return None


def _joined(
    combine: Callable[[Fraction, Fraction], Fraction], bounds: Iterable[Bound | None]
) -> Bound | None:
    """The bound of a sum or product; a strict one makes it strict; one that is missing is all."""
    known: list[Bound] = []
    for bound in bounds:
        if bound is None:
            return None
        known.append(bound)
    return Bound(reduce(combine, (one.value for one in known)), any(one.strict for one in known))


def factors_of(node: Node, times: int = 1) -> Iterator[tuple[Node, int]]:
    """The factors of a product or quotient with their whole exponents.

    >>> x, y = Name("x"), Name("y")
    >>> list(factors_of(Quotient(Power(x, Num(Fraction(3))), y)))
    [(Name(text='x'), 3), (Name(text='y'), -1)]
    """
    match node:
        case Product(factors, "*" | "⊙"):
            for one in factors:
                yield from factors_of(one, times)
        case Quotient(top, bottom):
            yield from factors_of(top, times)
            yield from factors_of(bottom, -times)
        case Power(base, Num(value)) if value.denominator == 1:
            yield from factors_of(base, times * value.numerator)
        case _:
            yield node, times


def constant(node: Node) -> Fraction | None:
    """The number a tree of plain arithmetic stands for; None where a name or a function occurs.

    >>> constant(Quotient(Num(Fraction(3)), Neg(Num(Fraction(2)))))
    Fraction(-3, 2)

    Raises Unsupported where the number would be too long to work with.
    """
    match node:
        case Num(value):
            return value
        case Neg(arg):
            return None if (inner := constant(arg)) is None else -inner
        case Sum(terms):
            return _fold(add, terms)
        case Product(factors, "*" | "⊙"):
            return _fold(mul, factors)
        case Quotient(top, bottom):
            above, below = constant(top), constant(bottom)
            return None if above is None or not below else _short(above / below)
        case Power(base, exponent):
            root, power = constant(base), constant(exponent)
            return None if root is None or power is None else _power(root, power)
        case _:
            return None


def _fold(
    combine: Callable[[Fraction, Fraction], Fraction], parts: tuple[Node, ...]
) -> Fraction | None:
    values: list[Fraction] = []
    for part in parts:
        if (value := constant(part)) is None:
            return None
        values.append(value)
    return reduce(lambda a, b: _short(combine(a, b)), values)


def _power(base: Fraction, exponent: Fraction) -> Fraction | None:
    if exponent.denominator != 1 or (base == 0 and exponent <= 0):
        return None
    if abs(exponent) * bits(base) > limits.NUMBER_BITS:
        raise Unsupported("a number in it is too long to be worked out")
    return base**exponent.numerator


def _short(value: Fraction) -> Fraction:
    if bits(value) > limits.NUMBER_BITS:
        raise Unsupported("a number in it is too long to be worked out")
    return value


def bits(value: Fraction) -> int:
    """Length of the longer of numerator and denominator."""
    return max(value.numerator.bit_length(), value.denominator.bit_length())
