"""What authors write where a number belongs: formulas in the names of a question and its model."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from operator import eq, ge, gt, le, lt, ne

from grader.quantity import Quantity, plain
from grader.reading import exact
from grader.reading.parser import parse
from grader.reading.printer import show
from grader.reading.tree import Malformed, Name, Neg, Node, Num, Quotient
from grader.reading.vocabulary import Vocabulary, canonical

OF_LAYER = (
    "parameters", "steps", "features", "height", "width", "channels", "lost_rows", "lost_columns"
)  # fmt: skip
"""Functions of a layer of the question's model; `parameters` is also one of the whole model."""

OF_PART = "part"
"""The function that gives the key of an earlier part."""

_COMPARISONS: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
    "==": eq, "!=": ne, "<=": le, ">=": ge, "<": lt, ">": gt
}  # fmt: skip
_SIGN = re.compile("(==|!=|<=|>=|<|>)")
_DIVIDES = re.compile(r"\s*divides\((.*)\)\s*", re.DOTALL)
_REFERENCE = re.compile(rf"\b({'|'.join((*OF_LAYER, OF_PART))})\(\s*([A-Za-z][\w-]*)\s*\)")
_PLAIN = re.compile(r"-?\d{1,40}(\.\d{1,40}|/0*[1-9]\d{0,39})?")

_MADE_UP = "ref_"

Lookup = Callable[[str, str], Quantity]


class BadFormula(ValueError):
    """A formula that cannot be read or worked out; the message says why."""


def _nothing_known(function: str, name: str) -> Quantity:
    raise BadFormula(f"{function}({name}) is not known here")


@dataclass(frozen=True, slots=True)
class Scope:
    """What a formula may refer to: named numbers, and what functions say of a layer or part."""

    numbers: Mapping[str, Quantity] = field(default_factory=dict)
    lookup: Lookup = _nothing_known


def evaluate(text: str, scope: Scope) -> Fraction:
    """The exact value of a formula; raises `BadFormula`.

    >>> scope = Scope({"d": Quantity(Fraction(16)), "n": Quantity(Fraction(32))})
    >>> evaluate("(d + 1)*n + n^2", scope)
    Fraction(1568, 1)
    >>> evaluate("d*m", scope)
    Traceback (most recent call last):
        ...
    quizbank.formulas.BadFormula: m is not one of the names used here in 'd*m'; known are d, n
    """
    if _PLAIN.fullmatch(text.strip()):
        return Fraction(text.strip())
    return _value(*_read(text, scope))


def work_out(text: str, scope: Scope) -> Quantity:
    """The value of a formula with its working: the formula with its numbers put in.

    >>> work_out("(d + 1)*d", Scope({"d": Quantity(Fraction(16))}))
    Quantity(value=Fraction(272, 1), working='(16 + 1)*16')
    """
    tree, known = _read(text, scope)
    return Quantity(_value(tree, known), _working(tree, known))


def holds(text: str, scope: Scope) -> bool:
    """Whether a comparison holds; comparisons may be chained. Raises `BadFormula`.

    >>> holds("2 < n <= 32", Scope({"n": Quantity(Fraction(32))})), holds("divides(4, 10)", Scope())
    (True, False)
    """
    if divides := _DIVIDES.fullmatch(text):
        return _divides(divides[1], scope)
    first, *rest = _SIGN.split(text)
    if not rest:
        signs = ", ".join(_COMPARISONS)
        raise BadFormula(
            f"{text!r} compares nothing; write true, false, divides(a, b) or one of {signs}"
        )
    values = [evaluate(side, scope) for side in (first, *rest[1::2])]
    comparisons = [_COMPARISONS[sign] for sign in rest[::2]]
    return all(holds(*pair) for holds, pair in zip(comparisons, pairwise(values), strict=True))


def references(text: str) -> list[tuple[str, str]]:
    """The layers and parts a formula refers to, as function and name.

    >>> references("parameters(lstm) + part(embedding)")
    [('parameters', 'lstm'), ('part', 'embedding')]
    """
    return [(found[1], found[2]) for found in _REFERENCE.finditer(text)]


def shown(value: Fraction, decimals: int | None = None) -> str:
    """A number as it stands in a text, halves rounded away from zero.

    >>> shown(Fraction(13, 3)), shown(Fraction(13, 3), 2), shown(Fraction(-1, 8), 2)
    ('13/3', '4.33', '-0.13')
    """
    if decimals is None:
        return plain(value)
    scaled = abs(value) * 10**decimals
    digits = str((scaled.numerator * 2 + scaled.denominator) // (2 * scaled.denominator))
    whole, places = digits.zfill(decimals + 1), -decimals or None
    sign = "-" if value < 0 and int(digits) else ""
    return f"{sign}{whole[:places]}" + (f".{whole[places:]}" if decimals else "")


def _divides(arguments: str, scope: Scope) -> bool:
    step, comma, whole = arguments.partition(",")
    if not comma:
        raise BadFormula(f"divides({arguments}) needs two numbers")
    divisor = evaluate(step, scope)
    if not divisor:
        raise BadFormula(f"divides({arguments}) divides by 0")
    return (evaluate(whole, scope) / divisor).denominator == 1


def _read(text: str, scope: Scope) -> tuple[Node, dict[str, Quantity]]:
    """The tree of a formula, and the numbers its names stand for.

    Layers and parts are named in kebab-case, which arithmetic would read as a subtraction: each
    ``parameters(lstm)`` is given a made-up name first.
    """
    known = dict(scope.numbers)

    def named(found: re.Match[str]) -> str:
        name = f"{_MADE_UP}{len(known)}"
        known[name] = scope.lookup(found[1], found[2])
        return name

    tree = _tree(_REFERENCE.sub(named, text), tuple(known))
    return tree, {canonical(name): number for name, number in known.items()}


@lru_cache(maxsize=4096)
def _tree(text: str, names: tuple[str, ...]) -> Node:
    try:
        return parse(text, Vocabulary(names)).tree
    except Malformed as error:
        declared = [name for name in names if not name.startswith(_MADE_UP)]
        unknown = error.code.startswith("unknown") and declared
        known = f"; known are {', '.join(declared)}" if unknown else ""
        said = error.message.partition(": ")[0]  # the reader's own list has made-up names in it
        raise BadFormula(f"{said} in {error.source!r}{known}") from error


def _value(tree: Node, known: Mapping[str, Quantity]) -> Fraction:
    try:
        return exact.evaluate(tree, {name: number.value for name, number in known.items()})
    except exact.NotExact as error:
        raise BadFormula(f"this formula has no exact value: {error}") from error


def _working(tree: Node, known: Mapping[str, Quantity]) -> str:
    """Empty for a number that is given as it stands."""
    match tree:
        case Num() | Neg(Num()):
            return ""
        case Name(text):
            return known[text].working
        case _:
            literals = {name: _literal(number.value) for name, number in known.items()}
            return show(exact.substitute(tree, literals))


def _literal(value: Fraction) -> Node:
    size: Node = Num(Fraction(abs(value).numerator))
    if value.denominator != 1:
        size = Quotient(size, Num(Fraction(value.denominator)))
    return Neg(size) if value < 0 else size
