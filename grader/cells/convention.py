"""Columns or rows: one formula, written for vectors that stand or that lie."""

from grader.reading.tree import Node, Product
from grader.reading.walk import rebuilt


def mirrored(tree: Node) -> Node:
    """The formula that says of rows what this one says of columns, or the other way round.

    Every name stands for its transpose then, hence the factors of a matrix product change places.
    Twice mirrored it is the same formula. An answer that is wrong as it stands, but equals the key
    once it is mirrored, is right in the other convention.

    >>> from grader.cells import gradient
    >>> from grader.reading.printer import show
    >>> show(mirrored(gradient("rnn", "h", of="h", lag=1, form="vector")))
    'U @ diag(1 - h_t^2)'
    >>> mirrored(gradient("gru", "U_n", form="vector")) == gradient("gru", "U_n", form="row")
    True
    """
    tree = rebuilt(tree, mirrored)
    if not isinstance(tree, Product) or tree.sign == "⊙":
        return tree
    return Product(tree.factors[::-1], tree.sign)
