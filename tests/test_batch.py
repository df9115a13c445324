"""Tables marked line by line say exactly what the careful way says, whatever stands in them."""

import json
import random
from collections import Counter
from pathlib import Path

import pytest

from grader.verdict import Outcome
from quizbank.answers import take_in
from quizbank.bank import Bank
from quizbank.batch import CSV, JSONL, Flow, Form, layouts, marked, table
from quizbank.batch.layouts import layout_of
from quizbank.load import load
from quizbank.marking import records

HEADING = "student,question,part,seed,answer\n"
CLASSIFIER = "keras-text-classifier"


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load()[0]


def flowed(bank: Bank, path: Path, form: Form = JSONL) -> tuple[bytes, Flow]:
    flow = Flow(bank, form)
    return b"".join(flow.pieces([path])), flow


def carefully(bank: Bank, path: Path, form: Form = JSONL) -> bytes:
    lines = [form.line(record) for record in records(bank, take_in([path]).rows)]
    return form.heading + b"".join(lines)


def assert_same(bank: Bank, path: Path) -> None:
    """The same lines but for their order, the same troubles and points."""
    for form in (JSONL, CSV):
        out, flow = flowed(bank, path, form)
        careful = carefully(bank, path, form)
        assert Counter(out.split(b"\n")) == Counter(careful.split(b"\n"))
        intake = take_in([path])
        assert (flow.troubles, flow.notes) == (intake.troubles, intake.notes)
        marked_ = list(records(bank, intake.rows))
        assert flow.tally.outcomes == Counter(one.verdict.outcome for one in marked_)
        assert flow.tally.points == sum(one.points for one in marked_)
        assert flow.tally.earned == sum(one.earned for one in marked_)


HOSTILE = {
    "quotes": 's01,q,,,"6,272"\n"s02",q,,,6272\ns03,"q",,,"a ""b"" c"\n',
    "line breaks": 's01,q,,,"a\nb"\ns02,q,,,x\ns03,q,,,"a\r\n\r\nb"\ns04,q,,,y\n',
    "quotes inside": 's01,q,,,5" disk\ns02,q,,,6\ns0"3,q,,,7\n',
    "bad rows": "s01,q\n\n,,,,\n,q,,,a\ns01,q,,,a,b\ns01,,,,a\ns02,q,,x,a\ns03,q,,²,a\nlast",
    "no end": "s01,q,,,b",
    "open quote": 's01,q,,,a\ns02,q,,,"b\ns03,q,,,c\n',
    "quote gone wrong": 's01,q,,,a\ns02,q,,,"b"c\ns03,q,,,c\n',
    "CRLF": 's01,q,,,a\r\ns02,q,,,"b"\r\n\r\ns03,q\r\n',
    "space": " s01 , q , , 3 , a \ns01,q,,0,  \n\ts01,q,,00,a\n",
    "unknown": "s01,nowhere,,,a\ns01,q,nopart,,a\ns01,keras-text-classifier,,,a\n",
    "dotted": "s01,keras-text-classifier.lstm,,,6272\n",
    "formulas": "=cmd()|x,q,,,@SUM(A1)\n-5,q,,,=1\n'=cmd()|x,q,,,a\n",
    "controls": "s\x1b[2J,q,,,\x9b\x1b]0;x\x07\n\u202eeve,q,,,\u2028\n\0,q,,,\0\n",
    "repeated": "s01,q,,,a\ns01,q,,,b\ns01,q,,,\ns01,q,,,b\n",
    "huge": f"s01,q,,,{'9' * 200_000}\n{'s' * 200_000},q,,,a\n",
    "seeds": "s01,q,,1,a\ns01,q,,2,a\ns01,q,,01,a\ns01,q,,99999999999999999999999,a\n",
}


@pytest.mark.parametrize("case", HOSTILE)
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_hostile_tables_come_to_the_same(bank: Bank, tmp_path: Path, case: str, start: str) -> None:
    path = tmp_path / "x.csv"
    text = start + HEADING + HOSTILE[case].replace(",q,", ",unroll-longer,")
    path.write_bytes(text.encode())
    assert layout_of(path) is not None
    assert_same(bank, path)


HEADINGS = [
    "question,student,answer",
    '"student",question,answer',
    "student,question,answer,answer",
]


