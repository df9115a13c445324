"""Numbers in a formula taken for one another, and a whole that is off by a plain factor."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from typing import Final

from grader.diagnosis.edits import Edit, Place, product, with_part
from grader.reading.printer import show
from grader.reading.tree import Node, Num, Power, Product
from grader.reading.walk import rebuilt

_FACTORS: Final = tuple(map(Fraction, ("2", "1/2", "3", "1/3", "4", "1/4")))


def miscounted(place: Place) -> Iterator[Edit]:
    """A small number of equal parts, one too many or too few: 3 gates for 4."""
    if not isinstance(place.node, Product):
        return
    factors = place.node.factors
    for at, factor in enumerate(factors):
        if isinstance(factor, Num) and 2 <= factor.value <= 4:
            for count in {Fraction(2), Fraction(3), Fraction(4)} - {factor.value}:
                found = f"the factor is {count} where it must be {show(factor)}"
                new = product(with_part(factors, at, Num(count)), place.node.sign)
                yield place.edit(new, "wrong-number", found)


def off_by_factor(place: Place) -> Iterator[Edit]:
    """A plain multiple of the key: no cause, only what is seen, hence the greater weight."""
    if place.is_whole:
        for factor in _FACTORS:
            found = f"it is {factor} times what is asked"
            yield place.edit(Product((Num(factor), place.node)), "constant-factor", found, weight=2)


def exchanged(place: Place) -> Iterator[Edit]:
    """Two sizes of a worked formula exchanged throughout, exponents left alone."""
    if not place.is_whole:
        return
    for one, other in combinations(sizes(place.whole), 2):
        moved = {one: Num(other), other: Num(one)}
        found = f"{one} and {other} are exchanged"
        yield place.edit(_with_sizes(place.whole, moved), "swapped-names", found, weight=2)


def sizes(tree: Node) -> tuple[Fraction, ...]:
    """The numbers above 1 in a formula that are no exponents, each once.

    >>> from grader.reading.parser import parse
    >>> from grader.reading.vocabulary import Vocabulary
    >>> [int(size) for size in sizes(parse("4*((16 + 1)*32 + 32^2)", Vocabulary(())).tree)]
    [4, 16, 32]
    """
    found: dict[Fraction, None] = {}

    def note(node: Node) -> Node:
        match node:
            case Num(value):
                found.update({value: None} if value > 1 else {})
            case Power(base, _):
                note(base)
            case _:
                rebuilt(node, note)
        return node

    note(tree)
    return tuple(found)


def _with_sizes(node: Node, sizes: dict[Fraction, Num]) -> Node:
    match node:
        case Num(value):
            return sizes.get(value, node)
        case Power(base, exponent):
            return Power(_with_sizes(base, sizes), exponent)
        case _:
            return rebuilt(node, lambda child: _with_sizes(child, sizes))
