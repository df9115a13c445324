"""Values of trees in exact rational numbers, and putting trees in place of names."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import ceil, floor, isqrt, prod
from typing import Final

from grader import limits
from grader.reading.printer import show
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
from grader.reading.walk import rebuilt

#: A function of trees: the names in its arguments need not stand for numbers.
Applied = Callable[[tuple[Node, ...]], Fraction]


class NotExact(ValueError):
    """A tree whose value is undefined, irrational, too big, or rests on an unknown name."""


def evaluate(
    tree: Node, values: Mapping[str, Fraction] = {}, functions: Mapping[str, Applied] = {}
) -> Fraction:
    """The exact value of a tree where the names have these values.

    ``functions`` are those of the vocabulary; they receive their arguments as trees.

    >>> from grader.reading.parser import parse
    >>> from grader.reading.vocabulary import Vocabulary
    >>> gate = parse("4*((d+1)*n + n^2)", Vocabulary(("d", "n"))).tree
    >>> evaluate(gate, {"d": Fraction(16), "n": Fraction(32)})
    Fraction(6272, 1)
    >>> evaluate(parse("sqrt(2)", Vocabulary(())).tree)
    Traceback (most recent call last):
        ...
    grader.reading.exact.NotExact: sqrt(2) is not a fraction
    """
    return _Exact(values, functions).of(tree)


def substitute(tree: Node, values: Mapping[str, Node]) -> Node:
    """The tree with trees put in place of names.

    >>> substitute(Neg(Name("x")), {"x": Name("y")})
    Neg(arg=Name(text='y'))
    """
    if isinstance(tree, Name):
        return values.get(tree.text, tree)
    return rebuilt(tree, lambda child: substitute(child, values))


class _Exact:
    __slots__ = ("functions", "values")

    def __init__(self, values: Mapping[str, Fraction], functions: Mapping[str, Applied]) -> None:
        self.values = values
        self.functions = functions

    def of(self, tree: Node) -> Fraction:  # noqa: C901 - one arm per kind of node
        match tree:
            case Num(value):
                return value
            case Name(text):
                if text not in self.values:
                    raise NotExact(f"{text} has no exact value here")
                return self.values[text]
            case Sum(terms):
                return _bounded(sum(map(self.of, terms), Fraction(0)), tree)
            case Neg(arg):
                return -self.of(arg)
            case Product(factors):
                return self._product(factors, tree)
            case Quotient(top, bottom):
                return self._quotient(top, bottom)
            case Power(base, exponent):
                return _power(self.of(base), self.of(exponent), tree)
            case Transpose(arg):
                return self.of(arg)
            case Call(function, args):
                return self._call(function, args, tree)
            case Array():
                raise NotExact("entries are not one value")
            case Equation():
                raise NotExact("an equation has no value")

    def _product(self, factors: tuple[Node, ...], tree: Node) -> Fraction:
        value = Fraction(1)
        for factor in factors:
            value = _bounded(value * self.of(factor), tree)
        return value

    def _quotient(self, top: Node, bottom: Node) -> Fraction:
        divisor = self.of(bottom)
        if not divisor:
            raise NotExact(f"{_shortened(Quotient(top, bottom))} divides by zero")
        return _bounded(self.of(top) / divisor, top)

    def _call(self, function: str, args: tuple[Node, ...], tree: Node) -> Fraction:
        if function in self.functions:
            return self.functions[function](args)
        if function not in _FUNCTIONS:
            raise NotExact(f"{show(tree)} is not a fraction")
        return _FUNCTIONS[function](*map(self.of, args))


def _bounded(value: Fraction, tree: Node) -> Fraction:
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > limits.EXACT_BITS:
        raise NotExact(f"{_shortened(tree)} is too big")
    return value


def _shortened(tree: Node) -> str:
    shown = show(tree)
    return shown if len(shown) <= 40 else f"{shown[:39]}…"


def _power(base: Fraction, exponent: Fraction, tree: Node) -> Fraction:
    """Whole powers, and square roots of squares."""
    if exponent.denominator == 2:
        return _power(_root(base), Fraction(exponent.numerator), tree)
    if exponent.denominator != 1:
        raise NotExact(f"{_shortened(tree)} is not a fraction")
    if not base and exponent <= 0:
        raise NotExact(f"{_shortened(tree)} is undefined: zero to a power that is not positive")
    power, bits = int(exponent), max(base.numerator.bit_length(), base.denominator.bit_length())
    if base not in (-1, 0, 1) and abs(power) * bits > limits.EXACT_BITS:
        raise NotExact(f"{_shortened(tree)} is too big")
    return base ** (power if base not in (-1, 0, 1) else power % 2 + 2)


def _root(value: Fraction) -> Fraction:
    if value < 0:
        raise NotExact(f"the square root of {value} is not a real number")
    root = Fraction(isqrt(value.numerator), isqrt(value.denominator))
    if root * root != value:
        raise NotExact(f"sqrt({value}) is not a fraction")
    return root


def _added(*values: Fraction) -> Fraction:
    return sum(values, Fraction(0))


_FUNCTIONS: Final[dict[str, Callable[..., Fraction]]] = {
    "sqrt": _root,
    "abs": abs,
    "floor": lambda value: Fraction(floor(value)),
    "ceil": lambda value: Fraction(ceil(value)),
    "relu": lambda value: max(value, Fraction(0)),
    "max": lambda *values: max(values),
    "min": lambda *values: min(values),
    "sum": _added,
    "prod": lambda *values: prod(values, start=Fraction(1)),
}
