"""Expressions: equal in any honest notation, refused with a counterexample, or left to a person."""

import pytest

from grader.judge import grade
from grader.kinds.expression import Detour, Expression
from grader.verdict import Outcome

CELL = Expression(
    "f_t*c_{t-1} + i_t*g_t",
    ("f_t", "c_{t-1}", "i_t", "g_t", "h_{t-1}"),
    mistakes=(Detour("gate-on-hidden", "f_t*h_{t-1} + i_t*g_t", "It keeps the cell."),),
)
SIZE = Expression("floor((n + 2*p - k)/s) + 1", ("n", "p", "k", "s"), positive=("n", "k", "s"))
LAW = Expression("c_t = f_t*c_{t-1}", ("c_t", "f_t", "c_{t-1}"))


@pytest.mark.parametrize(
    ("spec", "answer", "outcome"),
    [
        (CELL, "c_t = f_t ⊙ c_{t-1} + i_t ⊙ g_t", Outcome.CORRECT),
        (CELL, "  = f_t c_(t-1) + i_t g_t", Outcome.CORRECT),
        (CELL, r"i_t \odot g_t + f_t \odot c_{t-1}", Outcome.CORRECT),
        (CELL, "f_t = f_t c_{t-1} + i_t g_t", Outcome.MALFORMED),
        (CELL, "2 c_t = 2 (f_t c_{t-1} + i_t g_t)", Outcome.MALFORMED),
        (CELL, "f_t c_{t-1}", Outcome.INCORRECT),
        (CELL, "", Outcome.BLANK),
        (CELL, "f_t c_{t-1} +", Outcome.MALFORMED),
        (SIZE, "floor((n + 2p - k + s)/s)", Outcome.CORRECT),
        (SIZE, "(n + 2p - k)/s + 1", Outcome.INCORRECT),
        (LAW, "f_t c_{t-1} = c_t", Outcome.CORRECT),
        (LAW, "c_t - f_t c_{t-1} = 0", Outcome.CORRECT),
        (LAW, "f_t c_{t-1}", Outcome.MALFORMED),
        (LAW, "c_{t-1} = f_t c_t", Outcome.INCORRECT),
    ],
)
def test_outcomes(spec: Expression, answer: str, outcome: Outcome) -> None:
    verdict = grade(spec, answer)
    assert verdict.outcome is outcome, verdict.evidence


def test_a_refusal_carries_a_counterexample() -> None:
    (refusal, *_) = grade(CELL, "f_t c_{t-1} - i_t g_t").evidence
    assert refusal.check == "refuted"
    assert "yours" in refusal.finding


def test_what_was_understood_reads_back_to_the_same_verdict() -> None:
    verdict = grade(CELL, "i_t ⊙ g_t + c_<t-1> f_t")
    assert grade(CELL, verdict.understood).outcome is Outcome.CORRECT


FAULTY = {
    "key cannot be read": Expression("f_t*", ("f_t",)),
    "cannot be told from the key": Expression(
        "a + b", ("a", "b"), mistakes=(Detour("m", "b + a", "s"),)
    ),
    "cannot be told from mistake 'm'": Expression(
        "a", ("a", "b"), mistakes=(Detour("m", "2 b", "s"), Detour("m2", "b + b", "s"))
    ),
    "keeps 1": Expression("a", ("a", "b"), mistakes=(Detour("m", "b", "s", 1),)),  # type: ignore[arg-type]
    "e is the constant": Expression("e*x", ("e", "x")),
    "is not among its names": Expression("a", ("a",), positive=("b",)),
}


@pytest.mark.parametrize("words", FAULTY)
def test_author_errors_are_found(words: str) -> None:
    assert any(words in fault for fault in FAULTY[words].faults())
