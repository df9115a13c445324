"""The shipped questions about gradients: what they cover, and what a derivation is told."""

import re
from pathlib import Path

import pytest
import yaml

from grader.judge import grade
from grader.verdict import Verdict
from quizbank.bank import Bank
from quizbank.load import load
from quizbank.question import Summary

TOPIC = "gradients"
COVERED = {
    "c_t from c_{t-2}": ["cell-two-steps-back", "derive-cell-two-steps-back"],
    "c_t from c_{t-k}": ["cell-any-number-of-steps-back", "derive-cell-further-back"],
    "the chain along the cell, scalar": ["gradient-along-the-cell", "derive-along-the-cell"],
    "the chain along the cell, vector": ["chain-in-vectors-along-the-cell"],
    "the chain with the δh terms, one step": ["gradient-cell-one-back", "derive-one-step-back"],
    "the chain with the δh terms, two steps": ["gradient-cell-two-back", "derive-two-steps-back"],
    "the chain with the δh terms, vector": [
        "chain-in-vectors-all-routes", "derive-chain-in-vectors",
    ],
    "each δz": ["gradient-of-the-layers", "derive-layer-errors"],
    "δh with the recurrent sums": [
        "gradient-into-the-hidden-state", "derive-hidden-error", "lstm-error-to-hidden",
    ],
    "∂E/∂W": ["input-weights-gradient", "layer-weights-over-two-steps"],
    "∂E/∂U": [
        "layer-weights-over-two-steps", "derive-recurrent-weight", "derive-recurrent-matrix",
    ],
    "∂E/∂b": ["layer-weights-over-two-steps"],
    "f_t = 0, f_t = 1, saturated gates": ["gates-at-their-ends", "forget-gate-shut-routes"],
    "direct and total derivatives": ["direct-or-total"],
    "the Jacobian product of the plain RNN": ["rnn-jacobian-product", "derive-rnn-jacobians"],
    "the error of the plain RNN": [
        "error-to-earlier-state", "derive-rnn-error", "derive-rnn-error-in-vectors",
    ],
    "necessary and sufficient": ["necessary-or-sufficient", "rnn-norm-conditions"],
    "spectral radius and singular values": ["radius-and-singular-value"],
    "the GRU's path through z": ["gradient-through-a-gru", "derive-gru-update-gate"],
    "all routes through a GRU": ["gru-all-readers", "derive-gru-slope"],
    "peepholes": ["derive-peephole-terms"],
    "the coupled gate": ["derive-coupled-gate"],
    "truncated backpropagation": ["truncated-backpropagation", "truncated-gradient-of-a-weight"],
    "rows in place of columns": ["chain-in-rows"],
    "the sheet's backwards formula": ["sheet-formula-put-right", "gradient-chain-direction"],
}  # fmt: skip
"""What a learner should meet about gradients through time, and where."""

SHEET = "δc_t = δc_{t-2} · ∂c_{t-2}/∂c_{t-2} · ∂c_{t-1}/∂c_{t-2} · ∂c_t/∂c_{t-1}"

HONEST = yaml.safe_load(
    (Path(__file__).parent / "tables" / "honest-derivations.yaml").read_text("utf-8")
)
"""Ten ways to write the whole chain, by δc one step back."""


@pytest.fixture(scope="module")
def bank() -> Bank:
    found, problems = load(None)
    assert problems == []
    return found


@pytest.fixture(scope="module")
def asked(bank: Bank) -> dict[str, Summary]:
    """The questions that ``take gradients`` draws from, by id."""
    return {one.id: one for one in bank.summaries if TOPIC in one.topics}


def judged(bank: Bank, question: str, answer: str, part: str = "") -> Verdict:
    specs = {one.id: one.spec for one in bank.question(question).parts}
    return grade(specs[part], answer)


def first_wrong(verdict: Verdict) -> str:
    return next(one.finding for one in verdict.evidence if one.check == "line-wrong")


class TestWhatIsThere:
    @pytest.mark.parametrize("item", COVERED)
    def test_every_item_is_asked_about(self, item: str, asked: dict[str, Summary]) -> None:
        assert set(COVERED[item]) <= asked.keys()

    def test_there_is_enough_to_choose_from(self, asked: dict[str, Summary]) -> None:
        kinds = [{part.kind for part in one.parts} for one in asked.values()]
        assert len(kinds) >= 25
        assert sum("derivation" in one for one in kinds) >= 10

    def test_every_derivation_is_about_gradients(
        self, bank: Bank, asked: dict[str, Summary]
    ) -> None:
        derived = {
            one.id for one in bank.summaries if any(part.kind == "derivation" for part in one.parts)
        }
        assert derived <= asked.keys()

    def test_they_start_with_short_chains(self, asked: dict[str, Summary]) -> None:
        short = ["derive-cell-two-steps-back", "derive-along-the-cell", "derive-one-step-back"]
        long = ["derive-two-steps-back", "derive-hidden-error", "derive-gru-slope"]
        assert max(asked[one].level for one in short) < min(asked[one].level for one in long)


class TestTheSheet:
    def test_its_formula_is_caught_wherever_it_stands(self, bank: Bank) -> None:
        above = "c_t = f_t c_{t-1} + i_t g_t\n∂c_t/∂c_{t-1} = f_t, ∂c_{t-1}/∂c_{t-2} = f_{t-1}\n"
        verdict = judged(bank, "sheet-formula-put-right", above + SHEET, "right")
        assert (verdict.misconception, first_wrong(verdict)) == ("chain-backwards", "3")
        assert any("known" in one for one in verdict.remarks)

    def test_among_all_routes_too(self, bank: Bank) -> None:
        verdict = judged(bank, "derive-two-steps-back", SHEET)
        assert verdict.misconception == "chain-backwards"
        assert verdict.score == 0

    def test_solving_it_for_the_other_error_does_not_help(self, bank: Bank) -> None:
        solved = "δc_{t-2} = δc_t/(f_t f_{t-1})"
        verdict = judged(bank, "sheet-formula-put-right", solved, "right")
        assert verdict.misconception == "chain-upside-down"


class TestHonestDerivations:
    @pytest.mark.parametrize("row", HONEST, ids=lambda row: row["why"])
    def test_all_are_right(self, row: dict[str, str], bank: Bank) -> None:
        verdict = judged(bank, "derive-two-steps-back", row["answer"])
        assert verdict.score == 1, verdict.evidence

    @pytest.mark.parametrize("row", HONEST, ids=lambda row: row["why"])
    def test_none_is_right_with_another_gate(self, row: dict[str, str], bank: Bank) -> None:
        worse = re.sub(r"\bf(?=[_ₜ])", "i", row["answer"])
        assert judged(bank, "derive-two-steps-back", worse).score < 1
