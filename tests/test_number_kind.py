"""Numbers: tolerances, units, and what is said of a number that is not right."""

from fractions import Fraction

import pytest

from grader.judge import grade
from grader.kinds.number import Number, Slip
from grader.quantity import Quantity
from grader.verdict import Outcome


def number(text: str, **fields: object) -> Number:
    return Number(Quantity(Fraction(text)), **fields)  # type: ignore[arg-type]


WEIGHTS = Number(
    Quantity(Fraction(6272), "4*((16 + 1)*32 + 32^2)"),
    mistakes=(Slip("no-bias", Quantity(Fraction(6144)), "Biases?", Fraction(1, 4)),),
)
THIRDS = number("13/3")
SIZE = number("121", unit="KiB", figures=3)
RATE = number("0.05", relative=Fraction(1, 100))


@pytest.mark.parametrize(
    ("spec", "answer", "outcome", "code"),
    [
        (WEIGHTS, "6,272", Outcome.CORRECT, "exact"),
        (WEIGHTS, "6 272 weights", Outcome.CORRECT, "exact"),
        (WEIGHTS, "6.272k", Outcome.CORRECT, "exact"),
        (WEIGHTS, "4·(17·32 + 32²)", Outcome.CORRECT, "exact"),
        (WEIGHTS, "6144", Outcome.PARTIAL, "mistake"),
        (WEIGHTS, "6,144", Outcome.PARTIAL, "mistake"),
        (WEIGHTS, "6273", Outcome.INCORRECT, "too-large"),
        (WEIGHTS, "-6272", Outcome.INCORRECT, "opposite"),
        (WEIGHTS, "six thousand", Outcome.MALFORMED, None),
        (WEIGHTS, "6272 KiB", Outcome.MALFORMED, None),
        (THIRDS, "4 1/3", Outcome.CORRECT, "exact"),
        (THIRDS, "4.33", Outcome.INCORRECT, "rounded"),
        (THIRDS, "4,3", Outcome.INCORRECT, "rounded"),
        (SIZE, "121", Outcome.CORRECT, "exact"),
        (SIZE, "123,904 B", Outcome.CORRECT, "exact"),
        (SIZE, "0.118164 MiB", Outcome.CORRECT, "tolerance"),
        (SIZE, "121.6", Outcome.INCORRECT, "too-large"),
        (SIZE, "121 s", Outcome.MALFORMED, None),
        (RATE, "5 %", Outcome.CORRECT, "exact"),
        (RATE, "0.0504", Outcome.CORRECT, "tolerance"),
        (RATE, "0.051", Outcome.INCORRECT, "too-large"),
        (number("1.234"), "1,234", Outcome.MALFORMED, "ambiguous"),
        (number("1234"), "1,234", Outcome.CORRECT, "exact"),
        (number("1.234"), "1,235", Outcome.INCORRECT, "too-large"),
        (number("0"), "0", Outcome.CORRECT, "exact"),
        (number("0", figures=2), "0.001", Outcome.INCORRECT, "too-large"),
    ],
)
def test_outcomes(spec: Number, answer: str, outcome: Outcome, code: str | None) -> None:
    verdict = grade(spec, answer)
    assert verdict.outcome is outcome, verdict
    if code:
        assert verdict.evidence[0].check == code


@pytest.mark.parametrize(
    "spec", [WEIGHTS, THIRDS, SIZE, RATE, number("0.00515377520732011331036461")]
)
def test_the_key_as_it_is_shown_is_right(spec: Number) -> None:
    assert grade(spec, spec.right_answer()).outcome is Outcome.CORRECT


def test_a_right_answer_is_shown_as_precisely_as_it_is_asked() -> None:
    long = Number(Quantity(Fraction(9, 10) ** 50), relative=Fraction(1, 100))
    assert long.right_answer() == "0.00515"
    assert Number(Quantity(Fraction(13, 3)), absolute=Fraction(1, 100)).right_answer() == "4.33"


FAULTY = {
    "more than one of": number("1", absolute=Fraction(1), figures=2),
    "is not known": number("1", unit="furlong"),
    "negative tolerance": number("1", absolute=Fraction(-1)),
    "which is right": number("1", mistakes=(Slip("m", Quantity(Fraction(1)), "s"),)),
    "both give": number(
        "1", mistakes=(Slip("m", Quantity(Fraction(2)), "s"), Slip("n", Quantity(Fraction(2)), "s"))
    ),
    "keeps 1": number("1", mistakes=(Slip("m", Quantity(Fraction(2)), "s", Fraction(1)),)),
}


@pytest.mark.parametrize("words", FAULTY)
def test_author_errors_are_found(words: str) -> None:
    assert any(words in fault for fault in FAULTY[words].faults())
