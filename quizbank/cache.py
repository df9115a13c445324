"""A bank as it was last read, so that reading YAML is paid once.

A cache is never needed: whatever is wrong with it, the bank is read again. Only banks without
problems are kept, and only for the code that read them. The first line of a file is the SHA-256 of
the rest; then comes what a list tells about the questions, and two lines for each question: as it
is written, and as it was worked out for seed 0.
"""

import functools
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from quizbank.bank import Bank, Entry
from quizbank.misconceptions import Misconception
from quizbank.question import PartSummary, Summary

CODE = tuple(Path(__file__).parents[1] / layer for layer in ("grader", "quizbank"))
"""Where the code is that a kept bank rests on."""

KEPT = 8
"""Banks kept at once; the oldest gives way."""


def find(digest: str) -> Bank | None:
    """The bank of this digest, if it was kept and is whole."""
    try:
        seal, _, body = _path(digest).read_bytes().partition(b"\n")
        return _opened(body, digest) if seal == _seal(body) else None
    except (OSError, ValueError, LookupError, TypeError):
        return None  # unreadable or not ours: the YAML is there


def keep(bank: Bank) -> None:
    """Writes a bank for next time, whole or not at all."""
    body = _body(bank)
    with suppress(OSError):  # a full disk or a read-only home costs time, nothing else
        path = _path(bank.digest)
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}")  # nobody else's, and renamed in one step
        draft.write_bytes(_seal(body) + b"\n" + body)
        draft.replace(path)
        _drop_oldest(path.parent)


def _path(digest: str) -> Path:
    name = _seal(f"{_code()} {digest}".encode()).decode()
    return user_cache_path("rnnquiz") / f"bank-{name[:32]}.jsonl"


@functools.cache
def _code() -> list[tuple[str, int, int]]:
    """What tells this code from any other: time and size of its files, as for Python's bytecode."""
    return sorted(state for folder in CODE for state in _states(folder))


def _states(folder: Path | str) -> Iterator[tuple[str, int, int]]:
    for entry in os.scandir(folder):
        if entry.name.endswith(".py"):
            yield entry.path, entry.stat().st_mtime_ns, entry.stat().st_size
        elif entry.is_dir():
            yield from _states(entry.path)


def _seal(data: bytes) -> bytes:
    return sha256(data).hexdigest().encode()


def _body(bank: Bank) -> bytes:
    head = {
        "summaries": [asdict(summary) for summary in bank.summaries],
        "misconceptions": [asdict(one) for one in bank.misconceptions.values()],
    }
    questions = (line for one in bank.entries.values() for line in (one.packed, one.frozen))
    return b"\n".join((json.dumps(head, default=str).encode(), *questions))


def _opened(body: bytes, digest: str) -> Bank:
    first, *lines = body.split(b"\n")
    head = json.loads(first)
    summaries = [_summary(**summary) for summary in head["summaries"]]
    entries = [Entry(*one) for one in zip(summaries, lines[::2], lines[1::2], strict=True)]
    return Bank(entries, [Misconception(**one) for one in head["misconceptions"]], digest)


def _summary(*, topics: list[str], parts: list[dict[str, str]], **rest: Any) -> Summary:
    read = (PartSummary(part["id"], part["kind"], Fraction(part["points"])) for part in parts)
    return Summary(topics=tuple(topics), parts=tuple(read), **rest)


def _drop_oldest(folder: Path) -> None:
    kept = sorted(folder.glob("bank-*"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in kept[KEPT:]:
        path.unlink()
