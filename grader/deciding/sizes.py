"""At which sizes of its matrices a formula must be tested, so that the test speaks for all sizes.

A formula is a sum of terms, each a product of entries summed over indices: a graph whose vertices
are the indices.  Written in matrices with at least as many rows as a term has indices, different
graphs are different polynomials, for indices that all differ are among the summands; so what holds
at that size holds at every size.  (For plain products this is the theorem of Amitsur and Levitzki:
an identity of n×n matrices has degree 2n or more.)  Where constants are summed the size itself is
a factor; then as many sizes are tested as its degree asks for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise, product
from operator import add, mul
from typing import TypeAlias

from grader import limits
from grader.deciding.domain import REALS, Domain
from grader.deciding.field import Unsupported
from grader.deciding.paths import holds_inverse, rows
from grader.deciding.shapes import NUMBER, Identity
from grader.deciding.signs import constant
from grader.deciding.typed import REDUCING, TRACES, Typed
from grader.reading.tree import (
    Array,
    Call,
    Name,
    Neg,
    Num,
    Power,
    Product,
    Quotient,
    Sum,
    Transpose,
)

Sizes: TypeAlias = dict[str, int]


@dataclass(frozen=True, slots=True)
class Reach:
    """Of a formula over one denominator: most indices summed over in a term above, and below."""

    top: int = 0
    bottom: int = 0

    def __mul__(self, other: "Reach") -> "Reach":
        return Reach(self.top + other.top, self.bottom + other.bottom)

    def __add__(self, other: "Reach") -> "Reach":
        top = max(self.top + other.bottom, self.bottom + other.top)
        return Reach(top, self.bottom + other.bottom)

    @property
    def turned(self) -> "Reach":
        """Of the reciprocal."""
        return Reach(self.bottom, self.top)


@dataclass(frozen=True, slots=True)
class Pair:
    """Key and answer of one shape, and what is declared of the entries of names."""

    key: Typed
    answer: Typed
    domain: Domain = REALS

    @property
    def letters(self) -> tuple[str, ...]:
        """The sizes that are not numbers, in the order in which they are met."""
        return tuple(dict.fromkeys([*_letters(self.key), *_letters(self.answer)]))


def place(i: int, j: int, in_matrix: bool) -> str:
    """An entry in words: ``2`` of a vector, ``(1, 2)`` of a matrix."""
    return f"({i}, {j})" if in_matrix else str(i)


def grid(pair: Pair) -> Iterator[Sizes]:
    """The sizes for every letter, all different: one choice, or several where sizes count.

    Raises Unsupported where that would be too many or too large.

    >>> from grader.deciding.shapes import declared
    >>> from grader.deciding.typed import typed
    >>> shapes = declared({"U": ("n", "n"), "v": ("n",)})
    >>> long = typed(Product((Name("U"), Name("U"), Name("U"), Name("v"))), shapes)
    >>> list(grid(Pair(long, long)))
    [{'n': 5}]
    """
    letters = pair.letters
    least, each = _tested(pair, frozenset(letters))
    apart = len(letters)
    if least + apart * each > limits.LARGEST_SIZE or each**apart > limits.SIZINGS:
        raise Unsupported("it sums over too many indices")
    choices = [range(least + at, least + at + apart * each, apart) for at in range(apart)]
    return (dict(zip(letters, chosen, strict=True)) for chosen in product(*choices))


def _tested(pair: Pair, letters: frozenset[str]) -> tuple[int, int]:
    """How many rows there must be at least, and how many sizes of each letter."""
    if letters and any(map(holds_inverse, (pair.key, pair.answer))):
        return max(limits.LEAST_SIZE, rows(pair.key, pair.answer, letters)), 1
    census = Census(letters)
    reach = (census.reach(pair.key) + census.reach(pair.answer)).top
    counted = census.counts(pair.key) or census.counts(pair.answer)
    return max(limits.LEAST_SIZE, reach + 2), reach + 1 if counted else 1


def _letters(tree: Typed) -> Iterator[str]:
    yield from (size for size in tree.shape if isinstance(size, str))
    for part in tree.parts:
        yield from _letters(part)


@dataclass(frozen=True, slots=True)
class Census:
    """Counts the indices in formulas whose sizes are these letters."""

    letters: frozenset[str]

    def reach(self, tree: Typed) -> Reach:
        """How many indices a term sums over, at most."""
        inner = [self.reach(part) for part in tree.parts]
        match tree.node:
            case Name(text):
                return Reach(int(text in self.letters))
            case Sum() | Array():
                return reduce(add, inner)
            case Product(factors, sign):
                return reduce(mul, inner) * Reach(len(factors) - 1 if sign == "@" else 0)
            case Quotient():
                return inner[0] * inner[1].turned
            case Power():
                return self._power(tree, *inner)
            case Call(function) if function in REDUCING:
                return inner[0] * Reach(2)
            case Num():
                return Reach()
            case _:
                return Reach(sum(one.top + one.bottom for one in inner))

    def _power(self, tree: Typed, base: Reach, exponent: Reach) -> Reach:
        whole = whole_exponent(tree)
        if whole is None:
            return Reach(base.top + base.bottom + exponent.top + exponent.bottom)
        joins = 0 if tree.shape == NUMBER or tree.shape.is_vector else max(0, abs(whole) - 1)
        raised = Reach(base.top * abs(whole) + joins, base.bottom * abs(whole))
        return raised if whole >= 0 else raised.turned

    def counts(self, tree: Typed) -> bool:
        """Whether the value holds a size as a factor; Unsupported inside a function."""
        if isinstance(tree.node, Name):
            return tree.node.text in self.letters
        if not any(map(self.counts, tree.parts)):
            return self._sums_constants(tree)
        transcendental = isinstance(tree.node, Call) and tree.node.function not in _LINEAR
        if transcendental or (isinstance(tree.node, Power) and whole_exponent(tree) is None):
            raise Unsupported("a size stands inside a function")
        return True

    def _sums_constants(self, tree: Typed) -> bool:
        match tree.node:
            case Product(_, "@"):
                return any(_steady(left) and _steady(right) for left, right in pairwise(tree.parts))
            case Call(function) if function in REDUCING:
                return _steady(tree.parts[0])
            case Power() if not tree.shape.is_vector and tree.shape != NUMBER:
                return _steady(tree.parts[0])
            case _:
                return False


_LINEAR = TRACES | {"sum", "diag"}


def whole_exponent(tree: Typed) -> int | None:
    """The exponent of a power where it is a whole number in plain sight."""
    number = constant(tree.parts[1].node)
    return number.numerator if number is not None and number.denominator == 1 else None


def _steady(tree: Typed) -> bool:
    """Whether a term may stay the same along one of its indices, as that of ``1`` in ``1 - h^2``.

    Any function may hide a constant: σ(x) + σ(-x) is 1.
    """
    if tree.shape == NUMBER:
        return True
    match tree.node:
        case Name():
            return isinstance(tree.shape, Identity)
        case Call("diag"):
            return _steady(tree.parts[0])
        case Product(_, "@"):
            return any(map(_steady, tree.parts))
        case Product():
            return all(map(_steady, tree.parts))
        case Sum() | Array():
            return any(map(_steady, tree.parts))
        case Neg() | Transpose():
            return _steady(tree.parts[0])
        case Power():
            return (whole_exponent(tree) or 0) < 1 or _steady(tree.parts[0])
        case _:
            return True
