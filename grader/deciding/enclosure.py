"""A tree read in numbers at one point."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from operator import add, mul

from grader.deciding.reals import FUNCTIONS, Number, Reals, Unclear
from grader.reading.tree import Call, Name, Neg, Node, Num, Power, Product, Quotient, Sum


def enclose(node: Node, point: Mapping[str, Fraction], digits: int) -> Number:
    """The value at a point: a Fraction where it is rational in plain sight, else an interval.

    >>> half = {"x": Fraction(1, 2)}
    >>> enclose(Product((Name("x"), Name("x"))), half, 30)
    Fraction(1, 4)
    >>> root_e = enclose(Call("exp", (Name("x"),)), half, 30)
    >>> bool(1.6487 < root_e < 1.6488), bool(root_e.delta < 1e-29)
    (True, True)

    Raises NotReal or Unclear.
    """
    return _Reader(point, Reals(digits)).value(node)


class _Reader:
    __slots__ = ("point", "reals")

    def __init__(self, point: Mapping[str, Fraction], reals: Reals) -> None:
        self.point = point
        self.reals = reals

    def value(self, node: Node) -> Number:  # noqa: C901 - one case per node
        match node:
            case Num(value):
                return value
            case Name("e"):
                return self.reals.exp(Fraction(1))
            case Name("π"):
                return +self.reals.context.pi
            case Name(text):
                if text not in self.point:
                    raise Unclear(f"{text} has no value")
                return self.point[text]
            case Sum(terms):
                return self._fold(add, terms)
            case Product(factors, "*" | "⊙"):
                return self._fold(mul, factors)
            case Neg(arg):
                return -self.value(arg)
            case Quotient(top, bottom):
                return self.reals.divide(self.value(top), self.value(bottom))
            case Power(base, exponent):
                return self.reals.power(self.value(base), self.value(exponent))
            case Call(function, args) if function in FUNCTIONS:
                return FUNCTIONS[function](self.reals, *[self.value(arg) for arg in args])
            case _:
                raise Unclear("it has no meaning for plain numbers")

    def _fold(self, combine: Callable[[Number, Number], Number], parts: tuple[Node, ...]) -> Number:
        total = self.value(parts[0])
        for part in parts[1:]:
            total = self.reals.joined(combine, total, self.value(part))
        return total
