"""Never wrong: settled pairs, near misses, random pairs against mpmath, hostile input."""

import subprocess
import sys
import time
from collections import Counter
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import mpmath
import pytest
import yaml

from grader.deciding.congruence import Congruence, compare, signature
from grader.deciding.ladder import Answer, Check, Decision, decide
from grader.deciding.towers import draw
from grader.reading.parser import parse
from grader.reading.tree import Call, Name, Neg, Node, Num, Power, Product, Quotient, Sum
from grader.reading.vocabulary import Vocabulary
from grader.reading.walk import names

TABLES = Path(__file__).parent / "tables"
ANY = Vocabulary((), any_name=True)


def rows(table: str) -> list[Any]:
    """Rows of a table; one with `known_wrong` must fail, and be changed when it passes."""
    return [
        pytest.param(
            row, id=f"{row['why']}: {row['theirs']} ~ {row['ours']}", marks=known_wrong(row)
        )
        for row in yaml.safe_load((TABLES / f"{table}.yaml").read_text(encoding="utf-8"))
    ]


def known_wrong(row: dict[str, Any]) -> list[Any]:
    if "known_wrong" not in row:
        return []
    return [pytest.mark.xfail(reason=row["known_wrong"], strict=True)]


def settle(row: dict[str, Any]) -> Decision:
    words = Vocabulary(tuple(row["names"]))
    key, answer = parse(row["ours"], words).tree, parse(row["theirs"], words).tree
    return decide(key, answer, positive=frozenset(row.get("positive", ())))


def ask(key: str, answer: str, **options: Any) -> Decision:
    return decide(parse(key, ANY).tree, parse(answer, ANY).tree, **options)


@pytest.mark.parametrize("row", rows("equal"))
def test_equal_pairs_are_equal(row: dict[str, Any]) -> None:
    assert settle(row).verdict == Answer.EQUAL


@pytest.mark.parametrize("row", rows("different"))
def test_different_pairs_are_different_and_show_it(row: dict[str, Any]) -> None:
    decision = settle(row)
    assert decision.verdict == Answer.DIFFERENT
    assert decision.finding
    if decision.sides:
        assert decision.witness is not None
        assert decision.witness.yours != decision.witness.expected


@pytest.mark.parametrize("table", ["equal", "different"])
def test_a_verdict_does_not_depend_on_which_side_is_the_key(table: str) -> None:
    for row in yaml.safe_load((TABLES / f"{table}.yaml").read_text(encoding="utf-8")):
        if "known_wrong" not in row:
            turned = {**row, "ours": row["theirs"], "theirs": row["ours"]}
            assert settle(turned).verdict.value == table, row["why"]


UNDECIDED = [
    ("log(x*h)", "log(x) + log(h)", "equal where h, x are positive"),
    ("log(x^2)", "2*log(x)", "equal where x is positive"),
    ("sqrt(x)^2", "x", "equal where x is positive"),
    ("e^(log(x))", "x", "equal where x is positive"),
    ("sqrt(x-1)^2", "x - 1", "under a root or logarithm is positive"),
    ("ceil(n/s)", "floor((n-1)/s) + 1", "points of whole numbers"),
    ("(-1)^(2n)", "1", "points of whole numbers"),
    ("(x-x)^0", "1", "0^0 has no value"),
    ("y/x = 2", "y = 2x", "more than a constant factor"),
    ("y = 2x", "2x", "an equation cannot be compared with a formula"),
    ("U @ h", "h @ U", "declared shapes"),
    ("9^9^9^9", "9^9^9^8", "too long"),
]


@pytest.mark.parametrize(("key", "answer", "reason"), UNDECIDED, ids=[row[0] for row in UNDECIDED])
def test_what_is_neither_is_undecided_and_says_why(key: str, answer: str, reason: str) -> None:
    decision = ask(key, answer)
    assert decision.verdict == Answer.UNDECIDED
    assert reason in decision.finding


