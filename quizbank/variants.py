"""Seeded variants: the same question with other numbers, the same ones on every machine.

Nothing here uses `random`, whose streams may change between Python versions: every draw is read off
a SHA-256 digest of what is drawn.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from typing import TypeVar

from grader.quantity import Quantity
from quizbank.formulas import BadFormula, Lookup, Scope, evaluate, holds, shown, work_out
from quizbank.tree import Mapping, Scalar, Sequence, Tree

MOST_TRIES = 1000
"""Draws before `require` is called unsatisfiable: if 1 in 100 suits, 1 seed in 20 000 fails."""

Numbers = dict[str, Quantity]
Facts = Callable[[Numbers], Lookup]

_FORMULA = re.compile(r"\{\{([^{}]*)\}\}")
_DECIMALS = re.compile(r"(.*):\s*(\d{1,2})\s*", re.DOTALL)

Item = TypeVar("Item")


class Unfit(ValueError):
    """Numbers that cannot be drawn or worked out: line, rule and what to mend."""

    def __init__(self, line: int, rule: str, message: str) -> None:
        super().__init__(message)
        self.line, self.rule, self.message = line, rule, message


def pick(count: int, *of: object) -> int:
    """A number from 0 to below ``count`` that depends on nothing but what it is of.

    >>> [pick(3, "keras-text-classifier", seed, "d", 0) for seed in (1, 2, 3, 4)]
    [1, 0, 2, 1]
    """
    digest = sha256("\0".join(map(str, of)).encode()).digest()
    return int.from_bytes(digest[:16], "big") % count


def shuffled(items: Iterable[Item], *of: object) -> tuple[Item, ...]:
    """The items in an order that depends on nothing but what it is of.

    >>> shuffled("abcd", "gates", 1), shuffled("abcd", "gates", 2)
    (('a', 'd', 'c', 'b'), ('d', 'c', 'a', 'b'))
    """
    ranked = [(pick(2**128, *of, position), item) for position, item in enumerate(items)]
    return tuple(item for _, item in sorted(ranked, key=lambda pair: pair[0]))


def draw(written: Mapping, name: str, seed: int, facts: Facts) -> Numbers:
    """The numbers of a question for a seed, then those worked out from them by its ``let``.

    Seed 0 has the given numbers. Any other draws each name in ``draw`` from its list, and draws all
    of them again while a line of ``require`` does not hold. Raises `Unfit`.
    """
    given = {key.text: _number(key.text, value) for key, value in _entries(written, "given")}
    lists = {} if seed == 0 else dict(_lists(written, given))
    broken: Scalar | None = None
    for attempt in range(MOST_TRIES if lists else 1):
        drawn = {
            number: choices[pick(len(choices), name, seed, number, attempt)]
            for number, choices in lists.items()
        }
        numbers = given | drawn
        broken = _settle(written, numbers, facts)
        if broken is None:
            return numbers
    what = f"{MOST_TRIES} draws for seed {seed} all break" if lists else "the given numbers break"
    assert broken is not None  # noqa: S101 - the last try was broken by something
    raise Unfit(broken.line, "require", f"{what} {broken.text!r}")


def fill(text: str, scope: Scope) -> str:
    """A text with every ``{{formula}}`` worked out; ``{{x:2}}`` is rounded to two decimals.

    >>> from fractions import Fraction
    >>> fill("width ${{d}}$, $^{{{d/3:2}}}$", Scope({"d": Quantity(Fraction(16))}))
    'width $16$, $^{5.33}$'
    """

    def worked_out(found: re.Match[str]) -> str:
        rounded = _DECIMALS.fullmatch(found[1])
        formula, decimals = (rounded[1], int(rounded[2])) if rounded else (found[1], None)
        try:
            return shown(evaluate(formula, scope), decimals)
        except BadFormula as error:
            advice = "where no number is meant, put a space between the two braces"
            raise BadFormula(f"{found[0]}: {error}; {advice}") from error

    return _FORMULA.sub(worked_out, text) if "{{" in text else text


def _settle(written: Mapping, numbers: Numbers, facts: Facts) -> Scalar | None:
    """Adds the numbers of ``let``; the requirement that the numbers break, if any.

    A requirement without a name of ``let`` is tried first: it may keep ``let`` from dividing by 0.
    """
    scope = Scope(numbers, facts(numbers))
    lets = _entries(written, "let")
    waiting: list[Scalar] = []
    for requirement in _texts("require", written.get("require")):
        if {key.text for key, _ in lets} & set(re.findall(r"\w+", requirement.text)):
            waiting.append(requirement)
        elif not _fits(requirement, scope):
            return requirement
    for key, value in lets:
        numbers[key.text] = _number(key.text, value, scope)
    return next((one for one in waiting if not _fits(one, scope)), None)


def _fits(requirement: Scalar, scope: Scope) -> bool:
    try:
        return holds(requirement.text, scope)
    except BadFormula as error:
        raise Unfit(requirement.line, "formula", f"require: {error}") from error


def _lists(written: Mapping, given: Numbers) -> Iterator[tuple[str, list[Quantity]]]:
    """Each drawn name with what it is drawn from."""
    for key, value in _entries(written, "draw"):
        if key.text not in given:
            raise Unfit(key.line, "draw", f"draw: {key.text!r} is drawn but not given for seed 0")
        choices = [_number(key.text, choice) for choice in _texts(key.text, value)]
        if not choices:
            raise Unfit(key.line, "draw", f"draw: {key.text!r} has nothing to draw from")
        yield key.text, choices


def _entries(written: Mapping, name: str) -> tuple[tuple[Scalar, Tree], ...]:
    match written.get(name):
        case None:
            return ()
        case Mapping(entries):
            return entries
        case other:
            raise Unfit(other.line, "type", f"{name}: must be names with numbers: {{n: 32}}")


def _texts(name: str, tree: Tree | None) -> list[Scalar]:
    match tree:
        case None:
            return []
        case Sequence(items) if scalars := [item for item in items if isinstance(item, Scalar)]:
            if len(scalars) == len(items):
                return scalars
    raise Unfit(tree.line, "type", f"{name}: must be a list in brackets")


def _number(name: str, tree: Tree, scope: Scope | None = None) -> Quantity:
    if not isinstance(tree, Scalar):
        raise Unfit(tree.line, "type", f"{name}: must be a number")
    try:
        return work_out(tree.text, scope or Scope())
    except BadFormula as error:
        raise Unfit(tree.line, "formula", f"{name}: {error}") from error
