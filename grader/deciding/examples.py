"""One wrong entry of small matrices, most of them zero: a counterexample to check by hand."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from grader.deciding.domain import Domain
from grader.deciding.entries import entries
from grader.deciding.field import Unsupported
from grader.deciding.ladder import Answer, Decision, decide
from grader.deciding.points import At, free_names, meet
from grader.deciding.sizes import Pair, Sizes, place
from grader.deciding.witness import Witness, at_point
from grader.reading.exact import substitute
from grader.reading.tree import Node, Num
from grader.reading.walk import names


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
            if decision.verdict is not Answer.DIFFERENT or not decision.sides:
                continue
            if witness := _thinned(*decision.sides, decision.domain):
                return Example(sizes, entry, witness)
    return None


def all_equal(pair: Pair) -> bool:
    """Whether every entry is known to be equal, for matrices whose sizes are numbers."""
    decisions = [decision for _, decision in _decided(pair, {})]
    return bool(decisions) and all(one.verdict is Answer.EQUAL for one in decisions)


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
            yield entry, _asked(key, answer, _of_entries(pair.domain, key, answer))


def _asked(key: Node, answer: Node, domain: Domain) -> Decision:
    return decide(key, answer, positive=domain.positive, integer=domain.integer, gates=domain.gates)


def _of_entries(domain: Domain, *trees: Node) -> Domain:
    """What is declared of a name holds for all its entries."""
    met = [(name, name.partition("[")[0]) for tree in trees for name in names(tree)]

    def those(named: frozenset[str]) -> frozenset[str]:
        return frozenset(entry for entry, name in met if name in named)

    return Domain(those(domain.positive), those(domain.integer), those(domain.gates))


def _thinned(key: Node, answer: Node, domain: Domain) -> Witness | None:
    """The counterexample after as many entries as possible were made zero."""
    zeros = 0
    for name in dict.fromkeys((*names(key), *names(answer))):
        nothing = {name: Num(Fraction(0))}
        sides = substitute(key, nothing), substitute(answer, nothing)
        if not domain.is_positive(name) and _differ(*sides, domain):
            (key, answer), zeros = sides, zeros + 1
    witness = _at_ones(key, answer, domain) or _asked(key, answer, domain).witness
    if witness is None or not zeros:
        return witness
    return replace(witness, at=(*witness.at, ("all else" if witness.at else "every entry", "0")))


def _differ(key: Node, answer: Node, domain: Domain) -> bool:
    decision = _asked(key, answer, domain)
    return decision.verdict is Answer.DIFFERENT and decision.sides is not None


def _at_ones(key: Node, answer: Node, domain: Domain) -> Witness | None:
    """The easiest point, where it will do."""
    ones = {name: domain.fitted(name, Fraction(1)) for name in free_names(key, answer)}
    apart = meet(key, answer, ones).at is At.APART
    return at_point(key, answer, ones) if apart else None
