"""How text falls into lexemes, and what a token is: the same for every vocabulary."""

import re
from fractions import Fraction
from functools import cache
from typing import Final, NamedTuple, TypeAlias

from grader.reading.names import ACCENTS, COMMANDS, FONTS, GREEK
from grader.reading.spelling import ABOVE, BELOW, LETTER, MARK
from grader.reading.tree import Node, Num

# Kinds. Those from NUMBER on begin an operand, so that standing after one they multiply.
END, CLOSE, COMMA, EQUALS, PLUS, MINUS, TIMES, DIVIDE = range(8)
HADAMARD, MATMUL, POWER, TRANSPOSE, PRIME = range(8, 13)
NUMBER, NAME, FUNCTION, OPEN, FRACTION, RADICAL, LOGARITHM, WRONG = range(20, 28)

#: Kinds whose value is a whole tree.
OPERANDS: Final = frozenset((NUMBER, NAME))

# How tightly a token binds what stands to its left; 0 ends an expression.
LOOSEST, SUMS, ENTRIES, PRODUCTS, POWERS, POSTFIX = 0, 10, 20, 30, 40, 50


class Wrong(NamedTuple):
    """Why a lexeme has no meaning in a vocabulary: a stable code and what was typed."""

    code: str
    typed: str


Value: TypeAlias = Node | Wrong | str | int | None


class Token(NamedTuple):
    """How tightly it binds to the left, what it is, and what it stands for."""

    binding: int
    kind: int
    value: Value = None


class Piece(NamedTuple):
    """A token and the characters of its lexeme that it came from."""

    token: Token
    start: int
    end: int


_BRACED = r"\{(?:[^{}]|\{[^{}]*\})*\}"
_INDEX = (
    rf"_\s*(?:{_BRACED}|\([^()]*\)|<[^<>]*>|\\[a-z]+\s*\{{[^{{}}]*\}}|\\(?:{'|'.join(GREEK)})(?![A-Za-z])"
    rf"|[{LETTER}0-9]+(?:[-+]\d+(?![\w.]))?)"
    rf"|[{BELOW}]+|\[\s*\w+(?:\s*[-+]\s*\w+)?\s*\]|\^\s*(?:<[^<>]*>|\{{\s*(?:<[^<>]*>|\([^()]*\))\s*\}})"
)
_OPERATOR_COMMANDS = "|".join([*COMMANDS, "[dt]?frac", "sqrt"])
_LETTERS = (
    rf"(?:δ|delta)\s+(?=[{LETTER}])|\\delta\s*\{{\s*[{LETTER}]\s*\}}|[{LETTER}][{LETTER}{MARK}0-9]*"
    rf"|\\(?:{'|'.join([*FONTS, *ACCENTS])})(?![A-Za-z])\s*(?:{_BRACED}|[{LETTER}])"
    rf"|\\(?!(?:{_OPERATOR_COMMANDS})(?![A-Za-z]))[A-Za-z]+\s*"
)
_D = r"(?:[∂d]|\\partial\s*|\\mathrm\{d\})"
_DIFFERENTIAL = rf"{_D}\s*\\?[{LETTER}]+[{MARK}]*(?:_\w+|_{_BRACED}|[{BELOW}]+)?"
_RATIO = (
    rf"{_DIFFERENTIAL}\s*/\s*{_DIFFERENTIAL}"
    rf"|\\[dt]?frac\s*\{{\s*{_DIFFERENTIAL}\s*\}}\s*\{{\s*{_DIFFERENTIAL}\s*\}}"
)
_TRANSPOSED = r"\^\s*(?:T(?![_0-9])|ᵀ|\\top|\\intercal|\{\s*(?:T|ᵀ|\\top|\\math\w+\s*\{T\})\s*\})"
_PLAIN = (
    rf"\d+(?:\.(?![*^/T])\d*)?(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|(?:(?:{_LETTERS})(?:{_INDEX})*)+"
    rf"|\\[A-Za-z]+\s*|\\\S|[{ABOVE}]+|\*\*|//|\.[*^/]|==|\.T(?![A-Za-z])|'+|\S"
)

#: Finds the lexemes of a text; white space lies between them. What is never part of more is first.
LEXEMES: Final = re.compile(f"[-+(),]|{_RATIO}|{_TRANSPOSED}|{_PLAIN}")


@cache
def smaller_lexemes() -> re.Pattern[str]:
    """`LEXEMES` without ``∂E/∂c_t`` and ``^T``, for vocabularies in which they are several."""
    return re.compile(_PLAIN)


#: Lexemes that mean the same everywhere.
SIGNS: Final[dict[str, tuple[Token, ...]]] = {
    "+": (Token(SUMS, PLUS),),
    "-": (Token(SUMS, MINUS),),
    **dict.fromkeys(("*",), (Token(PRODUCTS, TIMES),)),
    **dict.fromkeys(("/", "./"), (Token(PRODUCTS, DIVIDE),)),
    "//": (Token(PRODUCTS, DIVIDE, "floor"),),  # as Python writes it
    **dict.fromkeys(("⊙", ".*"), (Token(ENTRIES, HADAMARD),)),
    "@": (Token(PRODUCTS, MATMUL),),
    **dict.fromkeys(("^", "**", ".^"), (Token(POWERS, POWER),)),
    **dict.fromkeys((".T", "ᵀ"), (Token(POSTFIX, TRANSPOSE),)),
    "'": (Token(POSTFIX, PRIME, 1),),
    "''": (Token(POSTFIX, PRIME, 2),),
    '"': (Token(POSTFIX, PRIME, 2),),
    ",": (Token(LOOSEST, COMMA),),
    **dict.fromkeys(("=", "=="), (Token(LOOSEST, EQUALS),)),
    **{bracket: (Token(PRODUCTS, OPEN, bracket),) for bracket in "([{⌊⌈"},
    **{bracket: (Token(LOOSEST, CLOSE, bracket),) for bracket in ")]}⌋⌉"},
    "|": (Token(PRODUCTS, OPEN, "|"),),  # which way it faces is settled once all are seen
    "√": (Token(PRODUCTS, RADICAL),),
    "$": (),
    **{str(n): (Token(PRODUCTS, NUMBER, Num(Fraction(n))),) for n in range(10)},
}

#: Opening bracket to its closing one, and the function the pair applies, if any.
CLOSING: Final = {"(": ")", "[": "]", "{": "}", "⌊": "⌋", "⌈": "⌉", "|": "|"}
ENCLOSES: Final = {"⌊": "floor", "⌈": "ceil", "|": "abs"}
END_TOKEN: Final = Token(LOOSEST, END)
CLOSING_BAR: Final = Token(LOOSEST, CLOSE, "|")
