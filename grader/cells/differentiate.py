"""The derivative of a formula of numbers with respect to one of its names, as a formula again."""

from fractions import Fraction
from functools import cache
from typing import Final

from grader.cells.algebra import ONE, ZERO, added, divided, opposite, power, times
from grader.cells.steps import substituted
from grader.reading.parser import parse
from grader.reading.tree import (
    Array,
    Call,
    Equation,
    Name,
    Neg,
    Node,
    Num,
    Power,
    Product,
    Quotient,
    Sum,
    Transpose,
)
from grader.reading.vocabulary import Vocabulary
from grader.reading.walk import names, walk

_X: Final = Vocabulary(("x",))

SLOPES: Final = {
    "tanh": "1 - tanh(x)^2",
    "σ": "σ(x)*(1 - σ(x))",
    "exp": "exp(x)",
    "log": "1/x",
    "sqrt": "1/(2*sqrt(x))",
    "relu": "relu'(x)",
    "sin": "cos(x)",
    "cos": "-sin(x)",
    "tan": "1 + tan(x)^2",
    "sinh": "cosh(x)",
    "cosh": "sinh(x)",
    "sech": "-sech(x)*tanh(x)",
}
"""The derivatives of functions of one variable."""


class NotDifferentiable(ValueError):
    """A formula whose derivative cannot be written as one formula: corners, vectors, equations."""


def differentiate(tree: Node, by: str) -> Node:  # noqa: C901 - one arm per kind of node
    """The partial derivative: every name but ``by`` is held fixed.

    >>> from grader.reading.printer import show
    >>> names = Vocabulary(("o_t", "c_t", "f_t"))
    >>> show(differentiate(parse("o_t*tanh(c_t)", names).tree, "c_t"))
    'o_t*(1 - tanh(c_t)^2)'
    >>> show(differentiate(parse("(1 - f_t)*f_t^3/c_t", names).tree, "f_t"))
    '(3*(1 - f_t)*f_t^2 - f_t^3)/c_t'
    """
    if by not in names(tree):
        return ZERO
    match tree:
        case Sum(terms):
            return added(*(differentiate(term, by) for term in terms))
        case Neg(arg):
            return opposite(differentiate(arg, by))
        case Product(factors):
            return _of_product(factors, by)
        case Quotient(top, bottom):
            return _of_quotient(top, bottom, by)
        case Power(base, exponent):
            return _of_power(base, exponent, by)
        case Call(function, (arg,)):
            return times(slope(function, arg), differentiate(arg, by))
        case Num() | Name():
            return ONE
        case Call(function, _):
            raise NotDifferentiable(f"{function} of several arguments has corners")
        case Transpose() | Array() | Equation():
            raise NotDifferentiable("only formulas of numbers have a derivative here")


def slope(function: str, at: Node) -> Node:
    """The derivative of a function of one variable at a place.

    >>> from grader.reading.printer import show
    >>> show(slope("σ", Name("z"))), show(slope("σ'", Name("z")))
    ('σ(z)*(1 - σ(z))', 'σ(z)*(1 - σ(z))^2 - σ(z)^2*(1 - σ(z))')
    """
    return substituted(_slope(function), {"x": at})


@cache
def _slope(function: str) -> Node:
    if function in SLOPES:
        return parse(SLOPES[function], _X).tree
    once = _slope(function[:-1]) if function.endswith("'") else Call(function, (Name("x"),))
    if any(isinstance(one, Call) and one.function == function for one in walk(once)):
        raise NotDifferentiable(f"{function} has no derivative that is one formula")
    return differentiate(once, "x")


def _of_product(factors: tuple[Node, ...], by: str) -> Node:
    return added(
        *(
            times(*factors[:place], differentiate(factor, by), *factors[place + 1 :])
            for place, factor in enumerate(factors)
        )
    )


def _of_quotient(top: Node, bottom: Node, by: str) -> Node:
    if by not in names(bottom):
        return divided(differentiate(top, by), bottom)
    above = added(
        times(differentiate(top, by), bottom), opposite(times(top, differentiate(bottom, by)))
    )
    return divided(above, power(bottom, 2))


def _of_power(base: Node, exponent: Node, by: str) -> Node:
    inner = differentiate(base, by)
    match exponent:
        case Num(value):
            return times(exponent, _to_the(base, value - 1), inner)
        case _ if by not in names(exponent):
            return times(exponent, Power(base, added(exponent, Neg(ONE))), inner)
        case _:
            rate = times(differentiate(exponent, by), Call("log", (base,)))
            rate = differentiate(exponent, by) if base == Name("e") else rate
            return times(Power(base, exponent), added(rate, times(exponent, divided(inner, base))))


def _to_the(base: Node, exponent: Fraction) -> Node:
    if exponent < 0:
        return Power(base, Neg(Num(-exponent)))
    return base if exponent == 1 else ONE if exponent == 0 else Power(base, Num(exponent))
