"""`rnnquiz explain` with derived lines: at three widths, aloud, as LaTeX, and K steps back."""

import re
from pathlib import Path
from typing import get_args

import pytest
from rich.console import Console
from terminal import Terminal
from typer.testing import CliRunner, Result
from wording import expect

from cli import words
from cli.app import app
from cli.exits import Exit
from cli.rows import rows
from cli.worked import Steps, spoken, typeset
from grader.cells import CELLS, TooLong, worked
from grader.cells.wish import Slopes
from grader.reading.display import columns
from grader.reading.parser import parse
from grader.reading.vocabulary import Vocabulary
from grader.reading.walk import names
from quizbank.load import load

ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


def run(*arguments: str, width: int = 80) -> Result:
    terminal = {"COLUMNS": str(width), "TERM": "xterm"}
    return CliRunner().invoke(app, ["explain", *arguments], env=terminal, prog_name="rnnquiz")


class TestOnTheScreen:
    @pytest.mark.parametrize("width", [60, 80, 120])
    def test_word_for_word(self, width: int) -> None:
        done = run("gradient-cell-two-back", "--steps", "2", width=width)
        assert done.exit_code == Exit.DONE
        expect(
            f"explain-steps-{width}",
            "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines()),
        )

    def test_a_question_brings_its_own_steps_after_its_solution(self) -> None:
        said = run("gradient-along-the-cell").stdout
        assert 0 < said.index("Solution") < said.index("Step by step")
        assert "the same, one step earlier" in said

    def test_each_part_has_its_own(self) -> None:
        said = run("gradient-of-the-layers").stdout
        assert [f"Step by step to {part}/4" in said for part in range(1, 5)] == [True] * 4

    def test_a_question_without_a_cell_is_explained_as_before(self) -> None:
        assert "Step by step" not in run("keras-text-classifier").stdout

    @pytest.mark.parametrize("width", [60, 80, 120])
    def test_nothing_is_wider_than_the_window(self, width: int) -> None:
        bank, _ = load()
        for name in bank.ids:
            for wish in bank.wishes(name).values():
                console = Console(width=width, color_system=None)
                with console.capture() as captured:
                    console.print(Steps(wish.steps))
                assert all(columns(line) <= width for line in captured.get().splitlines()), name

    @pytest.mark.parametrize("columns_", [60, 80, 120])
    def test_in_a_terminal(self, tmp_path: Path, columns_: int) -> None:
        command = ("explain", "gradient-cell-one-back", "--steps", "1")
        shown = Terminal(*command, folder=tmp_path, columns=columns_)
        assert shown.leave() == Exit.DONE
        assert "where arrows meet, contributions add" in shown.text
        assert ESCAPES.search(shown.raw)

    def test_without_colour(self, tmp_path: Path) -> None:
        command = ("explain", "gradient-cell-one-back", "--steps", "1")
        shown = Terminal(*command, folder=tmp_path, NO_COLOR="1")
        assert shown.leave() == Exit.DONE
        assert "tanh′ = 1 − tanh²" in shown.text
        assert not re.search(r"\x1b\[[0-9;]*3[0-9]m", shown.raw)

    def test_where_only_ascii_can_be_shown(self, tmp_path: Path) -> None:
        command = ("explain", "gradient-along-the-cell", "--steps", "1")
        shown = Terminal(*command, folder=tmp_path, PYTHONUTF8="0", PYTHONIOENCODING="ascii")
        assert shown.leave() == Exit.DONE
        assert "3. deltac_{t-1} = deltac_t*f_t  (put in)" in shown.text


def test_what_slopes_mean_is_always_said() -> None:
    assert set(words.SLOPES) == set(get_args(Slopes))


class TestStepsBack:
    def test_any_number(self) -> None:
        for back in (0, 1, 5, 12):
            done = run("gradient-along-the-cell", "--steps", str(back), "--plain")
            assert done.exit_code == Exit.DONE
            assert f"{back} step" in done.stdout
            factors = "*".join(["f_t", *(f"f_{{t-{one}}}" for one in range(1, back))][:back])
            assert f"= {'*'.join(filter(None, ['δc_t', factors]))}  (" in done.stdout

    def test_a_state_as_well(self) -> None:
        said = run("cell-two-steps-back", "--steps", "3", "--plain").stdout
        assert "c_t = f_t*f_{t-1}*f_{t-2}*c_{t-3} + f_t*f_{t-1}*i_{t-2}*g_{t-2}" in said

    @pytest.mark.parametrize(
        ("arguments", "told"),
        [
            (
                ("gradient-cell-two-back", "--steps", "40"),
                "one line of this would have more than 400 letters and signs;"
                " --steps 19 can still be read",
            ),
            (
                ("gradient-along-the-cell", "--steps", "65"),
                "lag is 65; give 0 to 64 steps",
            ),
            (
                ("keras-text-classifier", "--steps", "2"),
                words.nothing_derived("keras-text-classifier"),
            ),
            (("keras-text-classifier", "--latex"), words.nothing_derived("keras-text-classifier")),
        ],
        ids=str,
    )
    def test_what_cannot_be_shown(self, arguments: tuple[str, ...], told: str) -> None:
        done = run(*arguments)
        assert (done.exit_code, done.stdout) == (Exit.UNREADABLE, "")
        assert done.stderr.strip() == told

    def test_the_most_that_is_named_can_be_shown(self) -> None:
        assert run("gradient-cell-two-back", "--steps", "19").exit_code == Exit.DONE
        with pytest.raises(TooLong):
            worked("lstm", "c", lag=20)


