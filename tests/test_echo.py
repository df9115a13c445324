"""How a formula was read, as a learner sees it: drawn where it fits, the other reading named."""

from pathlib import Path

import pytest
from terminal import ENTER, Terminal

from cli.commands import compare

BANK = Path(__file__).parent / "banks" / "terminal.yaml"
TAKE = ("take", "the-new-cell-state", "--seed", "0", "--bank", str(BANK), "--data", "data")


def take(folder: Path, columns: int, answer: str) -> Terminal:
    terminal = Terminal(*TAKE, folder=folder, columns=columns)
    terminal.see("A formula in")
    terminal.type(answer, ENTER)
    terminal.see("read as")
    terminal.see("Not right")
    return terminal


@pytest.mark.parametrize("columns", [40, 60, 80])
def test_a_fraction_is_drawn_under_the_answer(tmp_path: Path, columns: int) -> None:
    terminal = take(tmp_path, columns, "(f_t + i_t)/(1/c_<t-1> + (i_t+g_t)/(f_t+c_<t-1>))")
    shown = terminal.lines
    first = next(place for place, line in enumerate(shown) if "read as" in line)
    bar = shown[first].index("─")
    assert shown[first].startswith("    read as  ─")
    assert shown[first - 1].strip() == "fₜ + iₜ"
    assert [line[:bar].strip() for line in shown[first + 1 : first + 4]] == ["", "", ""]
    assert shown[first + 3].split() == ["cₜ₋₁", "fₜ", "+", "cₜ₋₁"]


@pytest.mark.parametrize(("columns", "drawn"), [(40, False), (60, False), (80, True)])
def test_what_is_too_wide_stays_a_line(tmp_path: Path, columns: int, drawn: bool) -> None:
    answer = "f_t/i_t + i_t*g_t + " * 2 + "tanh(c_<t-1> + f_t + i_t)"
    shown = take(tmp_path, columns, answer).text
    assert ("──" in shown.partition("read as")[2].partition("Not right")[0]) is drawn
    assert all(len(line) <= columns for line in shown.split("\n"))


@pytest.mark.parametrize("columns", [40, 60, 80])
def test_the_reading_that_was_not_taken_is_named(tmp_path: Path, columns: int) -> None:
    terminal = take(tmp_path, columns, "tanh f_t^2")
    said = " ".join(terminal.text.split())
    assert "tanh(fₜ²)" in said
    assert "Note: read as tanh(f_t^2), not as tanh(f_t)^2" in said


def test_compare_names_the_reading_that_was_not_taken(capsys: pytest.CaptureFixture[str]) -> None:
    compare.run(compare.Request("a/(b*c)", "a/bc"), as_json=False)
    assert capsys.readouterr().out.splitlines()[-1].strip() == "read as a/b*c, not as a/(b*c)"
