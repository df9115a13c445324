"""What the README and the page on answer files show is true."""

import doctest
import json
import re
from pathlib import Path

from typer.testing import CliRunner

from cli.app import app
from quizbank.lint import lint
from quizbank.load import load

ROOT = Path(__file__).parents[1]
ANSWERS = (ROOT / "docs" / "answers.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str, text: str = README) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def test_it_opens_with_two_commands_of_one_line() -> None:
    first, second = blocks("sh")[:2]
    for command in (first, second):
        assert command.count("\n") == 1
        assert command.startswith("python3 -m venv .venv && .venv/bin/pip install")
    assert first.rstrip().endswith("rnnquiz check examples/handed-in")
    assert second.rstrip().endswith("-m pytest")


def test_its_python_runs() -> None:
    parsed = doctest.DocTestParser().get_doctest(README, {}, "README", "README.md", 0)
    outcome = doctest.DocTestRunner().run(parsed)
    assert outcome.attempted >= 4
    assert outcome.failed == 0


def test_its_question_proves_itself(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(blocks("yaml")[0], encoding="utf-8")
    bank, problems = load(tmp_path)
    assert problems == []
    assert [str(problem) for problem in lint(bank)] == []
    assert bank.question("my-first-lstm").part("").spec.right_answer() == "1600"  # type: ignore[union-attr]


def test_its_output_of_check_is_what_check_prints() -> None:
    shown = next(block for block in blocks("console") if "rnnquiz check" in block)
    printed = CliRunner().invoke(app, ["check", str(ROOT / "examples" / "handed-in")]).stdout
    lines = [" ".join(line.split()) for line in printed.splitlines()]
    for line in shown.splitlines()[1:]:
        assert line == "…" or " ".join(line.split()) in lines


def test_its_output_of_compare_is_what_compare_prints() -> None:
    shown = next(block for block in blocks("console") if "rnnquiz compare" in block)
    expected = shown.partition("\n")[2].partition("$")[0]
    assert CliRunner().invoke(app, ["compare", "max(0, x)", "x"]).stdout == expected


def test_the_answer_files_shown_are_right(tmp_path: Path) -> None:
    (tmp_path / "sheet.yaml").write_text(blocks("yaml", ANSWERS)[0], encoding="utf-8")
    (tmp_path / "rows.csv").write_text(blocks("csv", ANSWERS)[0], encoding="utf-8")
    done = CliRunner().invoke(app, ["check", str(tmp_path), "--format", "jsonl"])
    outcomes = [json.loads(line)["outcome"] for line in done.stdout.splitlines()]
    assert done.exit_code == 0
    assert outcomes.count("correct") == 5 + 1
    assert set(outcomes) == {"correct", "blank"}
