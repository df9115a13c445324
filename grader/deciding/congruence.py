"""Rungs 2 and 3: are two expressions equal modulo primes at a random point?"""

from contextlib import suppress
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

from grader import limits
from grader.deciding.cases import Impossible
from grader.deciding.domain import REALS, Domain
from grader.deciding.field import Field, NoInverse, Unsupported
from grader.deciding.image import Image, NoValue, Value
from grader.deciding.towers import draw, fresh_seed
from grader.reading.tree import Node


class Congruence(Enum):
    """What the residues of two expressions say of the expressions."""

    EQUAL = auto()
    UNEQUAL = auto()
    EQUAL_WHERE_POSITIVE = auto()  # … the names that were taken as positive are
    ONE_NOWHERE_DEFINED = auto()
    OPEN = auto()


class Compared(NamedTuple):
    """What was found, the names it rests on being positive, or why nothing was found."""

    congruence: Congruence
    names: tuple[str, ...] = ()
    reason: str = ""


@lru_cache(maxsize=8)
def fields(seed: int | None = None) -> tuple[Field, ...]:
    """The points at which this process compares, one tower for all; a fresh one without a seed."""
    tower = draw(fresh_seed() if seed is None else seed)
    return tuple(Field(tower, point) for point in range(limits.REDRAWS))


def compare(
    left: Node,
    right: Node,
    domain: Domain = REALS,
    seed: int | None = None,
) -> Compared:
    """Compare two expressions in two towers of primes at once.

    >>> from grader.reading.tree import Call, Name, Power, Num
    >>> from fractions import Fraction
    >>> x, two = Name("x"), Num(Fraction(2))
    >>> compare(Call("exp", (x,)), Power(Name("e"), x)).congruence
    <Congruence.EQUAL: 1>
    >>> compare(x, Power(x, two)).congruence
    <Congruence.UNEQUAL: 2>
    """
    try:
        for field in fields(seed):
            try:
                return _compare_at(field, left, right, domain)
            except NoInverse:
                continue
        return _nowhere(left, right, domain, seed)
    except Unsupported as error:
        return Compared(Congruence.OPEN, reason=str(error))
    except NoValue:
        return Compared(Congruence.OPEN, reason="0^0 has no value")


def signature(
    node: Node,
    domain: Domain = REALS,
    seed: int | None = None,
) -> int | None:
    """A dictionary key: equal expressions have equal keys, unequal ones different keys.

    None outside the class in which both hold (cases, roots of sums, names taken as positive).
    Keys are only good within one process, or for one seed.

    >>> from grader.reading.tree import Name, Product, Sum
    >>> a, b = Name("a"), Name("b")
    >>> signature(Sum((a, b))) == signature(Sum((b, a))), signature(a) == signature(Product((a, b)))
    (True, False)
    """
    image = Image(fields(seed)[0], domain)
    try:
        value = image.of(node)
    except (Unsupported, NoInverse, NoValue):
        return None
    return value.residue if image.exact and all(map(domain.is_positive, value.required)) else None


def _compare_at(field: Field, left: Node, right: Node, domain: Domain) -> Compared:
    """At one point: under every pattern of signs, where signs matter."""
    sides: tuple[Value, Value] | None = None
    patterns: list[tuple[int, ...]] = [()]
    tried = 0
    while patterns:
        pattern = patterns.pop()
        image = Image(field, domain, pattern)
        try:
            sides = ours, theirs = image.of(left), image.of(right)
        except Impossible:
            pass
        else:
            if ours.residue != theirs.residue:
                return Compared(Congruence.UNEQUAL if image.exact else Congruence.OPEN)
        if (tried := tried + 1) > limits.BRANCHES:
            raise Unsupported("too many signs to try one by one")
        patterns += [(*image.signs[:at], -1) for at in range(len(pattern), len(image.signs))]
    if sides is None:
        raise Unsupported("signs that no real point has")
    return _where(*sides, domain)


def _where(ours: Value, theirs: Value, domain: Domain) -> Compared:
    """Equal residues: everywhere, or only where names are positive that need not be?"""
    if not (ours.required or theirs.required):
        return Compared(Congruence.EQUAL)
    assumed = {name for name in ours.required | theirs.required if not domain.is_positive(name)}
    if assumed <= ours.implied & theirs.implied:
        return Compared(Congruence.EQUAL)
    return Compared(Congruence.EQUAL_WHERE_POSITIVE, tuple(sorted(assumed)))


def _nowhere(left: Node, right: Node, domain: Domain, seed: int | None) -> Compared:
    """A denominator was zero at every point: on which side?"""
    empty = [_is_nowhere_defined(node, domain, seed) for node in (left, right)]
    if empty.count(True) == 1 and None not in empty:
        side = "the key" if empty[0] else "the answer"
        return Compared(Congruence.ONE_NOWHERE_DEFINED, reason=f"{side} divides by zero everywhere")
    return Compared(Congruence.OPEN, reason="it divides by zero everywhere")


def _is_nowhere_defined(node: Node, domain: Domain, seed: int | None) -> bool | None:
    """None where the field cannot tell, because a sign or an unknown function had a say."""
    for field in fields(seed):
        image = Image(field, domain)
        with suppress(NoInverse):
            image.of(node)
            return False if image.exact else None
        if not (image.exact and all(map(domain.is_positive, image.required))):
            return None
    return True
