"""A sign turned round, and a share taken for what is left of one."""

from collections.abc import Iterator
from itertools import islice

from grader.diagnosis.edits import ONE, Edit, Place, complement, total, with_part
from grader.reading.printer import show
from grader.reading.tree import Name, Neg, Node, Sum


def turned_whole(place: Place) -> Iterator[Edit]:
    """The opposite of the key."""
    if place.is_whole:
        yield place.edit(opposite(place.node), "sign", "the sign of the whole is turned round")


def turned_term(place: Place) -> Iterator[Edit]:
    """One term of a sum added for subtracted, or the other way round."""
    return _turned(place, first=0)


def turned_later_term(place: Place) -> Iterator[Edit]:
    """The same after the first term: nobody who counts begins with a minus."""
    return _turned(place, first=1)


def _turned(place: Place, first: int) -> Iterator[Edit]:
    if not isinstance(place.node, Sum):
        return
    terms = place.node.terms
    for at, term in islice(enumerate(terms), first, None):
        said = show(term.arg if isinstance(term, Neg) else term)
        found = f"the sign of {said} in {show(place.node)} is turned round"
        yield place.edit(total(with_part(terms, at, opposite(term))), "sign", found)


def complements(place: Place) -> Iterator[Edit]:
    """``z`` for ``1 - z`` and back: which share of the old state is kept?"""
    match place.node:
        case Sum() as whole if rest := complement(whole):
            found = f"{show(rest)} stands where {show(whole)} belongs"
            yield place.edit(rest, "complement", found)
        case Name() as name:
            other = Sum((ONE, Neg(name)))
            found = f"{show(other)} stands where {show(name)} belongs"
            yield place.edit(other, "complement", found, weight=2)  # of 1 - z it makes z as well
        case _:
            return


def opposite(node: Node) -> Node:
    """The same with the other sign in front.

    >>> opposite(Neg(Name("x")))
    Name(text='x')
    """
    return node.arg if isinstance(node, Neg) else Neg(node)
