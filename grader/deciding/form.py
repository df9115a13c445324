"""In which form an answer is written: expanded, factored, worked out, in which names."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, Self, TypeAlias

from grader.reading.names import CONSTANTS
from grader.reading.printer import show
from grader.reading.tree import (
    Array,
    Call,
    Equation,
    Name,
    Neg,
    Node,
    Num,
    Power,
    Product,
    Quotient,
    Sum,
)
from grader.reading.vocabulary import Vocabulary
from grader.reading.walk import names, walk

Form: TypeAlias = Literal["any", "expanded", "factored", "no-derivative"]


class Unmet(NamedTuple):
    """What keeps an answer from having the form asked for, and the part of it that does."""

    code: str
    part: str


@dataclass(frozen=True, slots=True)
class Required:
    """The form an answer must have besides being equal to the key.

    ``only`` are the names it may use, if there are any; ``without`` names and functions it may not.
    All are spelled canonically.

    >>> from grader.reading.parser import parse
    >>> from grader.reading.vocabulary import Vocabulary
    >>> def unmet(required, *texts):
    ...     trees = (parse(text, Vocabulary(("x", "y", "h"))).tree for text in texts)
    ...     return required.unmet(*trees)
    >>> unmet(Required("expanded"), "x^2 + 2x(y + 1)", "x^2 + 2x*y + 2x")
    Unmet(code='not-expanded', part='2*x*(y + 1)')
    >>> unmet(Required("factored"), "2(x*y + x)", "2x(y + 1)")
    Unmet(code='not-factored', part='x*y + x')
    >>> unmet(Required(only=("x", "y")), "tanh'(h)*x", "y")
    Unmet(code='other-names', part='h')
    >>> unmet(Required("no-derivative", without=("exp",)), "x*y", "x*y")
    """

    form: Form = "any"
    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    @classmethod
    def spelled(
        cls, form: Form, only: tuple[str, ...], without: tuple[str, ...], vocabulary: Vocabulary
    ) -> Self:
        """With names in any spelling of a vocabulary; those without meaning there are kept."""
        known = {name: vocabulary.meaning(name) or name for name in (*only, *without)}
        return cls(form, tuple(known[one] for one in only), tuple(known[one] for one in without))

    def faults(self, key: Node, vocabulary: Vocabulary) -> Iterator[str]:
        """What an author has to mend: names without meaning, a key in another form."""
        for name in (*self.only, *self.without):
            if vocabulary.meaning(name) is None:
                yield f"{name!r} is neither a name nor a function here"
        if unmet := self.unmet(key, key):
            yield f"key is not in the form asked for ({unmet.code}: {unmet.part})"

    def unmet(self, answer: Node, key: Node) -> Unmet | None:
        """The first thing that is amiss with an answer that equals the key."""
        return next(self._all_unmet(answer, key), None)

    def _all_unmet(self, answer: Node, key: Node) -> Iterator[Unmet]:
        if self.form == "expanded":
            yield from (Unmet("not-expanded", show(one)) for one in _brackets(answer))
        if self.form == "factored":
            yield from (Unmet("not-factored", show(one)) for one in _sums_left(answer, key))
        if self.form == "no-derivative":
            yield from (Unmet("has-derivative", show(one)) for one in _derivatives(answer))
        used = _used(answer)
        others = set(names(answer)) - {*self.only, *CONSTANTS.values()} if self.only else set()
        yield from (Unmet("other-names", one) for one in used if one in {*others, *self.without})


def _brackets(tree: Node) -> Iterator[Node]:
    """The products, quotients, powers and differences that a bracket could be multiplied out of.

    What stands in the arguments of functions, under a fraction bar or in an exponent is left alone.
    """
    match tree:
        case Sum(parts) | Product(parts) | Array(parts):
            inner = parts
        case Neg(arg):
            inner = (arg,)
        case Quotient(top, _):
            inner = (top,)
        case Power(base, Num(value)) if value.denominator == 1 and value > 1:
            inner = (base,)
        case Equation(left, right):
            inner = (left, right)
        case _:
            return
    groups = not isinstance(tree, Sum | Array | Equation)
    if groups and any(isinstance(_unsigned(part), Sum) for part in inner):
        yield tree
    for part in inner:
        yield from _brackets(part)


def _unsigned(tree: Node) -> Node:
    while isinstance(tree, Neg):
        tree = tree.arg
    return tree


def _sums_left(answer: Node, key: Node) -> Iterator[Node]:
    """The sums of an answer that is no product, or one of fewer factors than the key has.

    Numbers do not count: ``2(x + 1)`` is no product.
    """
    factors = list(_factors(answer))
    sums = [factor for factor, _ in factors if isinstance(factor, Sum)]
    lone = len(factors) == 1 and factors[0][1] == 1
    if lone or sum(abs(count) for _, count in factors) < sum(abs(n) for _, n in _factors(key)):
        yield from sums


def _factors(tree: Node) -> Iterator[tuple[Node, int]]:
    """The factors of a tree that hold names, and how often each multiplies."""
    match tree:
        case Neg(arg):
            yield from _factors(arg)
        case Product(parts):
            for part in parts:
                yield from _factors(part)
        case Quotient(top, bottom):
            yield from _factors(top)
            yield from ((factor, -count) for factor, count in _factors(bottom))
        case Power(base, Num(value)) if value.denominator == 1 and value:
            yield from ((factor, count * value.numerator) for factor, count in _factors(base))
        case Power(base, Neg(Num(value))) if value.denominator == 1 and value:
            yield from ((factor, -count * value.numerator) for factor, count in _factors(base))
        case Equation(left, right):
            yield from _factors(left)
            yield from _factors(right)
        case _:
            if set(names(tree)) - set(CONSTANTS.values()):
                yield tree, 1


def _derivatives(tree: Node) -> Iterator[Node]:
    """Functions with a prime: derivatives that are named and not worked out."""
    return (one for one in walk(tree) if isinstance(one, Call) and one.function.endswith("'"))


def _used(tree: Node) -> Iterator[str]:
    """The names and functions of a tree, as they are met; ``tanh'`` uses ``tanh``."""
    for one in walk(tree):
        if isinstance(one, Name):
            yield one.text
        elif isinstance(one, Call):
            yield one.function.rstrip("'")
