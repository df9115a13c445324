"""Diagnosis of a formula: slips are compared by their values in a finite field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from grader import limits
from grader.deciding.congruence import fields
from grader.deciding.domain import Domain
from grader.deciding.field import NoInverse, Unsupported
from grader.deciding.image import Image, NoValue
from grader.deciding.ladder import Answer, decide
from grader.diagnosis.edits import Edit, edits
from grader.diagnosis.explanation import Diagnosis, lightest, told_apart
from grader.diagnosis.families import OF_A_KEY, OF_AN_ANSWER
from grader.diagnosis.functions import written_out
from grader.diagnosis.names import known, mistaken
from grader.reading.exact import substitute
from grader.reading.tree import Name, Node


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
    if found := _found(key, answer, positive):
        return found
    plain = written_out(key)
    return None if plain == key else _found(plain, answer, positive)


def _found(key: Node, answer: Node, positive: frozenset[str]) -> Diagnosis | None:
    searched = _searched(key, positive)
    value = _fingerprint(answer, positive)
    if searched is None or value is None or value == searched.value:
        return None
    hits = searched.slips.get(value, ())
    found = [edit for edit in hits if _equal(edit.tree, answer, positive)]
    if all(edit.weight > 1 for edit in found):  # else an answer says the same backwards
        found += [
            edit
            for edit in _undone(searched.names, answer)
            if _fingerprint(edit.tree, positive) == searched.value
            and _equal(key, edit.tree, positive)
        ]
    return _agreed(lightest(told_apart(found)))


def _agreed(found: list[Edit]) -> Diagnosis | None:
    """One finding; or two exchanges, for to exchange a, c in ``a*b + c*d`` is to exchange b, d."""
    match found:
        case [only]:
            return Diagnosis(only.code, only.finding)
        case [one, other] if one.code == other.code == "swapped-names":
            either = f"{one.finding}, or {other.finding}, which is the same here"
            return Diagnosis(one.code, either)
        case _:
            return None


@dataclass(frozen=True, slots=True)
class _Searched:
    """A key's names, its value in the field, and the slips one can make in it by their values."""

    names: tuple[str, ...]
    value: int
    slips: Mapping[int, tuple[Edit, ...]]


@lru_cache(limits.DIAGNOSED_KEYS_KEPT)
def _searched(key: Node, positive: frozenset[str]) -> _Searched | None:
    """What all answers to one key share; None for a key in which no slip can be looked for."""
    names, value = known(key), _fingerprint(key, positive)
    if not names or value is None:
        return None
    slips: dict[int, tuple[Edit, ...]] = {}
    for edit in edits(key, OF_A_KEY):
        if (there := _fingerprint(edit.tree, positive)) not in (None, value):
            slips[there] = (*slips.get(there, ()), edit)
    return _Searched(names, value, slips)


def _undone(names: tuple[str, ...], answer: Node) -> Iterator[Edit]:
    """The answer with one thing undone that a key with these names cannot foresee."""
    said = known(answer)
    missing = tuple(name for name in names if name not in said)
    strangers = [name for name in said if name not in names]
    if not missing:
        yield from edits(answer, OF_AN_ANSWER)
    if len(strangers) == 1 and len(missing) <= 1 and not isinstance(answer, Name):
        yield from _renamed(answer, strangers[0], missing or names)


def _renamed(answer: Node, stranger: str, own: tuple[str, ...]) -> Iterator[Edit]:
    """A name that the key does not have, where one of the key's belongs."""
    for name in own:
        yield Edit(substitute(answer, {stranger: Name(name)}), *mistaken(stranger, name))


def _equal(key: Node, answer: Node, positive: frozenset[str]) -> bool:
    return decide(key, answer, positive=positive).verdict is Answer.EQUAL


def _fingerprint(tree: Node, positive: frozenset[str]) -> int | None:
    """Equal for equal trees, as far as a field can see; a hit is always decided afterwards."""
    try:
        return Image(fields()[0], Domain(positive)).of(tree).residue
    except (Unsupported, NoInverse, NoValue):
        return None
