"""Lines that nobody wrote: slips made at random in worked lines, judged as PyTorch judges them."""

import math
import random
import time
from collections.abc import Iterator

import pytest
from test_cells import FUNCTIONS, NAMED, columns, worked_out

from grader.derivation import network
from grader.derivation.lines import read
from grader.derivation.marking import world_of
from grader.derivation.naming import vocabulary
from grader.derivation.target import Target
from grader.derivation.world import World
from grader.diagnosis.edits import edits
from grader.diagnosis.families import OF_A_KEY
from grader.judge import grade
from grader.kinds.derivation import Derivation
from grader.reading.printer import show
from grader.reading.tree import Call, Node
from grader.reading.walk import names, walk
from grader.verdict import Outcome

SLIPS = 25  # tried in every line
TARGETS = {
    "rnn": [Target("h", lag=2), Target("z", lag=2, known=()), Target(state=2)],
    "lstm": [Target("c", lag=2), Target("h", lag=1), Target("c", lag=1, known=()), Target(state=3)],
    "lstm-coupled": [Target("c", lag=2), Target(state=2)],
    "lstm-peephole": [Target("c", lag=2), Target("z_f", lag=1)],
    "gru": [Target("h", lag=2), Target(state=2)],
    "gru-replacing": [Target("h", lag=1), Target("z_r", lag=1), Target(state=2)],
    "gru-reset-after": [Target("h", lag=1), Target("z_z", lag=1), Target(state=2)],
}


def sides(cell: str, target: Target) -> Iterator[tuple[Node, Node]]:
    """The equations of a worked derivation."""
    spec = Derivation(cell, target, last=True)
    text = spec.right_answer()
    head = None
    for line in read(text, vocabulary(world_of(spec), text)):
        head = head if line.continues else line.sides[0]
        assert head is not None
        yield head, line.sides[-1]


def functions(tree: Node) -> set[str]:
    return {one.function for one in walk(tree) if isinstance(one, Call)}


@pytest.mark.parametrize("cell", TARGETS)
def test_a_line_is_true_exactly_where_automatic_differentiation_says_so(cell: str) -> None:
    known = columns(NAMED[cell])
    rows = len(next(iter(known.values())))
    chance = random.Random(cell)
    tried = {True: 0, False: 0}
    for target in TARGETS[cell]:
        net = network.of(World(NAMED[cell], target.steps, last=True))
        for left, right in sides(cell, target):
            slips = [slip.tree for slip in edits(right, OF_A_KEY)]
            for tree in (right, *chance.sample(slips, min(SLIPS, len(slips)))):
                if not {*names(left), *names(tree)} <= known.keys() or functions(tree) - {
                    *FUNCTIONS
                }:
                    continue
                pairs = zip(
                    worked_out(left, known, rows), worked_out(tree, known, rows), strict=True
                )
                truth = all(math.isclose(a, b, rel_tol=1e-7, abs_tol=1e-9) for a, b in pairs)
                assert net.agrees(left, tree) is truth, f"{show(left)} = {show(tree)}"
                tried[truth] += 1
    assert tried[True] >= 3
    assert tried[False] >= 50


@pytest.mark.parametrize("cell", TARGETS)
def test_no_slip_in_a_worked_line_earns_full_marks(cell: str) -> None:
    target = TARGETS[cell][0]
    spec = Derivation(cell, target)
    chance = random.Random(cell)
    lines = spec.right_answer().splitlines()
    for _ in range(12):
        at = chance.randrange(len(lines))
        left, right = lines[at].split("=", 1)
        for new in chance.sample(["+ f_t", "* 2", "- s_t", "* (1 - h_t)"], 2):
            answer = [*lines[:at], f"{left}= ({right.strip()}) {new}", *lines[at + 1 :]]
            if "f_t" in new and "lstm" not in cell:
                continue
            verdict = grade(spec, "\n".join(answer))
            assert verdict.outcome in (Outcome.PARTIAL, Outcome.INCORRECT), answer


HOSTILE = [
    "δc_{t-2} = " + "(" * 5000,
    "δc_{t-2} = " + "δc_t + " * 2500 + "1",
    "\n".join(["δc_{t-1} = δc_t f_t + f_t"] * 700),
    "\n".join(f"δc_{{t-1}} = {k} δc_t f_t" for k in range(700)),
    "=" * 19_000,
    "a" * 19_000,
    "∏" * 9000,
    "c_t = " + "∏_{k=t-1}^{t} " * 300 + "f_k",
    "c_t = " + "Σ_{k=0}^{15} " * 12 + "f_{t-k}",
    "c_t = Σ_{k=0}^{999999999} f_k",
    "c_t = Σ_{k=-99999999999999999999}^{t} f_k",
    "c_t = 9**9**9**9",
    "c_t = " + "tanh(" * 55 + "c_t" + ")" * 55,
    "δc_t = __import__('os').system('true')",
    "c_t = \x1b[31mred\x00\u202e",
    "δc_{t-1} = δc_t/(f_t - f_t)",
    "δc_{t-1} = 0^0",
    "= = =\n; ; ;\n⇒ ⇒\n\\\\ \\\\",
    "∂c_t/∂c_{t-1}/∂c_{t-2} = 1",
    "∂E/∂E = 1",
    "along the cell path " * 900,
    "c_t = c_t = " * 1500 + "c_t",
    "δc_{t-2} = " * 190 + "δc_{t-2}",
    "δc_{t-2} = " * 1700 + "δc_{t-2}",
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:24])
def test_whatever_is_typed_gets_a_verdict_soon(text: str) -> None:
    spec = Derivation("lstm", Target("c", lag=2), step=1)
    begun = time.process_time()
    verdict = grade(spec, text[:20_000])
    assert verdict.outcome in Outcome
    assert not verdict.score
    assert time.process_time() - begun < 5, "seconds; the budgets should keep it below one"


@pytest.mark.parametrize("lag", [8, 12])
def test_far_back(lag: int) -> None:
    for spec in (
        Derivation("lstm", Target("c", lag=lag), path="cell"),
        Derivation("rnn", Target("h", of="h", lag=lag)),
        Derivation("gru", Target(state=lag)),
    ):
        assert grade(spec, spec.right_answer()).outcome is Outcome.CORRECT
