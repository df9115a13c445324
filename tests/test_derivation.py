"""Every row of the table of derivations: marks of the lines, outcome, score and reasons."""

import re
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from grader.derivation.lines import Line
from grader.derivation.lines import read as read_lines
from grader.derivation.marking import letters_of, world_of
from grader.derivation.naming import vocabulary
from grader.derivation.target import Target
from grader.feedback import sentences
from grader.judge import grade
from grader.kinds.derivation import Derivation, Milestone, WrongLine
from grader.reading.printer import show
from grader.reading.tree import Node, Product
from grader.reading.walk import rebuilt
from grader.verdict import Outcome
from quizbank.formulas import Scope
from quizbank.problem import Problem
from quizbank.values import Values
from quizbank.yaml_text import read

TABLE = yaml.safe_load((Path(__file__).parent / "tables" / "derivations.yaml").read_text("utf-8"))
ROWS = TABLE["rows"]
SPECS = TABLE["specs"]


@cache
def spec(name: str) -> Derivation:
    """A derivation of the table, read as a bank reads it."""
    problems: list[Problem] = []
    values = Values("derivations.yaml", Scope(), problems, name)
    tree, faults = read(yaml.safe_dump(SPECS[name], allow_unicode=True), "derivations.yaml")
    assert tree is not None
    read_spec = values.record(Derivation, values.mapping(tree))
    assert isinstance(read_spec, Derivation)
    assert not problems
    assert not faults
    return read_spec


def test_the_table_is_there() -> None:
    assert len(ROWS) >= 50
    assert len({row["why"] for row in ROWS}) == len(ROWS)
    assert {row["spec"] for row in ROWS} <= SPECS.keys()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["why"])
def test_a_derivation(row: dict[str, Any]) -> None:
    asked, answer = spec(row["spec"]), "\n".join(row["lines"])
    marks = [line.mark.value for line in asked.lines(answer)]
    verdict = grade(asked, answer)
    assert marks == row["marks"], [line.reasons for line in asked.lines(answer)]
    assert verdict.outcome.value == row["outcome"], sentences(verdict)
    expected = row.get("score", 1 if row["outcome"] == "correct" else 0)
    assert verdict.score == Fraction(expected), sentences(verdict)
    assert verdict.misconception == row.get("mistake")
    assert {*row.get("findings", ())} <= {one.check for one in verdict.evidence}, verdict.evidence
    assert row.get("said", "") in " ".join(sentences(verdict))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["why"])
def test_what_was_understood_is_judged_the_same(row: dict[str, Any]) -> None:
    asked = spec(row["spec"])
    verdict = grade(asked, "\n".join(row["lines"]))
    if verdict.outcome is Outcome.MALFORMED or "malformed" in row["marks"]:
        return
    again = grade(asked, verdict.understood or " .")
    assert (again.outcome, again.score) == (verdict.outcome, verdict.score), verdict.understood
    assert again.understood == verdict.understood


@pytest.mark.parametrize("name", SPECS)
def test_a_key_is_a_derivation_that_is_right(name: str) -> None:
    asked = spec(name)
    verdict = grade(asked, asked.right_answer())
    assert verdict.outcome is Outcome.CORRECT, (asked.right_answer(), sentences(verdict))
    assert not list(asked.faults())


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"cell": "lstn"}, "no cell is named 'lstn'"),
        ({"target": Target("q")}, "has no 'q'"),
        ({"target": Target("c", lag=40)}, "goes back 40 steps"),
        ({"cell": "rnn", "target": Target("h", lag=1), "path": "cell"}, "nothing arrives"),
        ({"carry": Fraction(1)}, "carry is 1"),
        ({"step": 0}, "step is 0"),
        ({"milestones": (Milestone(Target("c", lag=1), Fraction(1), "x"),)}, "leave something"),
        ({"milestones": (Milestone(Target("c", lag=5), Fraction(1, 4), "x"),)}, "further than"),
        ({"mistakes": (WrongLine("m", "δc_t = δc_{t-2", "x"),)}, "'m' cannot be judged"),
        ({"mistakes": (WrongLine("m", "no equation", "x"),)}, "one line with one equals sign"),
    ],
)
def test_what_an_author_must_mend(changed: dict[str, Any], said: str) -> None:
    faulty = replace(Derivation("lstm", Target("c", lag=2)), **changed)
    assert said in "; ".join(faulty.faults())


def test_a_mistake_is_told_by_its_name() -> None:
    asked = spec("back-two")
    for line, mistake in asked.wrong_answers():
        assert grade(asked, line).misconception == mistake


def test_a_mistake_that_is_no_mistake_is_seen() -> None:
    """What `bank lint` looks at: a line that is true shows no misconception."""
    harmless = WrongLine("harmless", "c_t = f_t*c_{t-1} + i_t*g_t", "x")
    asked = replace(spec("back-two"), mistakes=(harmless,))
    assert grade(asked, harmless.line).misconception is None


def test_the_caret_stands_under_what_was_typed() -> None:
    (line,) = spec("back-two-cell").lines("by the chain rule δc_{t-2} = δc_t * * f_t")
    assert line.reasons[0].finding.splitlines()[1:3] == [
        "  by the chain rule δc_{t-2} = δc_t * * f_t",
        "                                      ^",
    ]


def circled(tree: Node) -> Node:
    """A formula of one unit as one of vectors: every product entry by entry."""
    tree = rebuilt(tree, circled)
    return Product(tree.factors, "⊙") if isinstance(tree, Product) else tree


def in_vectors(line: Line) -> str:
    said = "along the cell path: " if line.assumes else ""
    shown = " = ".join(show(circled(side)) for side in line.sides)
    return f"{said}{'= ' if line.continues else ''}{shown}" or "only words"


def entrywise() -> list[dict[str, Any]]:
    """Rows of one unit that speak of no weights, slopes or roots, and so of vectors as well."""
    asked = [row for row in ROWS if SPECS[row["spec"]].get("form", "scalar") == "scalar"]
    plain = [row for row in asked if not {"malformed", "undecided"} & {*row["marks"]}]
    outside = re.compile(r"[upw]_|[∂U√]|\bu\b|sqrt|/d")
    return [row for row in plain if not outside.search("".join(row["lines"]))]


@pytest.mark.parametrize("row", entrywise(), ids=lambda row: row["why"])
def test_vectors_are_judged_as_numbers_are(row: dict[str, Any]) -> None:
    one_unit = spec(row["spec"])
    layers = replace(one_unit, form="vector", mistakes=())  # those are written for numbers
    answer = "\n".join(row["lines"])
    lines = read_lines(answer, vocabulary(world_of(one_unit), answer, letters_of(one_unit)))
    vectors = "\n".join(in_vectors(line) for line in lines)
    verdict = grade(layers, vectors)
    assert verdict.outcome.value == row["outcome"], (vectors, sentences(verdict))
    assert verdict.score == grade(one_unit, answer).score, vectors


def test_there_are_many_that_can_be_both() -> None:
    assert len(entrywise()) >= 25
