"""Answers on their way to the history: on disk at once, or else as soon as that works."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from quizbank.record.database import DatabaseTrouble
from quizbank.record.history import PATIENCE_SECONDS, History, Sitting, history_path
from quizbank.record.records import Record

IMPATIENCE_SECONDS = 0.2  # once something went wrong, no prompt waits long for another attempt


class Entry(NamedTuple):
    """An answer with when it was given, after how many hints and how many seconds."""

    record: Record
    given: datetime
    hints: int = 0
    seconds: float | None = None


@dataclass(slots=True)
class Journal:
    """What one sitting adds to the history of a folder.

    An answer that cannot be written waits, and is tried again with every later one: a disk that
    was full, or a file that another process had locked, costs nothing in the end.
    """

    folder: Path | None
    started: datetime
    seed: int
    bank: str
    waiting: deque[Entry] = field(default_factory=deque)
    trouble: DatabaseTrouble | None = None
    _history: History | None = None
    _sitting: Sitting | None = None

    @property
    def path(self) -> Path:
        """The file."""
        return history_path(self.folder)

    def open(self) -> History | None:
        """The history to read from; nothing when there is `trouble`."""
        try:
            return self._opened()
        except DatabaseTrouble as error:
            self._give_up(error)
            return None

    def add(self, entry: Entry) -> None:
        """Write an answer and those that wait; they are on disk unless there is `trouble`."""
        self.waiting.append(entry)
        try:
            self._opened()
            while self.waiting:
                assert self._sitting is not None  # noqa: S101 - opened above
                self._sitting.add(*self.waiting[0])
                self.waiting.popleft()
            self.trouble = None
        except DatabaseTrouble as error:
            self._give_up(error)

    def close(self) -> None:
        """Close the file, if it was ever opened."""
        if self._history:
            self._history.close()
        self._history = None

    def _opened(self) -> History:
        if self._history is None:
            patience = IMPATIENCE_SECONDS if self.trouble else PATIENCE_SECONDS
            self._history = History(self.folder, patience)
            known = self._sitting.id if self._sitting else None
            self._sitting = self._history.sitting(self.started, self.seed, self.bank)
            self._sitting.id = known
        return self._history

    def _give_up(self, error: DatabaseTrouble) -> None:
        """Until the next answer; a file opened anew may be a better one."""
        self.trouble = error
        self.close()
