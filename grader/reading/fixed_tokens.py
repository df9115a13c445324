"""Tokens that are the same in every vocabulary: numbers, fraction signs, LaTeX operators."""

import unicodedata
from fractions import Fraction

from grader import limits
from grader.reading import tokens
from grader.reading.names import COMMANDS
from grader.reading.tokens import SIGNS, Piece, Token, Wrong
from grader.reading.tree import Num, Quotient


def wrong(code: str, typed: str) -> Piece:
    """A lexeme without a meaning, and the code of the complaint about it.

    >>> wrong("unknown-name", "q").token.value
    Wrong(code='unknown-name', typed='q')
    """
    return Piece(Token(tokens.PRODUCTS, tokens.WRONG, Wrong(code, typed)), 0, len(typed))


def number(lexeme: str) -> Token:
    """A literal, taken exactly.

    >>> number("1.5e-3").value
    Num(value=Fraction(3, 2000))
    """
    mantissa, _, power = lexeme.lower().partition("e")
    whole, _, decimals = mantissa.partition(".")
    if len(whole) + len(decimals) > limits.DIGITS or len(power) > 4:
        return wrong("number-too-long", lexeme).token
    shift = int(power or 0) - len(decimals)
    if abs(shift) > limits.TEN_TO_THE:
        return wrong("number-too-long", lexeme).token
    value = int(whole + decimals)
    exact = Fraction(value * 10**shift) if shift >= 0 else Fraction(value, 10**-shift)
    return Token(tokens.PRODUCTS, tokens.NUMBER, Num(exact))


def fraction_sign(lexeme: str) -> Piece | None:
    """``½`` and its kin; None for any other character.

    >>> fraction_sign("⅔").token.value
    Quotient(top=Num(value=Fraction(2, 1)), bottom=Num(value=Fraction(3, 1)))
    """
    top, slash, bottom = unicodedata.normalize("NFKC", lexeme).partition("⁄")
    if not slash or not (top.isdecimal() and bottom.isdecimal()):
        return None
    value = Quotient(Num(Fraction(int(top))), Num(Fraction(int(bottom))))
    return Piece(Token(tokens.PRODUCTS, tokens.NUMBER, value), 0, len(lexeme))


def command(lexeme: str) -> tuple[Token, ...] | None:
    r"""A LaTeX command for an operator, a bracket or a space; None for those that are names.

    >>> command(r"\cdot")[0].value, command(r"\quad "), command(r"\alpha")
    (None, (), None)
    """
    plain = lexeme[1:].strip()
    if plain in ("frac", "dfrac", "tfrac"):
        return (Token(tokens.PRODUCTS, tokens.FRACTION),)
    if plain == "sqrt":
        return (Token(tokens.PRODUCTS, tokens.RADICAL),)
    if plain in COMMANDS:
        return _meant(COMMANDS[plain], lexeme)
    if plain in ("{", "}", "|"):
        return SIGNS[plain]
    if plain == ">":
        return SIGNS["@"]  # the space between matrices that are multiplied
    return () if plain in (",", ";", ":", "!", "") else None


def _meant(sign: str, lexeme: str) -> tuple[Token, ...]:
    """What a plain spelling stands for; ``<`` is no operator, it only opens an index."""
    if not sign:
        return ()
    return SIGNS[sign] if sign in SIGNS else (wrong("unexpected", lexeme.strip()).token,)
