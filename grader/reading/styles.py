"""How trees are printed: plain text, one line of Unicode, LaTeX; all three read back."""

import unicodedata
from fractions import Fraction
from typing import Final

from grader.reading.names import ACCENT_LATEX, BY_NAME, GREEK_LATEX
from grader.reading.tree import (
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
_EQUATION, _SUM, _ENTRIES, _PRODUCT, _POWER, _ATOM = range(6)


class Plain:
    """Text that can be typed on any keyboard, but for Greek letters and ``⊙``."""

    minus = "-"
    joined: dict[str, str] = {"*": "*", "⊙": " ⊙ ", "@": " @ "}  # noqa: RUF012

    def of(self, tree: Node) -> str:
        match tree:
            case Num(value):
                return digits(value)
            case Name(text):
                return self.name(text)
            case Sum(terms):
                return self.sum(terms)
            case Neg(arg):
                return self.minus + self.within(arg, _ENTRIES)
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
                return _EQUATION
            case Sum() | Neg():
                return _SUM
            case Product(_, "⊙"):
                return _ENTRIES
            case Product() | Quotient():
                return _PRODUCT
            case Name(text):
                return _PRODUCT if "/" in text else _ATOM
            case Power():
                return _POWER
            case Num() | Transpose() | Call():
                return _ATOM

    def name(self, text: str) -> str:
        return text

    def sum(self, terms: tuple[Node, ...]) -> str:
        first, *others = terms
        shown = self.of(first) if isinstance(first, Neg) else self.within(first, _ENTRIES)
        for term in others:
            if isinstance(term, Neg):
                shown += f" {self.minus} {self.within(term.arg, _ENTRIES)}"
            else:
                shown += f" + {self.within(term, _ENTRIES)}"
        return shown

    def product(self, factors: tuple[Node, ...], sign: str) -> str:
        if sign == "⊙":
            return self.joined[sign].join(self.within(factor, _PRODUCT) for factor in factors)
        first, *others = factors
        alike = isinstance(first, Product) and first.sign == sign
        shown = [self.within(first, _POWER if alike else _PRODUCT)]
        return self.joined[sign].join(shown + [self.within(other, _POWER) for other in others])

    def quotient(self, top: Node, bottom: Node) -> str:
        return f"{self.within(top, _PRODUCT)}/{self.within(bottom, _POWER)}"

    def power(self, base: Node, exponent: Node) -> str:
        return f"{self.within(base, _ATOM)}^{self.within(exponent, _ATOM)}"

    def transpose(self, arg: Node) -> str:
        return f"{self._transposable(arg)}.T"

    def _transposable(self, arg: Node) -> str:
        """A number is bracketed: the point of ``2.T`` would belong to it."""
        shown = self.within(arg, _ATOM)
        return self.bracketed(shown) if isinstance(arg, Num) else shown

    def call(self, function: str, args: tuple[Node, ...]) -> str:
        return f"{function}({', '.join(map(self.of, args))})"


class Line(Plain):
    """One line of Unicode: ``cₜ₋₁``, ``tanh²(x)``, ``√(x)``, ``Uᵀ``."""

    minus = "−"
    joined: dict[str, str] = {"*": "·", "⊙": " ⊙ ", "@": " @ "}  # noqa: RUF012

    def name(self, text: str) -> str:
        if "/" in text:
            return "/".join(map(self.name, text.split("/")))
        base, _, index = text.partition("_")
        lowered = index.strip("{}").translate(_BELOW)
        return base + lowered if all(one in _IS_BELOW for one in lowered) else text

    def power(self, base: Node, exponent: Node) -> str:
        raised = _raised(exponent)
        if not raised:
            return super().power(base, exponent)
        match base:
            case Call(function, args) if function not in _SHAPED and len(args) == 1:
                return self.call(function, args).replace("(", f"{raised}(", 1)
        return self.within(base, _ATOM) + raised

    def transpose(self, arg: Node) -> str:
        return f"{self._transposable(arg)}ᵀ"

    def call(self, function: str, args: tuple[Node, ...]) -> str:
        if function in _SHAPED and len(args) == 1:
            opening, closing = _SHAPED[function]
            return f"{opening}{self.of(args[0])}{closing}"
        return super().call(function.replace("''", "″").replace("'", "′"), args)


_BELOW: Final = str.maketrans(
    {
        unicodedata.normalize("NFKC", sign).replace("−", "-"): sign
        for sign in map(chr, (*range(0x2080, 0x208C), *range(0x2090, 0x209D), *range(0x1D62, 0x1D6B), 0x2C7C))
        if unicodedata.normalize("NFKC", sign) not in ("ə",)
    }
)
_IS_BELOW: Final = frozenset(_BELOW.values())
_ABOVE: Final = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_SHAPED: Final = {"sqrt": ("√(", ")"), "abs": ("|", "|"), "floor": ("⌊", "⌋"), "ceil": ("⌈", "⌉")}


def _raised(exponent: Node) -> str:
    """A whole exponent in superscripts, or nothing."""
    match exponent:
        case Num(value) if value.denominator == 1 and value < 1000:
            return str(value).translate(_ABOVE)
        case Neg(Num(value)) if value.denominator == 1 and value < 1000:
            return f"-{value}".translate(_ABOVE)
    return ""


class Latex(Plain):
    r"""LaTeX: ``\frac{a}{b}``, ``\tilde{c}_{t-1}``, ``\tanh\left(x\right)``."""

    joined: dict[str, str] = {"*": r" \cdot ", "⊙": r" \odot ", "@": r" \, "}  # noqa: RUF012

    def bracketed(self, inner: str) -> str:
        return rf"\left({inner}\right)"

    def binding(self, tree: Node) -> int:
        """A fraction bar needs no brackets among factors."""
        return _POWER if isinstance(tree, Quotient) else super().binding(tree)

    def name(self, text: str) -> str:
        if "/" in text:
            above, below = text.split("/")
            return rf"\frac{{{self.name(above)}}}{{{self.name(below)}}}"
        if text[0] in "δ∂" and len(text) > 1 and text[1] != "_":
            return f"{GREEK_LATEX[text[0]]} {self.name(text[1:])}"
        base, _, index = text.partition("_")
        return _letters(base) + (f"_{{{index.strip('{}')}}}" if index else "")

    def quotient(self, top: Node, bottom: Node) -> str:
        return rf"\frac{{{self.of(top)}}}{{{self.of(bottom)}}}"

    def power(self, base: Node, exponent: Node) -> str:
        return f"{self.within(base, _ATOM)}^{{{self.of(exponent)}}}"

    def transpose(self, arg: Node) -> str:
        return rf"{self._transposable(arg)}^{{\top}}"

    def call(self, function: str, args: tuple[Node, ...]) -> str:
        shown = [self.of(arg) for arg in args]
        if function == "sqrt":
            return rf"\sqrt{{{shown[0]}}}"
        if function in _FENCED:
            opening, closing = _FENCED[function]
            return rf"\left{opening} {shown[0]} \right{closing}"
        plain = function.rstrip("'")
        command = BY_NAME[plain].latex if plain in BY_NAME else _letters(plain)
        return command + function[len(plain) :] + self.bracketed(", ".join(shown))


_FENCED: Final = {
    "abs": ("|", "|"),
    "floor": (r"\lfloor", r"\rfloor"),
    "ceil": (r"\lceil", r"\rceil"),
}


def _letters(base: str) -> str:
    """A name without its index: Greek and accents as commands, words upright."""
    letter, *marks = unicodedata.normalize("NFD", base)
    shown = GREEK_LATEX.get(letter, letter)
    if len(marks) == 1 and marks[0] in ACCENT_LATEX:
        return f"{ACCENT_LATEX[marks[0]]}{{{shown}}}"
    if marks:
        return rf"\mathrm{{{base}}}"
    return shown


def digits(value: Fraction) -> str:
    """A number in decimals, or as a fraction where decimals never end.

    >>> digits(Fraction(1, 8)), digits(Fraction(6272)), digits(Fraction(10**30)), digits(Fraction(1, 3))
    ('0.125', '6272', '1e30', '(1/3)')
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
