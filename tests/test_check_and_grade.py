"""`check` and `grade` as a user meets them: files in, verdicts and a gradebook out."""

import csv
import io
import json
import os
import sqlite3
import threading
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli.app import app
from cli.formats import table
from cli.terminal import Paint
from grader.reading.display import columns
from grader.verdict import Outcome
from quizbank import marking
from quizbank.answers import Given, take_in
from quizbank.load import load
from quizbank.record.database import DatabaseTrouble
from quizbank.record.gradebook import Gradebook

ROOT = Path(__file__).parents[1]
TEXT_CLASSIFIER = """\
student: s01
answers:
  keras-text-classifier:
    lstm: "6,272"
    dense: 4 352
"""


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    folder = tmp_path / "handed-in"
    folder.mkdir()
    path = folder / "s01.yaml"
    path.write_text(TEXT_CLASSIFIER)
    return path


def records(sheet: Path, *options: str) -> list[dict[str, object]]:
    done = run("check", sheet, "--format", "jsonl", *options)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_record_holds_what_the_contract_says(sheet: Path) -> None:
    by_part = {record["part"]: record for record in records(sheet)}
    lstm = by_part["lstm"]
    assert ", ".join(lstm) == (
        "student, question, part, seed, answer, understood, outcome, score, points, evidence,"
        " misconception, feedback"
    )
    assert (lstm["answer"], lstm["understood"], lstm["outcome"]) == ("6,272", "6272", "correct")
    assert lstm["evidence"][0]["check"] == "exact"  # type: ignore[index]
    dense = by_part["dense"]
    assert (dense["outcome"], dense["misconception"]) == (
        "incorrect",
        "embedding-width-as-dense-input",
    )
    assert by_part["total"]["outcome"] == "blank"


def test_the_forms_agree(sheet: Path) -> None:
    lines = records(sheet)
    assert json.loads(run("check", sheet, "--format", "json").stdout) == lines
    rows = list(csv.DictReader(io.StringIO(run("check", sheet, "--format", "csv").stdout)))
    assert [row["outcome"] for row in rows] == [line["outcome"] for line in lines]
    assert [row["feedback"] for row in rows] == [line["feedback"] for line in lines]
    table = run("check", sheet).stdout
    said = {str(line["outcome"]) for line in lines} - {"blank"}
    assert all(outcome in table for outcome in said)
    assert "4 parts not answered" in table


def test_out_holds_what_would_have_been_printed(sheet: Path, tmp_path: Path) -> None:
    printed = run("check", sheet, "--format", "csv").stdout
    done = run("check", sheet, "--format", "csv", "--out", tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text() == printed
    assert done.stdout == ""


def test_fail_under_is_exit_code_1(sheet: Path) -> None:
    assert run("check", sheet, "--fail-under", "1").exit_code == 0
    done = run("check", sheet, "--fail-under", "99")
    assert done.exit_code == 1
    assert "below 99%" in done.stderr


def test_an_unreadable_file_is_exit_code_2_and_stops_no_other(sheet: Path) -> None:
    (sheet.parent / "bad.yaml").write_bytes(b"\xff")
    done = run("check", sheet.parent)
    assert done.exit_code == 2
    assert "bad.yaml:1: unreadable: is not UTF-8" in done.stderr
    assert "6,272" in done.stdout


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        (
            "keras-text-clasifier: {lstm: 1}",
            "no question is called 'keras-text-clasifier'; did you",
        ),
        ("keras-text-classifier: {lstn: 1}", "has no part 'lstn'; did you mean lstm?"),
        ("keras-text-classifier: 6272", "say which one is answered"),
        ("keras-text-classifier: [1, 2]", "say which one is answered"),
    ],
)
def test_what_belongs_to_nothing_is_malformed_with_its_place(
    sheet: Path, answers: str, words: str
) -> None:
    sheet.write_text(f"student: s01\nanswers:\n  {answers}\n")
    (record,) = records(sheet)
    assert record["outcome"] == "malformed"
    assert f"{sheet}:3: " in str(record["feedback"])
    assert words in str(record["feedback"])


@pytest.mark.parametrize(
    "answer", ["[[1, [2]], 3]", "{a: {b: c}}", "{x: [1, 2]}", "~", "true", "[]", "{}", "- 1"]
)
def test_an_answer_of_the_wrong_type_is_no_crash_and_never_right(sheet: Path, answer: str) -> None:
    sheet.write_text(f"student: s01\nanswers:\n  unroll-longer: {answer}\n  cell-path: {{}}\n")
    done = run("check", sheet, "--format", "jsonl")
    assert done.exit_code in (0, 2), done.exception
    assert "correct" not in {json.loads(line)["outcome"] for line in done.stdout.splitlines()}
    assert "Traceback" not in done.stderr


