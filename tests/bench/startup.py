"""How long a command takes to begin, beside the smallest programs one could write with its parts.

    python tests/bench/startup.py [RUNS]

All programs run in turn, so that a busy machine slows them alike: read the ratios, milliseconds
depend on the machine. The bank is kept and the bytecode is there, as at a learner's second command.
The bare Typer program goes without rich, which doubles what its ``--help`` takes.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from quizbank.bank import Bank
from quizbank.load import load
from quizbank.question import Part

ROOT = Path(__file__).parents[2]
KINDS = {"number": 7, "choice": 7, "expression": 6}
"""How many answers of each kind the sample holds."""

WRONG_EVERY = 4  # in the second sample, each fourth answer is a known mistake

TYPER = """
import typer
app = typer.Typer(rich_markup_mode=None, add_completion=False)
@app.command()
def hello(name: str = "world") -> None:
    "Say hello."
    typer.echo(f"hello {name}")
app()
"""
QUESTIONARY = "import questionary; questionary.text('Name?')"
COMMAND = "from cli.app import main; main()"


def sample(bank: Bank, wrong: bool) -> dict[str, object]:
    """An answer file with twenty answers to the shipped bank."""
    answers: dict[str, object] = {}
    for number, (question, part) in enumerate(_asked(bank), 1):
        mistakes = list(part.spec.wrong_answers())
        shown = wrong and number % WRONG_EVERY == 0 and mistakes
        answer = mistakes[0][0] if shown else part.spec.right_answer()
        answers[question] = {part.id: answer} if part.id else answer
    return {"student": "s01", "answers": answers}


def _asked(bank: Bank) -> Iterator[tuple[str, Part]]:
    """Parts of each kind, from questions spread evenly over the bank."""
    for kind, wanted in KINDS.items():
        having = [one.id for one in bank.summaries if kind in {part.kind for part in one.parts}]
        for position in range(wanted):
            question = bank.question(having[position * len(having) // wanted])
            yield question.id, next(part for part in question.parts if part.kind == kind)


def programs(folder: Path) -> dict[str, list[str]]:
    """What is timed, by name; the first is what ``--help`` is measured against."""
    bank, problems = load()
    assert not problems, problems
    for name, wrong in (("right", False), ("mixed", True)):
        text = json.dumps(sample(bank, wrong), ensure_ascii=False)
        for suffix in ("json", "yaml"):  # JSON is YAML
            (folder / f"{name}.{suffix}").write_text(text, encoding="utf-8")
    data = str(folder / "data")
    return {
        "bare Typer": ["-c", TYPER, "--help"],
        "--help": ["-c", COMMAND, "--help"],
        "check right.yaml": ["-c", COMMAND, "check", str(folder / "right.yaml")],
        "check mixed.yaml": ["-c", COMMAND, "check", str(folder / "mixed.yaml")],
        "check right.json": ["-c", COMMAND, "check", str(folder / "right.json")],
        "take --plain": ["-c", COMMAND, "take", "--plain", "--data", data],
        "bare questionary": ["-c", QUESTIONARY],
    }


def seconds(command: list[str]) -> float:
    """How long a program takes; `take` is told nothing and ends at its first prompt."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        check=True,
    )
    return time.perf_counter() - start


def main(runs: int) -> None:
    """Print medians and ratios."""
    with tempfile.TemporaryDirectory() as folder:
        commands = programs(Path(folder))
        for command in commands.values():
            seconds(command)  # fills the caches
        rounds = [{name: seconds(one) for name, one in commands.items()} for _ in range(runs)]
    medians = {name: statistics.median(one[name] for one in rounds) for name in commands}
    print(f"{runs} runs in turn        ms   × bare Typer   × --help")
    for name, median in medians.items():
        bare, shown = median / medians["bare Typer"], median / medians["--help"]
        print(f"{name:18} {1000 * median:7.1f} {bare:14.2f} {shown:10.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
