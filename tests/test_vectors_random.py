"""Formulas of matrices drawn at random: every verdict is checked in matrices of fractions."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from random import Random

import pytest

from grader.deciding.ladder import Answer, Check, decide
from grader.reading.printer import show
from grader.reading.tree import Call, Name, Neg, Node, Num, Power, Product, Quotient, Sum, Transpose
from grader.reading.walk import children, rebuilt, walk

SHAPES = {
    **dict.fromkeys(("U", "A"), ("n", "n")),
    **dict.fromkeys(("h", "v"), ("n",)),
    "I": ("identity", "n"),
}
ROUNDS = 40
Rows = list[list[Fraction]]
ZERO, ONE, TWO = (Num(Fraction(number)) for number in range(3))
MINUS_ONE = Neg(ONE)


class Drawn:
    """Formulas of a given shape, at most so deep."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def one(self, *makers: Callable[[], Node]) -> Node:
        return self.random.choice(makers)()

    def matrix(self, deep: int) -> Node:
        if not deep:
            return Name(self.random.choice("UAUAI"))
        less = deep - 1
        return self.one(
            lambda: Product((self.matrix(less), self.matrix(less)), "@"),
            lambda: Sum((self.matrix(less), self.matrix(less))),
            lambda: Transpose(self.matrix(less)),
            lambda: Call("diag", (self.vector(less),)),
            lambda: Power(Sum((Name("I"), Neg(self.matrix(less)))), MINUS_ONE),
            lambda: Power(Name(self.random.choice("UA")), MINUS_ONE),
        )

    def vector(self, deep: int) -> Node:
        if not deep:
            return Name(self.random.choice("hv"))
        less = deep - 1
        return self.one(
            lambda: Product((self.matrix(less), self.vector(less)), "@"),
            lambda: Product((self.vector(less), self.vector(less)), "⊙"),
            lambda: Sum((ONE, Neg(self.vector(less)))),
            lambda: Call(self.random.choice(("relu", "abs")), (self.vector(less),)),
            lambda: Call("max", (self.vector(less), self.vector(less))),
            lambda: Product((self.number(less), self.vector(less))),
        )

    def number(self, deep: int) -> Node:
        if not deep:
            return TWO
        less = deep - 1
        return self.one(
            lambda: Call("tr", (self.matrix(less),)),
            lambda: Call("sum", (self.vector(less),)),
            lambda: Product((Transpose(self.vector(less)), self.vector(less)), "@"),
        )

    def rewritten(self, node: Node) -> Node:
        """The same in other words."""
        ways = list(_said_otherwise(node)) if self.random.random() < 0.6 else []
        kept = rebuilt(node, self.rewritten)
        return self.random.choice(ways) if ways else kept

    def perturbed(self, tree: Node) -> Node:
        """One name for another, one transpose more or less, one order turned."""
        at = self.random.choice(list(walk(tree)))
        return _put(tree, at, self._other(at))

    def _other(self, node: Node) -> Node:
        match node:
            case Name(text):
                return Name({"U": "A", "A": "U", "h": "v", "v": "h", "I": "U"}[text])
            case Transpose(arg):
                return arg
            case Product(factors, sign):
                return Product(factors[::-1], sign)
            case Call("relu", args):
                return Call("abs", args)
            case _:
                return node


def _put(tree: Node, old: Node, new: Node) -> Node:
    return new if tree is old else rebuilt(tree, lambda child: _put(child, old, new))


def _said_otherwise(node: Node) -> Iterator[Node]:
    match node:
        case Product((a, b), "@"):
            yield Transpose(Product((Transpose(b), Transpose(a)), "@"))
        case Product((a, b), "⊙"):
            yield Product((Call("diag", (a,)), b), "@")
        case Sum((a, b)):
            yield Sum((b, a))
        case Call("relu", (u,)):
            yield Call("max", (ZERO, u))
            yield Quotient(Sum((u, Call("abs", (u,)))), TWO)
        case Call("max", (a, b)):
            yield Neg(Call("min", (Neg(b), Neg(a))))
            yield Sum((a, Call("relu", (Sum((b, Neg(a))),))))
        case Call("tr", (m,)):
            yield Call("sum", (Call("diag", (m,)),))
        case Power(base, exponent):
            yield Transpose(Power(Transpose(base), exponent))
            yield Product((Name("I"), node), "@")
        case _:
            return


class Undefined(Exception):
    """A matrix that has no inverse at this point."""


