"""Errors carried forward: credited once, capped, and refused where nothing is left to do."""

from fractions import Fraction

from grader.kinds.number import Number
from grader.kinds.text import Idea, Text
from grader.parts import Carry, Part, mark
from grader.quantity import Quantity
from grader.reading.exact import NotExact
from grader.verdict import Outcome, Verdict


def area(values: dict[str, Fraction]) -> Quantity:
    if values["side"] < 0:
        raise NotExact("no such square")
    return Quantity(values["side"] ** 2)


SQUARE = (
    Part("side", Number(Quantity(Fraction(6)))),
    Part(
        "area",
        Number(Quantity(Fraction(36))),
        carry=Carry(("side",), area, lambda values: values["side"] == 2, Fraction(3, 4)),
    ),
)


def checks(verdict: Verdict) -> list[str]:
    return [one.check for one in verdict.evidence]


def test_following_a_wrong_value_earns_the_capped_share() -> None:
    verdict = mark(SQUARE, {"side": "5", "area": "25"})["area"]
    assert (verdict.outcome, verdict.score) == (Outcome.PARTIAL, Fraction(3, 4))
    assert verdict.evidence[0].finding == "side = 5"


def test_the_true_key_still_counts_in_full() -> None:
    assert mark(SQUARE, {"side": "5", "area": "36"})["area"].score == 1


def test_nothing_is_carried_from_a_right_a_blank_or_an_unreadable_value() -> None:
    for side in ("6", "", "six and a half of"):
        verdict = mark(SQUARE, {"side": side, "area": "25"})["area"]
        assert verdict.outcome is Outcome.INCORRECT, side
        assert "carried-forward" not in checks(verdict)


def test_a_carried_value_that_makes_the_part_trivial_is_refused() -> None:
    for side, answer in (
        ("0", "0"),
        ("1", "1"),
        ("2", "4"),
    ):  # zero, mere repetition, the author's rule
        verdict = mark(SQUARE, {"side": side, "area": answer})["area"]
        assert verdict.outcome is Outcome.INCORRECT
        assert checks(verdict)[-1] == "carry-refused"


def test_a_value_the_formula_cannot_take_changes_nothing() -> None:
    assert mark(SQUARE, {"side": "-5", "area": "25"})["area"].outcome is Outcome.INCORRECT


def test_parts_of_other_kinds_carry_nothing() -> None:
    parts = (Part("side", Text((Idea("x", "x", ("x",)),), "x")), SQUARE[1])
    assert mark(parts, {"side": "x", "area": "25"})["area"].outcome is Outcome.INCORRECT


def test_every_part_gets_a_verdict() -> None:
    assert {part: v.outcome for part, v in mark(SQUARE, {}).items()} == {
        "side": Outcome.BLANK,
        "area": Outcome.BLANK,
    }
