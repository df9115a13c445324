"""What each lexeme means in one vocabulary: found once, remembered afterwards."""

import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from grader import limits
from grader.reading import tokens
from grader.reading.names import BY_NAME, COMMANDS, CONSTANTS, FUNCTION_SPELLINGS, GREEK, LOGARITHMS
from grader.reading.spelling import ABOVE, LETTER, MARK, canonical
from grader.reading.tokens import LEXEMES, SIGNS, Piece, Token, Wrong, smaller_lexemes
from grader.reading.tree import Name, Num, Quotient, Span

_SHIFTED = re.compile(r"(.*_\s*[A-Za-zα-ω0-9]+)([-+]\d+)", re.DOTALL)
_SPACED = re.compile(r"(δ|delta)\s+")
_SUBSCRIPTED = re.compile(rf"[{LETTER}][{MARK}]*\[\s*(?:\d+|[A-Za-z](?:\s*-\s*\d+)?)\s*\]")
_BRACKETED = re.compile(r"\[|\^\s*\{\s*\(")
_COMMAND = re.compile(r"\\([A-Za-z]+)\s*")
_NAME_THEN_NUMBER = re.compile(r"(.*[^\W\d_])(\d+)", re.DOTALL)
_ONE_LETTER = re.compile(rf"(?:δ?[{LETTER}][{MARK}]?)(?:_(?:[^{{}}_]|\{{[^{{}}_]+\}}))?")


