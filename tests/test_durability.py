"""Nothing answered is ever lost: kills, full disks, locks, damage, and files of other versions."""

import ctypes
import os
import random
import re
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from terminal import ROOT

from grader.verdict import Outcome, Verdict
from quizbank.record.database import DatabaseTrouble, connect
from quizbank.record.history import History
from quizbank.record.journal import Entry, Journal
from quizbank.record.records import Record

BANK = Path(__file__).parent / "banks" / "terminal.yaml"
NOW = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
KILLS = 40
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE = 24, 1  # linux/prctl.h, linux/capability.h

FIRST_SCHEMA = """
CREATE TABLE sittings (id INTEGER PRIMARY KEY, started TEXT NOT NULL, seed INTEGER NOT NULL,
    bank TEXT NOT NULL);
CREATE TABLE answers (id INTEGER PRIMARY KEY, sitting INTEGER NOT NULL REFERENCES sittings,
    given TEXT NOT NULL, question TEXT NOT NULL, part TEXT NOT NULL, seed INTEGER NOT NULL,
    answer TEXT NOT NULL, outcome TEXT NOT NULL, score TEXT NOT NULL, points TEXT NOT NULL,
    misconception TEXT, hints INTEGER NOT NULL);
CREATE INDEX answers_by_question ON answers (question, part, given);
INSERT INTO sittings VALUES (1, '2026-01-05T10:00:00+01:00', 3, 'digest');
INSERT INTO answers VALUES (1, 1, '2026-01-05T10:01:00+01:00', 'q', '', 3, '6272', 'correct', '1',
    '2', NULL, 1);
PRAGMA user_version = 1;
"""
"""A history as the first version of the program wrote it."""


def entry(answer: str = "1") -> Entry:
    return Entry(
        Record("me", "q", "", 0, answer, Verdict.correct("1").score, Verdict.correct("1")), NOW
    )


def journal(folder: Path) -> Journal:
    return Journal(folder, NOW, 0, "digest")


def answers(folder: Path) -> list[str]:
    with closing(History(folder)) as history:
        return [past.answer for past in history.answers()]


def command(folder: Path) -> list[str]:
    asked = ["take", "--plain", "--seed", "0", "--bank", str(BANK), "--data", str(folder)]
    return [sys.executable, "-m", "cli", *asked]


def take(
    folder: Path, typed: str, *further: str, **started: object
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*command(folder), *further],
        input=typed,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
        timeout=60,
        check=False,
        **started,  # type: ignore[call-overload]
    )


class TestKilled:
    """A scripted sitting, killed at any instant."""

    SCRIPT = ("a", "c, b, a", "a, b", "1536", "6144", "b, a")
    VERDICT = re.compile(r"(Right|Partly right|Not right): [0-9.]+ of ")

    def test_whatever_was_acknowledged_is_on_disk(self, tmp_path: Path) -> None:
        dice, acknowledged = random.Random(5), 0
        for attempt in range(KILLS):
            folder = tmp_path / str(attempt)
            said = self._killed(folder, dice.choice((dice.uniform(0.1, 0.5), None)), dice)
            acknowledged += said
            self._check(folder, said)
        assert acknowledged > KILLS, "hardly anything was answered: the kills came too early"

    def _killed(self, folder: Path, after: float | None, dice: random.Random) -> int:
        """Kill after some time, or upon some verdict; how many verdicts were said by then."""
        with subprocess.Popen(
            command(folder),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONUTF8": "1"},
        ) as child:
            assert child.stdin is not None
            assert child.stdout is not None
            child.stdin.write("".join(f"{line}\n" for line in self.SCRIPT))
            child.stdin.flush()
            said = 0
            if after is None:
                upon = dice.randint(1, len(self.SCRIPT))
                while said < upon:
                    said += bool(self.VERDICT.match(child.stdout.readline()))
                time.sleep(dice.uniform(0, 0.004))
            else:
                time.sleep(after)
            child.kill()
            rest = child.stdout.read().splitlines()
            return said + sum(bool(self.VERDICT.match(line)) for line in rest)

    def _check(self, folder: Path, said: int) -> None:
        if not (folder / "history.sqlite").exists():
            assert said == 0
            return
        with closing(sqlite3.connect(folder / "history.sqlite")) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert not connection.execute("PRAGMA foreign_key_check").fetchall()
        kept = answers(folder)
        assert len(kept) in (said, said + 1)  # recorded first, said then

    def test_it_would_be_seen(self, tmp_path: Path) -> None:
        take(tmp_path, "a\n")
        with pytest.raises(AssertionError):
            self._check(tmp_path, 2)


