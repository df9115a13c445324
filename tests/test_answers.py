"""Answer files of every kind: what is read, and what is said of what cannot be."""

import json
import os
from pathlib import Path

import pytest

from quizbank.answers import Given, read_answers
from quizbank.problem import Problem


def read(tmp_path: Path, name: str, content: str | bytes) -> tuple[list[Given], list[Problem]]:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    found = list(read_answers([path]))
    return (
        [one for one in found if isinstance(one, Given)],
        [one for one in found if isinstance(one, Problem)],
    )


def test_yaml_keeps_what_was_typed(tmp_path: Path) -> None:
    head = "student: s01\nseed: 3\nanswers:\n"
    text = f"{head}  a: 1e-3\n  b: no\n  c: 12:30\n  d: 0123\n  e: {{x: 1_000}}\n"
    given, problems = read(tmp_path, "s01.yaml", text)
    assert [one.answer for one in given] == ["1e-3", "no", "12:30", "0123", {"x": "1_000"}]
    assert [one.line for one in given] == [4, 5, 6, 7, 8]
    assert {one.seed for one in given} == {3}
    assert problems == []


def test_json_keeps_what_was_typed(tmp_path: Path) -> None:
    text = (
        json.dumps({"student": "s01", "answers": {"a": "6,272"}})[:-2]
        + ', "b": 0.50, "c": ["x", "y"]}}'
    )
    given, problems = read(tmp_path, "s01.json", text)
    assert [one.answer for one in given] == ["6,272", "0.50", ["x", "y"]]
    assert problems == []


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_long_csv_with_any_delimiter(tmp_path: Path, mark: str) -> None:
    rows = [["student", "question", "part", "seed", "answer"], ["00012", "q", "p", "4", "a"]]
    given, _ = read(tmp_path, "x.csv", "\n".join(mark.join(row) for row in rows))
    assert given == [Given("00012", "q", "p", 4, "a", str(tmp_path / "x.csv"), 2)]


def test_wide_csv_with_bom_and_crlf(tmp_path: Path) -> None:
    content = '\ufeffstudent,q1,q2.part\r\ns01,"6,272","two\r\nlines"\r\ns02,,x\r\n'.encode()
    given, problems = read(tmp_path, "form.csv", content)
    assert [(one.student, one.question, one.answer, one.line) for one in given] == [
        ("s01", "q1", "6,272", 2),
        ("s01", "q2.part", "two\nlines", 2),
        ("s02", "q1", "", 4),
        ("s02", "q2.part", "x", 4),
    ]
    assert problems == []


def test_a_bad_row_stops_no_other(tmp_path: Path) -> None:
    row = '{"student": "s", "question": "q", "answer": %d}\n'
    text = row % 1 + "{oops\n[1]\n" + row % 2
    given, problems = read(tmp_path, "x.jsonl", text)
    assert [one.answer for one in given] == ["1", "2"]
    assert [problem.line for problem in problems] == [2, 3]


def test_a_quote_left_open_names_the_row(tmp_path: Path) -> None:
    given, problems = read(tmp_path, "x.csv", 'student,question,answer\ns,q,1\ns,q,"2\ns,q,3\n')
    assert [one.answer for one in given] == ["1"]
    assert (problems[0].line, problems[0].rule) == (3, "unreadable")  # the rows below are lost
    assert "is a quote left open?" in problems[0].message


UNREADABLE = {
    "empty": ("x.yaml", "", "is empty"),
    "not UTF-8": ("x.yaml", b"student: \xff", "is not UTF-8 (byte 9); save it as UTF-8"),
    "not UTF-8 further down": ("x.yaml", b"student: s\nq: \xff", "x.yaml:2: unreadable: is not"),
    "UTF-16": ("x.csv", "student,q\ns,a\n".encode("utf-16-le"), "looks like UTF-16"),
    "nothing answered": ("x.json", '{"student": "s", "answers": {}}', 'has no "answers:"'),
    "no answers": ("x.yaml", "student: s01\n", 'has no "answers:"'),
    "no student": ("x.yaml", "answers: {q: a}\n", "does not say whose answers these are"),
    "list for a student": (
        "x.json",
        '{"student": [1], "answers": {"q": "a"}}',
        "does not say whose",
    ),
    "not JSON": ("x.json", "{", "is not JSON"),
    "deep JSON": ("x.json", "[" * 100_000, "is not JSON"),
    "key twice": (
        "x.json",
        '{"student": "s", "student": "t", "answers": {}}',
        '"student" stands twice',
    ),
    "alias bomb": ("x.yaml", "a: &a [x,x]\nb: &b [*a,*a]\nanswers: [*b,*b]\n", "names a place"),
    "deep YAML": ("x.yaml", "[" * 100_000, "x.yaml"),
    "seed": (
        "x.yaml",
        "student: s\nseed: one\nanswers: {q: a}\n",
        "seed 'one' is not a whole number",
    ),
    "no student column": ("x.csv", "a,b\n1,2\n", "no column is called student"),
    "suffix": ("x.docx", "hello", "is of no kind we know"),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_what_cannot_be_read_is_said(tmp_path: Path, case: str) -> None:
    name, content, words = UNREADABLE[case]
    given, problems = read(tmp_path, name, content)
    assert given == []
    assert any(problem.rule == "unreadable" and words in str(problem) for problem in problems)


def test_missing_file_and_empty_folder(tmp_path: Path) -> None:
    missing, empty = list(read_answers([tmp_path / "no.yaml", tmp_path]))
    assert "there is no such file" in str(missing)
    assert "holds no answer file" in str(empty)


def test_folders_are_read_in_order_of_name(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.yaml"):
        (tmp_path / name).write_text(f"student: {name}\nanswers: {{q: x}}\n")
    assert [one.student for one in read_answers([tmp_path]) if isinstance(one, Given)] == [
        "a.yaml",
        "b.yaml",
    ]


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    (problem,) = read_answers([tmp_path / "pipe.yaml"])
    assert "pipe.yaml:0: unreadable: is no file" in str(problem)


def test_columns_that_say_who_answered_are_no_questions(tmp_path: Path) -> None:
    text = "Full name,Email address,q\nAnn,ann@school,a\n"
    given, _ = read(tmp_path, "form.csv", text)
    assert [(one.student, one.question) for one in given] == [("ann@school", "q")]


def test_empty_rows_are_passed_over_and_nameless_ones_said_once(tmp_path: Path) -> None:
    given, problems = read(tmp_path, "form.csv", "student,q,r\ns,a,b\n,,\n,a,b\n")
    assert len(given) == 2
    assert [str(one).partition(":")[2] for one in problems] == [
        '4: bad-row: has nobody under "student"'
    ]


def test_a_row_of_nobody_is_bad(tmp_path: Path) -> None:
    given, problems = read(tmp_path, "long.csv", "student,question,answer\n ,q,a\ns,q,\n")
    assert [(one.student, one.answer) for one in given] == [("s", "")]
    assert 'has no "student"' in problems[0].message


def test_a_hundred_thousand_columns_are_read_at_once(tmp_path: Path) -> None:
    columns = [f"q{number}" for number in range(100_000)]
    text = f"student,{','.join(columns)}\ns,{','.join('a' for _ in columns)}\n"
    given, _ = read(tmp_path, "wide.csv", text)
    assert [one.question for one in given] == columns
