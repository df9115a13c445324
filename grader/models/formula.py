"""A formula held once and read three ways: as an integer, with its numbers put in, and in sympy."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Self

from grader.quantity import Quantity
from grader.reading import exact, printer
from grader.reading.parser import parse
from grader.reading.tree import Name, Neg, Node, Num, Product, Sum
from grader.reading.vocabulary import Vocabulary
from grader.reading.walk import rebuilt

if TYPE_CHECKING:
    import sympy

SIZES: Mapping[str, str] = {
    "m": "features of the input",
    "n": "units",
    "r": "width of the projected state",
    "b": "bias vectors per gate: 0 without bias, 1 or 2",
    "v": "words in the vocabulary",
    "T": "time steps",
    "h": "height",
    "w": "width",
    "c": "channels of the input",
    "f": "filters",
    "i": "length of one side of the input",
    "k": "length of one side of the kernel",
    "s": "stride",
    "p": "padding before the first pixel",
    "d": "dilation",
    "o": "windows along one side",
}
"""What each letter of a formula stands for, everywhere in `grader.models`."""

_WHOLE: Mapping[str, bool] = {"integer": True, "nonnegative": True}
_VOCABULARY = Vocabulary(names=tuple(SIZES))


@dataclass(frozen=True, slots=True)
class Formula:
    """A count in the letters of `SIZES`.

    >>> lstm = Formula.read("4*((m + b)*n + n^2)").put(b=1)
    >>> lstm.value({"m": 16, "n": 32})
    6272
    >>> print(lstm.put(m=16, n=32))
    4*((16 + 1)*32 + 32^2)
    >>> lstm.symbolic().expand()
    4*m*n + 4*n**2 + 4*n
    """

    tree: Node

    @classmethod
    def read(cls, text: str) -> Self:
        """The formula written so."""
        return cls(parse(text, _VOCABULARY).tree)

    @classmethod
    def number(cls, value: int) -> Self:
        """A count that is what it is."""
        return cls(Num(Fraction(value)))

    def __str__(self) -> str:
        return printer.show(self.tree)

    def put(self, **parts: "int | Formula") -> "Formula":
        """The formula with numbers or other formulas in place of letters; zeros are left out.

        >>> print(Formula.read("4*((m + b)*n + n^2)").put(b=0))
        4*(m*n + n^2)
        """
        trees = {
            name: part.tree if isinstance(part, Formula) else Num(Fraction(part))
            for name, part in parts.items()
        }
        return Formula(_tidied(exact.substitute(self.tree, trees)))

    def times(self, factor: int) -> "Formula":
        """So many of these.

        >>> print(Formula.read("3*n").times(2))
        2*3*n
        """
        return Formula(Product((Num(Fraction(factor)), *_factors(self.tree))))

    def value(self, sizes: Mapping[str, int]) -> int:
        """The whole number at these sizes."""
        value = exact.evaluate(self.tree, {name: Fraction(size) for name, size in sizes.items()})
        if value.denominator != 1:
            raise ValueError(f"{self} is {value} at {dict(sizes)}, which is no count")
        return value.numerator

    def symbolic(self) -> "sympy.Expr":
        """The same formula in sympy, its letters whole and not negative."""
        from grader.reading.symbolic import to_sympy  # noqa: PLC0415  (0.3 s to load)

        return to_sympy(self.tree, dict.fromkeys(SIZES, _WHOLE))


@dataclass(frozen=True, slots=True)
class Count:
    """A formula and the sizes that go into it.

    >>> side = Count(Formula.read("floor((i + 2*p - k)/s) + 1"), {"i": 13, "p": 0, "k": 3, "s": 2})
    >>> side.value, side.working
    (6, 'floor((13 - 3)/2) + 1')
    """

    formula: Formula
    sizes: Mapping[str, int]

    @property
    def value(self) -> int:
        return self.formula.value(self.sizes)

    @property
    def working(self) -> str:
        """The formula with the sizes put in; empty where the value was given as it stands."""
        if isinstance(self.formula.tree, Num | Name):
            return ""
        return str(self.formula.put(**self.sizes))

    @property
    def quantity(self) -> Quantity:
        return Quantity(Fraction(self.value), self.working)

    def times(self, factor: int) -> "Count":
        """So many of these.

        >>> given("n", 32).times(2).working
        '2*32'
        """
        return Count(self.formula.times(factor), self.sizes)


def given(letter: str, size: int) -> Count:
    """A size that needs no working.

    >>> given("n", 32).quantity
    Quantity(value=Fraction(32, 1), working='')
    """
    return Count(Formula(Name(letter)), {letter: size})


_ZERO = Num(Fraction(0))


def _tidied(node: Node) -> Node:
    """The same formula as one would write it: without terms that are 0, products in one row."""
    match rebuilt(node, _tidied):
        case Sum(terms):
            kept = tuple(term for term in terms if term not in (_ZERO, Neg(_ZERO)))
            return Sum(kept) if len(kept) > 1 else kept[0] if kept else _ZERO
        case Product(factors, "*"):
            row = [one for factor in factors for one in _factors(factor)]
            return _ZERO if _ZERO in row else Product(tuple(row))
        case tidy:
            return tidy


def _factors(node: Node) -> tuple[Node, ...]:
    return node.factors if isinstance(node, Product) and node.sign == "*" else (node,)