class TestWaiting:
    """What cannot be written now is written with a later answer."""

    def test_a_lock_costs_nothing(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("quizbank.record.journal.PATIENCE_SECONDS", 0.05)
        kept = journal(tmp_path)
        kept.add(entry("1"))
        with closing(sqlite3.connect(tmp_path / "history.sqlite")) as other:
            other.execute("BEGIN IMMEDIATE")
            kept.add(entry("2"))
            assert str(kept.trouble).endswith("is in use by another process; try again")
            kept.add(entry("3"))
            assert len(kept.waiting) == 2
            other.rollback()
        kept.add(entry("4"))
        kept.close()
        assert kept.trouble is None
        assert answers(tmp_path) == ["1", "2", "3", "4"]

    def test_they_belong_to_one_sitting(self, tmp_path: Path) -> None:
        kept = journal(tmp_path)
        kept.add(entry("1"))
        kept.close()
        kept.add(entry("2"))
        kept.close()
        with closing(History(tmp_path)) as history:
            assert {past.sitting for past in history.answers()} == {1}

    def test_a_history_cleared_meanwhile_starts_again(self, tmp_path: Path) -> None:
        kept, other = journal(tmp_path), journal(tmp_path)
        other.started = NOW.replace(hour=1)
        kept.add(entry("1"))
        with closing(History(tmp_path)) as history:
            assert history.clear() == 1
        other.add(entry("2"))  # is given the number that the first sitting had
        kept.add(entry("3"))
        with closing(History(tmp_path)) as history:
            assert [(past.answer, past.sitting) for past in history.answers()] == [
                ("2", 1),
                ("3", 2),
            ]
        kept.close()
        other.close()

    def test_nothing_of_a_cleared_history_is_left_in_the_file(self, tmp_path: Path) -> None:
        kept = journal(tmp_path)
        kept.add(entry("my own secret"))
        with closing(History(tmp_path)) as history:
            history.clear()
        kept.close()
        left = b"".join(path.read_bytes() for path in tmp_path.iterdir())
        assert b"my own secret" not in left


def damaged(folder: Path) -> None:
    (folder / "history.sqlite").write_text("no database, but longer than a header")


def rotten(folder: Path) -> None:
    """A history whose pages were overwritten."""
    take(folder, "a\n")
    path = folder / "history.sqlite"
    content = path.read_bytes()
    path.write_bytes(content[:4096] + bytes(byte ^ 0x5A for byte in content[4096:]))


def newer(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "history.sqlite")) as connection:
        connection.execute("PRAGMA user_version = 99")


def no_folder(folder: Path) -> None:
    folder.rmdir()
    folder.write_text("")


def obey_permissions() -> None:
    """Even as root, once the next program starts."""
    if os.geteuid() == 0:
        assert ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0) == 0


class TestTrouble:
    """Each is said with file and remedy; the quiz goes on, and exit code 2 tells scripts."""

    @pytest.mark.parametrize(
        ("spoil", "said"),
        [
            (damaged, "history.sqlite: is no database; move it away and start again"),
            (rotten, "history.sqlite: is damaged; restore it from a copy"),
            (newer, "was written by a newer rnnquiz (schema 99, we know 2); update rnnquiz"),
            (no_folder, "history.sqlite: cannot be made, since its folder is a file"),
        ],
    )
    def test_a_history_that_cannot_be_used(
        self, tmp_path: Path, spoil: Callable[[Path], None], said: str
    ) -> None:
        folder = tmp_path / "data"
        folder.mkdir()
        spoil(folder)
        done = take(folder, "b\nc, b, a\n")
        assert done.stdout.count(f"{said}. The quiz goes on") == 1
        assert "Not right: 0 of 1 point." in done.stdout
        assert "Stopped here.\n" in done.stdout
        assert (done.returncode, done.stderr) == (2, "Not recorded: 2 answers.\n")

    def test_a_disk_without_room(self, tmp_path: Path) -> None:
        take(tmp_path, "b\n")
        room = max(path.stat().st_size for path in tmp_path.iterdir())

        def no_more() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

        done = take(tmp_path, "b\n" + "c, b, a\n", preexec_fn=no_more)
        assert "see whether the disk is full" in done.stdout
        assert done.returncode == 2
        assert answers(tmp_path)[0] == "b", "what was there before is whole"

    def test_a_full_database_takes_everything_once_there_is_room(self, tmp_path: Path) -> None:
        kept = journal(tmp_path)
        kept.add(entry("1"))
        assert kept._history is not None
        connection = kept._history._connection
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")
        kept.add(entry("x" * 10**5))
        assert str(kept.trouble).endswith("cannot grow: the disk is full; make room")
        kept.add(entry("3"))
        kept.close()
        assert [len(answer) for answer in answers(tmp_path)] == [1, 10**5, 1]

    @pytest.mark.skipif(sys.platform != "linux", reason="takes permissions from root")
    @pytest.mark.parametrize("before", [True, False], ids=["with a history", "empty"])
    def test_a_folder_one_may_only_read(self, tmp_path: Path, before: bool) -> None:
        if before:
            take(tmp_path, "b\n")
        tmp_path.chmod(0o555)
        try:
            done = take(tmp_path, "b\n", preexec_fn=obey_permissions)
        finally:
            tmp_path.chmod(0o755)
        assert "history.sqlite: cannot be " in done.stdout
        assert "check " in done.stdout
        assert done.stdout.count("Not recorded: ") == 1
        assert (done.returncode, done.stderr) == (2, "Not recorded: 1 answer.\n")

    def test_an_answer_file_that_cannot_be_written(self, tmp_path: Path) -> None:
        saved = tmp_path / "me.yaml"

        def no_room() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))

        done = take(tmp_path / "data", "b\n", "--save", str(saved), preexec_fn=no_room)
        assert done.stdout.count(f"Not saved: {saved}: File too large. The quiz goes on") == 1
        assert done.returncode == 2
        assert not saved.exists()


