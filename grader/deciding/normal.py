"""Rung 1: the same tree after normal ordering."""

from typing import TypeAlias

from grader import limits
from grader.reading.tree import Call, Name, Neg, Node, Num, Product, Sum, Transpose
from grader.reading.walk import children

Normal: TypeAlias = tuple[object, ...]

_MATRIX_FUNCTIONS = frozenset({"diag"})


class TooLarge(Exception):
    """A tree that nobody should work on; the reason is for people."""


def leaves(tree: Node) -> int:
    """How many names and numbers a tree holds; neither time nor stack depend on the tree.

    >>> leaves(Sum((Name("x"), Neg(Name("x")))))
    2

    Raises TooLarge beyond the limits of nodes and depth.
    """
    nodes, inner = [tree], 0
    for node in nodes:  # which grow as they are gone through
        if type(node) is Name or type(node) is Num:
            continue
        nodes += children(node)
        inner += 1
        if len(nodes) > limits.NODES:
            break
    if len(nodes) > limits.DEPTH:  # fewer are neither too many nor too deep
        _check_levels(tree)
    return len(nodes) - inner


def _check_levels(tree: Node) -> None:
    """Says whether there are too many nodes or too many levels of them, from the root down."""
    nodes, level = 0, [tree]
    for _ in range(limits.DEPTH):
        nodes += len(level)
        if nodes > limits.NODES:
            raise TooLarge(f"it has more than {limits.NODES} parts")
        level = [child for parent in level for child in children(parent)]
        if not level:
            return
    raise TooLarge(f"its brackets are more than {limits.DEPTH} deep")


def identical(left: Node, right: Node, *, scalars: bool = False) -> bool:
    """Whether two trees differ in the order of terms and factors, in brackets and in signs only.

    The order of factors is kept where matrices occur; ``scalars`` says that none do.

    >>> a, b = Name("a"), Name("b")
    >>> identical(Sum((a, Neg(Product((a, b))))), Sum((Product((b, Neg(a))), a)))
    True
    >>> identical(Product((a, b), "@"), Product((b, a), "@"))
    False
    """
    if _mentioned(left) != _mentioned(right):
        return False
    ordered = not scalars and (_holds_matrices(left) or _holds_matrices(right))
    return _normal(left, ordered) == _normal(right, ordered)


def _mentioned(tree: Node) -> list[str]:
    """The names in a tree, as often as they occur: alike in identical trees, and soon known."""
    nodes, texts = [tree], list[str]()
    for node in nodes:  # which grow as they are gone through
        if isinstance(node, Name):
            texts.append(node.text)
        else:
            nodes += children(node)
    return sorted(texts)


def _holds_matrices(node: Node) -> bool:
    """Whether the order of any factors may matter: then that of all of them is kept."""
    match node:
        case Transpose() | Product(_, "@"):
            return True
        case Call(function, _) if function in _MATRIX_FUNCTIONS:
            return True
        case _:
            return any(_holds_matrices(child) for child in children(node))


def _normal(node: Node, ordered: bool) -> Normal:
    """Sums flattened and sorted, products flattened, one sign in front."""
    match node:
        case Num(value):
            return ("number", value.numerator, value.denominator)
        case Name(text):
            return ("name", text)
        case Sum():
            return ("sum", *sorted(_terms(node, ordered)))
        case Neg(arg):
            return _opposite(_normal(arg, ordered))
        case Product(_, sign):
            negative, factors = _factors(node, sign, ordered)
            if not ordered:
                sign = "*"
            if sign == "⊙" or not ordered:
                factors.sort()
            product = ("product", sign, *factors)
            return ("negative", product) if negative else product
        case Call(function, args):
            arguments = [_normal(arg, ordered) for arg in args]
            if function in ("max", "min"):
                arguments.sort()
            return ("call", function, *arguments)
        case _:
            kind = type(node).__name__
            return (kind, *[_normal(child, ordered) for child in children(node)])


def _opposite(normal: Normal) -> Normal:
    """The opposite of a normal form; that of a sum goes to its terms.

    >>> _opposite(_opposite(("name", "x")))
    ('name', 'x')
    """
    match normal:
        case ("negative", tuple(inner)):
            return inner
        case ("sum", *terms):
            opposites = [_opposite(term) for term in terms if isinstance(term, tuple)]
            return ("sum", *sorted(opposites))
        case _:
            return ("negative", normal)


def _terms(node: Node, ordered: bool) -> list[Normal]:
    match node:
        case Sum(terms):
            return [part for term in terms for part in _terms(term, ordered)]
        case Neg(arg):
            return [_opposite(part) for part in _terms(arg, ordered)]
        case _:
            return [_normal(node, ordered)]


def _factors(node: Node, sign: str, ordered: bool) -> tuple[bool, list[Normal]]:
    """Whether the product is negative, and its factors without sign."""
    match node:
        case Product(parts, own) if own == sign or not ordered:
            negative, found = False, list[Normal]()
            for part in parts:
                minus, factors = _factors(part, sign, ordered)
                negative ^= minus
                found += factors
            return negative, found
        case Neg(arg):
            minus, factors = _factors(arg, sign, ordered)
            return not minus, factors
        case _:
            normal = _normal(node, ordered)
            match normal:
                case ("negative", tuple(inner)):
                    return True, [inner]
                case _:
                    return False, [normal]
