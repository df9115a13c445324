"""A sitting that was broken off: what was being asked, kept beside the history until it ends.

It is written once, before the first question; which parts are answered is told by the history, so
that nothing has to be written in the moment in which something breaks.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from cli.files import write_whole
from quizbank.record.history import Past, history_path

Given = dict[str, dict[str, str]]
"""Answers by question and part."""


@dataclass(frozen=True, slots=True)
class Interrupted:
    """The questions of a sitting in their order, their seed, when it began, where it was saved."""

    names: tuple[str, ...]
    seed: int
    started: str
    digest: str
    save: str = ""

    def given(self, answers: Iterable[Past]) -> Given:
        """What was answered since it began; of several answers to a part the last one counts."""
        began = datetime.fromisoformat(self.started)
        found: Given = {}
        for one in answers:
            if one.given >= began and one.seed == self.seed and one.question in self.names:
                found.setdefault(one.question, {})[one.part] = one.answer
        return found


def path(folder: Path | None) -> Path:
    """The file, beside the history."""
    return history_path(folder).with_name("interrupted.json")


def remember(folder: Path | None, sitting: Interrupted) -> None:
    """Write it down; where that is impossible the sitting cannot be resumed, and goes on."""
    try:
        write_whole(path(folder), json.dumps(asdict(sitting)))
    except OSError:
        return  # the history says why: it is kept in the same folder


def forget(folder: Path | None, sitting: Interrupted) -> None:
    """It has come to its end; another one that began meanwhile may still be resumed."""
    if recall(folder) != sitting:
        return
    try:
        path(folder).unlink(missing_ok=True)
    except OSError:
        return  # as above


def recall(folder: Path | None) -> Interrupted | None:
    """The last sitting that did not come to its end; nothing where there is none.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     remember(Path(folder), Interrupted(("a", "b"), 7, "2026-03-01T12:00:00+00:00", "d"))
    ...     recall(Path(folder)).names
    ('a', 'b')
    """
    try:
        written = json.loads(path(folder).read_text(encoding="utf-8"))
        datetime.fromisoformat(written["started"])
        names = tuple(map(str, written.pop("names")))
        return Interrupted(names, int(written.pop("seed")), **written)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None  # no such file, or none of ours
