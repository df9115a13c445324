"""Names taken for one another: an index off by one, another gate, two names exchanged."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import combinations
from typing import Final

from grader import limits
from grader.diagnosis.edits import Edit, Place
from grader.reading.tree import Name, Node
from grader.reading.walk import names as names_of
from grader.reading.walk import walk

_INDEXED = re.compile(r"(?P<stem>.+)_\{?(?P<letter>[A-Za-z]?)(?P<offset>[+-]?\d+)?\}?")
_CONSTANTS: Final = frozenset({"e", "π"})


@lru_cache(limits.SPELLINGS)
def shifted(name: str, by: int) -> str | None:
    """The same quantity so many steps later; None for a name that counts no steps.

    >>> shifted("c_{t-1}", 1), shifted("f_t", -1), shifted("h_2", -1), shifted("W_{hh}", 1)
    ('c_t', 'f_{t-1}', 'h_1', None)
    """
    found = _INDEXED.fullmatch(name)
    if found is None or not (found["letter"] or found["offset"]):
        return None
    offset = int(found["offset"] or 0) + by
    if found["letter"]:
        index = f"{found['letter']}{offset:+d}" if offset else found["letter"]
    elif offset < 0:
        return None
    else:
        index = str(offset)
    return f"{found['stem']}_{index}" if len(index) == 1 else f"{found['stem']}_{{{index}}}"


def stem(name: str) -> str | None:
    """What an index is put to, for a name that counts steps.

    >>> stem("c_{t-1}"), stem("W_{hh}")
    ('c', None)
    """
    return None if shifted(name, 1) is None else name.rpartition("_")[0]


def replaced(place: Place) -> Iterator[Edit]:
    """One name of the key for another: at one place, or wherever it stands."""
    if place.is_whole:
        for name in known(place.whole):
            for other in _others(name, place.whole):
                yield place.edit(place.renamed({name: other}), *mistaken(other, name))
    elif isinstance(place.node, Name) and place.node.text not in _CONSTANTS and _is_repeated(place):
        for other in _others(place.node.text, place.whole):
            yield place.edit(Name(other), *mistaken(other, place.node.text))


def _is_repeated(place: Place) -> bool:
    """Whether the same stands elsewhere too."""
    return sum(node == place.node for node in walk(place.whole)) > 1


def mistaken(other: str, name: str) -> tuple[str, str]:
    """Code and finding for a name that stands where another belongs.

    >>> mistaken("f_{t-1}", "f_t")
    ('shifted-index', 'f_{t-1} stands where f_t belongs')
    >>> mistaken("U_f", "U_i")
    ('confused-names', 'U_f stands where U_i belongs')
    """
    code = "shifted-index" if _counted_alike(name, other) else "confused-names"
    return code, f"{other} stands where {name} belongs"


def _counted_alike(one: str, other: str) -> bool:
    """Whether two names are one quantity at two steps, counted from the same letter."""
    found = [_INDEXED.fullmatch(name) for name in (one, other)]
    return (
        stem(one) is not None
        and stem(one) == stem(other)
        and len({match["letter"] for match in found if match}) == 1
    )


def swapped(place: Place) -> Iterator[Edit]:
    """Two names exchanged throughout."""
    if place.is_whole:
        for one, other in combinations(known(place.whole), 2):
            tree = place.renamed({one: other, other: one})
            yield place.edit(tree, "swapped-names", f"{one} and {other} are exchanged", weight=2)


def shifted_throughout(place: Place) -> Iterator[Edit]:
    """Every index of one quantity, or of all, one step early or late."""
    if not place.is_whole:
        return
    stems = {name: stem(name) for name in known(place.whole)}
    for by, early in ((-1, "low"), (1, "high")):
        for one in dict.fromkeys(filter(None, stems.values())):
            moved = _moved([name for name in stems if stems[name] == one], by)
            if len(moved) > 1:
                found = f"the index of {one} is one too {early} throughout"
                yield place.edit(place.renamed(moved), "shifted-index", found, weight=2)
        moved = _moved([name for name in stems if stems[name]], by)
        if len(moved) > 1:
            found = f"every index is one too {early}"
            yield place.edit(place.renamed(moved), "shifted-index", found, weight=2)


def known(tree: Node) -> tuple[str, ...]:
    """The names in a tree that are not constants."""
    return tuple(name for name in names_of(tree) if name not in _CONSTANTS)


def _moved(names: list[str], by: int) -> Mapping[str, str]:
    return {name: other for name in names if (other := shifted(name, by)) is not None}


def _others(name: str, tree: Node) -> Iterator[str]:
    """What may be written for a name: a neighbour in time, or another name of a formula."""
    neighbours = [other for by in (-1, 1) if (other := shifted(name, by))]
    own = known(tree) if tree != Name(name) else ()
    yield from dict.fromkeys(other for other in (*neighbours, *own) if other != name)
