"""Going through a tree: children, heights, the names in it, and rebuilding it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from operator import attrgetter
from types import MappingProxyType
from typing import Any

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


def children(tree: Node) -> tuple[Node, ...]:
    """What the outermost operator of a tree joins, from left to right.

    >>> children(Quotient(Name("x"), Name("y")))
    (Name(text='x'), Name(text='y'))
    """
    return _CHILDREN[type(tree)](tree)


_CHILDREN: Mapping[type[Node], Callable[[Any], tuple[Node, ...]]] = MappingProxyType(
    {
        **dict.fromkeys((Num, Name), lambda _: ()),
        Sum: attrgetter("terms"),
        Product: attrgetter("factors"),
        Call: attrgetter("args"),
        Array: attrgetter("entries"),
        **dict.fromkeys((Neg, Transpose), lambda tree: (tree.arg,)),
        Quotient: attrgetter("top", "bottom"),
        Power: attrgetter("base", "exponent"),
        Equation: attrgetter("left", "right"),
    }
)


def rebuilt(tree: Node, change: Callable[[Node], Node]) -> Node:
    """The tree with every child of its outermost operator changed.

    >>> rebuilt(Neg(Name("x")), lambda child: Name("y"))
    Neg(arg=Name(text='y'))
    """
    match tree:
        case Num() | Name():
            return tree
        case Sum(terms):
            return Sum(tuple(map(change, terms)))
        case Product(factors, sign):
            return Product(tuple(map(change, factors)), sign)
        case Call(function, args):
            return Call(function, tuple(map(change, args)))
        case Array(entries):
            return Array(tuple(map(change, entries)))
        case Neg(arg) | Transpose(arg):
            return replace(tree, arg=change(arg))
        case Quotient(top, bottom):
            return Quotient(change(top), change(bottom))
        case Power(base, exponent):
            return Power(change(base), change(exponent))
        case Equation(left, right):
            return Equation(change(left), change(right))


def walk(tree: Node) -> Iterator[Node]:
    """Every node of a tree, the outermost first, from left to right; any depth will do."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += children(node)[::-1]


def names(tree: Node) -> tuple[str, ...]:
    """The names in a tree, each once, in the order in which they are met.

    >>> names(Sum((Name("y"), Name("x"), Name("y"))))
    ('y', 'x')
    """
    return tuple(dict.fromkeys(node.text for node in walk(tree) if isinstance(node, Name)))


def height(tree: Node) -> int:
    """How many operators lie one inside the other; any depth will do.

    >>> height(Neg(Neg(Name("x"))))
    2
    """
    levels, level = -1, [tree]
    while level:
        levels, level = levels + 1, [child for node in level for child in children(node)]
    return levels
