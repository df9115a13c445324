"""What stands under a prompt while an answer is typed, and the keys that work there."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from terminal import CTRL_C, DOWN, ENTER, ROOT, UP, Terminal

from cli.beneath import Room, beneath, completions
from cli.completing import Words
from cli.understood import understood
from grader.kinds.expression import Expression
from grader.kinds.number import Number
from quizbank.load import load
from quizbank.record.history import History, Past

BANK = Path(__file__).parent / "banks" / "terminal.yaml"
TAB, CTRL_U, CTRL_A, ALT_ENTER = "\t", "\x15", "\x01", "\x1b\r"
PASTE = "\x1b[200~{}\x1b[201~"


def take(folder: Path, *names: str, columns: int = 80, rows: int = 200) -> Terminal:
    where = ("--seed", "0", "--bank", str(BANK), "--data", "data")
    return Terminal("take", *names, *where, folder=folder, columns=columns, rows=rows)


def asked(folder: Path, name: str, columns: int = 80, rows: int = 200) -> Terminal:
    terminal = take(folder, name, columns=columns, rows=rows)
    terminal.see(":q quit")
    return terminal


def leave(terminal: Terminal) -> None:
    terminal.type(CTRL_C)
    assert terminal.leave() == 0


@pytest.mark.parametrize("columns", [40, 60, 80, 120])
def test_a_formula_is_drawn_while_it_is_typed(tmp_path: Path, columns: int) -> None:
    terminal = asked(tmp_path, "the-new-cell-state", columns)
    terminal.type("f_t/(i_t + g_t")
    terminal.see("iₜ + gₜ")
    typed, over, bar, under = terminal.lines[-4:]
    assert typed == "  › f_t/(i_t + g_t"
    assert bar == "    read as  ─────── …"
    assert (over.strip(), under.strip()) == ("fₜ", "iₜ + gₜ")
    leave(terminal)


def test_what_is_typed_never_moves(tmp_path: Path) -> None:
    terminal = asked(tmp_path, "the-new-cell-state", rows=24)
    places = set()
    for key in "f_t/(i_t + g_t) * * 2":
        terminal.type(key)
        terminal.see(f"{key}", times=1)
        places |= {n for n, line in enumerate(terminal.screen) if line.startswith("  › ")}
    terminal.see("something is missing")
    assert len(places) == 1
    leave(terminal)


def test_a_caret_stands_under_its_cause(tmp_path: Path) -> None:
    terminal = asked(tmp_path, "the-new-cell-state")
    terminal.type("f_t + q_t * g_t")
    terminal.see("q_t is not one of the names")
    typed, caret, said = terminal.lines[-3:]
    assert typed[caret.index("^") :][: caret.count("^")] == "q_t"
    assert said.strip() == "q_t is not one of the names used here; did you mean i_t?"
    leave(terminal)


def test_what_is_half_typed_is_no_fault() -> None:
    """No beginning of any answer of the bank, right or wrong, is called a mistake."""
    bank, _ = load()
    specs = [part.spec for name in bank.ids for part in bank.question(name).parts]
    typed = [spec for spec in specs if isinstance(spec, Expression | Number)]
    assert len(typed) > 100
    for spec in typed:
        for answer in (spec.right_answer(), *(wrong for wrong, _ in spec.wrong_answers())):
            for end in range(len(answer) + 1):
                assert not understood(spec, answer[:end]).fault, answer[:end]
            assert understood(spec, answer).line


@pytest.mark.parametrize("height", [1, 2, 3, 5])
@pytest.mark.parametrize("typed", ["f_t/2", "f_t + * 2", "q*f_t", "f_t +", "x" * 300, "\x1b[2J"])
def test_the_room_is_never_overrun(typed: str, height: int) -> None:
    spec = Expression("f_t/2", ("f_t",))
    room = Room(38, height, 4)
    shown = "".join(part[1] for part in beneath(typed, understood(spec, typed), (), room))
    rows = shown.split("\n")
    assert len(rows) <= height
    assert all(len(row) <= 38 for row in rows)
    assert "\x1b" not in shown


def test_completions_stay_in_one_row() -> None:
    offered = [f"name_{number}" for number in range(40)]
    for chosen in (None, 0, 20, 39):
        shown = "".join(part[1] for part in completions(offered, chosen, Room(40, 1, 4)))
        assert len(shown) <= 40
        assert chosen is None or offered[chosen] in shown


def test_tab_completes_names_functions_and_greek(tmp_path: Path) -> None:
    terminal = asked(tmp_path, "the-new-cell-state")
    terminal.type("tan", TAB)
    terminal.see("tanh(")
    terminal.type(CTRL_U, "c", TAB)
    terminal.see("c_{t-1}  cos(  cosh(  ceil(")
    terminal.type(TAB)
    terminal.see("› c_{t-1}")
    terminal.type(CTRL_U, r"\alp", TAB)
    terminal.see(r"› \alpha")
    leave(terminal)
    assert Words(("δc_t",)).beginning("delta_c") == ["δc_t"]


def test_lines_that_are_pasted_become_one(tmp_path: Path) -> None:
    terminal = asked(tmp_path, "the-new-cell-state")
    terminal.type(PASTE.format("f_t c_<t-1>\r+ i_t g_t"))
    terminal.see("read as  fₜ·cₜ₋₁ + iₜ·gₜ")
    terminal.type(ENTER)
    terminal.see("✓ Right")
    leave(terminal)


def test_a_very_long_answer_is_read(tmp_path: Path) -> None:
    terminal = asked(tmp_path, "the-new-cell-state", columns=40, rows=24)
    answer = " + ".join(["f_t*c_{t-1}"] * 143)
    assert len(answer) > 1990
    terminal.type(PASTE.format(answer))
    terminal.see("fₜ·cₜ₋₁")
    terminal.type(ENTER)
    terminal.see("Enter for the summary")
    leave(terminal)


def test_wide_letters_keep_the_caret_in_place(tmp_path: Path) -> None:
    terminal = asked(tmp_path, "the-new-cell-state")
    terminal.type("f_t*中*g_t")
    terminal.see("^^")
    leave(terminal)


def test_a_verdict_waits_for_no_module() -> None:
    """What was loaded while a learner read is enough for every answer of the bank."""
    code = (
        "import sys, tests.bench.session as bench\n"
        "from cli import warming\n"
        "from quizbank.load import load\n"
        "import cli.asking, cli.screen, cli.sitting\n"
        "warming.load()\n"
        "bank, _ = load()\n"
        "questions = list(map(bank.question, bank.ids))\n"
        "before = set(sys.modules)\n"
        "for question in questions:\n"
        "    for part in question.parts:\n"
        "        for answer in bench.answers(part):\n"
        "            question.mark({part.id: answer})\n"
        "print(sorted(set(sys.modules) - before), 'sympy' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[] False\n"


class TestKeys:
    @pytest.mark.parametrize("name", ["shared-weights", "the-gates", "weights-of-a-layer"])
    def test_they_stand_in_one_row_of_40_columns(self, tmp_path: Path, name: str) -> None:
        terminal = asked(tmp_path, name, columns=40)
        assert "  ? free hint :s skip :q quit :k keys" in terminal.lines
        leave(terminal)

    def test_what_is_skipped_comes_back_once(self, tmp_path: Path) -> None:
        terminal = take(tmp_path, "shared-weights", "the-gates")
        terminal.see("b) It doubles.")
        terminal.type(":s")
        terminal.see("it comes back at the end")
        terminal.see("○ c) reset gate")
        terminal.type("a", "b", ENTER)
        terminal.see("Enter for question 1 of 2")
        assert [one.question for one in answers(tmp_path)] == ["the-gates"]
        terminal.type(ENTER)
        terminal.see("1 of 2 ─", times=2)
        terminal.see("b) It doubles.")
        terminal.type(":s")
        terminal.see("Enter for the summary")
        terminal.type(ENTER)
        terminal.see("1 answered · 1 skipped")
        assert terminal.leave() == 0
        assert [one.question for one in answers(tmp_path)] == ["the-gates", "shared-weights"]

    def test_a_flag_is_found_at_the_end(self, tmp_path: Path) -> None:
        terminal = asked(tmp_path, "weights-of-a-layer")
        terminal.type(":f", ENTER)
        terminal.see("Flagged")
        terminal.type("1568", ENTER)
        terminal.see("And the layer?")
        terminal.type("6272", ENTER)
        terminal.see("Enter for the summary")
        terminal.type(ENTER)
        terminal.see("Try what you flagged  rnnquiz take weights-of-a-layer --count 1")
        assert terminal.leave() == 0

    def test_names_and_keys_are_shown(self, tmp_path: Path) -> None:
        terminal = asked(tmp_path, "the-new-cell-state", columns=40)
        terminal.type(":n", ENTER)
        terminal.see("Names: c_{t-1}, f_t, i_t, g_t")
        terminal.type(":k", ENTER)
        terminal.see(":r  show the question again")
        terminal.see("Ctrl-W Ctrl-_  delete a word, undo")
        leave(terminal)


LINES = ("c_t = f_t c_{t-1} + i_t g_t", "= f_t (f_{t-1} c_{t-2} + i_t g_t) + i_t g_t")


DERIVED = ("take", "derive-cell-two-steps-back", "--seed", "0")


class TestLines:
    def begun(self, folder: Path, columns: int = 80) -> Terminal:
        terminal = Terminal(*DERIVED, "--data", "data", folder=folder, columns=columns)
        terminal.see(":m marks")
        terminal.type(LINES[0], ENTER, LINES[1])
        terminal.see("read as  = fₜ·(fₜ₋₁·cₜ₋₂ + iₜ·gₜ) + iₜ·gₜ")
        return terminal

    def test_they_are_edited_as_lines_and_marked_on_request(self, tmp_path: Path) -> None:
        terminal = self.begun(tmp_path)
        assert f"    1 {LINES[0]}" in terminal.lines
        terminal.type(ENTER, ":m", ENTER)
        terminal.see("✗ 2 = f_t")
        terminal.see("does not hold")
        terminal.see(f"✓ 1 {LINES[0]}")
        terminal.type(UP, CTRL_U, "= f_t (f_{t-1} c_{t-2} + i_{t-1} g_{t-1}) + i_t g_t", DOWN)
        terminal.type("c_t = f_t f_{t-1} c_{t-2} + f_t i_{t-1} g_{t-1} + i_t g_t", ENTER, ENTER)
        terminal.see("✓ Right  1 of 1 point")
        terminal.see("holds", times=4)
        leave(terminal)
        (answer,) = answers(tmp_path)
        assert (answer.hints, answer.answer.count("\n")) == (1, 2)

    def test_a_mark_goes_when_its_line_changes(self, tmp_path: Path) -> None:
        terminal = self.begun(tmp_path)
        terminal.type(ENTER, ":m", ENTER)
        terminal.see("✗ 2 = f_t")
        terminal.type(UP, CTRL_A, "  ")
        terminal.see("    2   = f_t")
        assert f"  ✓ 1 {LINES[0]}" in terminal.lines
        leave(terminal)

    def test_a_hint_takes_no_line_away(self, tmp_path: Path) -> None:
        terminal = self.begun(tmp_path)
        terminal.type(ENTER, "?", ENTER)
        terminal.see("Hint 1 of 2")
        terminal.see(f"    2 {LINES[1]}")
        terminal.type(ALT_ENTER)
        terminal.see("✗ Not right")
        leave(terminal)

    def test_a_line_goes_with_its_end(self, tmp_path: Path) -> None:
        terminal = self.begun(tmp_path)
        terminal.type(CTRL_U, CTRL_U)
        terminal.see("read as  cₜ = fₜ·cₜ₋₁ + iₜ·gₜ")
        assert "    2" not in terminal.text
        leave(terminal)

    def test_line_by_line_they_are_heard(self, tmp_path: Path) -> None:
        typed = "\n".join([LINES[0], ":m", LINES[1], "?", ":m", "", ""])
        done = subprocess.run(
            [sys.executable, "-m", "cli", *DERIVED, "--data", str(tmp_path), "--plain"],
            input=typed,
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=True,
        )
        said = done.stdout
        assert said.count("Line 1: holds.") == 3
        assert said.count("Line 2: does not hold.") == 2
        assert "Hint 1 of 2" in said
        assert "Line 2 is the first that does not hold." in said


class TestAfterwards:
    def answered(self, folder: Path) -> Terminal:
        terminal = asked(folder, "weights-of-a-layer")
        terminal.type("1568", ENTER)
        terminal.see("And the layer?")
        terminal.type("6272", ENTER)
        terminal.see("v with other numbers")
        return terminal

    def test_v_asks_the_same_with_other_numbers(self, tmp_path: Path) -> None:
        terminal = self.answered(tmp_path)
        terminal.type("v")
        terminal.see("features with", times=2)
        assert len({line for line in terminal.lines if "features with" in line}) == 2
        terminal.type("1", ENTER)
        terminal.see("And the layer?", times=2)
        leave(terminal)
        assert len({one.seed for one in answers(tmp_path)}) == 2

    def test_a_variant_is_not_in_the_file_of_answers(self, tmp_path: Path) -> None:
        where = ("--seed", "0", "--bank", str(BANK), "--data", "data", "--save", "me.json")
        terminal = Terminal("take", "weights-of-a-layer", *where, folder=tmp_path)
        terminal.see(":q quit")
        terminal.type("1568", ENTER)
        terminal.see("And the layer?")
        terminal.type("6272", ENTER)
        terminal.see("v with")
        terminal.type("v")
        terminal.see("one gate have?", times=2)
        terminal.type("1", ENTER)
        terminal.see("And the layer?", times=2)
        leave(terminal)
        saved = json.loads((tmp_path / "me.json").read_text())
        assert saved["answers"] == {"weights-of-a-layer": {"gate": "1568", "layer": "6272"}}

    def test_e_explains_in_full(self, tmp_path: Path) -> None:
        where = ("--seed", "0", "--data", "data")
        terminal = Terminal("take", "cell-two-steps-back", *where, folder=tmp_path)
        terminal.see(":q quit")
        terminal.type("f_t", ENTER)
        terminal.see("e explain")
        terminal.type("e")
        terminal.see("Step by step")
        terminal.see("Enter for the summary")
        terminal.type("q")
        assert terminal.leave() == 0

    def test_the_arrow_up_brings_back_earlier_answers(self, tmp_path: Path) -> None:
        terminal = self.answered(tmp_path)
        terminal.type("v")
        terminal.see("one gate have?", times=2)
        terminal.see("Type, then Enter")
        terminal.type(UP)
        terminal.see("read as  1568")
        leave(terminal)


def answers(folder: Path) -> list[Past]:
    kept = History(folder / "data")
    try:
        return list(kept.answers())
    finally:
        kept.close()
