"""Every command word for word: what it prints, where, and how it ends."""

import json
from pathlib import Path

import pytest
from terminal import Terminal
from typer.testing import CliRunner, Result
from wording import expect

from cli.app import app
from cli.exits import Exit
from cli.faults import explain_fault
from quizbank.starter import starter

BANK = Path(__file__).parent / "banks" / "terminal.yaml"
HERE = ["--bank", str(BANK)]


def run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(
        app, words, input=typed, env={"COLUMNS": "80", "TERM": "xterm"}, prog_name="rnnquiz"
    )


COMMANDS = [
    ("help", ["--help"], Exit.DONE),
    ("help-take", ["take", "--help"], Exit.DONE),
    ("help-check", ["check", "--help"], Exit.DONE),
    ("help-compare", ["compare", "--help"], Exit.DONE),
    ("help-bank", ["bank", "--help"], Exit.DONE),
    ("help-grade", ["grade", "--help"], Exit.DONE),
    ("help-progress", ["progress", "--help"], Exit.DONE),
    ("bank-list", ["bank", "list", *HERE], Exit.DONE),
    ("bank-show", ["bank", "show", "trouble-and-cure", "--key", *HERE], Exit.DONE),
    ("bank-show-parts", ["bank", "show", "weights-of-a-layer", "--seed", "3", *HERE], Exit.DONE),
    ("explain", ["explain", "the-new-cell-state", *HERE], Exit.DONE),
    ("explain-picking", ["explain", "the-gates", *HERE], Exit.DONE),
    ("bank-new", ["bank", "new", "my-question"], Exit.DONE),
    ("compare-equal", ["compare", "tanh(x)", "2σ(2x) - 1"], Exit.DONE),
    (
        "compare-different",
        ["compare", "f_t c_{t-1}", "f_t c_t", "--names", "f_t, c_t, c_{t-1}"],
        Exit.DONE,
    ),
    ("compare-positive", ["compare", "x", "sqrt(x^2)", "--positive", "x"], Exit.DONE),
    ("compare-malformed", ["compare", "x", "tanh(c_t"], Exit.UNREADABLE),
    ("compare-one-side", ["compare", "x"], Exit.UNREADABLE),
    ("explain-unknown", ["explain", "the-gate", *HERE], Exit.UNREADABLE),
    ("bank-show-unknown", ["bank", "show", "zzz", *HERE], Exit.UNREADABLE),
    ("bank-new-bad", ["bank", "new", "My Question"], Exit.UNREADABLE),
    ("bank-lint", ["bank", "lint", str(BANK)], Exit.DONE),
    ("bank-lint-nowhere", ["bank", "lint", "nowhere"], Exit.UNREADABLE),
    ("unknown-command", ["quiz"], Exit.UNREADABLE),
]


@pytest.mark.parametrize(("name", "words", "code"), COMMANDS, ids=[row[0] for row in COMMANDS])
def test_word_for_word(name: str, words: list[str], code: Exit) -> None:
    done = run(*words)
    said = done.stdout + (f"--- stderr\n{done.stderr}" if done.stderr else "")
    expect(name, "".join(f"{line.rstrip()}\n" for line in said.splitlines()))
    assert done.exit_code == code


