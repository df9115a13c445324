"""What the form of a real expression tells: its sign, its factors, the number it stands for."""

from collections.abc import Callable, Iterator, Mapping, Set
from enum import IntEnum
from fractions import Fraction
from functools import reduce
from operator import add, mul
from types import MappingProxyType

from grader import limits
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


def is_positive(node: Node, positive: Set[str]) -> bool:
    """Whether a real expression is above zero wherever it is defined, as far as its form shows.

    >>> one, x = Num(Fraction(1)), Name("x")
    >>> is_positive(Sum((one, Call("exp", (x,)))), set()), is_positive(Sum((one, x)), set())
    (True, False)
    """
    return _sign(node, positive) is Sign.POSITIVE


def _sign(node: Node, positive: Set[str]) -> Sign:
    match node:
        case Num(value):
            return Sign.POSITIVE if value else Sign.NEVER_NEGATIVE
        case Name(text):
            known = text in positive or text in ("e", "π")
            return Sign.POSITIVE if known else Sign.UNKNOWN
        case Sum(terms):
            signs = [_sign(term, positive) for term in terms]
            return max(signs) if min(signs) else Sign.UNKNOWN
        case Product(factors):
            return min(_sign(factor, positive) for factor in factors)
        case Quotient(top, bottom):
            return min(_sign(top, positive), _sign(bottom, positive))
        case Power(base, Num(exponent)) if exponent.numerator % 2 == 0:
            return max(_sign(base, positive), Sign.NEVER_NEGATIVE)
        case Power(base, _):
            return _sign(base, positive)
        case Call(function, _):
            return _SIGNS.get(function, Sign.UNKNOWN)
        case _:
            return Sign.UNKNOWN


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
