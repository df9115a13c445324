"""What must hold of any formulas: hypothesis looks for those of which it does not."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pairs import TABLES, settle, settled

from grader.deciding.congruence import Congruence, compare
from grader.deciding.ladder import Answer, Check, decide
from grader.reading.tree import Call, Name, Neg, Node, Num, Power, Product, Quotient, Sum

QUICK = settings(max_examples=150, deadline=None)
SMOOTH = ("tanh", "σ", "exp", "sech", "sin", "cos", "tanh'", "σ'")
BY_CASES = ("abs", "relu", "floor", "ceil")
ROWS = [row for table in ("equal", "different") for row in settled(table)]
ONE, TWO = Num(Fraction(1)), Num(Fraction(2))

leaf = st.one_of(
    st.sampled_from("xyzw").map(Name),
    st.fractions(0, 9, max_denominator=4).map(Num),
)


def formulas(functions: tuple[str, ...]) -> st.SearchStrategy[Node]:
    """Sums, products, quotients, powers and functions of four names."""

    def larger(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
        several = st.lists(inner, min_size=2, max_size=3).map(tuple)
        below = inner.map(lambda node: Sum((ONE, Power(node, TWO))))
        exponent = st.integers(1, 3).map(lambda whole: Num(Fraction(whole)))
        return st.one_of(
            st.builds(Sum, several),
            st.builds(Product, several),
            st.builds(Neg, inner),
            st.builds(Quotient, inner, below),
            st.builds(Power, inner, exponent),
            st.builds(lambda f, arg: Call(f, (arg,)), st.sampled_from(functions), inner),
        )

    return st.recursive(leaf, larger, max_leaves=10)


smooth, any_formula = formulas(SMOOTH), formulas(SMOOTH + BY_CASES)


@given(any_formula)
@QUICK
def test_a_formula_equals_itself(tree: Node) -> None:
    assert decide(tree, tree).verdict != Answer.DIFFERENT
    if compare(tree, tree).congruence is Congruence.EQUAL:
        assert decide(tree, tree).check == Check.IDENTICAL


@given(any_formula, any_formula)
@QUICK
def test_a_verdict_is_symmetric(one: Node, other: Node) -> None:
    assert decide(one, other).verdict == decide(other, one).verdict


def rewritings(tree: Node) -> list[Node]:
    """The same formula in other words."""
    return [
        Neg(Neg(tree)),
        Sum((tree, Name("x"), Neg(Name("x")))),
        Product((TWO, Quotient(tree, TWO))),
        Quotient(Product((tree, Call("exp", (Name("y"),)))), Call("exp", (Name("y"),))),
        Sum(tuple(Product((tree, Call("σ", (one,)))) for one in (Name("z"), Neg(Name("z"))))),
        mirrored(tree),
    ]


def mirrored(tree: Node) -> Node:
    """Terms and factors in reverse, tanh as a sigmoid, squares as products."""
    match tree:
        case Sum(terms):
            return Sum(tuple(map(mirrored, reversed(terms))))
        case Product(factors):
            return Product(tuple(map(mirrored, reversed(factors))))
        case Neg(arg):
            return Product((Neg(ONE), mirrored(arg)))
        case Quotient(top, bottom):
            return Product((Power(mirrored(bottom), Neg(ONE)), mirrored(top)))
        case Power(base, Num(Fraction(numerator=2, denominator=1))):
            return Product((mirrored(base), base))
        case Call("tanh", (arg,)):
            return Sum((Product((TWO, Call("σ", (Product((TWO, mirrored(arg))),)))), Neg(ONE)))
        case Call(function, (arg,)):
            return Call(function, (mirrored(arg),))
        case _:
            return tree


@given(smooth, st.integers(0, 5))
@QUICK
def test_honest_rewriting_changes_no_verdict(tree: Node, which: int) -> None:
    assume(compare(tree, tree).congruence is Congruence.EQUAL)
    assert decide(tree, rewritings(tree)[which]).verdict == Answer.EQUAL


@given(any_formula, st.integers(0, 5))
@QUICK
def test_honest_rewriting_is_never_refused(tree: Node, which: int) -> None:
    assert decide(tree, rewritings(tree)[which]).verdict != Answer.DIFFERENT


@given(any_formula, st.integers(1, 30), st.sampled_from(["x", "y", "1"]))
@QUICK
def test_a_perturbed_key_is_never_accepted(tree: Node, digits: int, what: str) -> None:
    more = Num(Fraction(1)) if what == "1" else Name(what)
    tiny = Product((Num(Fraction(1, 10**digits)), more))
    assert decide(tree, Sum((tree, tiny))).verdict != Answer.EQUAL


@given(smooth, smooth, st.integers(0, 2**64))
@QUICK
def test_every_tower_says_the_same(one: Node, other: Node, seed: int) -> None:
    assert compare(one, other, seed=seed).congruence == compare(one, other, seed=1).congruence


VERDICTS = """
import sys
sys.path[:0] = ["tests", "."]
from pairs import settle, settled
print(*[settle(row).verdict for table in ("equal", "different") for row in settled(table)])
"""


def test_every_process_says_the_same() -> None:
    run = subprocess.run(
        [sys.executable, "-c", VERDICTS],
        capture_output=True,
        text=True,
        check=True,
        cwd=TABLES.parent.parent,
    )
    assert run.stdout.split() == [settle(row).verdict for row in ROWS]


def test_threads_do_not_disturb_each_other() -> None:
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(settle, ROWS * 3))
    alone = [settle(row) for row in ROWS]
    assert [one.verdict for one in together] == [one.verdict for one in alone * 3]
