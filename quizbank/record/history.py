"""A learner's own history: every answer given in the terminal, in one SQLite file."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import platformdirs

from grader.verdict import Outcome
from quizbank.record.database import connect, in_words, writing
from quizbank.record.records import Record

_MIGRATIONS = (
    """
    CREATE TABLE sittings (
        id INTEGER PRIMARY KEY,
        started TEXT NOT NULL,     -- ISO 8601 with offset
        seed INTEGER NOT NULL,
        bank TEXT NOT NULL         -- digest of the bank that was asked
    );
    CREATE TABLE answers (
        id INTEGER PRIMARY KEY,
        sitting INTEGER NOT NULL REFERENCES sittings,
        given TEXT NOT NULL,       -- ISO 8601 with offset
        question TEXT NOT NULL,
        part TEXT NOT NULL,
        seed INTEGER NOT NULL,
        answer TEXT NOT NULL,
        outcome TEXT NOT NULL,
        score TEXT NOT NULL,       -- exact, such as 3/4
        points TEXT NOT NULL,
        misconception TEXT,
        hints INTEGER NOT NULL
    );
    CREATE INDEX answers_by_question ON answers (question, part, given)
    """,
)


@dataclass(frozen=True, slots=True)
class Past:
    """An answer as it was recorded; ``hints`` counts those seen before it was given."""

    given: datetime
    question: str
    part: str
    seed: int
    answer: str
    outcome: Outcome
    score: Fraction
    points: Fraction
    misconception: str | None
    hints: int


class History:
    """The file that answers are kept in, across sittings.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     history = History(Path(folder))
    ...     history.path.name, list(history.answers())
    ...     history.close()
    ('history.sqlite', [])
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Open or create it, by default in the user's data folder; raises `DatabaseTrouble`."""
        self.path = (folder or platformdirs.user_data_path("rnnquiz")) / "history.sqlite"
        self._connection = connect(self.path, _MIGRATIONS)

    def sitting(self, started: datetime, seed: int, bank: str) -> "Sitting":
        """A sitting to record answers in; it leaves no trace until the first one."""
        return Sitting(self._connection, started, seed, bank)

    def answers(self) -> Iterator[Past]:
        """All answers ever given, oldest first."""
        with in_words(self._connection):
            rows = self._connection.execute("SELECT * FROM answers ORDER BY id").fetchall()
        for row in rows:
            yield Past(
                datetime.fromisoformat(row["given"]),
                row["question"],
                row["part"],
                row["seed"],
                row["answer"],
                Outcome(row["outcome"]),
                Fraction(row["score"]),
                Fraction(row["points"]),
                row["misconception"],
                row["hints"],
            )

    def close(self) -> None:
        """Close the file; what was added is already on disk."""
        self._connection.close()


@dataclass(slots=True)
class Sitting:
    """One run of the quiz."""

    connection: sqlite3.Connection
    started: datetime
    seed: int
    bank: str
    id: int | None = None

    def add(self, record: Record, given: datetime, hints: int) -> None:
        """Keep an answer; it is on disk when this returns."""
        with writing(self.connection):
            if self.id is None:
                self.id = self.connection.execute(
                    "INSERT INTO sittings (started, seed, bank) VALUES (?, ?, ?)",
                    (self.started.isoformat(), self.seed, self.bank),
                ).lastrowid
            self.connection.execute(
                "INSERT INTO answers (sitting, given, question, part, seed, answer, outcome,"
                " score, points, misconception, hints) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    self.id,
                    given.isoformat(),
                    record.question,
                    record.part,
                    record.seed,
                    record.answer,
                    record.verdict.outcome.value,
                    str(record.verdict.score),
                    str(record.points),
                    record.verdict.misconception,
                    hints,
                ),
            )