@pytest.mark.parametrize(
    ("key", "answer", "check"),
    [
        ("a*b + c", "c + b*a", Check.IDENTICAL),
        ("U^T @ δ", "U^T @ δ", Check.IDENTICAL),
        ("tanh(x)", "2σ(2x) - 1", Check.IDENTITY),
        ("sin(π)", "0", Check.PROVED),
        ("|x|^3", "x^3", Check.REFUTED),
    ],
)
def test_the_evidence_names_the_rung(key: str, answer: str, check: Check) -> None:
    assert ask(key, answer).check == check


def test_a_proof_can_be_asked_for() -> None:
    assert ask("tanh(x)", "2σ(2x) - 1", prove=True).check == Check.PROVED


def test_the_imaginary_unit_is_one_only_when_declared() -> None:
    euler = ("e^(i*x)", "cos(x) + i*sin(x)")
    assert ask(*euler, complex_unit=True).verdict == Answer.EQUAL
    assert ask(*euler).verdict == Answer.DIFFERENT


def test_witnesses_read_as_a_person_would_write_them() -> None:
    assert ask("f*f*δ", "f*δ").finding.startswith("at f = ")
    assert ask("1/2^98", "1/2^99").finding == "yours 1.578e-30, expected 3.155e-30"
    assert ask("1", "tanh(c + 200)").finding == "at c = -200: yours 0, expected 1"
    assert ask("x", "max(0, x)").finding == "at x = -1: yours 0, expected -1"


def test_witnesses_keep_to_declared_positive_names() -> None:
    witness = ask("sqrt(x)*y", "x*y", positive=frozenset("xy")).witness
    assert witness is not None
    assert all(Fraction(value) > 0 for _, value in witness.at)


def test_a_key_and_its_mistakes_are_one_look_up() -> None:
    known = {signature(parse(text, ANY).tree): text for text in ("f*g*c", "f^2*c", "tanh'(c)")}
    assert known[signature(parse("1 - tanh(c)^2", ANY).tree)] == "tanh'(c)"
    assert signature(parse("f*g", ANY).tree) not in known
    assert signature(parse("|x|", ANY).tree) is None


@pytest.mark.parametrize("seed", range(8))
def test_every_tower_gives_the_same_verdict(seed: int) -> None:
    key, right, wrong = (
        parse(text, ANY).tree for text in ("tanh(w*tanh(x))", "2σ(2w*tanh(x))-1", "tanh(w*x)")
    )
    assert compare(key, right, seed=seed).congruence is Congruence.EQUAL
    assert compare(key, wrong, seed=seed).congruence is Congruence.UNEQUAL


def test_a_published_prime_beats_only_its_own_tower() -> None:
    x = Name("x")
    trap = Sum((x, Product((Num(Fraction(draw(1).levels[0].modulus)), Name("y")))))
    assert compare(x, trap, seed=1).congruence is Congruence.EQUAL
    assert decide(x, trap).verdict == Answer.DIFFERENT


