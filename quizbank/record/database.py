"""Opening the SQLite files that people's work is kept in: durable, versioned, checked."""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

PATIENCE_SECONDS = 10.0  # how long one process waits while another writes


class DatabaseTrouble(Exception):
    """A database that cannot be used, in words for the person whose work is in it."""


def connect(
    path: Path, migrations: Sequence[str], patience: float = PATIENCE_SECONDS
) -> sqlite3.Connection:
    """A connection in WAL mode at the newest schema; ``migrations[n]`` leads from version n to n+1.

    ``patience`` is how long to wait while others write, in seconds. All migrations are done or
    none, so that no file is ever between two versions. Raises `DatabaseTrouble` where the file is
    no database, is damaged, cannot be written, or was made by a newer version.

    Source: https://www.sqlite.org/wal.html and
    https://www.sqlite.org/pragma.html#pragma_user_version
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=patience, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise DatabaseTrouble(f"{path}: {_words(error)}") from error
    try:
        _prepare(connection, path, migrations, patience)
    except (sqlite3.Error, DatabaseTrouble) as error:
        connection.close()
        if isinstance(error, DatabaseTrouble):
            raise
        raise DatabaseTrouble(f"{path}: {_words(error)}") from error
    return connection


def _prepare(
    connection: sqlite3.Connection, path: Path, migrations: Sequence[str], patience: float
) -> None:
    connection.row_factory = sqlite3.Row
    _write_ahead(connection, patience)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    _migrate(connection, path, migrations)


def _write_ahead(connection: sqlite3.Connection, patience: float) -> None:
    """Switch to WAL; SQLite does not wait by itself when two processes do so at once."""
    deadline = time.monotonic() + patience
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def _migrate(connection: sqlite3.Connection, path: Path, migrations: Sequence[str]) -> None:
    if _version(connection, path, migrations) == len(migrations):
        return  # without a lock, so that one can read while another writes
    with writing(connection):
        version = _version(connection, path, migrations)
        for number, script in enumerate(migrations[version:], version + 1):
            for statement in filter(str.strip, script.split(";")):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")


def _version(connection: sqlite3.Connection, path: Path, migrations: Sequence[str]) -> int:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > len(migrations):
        raise DatabaseTrouble(
            f"{path}: was written by a newer rnnquiz"
            f" (schema {version}, we know {len(migrations)}); update rnnquiz"
        )
    return version


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """All statements inside, or none; the lock is taken at once so that two writers queue up.

    Raises `DatabaseTrouble` where the file cannot take them.
    """
    with in_words(connection):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:  # a full disk has ended it already
                connection.execute("ROLLBACK")
            raise


@contextmanager
def in_words(connection: sqlite3.Connection) -> Iterator[None]:
    """What SQLite cannot do inside becomes `DatabaseTrouble`, which names the file."""
    try:
        yield
    except sqlite3.Error as error:
        _, _, file = connection.execute("PRAGMA database_list").fetchone()
        raise DatabaseTrouble(f"{file}: {_words(error)}") from error


def _words(error: Exception) -> str:
    said = str(error)
    for sign, words in (
        ("not a database", "is no database; move it away and start again"),
        ("malformed", "is damaged; restore it from a copy"),
        ("readonly", "cannot be written; check its permissions"),
        ("unable to open", "cannot be opened; check the folder and its permissions"),
        ("full", "cannot grow: the disk is full; make room"),
        ("No space left", "cannot be made: the disk is full; make room"),
        ("Permission denied", "cannot be made; check the permissions of its folder"),
        ("Read-only file system", "cannot be made, since its disk is read-only"),
        ("disk I/O", "cannot be read or written; see whether the disk is full"),
        ("exists", "cannot be made, since its folder is a file"),
        ("locked", "is in use by another process; try again"),
    ):
        if sign in said:
            return words
    return str(getattr(error, "strerror", None) or said)
