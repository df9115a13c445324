"""Decimals that stand for a constant of the key: put back, so that all is decided exactly."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice, product
from math import isfinite
from typing import Final, NamedTuple

from grader import limits
from grader.reading.exact import NotExact, evaluate
from grader.reading.names import CONSTANTS
from grader.reading.printer import show
from grader.reading.styles import digits
from grader.reading.tree import Neg, Node, Num, Product, Quotient, Sum
from grader.reading.walk import children, names, rebuilt, walk

_ONE: Final = Num(Fraction(1))


class Restored(NamedTuple):
    """An answer with constants in place of decimals, and in words what was put for what."""

    tree: Node
    taken: str


def restored(key: Node, answer: Node, tolerance: Fraction) -> Iterator[Restored]:
    """The answers that may have been meant, the nearest first; none where no decimals are used.

    Only decimals of the answer are replaced, each by a constant or coefficient of the key that
    differs from it by at most the tolerance, a share of that constant. Whether the outcome is
    right must be decided as for any other answer: a candidate proves nothing.

    >>> from grader.reading.parser import parse
    >>> from grader.reading.vocabulary import Vocabulary
    >>> key, answer = (parse(text, Vocabulary(("x",))).tree for text in ("2x/3", "0.667*x + 5"))
    >>> [(show(one.tree), one.taken) for one in restored(key, answer, Fraction(1, 1000))]
    [('(2/3)*x + 5', '0.667 as 2/3')]
    """
    literals = list(
        dict.fromkeys(
            one for one in walk(answer) if isinstance(one, Num) and one.value.denominator != 1
        )
    )
    if not literals:
        return
    known = dict(_constants(key))
    choices = [[*_near(literal.value, known, tolerance), literal] for literal in literals]
    for chosen in islice(product(*choices), limits.RESTORED):
        swaps = {old: new for old, new in zip(literals, chosen, strict=True) if old is not new}
        if swaps:
            taken = ", ".join(f"{digits(old.value)} as {_shown(new)}" for old, new in swaps.items())
            yield Restored(_swapped(answer, swaps), taken)


def _near(literal: Fraction, known: dict[Node, Fraction], tolerance: Fraction) -> list[Node]:
    """Constants within the tolerance of a decimal, the nearest first."""
    gaps = {node: abs(literal - value) for node, value in known.items()}
    near = [node for node, gap in gaps.items() if 0 < gap <= tolerance * abs(known[node])]
    return sorted(near, key=gaps.__getitem__)


def _swapped(tree: Node, swaps: dict[Num, Node]) -> Node:
    if isinstance(tree, Num):
        return swaps.get(tree, tree)
    return rebuilt(tree, lambda child: _swapped(child, swaps))


def _shown(constant: Node) -> str:
    return str(constant.value) if isinstance(constant, Num) else show(constant)


def _constants(key: Node) -> Iterator[tuple[Node, Fraction]]:
    """The coefficients in a key that have a size other than zero, without their signs."""
    for node in dict.fromkeys(_coefficients(key, _ONE)):
        if value := _size(node):
            yield (Neg(node) if value < 0 else node), abs(value)


def _coefficients(tree: Node, outer: Node) -> Iterator[Node]:
    """What every part of a key is multiplied by in all, such as 2/3 for x in ``2(x + 1)/3``."""
    here = _times(outer, _content(tree))
    yield here
    match tree:
        case Sum(terms):
            for term in terms:
                yield from _coefficients(term, here)
        case Neg(arg):
            yield from _coefficients(arg, outer)
        case Product(factors):
            for factor in factors:
                yield from _coefficients(factor, _over(here, _content(factor)))
        case Quotient(top, bottom):
            yield from _coefficients(top, _over(here, _content(top)))
            yield from _coefficients(bottom, _ONE)
        case _:
            for child in children(tree):
                yield from _coefficients(child, _ONE)


def _content(tree: Node) -> Node:
    """The constant factor of a tree."""
    if not set(names(tree)) - set(CONSTANTS.values()):
        return _worked_out(tree)
    match tree:
        case Neg(arg):
            return _content(arg)
        case Product(factors):
            content: Node = _ONE
            for factor in factors:
                content = _times(content, _content(factor))
            return content
        case Quotient(top, bottom):
            return _over(_content(top), _content(bottom))
        case _:
            return _ONE


def _worked_out(constant: Node) -> Node:
    try:
        return Num(abs(evaluate(constant)))
    except NotExact:
        return constant


def _times(left: Node, right: Node) -> Node:
    if isinstance(left, Num) and isinstance(right, Num):
        return Num(left.value * right.value)
    if _ONE in (left, right):
        return left if right == _ONE else right
    return Product((left, right))


def _over(top: Node, bottom: Node) -> Node:
    if bottom in (_ONE, top):
        return top if bottom == _ONE else _ONE
    if isinstance(top, Num) and isinstance(bottom, Num) and bottom.value:
        return Num(top.value / bottom.value)
    return Quotient(top, bottom)


def _size(constant: Node) -> Fraction | None:
    """The value to a few more digits than anybody types; None where there is none."""
    if isinstance(constant, Num):
        return constant.value
    from grader.deciding.enclosure import enclose  # noqa: PLC0415 - few keys need mpmath
    from grader.deciding.reals import NotReal, Unclear  # noqa: PLC0415

    try:
        value = enclose(constant, {}, limits.ENCLOSURE_DIGITS[0])
    except (NotReal, Unclear):
        return None
    size = value if isinstance(value, Fraction) else float(value.mid)
    return Fraction(size) if isfinite(size) else None
