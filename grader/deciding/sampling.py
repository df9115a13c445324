"""Rung 5: values at many points, for what no exact rung can judge.

A certain gap refutes. Agreement never proves anything; it is reported as what it is.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import islice

from grader import limits
from grader.deciding.domain import REALS, Domain
from grader.deciding.glance import clearly_apart
from grader.deciding.points import At, draw_point, free_names, meet
from grader.reading.tree import Call, Name, Node, Power
from grader.reading.walk import walk


def _numbers(text: str) -> tuple[Fraction, ...]:
    return tuple(map(Fraction, text.split()))


WHOLE = _numbers("1 2 3 4 5 6 7 8 9 10 11 12 13 28 32 100")
POOLS = (
    _numbers("-1 1 1/2 -1/2 1/4 -1/4 2 -2 0"),  # on both sides of zero
    _numbers("1/2 1/4 3/4 1/3 9/10 1/10 2/3"),  # where gates live
    _numbers("-1 -2 -3 -1/2 -1/3 -7/4 -5"),  # negative
    _numbers("2 3 5 7/2 10 12/5 4/3"),
    _numbers("100 1000 -1000 12345 -777 54321/10"),  # large
)


@dataclass(frozen=True, slots=True)
class Sample:
    """What a walk over the points found.

    ``apart`` is a point where both sides have values that surely differ, ``one_sided`` one around
    which only one side has values; ``together`` counts the points of agreement.
    """

    together: int
    apart: dict[str, Fraction] | None = None
    one_sided: dict[str, Fraction] | None = None
    whole: bool = False  # whole numbers are what is asked, and they came first

    @property
    def counts(self) -> bool:
        """Whether the gap refutes: where they are what is asked, only one at whole numbers."""
        return self.apart is not None and (not self.whole or _all_whole(self.apart))

    def in_words(self, reason: str) -> str:
        """Why this decides nothing."""
        point = self.apart or self.one_sided or {}
        where = ", ".join(f"{name} = {value}" for name, value in point.items())
        if self.apart is not None:
            return f"equal at {self.together} points of whole numbers, but not at {where}"
        only = f"{f'at {where} ' if where else ''}only one side has a value"
        return f"{reason}; {only}" if reason else only


def sample(key: Node, answer: Node, domain: Domain = REALS) -> Sample:
    """Compare over every pool of values, the same points every time.

    >>> from grader.reading.tree import Name
    >>> x = Name("x")
    >>> sample(Call("abs", (x,)), x).apart
    {'x': Fraction(-1, 4)}
    >>> sample(Call("abs", (x,)), x, Domain(positive=frozenset("x")))
    Sample(together=48, apart=None, one_sided=None, whole=False)
    """
    whole = _counts(key, answer)
    points = partial(_points, free_names(key, answer), domain, whole)
    seen = _seen_at_a_glance(key, answer, points(), whole)
    if seen.counts:
        return seen  # else something smaller may be at whole numbers
    return _looked_closely(key, answer, points(), whole)


def told_apart(key: Node, answer: Node, domain: Domain = REALS) -> bool:
    """Whether a first look at the points refutes: far cheaper than `sample` where it does not.

    >>> from grader.reading.tree import Name
    >>> x = Name("x")
    >>> told_apart(Call("abs", (x,)), x), told_apart(Call("abs", (x,)), x, Domain(frozenset("x")))
    (True, False)
    """
    whole = _counts(key, answer)
    points = _points(free_names(key, answer), domain, whole)
    return _seen_at_a_glance(key, answer, points, whole).counts


def _seen_at_a_glance(
    key: Node, answer: Node, points: Iterable[dict[str, Fraction]], whole: bool
) -> Sample:
    """The first point at which machine numbers differ, if the values surely differ there."""
    for point in points:
        if clearly_apart(key, answer, {name: float(value) for name, value in point.items()}):
            apart = meet(key, answer, point).at is At.APART
            return Sample(0, point if apart else None, None, whole)
    return Sample(0, None, None, whole)


def _looked_closely(
    key: Node, answer: Node, points: Iterable[dict[str, Fraction]], whole: bool
) -> Sample:
    together, one_sided = 0, None
    nodes = sum(1 for tree in (key, answer) for _ in walk(tree))
    most = max(limits.SAMPLED_NODES // nodes, limits.POINTS)
    for point in islice(points, most):
        match meet(key, answer, point).at:
            case At.APART:
                return Sample(together, point, one_sided, whole)
            case At.TOGETHER:
                together += 1
            case At.ONE_SIDED if meet(key, answer, _nudged(point)).at is At.ONE_SIDED:
                one_sided = one_sided or point
            case At.ONE_SIDED | At.NOWHERE:
                continue
    return Sample(together, None, one_sided, whole)


def _nudged(point: dict[str, Fraction]) -> dict[str, Fraction]:
    """A point nearby: a hole such as 0 in ``x/x`` is gone there."""
    return {name: value + Fraction(1, 97 + at) for at, (name, value) in enumerate(point.items())}


def _counts(*trees: Node) -> bool:
    """Whether whole numbers are what is asked: floor, ceil, or a name in an exponent occurs."""
    return any(_is_of_whole_numbers(node) for tree in trees for node in walk(tree))


def _is_of_whole_numbers(node: Node) -> bool:
    match node:
        case Call("floor" | "ceil"):
            return True
        case Power(base, exponent):
            return base != Name("e") and bool(free_names(exponent))
        case _:
            return False


def _all_whole(point: dict[str, Fraction]) -> bool:
    return all(value.denominator == 1 for value in point.values())


def _points(free: tuple[str, ...], domain: Domain, whole: bool) -> Iterator[dict[str, Fraction]]:
    """Whole numbers first where they are what is asked, else last."""
    if not free:
        yield {}
        return
    for pool in (WHOLE, *POOLS) if whole else (*POOLS, WHOLE):
        for trial in range(limits.POINTS):
            yield draw_point(free, pool, trial, domain)
