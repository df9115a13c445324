"""A counterexample in short ordinary numbers, which a person can check by hand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction

from grader import limits
from grader.deciding.domain import REALS, Domain
from grader.deciding.field import Unsupported
from grader.deciding.points import At, draw_point, free_names, meet
from grader.deciding.reals import Number, ends
from grader.deciding.signs import constant
from grader.reading.tree import Node, Num, Power
from grader.reading.walk import walk

_SHORT = tuple(map(Fraction, ("1", "2", "0.5", "3", "-1", "0")))
_SPREAD = tuple(
    map(Fraction, ("0.5", "-2", "5", "0.1", "10", "-0.5", "1/3", "100", "-10", "0.9", "7"))
)
_ELSEWHERE = tuple(map(Fraction, ("7/3", "1/5", "-41", "1000")))
_CLEAR = Fraction(1, 100)  # a relative gap that is seen at a glance


@dataclass(frozen=True, slots=True)
class Witness:
    """Values of the names that matter, and what either side is there, in print.

    >>> print(Witness((("f_t", "0.5"), ("c_{t-1}", "1")), yours="0.21", expected="0.18"))
    at f_t = 0.5, c_{t-1} = 1: yours 0.21, expected 0.18
    """

    at: tuple[tuple[str, str], ...]
    yours: str
    expected: str

    def __str__(self) -> str:
        return f"{self._where}yours {self.yours}, expected {self.expected}"

    def of_an_equation(self) -> str:
        """The same where the two values are those of the two sides of one equation.

        >>> Witness((("x", "1"),), yours="2", expected="3").of_an_equation()
        'at x = 1: left side 3, right side 2'
        """
        return f"{self._where}left side {self.expected}, right side {self.yours}"

    @property
    def _where(self) -> str:
        where = ", ".join(f"{name} = {value}" for name, value in self.at)
        return f"at {where}: " if where else ""


def find(key: Node, answer: Node, domain: Domain = REALS) -> Witness | None:
    """The clearest of a few points at which key and answer surely differ; None if none is.

    >>> from grader.reading.tree import Call, Name, Product
    >>> x = Name("x")
    >>> print(find(Product((x, x)), x))
    at x = 0.5: yours 0.5, expected 0.25
    >>> print(find(Call("relu", (x,)), x))
    at x = -1: yours -1, expected 0
    """
    best: tuple[Fraction, dict[str, Fraction], tuple[Number, Number]] | None = None
    enough = limits.SAMPLED_NODES // sum(1 for tree in (key, answer) for _ in walk(tree))
    for tried, point in enumerate(_points(key, answer, domain)):
        if best is not None and tried > enough:
            break
        meeting = meet(key, answer, point)
        if meeting.at is not At.APART or meeting.values is None:
            continue
        gap = _relative_gap(meeting.values)
        if best is None or gap > best[0]:
            best = gap, point, meeting.values
        if gap >= _CLEAR:
            break
    return None if best is None else at_point(key, answer, best[1])


def at_point(key: Node, answer: Node, point: Mapping[str, Fraction]) -> Witness | None:
    """The witness that a point is; None where the sides are not surely apart there."""
    values = meet(key, answer, point).values
    if values is None:
        return None
    digits = _telling_digits(values)
    expected, yours = (_short(value, digits) for value in values)
    matter = [name for name in point if _matters(name, key, answer, point, values)]
    return Witness(tuple((name, _short(point[name], 6)) for name in matter), yours, expected)


def _points(key: Node, answer: Node, domain: Domain) -> Iterator[dict[str, Fraction]]:
    """Short numbers first, then those that occur in the trees: ``tanh(c + 200)`` turns at -200."""
    free = free_names(key, answer)
    if not free:
        yield {}
        return
    own = {value for tree in (key, answer) for value in _numbers(tree)}
    own |= {1 / value for value in own if value}
    turns = tuple(sorted({sign * value for value in own for sign in (-1, 1)}))
    pools = (_SHORT, _SHORT + _SPREAD, _SHORT + turns, _SPREAD + turns)
    for trial in range(limits.WITNESS_TRIES):
        pool = pools[trial * len(pools) // limits.WITNESS_TRIES]
        yield draw_point(free, pool, trial, domain)


def _numbers(tree: Node) -> Iterator[Fraction]:
    """The numbers in a tree, those written as powers worked out if they are not long."""
    for node in walk(tree):
        try:
            value = constant(node) if isinstance(node, Num | Power) else None
        except Unsupported:
            value = None
        if value is not None:
            yield value


def _relative_gap(values: tuple[Number, Number]) -> Fraction:
    ours, theirs = (ends(value)[0] for value in values)
    return abs(ours - theirs) / max(abs(ours), abs(theirs))


def _matters(
    name: str, key: Node, answer: Node, point: Mapping[str, Fraction], values: tuple[Number, Number]
) -> bool:
    """Whether another value of a name would change either side."""
    for other in _ELSEWHERE:
        moved = meet(key, answer, {**point, name: other}).values
        if moved is None or list(map(ends, moved)) != list(map(ends, values)):
            return True
    return False


def _telling_digits(values: tuple[Number, Number]) -> int:
    """Enough digits to see the difference, and one more."""
    for digits in range(4, max(limits.ENCLOSURE_DIGITS)):
        if _told_apart(values, digits - 1) and _told_apart(values, digits):
            return digits
    return max(limits.ENCLOSURE_DIGITS)


def _told_apart(values: tuple[Number, Number], digits: int) -> bool:
    ours, theirs = (_decimal(ends(value)[0], digits) for value in values)
    return ours != theirs


def _decimal(value: Fraction, digits: int) -> Decimal:
    return Context(prec=digits, Emax=10**9, Emin=-(10**9)).divide(
        Decimal(value.numerator), Decimal(value.denominator)
    )


def _short(number: Number, digits: int) -> str:
    """A number in print: exact when that is short, else to so many digits.

    >>> _short(Fraction(1, 2), 4), _short(Fraction(1, 3), 4), _short(Fraction(22, 1237), 4)
    ('0.5', '1/3', '0.01778')
    """
    value = ends(number)[0]
    if isinstance(number, Fraction):
        if value.denominator == 1 and abs(value) < 10**15:
            return str(value)
        exact = _decimal(value, 7)
        if Fraction(exact) == value and Fraction(1, 10**6) <= abs(value) < 10**15:
            return f"{exact.normalize():f}"
        if max(abs(value.numerator), value.denominator) < 1000:
            return str(value)
    rounded = _decimal(value, digits)
    if value.denominator == 1:
        rounded = rounded.normalize()
    plain = -5 < rounded.adjusted() < 15
    return f"{rounded:f}" if plain else f"{rounded:e}".replace("e+", "e")
