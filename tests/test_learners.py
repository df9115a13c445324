"""Every row of the table of learners: labelled by hand, most before the engine had seen them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import test_derivation
import yaml

from grader.judge import grade
from grader.verdict import Outcome, Verdict

TABLE = yaml.safe_load((Path(__file__).parent / "tables" / "learners.yaml").read_text("utf-8"))
ROWS = TABLE["rows"]

EARNS_NOTHING = (Outcome.INCORRECT, Outcome.MALFORMED, Outcome.UNDECIDED, Outcome.BLANK)
HOSTILE = {
    "ten thousand lines": "δc_{t-1} = δc_t f_t\n" * 10_000,
    "ten thousand empty lines": "\n" * 10_000,
    "sixty wrong lines": "\n".join(f"δc_{{t-1}} = {k} δc_t f_t" for k in range(2, 62)),
    "a chain of fifty": " = ".join(f"{k} δc_t f_t" for k in range(2, 52)),
    "brackets": "δc_{t-2} = " + "(" * 900 + "δc_t" + ")" * 900,
    "fractions": "δc_{t-2} = " + r"\frac{1}{" * 190 + "f_t" + "}" * 190,
    "tanh of tanh": "δc_{t-2} = " + "tanh(" * 50 + "δc_t" + ")" * 50,
    "sums of sums": "δc_{t-2} = " + "Σ_{a=1}^{9} " * 9 + "f_t",
    "a long number": "δc_{t-2} = " + "9" * 1_900 + " δc_t",
    "a power of ten": "δc_{t-2} = 1e9999999 δc_t",
    "a great index": "δc_{t-2} = δc_{t-999999999} f_t",
    "a call": "δc_{t-2} = __import__('os').getcwd()",
    "a null character": "δc_{t-2} = δc_t\0 f_t f_{t-1}",
    "an escape": "δc_{t-2} = δc_t f_t f_{t-1}\x1b[2J",
    "half a surrogate": "δc_{t-2} = δc_t f_t f_{t-1}\ud800",
    "accents": "δc_{t-2} = δc_t" + "\u0301" * 1_900,
} | {f"many {sign}": sign * 500 for sign in ("=", "&=", ";", "⇒", "\\", "'", "|", "{", "(1)", "- ")}


@pytest.fixture(autouse=True, scope="module")
def _specs_of_the_learners() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(test_derivation, "SPECS", TABLE["specs"])
        test_derivation.spec.cache_clear()
        yield
    test_derivation.spec.cache_clear()


def judged(row: dict[str, Any]) -> Verdict:
    return grade(test_derivation.spec(row["spec"]), "\n".join(row["lines"]))


def earned(verdict: Verdict) -> set[str]:
    """What may be said of a score: all, some or none; and less, when it is not all."""
    if verdict.score == 1:
        return {"all"}
    return {"less", "some" if verdict.score else "none"}


def settled(row: dict[str, Any]) -> dict[str, Any]:
    """The row with an outcome and a score, where its label leaves them open."""
    if "earns" not in row:
        return row
    verdict = judged(row)
    assert row["earns"] in earned(verdict), verdict
    return {"outcome": verdict.outcome.value} | row | {"score": verdict.score}


def rows(known: str) -> list[Any]:
    """All rows; those with the key ``known`` must fail, for the reason that stands there."""
    return [
        pytest.param(
            row,
            id=row["why"],
            marks=pytest.mark.xfail(strict=True, reason=row[known]) if known in row else (),
        )
        for row in ROWS
    ]


def test_the_table_is_there() -> None:
    assert len(ROWS) >= 200
    assert len({row["why"] for row in ROWS}) == len(ROWS)
    assert {row["spec"] for row in ROWS} == TABLE["specs"].keys()
    assert {row.get("earns", "all") for row in ROWS} <= {"all", "some", "none", "less"}


@pytest.mark.parametrize("row", rows("known_wrong"))
def test_a_learner(row: dict[str, Any]) -> None:
    test_derivation.test_a_derivation(settled(row))


@pytest.mark.parametrize("row", rows("known_unsteady"))
def test_what_was_understood_of_a_learner(row: dict[str, Any]) -> None:
    if judged(row).outcome is not Outcome.BLANK:
        test_derivation.test_what_was_understood_is_judged_the_same(row)


@pytest.mark.parametrize("name", TABLE["specs"])
def test_the_key_of_a_spec(name: str) -> None:
    test_derivation.test_a_key_is_a_derivation_that_is_right(name)


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_typed_to_break_it_earns_nothing(name: str) -> None:
    verdict = judged({"spec": "two-cell", "lines": [HOSTILE[name]]})
    assert verdict.outcome in EARNS_NOTHING
    assert not verdict.score