class Lexicon(dict[str, tuple[Token, ...]]):
    """Lexeme to its tokens, for one vocabulary; ``remarks`` says how ambiguous ones were read."""

    def __init__(self, names: dict[str, str], functions: frozenset[str], any_name: bool) -> None:
        super().__init__(SIGNS)
        self.names = {key: Name(name) for key, name in names.items()}
        self.functions = functions
        self.any_name = any_name
        self.remarks: dict[str, str] = {}

    def __missing__(self, lexeme: str) -> tuple[Token, ...]:
        if len(self) > limits.SPELLINGS:
            self.clear()
            self.update(SIGNS)
            self.remarks.clear()
        found = tuple(piece.token for piece in self.pieces(lexeme))
        if len(lexeme) <= limits.RUN:
            self[lexeme] = found
        return found

    def located(self, text: str) -> list[tuple[Token, int, int]]:
        """The tokens of a text with the range of characters each came from."""
        return [
            (piece.token, match.start() + piece.start, match.start() + piece.end)
            for match in LEXEMES.finditer(text)
            for piece in self.pieces(match[0])
        ]

    def spans(self, text: str) -> list[Span]:
        """Where the tokens of a text stand in it, without the space after a LaTeX command."""
        return [
            Span(start, start + len(text[start:end].rstrip()))
            for _, start, end in self.located(text)
        ]

    def pieces(self, lexeme: str) -> tuple[Piece, ...]:
        """The tokens of one lexeme, each with its place inside the lexeme."""
        first = lexeme[0]
        if lexeme in SIGNS:
            return tuple(Piece(token, 0, len(lexeme)) for token in SIGNS[lexeme])
        if first.isdecimal() or (first == "." and lexeme[1:2].isdecimal()):
            return (Piece(_number(lexeme), 0, len(lexeme)),)
        if first == "\\" and (meant := _command(lexeme)) is not None:
            return tuple(Piece(token, 0, len(lexeme)) for token in meant)
        if _IS_ABOVE.match(first):
            return self._raised(lexeme)
        if first == "^":
            return self._transposed(lexeme)
        if first == "'":
            return (_wrong("unexpected", lexeme),)
        if first == "\\" or _IS_LETTER.match(first):
            return self._run(lexeme)
        return (_fraction_sign(lexeme) or _wrong("unexpected", lexeme),)

    def _raised(self, lexeme: str) -> tuple[Piece, ...]:
        """Unicode superscripts: a power whose exponent is what they spell."""
        plain = unicodedata.normalize("NFKC", lexeme).replace("−", "-")
        inner = [token for part in LEXEMES.findall(plain) for token in self[part]]
        if len(inner) > 1:
            inner = [SIGNS["("][0], *inner, SIGNS[")"][0]]
        return tuple(Piece(token, 0, len(lexeme)) for token in (*SIGNS["^"], *inner))

    def _transposed(self, lexeme: str) -> tuple[Piece, ...]:
        """``^T``: the transpose, unless T is a name here."""
        is_name = "T" in self.names or self.any_name
        if not is_name or not lexeme.strip("^{} ").startswith("T"):
            return (Piece(SIGNS[".T"][0], 0, len(lexeme)),)
        return self._smaller(lexeme)

    def _smaller(self, lexeme: str) -> tuple[Piece, ...]:
        return tuple(
            Piece(piece.token, match.start() + piece.start, match.start() + piece.end)
            for match in smaller_lexemes().finditer(lexeme)
            for piece in self.pieces(match[0])
        )

    def _run(self, lexeme: str) -> tuple[Piece, ...]:
        """A run of letters and indices: one name or function, or several written together."""
        if token := self.meaning(lexeme):
            self._remark(lexeme, token)
            return (Piece(token, 0, len(lexeme)),)
        if (spaced := _SPACED.match(lexeme)) and (delta := self.meaning(spaced[1])):
            return (Piece(delta, 0, len(spaced[1])), *self._from(lexeme, spaced.end()))
        smaller = smaller_lexemes().match(lexeme)
        if smaller and smaller.end() < len(lexeme):
            return self._smaller(lexeme)
        if cut := _uncertain(lexeme):
            return (*self._run(lexeme[:cut]), *self._from(lexeme, cut))
        if len(lexeme) <= limits.RUN and (parts := self._split(lexeme)):
            return tuple(parts)
        if (command := _COMMAND.match(lexeme)) and command[1] not in GREEK:
            unknown = _wrong("unknown-name", lexeme[: command.end()].rstrip())
            return (unknown, *self._from(lexeme, command.end()))
        numbered = _NAME_THEN_NUMBER.fullmatch(lexeme)
        wrong = "name-then-number" if numbered and self.meaning(numbered[1]) else "unknown-name"
        return (_wrong(wrong, lexeme),)

    def _from(self, lexeme: str, cut: int) -> Iterator[Piece]:
        """The tokens of a lexeme from a place on."""
        for token, start, end in self.located(lexeme[cut:]):
            yield Piece(token, cut + start, cut + end)

    def apart(self, lexeme: str) -> tuple[Token, ...]:
        """The tokens of ``c_t-1`` as a difference; none where it is no name or no difference."""
        shifted = _SHIFTED.fullmatch(lexeme)
        if not shifted or self.meaning(lexeme) is None:
            return ()
        cut = shifted.end(1)
        pieces = (*self._run(lexeme[:cut]), *self._from(lexeme, cut))
        found = tuple(piece.token for piece in pieces)
        return () if any(token.kind == tokens.WRONG for token in found) else found

    def _remark(self, lexeme: str, token: Token) -> None:
        if isinstance(token.value, Name) and self.any_name and "[" in lexeme:
            self.remarks[lexeme] = f"{lexeme} was read as the name {token.value.text}"
        elif isinstance(token.value, Name) and (shifted := _SHIFTED.fullmatch(lexeme)):
            minus = f"{canonical(shifted[1])} {shifted[2][0]} {shifted[2][1:]}"
            self.remarks[lexeme] = f"{lexeme} was read as {token.value.text}, not as {minus}"

    def meaning(self, text: str) -> Token | None:
        """The one thing a spelling stands for here, if there is one: name, function, constant."""
        plain = text.strip().removeprefix("\\")
        name = canonical(text)
        if plain in self.functions or name in self.functions:
            function = plain if plain in self.functions else name
            return Token(tokens.PRODUCTS, tokens.FUNCTION, function)
        if name in self.names:
            return Token(tokens.PRODUCTS, tokens.NAME, self.names[name])
        return self._known(plain) or self._known(name) or self._undeclared(text, name)

    def _known(self, plain: str) -> Token | None:
        if plain in LOGARITHMS:
            return Token(tokens.PRODUCTS, tokens.LOGARITHM, LOGARITHMS[plain])
        folded = plain.lower() if len(plain) > 2 else plain
        function = FUNCTION_SPELLINGS.get(plain) or FUNCTION_SPELLINGS.get(folded)
        if function and function not in self.names:
            return Token(tokens.PRODUCTS, tokens.FUNCTION, function)
        if plain in CONSTANTS:
            return Token(tokens.PRODUCTS, tokens.NAME, Name(CONSTANTS[plain]))
        return None

    def _undeclared(self, text: str, name: str) -> Token | None:
        """A letter, with or without an index, where any name will do."""
        if not self.any_name or "\\" in name or not _ONE_LETTER.fullmatch(name):
            return None
        if _uncertain(text) and not _SUBSCRIPTED.fullmatch(text):
            return None
        return Token(tokens.PRODUCTS, tokens.NAME, Name(name))

    def _split(self, run: str) -> list[Piece] | None:
        """The run as names written one after the other, longest first."""
        return self._split_from(run, 0, set())

    def _split_from(self, run: str, start: int, hopeless: set[int]) -> list[Piece] | None:
        if start == len(run):
            return []
        if start in hopeless or not (run[start] == "\\" or _IS_LETTER.match(run[start])):
            return None
        for end in range(len(run), start, -1):
            token = self.meaning(run[start:end])
            if token and (others := self._split_from(run, end, hopeless)) is not None:
                return [Piece(token, start, end), *others]
        hopeless.add(start)
        return None

    def spellings(self) -> Iterator[str]:
        """Everything that may be typed as one word here, for suggestions."""
        yield from sorted({name.text for name in self.names.values()})
        yield from sorted(self.functions)
        yield from (name for name in BY_NAME if name not in self.names)


