"""Trees as sympy expressions, built node by node: no text ever reaches sympy."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import sympy

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

_CONSTANTS: Final = {"e": sympy.E, "π": sympy.pi}


def _sigmoid(x: Any) -> Any:
    return 1 / (1 + sympy.exp(-x))


_FUNCTIONS: Final[dict[str, Callable[..., Any]]] = {
    "tanh": sympy.tanh,
    "σ": _sigmoid,
    "exp": sympy.exp,
    "log": sympy.log,
    "sqrt": sympy.sqrt,
    "relu": lambda x: sympy.Max(0, x),
    "sin": sympy.sin,
    "cos": sympy.cos,
    "tan": sympy.tan,
    "sinh": sympy.sinh,
    "cosh": sympy.cosh,
    "sech": sympy.sech,
    "abs": sympy.Abs,
    "floor": sympy.floor,
    "ceil": sympy.ceiling,
    "max": sympy.Max,
    "min": sympy.Min,
}


def to_sympy(tree: Node, assumptions: Mapping[str, Mapping[str, bool]] = {}) -> Any:
    """A tree of scalars in sympy; names are real unless ``assumptions`` say more or otherwise.

    Functions that are not known to sympy, and those of vectors, stay unevaluated functions.

    >>> from grader.reading.parser import parse
    >>> from grader.reading.vocabulary import Vocabulary
    >>> to_sympy(parse("tanh'(c_t)*c_t^0.5", Vocabulary(("c_t",))).tree)
    sqrt(c_t)*(1 - tanh(c_t)**2)
    """
    return _Translation(assumptions).of(tree)


class _Translation:
    __slots__ = ("assumptions",)

    def __init__(self, assumptions: Mapping[str, Mapping[str, bool]]) -> None:
        self.assumptions = assumptions

    def of(self, tree: Node) -> Any:  # noqa: C901, PLR0911 - one arm per kind of node
        match tree:
            case Num(value):
                return sympy.Rational(value.numerator, value.denominator)
            case Name(text):
                return self._name(text)
            case Sum(terms):
                return sympy.Add(*map(self.of, terms))
            case Neg(arg):
                return -self.of(arg)
            case Product(factors):
                return sympy.Mul(*map(self.of, factors))
            case Quotient(top, bottom):
                return self.of(top) / self.of(bottom)
            case Power(base, exponent):
                return self.of(base) ** self.of(exponent)
            case Transpose(arg):
                return self.of(arg)
            case Call(function, args):
                return self._call(function, [self.of(arg) for arg in args])
            case Array(entries):
                return sympy.Tuple(*map(self.of, entries))
            case Equation(left, right):
                return sympy.Eq(self.of(left), self.of(right), evaluate=False)

    def _name(self, text: str) -> Any:
        if text in _CONSTANTS and text not in self.assumptions:
            return _CONSTANTS[text]
        return sympy.Symbol(text, **{"real": True, **self.assumptions.get(text, {})})

    def _call(self, function: str, args: list[Any]) -> Any:
        plain = function.rstrip("'")
        if plain not in _FUNCTIONS:
            return sympy.Function(function, real=True)(*args)
        if plain == function:
            return _FUNCTIONS[plain](*args)
        x = sympy.Dummy("x", real=True)
        derivative = sympy.diff(_FUNCTIONS[plain](x), x, len(function) - len(plain))
        return derivative.xreplace({x: args[0]})