class TestBankForPrograms:
    def test_list(self) -> None:
        listed = json.loads(run("bank", "list", "--json", *HERE).stdout)
        assert listed[0] == {
            "id": "shared-weights",
            "title": "Do the weights grow with $T$?",
            "topics": ["rnn"],
            "level": 1,
            "parts": [{"id": "", "kind": "choice", "points": 1}],
            "variants": False,
        }
        assert [part["id"] for part in listed[3]["parts"]] == ["gate", "layer"]
        assert listed[3]["variants"] is True

    def test_show_gives_keys_only_when_asked(self) -> None:
        words = ["bank", "show", "weights-of-a-layer", "--json", *HERE]
        asked, told = (json.loads(run(*words, *more).stdout) for more in ([], ["--key"]))
        assert asked["numbers"] == {"m": 16, "n": 32}
        assert "solution" not in asked
        assert "key" not in asked["parts"][0]
        assert [part["key"] for part in told["parts"]] == ["1568", "6272"]
        assert told["parts"][0]["mistakes"] == [
            {"answer": "1536", "misconception": "forgot-biases"}
        ]

    def test_show_draws_by_seed(self) -> None:
        drawn = [
            json.loads(
                run("bank", "show", "weights-of-a-layer", "--json", "--seed", seed, *HERE).stdout
            )
            for seed in "123456"
        ]
        assert len({json.dumps(one["numbers"]) for one in drawn}) > 1

    def test_lint_tells_the_place_and_the_rule(self, tmp_path: Path) -> None:
        bad = tmp_path / "bad.yaml"
        bad.write_text(starter("one").replace('gives: "n*(m + n)"', 'gives: "n*(m + n) + n"'))
        done = run("bank", "lint", str(bad), "--json")
        assert done.exit_code == Exit.NOT_MET
        problems = json.loads(done.stdout)
        assert {"file", "line", "rule", "message"} == set(problems[0])
        assert all(problem["file"] == str(bad) and problem["line"] > 0 for problem in problems)

    def test_schema_is_json(self) -> None:
        assert json.loads(run("bank", "schema").stdout)["$schema"].startswith("https://json-schema")

    def test_a_new_question_is_whole(self, tmp_path: Path) -> None:
        (tmp_path / "new.yaml").write_text(run("bank", "new", "my-question").stdout)
        done = run("bank", "lint", str(tmp_path))
        assert (done.stdout, done.exit_code) == ("1 question: nothing is wrong.\n", 0)


class TestCompareForPrograms:
    def test_json(self) -> None:
        said = json.loads(run("compare", "x", "x + 1", "--json").stdout)
        assert (said["verdict"], said["check"]) == ("different", "refuted")
        assert said["ms"] > 0

    def test_every_line_is_answered_whatever_it_is(self) -> None:
        lines = [
            '{"id": 1, "key": "x + x", "answer": "2x"}',
            '{"id": "two", "key": "c_{t-1}", "answer": "c_<t-1>", "names": ["c_{t-1}"]}',
            '{"id": 3, "key": "x", "answer": "sqrt(x^2)"}',
            '{"id": 4, "key": "x", "answer": "sqrt(x^2)", "positive": "x"}',
            '{"id": 5, "key": "i^2", "answer": "-1", "complex": true}',
            '{"id": 6, "key": "x", "answer": "(x"}',
            '{"id": 7, "key": "x"}',
            '{"id": 8, "key": "x", "answer": "x", "names": 3}',
            "[]",
            "no JSON",
            "",
            "[" * 100_000,
            '{"id": 9, "key": "9^9^9^9", "answer": "1"}',
        ]
        done = run("compare", "--jsonl", typed="\n".join(lines) + "\n")
        said = [json.loads(line) for line in done.stdout.splitlines()]
        assert done.exit_code == 0
        assert [(one["id"], one["verdict"]) for one in said[:12]] == [
            (1, "equal"),
            ("two", "equal"),
            (3, "different"),
            (4, "equal"),
            (5, "equal"),
            (6, "malformed"),
            (7, "malformed"),
            (8, "malformed"),
            *4 * [(None, "malformed")],
        ]
        assert said[12]["id"] == 9
        assert all(list(one) == ["id", "verdict", "check", "finding", "ms"] for one in said)


class TestFaults:
    def test_a_fault_of_ours_is_one_sentence(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("RNNQUIZ_TRACE", raising=False)
        assert explain_fault(ZeroDivisionError("x")).startswith(
            "rnnquiz: a fault of its own: ZeroDivisionError: x\n"
        )

    def test_the_trace_can_be_had(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("RNNQUIZ_TRACE", "1")
        assert "ZeroDivisionError: x" in explain_fault(ZeroDivisionError("x"))


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        (["bank", "list", *HERE], "●○○  shared-weights"),
        (["bank", "list"], "questions on"),
        (["compare", "2x", "x + x"], "✓ equal  identity"),
        (["compare", "x", "x + 1"], "✗ different  refuted"),
    ],
    ids=["bank list", "our bank", "equal", "different"],
)
def test_a_terminal_gets_colour(tmp_path: Path, words: list[str], seen: str) -> None:
    terminal = Terminal(*words, folder=tmp_path)
    terminal.see(seen)
    assert terminal.leave() == Exit.DONE
    assert "\x1b[" in terminal.raw


def test_a_narrow_list_drops_titles_rather_than_cut_them_to_nothing(tmp_path: Path) -> None:
    terminal = Terminal("bank", "list", *HERE, folder=tmp_path, columns=40)
    terminal.see("questions on")
    assert terminal.leave() == Exit.DONE
    assert "…" not in terminal.text
