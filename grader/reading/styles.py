"""How trees are printed in plain text; other styles change the parts that differ."""

from fractions import Fraction
from typing import ClassVar

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

# How tightly the outermost operator of a printed tree binds.
EQUATION, SUM, ENTRIES, PRODUCT, POWER, ATOM = range(6)


class Plain:
    """Text that can be typed on any keyboard, but for Greek letters and ``⊙``."""

    minus = "-"
    joined: ClassVar[dict[str, str]] = {"*": "*", "⊙": " ⊙ ", "@": " @ "}

    def of(self, tree: Node) -> str:  # noqa: C901, PLR0911 - one arm per kind of node
        match tree:
            case Num(value):
                return digits(value)
            case Name(text):
                return self.name(text)
            case Sum(terms):
                return self.sum(terms)
            case Neg(arg):
                return self.minus + self.within(arg, ENTRIES)
            case Product(factors, sign):
                return self.product(factors, sign)
            case Quotient(top, bottom):
                return self.quotient(top, bottom)
            case Power(base, exponent):
                return self.power(base, exponent)
            case Transpose(arg):
                return self.transpose(arg)
            case Call(function, args):
                return self.call(function, args)
            case Array(entries):
                return self.array(entries)
            case Equation(left, right):
                return f"{self.of(left)} = {self.of(right)}"

    def within(self, tree: Node, least: int) -> str:
        """The tree, in brackets if its operator binds less tightly than its place asks for."""
        return self.of(tree) if self.binding(tree) >= least else self.bracketed(self.of(tree))

    def bracketed(self, inner: str) -> str:
        return f"({inner})"

    def binding(self, tree: Node) -> int:
        match tree:
            case Equation():
                return EQUATION
            case Sum() | Neg():
                return SUM
            case Product(_, "⊙"):
                return ENTRIES
            case Product() | Quotient():
                return PRODUCT
            case Name(text):
                return PRODUCT if "/∂" in text else ATOM
            case Power():
                return POWER
            case Num() | Transpose() | Call() | Array():
                return ATOM

    def name(self, text: str) -> str:
        return text

    def sum(self, terms: tuple[Node, ...]) -> str:
        first, *others = terms
        shown = self.of(first) if isinstance(first, Neg) else self.within(first, ENTRIES)
        for term in others:
            if isinstance(term, Neg):
                shown += f" {self.minus} {self.within(term.arg, ENTRIES)}"
            else:
                shown += f" + {self.within(term, ENTRIES)}"
        return shown

    def product(self, factors: tuple[Node, ...], sign: str) -> str:
        if sign == "⊙":
            return self.joined[sign].join(self.within(factor, PRODUCT) for factor in factors)
        first, *others = factors
        alike = isinstance(first, Product) and first.sign == sign
        shown = [self.within(first, POWER if alike else PRODUCT)]
        return self.joined[sign].join(shown + [self.within(other, POWER) for other in others])

    def quotient(self, top: Node, bottom: Node) -> str:
        return f"{self.within(top, PRODUCT)}/{self.within(bottom, POWER)}"

    def power(self, base: Node, exponent: Node) -> str:
        return f"{self.within(base, ATOM)}^{self.within(exponent, ATOM)}"

    def transpose(self, arg: Node) -> str:
        return f"{self.transposable(arg)}.T"

    def transposable(self, arg: Node) -> str:
        """A number is bracketed: the point of ``2.T`` would belong to it."""
        shown = self.within(arg, ATOM)
        return self.bracketed(shown) if isinstance(arg, Num) else shown

    def call(self, function: str, args: tuple[Node, ...]) -> str:
        return f"{function}({', '.join(map(self.of, args))})"

    def array(self, entries: tuple[Node, ...]) -> str:
        return f"[{', '.join(map(self.of, entries))}]"


def digits(value: Fraction) -> str:
    """A number in decimals, or as a fraction where decimals never end.

    >>> [digits(Fraction(value)) for value in ("1/8", "6272", "1e30", "1/3")]
    ['0.125', '6272', '1e30', '(1/3)']
    """
    top, bottom = value.numerator, value.denominator
    if bottom == 1:
        whole = str(top)
        mantissa = whole.rstrip("0")
        return whole if len(whole) <= 24 else f"{mantissa}e{len(whole) - len(mantissa)}"
    twos = (bottom & -bottom).bit_length() - 1
    fives, rest = 0, bottom >> twos
    while rest % 5 == 0:
        fives, rest = fives + 1, rest // 5
    if rest != 1:
        return f"({top}/{bottom})"
    places = max(twos, fives)
    shown = str(top * 10**places // bottom).rjust(places + 1, "0")
    if places > 24:
        return f"{shown.lstrip('0')}e-{places}"
    return f"{shown[:-places]}.{shown[-places:]}"
