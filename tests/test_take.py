"""`take` as a learner meets it: in a (pseudo) terminal, and line by line through a pipe."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from terminal import BACKSPACE, CTRL_C, CTRL_D, CTRL_Z, DOWN, ENTER, ROOT, SPACE, UP, Terminal
from wording import expect

from grader.verdict import Outcome
from quizbank.record.history import History, Past

BANK = Path(__file__).parent / "banks" / "terminal.yaml"
ANSWERED = {  # in the order asked with seed 0: what to type, and what comes of it
    ("shared-weights", ""): ("b", Outcome.INCORRECT),
    ("a-step-in-order", ""): ("c, b, a", Outcome.CORRECT),
    ("the-gates", ""): ("a", Outcome.PARTIAL),
    ("weights-of-a-layer", "gate"): ("1536", Outcome.PARTIAL),
    ("weights-of-a-layer", "layer"): ("6144", Outcome.PARTIAL),
    ("trouble-and-cure", ""): ("b, a", Outcome.CORRECT),
    ("why-they-vanish", ""): ("A product of Jacobians.\n", Outcome.UNDECIDED),
    ("the-new-cell-state", ""): ("f_t c_<t-1> + i_t g_t", Outcome.CORRECT),
}


def options(*further: str) -> list[str]:
    return ["take", "--seed", "0", "--bank", str(BANK), "--data", "data", *further]


def plain(
    folder: Path, typed: str | bytes, *further: str, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """A sitting through a pipe."""
    return subprocess.run(
        [sys.executable, "-m", "cli", *options("--plain", *further)],
        input=typed.encode() if isinstance(typed, str) else typed,
        capture_output=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **environment},
        timeout=60,
        check=False,
    )


def history(folder: Path) -> list[Past]:
    kept = History(folder / "data")
    try:
        return list(kept.answers())
    finally:
        kept.close()


def summary(terminal: Terminal) -> None:
    """Go on from the last question."""
    terminal.see("Enter for the summary")
    terminal.type(ENTER)
    terminal.see("Summary")


def outcomes(folder: Path) -> dict[tuple[str, str], Outcome]:
    return {(one.question, one.part): one.outcome for one in history(folder)}


class TestLineByLine:
    def test_a_whole_sitting_word_for_word(self, tmp_path: Path) -> None:
        typed = "".join(
            f"{line}\n"
            for line in (
                "?",
                "?",
                "b",
                ":skip",
                "z",
                "a, b",
                "6 x",
                "1536",
                "6144",
                "1 = b; 2 = a",
                "It is a product of Jacobians,",
                "and those are small.",
                "",
                "f_t c_<t-1> + i_t",
                ":f",
                ":n",
                ":k",
                ":s",
            )
        )
        done = plain(tmp_path, typed)
        assert (done.returncode, done.stderr) == (0, b"")
        text = done.stdout.decode().replace(str(BANK), "BANK")
        expect("take-plain", text)

    @pytest.mark.parametrize("answers", range(len(ANSWERED)))
    def test_the_input_may_end_at_any_prompt(self, tmp_path: Path, answers: int) -> None:
        given = list(ANSWERED.items())[:answers]
        done = plain(tmp_path, "".join(f"{typed}\n" for _, (typed, _) in given))
        assert done.returncode == 0
        assert b"Stopped here; what you answered is kept." in done.stdout
        assert outcomes(tmp_path) == {part: outcome for part, (_, outcome) in given}

    def test_the_same_seed_gives_the_same_transcript(self, tmp_path: Path) -> None:
        assert plain(tmp_path, "a\n").stdout == plain(tmp_path, "a\n").stdout

    def test_another_seed_draws_other_numbers(self, tmp_path: Path) -> None:
        first, second = (
            plain(tmp_path, "", "weights-of-a-layer", "--seed", seed).stdout for seed in "15"
        )
        assert first != second

    def test_check_reads_what_was_saved(self, tmp_path: Path) -> None:
        plain(
            tmp_path, "".join(f"{typed}\n" for typed, _ in ANSWERED.values()), "--save", "me.yaml"
        )
        sheet = yaml.safe_load((tmp_path / "me.yaml").read_text())
        assert sheet["answers"]["weights-of-a-layer"] == {"gate": "1536", "layer": "6144"}
        checked = subprocess.run(
            [
                sys.executable,
                "-m",
                "cli",
                "check",
                "me.yaml",
                "--bank",
                str(BANK),
                "--format",
                "jsonl",
            ],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
        )
        records = [json.loads(line) for line in checked.stdout.splitlines()]
        marked = {(one["question"], one["part"]): Outcome(one["outcome"]) for one in records}
        assert marked == outcomes(tmp_path)

    def test_a_file_that_is_there_is_never_overwritten(self, tmp_path: Path) -> None:
        (tmp_path / "me.yaml").write_text("mine")
        done = plain(tmp_path, "b\n", "--save", "me.yaml")
        assert (done.returncode, done.stdout) == (2, b"")
        assert done.stderr == b"me.yaml: is there already; give another name\n"
        assert (tmp_path / "me.yaml").read_text() == "mine"

    @pytest.mark.parametrize(
        ("asked", "said"),
        [
            (["rnm"], "no topic or question is called 'rnm'; did you mean rnn?\n"),
            (["--kind", "nubmer"], "no kind of answer is called 'nubmer'; did you mean number?\n"),
            (["rnn", "--kind", "number"], "no question fits all of that; ask for less\n"),
            (["--save", "a.txt"], "a.txt: answers are saved as .yaml or .yml or .json\n"),
            (["--save", "no/a.yaml"], "no/a.yaml: there is no folder no\n"),
        ],
    )
    def test_what_cannot_be_asked_is_said(
        self, tmp_path: Path, asked: list[str], said: str
    ) -> None:
        done = plain(tmp_path, "", *asked)
        assert (done.returncode, done.stdout, done.stderr.decode()) == (2, b"", said)

    def test_a_bank_that_cannot_be_read_is_said(self, tmp_path: Path) -> None:
        done = plain(tmp_path, "", "--bank", "nowhere")
        assert (done.returncode, done.stdout) == (2, b"")
        assert b"nowhere:1: no-file: there is no such file or folder" in done.stderr

    def test_nothing_typed_can_steer_the_terminal(self, tmp_path: Path) -> None:
        done = plain(tmp_path, b"\x1b[2J\x1b]0;title\x07\xff\nb\n")
        assert done.returncode == 0
        assert b"\x1b" not in done.stdout
        assert b"\x07" not in done.stdout
        assert outcomes(tmp_path) == {("shared-weights", ""): Outcome.INCORRECT}

    def test_an_ascii_terminal_gets_ascii(self, tmp_path: Path) -> None:
        done = plain(tmp_path, "a\n:q\n", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
        assert done.returncode == 0
        assert done.stdout.isascii()
        assert b"h_t = tanh(W x_t + U h_{t-1} + b)" in done.stdout

    def test_every_arrangement_says_how_many_letters(self, tmp_path: Path) -> None:
        said = plain(tmp_path, "", "trouble-and-cure").stdout.decode()
        assert "Type 2 letters, one for each place in order, such as: b, a." in said
        assert "Any may be used again." in said

    def test_a_reader_that_has_seen_enough_is_no_fault(self, tmp_path: Path) -> None:
        child = subprocess.Popen(
            [sys.executable, "-m", "cli", *options("--plain")],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert child.stdout is not None
        child.stdout.close()
        _, complaints = child.communicate(timeout=60)
        assert (child.returncode, complaints) == (-signal.SIGPIPE, b"")

    def test_a_narrow_terminal_breaks_no_word(self, tmp_path: Path) -> None:
        terminal = Terminal(*options("--plain"), folder=tmp_path, columns=40)
        terminal.see("Answer:")
        words = {word for line in terminal.lines for word in line.split()}
        assert {"shared", "number", "weights?", ":s", "skip"} <= words
        terminal.type(CTRL_C)
        assert terminal.leave() == 0

    def test_an_ascii_screen_is_talked_to_line_by_line(self, tmp_path: Path) -> None:
        terminal = Terminal(*options(), folder=tmp_path, PYTHONUTF8="0", PYTHONIOENCODING="ascii")
        terminal.see("Answer:")
        assert terminal.text.isascii()
        terminal.type(CTRL_C)
        assert terminal.leave() == 0

    def test_a_dumb_terminal_is_talked_to_line_by_line(self, tmp_path: Path) -> None:
        terminal = Terminal(*options(), folder=tmp_path, TERM="dumb")
        terminal.see("Answer:")
        terminal.type("b\n")
        terminal.see("Not right: 0 of 1 point.")
        terminal.type(CTRL_C)
        assert terminal.leave() == 0
        assert "\x1b" not in terminal.raw
        assert outcomes(tmp_path) == {("shared-weights", ""): Outcome.INCORRECT}


class TestScreen:
    def test_a_whole_sitting(self, tmp_path: Path) -> None:
        terminal = Terminal(*options("--save", "me.json"), folder=tmp_path)
        terminal.see("shared over time")
        terminal.type("?")
        terminal.see("Which matrices would step 6 use?")
        terminal.type(DOWN, ENTER)
        terminal.see("✗ Not right  0 of 1 point")
        terminal.see("Known misconception: weights counted once per time step")
        terminal.see("hₜ = tanh(W xₜ + U hₜ₋₁ + b)")
        terminal.type(ENTER)
        terminal.see("→ 1st")
        terminal.type("a", ENTER, BACKSPACE, "c", ENTER, "b", ENTER)
        terminal.see("✓ Right", times=1)
        terminal.type(ENTER)
        terminal.see("› ○ a) forget gate")
        terminal.type(ENTER)
        terminal.see("Tick with space or a letter first.")
        terminal.type(SPACE, "b", "c", "c", ENTER)
        terminal.see("✓ Right", times=2)
        terminal.type(ENTER)
        terminal.see("one gate have?")
        terminal.type("1536*", ENTER)
        terminal.see("! Could not be read")
        terminal.see("Type, then Enter")
        terminal.type(UP)
        terminal.see("1536*", times=3)  # what was typed, the caret's line, and back to be edited
        terminal.type(BACKSPACE, ENTER)
        terminal.see("◐ Partly right  0.5 of 1 point")
        terminal.type("6144", ENTER)
        terminal.see("It follows rightly from your own value (gate = 1536).")
        terminal.type(ENTER)
        terminal.see("→ gradients vanish")
        terminal.type("b", ENTER, "a", ENTER)
        terminal.see("✓ Right", times=3)
        terminal.type(ENTER)
        terminal.see("One sentence will do.")
        terminal.type("A product of Jacobians,", ENTER, "many of them.", ENTER, ENTER)
        terminal.see("? A person must look")
        terminal.type(ENTER)
        terminal.see("A formula in c_{t-1}, f_t, i_t, g_t")
        terminal.type("f_t c_<t-1> + i_t", ENTER)
        terminal.see("read as  fₜ·cₜ₋₁ + iₜ")
        summary(terminal)
        terminal.see("5 of 9 points")
        assert terminal.leave() == 0
        assert [one.hints for one in history(tmp_path)][:2] == [1, 0]
        assert list(outcomes(tmp_path)) == list(ANSWERED)
        saved = yaml.safe_load((tmp_path / "me.json").read_text())
        assert saved["answers"]["the-gates"] == "forget, output"
        assert saved["answers"]["why-they-vanish"] == "A product of Jacobians,\nmany of them."

    @pytest.mark.parametrize("key", [CTRL_C, CTRL_D, ":q"])
    @pytest.mark.parametrize(
        ("question", "prompt"),
        [
            ("shared-weights", "a) "),
            ("the-gates", "a) "),
            ("a-step-in-order", "→ 1st"),
            ("weights-of-a-layer", "Type, then Enter"),
            ("why-they-vanish", "Type; an empty line ends it"),
        ],
        ids=["pick one", "pick many", "arrange", "one line", "several lines"],
    )
    def test_every_prompt_can_be_left(
        self, tmp_path: Path, key: str, question: str, prompt: str
    ) -> None:
        terminal = Terminal(*options(question), folder=tmp_path)
        terminal.see(prompt)
        terminal.type(key)
        if key == ":q" and "ype" in prompt:
            terminal.type(ENTER)
        terminal.see("Stopped here; what you answered is kept.")
        assert terminal.leave() == 0
        assert history(tmp_path) == []

    def test_what_was_answered_before_leaving_is_kept(self, tmp_path: Path) -> None:
        terminal = Terminal(*options("--save", "me.yaml"), folder=tmp_path)
        terminal.see("a) ")
        terminal.type("a", ENTER)
        terminal.see("Enter for question 2")
        assert outcomes(tmp_path) == {("shared-weights", ""): Outcome.CORRECT}  # already on disk
        terminal.type(CTRL_C)
        terminal.see("Stopped here; what you answered is kept.")
        assert terminal.leave() == 0
        assert yaml.safe_load((tmp_path / "me.yaml").read_text())["answers"] == {
            "shared-weights": "same"
        }

    @pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
    @pytest.mark.parametrize(
        ("question", "prompt"),
        [
            ("the-gates", "forget gate"),
            ("a-step-in-order", "→ 1st"),
            ("weights-of-a-layer", "Type, then Enter"),
            ("why-they-vanish", "Type; an empty line ends it"),
        ],
        ids=["pick many", "arrange", "one line", "several lines"],
    )
    def test_leaving_any_prompt_keeps_the_answers_before_it(
        self, tmp_path: Path, key: str, question: str, prompt: str
    ) -> None:
        terminal = Terminal(*options("shared-weights", question), folder=tmp_path)
        terminal.see("b) It doubles.")
        terminal.type("a", ENTER)
        terminal.see("Enter for question 2")
        terminal.type(ENTER)
        terminal.see(prompt)
        terminal.type(key)
        terminal.see("Stopped here; what you answered is kept.")
        assert terminal.leave() == 0
        assert outcomes(tmp_path) == {("shared-weights", ""): Outcome.CORRECT}

    def test_a_part_can_be_skipped(self, tmp_path: Path) -> None:
        terminal = Terminal(*options("weights-of-a-layer"), folder=tmp_path)
        terminal.see("one gate have?")
        terminal.type(":s", ENTER)
        terminal.see("And the layer?")
        terminal.type("6272", ENTER)
        summary(terminal)
        terminal.see("1 answered · 1 skipped")
        assert terminal.leave() == 0
        assert list(outcomes(tmp_path).values()) == [Outcome.BLANK, Outcome.CORRECT]

    @pytest.mark.parametrize("columns", [40, 80, 120])
    def test_no_width_cuts_anything_but_figures(self, tmp_path: Path, columns: int) -> None:
        terminal = Terminal(
            *options("shared-weights", "the-gates"), folder=tmp_path, columns=columns
        )
        terminal.see("b) It doubles.")
        option = "It stays the same, because W and U are shared over time, for any number of steps."
        assert option in " ".join(terminal.text.split())
        terminal.type("a", ENTER)
        terminal.see("Enter for question 2")
        terminal.type(ENTER)
        terminal.see("forget gate")
        assert ("widen the window" in " ".join(terminal.text.split())) == (columns < 70)
        assert max(map(len, terminal.lines)) <= min(columns, 90)
        terminal.type(CTRL_C)
        assert terminal.leave() == 0

    @pytest.mark.parametrize("question", ["shared-weights", "weights-of-a-layer"])
    def test_ctrl_z_is_no_answer(self, tmp_path: Path, question: str) -> None:
        terminal = Terminal(*options(question), folder=tmp_path)
        terminal.see(":q quit")
        terminal.type(CTRL_Z, ":s", ENTER, ":s", ENTER, ENTER)
        terminal.see("0 answered")
        terminal.leave()
        assert "^Z" not in terminal.text

    def test_a_long_list_scrolls_in_a_small_window(self, tmp_path: Path) -> None:
        terminal = Terminal(*options("trouble-and-cure"), folder=tmp_path, columns=26, rows=10)
        terminal.see("→ gradients vanish")
        terminal.see("↓")
        assert "more epochs" not in terminal.text
        terminal.type("c")
        terminal.see("› c) more epochs")
        assert "↑" in terminal.text
        assert "→ gradients vanish" in terminal.text
        terminal.type(CTRL_C)
        assert terminal.leave() == 0

    def test_a_list_follows_the_window(self, tmp_path: Path) -> None:
        terminal = Terminal(*options("shared-weights", "the-gates"), folder=tmp_path, columns=90)
        terminal.see("b) It doubles.")
        terminal.type(DOWN)
        terminal.see("› b) It doubles.")
        terminal.resize(columns=50)
        terminal.see("  › b) It doubles.")
        terminal.see("       steps.")
        terminal.type(ENTER)
        terminal.see("✗ Not right")
        terminal.type(CTRL_C)
        assert terminal.leave() == 0

    def test_a_complaint_is_whole_in_a_narrow_window(self, tmp_path: Path) -> None:
        terminal = Terminal(*options("weights-of-a-layer"), folder=tmp_path, columns=40)
        terminal.see(":q quit")
        terminal.type("1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9 + x + 1", ENTER)
        terminal.see("brings it back")
        (pointed,) = [number for number, line in enumerate(terminal.lines) if "…3" in line]
        source, caret = terminal.lines[pointed : pointed + 2]
        assert source[caret.index("^")] == "x"
        terminal.type(CTRL_C)
        assert terminal.leave() == 0

    def test_the_end_says_how_to_go_on(self, tmp_path: Path) -> None:
        terminal = Terminal(*options("shared-weights", "the-gates"), folder=tmp_path)
        terminal.see("b) It doubles.")
        terminal.type("b", ENTER, ENTER)
        terminal.see("○ c)")
        terminal.type("a", "b", ENTER)
        summary(terminal)
        terminal.see("Ask the same again")
        assert terminal.leave() == 0
        again = f"rnnquiz take shared-weights --count 1 --bank {BANK} --data data"
        shown = "".join(terminal.text.split())  # a long path may be folded
        assert "".join(f"Try what you missed {again}".split()) in shown

    def test_no_color_is_honoured(self, tmp_path: Path) -> None:
        terminal = Terminal(*options("shared-weights"), folder=tmp_path, NO_COLOR="1")
        terminal.see("a) ")
        terminal.type("a", ENTER)
        summary(terminal)
        assert terminal.leave() == 0
        colours = [f"\x1b[{code}m" for code in (*range(31, 38), *range(91, 98))]
        assert not [code for code in colours if code in terminal.raw]