HOSTILE = [
    "9**9**9**9",
    "(a+b+c+d)^300",
    "x^(10^9) - x^(10^9)",
    "exp(exp(exp(20)))",
    "exp(exp(exp(exp(exp(exp(x))))))",
    "sin(10^300)*tan(10^300)",
    "1/(x-x)",
    "x^1000000",
    "((((x^99)^99)^99)^99)^99",
    "max(" + ",".join("abcdefghjklmn") + ")",
    "|" * 20 + "x" + "|" * 20,
    "*".join(f"tanh({k}*x)^999" for k in range(1, 40)),
    "+".join(f"1/(x+{k})" for k in range(1, 60)),
    "floor(" * 20 + "x" + ")" * 20,
    "sqrt(" * 20 + "x+1" + ")" * 20,
    "0^x",
    "log(-1)",
    "sqrt(2)^(10^9)",
    "log(99999999999999999977)",
    "floor(10^30*x)",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("other", ["1", "itself + 1"])
def test_hostile_input_has_a_clear_outcome_soon(text: str, other: str) -> None:
    tree = parse(text, ANY).tree
    start = time.perf_counter()
    decision = decide(tree, Sum((tree, Num(Fraction(1)))) if other != "1" else Num(Fraction(1)))
    assert decision.verdict != Answer.EQUAL
    assert decision.finding
    assert time.perf_counter() - start < 5, "minutes elsewhere; generous for a busy machine"


def test_trees_of_any_size_have_an_outcome() -> None:
    deep: Node = Name("x")
    wide: Node = Name("x")
    for _ in range(5_000):
        deep = Neg(deep)
    for _ in range(60):
        wide = Sum((wide, wide))  # 2**60 leaves
    assert "deep" in decide(deep, Name("x")).finding
    assert "parts" in decide(wide, Name("x")).finding


def test_deciding_by_residues_loads_neither_sympy_nor_mpmath() -> None:
    code = (
        "import sys; from grader.deciding.ladder import decide; from grader.reading.tree import *\n"
        "x = Name('x')\n"
        "print(decide(Call('tanh', (x,)), x).verdict, decide(x, Neg(Neg(x))).verdict)\n"
        "print({'sympy', 'mpmath'} & set(sys.modules))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=TABLES.parent.parent,
    )
    assert run.stdout == "different equal\nset()\n"


# Random gradients, rewritten honestly and spoiled, against mpmath.

ONE, TWO = Num(Fraction(1)), Num(Fraction(2))
REFERENCE = {
    "tanh": mpmath.tanh,
    "σ": lambda u: 1 / (1 + mpmath.exp(-u)),
    "exp": mpmath.exp,
    "tanh'": lambda u: mpmath.sech(u) ** 2,
    "σ'": lambda u: mpmath.exp(-u) / (1 + mpmath.exp(-u)) ** 2,
    "sin": mpmath.sin,
    "cos": mpmath.cos,
    "sech": mpmath.sech,
    "abs": abs,
    "relu": lambda u: max(u, 0),
    "max": max,
}


def call(function: str, *args: Node) -> Call:
    return Call(function, args)


def number(node: Node, point: dict[str, mpmath.mpf]) -> mpmath.mpf:
    """A second opinion: nothing here is shared with the grader."""
    match node:
        case Num(value):
            return mpmath.mpf(value.numerator) / value.denominator
        case Name(text):
            return mpmath.e if text == "e" else point[text]
        case Sum(terms):
            return sum(number(term, point) for term in terms)
        case Product(factors):
            return mpmath.fprod(number(factor, point) for factor in factors)
        case Neg(arg):
            return -number(arg, point)
        case Quotient(top, bottom):
            return number(top, point) / number(bottom, point)
        case Power(base, exponent):
            return number(base, point) ** number(exponent, point)
        case Call(function, args):
            return REFERENCE[function](*(number(arg, point) for arg in args))
        case _:
            raise AssertionError(node)


def gradient(random: Random, depth: int) -> Node:
    if depth == 0 or random.random() < 0.15:
        return Name(random.choice(["f_t", "i_t", "c", "h", "w"]))

    def part() -> Node:
        return gradient(random, depth - 1)

    match random.choice("+*-/^ff"):
        case "+":
            return Sum((part(), part(), part()))
        case "*":
            return Product((part(), part(), part()))
        case "-":
            return Neg(part())
        case "/":
            return Quotient(part(), Sum((ONE, Power(part(), TWO))))
        case "^":
            return Power(part(), Num(Fraction(random.randint(1, 3))))
        case _:
            function = random.choice(list(REFERENCE))
            return call(function, part(), part()) if function == "max" else call(function, part())


def rewritten(tree: Node, random: Random) -> Node:
    """The same in other words: reordered, multiplied out, functions by their definitions."""
    match tree:
        case Sum(terms):
            return Sum(tuple(rewritten(term, random) for term in random.sample(terms, len(terms))))
        case Product((first, *others)):
            rest = tuple(rewritten(factor, random) for factor in others)
            if isinstance(first, Sum):
                return Sum(tuple(Product((rewritten(term, random), *rest)) for term in first.terms))
            return Product((*rest, rewritten(first, random)))
        case Neg(arg):
            return Product((rewritten(arg, random), Neg(ONE)))
        case Quotient(top, bottom):
            return Product((rewritten(top, random), Power(rewritten(bottom, random), Neg(ONE))))
        case Power(base, Num(Fraction(numerator=3))):
            return Product((Power(base, TWO), rewritten(base, random)))
        case Call(function, args):
            return by_definition(function, *(rewritten(arg, random) for arg in args))
        case _:
            return tree


def by_definition(function: str, u: Node, v: Node = ONE) -> Node:
    match function:
        case "tanh":
            return Sum((Product((TWO, call("σ", Product((u, TWO))))), Neg(ONE)))
        case "σ":
            return Quotient(ONE, Sum((ONE, Power(Name("e"), Neg(u)))))
        case "tanh'":
            return Power(call("sech", u), TWO)
        case "σ'":
            return Product((call("σ", u), call("σ", Neg(u))))
        case "cos":
            return Sum((ONE, Neg(Product((TWO, Power(call("sin", Quotient(u, TWO)), TWO))))))
        case "relu":
            return Quotient(Sum((u, call("abs", u))), TWO)
        case "max":
            return Quotient(Sum((u, v, call("abs", Sum((v, Neg(u)))))), TWO)
        case _:
            return call(function, u)


def spoiled(tree: Node, random: Random) -> Node:
    """One small mistake at a random place."""
    match tree:
        case Sum(parts) | Product(parts) | Call(_, parts) if random.random() < 0.8:
            at = random.randrange(len(parts))
            changed = (*parts[:at], spoiled(parts[at], random), *parts[at + 1 :])
            return Call(tree.function, changed) if isinstance(tree, Call) else type(tree)(changed)
        case Neg(arg) if random.random() < 0.8:
            return Neg(spoiled(arg, random))
    tiny = Num(Fraction(1, 10 ** random.randint(1, 12)))
    mistakes = [Sum((tree, tiny)), Neg(tree), Product((tree, TWO)), Name(random.choice("hcw"))]
    return random.choice(mistakes)


def apart(key: Node, answer: Node, random: Random) -> bool:
    """Whether mpmath sees a relative gap above 1e-30 at one of six points, with 60 digits."""
    free = set(names(key)) | set(names(answer))
    with mpmath.workdps(60):
        for _ in range(6):
            point = {name: mpmath.mpf(random.randint(-300, 300)) / 128 for name in free}
            ours, theirs = number(key, point), number(answer, point)
            if abs(ours - theirs) > mpmath.mpf(10) ** -30 * (abs(ours) + abs(theirs)):
                return True
    return False


def test_random_gradients_are_never_judged_wrongly() -> None:
    random, seen = Random(20), Counter[tuple[str, str]]()
    for _ in range(600):
        key = gradient(random, random.randint(2, 3))
        right, wrong = rewritten(key, random), spoiled(key, random)
        verdict = decide(key, right).verdict
        assert verdict != Answer.DIFFERENT, (key, right)
        seen["rewritten", verdict] += 1
        found = decide(key, wrong)
        if found.verdict == Answer.EQUAL:
            assert not apart(key, wrong, random), (key, wrong)
        if found.verdict == Answer.DIFFERENT:
            assert apart(key, wrong, random) or found.witness, (key, wrong)
        seen["spoiled", found.verdict] += 1
    assert seen["rewritten", Answer.EQUAL] > 590, seen
    assert seen["spoiled", Answer.DIFFERENT] > 500, seen
