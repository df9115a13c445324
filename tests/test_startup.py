"""What a command may load before it has done anything: start-up is a feature."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HEAVY = {"sympy", "mpmath", "questionary", "prompt_toolkit", "yaml", "rich", "polars", "pydantic"}


def loaded_by(*words: str, typed: str = "") -> set[str]:
    """The top-level modules in memory when a command ends, in a fresh interpreter."""
    code = (
        "import atexit, sys\n"
        "def tell():\n"
        "    names = {name.partition('.')[0] for name in sys.modules}\n"
        "    print('LOADED', *names, file=sys.stderr)\n"
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
        check=True,
    )
    told = next(line for line in done.stderr.splitlines() if line.startswith("LOADED"))
    return set(told.split()[1:])


@pytest.mark.parametrize(
    "words", [["--help"], ["take", "--help"], ["bank", "--help"], ["--version"]]
)
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    assert not loaded_by(*words) & HEAVY


def test_comparing_loads_no_terminal_and_no_sympy() -> None:
    assert not loaded_by("compare", "x + x", "2x") & HEAVY


def test_line_by_line_needs_no_questionary(tmp_path: Path) -> None:
    loaded = loaded_by("take", "--plain", "--data", str(tmp_path))
    assert not loaded & {"sympy", "questionary", "prompt_toolkit"}


def test_loading_would_be_seen() -> None:
    assert "rich" in loaded_by("explain", "keras-text-classifier")
