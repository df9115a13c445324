"""What each lexeme means in one vocabulary: found once, remembered afterwards."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from grader import limits
from grader.reading import tokens
from grader.reading.fixed_tokens import command, fraction_sign, number, wrong
from grader.reading.names import BY_NAME, CONSTANTS, FUNCTION_SPELLINGS, GREEK, LOGARITHMS
from grader.reading.spelling import ABOVE, LETTER, MARK, canonical
from grader.reading.tokens import LEXEMES, SIGNS, Piece, Token, smaller_lexemes
from grader.reading.tree import Name, Span

_SHIFTED = re.compile(r"(.*_\s*[A-Za-zα-ω0-9]+)([-+]\d+)", re.DOTALL)
_SPACED = re.compile(r"(δ|delta)\s+")
_SUBSCRIPTED = re.compile(rf"[{LETTER}][{MARK}]*\[\s*(?:\d+|[A-Za-z](?:\s*-\s*\d+)?)\s*\]")
_BRACKETED = re.compile(r"\[|\^\s*\{\s*\(")
_COMMAND = re.compile(r"\\([A-Za-z]+)\s*")
_NAME_THEN_NUMBER = re.compile(r"(.*[^\W\d_])(\d+)", re.DOTALL)
_ONE_LETTER = re.compile(rf"(?:δ?[{LETTER}][{MARK}]?)(?:_(?:[^{{}}_]|\{{[^{{}}_]+\}}))?")


class Lexicon(dict[str, tuple[Token, ...]]):
    """Lexeme to its tokens, for one vocabulary; ``remarks`` says how ambiguous ones were read."""

    def __init__(
        self,
        names: dict[str, str],
        functions: frozenset[str],
        any_name: bool,
        arrays: bool = False,
    ) -> None:
        super().__init__(SIGNS)
        self.names = {key: Name(name) for key, name in names.items()}
        self.functions = functions
        self.any_name = any_name
        self.arrays = arrays
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
            return (Piece(number(lexeme), 0, len(lexeme)),)
        if first == "\\" and (meant := command(lexeme)) is not None:
            return tuple(Piece(token, 0, len(lexeme)) for token in meant)
        if _IS_ABOVE.match(first):
            return self._raised(lexeme)
        if first == "^":
            return self._transposed(lexeme)
        if first == "'":
            return (wrong("unexpected", lexeme),)
        if first == "\\" or _IS_LETTER.match(first):
            return self._run(lexeme)
        return (fraction_sign(lexeme) or wrong("unexpected", lexeme),)

    def _raised(self, lexeme: str) -> tuple[Piece, ...]:
        """Unicode superscripts: a power whose exponent is what they spell."""
        plain = unicodedata.normalize("NFKC", lexeme).replace("−", "-")
        inner = [token for part in LEXEMES.findall(plain) for token in self[part]]
        if len(inner) > 1:
            inner = [SIGNS["("][0], *inner, SIGNS[")"][0]]
        return tuple(Piece(token, 0, len(lexeme)) for token in (*SIGNS["^"], *inner))

    def _transposed(self, lexeme: str) -> tuple[Piece, ...]:
        """``^T``: the transpose, unless T is a name here, or may be one."""
        is_name = "T" in self.names or (self.any_name and not self.arrays)
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
        spaced = _SPACED.match(lexeme)
        apart = (
            spaced and canonical(spaced[1]) in self.names and canonical(lexeme) not in self.names
        )
        if not apart and (token := self.meaning(lexeme)):
            whole = (Piece(token, 0, len(lexeme)),)
            self._remark(lexeme, whole)
            return whole
        if spaced and (delta := self.meaning(spaced[1])):
            return (Piece(delta, 0, len(spaced[1])), *self._from(lexeme, spaced.end()))
        smaller = smaller_lexemes().match(lexeme)
        if smaller and smaller.end() < len(lexeme):
            return self._smaller(lexeme)
        if _SHIFTED.fullmatch(lexeme) and (indexed := self._split(lexeme)):
            self._remark(lexeme, indexed)
            return tuple(indexed)
        if cut := _uncertain(lexeme):
            return (*self._run(lexeme[:cut]), *self._from(lexeme, cut))
        if parts := self._split(lexeme):
            return tuple(parts)
        if (typed := _COMMAND.match(lexeme)) and typed[1] not in GREEK:
            unknown = wrong("unknown-name", lexeme[: typed.end()].rstrip())
            return (unknown, *self._from(lexeme, typed.end()))
        numbered = _NAME_THEN_NUMBER.fullmatch(lexeme)
        code = "name-then-number" if numbered and self.meaning(numbered[1]) else "unknown-name"
        return (wrong(code, lexeme),)

    def _from(self, lexeme: str, cut: int) -> Iterator[Piece]:
        """The tokens of a lexeme from a place on."""
        for token, start, end in self.located(lexeme[cut:]):
            yield Piece(token, cut + start, cut + end)

    def apart(self, lexeme: str) -> tuple[Token, ...]:
        """The tokens of ``c_t-1`` as a difference; none where it is read so or cannot be."""
        if lexeme not in self.remarks or not (shifted := _SHIFTED.fullmatch(lexeme)):
            return ()
        cut = shifted.end(1)
        pieces = (*self._run(lexeme[:cut]), *self._from(lexeme, cut))
        found = tuple(piece.token for piece in pieces)
        return () if any(token.kind == tokens.WRONG for token in found) else found

    def _remark(self, lexeme: str, taken: Iterable[Piece]) -> None:
        """Keeps how a run of names was read, where it could be read otherwise."""
        names = _multiplied(taken)
        if names and self.any_name and "[" in lexeme:
            self.remarks[lexeme] = f"{lexeme} was read as the name {names}"
        elif names and (shifted := _SHIFTED.fullmatch(lexeme)):
            base = _multiplied(self._run(shifted[1])) or canonical(shifted[1])
            minus = f"{base} {shifted[2][0]} {shifted[2][1:]}"
            self.remarks[lexeme] = f"{lexeme} was read as {names}, not as {minus}"

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
        if len(run) > limits.RUN:
            return None
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


def _multiplied(pieces: Iterable[Piece]) -> str:
    """Names written together, with the sign between them; nothing where there is more than names.

    >>> _multiplied([wrong("unknown-name", "q")])
    ''
    """
    values = [piece.token.value for piece in pieces]
    names = [one.text for one in values if isinstance(one, Name)]
    return "*".join(names) if len(names) == len(values) else ""
