"""Slopes between vectors: Jacobian matrices, for columns and for rows.

With columns, entry i, j is the derivative of entry i by entry j, and a small change moves on as
``dv = J du``. With rows it moves on as ``dv = du J``, so that J is the transpose of that. A slope
that acts entry by entry is ``diag(d)``; the slope of ``U @ h`` by the matrix U itself, which has
three indices, is held as ``outer(h)`` until an error is sent over it.
"""

from dataclasses import dataclass
from typing import Final

from grader.cells.algebra import ONE, ZERO, added, opposite, times
from grader.cells.differentiate import NotDifferentiable, slope
from grader.cells.steps import substituted
from grader.reading.tree import Call, Name, Neg, Node, Num, Product, Sum, Transpose
from grader.reading.walk import names, rebuilt

IDENTITY: Final = Call("diag", (ONE,))


@dataclass(frozen=True, slots=True)
class Matrices:
    """The calculus of layers of many units; ``is_row`` where vectors lie.

    >>> from grader.reading.parser import parse
    >>> from grader.reading.printer import show
    >>> from grader.reading.vocabulary import Vocabulary
    >>> def read(text): return parse(text, Vocabulary(("U", "h", "δ"))).tree
    >>> show(COLUMNS.slope(read("tanh(U @ h)"), "h")), show(ROWS.slope(read("tanh(h @ U)"), "h"))
    ('diag(1 - tanh(U @ h)^2) @ U', 'U @ diag(1 - tanh(h @ U)^2)')
    >>> show(COLUMNS.sent(Name("δ"), read("diag(1 - h^2) @ U")))
    'U.T @ (δ ⊙ (1 - h^2))'
    >>> show(COLUMNS.sent(Name("δ"), COLUMNS.slope(read("U @ h"), "U")))
    'δ @ h.T'
    """

    form: str
    is_row: bool = False

    @property
    def identity(self) -> Node:
        return IDENTITY

    def slope(self, tree: Node, by: str) -> Node:
        if by not in names(tree):
            return ZERO
        match tree:
            case Name():
                return IDENTITY
            case Sum(terms):
                return self.summed(*(self.slope(term, by) for term in terms))
            case Neg(arg):
                return self.summed(_turned_round(self.slope(arg, by)))
            case Product((left, right), "@"):
                matrix, vector = (right, left) if self.is_row else (left, right)
                return self._of_layer(matrix, vector, by)
            case Product(factors, "⊙"):
                return self._of_entries(factors, by)
            case Call(function, (arg,)):
                outer = substituted(_entrywise(slope(function, Name("x"))), {"x": arg})
                return self.chained(_diagonal(outer), self.slope(arg, by))
            case _:
                raise NotDifferentiable("this has no slope that is a matrix")

    def summed(self, *slopes: Node) -> Node:
        """Diagonal matrices are gathered in one."""
        terms = [term for one in slopes for term in (one.terms if isinstance(one, Sum) else (one,))]
        shares = [entries for term in terms if (entries := _entries(term))]
        first = next((at for at, term in enumerate(terms) if _entries(term)), 0)
        others = [ZERO if _entries(term) else term for term in terms]
        return added(*others[:first], _diagonal(added(*shares)), *others[first:])

    def chained(self, *slopes: Node) -> Node:
        """A matrix product, in which neighbouring diagonal matrices are one."""
        if ZERO in slopes:
            return ZERO
        chain: list[Node] = []
        for factor in _factors(slopes[::-1] if self.is_row else slopes):
            before, entries = _entries(chain[-1]) if chain else None, _entries(factor)
            if before and entries:
                latest_first = (entries, before) if self.is_row else (before, entries)
                chain[-1] = _diagonal(times(*latest_first, sign="⊙"))
            else:
                chain.append(factor)
        match chain:
            case []:
                return IDENTITY
            case [only]:
                return only
            case _:
                return Product(tuple(chain), "@")

    def sent(self, error: Node, slope: Node) -> Node:
        match slope:
            case Sum(terms):
                return added(*(self.sent(error, term) for term in terms))
            case Neg(arg):
                return opposite(self.sent(error, arg))
            case Product(factors, "@"):
                for factor in factors[::-1] if self.is_row else factors:
                    error = self.sent(error, factor)
                return error
            case Call("diag", (entries,)):
                return times(error, entries, sign="⊙")
            case Call("outer", (vector,)):
                pair = (Transpose(vector), error) if self.is_row else (error, Transpose(vector))
                return Product(pair, "@")
            case Num():
                return ZERO
            case _:
                turned = Transpose(slope)
                return Product((error, turned) if self.is_row else (turned, error), "@")

    def _of_layer(self, matrix: Node, vector: Node, by: str) -> Node:
        if by in names(matrix):
            return Call("outer", (vector,))
        return self.chained(matrix, self.slope(vector, by))

    def _of_entries(self, factors: tuple[Node, ...], by: str) -> Node:
        """The product rule: each factor moves while the others scale."""
        return self.summed(
            *(
                self.chained(
                    _diagonal(times(*factors[:at], *factors[at + 1 :], sign="⊙")),
                    self.slope(factor, by),
                )
                for at, factor in enumerate(factors)
            )
        )


COLUMNS: Final = Matrices("vector")
ROWS: Final = Matrices("row", is_row=True)


def identity_by_name(tree: Node) -> Node:
    """A formula with ``I`` where a quantity is derived by itself.

    >>> identity_by_name(COLUMNS.slope(Name("h"), "h"))
    Name(text='I')
    """
    return Name("I") if tree == IDENTITY else rebuilt(tree, identity_by_name)


def _diagonal(entries: Node) -> Node:
    return ZERO if entries == ZERO else Call("diag", (entries,))


def _entries(tree: Node) -> Node | None:
    """What stands on the diagonal, if all else is zero."""
    return tree.args[0] if isinstance(tree, Call) and tree.function == "diag" else None


def _turned_round(tree: Node) -> Node:
    entries = _entries(tree)
    return _diagonal(opposite(entries)) if entries else opposite(tree)


def _factors(slopes: tuple[Node, ...]) -> list[Node]:
    """Of one matrix product; the identity is none."""
    return [
        factor
        for one in slopes
        for factor in (one.factors if isinstance(one, Product) and one.sign == "@" else (one,))
        if factor != IDENTITY
    ]


def _entrywise(tree: Node) -> Node:
    """The slope of a function of one number, taken of every entry of a vector."""
    tree = rebuilt(tree, _entrywise)
    return times(*tree.factors, sign="⊙") if isinstance(tree, Product) else tree
