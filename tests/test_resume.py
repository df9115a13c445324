"""A sitting that breaks off goes on where it was: the same questions with the same numbers."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from terminal import CTRL_C, ENTER, ROOT, Terminal

from quizbank.record.history import History, Past

BANK = Path(__file__).parent / "banks" / "terminal.yaml"
WHERE = ("--bank", str(BANK), "--data", "data")


def plain(folder: Path, typed: str, *words: str) -> str:
    """What is said to a sitting line by line."""
    done = subprocess.run(
        [sys.executable, "-m", "cli", "take", *words, *WHERE, "--plain"],
        input=typed,
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        check=False,
    )
    return done.stdout + done.stderr


def answers(folder: Path) -> list[Past]:
    kept = History(folder / "data")
    try:
        return list(kept.answers())
    finally:
        kept.close()


def test_it_goes_on_at_the_same_part_with_the_same_numbers(tmp_path: Path) -> None:
    first = plain(tmp_path, "1\n", "weights-of-a-layer", "shared-weights", "--seed", "5")
    assert "Question 1 of 2" in first
    plain(tmp_path, "a\n1\n", "weights-of-a-layer", "shared-weights", "--seed", "5")
    said = plain(tmp_path, "2\n", "--resume")
    (asked,) = [line for line in first.splitlines() if "An LSTM reads" in line] or [""]
    assert "Part 2 of 2" in said
    assert "Part 1 of 2" not in said
    assert "Question 2 of 2" in said
    assert asked in said
    assert "End: " in said
    assert [one.seed for one in answers(tmp_path)] == [5] * 3


def test_the_summary_counts_what_came_before(tmp_path: Path) -> None:
    plain(tmp_path, "a\n", "shared-weights", "the-gates", "--seed", "0")
    said = plain(tmp_path, "a, b\n", "--resume")
    assert "End: 2 of 2 points." in said


def test_what_is_saved_is_whole(tmp_path: Path) -> None:
    plain(tmp_path, "a\n", "shared-weights", "the-gates", "--seed", "0", "--save", "me.json")
    plain(tmp_path, "a, b\n", "--resume")
    saved = json.loads((tmp_path / "me.json").read_text())["answers"]
    assert saved == {"shared-weights": "a", "the-gates": "a, b"}


@pytest.mark.parametrize("how", [CTRL_C, "kill"])
def test_however_it_was_broken_off(tmp_path: Path, how: str) -> None:
    where = ("shared-weights", "the-gates", "--seed", "0")
    terminal = Terminal("take", *where, *WHERE, folder=tmp_path)
    terminal.see("b) It doubles.")
    terminal.type("a", ENTER)
    terminal.see("Enter for question 2")
    if how == "kill":
        terminal.kill(signal.SIGKILL)
    else:
        terminal.type(how)
        terminal.see("Go on later")
        assert terminal.leave() == 0
    again = Terminal("take", "--resume", *WHERE, folder=tmp_path)
    again.see("2 of 2 ─")
    again.see("○ c)")
    assert "Do the weights grow" not in again.text
    again.type("a", "b", ENTER)
    again.see("Enter for the summary")
    again.type(ENTER)
    again.see("2 of 2 points")
    assert again.leave() == 0


def test_a_whole_sitting_leaves_nothing_to_go_on_with(tmp_path: Path) -> None:
    plain(tmp_path, "a\n", "shared-weights", "--seed", "0")
    assert "no session was interrupted" in plain(tmp_path, "", "--resume")


def test_the_end_of_one_sitting_leaves_another_to_go_on_with(tmp_path: Path) -> None:
    first = Terminal("take", "shared-weights", "--seed", "0", *WHERE, folder=tmp_path)
    first.see("b) It doubles.")
    plain(tmp_path, "a\n", "the-gates", "shared-weights", "--seed", "0")
    first.type("a", ENTER)
    first.see("Enter for the summary")
    first.type(ENTER)
    assert first.leave() == 0
    assert "Question 2 of 2" in plain(tmp_path, "", "--resume")


def test_a_damaged_note_is_none(tmp_path: Path) -> None:
    plain(tmp_path, "", "shared-weights", "--seed", "0")
    for text in ("", "[]", '{"names": 3}', "\x00"):
        (tmp_path / "data" / "interrupted.json").write_text(text)
        assert "no session was interrupted" in plain(tmp_path, "", "--resume")


def test_nothing_else_chooses_what_is_resumed(tmp_path: Path) -> None:
    assert "--resume goes on as it began" in plain(tmp_path, "", "--resume", "--topic", "lstm")


def test_a_topic_may_be_an_option(tmp_path: Path) -> None:
    assert "Question 1 of 4" in plain(tmp_path, "", "--topic", "lstm", "--seed", "0")
