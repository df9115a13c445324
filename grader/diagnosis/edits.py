"""Small edits of a tree: where one is made, and what comes of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import islice
from typing import Final, TypeAlias

from grader import limits
from grader.reading.tree import Call, Name, Neg, Node, Num, Product, Sum, Transpose
from grader.reading.walk import children, rebuilt, walk

ONE: Final = Num(Fraction(1))
TWO: Final = Num(Fraction(2))
ZERO: Final = Num(Fraction(0))


@dataclass(frozen=True, slots=True)
class Edit:
    """A whole tree after one slip, and the slip in words.

    ``weight`` counts what the slip asks one to believe: 1 for a slip at one place, 2 for one that
    touches several places or that only restates how far off the whole is.
    """

    tree: Node
    code: str
    finding: str
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Place:
    """One subtree of a tree, what puts another in its place, and the names in all subtrees."""

    node: Node
    whole: Node
    put: Callable[[Node], Node]
    held: Mapping[int, frozenset[str]]
    is_transposed: bool = False

    @property
    def is_whole(self) -> bool:
        return self.node is self.whole

    def edit(self, new: Node, code: str, finding: str, weight: int = 1) -> Edit:
        """The whole tree with ``new`` at this place."""
        return Edit(self.put(tidied(new)), code, finding, weight)

    def renamed(self, others: Mapping[str, str]) -> Node:
        """The whole tree with other names; subtrees without them stay the very same."""

        def change(node: Node) -> Node:
            if self.held[id(node)].isdisjoint(others):
                return node
            return Name(others[node.text]) if isinstance(node, Name) else rebuilt(node, change)

        return change(self.whole)


Family: TypeAlias = Callable[[Place], Iterator[Edit]]
"""The slips of one sort that can be made at one place."""


def edits(tree: Node, families: Sequence[Family]) -> tuple[Edit, ...]:
    """Every slip of these families in a tree: outer places first, at one place in their order.

    None at all where there are too many: what has not been tried could explain as well.
    """
    if any(True for _ in islice(walk(tree), limits.DIAGNOSED_NODES, None)):
        return ()
    slips = (slip for place in places(tree) for family in families for slip in family(place))
    found = tuple(islice(slips, limits.EDITS + 1))
    return found if len(found) <= limits.EDITS else ()


def places(tree: Node) -> Iterator[Place]:
    """Every subtree, the outermost first.

    >>> x, y = Name("x"), Name("y")
    >>> [place.put(ONE) for place in places(Product((x, y)))][1:] == [y, x]
    True
    """
    held = _held(tree)

    def below(node: Node, put: Callable[[Node], Node], turned: bool = False) -> Iterator[Place]:
        yield Place(node, tree, put, held, turned)
        for at, child in enumerate(children(node)):
            into = partial(_put_below, node, at, put)
            yield from below(child, into, isinstance(node, Transpose))

    return below(tree, _itself)


def _held(tree: Node) -> Mapping[int, frozenset[str]]:
    """The names in every subtree, by its id."""
    held: dict[int, frozenset[str]] = {}

    def note(node: Node) -> frozenset[str]:
        own = {node.text} if isinstance(node, Name) else ()
        held[id(node)] = frozenset(own).union(*map(note, children(node)))
        return held[id(node)]

    note(tree)
    return held


def _itself(new: Node) -> Node:
    return new


def _put_below(parent: Node, at: int, put: Callable[[Node], Node], new: Node) -> Node:
    row = iter(with_part(children(parent), at, new))
    whole = rebuilt(parent, lambda _: next(row))
    return put(tidied(whole) if isinstance(new, Num) else whole)


def tidied(node: Node) -> Node:
    """A sum without zeros, a product without ones: dropping ``x`` from ``(1 + x)*y`` leaves ``y``.

    >>> tidied(Product((Name("y"), ONE)))
    Name(text='y')
    """
    match node:
        case Sum(terms):
            return total(tuple(term for term in terms if term != ZERO))
        case Product(factors, sign):
            return product(tuple(factor for factor in factors if factor != ONE), sign)
        case _:
            return node


def total(terms: tuple[Node, ...]) -> Node:
    """The sum of any number of terms."""
    return Sum(terms) if len(terms) > 1 else terms[0] if terms else ZERO


def product(factors: tuple[Node, ...], sign: str = "*") -> Node:
    """The product of any number of factors."""
    match factors:
        case ():
            return ONE
        case (only,):
            return only
        case _:
            return Product(factors, "@" if sign == "@" else "⊙" if sign == "⊙" else "*")


def without(parts: tuple[Node, ...], at: int) -> tuple[Node, ...]:
    """All parts but one."""
    return parts[:at] + parts[at + 1 :]


def with_part(parts: tuple[Node, ...], at: int, new: Node) -> tuple[Node, ...]:
    """All parts, one of them another."""
    return (*parts[:at], new, *parts[at + 1 :])


def complement(node: Node) -> Node | None:
    """What is taken from one: ``x`` for ``1 - x``, else nothing.

    >>> complement(Sum((ONE, Neg(Name("x")))))
    Name(text='x')
    """
    match node:
        case Sum((one, Neg(rest)) | (Neg(rest), one)) if one == ONE:
            return rest
        case _:
            return None


def is_function(node: Node, function: str) -> bool:
    """Whether a node applies that function."""
    return isinstance(node, Call) and node.function == function
