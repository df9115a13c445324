"""Formulas over several lines: word for word, and what holds for every tree."""

import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from test_reading import HOSTILE, outcome, roots

from grader.reading.display import columns
from grader.reading.drawing import FENCES, beside, fenced, line, over
from grader.reading.layout import drawing, drawn, drawn_within
from grader.reading.parser import parse
from grader.reading.printer import unicode_line
from grader.reading.tree import Node, Quotient
from grader.reading.vocabulary import Vocabulary

WORDS = Vocabulary(("∂E_{t-1}/∂h_{t-1}",), any_name=True, arrays=True)
DRAWINGS = yaml.safe_load((Path(__file__).parent / "tables" / "drawings.yaml").read_text("utf-8"))


@pytest.mark.parametrize("row", [pytest.param(row, id=row["typed"]) for row in DRAWINGS])
def test_formulas_are_drawn_word_for_word(row: dict[str, Any]) -> None:
    lines = drawn(parse(row["typed"], WORDS).tree).split("\n")
    assert [one.rstrip() for one in lines] == row["drawn"].rstrip("\n").split("\n")


def test_the_table_is_full() -> None:
    assert len(DRAWINGS) >= 25


@given(roots)
@settings(max_examples=300, deadline=None)
def test_every_line_is_as_wide_as_the_others_and_shows_only_itself(tree: Node) -> None:
    whole = drawing(tree)
    assert 0 <= whole.baseline < whole.height
    assert {columns(one) for one in whole.lines} == {whole.width}
    shown = "".join(whole.lines)
    assert not [one for one in shown if unicodedata.category(one) in ("Cc", "Cf", "Zl", "Zp")]


@given(roots, roots)
@settings(max_examples=100, deadline=None)
def test_terms_stand_on_one_baseline(left: Node, right: Node) -> None:
    parts = drawing(left), line(" + "), drawing(right)
    whole = beside(parts)
    assert whole.lines[whole.baseline] == "".join(part.lines[part.baseline] for part in parts)


@given(roots, roots)
@settings(max_examples=100, deadline=None)
def test_a_fraction_is_read_along_its_bar(top: Node, bottom: Node) -> None:
    whole = drawing(Quotient(top, bottom))
    assert set(whole.lines[whole.baseline]) == {"─"}
    assert whole.height == drawing(top).height + drawing(bottom).height + 1


@given(roots)
@settings(max_examples=100, deadline=None)
def test_a_drawing_that_does_not_fit_is_a_line(tree: Node) -> None:
    width = drawing(tree).width
    assert drawn_within(tree, width) == drawn(tree)
    assert drawn_within(tree, width - 1) == unicode_line(tree)


@pytest.mark.parametrize("fence", FENCES)
def test_brackets_are_as_tall_as_what_they_enclose(fence: str) -> None:
    half = over(line("1"), line("2"))
    for inner in (line("x"), half, over(half, half)):
        whole = fenced(inner, fence)
        assert (whole.height, whole.width) == (inner.height, inner.width + 2)
        assert all(one[0] != " " != one[-1] for one in whole.lines)


def test_a_name_with_a_mark_takes_one_column() -> None:
    tree = parse("c̃_t/(c̃_t + 1)", Vocabulary(("c̃_t",))).tree
    assert {columns(one) for one in drawn(tree).split("\n")} == {6}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_formulas_are_drawn_or_shown_in_a_line(text: str) -> None:
    found = outcome(text, WORDS)
    if not isinstance(found, Exception):
        assert drawn_within(found, 80)


def test_rows_of_unequal_length_stay_a_list() -> None:
    tree = parse("[[a, b], [c, d, k]]", WORDS).tree
    assert drawn(tree) == "[[a, b], [c, d, k]]"