_IS_ABOVE: Final = re.compile(f"[{ABOVE}]")
_IS_LETTER: Final = re.compile(f"[{LETTER}]")


def _uncertain(run: str) -> int:
    """Where something begins that is an index only if such a name is declared, or 0.

    >>> [_uncertain(run) for run in ("c_t-1", "n[m+1]", "a^{(2)}", "c_{t-1}")]
    [3, 1, 1, 0]
    """
    if shifted := _SHIFTED.fullmatch(run):
        return shifted.end(1)
    bracket = _BRACKETED.search(run)
    return bracket.start() if bracket else 0


def _wrong(code: str, typed: str) -> Piece:
    return Piece(Token(tokens.PRODUCTS, tokens.WRONG, Wrong(code, typed)), 0, len(typed))


def _number(lexeme: str) -> Token:
    """A literal, taken exactly: ``0.1`` is one tenth."""
    mantissa, _, power = lexeme.lower().partition("e")
    whole, _, decimals = mantissa.partition(".")
    if len(whole) + len(decimals) > limits.DIGITS or len(power) > 4:
        return _wrong("number-too-long", lexeme).token
    shift = int(power or 0) - len(decimals)
    if abs(shift) > limits.TEN_TO_THE:
        return _wrong("number-too-long", lexeme).token
    value = int(whole + decimals)
    exact = Fraction(value * 10**shift) if shift >= 0 else Fraction(value, 10**-shift)
    return Token(tokens.PRODUCTS, tokens.NUMBER, Num(exact))


def _fraction_sign(lexeme: str) -> Piece | None:
    """``½`` and its kin."""
    top, slash, bottom = unicodedata.normalize("NFKC", lexeme).partition("⁄")
    if not slash or not (top.isdecimal() and bottom.isdecimal()):
        return None
    value = Quotient(Num(Fraction(int(top))), Num(Fraction(int(bottom))))
    return Piece(Token(tokens.PRODUCTS, tokens.NUMBER, value), 0, len(lexeme))


def _command(lexeme: str) -> tuple[Token, ...] | None:
    r"""A LaTeX command for an operator, a bracket or a space; None for those that are names."""
    plain = lexeme[1:].strip()
    if plain in ("frac", "dfrac", "tfrac"):
        return (Token(tokens.PRODUCTS, tokens.FRACTION),)
    if plain == "sqrt":
        return (Token(tokens.PRODUCTS, tokens.RADICAL),)
    if plain in COMMANDS:
        return SIGNS[COMMANDS[plain]] if COMMANDS[plain] else ()
    if plain in ("{", "}", "|"):
        return SIGNS[plain]
    return () if plain in (",", ";", ":", "!", "") else None
