"""Trees for the eye: one line of Unicode, and LaTeX. Both read back like plain text."""

import unicodedata
from typing import ClassVar, Final

from grader.reading.names import ACCENT_LATEX, BY_NAME, GREEK_LATEX
from grader.reading.styles import ATOM, POWER, Plain
from grader.reading.tree import Call, Name, Neg, Node, Num, Quotient


class Line(Plain):
    """One line of Unicode: ``cₜ₋₁``, ``tanh²(x)``, ``√(x)``, ``Uᵀ``."""

    minus = "−"
    joined: ClassVar[dict[str, str]] = {"*": "·", "⊙": " ⊙ ", "@": " @ "}

    def name(self, text: str) -> str:
        if "/∂" in text:
            return "/".join(map(self.name, text.split("/")))
        base, _, index = text.partition("_")
        lowered = index.strip("{}").translate(_BELOW)
        return base + lowered if all(one in _IS_BELOW for one in lowered) else text

    def power(self, base: Node, exponent: Node) -> str:
        raised = superscript(exponent)
        if not raised:
            return super().power(base, exponent)
        match base:
            case Call(function, args) if function not in _SHAPED and len(args) == 1:
                return self.call(function, args).replace("(", f"{raised}(", 1)
        return self.within(base, ATOM) + raised

    def transpose(self, arg: Node) -> str:
        return f"{self.transposable(arg)}ᵀ"

    def call(self, function: str, args: tuple[Node, ...]) -> str:
        if function in _SHAPED and len(args) == 1:
            opening, closing = _SHAPED[function]
            return f"{opening}{self.of(args[0])}{closing}"
        return super().call(function.replace("''", "″").replace("'", "′"), args)


_BELOW: Final = str.maketrans(
    {
        unicodedata.normalize("NFKC", sign).replace("−", "-"): sign
        for sign in map(
            chr, (*range(0x2080, 0x208C), *range(0x2090, 0x209D), *range(0x1D62, 0x1D6B), 0x2C7C)
        )
        if unicodedata.normalize("NFKC", sign) not in ("ə",)
    }
)
_IS_BELOW: Final = frozenset(_BELOW.values())
_ABOVE: Final = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_SHAPED: Final = {"sqrt": ("√(", ")"), "abs": ("|", "|"), "floor": ("⌊", "⌋"), "ceil": ("⌈", "⌉")}


def superscript(exponent: Node) -> str:
    """A whole exponent in superscripts, or nothing.

    >>> from fractions import Fraction
    >>> superscript(Neg(Num(Fraction(12)))), superscript(Num(Fraction(1, 2)))
    ('⁻¹²', '')
    """
    match exponent:
        case Num(value) if value.denominator == 1 and value < 1000:
            return str(value).translate(_ABOVE)
        case Neg(Num(value)) if value.denominator == 1 and value < 1000:
            return f"-{value}".translate(_ABOVE)
    return ""


class Latex(Plain):
    r"""LaTeX: ``\frac{a}{b}``, ``\tilde{c}_{t-1}``, ``\tanh\left(x\right)``."""

    joined: ClassVar[dict[str, str]] = {"*": r" \cdot ", "⊙": r" \odot ", "@": r" \> "}

    def bracketed(self, inner: str) -> str:
        return rf"\left({inner}\right)"

    def binding(self, tree: Node) -> int:
        """A fraction bar needs no brackets among factors."""
        match tree:
            case Quotient():
                return POWER
            case Name(text) if "/∂" in text:
                return POWER
            case _:
                return super().binding(tree)

    def name(self, text: str) -> str:
        if "/∂" in text:
            above, below = text.split("/")
            return rf"\frac{{{self.name(above)}}}{{{self.name(below)}}}"
        if text[0] in "δ∂" and text[1:2].isalpha():
            return f"{GREEK_LATEX[text[0]]} {self.name(text[1:])}"
        base, _, index = text.partition("_")
        return _letters(base) + (f"_{{{index.strip('{}')}}}" if index else "")

    def quotient(self, top: Node, bottom: Node) -> str:
        return rf"\frac{{{self.of(top)}}}{{{self.of(bottom)}}}"

    def power(self, base: Node, exponent: Node) -> str:
        return f"{self.within(base, ATOM)}^{{{self.of(exponent)}}}"

    def transpose(self, arg: Node) -> str:
        return rf"{self.transposable(arg)}^{{\top}}"

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
    parts = unicodedata.normalize("NFD", base)
    letter, marks = parts[:1], parts[1:]
    shown = GREEK_LATEX.get(letter, letter)
    if marks in ACCENT_LATEX:
        return f"{ACCENT_LATEX[marks]}{{{shown}}}"
    if marks:
        return rf"\mathrm{{{base}}}"
    return shown
