"""What a command may load before it has done anything: start-up is a feature."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TERMINAL = {"questionary", "prompt_toolkit", "rich"}
HEAVY = {"sympy", "mpmath", "yaml", "polars", "pydantic", "fsrs", *TERMINAL}


def loaded_by(*words: str, typed: str = "", env: Mapping[str, str] = {}) -> set[str]:
    """The modules in memory when a command ends, in a fresh interpreter."""
    code = (
        "import atexit, sys\n"
        "def tell():\n"
        "    print('LOADED', *sys.modules, file=sys.stderr)\n"
        "atexit.register(tell)\n"
        f"sys.argv = ['rnnquiz', *{words!r}]\n"
        "from cli.app import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        input=typed,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, **env},
        check=True,
    )
    told = next(line for line in done.stderr.splitlines() if line.startswith("LOADED"))
    return set(told.split()[1:])


@pytest.mark.parametrize(
    "words",
    [["--help"], ["take", "--help"], ["bank", "--help"], ["progress", "--help"], ["--version"]],
)
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    assert not loaded_by(*words) & HEAVY


def test_comparing_loads_no_terminal_and_no_sympy() -> None:
    assert not loaded_by("compare", "x + x", "2x") & HEAVY


def test_line_by_line_needs_no_questionary(tmp_path: Path) -> None:
    loaded = loaded_by("take", "--plain", "--data", str(tmp_path))
    assert not loaded & {"sympy", "questionary", "prompt_toolkit", "fsrs"}


ANSWERS = {
    "keras-text-classifier": {"lstm": "6,272"},
    "rnn-vanishing-cause": "a",
    "cell-two-steps-back": "c_{t-2}*f_{t-1}*f_t + f_t*i_{t-1}*g_{t-1} + i_t*g_t",
}
UNNEEDED = {"quizbank.decode", "quizbank.assemble", "grader.models", "grader.diagnosis"}


@pytest.mark.parametrize("suffix", ["json", "yaml"])
def test_checking_numbers_choices_and_expressions(tmp_path: Path, suffix: str) -> None:
    answers = tmp_path / f"s01.{suffix}"
    answers.write_text(json.dumps({"student": "s01", "answers": ANSWERS}), encoding="utf-8")
    env = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    loaded_by("bank", "list", env=env)  # keeps the bank
    loaded = loaded_by("check", str(answers), env=env)
    assert loaded & HEAVY == ({"yaml"} if suffix == "yaml" else set())
    assert {"grader.kinds.number", "grader.deciding.ladder"} <= loaded, "it was marked"
    assert not loaded & UNNEEDED


def test_loading_would_be_seen() -> None:
    assert "rich" in loaded_by("explain", "keras-text-classifier")
