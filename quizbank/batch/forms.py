"""Records as bytes in two pieces: whose answer it is, and all that is said of it.

What is said of an answer is the same for everybody who gave it, so it is written once.
"""

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import StringIO

from quizbank.record.jsontext import json_text
from quizbank.record.records import Record
from quizbank.record.spreadsheet import harmless

COLUMNS = (
    "student",
    "question",
    "part",
    "seed",
    "answer",
    "understood",
    "outcome",
    "score",
    "points",
    "misconception",
    "feedback",
)
"""The fields of a record that a table holds; evidence is in the JSON forms only."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form of one line a record: its first line, and the two pieces of each line after it.

    >>> CSV.whose("=s01"), JSONL.whose("s01")
    (b"'=s01,", b'{"student": "s01", ')
    """

    heading: bytes
    whose: Callable[[str], bytes]
    said: Callable[[Record], bytes]

    def line(self, record: Record) -> bytes:
        """A whole record."""
        return self.whose(record.student) + self.said(record)


def _csv_line(cells: Iterable[str]) -> str:
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerow([harmless(cell) for cell in cells])
    return out.getvalue()


def _csv_whose(student: str) -> bytes:
    return _csv_line([student, ""])[:-1].encode()


def _csv_said(record: Record) -> bytes:
    fields = record.as_json()
    return _csv_line(_cell(fields[column]) for column in COLUMNS[1:]).encode()


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else str(value)


def _json_whose(student: str) -> bytes:
    return (json_text({"student": student})[:-1] + ", ").encode()


def _json_said(record: Record) -> bytes:
    fields = record.as_json()
    del fields["student"]
    return (json_text(fields)[1:] + "\n").encode()


CSV = Form((",".join(COLUMNS) + "\n").encode(), _csv_whose, _csv_said)
JSONL = Form(b"", _json_whose, _json_said)
