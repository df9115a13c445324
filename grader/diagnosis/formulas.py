"""Diagnosis of a formula: slips are compared by their values in a finite field."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Final

from grader import limits
from grader.deciding.congruence import fields
from grader.deciding.field import NoInverse, Unsupported
from grader.deciding.image import Image, NoValue
from grader.deciding.ladder import Answer, decide
from grader.diagnosis.edits import Edit, edits
from grader.diagnosis.explanation import Diagnosis, lightest, told_apart
from grader.diagnosis.families import OF_A_KEY, OF_AN_ANSWER
from grader.diagnosis.names import known, mistaken
from grader.reading.exact import substitute
from grader.reading.tree import Name, Node
from grader.reading.walk import walk

_NONE: Final[tuple[Edit, ...]] = ()


def diagnose(key: Node, answer: Node, positive: frozenset[str] = frozenset()) -> Diagnosis | None:
    """The one small slip that turns the key into this answer; None where none or several do.

    >>> from grader.reading.parser import parse
    >>> from grader.reading.vocabulary import Vocabulary
    >>> names = Vocabulary(("f_t", "f_{t-1}", "c_{t-1}", "i_t", "g_t"))
    >>> key = parse("f_t*c_{t-1} + i_t*g_t", names).tree
    >>> diagnose(key, parse("c_{t-1}*f_t", names).tree)
    Diagnosis(code='dropped-term', finding='the term i_t*g_t is missing')
    >>> diagnose(key, parse("f_{t-1}*c_{t-1} + i_t*g_t", names).tree).finding
    'f_{t-1} stands where f_t belongs'
    >>> diagnose(key, parse("c_{t-1} - g_t^2", names).tree)
    """
    if _is_long(key) or _is_long(answer):
        return None
    value, wanted = _fingerprint(answer, positive), _fingerprint(key, positive)
    if value is None or wanted is None or value == wanted:
        return None
    hits = _slips(key, positive).get(value, _NONE)
    found = [edit for edit in hits if _equal(edit.tree, answer, positive)]
    if all(edit.weight > 1 for edit in found):  # else an answer says the same backwards
        found += [
            edit
            for edit in _undone(key, answer)
            if _fingerprint(edit.tree, positive) == wanted and _equal(key, edit.tree, positive)
        ]
    return _agreed(lightest(told_apart(found)))


def _agreed(found: list[Edit]) -> Diagnosis | None:
    """One finding, or two of one kind: to exchange a, c in ``a*b + c*d`` is to exchange b, d."""
    match found:
        case [only]:
            return Diagnosis(only.code, only.finding)
        case [one, other] if one.code == other.code:
            either = f"{one.finding}, or {other.finding}, which is the same here"
            return Diagnosis(one.code, either)
        case _:
            return None


@lru_cache(limits.DIAGNOSED_KEYS_KEPT)
def _slips(key: Node, positive: frozenset[str]) -> Mapping[int, tuple[Edit, ...]]:
    """The slips one can make in a key by the value they lead to, but for those that change none."""
    table: dict[int, tuple[Edit, ...]] = {}
    for edit in islice(edits(key, OF_A_KEY), limits.EDITS):
        if (value := _fingerprint(edit.tree, positive)) is not None:
            table[value] = (*table.get(value, _NONE), edit)
    table.pop(_fingerprint(key, positive) or 0, None)
    return table


def _undone(key: Node, answer: Node) -> Iterator[Edit]:
    """The answer with one thing undone that the key alone cannot foresee."""
    yield from islice(edits(answer, OF_AN_ANSWER), limits.EDITS)
    own = known(key)
    strangers = [name for name in known(answer) if name not in own]
    if len(strangers) == 1 and not isinstance(key, Name):
        yield from _renamed(answer, strangers[0], own)


def _renamed(answer: Node, stranger: str, own: tuple[str, ...]) -> Iterator[Edit]:
    """A name that the key does not have, where one of the key's belongs."""
    for name in own:
        yield Edit(substitute(answer, {stranger: Name(name)}), *mistaken(stranger, name))


def _is_long(tree: Node) -> bool:
    return any(True for _ in islice(walk(tree), limits.DIAGNOSED_NODES, None))


def _equal(key: Node, answer: Node, positive: frozenset[str]) -> bool:
    return decide(key, answer, positive=positive).verdict is Answer.EQUAL


def _fingerprint(tree: Node, positive: frozenset[str]) -> int | None:
    """Equal for equal trees, as far as a field can see; a hit is always decided afterwards."""
    try:
        return Image(fields()[0], positive).of(tree).residue
    except (Unsupported, NoInverse, NoValue):
        return None
