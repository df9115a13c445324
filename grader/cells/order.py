"""The order of factors in which books write them: weights in front."""

from grader.cells.cell import Cell
from grader.reading.tree import Name, Node, Power, Product
from grader.reading.walk import rebuilt


def weights_first(tree: Node, cell: Cell) -> Node:
    """Products with their weights in front, in the order in which they stood; no matrix moves.

    >>> from grader.cells.forward import LSTM
    >>> from grader.reading.printer import show
    >>> show(weights_first(Product((Name("δz_{f,t}"), Name("u_f"))), LSTM))
    'u_f*δz_{f,t}'
    """
    weights = frozenset(map(Name, cell.weights))

    def ordered(part: Node) -> Node:
        part = rebuilt(part, ordered)
        if not isinstance(part, Product) or part.sign == "@":
            return part
        factors = sorted(part.factors, key=lambda one: not _is_weight(one, weights))
        return Product(tuple(factors), part.sign)

    return ordered(tree)


def _is_weight(factor: Node, weights: frozenset[Name]) -> bool:
    base = factor.base if isinstance(factor, Power) else factor
    return base in weights
