"""Every finding has its words, and everything is said once."""

import ast
from fractions import Fraction
from pathlib import Path

import pytest

from grader.deciding.ladder import Check
from grader.feedback import SENTENCES, SLIPS, sentences
from grader.verdict import Evidence, Outcome, Verdict

GRADER = Path(__file__).parents[1] / "grader"


def codes_of_evidence(source: str) -> set[str]:
    """The codes that are written out where evidence is made."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    made = (call for call in calls if isinstance(call.func, ast.Name) and call.args)
    firsts = [call.args[0] for call in made if call.func.id == "Evidence"]  # type: ignore[attr-defined]
    return {first.value for first in firsts if isinstance(first, ast.Constant)}


def test_every_code_has_words() -> None:
    used: set[str] = set()
    for path in GRADER.rglob("*.py"):
        used |= codes_of_evidence(path.read_text(encoding="utf-8"))
    assert len(used) > 25, "an empty set would pass"
    assert used <= SENTENCES.keys()
    assert {check.value for check in Check} <= SENTENCES.keys()
    assert SENTENCES.keys() >= SLIPS


def test_a_code_without_words_would_be_seen() -> None:
    assert codes_of_evidence('Evidence("no-such-code", "x")') == {"no-such-code"}
    assert "no-such-code" not in SENTENCES


@pytest.mark.parametrize(
    ("verdict", "told"),
    [
        (Verdict(Outcome.CORRECT, Fraction(1), (Evidence("exact", "6 = 2*3"),)), []),
        (
            Verdict(Outcome.INCORRECT, evidence=(Evidence("too-small", "x"),)),
            ["That is too small."],
        ),
        (
            Verdict(
                Outcome.INCORRECT,
                evidence=(Evidence("mistake", "x"), Evidence("refuted", "at x = 1")),
                misconception="m",
                remarks=("You dropped f.",),
            ),
            ["You dropped f."],
        ),
        (
            Verdict(
                Outcome.PARTIAL,
                Fraction(3, 4),
                (Evidence("carried-forward", "side = 5"), Evidence("too-small", "25 is not 36")),
            ),
            ["It follows rightly from your own value (side = 5)."],
        ),
        (
            Verdict(Outcome.MALFORMED, evidence=(Evidence("unclosed", "never closed\n  (x\n  ^"),)),
            ["never closed\n  (x\n  ^"],
        ),
        (
            Verdict(
                Outcome.INCORRECT,
                evidence=(Evidence("refuted", "at {x} = 1: yours 2, expected 3"),),
            ),
            ["It differs from what is asked: at {x} = 1: yours 2, expected 3"],
        ),
    ],
)
def test_what_is_told(verdict: Verdict, told: list[str]) -> None:
    assert sentences(verdict) == told
