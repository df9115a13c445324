"""What each lexeme means in one vocabulary: found once, remembered afterwards."""

import unicodedata
from collections.abc import Iterable, Iterator

from grader import limits
from grader.reading import tokens
from grader.reading.fixed_tokens import command, fraction_sign, number, wrong
from grader.reading.foreign import INSTEAD
from grader.reading.names import BY_NAME, CONSTANTS, FUNCTION_SPELLINGS, GREEK, LOGARITHMS
from grader.reading.runs import (
    COMMAND,
    INDEXED_LETTER,
    IS_ABOVE,
    IS_LETTER,
    NAME_THEN_NUMBER,
    ONE_LETTER,
    SHIFTED,
    SPACED,
    SUBSCRIPTED,
    WORD,
    inside,
    multiplied,
    spelled,
    uncertain,
)
from grader.reading.spelling import canonical
from grader.reading.tokens import LEXEMES, SIGNS, Piece, Token, smaller_lexemes
from grader.reading.tree import Name, Span


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
        if IS_ABOVE.match(first):
            return self._raised(lexeme)
        if first == "^":
            return self._transposed(lexeme)
        if first == "'":
            return (wrong("unexpected", lexeme),)
        if first == "\\" and not lexeme[1:2].isalpha():
            return (wrong("unexpected", first),)
        if first == "\\" or IS_LETTER.match(first):
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
        spaced = SPACED.match(lexeme)
        apart = (
            spaced and canonical(spaced[1]) in self.names and canonical(lexeme) not in self.names
        )
        if not apart and (token := self.meaning(lexeme)):
            whole = (Piece(token, 0, len(lexeme)),)
            if not lexeme.isalnum():
                self._remark(lexeme, whole)
            return whole
        if len(lexeme) > limits.RUN:
            return (wrong("unknown-name", lexeme),)
        if spaced and (delta := self.meaning(spaced[1])):
            return (Piece(delta, 0, len(spaced[1])), *self._from(lexeme, spaced.end()))
        smaller = smaller_lexemes().match(lexeme)
        if smaller and smaller.end() < len(lexeme):
            return self._smaller(lexeme)
        return self._foreign(lexeme) or self._several(lexeme) or self._unknown(lexeme)

    def _foreign(self, lexeme: str) -> tuple[Piece, ...]:
        """A word that means something elsewhere, or a number run into a function."""
        word = lexeme.strip().removeprefix("\\")
        may_be = len(word) > 2 or not self.any_name  # two letters may be a product of names
        if may_be and word in INSTEAD and not spelled(word, self.names):
            return (wrong("foreign", lexeme.strip()),)
        numbered = NAME_THEN_NUMBER.fullmatch(lexeme)
        applied = numbered and self.meaning(numbered[1])
        if not (numbered and applied and applied.kind == tokens.FUNCTION):
            return ()
        return (Piece(applied, 0, numbered.end(1)), *self._from(lexeme, numbered.end(1)))

    def _several(self, lexeme: str) -> tuple[Piece, ...]:
        """Names written one after the other; nothing where they are none."""
        if SHIFTED.fullmatch(lexeme) and (indexed := self._split(lexeme)):
            self._remark(lexeme, indexed)
            return tuple(indexed)
        if cut := uncertain(lexeme):
            return (*self._run(lexeme[:cut]), *self._from(lexeme, cut))
        parts = self._split(lexeme)
        return tuple(parts) if parts and not self._is_unknown_word(lexeme, parts) else ()

    def _unknown(self, lexeme: str) -> tuple[Piece, ...]:
        """What is wrong with a run that has no meaning."""
        if (typed := COMMAND.match(lexeme)) and typed[1] not in GREEK:
            code = "foreign" if typed[1] in INSTEAD else "unknown-name"
            unknown = wrong(code, lexeme[: typed.end()].rstrip())
            return (unknown, *self._from(lexeme, typed.end()))
        if self.any_name and INDEXED_LETTER.fullmatch(lexeme):
            return (wrong("index", lexeme),)
        numbered = NAME_THEN_NUMBER.fullmatch(lexeme)
        code = "name-then-number" if numbered and self.meaning(numbered[1]) else "unknown-name"
        return (wrong(code, lexeme),)

    def _is_unknown_word(self, run: str, parts: list[Piece]) -> bool:
        """Whether undeclared letters are too many to be a product, or run into a function."""
        if not (self.any_name and WORD.fullmatch(run)):
            return False
        letters = 0
        for token, start, end in parts:
            if token.kind == tokens.FUNCTION and letters != 1 and start:
                return True
            letters += end == start + 1 and run[start] not in self.names
        return letters == len(run)

    def _from(self, lexeme: str, cut: int) -> Iterator[Piece]:
        """The tokens of a lexeme from a place on."""
        for token, start, end in self.located(lexeme[cut:]):
            yield Piece(token, cut + start, cut + end)

    def apart(self, lexeme: str) -> tuple[Token, ...]:
        """The tokens of ``c_t-1`` as a difference; none where it is read so or cannot be."""
        if lexeme not in self.remarks or not (shifted := SHIFTED.fullmatch(lexeme)):
            return ()
        cut = shifted.end(1)
        pieces = (*self._run(lexeme[:cut]), *self._from(lexeme, cut))
        found = tuple(piece.token for piece in pieces)
        return () if any(token.kind == tokens.WRONG for token in found) else found

    def _remark(self, lexeme: str, taken: Iterable[Piece]) -> None:
        """Keeps how a run of names was read, where it could be read otherwise."""
        names = multiplied(taken)
        if names and self.any_name and "[" in lexeme:
            self.remarks[lexeme] = f"{lexeme} was read as the name {names}"
        elif names and (shifted := SHIFTED.fullmatch(lexeme)):
            base = multiplied(self._run(shifted[1])) or canonical(shifted[1])
            minus = f"{base} {shifted[2][0]} {shifted[2][1:]}"
            self.remarks[lexeme] = f"{lexeme} was read as {names}, not as {minus}"

    def remarks_on(self, lexemes: list[str]) -> list[str]:
        """What is to be said of the ambiguous ones among the lexemes of a text."""
        return [*filter(None, map(self.remarks.get, lexemes))] if self.remarks else []

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
        if not self.any_name or "\\" in name or not ONE_LETTER.fullmatch(name):
            return None
        if uncertain(text) and not SUBSCRIPTED.fullmatch(text):
            return None
        return Token(tokens.PRODUCTS, tokens.NAME, Name(name))

    def _split(self, run: str) -> list[Piece] | None:
        """The run as names written one after the other, longest first."""
        return self._split_from(run, 0, inside(run))

    def _split_from(self, run: str, start: int, hopeless: set[int]) -> list[Piece] | None:
        if start == len(run):
            return []
        if start in hopeless or not (run[start] == "\\" or IS_LETTER.match(run[start])):
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
