"""One wrong entry of small matrices, most of them zero: a counterexample to check by hand."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from grader.deciding.entries import entries
from grader.deciding.field import Unsupported
from grader.deciding.ladder import Answer, Decision, decide
from grader.deciding.points import At, free_names, meet
from grader.deciding.shapes import Typed
from grader.deciding.sizes import Sizes
from grader.deciding.witness import Witness, at_point
from grader.reading.exact import substitute
from grader.reading.tree import Node, Num
from grader.reading.walk import names


@dataclass(frozen=True, slots=True)
class Pair:
    """Key and answer of one shape, and the names of whose entries all are positive."""

    key: Typed
    answer: Typed
    positive: frozenset[str] = frozenset()

    @property
    def letters(self) -> tuple[str, ...]:
        """The sizes that are not numbers, in the order in which they are met."""
        return tuple(dict.fromkeys([*_letters(self.key), *_letters(self.answer)]))


@dataclass(frozen=True, slots=True)
class Example:
    """An entry that differs at some sizes, and where it does.

    >>> where = Witness((("U[1,2]", "1"),), yours="0", expected="1")
    >>> print(Example({"n": 2}, "1", where))
    with n = 2, entry 1: at U[1,2] = 1: yours 0, expected 1
    """

    sizes: Sizes
    entry: str
    witness: Witness

    def __str__(self) -> str:
        sizes = " and ".join(f"{letter} = {size}" for letter, size in self.sizes.items())
        lead = [f"with {sizes}"] if sizes else []
        lead += [f"entry {self.entry}"] if self.entry else []
        return f"{', '.join(lead)}: {self.witness}" if lead else str(self.witness)


@lru_cache(maxsize=64)
def find(pair: Pair) -> Example | None:
    """A counterexample in matrices of one row, else of two and three; None where none was found."""
    for sizes in _smallest(pair.letters):
        for entry, decision in _decided(pair, sizes):
            if decision.verdict is Answer.DIFFERENT and decision.sides:
                if witness := _thinned(decision):
                    return Example(sizes, entry, witness)
    return None


def all_equal(pair: Pair) -> bool:
    """Whether every entry is known to be equal, for matrices whose sizes are numbers."""
    decisions = [decision for _, decision in _decided(pair, {})]
    return bool(decisions) and all(one.verdict is Answer.EQUAL for one in decisions)


def place(i: int, j: int, in_matrix: bool) -> str:
    """An entry in words: ``2`` of a vector, ``(1, 2)`` of a matrix."""
    return f"({i}, {j})" if in_matrix else str(i)


def _letters(tree: Typed) -> Iterator[str]:
    yield from (size for size in tree.shape if isinstance(size, str))
    for part in tree.parts:
        yield from _letters(part)


def _smallest(letters: tuple[str, ...]) -> Iterator[Sizes]:
    yield dict.fromkeys(letters, 1)
    if letters:
        yield {letter: size for size, letter in enumerate(letters, 2)}


def _decided(pair: Pair, sizes: Sizes) -> Iterator[tuple[str, Decision]]:
    """What the ladder for numbers says of every entry."""
    try:
        ours, theirs = entries(pair.key, sizes), entries(pair.answer, sizes)
    except Unsupported:
        return
    shown = len(ours) * len(ours[0]) > 1
    for i, rows in enumerate(zip(ours, theirs, strict=True), 1):
        for j, (key, answer) in enumerate(zip(*rows, strict=True), 1):
            entry = place(i, j, len(ours[0]) > 1) if shown else ""
            yield entry, decide(key, answer, positive=_positive(pair, key, answer))


def _positive(pair: Pair, *trees: Node) -> frozenset[str]:
    return frozenset(
        name for tree in trees for name in names(tree) if name.partition("[")[0] in pair.positive
    )


def _thinned(decision: Decision) -> Witness | None:
    """The counterexample after as many entries as possible were made zero."""
    assert decision.sides is not None
    zeros = 0
    for name in dict.fromkeys(name for side in decision.sides for name in names(side)):
        nothing = {name: Num(Fraction(0))}
        sides = tuple(substitute(side, nothing) for side in decision.sides)
        fewer = decide(*sides, positive=decision.positive)
        if name not in decision.positive and fewer.verdict is Answer.DIFFERENT and fewer.sides:
            decision, zeros = fewer, zeros + 1
    witness = _at_ones(decision) or decision.witness
    if witness is None or not zeros:
        return witness
    return replace(witness, at=(*witness.at, ("all else", "0")))


def _at_ones(decision: Decision) -> Witness | None:
    """The easiest point, where it will do."""
    assert decision.sides is not None
    ones = dict.fromkeys(free_names(*decision.sides), Fraction(1))
    return at_point(*decision.sides, ones) if meet(*decision.sides, ones).at is At.APART else None