class TestADerivation:
    """A question that asks for the lines themselves has the same target, and the same lines."""

    @pytest.mark.parametrize(
        ("target", "last"),
        [
            ("{cell: lstm, target: {by: c, lag: 2}, path: cell}", "δc_{t-4} = δc_t*f_t*f_{t-1}"),
            ("{cell: gru, target: {state: 1}, path: total}", "h_t = z_t*z_{t-1}"),
            ("{cell: rnn, target: {of: h, by: h, lag: 2}}", "∂h_t/∂h_{t-4} = u^4*(1 - h_t^2)"),
        ],
    )
    def test_it_unrolls(self, tmp_path: Path, target: str, last: str) -> None:
        question = f"{{id: q, title: T, topics: [rnn], level: 3, prompt: p, derivation: {target}}}"
        (tmp_path / "q.yaml").write_text(f"- {question}", encoding="utf-8")
        done = run("q", "--steps", "4", "--plain", "--bank", str(tmp_path / "q.yaml"))
        assert done.exit_code == Exit.DONE
        assert f" {last}" in done.stdout.splitlines()[-1]


class TestOtherForms:
    def test_latex(self) -> None:
        assert run("gradient-along-the-cell", "--latex").stdout.splitlines() == [
            r"\begin{aligned}",
            r"\delta c_{t-2} &= \delta c_{t} \cdot \frac{\partial c_{t}}{\partial c_{t-1}} \cdot"
            r" \frac{\partial c_{t-1}}{\partial c_{t-2}} && \text{chain rule, gates held fixed} \\",
            r"\frac{\partial c_{t}}{\partial c_{t-1}} &= f_{t} && \text{product rule} \\",
            r"\frac{\partial c_{t-1}}{\partial c_{t-2}} &= f_{t-1} &&"
            r" \text{the same, one step earlier} \\",
            r"\delta c_{t-2} &= \delta c_{t} \cdot f_{t} \cdot f_{t-1} && \text{put in}",
            r"\end{aligned}",
        ]

    def test_latex_is_ascii_and_balanced(self) -> None:
        for cell in CELLS:
            text = "\n".join(typeset(worked(cell.name, cell.carrier, lag=2)))
            assert text.isascii()
            assert text.count("{") == text.count("}")

    def test_aloud(self) -> None:
        steps = worked("lstm", "z_f")
        assert list(spoken(steps))[1] == (
            "2. ∂c_t/∂f_t = c_{t-1}  (product rule, in c_t = f_t*c_{t-1} + i_t*g_t)"
        )

    def test_aloud_without_a_question(self) -> None:
        said = run("gradient-along-the-cell", "--steps", "1", "--plain").stdout
        assert said.splitlines() == [
            "Step by step, 1 step back:",
            "1. δc_{t-1} = δc_t*(∂c_t/∂c_{t-1})  (chain rule, gates held fixed)",
            "2. ∂c_t/∂c_{t-1} = f_t  (product rule, in c_t = f_t*c_{t-1} + i_t*g_t)",
            "3. δc_{t-1} = δc_t*f_t  (put in)",
        ]


class TestRows:
    LONG = "δc_t*f_t*f_{t-1} + (a + b*c)*d - o_t*(1 - tanh(c_t)^2)*f_t*f_{t-1}*f_{t-2}*f_{t-3}"

    @pytest.mark.parametrize("width", [16, 20, 33, 60])
    def test_every_row_fits_and_nothing_is_lost(self, width: int) -> None:
        tree = parse(self.LONG, Vocabulary((), any_name=True)).tree
        found = rows(tree, width)
        assert all(row.width <= width for row in found)
        together = "".join("".join(row.lines) for row in found).replace(" ", "")
        whole = "".join("".join(row.lines) for row in rows(tree, 500)).replace(" ", "")
        assert together == whole
        assert names(tree)
