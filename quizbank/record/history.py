"""A learner's own history: every answer given in the terminal, in one SQLite file."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import platformdirs

from grader.verdict import Outcome
from quizbank.record.database import DatabaseTrouble, connect, in_words, writing
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
    "ALTER TABLE answers ADD COLUMN seconds REAL",  # from asked to answered; NULL: not measured
)


PATIENCE_SECONDS = 5.0  # a learner waits at a prompt while another process writes


@dataclass(frozen=True, slots=True)
class Past:
    """An answer as it was recorded.

    ``hints`` counts those seen before it was given, ``seconds`` is how long that took; nothing
    where it was not measured. Answers of one run of the quiz have the same ``sitting``.
    """

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
    seconds: float | None = None
    sitting: int = 0


class History:
    """The file that answers are kept in, across sittings.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     history = History(Path(folder))
    ...     history.path.name, list(history.answers())
    ...     history.close()
    ('history.sqlite', [])
    """

    def __init__(self, folder: Path | None = None, patience: float = PATIENCE_SECONDS) -> None:
        """Open or create it, by default in the user's data folder; raises `DatabaseTrouble`.

        ``patience`` is how long to wait while another process writes, in seconds.
        """
        self.path = history_path(folder)
        self._connection = connect(self.path, _MIGRATIONS, patience)

    def sitting(self, started: datetime, seed: int, bank: str) -> "Sitting":
        """A sitting to record answers in; it leaves no trace until the first one."""
        return Sitting(self._connection, started, seed, bank)

    def answers(self) -> Iterator[Past]:
        """All answers ever given, oldest first; raises `DatabaseTrouble`."""
        with in_words(self._connection):
            rows = self._connection.execute("SELECT * FROM answers ORDER BY id").fetchall()
        for row in rows:
            try:
                yield _past(row)
            except (ValueError, TypeError, ZeroDivisionError) as error:
                raise DatabaseTrouble(
                    f"{self.path}: answer {row['id']} is damaged; restore the file from a copy"
                ) from error

    def clear(self) -> int:
        """Forget everything for good; how many answers there were."""
        with writing(self._connection):
            gone = self._connection.execute("DELETE FROM answers").rowcount
            self._connection.execute("DELETE FROM sittings")
        with in_words(self._connection):
            self._connection.execute("VACUUM")  # what was deleted would stay in the file
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return gone

    def close(self) -> None:
        """Close the file; what was added is already on disk."""
        self._connection.close()


def history_path(folder: Path | None = None) -> Path:
    """Where a history is kept: in a folder, by default the user's own for data."""
    return (folder or platformdirs.user_data_path("rnnquiz")) / "history.sqlite"


def recorded(folder: Path | None = None) -> list[Past]:
    """All answers in a folder, also where it may only be read; raises `DatabaseTrouble`.

    None, and no new file, where there is no history.
    """
    path = history_path(folder)
    if not path.exists():
        return []
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        with closing(History(folder)) as history:
            return list(history.answers())
    with TemporaryDirectory() as copies:  # a log beside a database can only be read by writing
        for part in path.parent.glob(f"{path.name}*"):
            shutil.copyfile(part, Path(copies) / part.name)
        with closing(History(Path(copies))) as history:
            return list(history.answers())


def _past(row: sqlite3.Row) -> Past:
    return Past(
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
        row["seconds"],
        row["sitting"],
    )


@dataclass(slots=True)
class Sitting:
    """One run of the quiz."""

    connection: sqlite3.Connection
    started: datetime
    seed: int
    bank: str
    id: int | None = None

    def add(
        self, record: Record, given: datetime, hints: int, seconds: float | None = None
    ) -> None:
        """Keep an answer; it is on disk when this returns, or not at all when this raises."""
        with writing(self.connection):
            sitting = self._own_row()
            self.connection.execute(
                "INSERT INTO answers (sitting, given, question, part, seed, answer, outcome, score,"
                " points, misconception, hints, seconds)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    sitting,
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
                    seconds,
                ),
            )
        self.id = sitting

    def _own_row(self) -> int | None:
        """The row of this sitting, made anew where the history was cleared meanwhile."""
        started = self.started.isoformat()
        known = self.connection.execute(
            "SELECT id FROM sittings WHERE id = ? AND started = ?", (self.id, started)
        ).fetchone()
        if known:
            return self.id
        return self.connection.execute(
            "INSERT INTO sittings (started, seed, bank) VALUES (?, ?, ?)",
            (started, self.seed, self.bank),
        ).lastrowid
