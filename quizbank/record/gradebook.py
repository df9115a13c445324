"""A course's gradebook: one SQLite file that holds what was handed in and what it earned."""

import hashlib
import os
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Self

from quizbank.record.database import connect, in_words, writing
from quizbank.record.jsontext import json_text
from quizbank.record.records import Record

FILE = "gradebook.db"
MIGRATIONS = (
    """
    CREATE TABLE submission (
        id INTEGER PRIMARY KEY,
        file TEXT NOT NULL,
        digest TEXT NOT NULL UNIQUE,
        bank TEXT NOT NULL,
        added TEXT NOT NULL
    );
    CREATE TABLE mark (
        id INTEGER PRIMARY KEY,
        submission INTEGER NOT NULL REFERENCES submission ON DELETE CASCADE,
        student TEXT NOT NULL,
        question TEXT NOT NULL,
        part TEXT NOT NULL,
        seed INTEGER NOT NULL,
        answer TEXT NOT NULL,
        outcome TEXT NOT NULL,
        score TEXT NOT NULL,
        points TEXT NOT NULL,
        record TEXT NOT NULL
    );
    CREATE INDEX mark_of_part ON mark (student, question, part)
    """,
)


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands in the gradebook for one student and one part: the latest answer's mark."""

    student: str
    question: str
    part: str
    outcome: str
    points: Fraction
    earned: Fraction


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one student stands: parts answered, points, and what waits for a person."""

    student: str
    answered: int
    earned: Fraction
    points: Fraction
    waiting: int
    unread: int


class Gradebook:
    """The gradebook of one course folder; every method that writes is all or nothing."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @staticmethod
    def kept_in(course: Path) -> bool:
        """Whether there is a gradebook in a course folder."""
        return (course / FILE).exists()

    @classmethod
    def open(cls, course: Path) -> Self:
        """The gradebook in a course folder, made where there is none; raises `DatabaseTrouble`."""
        return cls(connect(course / FILE, MIGRATIONS))

    def close(self) -> None:
        self._connection.close()

    def has(self, content: bytes) -> bool:
        """Whether a file of exactly this content was added before."""
        digest = hashlib.sha256(content).hexdigest()
        query = "SELECT 1 FROM submission WHERE digest = ?"
        with in_words(self._connection):
            return self._connection.execute(query, (digest,)).fetchone() is not None

    def add(self, file: str, content: bytes, bank: str, records: Iterable[Record]) -> bool:
        """Keep the records of one file of answers, graded with the bank of that digest.

        False, and nothing kept, where another process has added the same content meanwhile.
        """
        digest = hashlib.sha256(content).hexdigest()
        now = datetime.now(UTC).isoformat(timespec="seconds")
        rows = [_row(record) for record in records]
        with writing(self._connection):
            cursor = self._connection.execute(
                "INSERT OR IGNORE INTO submission (file, digest, bank, added) VALUES (?, ?, ?, ?)",
                (os.fsencode(file).decode(errors="replace"), digest, bank, now),
            )
            if not cursor.rowcount:
                return False
            self._connection.executemany(
                "INSERT INTO mark (submission, student, question, part, seed, answer, outcome,"
                " score, points, record) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [(cursor.lastrowid, *row) for row in rows],
            )
        return True

    def marks(self) -> Iterator[Mark]:
        """The mark that counts for every student and part: that of the answer added last.

        A part left open in a later file takes nothing from what was answered before.
        """
        with in_words(self._connection):
            rows = self._connection.execute(
                "SELECT student, question, part, outcome, score, points FROM mark WHERE id IN"
                " (SELECT coalesce(max(CASE WHEN outcome <> 'blank' THEN id END), max(id))"
                " FROM mark GROUP BY student, question, part) ORDER BY student, id"
            ).fetchall()
        for row in rows:
            points = Fraction(row["points"])
            yield Mark(
                row["student"],
                row["question"],
                row["part"],
                row["outcome"],
                points,
                Fraction(row["score"]) * points,
            )

    def standings(self) -> list[Standing]:
        """Where every student stands, by name."""
        by_student: dict[str, list[Mark]] = {}
        for mark in self.marks():
            by_student.setdefault(mark.student, []).append(mark)
        return [
            Standing(
                student=student,
                answered=sum(mark.outcome != "blank" for mark in marks),
                earned=sum((mark.earned for mark in marks), Fraction(0)),
                points=sum((mark.points for mark in marks), Fraction(0)),
                waiting=sum(mark.outcome == "undecided" for mark in marks),
                unread=sum(mark.outcome == "malformed" for mark in marks),
            )
            for student, marks in sorted(by_student.items())
        ]


def _row(record: Record) -> tuple[str | int, ...]:
    return (
        record.student,
        record.question,
        record.part,
        record.seed,
        record.answer,
        record.verdict.outcome.value,
        str(record.verdict.score),
        str(record.points),
        json_text(record.as_json()),
    )