@pytest.mark.parametrize("heading", HEADINGS)
def test_unusual_headings_are_read_with_care(bank: Bank, tmp_path: Path, heading: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text(f"{heading}\nunroll-longer,unroll-longer,a{',b' * heading.count('answer,')}\n")
    assert layout_of(path) is None
    assert_same(bank, path)


@pytest.mark.parametrize("text", ["s1,q,a\rs2,q,b\n", 's1,q,"a\rb"\ns2,q,b\r\n', "s1,q,a\r"])
@pytest.mark.parametrize("block", [1, 2, 3, 5, 2**20])
def test_lone_carriage_returns_are_read_with_care(
    bank: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, block: int
) -> None:
    monkeypatch.setattr(layouts, "BLOCK", block)
    path = tmp_path / "x.csv"
    path.write_bytes(f"student,question,answer\n{text.replace(',q,', ',unroll-longer,')}".encode())
    assert layout_of(path) is None
    assert_same(bank, path)
    path.write_bytes(path.read_bytes().replace(b"\r", b"\r\n").replace(b"\n\n", b"\n"))
    assert layout_of(path) is not None


def test_hostile_json_lines_come_to_the_same(bank: Bank, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    rest = '"question": "unroll-longer", "answer": '
    lines = [
        f'{{"student": "s01", {rest}"a"}}',
        f'{{"student":"s02",{rest}"b"}}',
        f'{{"student": "s03", {rest}"a", "student": "s04"}}',
        f'{{"student": "s\\u0030", {rest}"a"}}',
        f'{{"student": "s05", {rest}["a", 1e-3]}}',
        f'{{"student": "s06", {rest}null}} garbage',
        '{"student": "s07", }',
        '{"student": "s08", "question": 3}',
        f'{{"student": "s09", {rest}"\\ud83d"}}',
        f'{{"student": ["s10"], {rest}"a"}}',
        f'{{{rest}"a", "student": "s11"}}',
        f'{{"student": " ", {rest}"a"}}',
        f'{{"student": "s12", {rest}{"[" * 100_000}',
        '{"student": "s13", "question": "keras-text-classifier", "answer": {"lstm": 6272}}',
        '{"student": "s13", "question": "keras-text-classifier", "answer": {"lstm": 1, "x": 2}}',
        "",
        "[1]",
    ]
    for ends in ("\n", "\r\n"):
        path.write_bytes(ends.join(lines).encode())
        assert_same(bank, path)


def test_a_heading_of_any_length_is_read(bank: Bank, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    for letters in (layouts.HEADING - 30, layouts.HEADING - 31):  # cut inside of a letter
        path.write_text(f"student,question,answer,{'ü' * letters}\ns,unroll-longer,a,b\n")
        assert layout_of(path) is None
        assert_same(bank, path)


def test_a_lone_return_in_the_first_line_is_seen(bank: Bank, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    row = '{"student": "s1", "question": "unroll-longer", "answer": "a"}'
    path.write_bytes(f"{row}\r{row}\n".encode())
    assert layout_of(path) is None
    assert_same(bank, path)


PIECES = (
    *("s1", "s2", " s1", "unroll-longer", CLASSIFIER, "lstm", "total", "a", "6272", "27272", "0"),
    *(",", ",", ",", ",", ";", "\n", "\n", "\r\n", '"', '""', "", " ", "\t", "ü", "\ufeff", "\0"),
    *("s1,unroll-longer,,,a\n", f"s2,{CLASSIFIER},lstm,,1\n", f'"s2",{CLASSIFIER},tail,,"1\n2"\n'),
    *(f"s1,{CLASSIFIER},total,0,27272\n", f"s1,{CLASSIFIER},tail,00,5000\r\n"),
)
OBJECTS = (
    *('{"student": "s1", ', '{"student":"s2",', '"question": "unroll-longer", ', '"answer": "a"}'),
    *('"answer": ["a"]', '"part": ""', '"seed": 1', ", ", "}", '"', "{", '"student": "s3"'),
    *("\n", "\n", "\r\n", '{"student": "s1", "question": "unroll-longer", "answer": "b"}\n'),
    f'{{"student": "s1", "question": "{CLASSIFIER}", "part": "tail", "answer": 5000}}\n',
    f'{{"student": "s1", "question": "{CLASSIFIER}",'
    ' "answer": {"total": 27272, "tail": 5000}}\n',
)


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize(("name", "pieces"), [("x.csv", PIECES), ("x.jsonl", OBJECTS)])
def test_random_tables_come_to_the_same(
    bank: Bank, tmp_path: Path, name: str, pieces: tuple[str, ...], seed: int
) -> None:
    dice = random.Random(seed)
    path = tmp_path / name
    text = "".join(dice.choices(pieces, k=dice.randrange(1, 60)))
    path.write_bytes(((HEADING if name == "x.csv" else "") + text).encode())
    assert_same(bank, path)


def carrying_rows(bank: Bank, students: int, dice: random.Random) -> list[str]:
    """Answers in any order, some again, to a question whose parts follow from one another."""
    question = bank.question(CLASSIFIER)
    keys = {part.id: part.spec.right_answer() for part in question.parts}
    rows: list[str] = []
    for student in range(students):
        for part in dice.choices([*keys], k=dice.randrange(1, 9)):
            wrong = dice.choice(["4352", "4609", "16000", "26880", "27272", "1", "5000"])
            rows.append(
                f's{student},{CLASSIFIER},{part},,"{dice.choice([keys[part], wrong, ""])}"\n'
            )
    dice.shuffle(rows)
    return rows


@pytest.mark.parametrize("seed", range(3))
def test_what_follows_from_other_rows_comes_to_the_same(
    bank: Bank, tmp_path: Path, seed: int
) -> None:
    path = tmp_path / "x.csv"
    path.write_text(HEADING + "".join(carrying_rows(bank, 40, random.Random(seed))))
    assert_same(bank, path)


def test_an_error_is_carried_from_a_row_further_down(bank: Bank, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    given = {"embedding": "16000", "lstm": "6272", "tail": "5000", "total": "27272"}
    rows = [f"s,{CLASSIFIER},{part},,{answer}\n" for part, answer in given.items()]
    evidence = []
    for order in (rows, rows[::-1]):
        path.write_text(HEADING + "".join(order))
        assert_same(bank, path)
        lines = map(json.loads, flowed(bank, path)[0].splitlines())
        evidence.append({one["part"]: one["evidence"] for one in lines})
    assert evidence[0] == evidence[1]
    assert evidence[0]["total"][0]["check"] == "carried-forward"


def test_rows_come_out_in_their_order(bank: Bank, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    rows = [f"s{number},unroll-longer,,,{'abc'[number % 3]}\n" for number in range(10_000)]
    rows[5000] = 's5000,unroll-longer,,,"a\nb"\n'
    path.write_text(HEADING + "".join(rows))
    said = [json.loads(line)["student"] for line in flowed(bank, path)[0].splitlines()]
    assert said == [f"s{number}" for number in range(10_000)]


def test_what_is_forgotten_is_still_counted(
    bank: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (marked, table):
        monkeypatch.setattr(module, "ANSWERS_KEPT", 3)
    monkeypatch.setattr(table, "LINES_AT_ONCE", 4)
    monkeypatch.setattr(table, "STUDENTS_KEPT", 2)
    path = tmp_path / "x.csv"
    rows = carrying_rows(bank, 30, random.Random(9))
    rows += [f"s{number},unroll-longer,,,{number}\n" for number in range(50)]
    path.write_text(HEADING + "".join(rows))
    assert_same(bank, path)


def test_a_distinct_answer_is_marked_once(
    bank: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graded: list[str] = []
    monkeypatch.setattr(marked, "grade", lambda spec, text: graded.append(text) or spec.grade(text))
    path = tmp_path / "x.csv"
    path.write_text(HEADING + "s1,unroll-longer,,,a\ns2,unroll-longer,,0,a\ns3,unroll-longer,,,b\n")
    assert flowed(bank, path)[1].tally.outcomes.total() == 3
    assert graded == ["a", "b"]


def test_who_answered_twice_is_known(bank: Bank, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    row = "s{},unroll-longer,,,{}\n"
    path.write_text(
        HEADING + "".join(row.format(*one) for one in [(1, "a"), (2, ""), (2, "a"), (1, "b")])
    )
    flow = flowed(bank, path)[1]
    assert flow.again.names == ["s1"]
    assert flow.tally.outcomes[Outcome.BLANK] == 1


def test_who_answered_in_two_files_is_known(bank: Bank, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(HEADING + "s1,unroll-longer,,,a\ns2,unroll-longer,,,\n")
    (tmp_path / "b.csv").write_text(HEADING + "s2,unroll-longer,,,a\ns3,unroll-longer,,,a\n")
    (tmp_path / "c.yaml").write_text("student: s3\nanswers: {unroll-longer: a}\n")
    (tmp_path / "d.jsonl").write_text('{"student": "s1", "question": "unroll-longer", "answer": 1}')
    flow = Flow(bank, JSONL)
    b"".join(flow.pieces([tmp_path]))
    assert flow.again.names == ["s3", "s1"]