class TestTwoAtOnce:
    def test_two_sittings_side_by_side_lose_nothing(self, tmp_path: Path) -> None:
        script = "a\nc, b, a\na, b\n1536\n6144\nb, a\n"
        both = [
            subprocess.Popen(
                command(tmp_path),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                cwd=ROOT,
            )
            for _ in range(2)
        ]
        for one in both:
            assert one.stdin is not None
            one.stdin.write(script)
            one.stdin.flush()
        said = [one.communicate(timeout=60)[0] for one in both]
        assert [one.returncode for one in both] == [0, 0]
        assert not any("Not recorded" in text for text in said)
        with closing(History(tmp_path)) as history:
            kept = list(history.answers())
        assert sorted(past.sitting for past in kept) == [1] * 6 + [2] * 6
        assert all(past.seconds is not None and past.seconds >= 0 for past in kept)

    def test_one_can_read_while_another_writes(self, tmp_path: Path) -> None:
        kept = journal(tmp_path)
        kept.add(entry())
        kept.close()
        with closing(sqlite3.connect(tmp_path / "history.sqlite")) as other:
            other.execute("BEGIN IMMEDIATE")
            with closing(History(tmp_path, patience=0.0)) as history:
                assert len(list(history.answers())) == 1


class TestVersions:
    def test_a_first_history_is_brought_up_to_date(self, tmp_path: Path) -> None:
        with closing(sqlite3.connect(tmp_path / "history.sqlite")) as connection:
            connection.executescript(FIRST_SCHEMA)
        kept = journal(tmp_path)
        kept.add(entry("2")._replace(seconds=2.5))
        kept.close()
        with closing(History(tmp_path)) as history:
            first, second = history.answers()
        assert (first.answer, first.outcome, first.seconds) == ("6272", Outcome.CORRECT, None)
        assert (second.answer, second.seconds) == ("2", 2.5)

    def test_a_migration_that_fails_changes_nothing(self, tmp_path: Path) -> None:
        path = tmp_path / "history.sqlite"
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(FIRST_SCHEMA)
            schema = list(connection.iterdump())
        steps = ["", "ALTER TABLE answers ADD COLUMN seconds REAL; CREATE TABLE answers (id)"]
        with pytest.raises(DatabaseTrouble):
            connect(path, steps)
        with closing(sqlite3.connect(path)) as connection:
            assert list(connection.iterdump()) == schema
            assert connection.execute("PRAGMA user_version").fetchone() == (1,)

    def test_a_row_no_version_has_written_is_said(self, tmp_path: Path) -> None:
        kept = journal(tmp_path)
        kept.add(entry())
        kept.close()
        with closing(sqlite3.connect(tmp_path / "history.sqlite")) as connection:
            connection.execute("UPDATE answers SET score = '1/0'")
            connection.commit()
        with pytest.raises(DatabaseTrouble, match="answer 1 is damaged; restore"):
            answers(tmp_path)
