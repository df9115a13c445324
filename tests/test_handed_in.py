"""The answers of the five course sheets, marked by the shipped bank."""

import csv
from pathlib import Path

import pytest

from quizbank.answers import take_in
from quizbank.load import load
from quizbank.marking import records
from quizbank.record.records import Record

EXAMPLES = Path(__file__).parents[1] / "examples"


@pytest.fixture(scope="module")
def marked() -> dict[tuple[str, str, str], Record]:
    bank, problems = load()
    assert problems == []
    intake = take_in([EXAMPLES / "handed-in"])
    assert intake.troubles == intake.notes == []
    return {(one.student, one.question, one.part): one for one in records(bank, intake.rows)}


def test_every_verdict_is_the_expected_one(marked: dict[tuple[str, str, str], Record]) -> None:
    with (EXAMPLES / "handed-in-expected.csv").open(encoding="utf-8", newline="") as table:
        expected = {
            (row["student"], row["question"], row["part"]): (row["outcome"], row["misconception"])
            for row in csv.DictReader(table)
        }
    found = {
        key: (record.verdict.outcome.value, record.verdict.misconception or "")
        for key, record in marked.items()
    }
    assert found == expected


CLASSIFIER = ("sheet-002", "keras-text-classifier")
SHARED = ("sheet-001", "rnn-parameters-shared-in-time")
FLOOR, SAME = ("sheet-003", "conv-strides-floor"), ("sheet-003", "conv-strides-same")
CNN = ("sheet-003", "small-cnn-counts")
WIDTH = "used the embedding width as the Dense layer's input"
PER_STEP = "weights counted once per time step"


@pytest.mark.parametrize(
    ("where", "part", "answer", "outcome", "name"),
    [
        (CLASSIFIER, "embedding", "16 000", "correct", ""),
        (CLASSIFIER, "lstm", "6 272", "correct", ""),
        (CLASSIFIER, "dense", "4 352", "incorrect", WIDTH),
        (CLASSIFIER, "tail", "4 609", "incorrect", WIDTH),
        (SHARED, "shorter", "93 540", "incorrect", PER_STEP),
        (SHARED, "longer", "187 680", "incorrect", PER_STEP),
        (FLOOR, "stride-2", "6×6", "correct", ""),
        (FLOOR, "stride-3", "4×4", "correct", ""),
        (FLOOR, "stride-4", "3×3", "correct", ""),
        (FLOOR, "stride-5", "2×2", "incorrect", "size divided by stride and rounded down"),
        (SAME, "stride-2", "6×6", "incorrect", "size divided by stride and rounded down"),
        (CNN, "conv", "48", "correct", ""),
        (CNN, "relu", "75", "correct", ""),
        (CNN, "total", "348", "correct", ""),
        (("sheet-001", "unroll-longer"), "", "tenfold", "incorrect", PER_STEP),
        (
            ("sheet-002", "gradient-chain-direction"),
            "",
            "backwards",
            "incorrect",
            "gradient chain run forwards in time",
        ),
    ],
)
def test_what_the_course_is_known_for(
    marked: dict[tuple[str, str, str], Record],
    where: tuple[str, str],
    part: str,
    answer: str,
    outcome: str,
    name: str,
) -> None:
    record = marked[(*where, part)]
    assert record.answer == answer
    assert record.verdict.outcome == outcome
    assert record.misconception_name == name


def test_the_sheets_own_arithmetic_slip_is_said(
    marked: dict[tuple[str, str, str], Record],
) -> None:
    for part in ("shorter", "longer"):
        assert "arithmetic" in marked[(*SHARED, part)].feedback
