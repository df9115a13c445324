"""How long a derived formula may become."""

from grader import limits
from grader.reading.tree import Node
from grader.reading.walk import walk


class TooLong(ValueError):
    """A formula that nobody could read: fewer steps, or more that is known, will do."""


def bounded(tree: Node) -> Node:
    """The same tree; raises `TooLong` if it has too many nodes.

    >>> from grader.reading.tree import Name
    >>> bounded(Name("c_t"))
    Name(text='c_t')
    """
    if sum(1 for _ in walk(tree)) > limits.NODES:
        raise TooLong(f"this formula would have more than {limits.NODES:,} letters and signs")
    return tree
