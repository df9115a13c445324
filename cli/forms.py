"""What a form of entry offers: options to pick, places to fill, and the right answer in words."""

import re
from dataclasses import dataclass

from grader.judge import AnswerSpec
from grader.kinds.choice import Choice
from grader.kinds.expression import Expression
from grader.kinds.match import Match
from grader.kinds.options import Option, letter
from grader.kinds.order import Order
from grader.kinds.select import Select
from grader.reading.parser import parse
from grader.reading.printer import unicode_line


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Places to be filled from lettered offers, each used ``once`` or freely."""

    places: tuple[str, ...]
    offers: tuple[str, ...]
    once: bool

    def answer(self, filled: list[str]) -> str:
        """The answer text for what was put in the places, in order."""
        if self.once:
            return "\n".join(filled)
        pairs = zip(self.places, filled, strict=False)
        return "\n".join(f"{place} = {offer}" for place, offer in pairs)


def options(spec: AnswerSpec) -> tuple[Option, ...]:
    """What there is to pick from."""
    return spec.options if isinstance(spec, Choice | Select) else ()


def arrangement(spec: AnswerSpec) -> Arrangement:
    """What there is to arrange; nothing where answers are typed or picked.

    >>> arrangement(Order(("read", "gate", "write"))).places
    ('1st', '2nd', '3rd')
    """
    match spec:
        case Match():
            return Arrangement(tuple(pair.left for pair in spec.pairs), spec.targets, once=False)
        case Order():
            places = tuple(_ordinal(number) for number in range(1, len(spec.items) + 1))
            return Arrangement(places, spec.shown, once=True)
        case _:
            return Arrangement((), (), once=False)


def unsaid_names(spec: AnswerSpec, said: str) -> tuple[str, ...]:
    """The names a typed formula may use, unless the text before it lists them all.

    >>> spec = Expression("f_t*c_{t-1}", ("f_t", "c_{t-1}"))
    >>> unsaid_names(spec, "Use `f_t` and `c_{t-1}`."), unsaid_names(spec, "What is $c_t$?")
    ((), ('f_t', 'c_{t-1}'))
    """
    if not isinstance(spec, Expression) or all(f"`{name}`" in said for name in spec.names):
        return ()
    return spec.names


def right_answer(spec: AnswerSpec) -> list[str]:
    """The right answer in the words a learner was shown, one line each.

    >>> right_answer(Choice((Option("no", "It stays", "", True), Option("yes", "It grows", ""))))
    ['a) It stays']
    """
    if offered := options(spec):
        return [
            f"{letter(position)}) {option.text}"
            for position, option in enumerate(offered)
            if option.right
        ]
    return spec.right_answer().splitlines()


def formula(spec: AnswerSpec, text: str) -> str:
    """A formula that has been read before, in one line for the eye; other answers as they are.

    >>> formula(Expression("f_t*c_{t-1}", ("f_t", "c_{t-1}")), "c_{t-1}*f_t")
    'cₜ₋₁·fₜ'
    """
    return unicode_line(parse(text, spec.vocabulary).tree) if isinstance(spec, Expression) else text


def with_names(spec: AnswerSpec, sentence: str) -> str:
    """A sentence in which names that are given values are set as in a formula.

    >>> with_names(Expression("f_t*c_{t-1}", ("f_t", "c_{t-1}")), "at c_{t-1} = 2: yours 4")
    'at cₜ₋₁ = 2: yours 4'
    """
    if not isinstance(spec, Expression):
        return sentence
    shown = {name: formula(spec, name) for name in spec.vocabulary.symbols}
    names = "|".join(map(re.escape, sorted(shown, key=len, reverse=True)))
    return re.sub(rf"(?<!\w)({names})(?= = )", lambda match: shown[match[0]], sentence)


def picked(spec: AnswerSpec, understood: str) -> str:
    """What an answer was read as, in the words a learner was shown.

    >>> picked(Choice((Option("no", "It stays", "", True), Option("yes", "It grows", ""))), "yes")
    'b) It grows'
    """
    ids = understood.split(", ")
    texts = [
        f"{letter(position)}) {option.text}"
        for position, option in enumerate(options(spec))
        if option.id in ids
    ]
    return "; ".join(texts) or understood


_SUFFIXES = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd"}


def _ordinal(number: int) -> str:
    """A place in a row of at most 26.

    >>> [_ordinal(number) for number in (1, 2, 11, 22)]
    ['1st', '2nd', '11th', '22nd']
    """
    return f"{number}{_SUFFIXES.get(number, 'th')}"
