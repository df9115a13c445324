"""Right answers in any honest notation are accepted, what has two meanings is asked."""

import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.judge import AnswerSpec, grade
from grader.kinds.choice import Choice
from grader.kinds.expression import Expression
from grader.kinds.match import Match, Pair
from grader.kinds.number import Number
from grader.kinds.options import Option
from grader.kinds.order import Order
from grader.kinds.select import Select
from grader.quantity import Quantity
from grader.verdict import Outcome

TABLE = yaml.safe_load((Path(__file__).parent / "tables" / "honest.yaml").read_text("utf-8"))

LISTS: dict[str, AnswerSpec] = {
    "growth": Choice(
        (
            Option("grows", "It grows with `T`", "No."),
            Option("one-many", "The state $c_t$ stays.", "Yes.", right=True),
            Option("square", "$h^2$", "No."),
            Option("index", "$h_2$", "No."),
        )
    ),
    "gates": Select(
        (
            Option("forget", "forget gate", "Yes.", right=True),
            Option("reset", "reset gate", "No."),
            Option("output", "output gate, of course; shown", "Yes.", right=True),
            Option("cell", "cell state", "No."),
        )
    ),
    "remedies": Match(
        (
            Pair("vanishing", "gated cells"),
            Pair("exploding", "clipping"),
            Pair("slow", "truncation"),
        )
    ),
    "steps": Order(("compute gates", "update cell", "write state")),
}


def spec(row: dict[str, Any]) -> AnswerSpec:
    match row["kind"]:
        case "number":
            return Number(Quantity(Fraction(row["key"])), unit=row.get("unit", ""))
        case "expression":
            return Expression(row["key"], tuple(row["names"]))
        case _:
            return LISTS[row["list"]]


@pytest.mark.parametrize("row", [pytest.param(row, id=repr(row["typed"])) for row in TABLE])
def test_outcomes(row: dict[str, Any]) -> None:
    asked = spec(row)
    verdict = grade(asked, row["typed"])
    assert verdict.outcome == row["outcome"], (row["why"], verdict)
    if verdict.outcome is not Outcome.MALFORMED:
        assert grade(asked, verdict.understood).outcome is verdict.outcome, verdict.understood


def test_the_table_is_full_and_has_wrong_neighbours() -> None:
    outcomes = [row["outcome"] for row in TABLE]
    assert len(outcomes) >= 150
    assert outcomes.count("incorrect") >= 30
    assert outcomes.count("malformed") >= 30


def spellings(value: int) -> Iterator[str]:
    """One whole number as people write it."""
    grouped = f"{value:,}"
    separated = [grouped.replace(",", mark) for mark in (",", " ", "'", "_", "\\,", "{,}")]
    dotted = [f"{value / 1000:.3f}k", f"{value / 1000:.3f}e3".replace(".", ",")]
    for plain in (str(value), *separated, *dotted, f"{value},0"):
        yield plain
        for before, after in (
            ("$", "$"), (r"\(", r"\)"), ("`", "`"), ("**", "**"), ('"', '"'), (r"\boxed{", "}"),
            ("x = ", ""), ("answer: ", "."), ("about ", ""), ("≈", ""), ("", " weights"),
        ):  # fmt: skip
            yield f"{before}{plain}{after}"
    yield f"{value} ({value - 1} + 1)"
    yield f"{value - 1} + 1 = {value}"
    yield f"{value} = {value}"


@given(st.integers(1001, 999_999), st.sampled_from([-1000, -1, 1, 10, 1000]))
@settings(max_examples=60, deadline=None)
def test_no_spelling_of_a_wrong_number_is_accepted(key: int, gap: int) -> None:
    asked = Number(Quantity(Fraction(key)))
    for typed in spellings(key + gap) if key + gap > 1000 else ():
        assert grade(asked, typed).outcome is not Outcome.CORRECT, typed
    for typed in spellings(key):
        assert grade(asked, typed).outcome is Outcome.CORRECT, typed


@given(st.integers(1000, 999_999))
@settings(max_examples=60, deadline=None)
def test_a_point_or_comma_before_three_digits_is_asked_about(key: int) -> None:
    whole, decimal = Number(Quantity(Fraction(key))), Number(Quantity(Fraction(key, 1000)))
    dotted = f"{key // 1000}.{key % 1000:03}"
    assert grade(whole, dotted).evidence[0].check == "ambiguous"
    assert grade(decimal, dotted.replace(".", ",")).evidence[0].check == "ambiguous"
    assert grade(decimal, dotted).outcome is Outcome.CORRECT
    neighbour = Number(Quantity(Fraction(key + 1)))
    assert grade(neighbour, dotted).outcome is Outcome.INCORRECT


@pytest.mark.parametrize(
    "typed",
    ["a b " * 149, "a, " * 6000, "1. a " * 60, "1 (1+" * 50 + ")" * 50, "1.234+" * 60 + "1",
     r"\boxed{" * 50, "'" * 400, "$" * 20_000, "a = " * 99, "1 = " * 99 + "1"],
    ids=lambda typed: typed[:6],
)  # fmt: skip
def test_hostile_notation_is_answered_at_once(typed: str) -> None:
    begun = time.perf_counter()
    for asked in (*LISTS.values(), Number(Quantity(Fraction(7)))):
        assert grade(asked, typed).outcome in Outcome
    assert time.perf_counter() - begun < 5
