"""Never wrong: settled pairs, the rung that answers, and what is said of it."""

import subprocess
import sys
from fractions import Fraction
from typing import Any

import pytest
from pairs import ANY, TABLES, ask, rows, settle, settled

from grader.deciding.congruence import Congruence, compare, signature
from grader.deciding.ladder import Answer, Check, decide
from grader.deciding.towers import draw
from grader.reading.parser import parse
from grader.reading.tree import Name, Num, Product, Sum


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
    for row in settled(table):
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
    ("y/x = 2", "y = 2x", "but may say the same"),
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
        ("x*sqrt(2)*sqrt(2)", "2x", Check.IDENTITY),
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


DECLARED: list[tuple[str, str, dict[str, str], str]] = [
    ("x", "sqrt(x^2)", {"positive": "x"}, "given that x is positive"),
    ("f", "|f|", {"gates": "f"}, "given that f lies between 0 and 1"),
    ("1 - f*i", "|1 - f*i|", {"gates": "fi"}, "f lies between 0 and 1 and i lies between 0 and 1"),
    ("n", "floor(n)", {"integer": "n"}, "given that n is a whole number"),
    ("floor(x) + n", "floor(x + n)", {"integer": "n"}, "given that n is a whole number"),
    (
        "floor((n-1)/s) + 1",
        "ceil(n/s)",
        {"integer": "ns", "positive": "s"},
        "n is a whole number and s is a positive whole number",
    ),
    ("floor((n+1)/2)", "ceil(n/2)", {"integer": "n"}, "given that n is a whole number"),
    ("x + x", "2x", {"positive": "x"}, "below 1e-15)"),
]


@pytest.mark.parametrize(("key", "answer", "declared", "said"), DECLARED)
def test_equality_on_a_declared_domain_says_what_it_rests_on(
    key: str, answer: str, declared: dict[str, str], said: str
) -> None:
    known = {field: frozenset(letters) for field, letters in declared.items()}
    decision = ask(key, answer, **known)
    assert decision.verdict == Answer.EQUAL
    assert decision.finding.endswith(said)


def test_what_holds_on_a_domain_only_is_not_equal_without_it() -> None:
    for key, answer, _, said in DECLARED[:-1]:
        assert ask(key, answer).verdict != Answer.EQUAL, said


def test_counterexamples_keep_to_the_domain() -> None:
    gate = ask("f", "f^2", gates=frozenset("f")).witness
    size = ask("floor(n/2)", "n/2", integer=frozenset("n")).witness
    assert gate is not None
    assert size is not None
    assert 0 < Fraction(gate.at[0][1]) < 1
    assert Fraction(size.at[0][1]).denominator == 1


def test_an_equation_that_differs_is_shown_to_fail_where_the_other_holds() -> None:
    assert ask("y = 2x", "x = 2y").finding == (
        "there are numbers for which the expected equation holds and yours does not: "
        "at x = 0.5: left side 0.5, right side 2"
    )


def test_complex_formulas_that_differ_say_so_honestly() -> None:
    unit = frozenset("x"), True
    assert "no example" in ask("i*x", "x", positive=unit[0], complex_unit=unit[1]).finding
    assert ask("x", "x^2", complex_unit=True).finding.startswith("at x = ")


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