def worked_out(tree: Node, at: dict[str, Rows]) -> Rows:  # noqa: C901 - one case per node
    """A formula in matrices of fractions, as a person would do it."""
    match tree:
        case Num(value):
            return [[value]]
        case Name(text):
            return at[text]
        case Transpose(arg):
            return turned(worked_out(arg, at))
        case Product((a, b), "@" | "*" as sign):
            left, right = worked_out(a, at), worked_out(b, at)
            if sign == "*" and [[]] in ([row[1:] for row in left], [row[1:] for row in right]):
                return _entry_by_entry(tree, at)
            return [[_dot(row, column) for column in turned(right)] for row in left]
        case Power(base, _):
            return inverted(worked_out(base, at))
        case Call("diag", (arg,)):
            rows = worked_out(arg, at)
            if len(rows) == len(rows[0]) > 1:
                return [[rows[i][i]] for i in range(len(rows))]
            return [[a[0] * (i == j) for j in range(len(rows))] for i, a in enumerate(rows)]
        case Call("tr", (arg,)):
            rows = worked_out(arg, at)
            return [[sum((rows[i][i] for i in range(len(rows))), Fraction(0))]]
        case Call("sum", (arg,)):
            return [[sum((x for row in worked_out(arg, at) for x in row), Fraction(0))]]
        case _:
            return _entry_by_entry(tree, at)


def _entry_by_entry(tree: Node, at: dict[str, Rows]) -> Rows:
    parts = [worked_out(child, at) for child in children(tree)]
    rows, columns = max(map(len, parts)), max(len(part[0]) for part in parts)

    def entry(i: int, j: int) -> Fraction:
        each = [part[i % len(part)][j % len(part[0])] for part in parts]
        match tree:
            case Sum():
                return sum(each, Fraction(0))
            case Product():
                return each[0] * each[1]
            case Neg():
                return -each[0]
            case Quotient():
                return each[0] / each[1]
            case Call("max" | "relu"):
                return max(each) if each[1:] else max(each[0], Fraction(0))
            case Call("min"):
                return min(each)
            case Call("abs"):
                return abs(each[0])
            case _:
                raise AssertionError(tree)

    return [[entry(i, j) for j in range(columns)] for i in range(rows)]


def _dot(row: list[Fraction], column: list[Fraction]) -> Fraction:
    return sum((a * b for a, b in zip(row, column, strict=True)), Fraction(0))


def turned(rows: Rows) -> Rows:
    return [list(column) for column in zip(*rows, strict=True)]


def inverted(rows: Rows) -> Rows:
    """By cofactors: another way than the one tested."""
    under = determinant(rows)
    if not under:
        raise Undefined
    places = range(len(rows))
    return [[cofactor(rows, j, i) / under for j in places] for i in places]


def determinant(rows: Rows) -> Fraction:
    if not rows:
        return Fraction(1)
    return sum((x * cofactor(rows, 0, j) for j, x in enumerate(rows[0])), Fraction(0))


def cofactor(rows: Rows, i: int, j: int) -> Fraction:
    minor = [[*row[:j], *row[j + 1 :]] for row in (*rows[:i], *rows[i + 1 :])]
    return -determinant(minor) if (i + j) % 2 else determinant(minor)


def points(seed: int, sizes: range) -> Iterator[dict[str, Rows]]:
    """Small matrices with positive and negative entries."""
    random = Random(seed)
    for size in (*[1] * 30, *sizes, *sizes):
        drawn = {
            name: [
                [Fraction(random.randint(-5, 5), random.randint(1, 3)) for _ in range(columns)]
                for _ in range(size)
            ]
            for name, columns in (("U", size), ("A", size), ("h", 1), ("v", 1))
        }
        unit = [[Fraction(i == j) for j in range(size)] for i in range(size)]
        yield {**drawn, "I": unit}


def differ(key: Node, answer: Node, seed: int, sizes: range) -> list[bool]:
    """Whether they do, at each point at which both have a value."""
    seen = []
    for at in points(seed, sizes):
        try:
            seen.append(worked_out(key, at) != worked_out(answer, at))
        except (Undefined, ZeroDivisionError):
            continue
    return seen


@pytest.mark.parametrize("seed", range(ROUNDS))
@pytest.mark.parametrize("shape", ["matrix", "vector", "number"])
def test_verdicts_hold_in_matrices_of_fractions(shape: str, seed: int) -> None:
    drawn = Drawn(seed)
    key = getattr(drawn, shape)(drawn.random.choice((1, 2, 3)))
    for answer, honest in (
        (drawn.rewritten(key), True),
        (drawn.perturbed(key), False),
        (drawn.rewritten(drawn.perturbed(key)), False),
    ):
        said = decide(key, answer, shapes=SHAPES)
        pair = f"{show(key)} | {show(answer)}"
        assert not (honest and said.verdict is Answer.DIFFERENT), pair
        if said.verdict is Answer.EQUAL:
            assert not any(differ(key, answer, seed, range(1, 4))), pair
        elif said.check is Check.REFUTED:
            found = differ(key, answer, seed, range(1, 5))
            assert any(found) or not found, pair


def test_most_are_decided() -> None:
    verdicts = []
    for seed in range(ROUNDS):
        drawn = Drawn(seed)
        key = drawn.vector(2)
        pairs = (drawn.rewritten(key), drawn.perturbed(key))
        verdicts += [decide(key, answer, shapes=SHAPES).verdict for answer in pairs]
    assert verdicts.count(Answer.UNDECIDED) <= 0.15 * len(verdicts)
    assert min(verdicts.count(Answer.EQUAL), verdicts.count(Answer.DIFFERENT)) > 0.2 * len(verdicts)
