"""Which shape every part of a formula has: ``U_f^T δ`` is n when U_f is n×n."""

from dataclasses import dataclass, replace
from math import prod
from typing import Final, Literal, TypeAlias

from grader.deciding.shapes import NUMBER, Shape, Shapes
from grader.deciding.unfit import ShapeFault
from grader.reading.tree import (
    Array,
    Call,
    Equation,
    Name,
    Neg,
    Node,
    Num,
    Power,
    Product,
    Quotient,
    Sum,
    Transpose,
)
from grader.reading.walk import rebuilt

Sign: TypeAlias = Literal["*", "⊙", "@"]

TRACES: Final = frozenset({"tr", "trace"})
REDUCING: Final = frozenset({"sum", "prod", *TRACES})
"""Functions that make one number of all entries; max and min do so with one argument."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A tree with its shape at every node; in ``node`` every matrix product is written ``@``."""

    node: Node
    shape: Shape
    parts: tuple["Typed", ...] = ()

    @property
    def largest(self) -> int:
        """Entries of the largest matrix, as far as sizes are numbers."""
        own = prod(size for size in self.shape if isinstance(size, int))
        return max([own, *(part.largest for part in self.parts)])


def resolved(tree: Node, shapes: Shapes) -> Node:
    """The tree with every matrix product written ``@``; as it is where shapes do not fit."""
    try:
        return typed(tree, shapes).node
    except ShapeFault:
        return tree


def typed(tree: Node, shapes: Shapes) -> Typed:
    """The tree with the shapes of all its parts; raises `ShapeFault` where two do not fit.

    >>> from grader.reading.parser import parse
    >>> from grader.deciding.shapes import declared
    >>> from grader.reading.printer import show
    >>> from grader.reading.vocabulary import Vocabulary
    >>> shapes = declared({"U": ("n", "n"), "δ": ("n",), "x": ("m",)})
    >>> def ask(text): return typed(parse(text, Vocabulary(tuple(shapes))).tree, shapes)
    >>> both = ask("2 U^T δ ⊙ (1 - δ^2)")
    >>> str(both.shape), show(both.node)
    ('n', '2*U.T @ δ ⊙ (1 - δ^2)')
    >>> ask("U^T x")
    Traceback (most recent call last):
        ...
    grader.deciding.unfit.ShapeFault: U^T (n×n) times x (m) does not fit
    """
    match tree:
        case Num():
            return Typed(tree, NUMBER)
        case Name(text):
            return Typed(tree, shapes.get(text, NUMBER))
        case Product():
            return _product(tree, shapes)
        case Array():
            return _array(tree, shapes)
        case _:
            return _operator(tree, shapes)


def _operator(tree: Node, shapes: Shapes) -> Typed:
    """Operators whose parts are looked at together, each by itself first."""
    parts: list[Typed] = []

    def look(child: Node) -> Node:
        parts.append(typed(child, shapes))
        return parts[-1].node

    node = rebuilt(tree, look)
    return Typed(node, _shape(tree, parts), tuple(parts))


def _shape(tree: Node, parts: list[Typed]) -> Shape:
    """``tree`` is as it was typed, for words about it."""
    of = [part.shape for part in parts]
    match tree:
        case Sum(terms):
            return _common("sum", tree, terms, of)
        case Transpose():
            return of[0].turned
        case Quotient(top, bottom):
            return _common("quotient", tree, (top, bottom), of)
        case Power(base, exponent):
            return _power(tree, (base, exponent), of)
        case Equation(left, right) if of[0] != of[1]:
            raise ShapeFault("equation", tree, (left, of[0]), (right, of[1]))
        case Call("diag", args):
            return _diagonal(tree, args[0], of[0])
        case Call(function, args) if function in TRACES and of[0].rows != of[0].columns:
            raise ShapeFault("trace", tree, (args[0], of[0]), (args[0], of[0]))
        case Call(function) if function in REDUCING or (function in ("max", "min") and not of[1:]):
            return NUMBER
        case Call(_, args):
            return _common("arguments", tree, args, of)
        case _:
            return of[0]


