"""Diagnosis of a formula: slips are compared by their values at one point of a finite field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from grader import limits
from grader.deciding.domain import REALS, Domain
from grader.deciding.ladder import Answer, decide
from grader.deciding.shapes import Size, declared
from grader.deciding.typed import resolved
from grader.diagnosis.edits import Edit, edits
from grader.diagnosis.explanation import Diagnosis, lightest, told_apart
from grader.diagnosis.families import OF_A_KEY, OF_A_SHAPED_KEY, OF_AN_ANSWER
from grader.diagnosis.functions import written_out
from grader.diagnosis.names import known, mistaken
from grader.diagnosis.values import OfMatrices, OfNumbers, Value, Values
from grader.reading.exact import substitute
from grader.reading.tree import Name, Node

Sizes = Mapping[str, tuple[Size, ...]]


def diagnose(
    key: Node, answer: Node, domain: Domain = REALS, shapes: Sizes | None = None
) -> Diagnosis | None:
    """The one small slip that turns the key into this answer; None where none or several do.

    It is judged under what is declared of the names, as the answer was: ``shapes`` are those of
    vectors and matrices.

    >>> from grader.reading.parser import parse
    >>> from grader.reading.vocabulary import Vocabulary
    >>> names = Vocabulary(("f_t", "f_{t-1}", "c_{t-1}", "i_t", "g_t", "U", "δ"))
    >>> key = parse("f_t*c_{t-1} + i_t*g_t", names).tree
    >>> diagnose(key, parse("c_{t-1}*f_t", names).tree)
    Diagnosis(code='dropped-term', finding='the term i_t*g_t is missing')
    >>> diagnose(key, parse("f_{t-1}*c_{t-1} + i_t*g_t", names).tree).finding
    'f_{t-1} stands where f_t belongs'
    >>> diagnose(key, parse("c_{t-1} - g_t^2", names).tree)
    >>> turned, plain = (parse(text, names).tree for text in ("U^T δ", "U δ"))
    >>> diagnose(turned, plain, shapes={"U": ("n", "n"), "δ": ("n",)}).finding
    'the transpose of U is missing'
    """
    terms = Terms(domain, tuple((name, tuple(sizes)) for name, sizes in (shapes or {}).items()))
    if shapes:
        key, answer = (resolved(tree, declared(shapes)) for tree in (key, answer))
    if found := _found(key, answer, terms):
        return found
    plain = written_out(key)
    return None if plain == key else _found(plain, answer, terms)


@dataclass(frozen=True, slots=True)
class Terms:
    """What is declared of the names: everything that a verdict may rest on."""

    domain: Domain
    shapes: tuple[tuple[str, tuple[Size, ...]], ...] = ()

    def values(self, key: Node) -> Values:
        """What compares edits of a key."""
        if self.shapes:
            return OfMatrices(declared(dict(self.shapes)), self.domain)
        return OfNumbers(key, self.domain)

    def equal(self, key: Node, answer: Node) -> bool:
        """Whether two formulas are known to be equal."""
        domain = self.domain
        decision = decide(
            key,
            answer,
            positive=domain.positive,
            integer=domain.integer,
            gates=domain.gates,
            complex_unit=domain.complex_unit,
            shapes=dict(self.shapes),
        )
        return decision.verdict is Answer.EQUAL


def _found(key: Node, answer: Node, terms: Terms) -> Diagnosis | None:
    searched = _searched(key, terms)
    if searched is None:
        return None
    value = searched.values.of(answer)
    if value is None or value == searched.value:
        return None
    hits = searched.slips.get(value, ())
    found = [edit for edit in hits if terms.equal(edit.tree, answer)]
    if all(edit.weight > 1 for edit in found):  # else an answer says the same backwards
        found += [
            edit
            for edit in _undone(searched.names, answer)
            if searched.values.of(edit.tree) == searched.value and terms.equal(key, edit.tree)
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
    values: Values
    value: Value
    slips: Mapping[Value, tuple[Edit, ...]] = field(repr=False)


@lru_cache(limits.DIAGNOSED_KEYS_KEPT)
def _searched(key: Node, terms: Terms) -> _Searched | None:
    """What all answers to one key share; None for a key in which no slip can be looked for."""
    names, values = known(key), terms.values(key)
    value = values.of(key)
    if not names or value is None:
        return None
    slips: dict[Value, tuple[Edit, ...]] = {}
    for edit in edits(key, OF_A_SHAPED_KEY if terms.shapes else OF_A_KEY):
        if (there := values.of(edit.tree)) not in (None, value):
            slips[there] = (*slips.get(there, ()), edit)
    return _Searched(names, values, value, slips)


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