def test_a_huge_answer_is_malformed_and_quick(sheet: Path) -> None:
    huge = {
        "student": "s",
        "question": "keras-text-classifier",
        "part": "lstm",
        "answer": "9" * 10**7,
    }
    path = sheet.with_suffix(".jsonl")
    path.write_text(json.dumps(huge) + "\n")
    outcomes = {record["part"]: record["outcome"] for record in records(path)}
    assert outcomes["lstm"] == "malformed"


def test_the_same_student_in_two_files_is_said(sheet: Path) -> None:
    (sheet.parent / "again.yaml").write_text(TEXT_CLASSIFIER)
    done = run("check", sheet.parent)
    assert (
        f"s01 answered more than once ({sheet.parent / 'again.yaml'}:3, {sheet}:3)" in done.stderr
    )
    assert done.stdout.count("6,272") == 2


def test_hostile_text_reaches_neither_terminal_nor_spreadsheet(sheet: Path) -> None:
    row = {"student": "=cmd()|x\x1b[2J", "question": "\x1b]0;x\x07", "answer": "@SUM(A1)"}
    path = sheet.with_suffix(".jsonl")
    path.write_text(json.dumps(row) + "\n")
    done = run("check", path)
    assert "\x1b" not in done.stdout + done.stderr
    sheet_text = run("check", path, "--format", "csv").stdout
    (cells,) = csv.DictReader(io.StringIO(sheet_text))
    assert cells["student"].startswith("'=")
    assert cells["answer"] == "'@SUM(A1)"


def test_an_unreadable_bank_is_exit_code_2(sheet: Path, tmp_path: Path) -> None:
    assert run("check", sheet, "--bank", tmp_path / "nowhere").exit_code == 2


def test_grade_adds_once_and_the_sums_agree(sheet: Path, tmp_path: Path) -> None:
    course = tmp_path / "course"
    assert run("grade", "add", sheet.parent, "--course", course).exit_code == 0
    again = run("grade", "add", sheet.parent, "--course", course)
    assert "was added before" in again.stdout
    (standing,) = json.loads(run("grade", "status", "--course", course, "--json").stdout)
    checked = records(sheet)
    assert standing["earned"] == sum(one["score"] * one["points"] for one in checked)  # type: ignore[operator]
    assert standing["points"] == sum(one["points"] for one in checked)  # type: ignore[misc]
    (row,) = csv.DictReader(io.StringIO(run("grade", "export", "--course", course).stdout))
    assert float(row["total"]) == standing["earned"]
    parts = {name: value for name, value in row.items() if name not in ("student", "total")}
    assert sum(float(value) for value in parts.values()) == standing["earned"]


def test_a_later_file_counts_instead(sheet: Path, tmp_path: Path) -> None:
    course = tmp_path / "course"
    run("grade", "add", sheet, "--course", course)
    sheet.write_text(TEXT_CLASSIFIER.replace("6,272", "1568"))
    run("grade", "add", sheet, "--course", course)
    (row,) = csv.DictReader(io.StringIO(run("grade", "export", "--course", course).stdout))
    assert row["keras-text-classifier.lstm"] == "0"


def test_a_part_left_open_later_keeps_its_mark(sheet: Path, tmp_path: Path) -> None:
    course = tmp_path / "course"
    run("grade", "add", sheet, "--course", course)
    sheet.write_text("student: s01\nanswers: {keras-text-classifier: {dense: 8448}}\n")
    run("grade", "add", sheet, "--course", course)
    (row,) = csv.DictReader(io.StringIO(run("grade", "export", "--course", course).stdout))
    earned = [row[f"keras-text-classifier.{part}"] for part in ("lstm", "dense", "total")]
    assert earned == ["2", "1", "0"]


def test_status_of_an_empty_course_says_what_to_do(tmp_path: Path) -> None:
    assert "rnnquiz grade add" in run("grade", "status", "--course", tmp_path).stdout


def test_a_damaged_gradebook_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "gradebook.db").write_bytes(b"no database at all, but long enough" * 99)
    done = run("grade", "status", "--course", tmp_path)
    assert done.exit_code != 0
    assert "is no database" in str(done.exception)


