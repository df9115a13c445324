"""Forms an author asks for, decimals for constants, and answers that can be read in two ways."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.deciding.decimals import restored
from grader.deciding.form import Required
from grader.feedback import SENTENCES, sentences
from grader.judge import grade
from grader.kinds.expression import Detour, Expression
from grader.reading.parser import parse
from grader.reading.printer import show
from grader.reading.vocabulary import Vocabulary
from grader.verdict import Outcome
from quizbank.decode import decode
from quizbank.yaml_text import read

ANY = Vocabulary((), any_name=True, arrays=True)
NAMES = ("x", "y", "a", "b", "c_t", "c_{t-1}", "f_t", "f_{t-1}")


def unmet(required: Required, answer: str, key: str) -> tuple[str, str] | None:
    return required.unmet(parse(answer, ANY).tree, parse(key, ANY).tree)


# --- forms -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    ["x^2 + 2x*y + y^2", "x - y - 1", "-x", "2", "x*y/2", "x/2 + y/3", "tanh(2(x + y))",
     "x/(y + 1)", "x*tanh(x + y)^2", "e^(2(x + y))", "x^-2", "sqrt(x + y)*y", "x + (y + 1)",
     "x ⊙ y + y"],
)  # fmt: skip
def test_expanded(answer: str) -> None:
    assert unmet(Required("expanded"), answer, "x") is None


@pytest.mark.parametrize(
    ("answer", "part"),
    [
        ("x*(y + 1)", "x*(y + 1)"),
        ("x - (y + 1)", "-(y + 1)"),
        ("(x + y)^2 - 1", "(x + y)^2"),
        ("(x + y)/2", "(x + y)/2"),
        ("1 + x*((y + 1)/a)", "(y + 1)/a"),
        ("x ⊙ (y + 1)", "x ⊙ (y + 1)"),
        ("-(-(x + y))", "-(-(x + y))"),
        ("x = y*(a + b)", "y*(a + b)"),
        ("[x, y*(a + b)]", "y*(a + b)"),
    ],
)
def test_not_expanded(answer: str, part: str) -> None:
    assert unmet(Required("expanded"), answer, "x") == ("not-expanded", part)


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        ("x*(y + 1)", "x*(y + 1)"),
        ("-2(1 + y)*x", "-2*x*(y + 1)"),
        ("(x + y)^2", "(x + y)*(x + y)"),
        ("(2x + 2)*(y + 1)", "2*(x + 1)*(y + 1)"),
        ("(1 - x)/(1/x)", "x*(1 - x)"),
        ("x", "x"),
        ("e^(x + y)", "e^x*e^y"),
        ("x*(y + 1)/(a + b)", "x*(y + 1)/(a + b)"),
        ("1/(x + y)", "1/(x + y)"),
    ],
)
def test_factored(answer: str, key: str) -> None:
    assert unmet(Required("factored"), answer, key) is None


@pytest.mark.parametrize(
    ("answer", "key", "part"),
    [
        ("x*y + x", "x*(y + 1)", "x*y + x"),
        ("2(x*y + x)", "2x*(y + 1)", "x*y + x"),
        ("-(x*y + x)/4", "-x*(y + 1)/4", "x*y + x"),
        ("x*(x^2 - 1)", "x*(x - 1)*(x + 1)", "x^2 - 1"),
        ("(a*x + b*x)/y", "x*(a + b)/y", "a*x + b*x"),
    ],
)
def test_not_factored(answer: str, key: str, part: str) -> None:
    assert unmet(Required("factored"), answer, key) == ("not-factored", part)


@pytest.mark.parametrize(
    ("required", "answer", "found"),
    [
        (Required("no-derivative"), "x*tanh'(y)", ("has-derivative", "tanh'(y)")),
        (Required("no-derivative"), "1 - tanh(y)^2", None),
        (Required(only=("x",)), "x + e*π", None),
        (Required(only=("x",)), "x + y - y", ("other-names", "y")),
        (Required(without=("tanh",)), "tanh'(x)", ("other-names", "tanh")),
        (Required(without=("y", "exp")), "x + exp(x)", ("other-names", "exp")),
        (Required("expanded", without=("y",)), "2(x + y)", ("not-expanded", "2*(x + y)")),
    ],
)
def test_names_and_derivatives(required: Required, answer: str, found: object) -> None:
    assert unmet(required, answer, "x") == found


SPREAD = Expression("x*y + x", NAMES, form="expanded", form_credit=Fraction(3, 4))
SLOPE = Expression(
    "f_t*(1 - x^2)", (*NAMES, "h"), form="no-derivative", only=("f_t", "x"), without=("sigmoid",)
)


def test_an_equal_answer_in_another_form_is_partly_right() -> None:
    verdict = grade(SPREAD, "x*(y + 1)")
    assert (verdict.outcome, verdict.score) == (Outcome.PARTIAL, Fraction(3, 4))
    assert sentences(verdict) == ["This equals what is asked, but is not multiplied out: x*(y + 1)"]


def test_in_terms_of_given_names() -> None:
    assert grade(SLOPE, "f_t - f_t x^2").outcome is Outcome.CORRECT
    assert grade(SLOPE, "f_t - f_t x^2 + h - h").outcome is Outcome.PARTIAL
    assert grade(SLOPE, "f_t - f_t x^2 + σ(x) - sigmoid(x)").outcome is Outcome.PARTIAL
    assert grade(SLOPE, "f_t*(1 - x)").outcome is Outcome.INCORRECT


@given(st.sampled_from(["x*y + x", "x y + x", "x + x y", "x*(y+1)", "(1+y) x", "x + y", "y*x"]))
def test_a_form_never_changes_what_is_equal(answer: str) -> None:
    plain = grade(Expression(SPREAD.key, NAMES), answer).outcome
    formed = grade(SPREAD, answer).outcome
    assert formed is plain or (formed, plain) == (Outcome.PARTIAL, Outcome.CORRECT)


CODES = ("not-expanded", "not-factored", "has-derivative", "other-names", "ambiguous",
         "decimals-taken")  # fmt: skip


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_sentence(code: str) -> None:
    assert "{}" in SENTENCES[code]


FAULTY: dict[str, Any] = {
    "key is not in the form asked for (not-factored: x + y)": {"form": "factored"},
    "key is not in the form asked for (other-names: y)": {"only": ("x",)},
    "'zz' is neither a name nor a function here": {"without": ("zz",)},
    "form_credit is 1; give a share above 0 and below 1": {"form_credit": Fraction(1)},
    "decimals is 1/2; give a share from 0 to 1/20": {"decimals": Fraction(1, 2)},
}


@pytest.mark.parametrize("said", FAULTY)
def test_author_errors_are_found(said: str) -> None:
    assert list(Expression("x + y", NAMES, **FAULTY[said]).faults()) == [said]


def test_forms_are_read_from_a_bank() -> None:
    text = """
      id: slope
      title: Slope
      topics: [rnn]
      level: 1
      prompt: "Differentiate."
      expression:
        key: "2*x/3"
        names: [x, y]
        form: expanded
        form_credit: 1/4
        without: [y]
        only: [x]
        decimals: 1/1000
    """
    question, problems = decode(read(text, "slope.yaml")[0], "slope.yaml")
    assert not problems
    assert question is not None
    spec = question.parts[0].marking.spec
    assert isinstance(spec, Expression)
    assert (spec.form, spec.form_credit, spec.decimals) == (
        "expanded", Fraction(1, 4), Fraction(1, 1000),
    )  # fmt: skip
    assert grade(spec, "0.6667*x").outcome is Outcome.CORRECT
    _, problems = decode(read(text.replace("expanded", "expandd"), "slope.yaml")[0], "slope.yaml")
    assert ["is not one of any, expanded" in one.message for one in problems] == [True]


# --- decimals --------------------------------------------------------------------------------

ROUND = Fraction(1, 1000)


@pytest.mark.parametrize(
    ("key", "answer", "outcome"),
    [
        ("x/3", "0.333*x", Outcome.CORRECT),
        ("x/3", "0.3333 x", Outcome.CORRECT),
        ("x/3", "0.34*x", Outcome.INCORRECT),
        ("x/3", "333/1000*x", Outcome.INCORRECT),
        ("2(x/3 + y)", "0.667x + 2y", Outcome.CORRECT),
        ("x/(3*y)", "0.3333*x/y", Outcome.CORRECT),
        ("π*x^2", "3.142 x^2", Outcome.CORRECT),
        ("x*sqrt(2) - y", "1.414*x - y", Outcome.CORRECT),
        ("(1 - π)*x", "-2.142*x", Outcome.CORRECT),
        ("x^(1/3)", "x^0.33333", Outcome.CORRECT),
        ("x/3 + y/7", "0.333x + 0.142y", Outcome.INCORRECT),
        ("x/3 + y/7", "0.333x + 0.1429y", Outcome.CORRECT),
        ("x + y", "x + y + 0.0001", Outcome.INCORRECT),
        ("x + y", "1.0001*x + y", Outcome.CORRECT),
        ("x/3", "0.333*y", Outcome.INCORRECT),
        ("e^400*x", "2.5*x", Outcome.INCORRECT),
        ("x/2", "0.5*x", Outcome.CORRECT),
    ],
)
def test_decimals_stand_for_constants_of_the_key(key: str, answer: str, outcome: Outcome) -> None:
    verdict = grade(Expression(key, ("x", "y"), ("x",), decimals=ROUND), answer)
    assert verdict.outcome is outcome, verdict.evidence


def test_decimals_are_exact_where_no_tolerance_is_given() -> None:
    assert grade(Expression("x/3", ("x",)), "0.3333333333*x").outcome is Outcome.INCORRECT


def test_what_decimals_were_taken_for_is_said() -> None:
    verdict = grade(Expression("x/3", ("x",), decimals=ROUND), "0.333*x")
    assert sentences(verdict) == ["Decimals were taken as exact numbers: 0.333 as 1/3."]


@given(st.integers(1, 60), st.integers(2, 60), st.integers(-30, 30))
def test_a_coefficient_is_accepted_just_within_its_tolerance(top: int, low: int, off: int) -> None:
    exact = Fraction(top, low)
    typed = round(exact * (1 + Fraction(off, 10_000)), 9)
    verdict = grade(Expression(f"{top}*x/{low}", ("x",), decimals=ROUND), f"{float(typed):.9f}*x")
    near = abs(typed - exact) <= ROUND * exact
    assert (verdict.outcome is Outcome.CORRECT) is near


def test_the_candidates_are_bounded() -> None:
    key = parse(" + ".join(f"x^{n}*1000/{1000 + n}" for n in range(1, 20)), ANY).tree
    answer = parse(" + ".join(f"x^{n}*0.99{n:02}" for n in range(1, 20)), ANY).tree
    assert len(list(restored(key, answer, Fraction(1, 20)))) <= 64


# --- two readings ----------------------------------------------------------------------------

WORDS = Vocabulary(NAMES)


@pytest.mark.parametrize(
    ("typed", "others"),
    [
        ("c_t-1", ["c_t - 1"]),
        ("c_{t-1}", []),
        ("c_t - 1", []),
        ("a/bx", ["a/(b*x)"]),
        ("a/b*x", []),
        ("1/2x*y + 1", ["1/(2*x)*y + 1"]),
        ("f_t-1*c_t-1", ["f_t - 1*c_t - 1", "f_t - 1*c_{t-1}", "f_{t-1}*c_t - 1"]),
        ("a/bx + c_t-1", ["a/b*x + c_t - 1", "a/(b*x) + c_{t-1}", "a/(b*x) + c_t - 1"]),
    ],
)
def test_other_readings(typed: str, others: list[str]) -> None:
    assert [show(other) for other in parse(typed, WORDS).others] == others


@pytest.mark.parametrize(
    ("key", "answer", "outcome"),
    [
        ("f_t*c_{t-1}", "f_t*c_t-1", Outcome.CORRECT),
        ("c_t - 1", "c_t-1", Outcome.MALFORMED),
        ("c_t + 1", "c_t-1", Outcome.INCORRECT),
        ("a*x/b", "a/bx", Outcome.CORRECT),
        ("a/(b*x)", "a/bx", Outcome.MALFORMED),
        ("a/(b*x)", "a/b*x", Outcome.INCORRECT),
        ("a*b", "a/bx", Outcome.INCORRECT),
    ],
)
def test_an_answer_that_may_be_right_is_never_called_wrong(
    key: str, answer: str, outcome: Outcome
) -> None:
    assert grade(Expression(key, NAMES), answer).outcome is outcome


def test_both_readings_are_shown() -> None:
    verdict = grade(Expression("c_t - 1", NAMES, mistakes=(Detour("m", "c_{t-1}", "s"),)), "c_t-1")
    assert verdict.misconception is None
    assert sentences(verdict) == [
        "This can be read in two ways: c_{t-1} or c_t - 1. Write the one you mean."
    ]