def _common(code: str, tree: Node, nodes: tuple[Node, ...], of: list[Shape]) -> Shape:
    """The one shape of all that are not numbers: a number goes to every entry."""
    first = next((at for at, shape in enumerate(of) if shape != NUMBER), 0)
    for node, shape in zip(nodes, of, strict=True):
        if shape not in (NUMBER, of[first]):
            bare = [one.arg if isinstance(one, Neg) else one for one in (nodes[first], node)]
            raise ShapeFault(code, tree, (bare[0], of[first]), (bare[1], shape))
    if code == "quotient" and of[1] != NUMBER and not of[1].is_vector:
        raise ShapeFault(code, tree, (nodes[0], of[0]), (nodes[1], of[1]))
    return of[first]


def _power(tree: Node, nodes: tuple[Node, ...], of: list[Shape]) -> Shape:
    base, exponent = of
    if exponent == NUMBER and not (base == NUMBER or base.is_vector or base.rows == base.columns):
        raise ShapeFault("power", tree, (nodes[0], base), (nodes[1], exponent))
    return _common("exponent", tree, nodes, of)


def _diagonal(tree: Node, node: Node, shape: Shape) -> Shape:
    """A matrix of a vector, or the diagonal of a square matrix."""
    if shape.is_vector:
        size = shape.columns if shape.rows == 1 else shape.rows
        return Shape(size, size)
    if shape == NUMBER or shape.rows != shape.columns:
        raise ShapeFault("diag", tree, (node, shape), (node, shape))
    return Shape(shape.rows)


def _product(tree: Product, shapes: Shapes) -> Typed:
    """From left to right; a fault is about the factors up to the one that does not fit."""
    first, *others = tree.factors
    left = typed(first, shapes)
    for at, factor in enumerate(others, 1):
        right = typed(factor, shapes)
        joint = _joint(tree.sign, left.shape, right.shape)
        if joint is None:
            code = "entrywise" if tree.sign == "⊙" else "product"
            before = first if at == 1 else replace(tree, factors=tree.factors[:at])
            raise ShapeFault(code, tree, (before, left.shape), (factor, right.shape), at)
        left = _joined(left, right, *joint)
    return left


def _joint(sign: Sign, left: Shape, right: Shape) -> tuple[Sign, Shape] | None:
    """A number scales, ``⊙`` joins entry by entry, all else is a matrix product; None: no fit."""
    if NUMBER in (left, right):
        return "⊙" if sign == "⊙" else "*", right if left == NUMBER else left
    if sign == "⊙":
        return ("⊙", left) if left == right else None
    return ("@", Shape(left.rows, right.columns)) if left.columns == right.rows else None


def _joined(left: Typed, right: Typed, sign: Sign, shape: Shape) -> Typed:
    """One more factor of the same product, or a product of two."""
    match left.node:
        case Product(factors, own) if own == sign:
            return Typed(Product((*factors, right.node), sign), shape, (*left.parts, right))
        case _:
            return Typed(Product((left.node, right.node), sign), shape, (left, right))


def _array(tree: Array, shapes: Shapes) -> Typed:
    """A column of numbers, or rows that are columns lying down."""
    parts = tuple(typed(entry, shapes) for entry in tree.entries)
    rows = {isinstance(entry, Array) for entry in tree.entries}
    if rows == {False}:
        for entry, part in zip(tree.entries, parts, strict=True):
            if part.shape != NUMBER:
                raise ShapeFault("entry", tree, (entry, part.shape), (entry, part.shape))
    lying = {part.shape.turned for part in parts}
    if len(rows) > 1 or len(lying) > 1 or any(shape.rows != 1 for shape in lying):
        raise ShapeFault("ragged", tree, (tree, NUMBER), (tree, NUMBER))
    shape = Shape(len(parts), parts[0].shape.rows)
    return Typed(Array(tuple(part.node for part in parts)), shape, parts)