def test_two_writers_queue_up(tmp_path: Path) -> None:
    def add(number: int) -> None:
        book = Gradebook.open(tmp_path)
        for turn in range(10):
            book.add("x.yaml", f"{number} {turn}".encode(), "bank", [])
        book.close()

    writers = [threading.Thread(target=add, args=(number,)) for number in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with sqlite3.connect(tmp_path / "gradebook.db") as connection:
        assert connection.execute("SELECT count(*) FROM submission").fetchone() == (30,)
    connection.close()


def test_a_gradebook_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    Gradebook.open(tmp_path).close()
    connection = sqlite3.connect(tmp_path / "gradebook.db")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    done = run("grade", "status", "--course", tmp_path)
    assert "was written by a newer rnnquiz" in str(done.exception)


def test_other_questions_in_another_file_are_no_repetition(sheet: Path) -> None:
    (sheet.parent / "more.yaml").write_text("student: s01\nanswers: {unroll-longer: a}\n")
    assert run("check", sheet.parent).stderr == ""


def test_long_answers_are_clipped_before_they_are_measured(sheet: Path) -> None:
    sheet.write_text(f"student: s\nanswers: {{unroll-longer: {'x' * 10**6}}}\n")
    assert max(map(len, run("check", sheet).stdout.splitlines())) < 100


@pytest.mark.parametrize("width", [24, 40, 80, 200])
def test_the_table_fits_its_terminal(width: int) -> None:
    bank, _ = load(None)
    marked = [
        record
        for record in marking.records(bank, take_in([ROOT / "examples" / "handed-in"]).rows)
        if record.verdict.outcome is not Outcome.MALFORMED  # a caret stands under its line
    ]
    lines = list(table(marked, Paint(colour=False), width))
    assert max(map(columns, lines)) <= width
    assert "keras-text-classifier.lstm" in "".join(map(str.strip, lines))


def test_the_same_answers_are_marked_once() -> None:
    bank, _ = load(None)
    rows = [Given(f"s{n}", "unroll-longer", None, 0, "a", "x.csv", n) for n in range(3)]
    first, *others = marking.records(bank, rows)
    assert {one.student for one in others} == {"s1", "s2"}
    assert all(one.verdict is first.verdict for one in others)


def test_to_look_at_a_course_makes_no_gradebook(tmp_path: Path) -> None:
    course = tmp_path / "corse"
    assert "rnnquiz grade add" in run("grade", "status", "--course", course).stdout
    done = run("grade", "export", "--course", course)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "corse: holds no gradebook" in done.stderr
    assert not course.exists()


def test_damage_found_while_reading_is_said_in_words(sheet: Path, tmp_path: Path) -> None:
    run("grade", "add", sheet, "--course", tmp_path)
    path = tmp_path / "gradebook.db"
    content = path.read_bytes()
    path.write_bytes(content[:4096] + bytes(byte ^ 0x5A for byte in content[4096:]))
    for words in (["status"], ["export"], ["add", sheet]):
        done = run("grade", *words, "--course", tmp_path)
        assert "gradebook.db: is damaged; restore it from a copy" in str(done.exception)


def test_a_full_disk_is_said_in_words_and_keeps_what_was_there(sheet: Path, tmp_path: Path) -> None:
    book = Gradebook.open(tmp_path)
    book.add("a.yaml", b"a", "bank", [])
    (pages,) = book._connection.execute("PRAGMA page_count").fetchone()
    book._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DatabaseTrouble, match="the disk is full"):
        book.add("b" * 10**6, b"b", "bank", [])
    assert (book.has(b"a"), book.has(b"b")) == (True, False)
    book.close()


def test_the_same_file_added_by_two_at_once_counts_once(tmp_path: Path) -> None:
    one, other = Gradebook.open(tmp_path), Gradebook.open(tmp_path)
    assert [book.add("x.yaml", b"x", "bank", []) for book in (one, other)] == [True, False]
    one.close()
    other.close()


def test_rows_of_nobody_are_said_and_not_kept(tmp_path: Path) -> None:
    table = tmp_path / "form.csv"
    table.write_text("student,unroll-longer\ns01,a\n,b\n")
    done = run("grade", "add", table, "--course", tmp_path)
    assert done.exit_code == 2
    assert 'form.csv:3: bad-row: has nobody under "student"' in done.stderr
    (standing,) = json.loads(run("grade", "status", "--course", tmp_path, "--json").stdout)
    assert standing["student"] == "s01"


def test_no_format_sends_what_a_terminal_obeys(tmp_path: Path) -> None:
    path = tmp_path / "hostile.jsonl"
    row = {
        "student": "\u202eeve\x9b2J",
        "question": "unroll-longer",
        "answer": "\x1b]0;x\x07 \ud83d",
    }
    path.write_text(json.dumps(row) + "\n")
    for form in ("table", "jsonl", "json", "csv"):
        printed = run("check", path, "--format", form, "--out", tmp_path / "out").stderr
        printed += (tmp_path / "out").read_text()
        assert not set("\x1b\x07\x9b\u202e") & set(printed)
    (record,) = map(json.loads, run("check", path, "--format", "jsonl").stdout.splitlines())
    assert (record["student"], record["answer"]) == (row["student"], "\x1b]0;x\x07 �")


def test_what_no_file_can_hold_stops_no_grading(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"s\xff.jsonl")
    row = {"student": "s", "question": "nowhere", "answer": "\ud83d"}
    path.write_text(json.dumps(row) + "\n")
    assert run("grade", "add", path, "--course", tmp_path).exit_code == 0
    assert run("check", path, "--format", "jsonl", "--out", tmp_path / "out").exit_code == 0
