"""The space between the pieces of a formula, by the part each piece plays, as TeX does it."""

from dataclasses import dataclass
from itertools import takewhile
from typing import Final, Literal, TypeAlias

from cli import symbols

Role: TypeAlias = Literal[
    "letter", "function", "big", "binary", "relation", "open", "close", "comma", "prefix", "ratio"
]


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece of a formula and the part it plays, which decides the space around it."""

    text: str
    role: Role
    apart: bool = False  # the author left a space before it


_INDICES: Final = frozenset(symbols.SUBSCRIPTS.values())
_SIGNS: Final = frozenset("+-−±")
_OPERANDS: Final = frozenset({"letter", "close", "ratio"})
_STARTS_A_FACTOR: Final = frozenset({"letter", "ratio", "function", "big", "open", "prefix"})


def spaced(atoms: list[Atom], *, continues: bool = False) -> str:
    """Atoms joined with the space that their roles ask for; a row may go on from another.

    >>> row = [Atom("+", "binary"), Atom("b", "letter")]
    >>> spaced(row), spaced(row, continues=True)
    ('+b', '+ b')
    """
    settled = _settled([Atom("", "letter"), *atoms] if continues else atoms)
    settled = [atom for atom in settled if atom.text]
    text = ""
    for position, atom in enumerate(settled):
        gap = position > 0 and _gap(settled[position - 1], atom)
        text += " " * gap + atom.text
    return text


def _settled(atoms: list[Atom]) -> list[Atom]:
    """Signs that stand for one operand become prefixes; ratios beside a factor get brackets."""
    settled: list[Atom] = []
    for position, atom in enumerate(atoms):
        before = settled[-1].role if settled else None
        after = atoms[position + 1].role if position + 1 < len(atoms) else None
        if atom.role == "binary" and (before not in _OPERANDS or after is None):
            settled.append(Atom(atom.text, "prefix" if after else "letter", atom.apart))
        elif atom.role == "ratio" and (before in _OPERANDS or after in _STARTS_A_FACTOR):
            settled.append(Atom(f"({atom.text})", "letter", atom.apart))
        else:
            settled.append(atom)
    return settled


def _gap(before: Atom, atom: Atom) -> bool:
    """Whether a space stands between two neighbours."""
    if "relation" in (before.role, atom.role) or "binary" in (before.role, atom.role):
        return True
    if before.role == "comma":
        return True
    if before.role == "prefix":
        return atom.apart and before.text in _SIGNS  # a line may go on with a sign
    if before.role == "open" or atom.role in ("close", "comma"):
        return False
    if before.role == "function":
        return not atom.text.startswith(("(", "["))
    return before.role == "big" or atom.role in ("big", "function") or atom.apart


def accented(text: str, mark: str) -> str:
    r"""A combining mark after every letter, up to the index.

    >>> ascii(accented("h_t", "\u0303")), ascii(accented("xy", "\u0304"))
    ("'h\\u0303_t'", "'x\\u0304y\\u0304'")
    """
    letters = "".join(takewhile(lambda letter: letter.isalpha() and letter not in _INDICES, text))
    return "".join(letter + mark for letter in letters) + text[len(letters) :]


def factor(atoms: list[Atom], *, below: bool) -> str:
    """The upper or lower side of a fraction, in brackets where it would be misread without."""
    text = spaced(atoms)
    roles = [atom.role for atom in atoms]
    derivative = bool(roles) and roles[0] == "prefix" and len(roles) == 2
    compound = {"binary", "relation", "ratio", "big"} & set(roles) or (below and len(roles) > 1)
    bracketed = roles[:1] == ["open"] and roles[-1:] == ["close"] and roles.count("open") == 1
    return f"({text})" if compound and not derivative and not bracketed else text
