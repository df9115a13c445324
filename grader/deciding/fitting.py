"""A guess at what was meant where shapes do not fit: the one small change that makes them fit."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import TypeAlias

from grader import limits
from grader.deciding.shapes import Shape, Shapes
from grader.deciding.typed import Sign, typed
from grader.deciding.unfit import ShapeFault, spoken
from grader.reading.tree import Call, Node, Product, Sum, Transpose
from grader.reading.walk import rebuilt, walk

Edit: TypeAlias = tuple[str, Node]
"""What was wrong, and the tree without it."""


def repair(tree: Node, shapes: Shapes, wanted: Shape, at: Node | None = None) -> str:
    """The change that gives the wanted shape, in words; nothing where no single one does.

    Changes to the part ``at`` are tried first.

    >>> from grader.deciding.shapes import declared
    >>> from grader.reading.tree import Name
    >>> shapes = declared({"δ": ("n",), "x": ("m",)})
    >>> repair(Product((Name("δ"), Name("x"))), shapes, Shape("n", "m"))
    'a transpose is missing: δ x^T'
    """
    places = sorted(walk(tree), key=lambda place: place is not at)
    edits = ((why, place, new) for place in places for why, new in _edits(place))
    whole = [(_amiss(tree), tree, _toggled(tree))]
    for why, place, new in (*islice(edits, limits.REPAIRS), *whole):
        if _fits(_replaced(tree, place, new), shapes, wanted):
            return f"{why} {spoken(new)}"
    return ""


def _edits(tree: Node) -> Iterator[Edit]:
    match tree:
        case Product(factors, sign):
            for at in range(1, len(factors) - 1):
                yield "brackets are missing:", Product((*factors[:at], Product(factors[at:])), sign)
            yield from _other_sign(factors, sign)
            yield from _transposes(tree, factors)
            yield from _outer(factors)
            for at in range(1, len(factors)):
                swapped = (*factors[: at - 1], factors[at], factors[at - 1], *factors[at + 1 :])
                yield "the other order fits:", replace(tree, factors=swapped)
            yield from _scaled(factors, "@" if sign == "⊙" else sign)
        case Sum(terms):
            yield from _transposes(tree, terms)
        case _:
            pass


def _other_sign(factors: tuple[Node, ...], sign: str) -> Iterator[Edit]:
    if sign == "⊙":
        yield "did you mean a matrix product?", Product(factors, "@")
        return
    for at in range(1, len(factors)):
        sides = (_several(factors[:at]), _several(factors[at:]))
        yield "did you mean ⊙?", Product(sides, "⊙")


def _outer(factors: tuple[Node, ...]) -> Iterator[Edit]:
    if len(factors) == 2 and isinstance(factors[0], Transpose):
        outer = Product((factors[0].arg, Transpose(factors[1])))
        yield "did you mean the outer product?", outer


def _scaled(factors: tuple[Node, ...], sign: Sign) -> Iterator[Edit]:
    """A vector in front may be meant to scale the rows of what follows."""
    if not isinstance(factors[0], Transpose):
        rows = Product((Call("diag", (factors[0],)), *factors[1:]), sign)
        yield "did you mean diag?", rows


def _several(factors: tuple[Node, ...]) -> Node:
    return Product(factors) if factors[1:] else factors[0]


def _transposes(tree: Product | Sum, parts: tuple[Node, ...]) -> Iterator[Edit]:
    """One more or one less among the parts, the last first: ``δ x`` misses that of ``x``."""
    for at in reversed(range(len(parts))):
        both = (*parts[:at], _toggled(parts[at]), *parts[at + 1 :])
        edited = Sum(both) if isinstance(tree, Sum) else replace(tree, factors=both)
        yield _amiss(parts[at]), edited


def _amiss(tree: Node) -> str:
    few = not isinstance(tree, Transpose)
    return "a transpose is missing:" if few else "one transpose is too many:"


def _toggled(tree: Node) -> Node:
    return tree.arg if isinstance(tree, Transpose) else Transpose(tree)


def _replaced(tree: Node, old: Node, new: Node) -> Node:
    return new if tree is old else rebuilt(tree, lambda child: _replaced(child, old, new))


def _fits(tree: Node, shapes: Shapes, wanted: Shape) -> bool:
    try:
        return typed(tree, shapes).shape == wanted
    except ShapeFault:
        return False
