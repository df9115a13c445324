"""Which files hold answers, and which reader reads each."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from quizbank.answers.given import Given
from quizbank.answers.sheets import read_json, read_yaml
from quizbank.answers.tables import read_csv, read_jsonl
from quizbank.problem import Problem

Reader = Callable[[str, str], Iterator[Given | Problem]]

READERS: dict[str, Reader] = {
    ".yaml": read_yaml,
    ".yml": read_yaml,
    ".json": read_json,
    ".jsonl": read_jsonl,
    ".csv": read_csv,
    ".tsv": read_csv,
}
MEGABYTES = 200  # a table of some million rows; larger ones are cut into several files


def read_answers(paths: Iterable[Path]) -> Iterator[Given | Problem]:
    """Every answer in files and folders, in the order of the paths and of the rows.

    A `Problem` with the rule ``unreadable`` is a file nothing could be had from.
    """
    for found in answer_files(paths):
        if isinstance(found, Problem):
            yield found
        else:
            yield from _read_file(found)


def answer_files(paths: Iterable[Path]) -> Iterator[Path | Problem]:
    """The files named, and those that hold answers in the folders named."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        inside = sorted(one for one in path.rglob("*") if one.suffix.lower() in READERS)
        if not inside:
            yield Problem(str(path), 0, "unreadable", f"holds no answer file ({_known()})")
        yield from inside


def _read_file(path: Path) -> Iterator[Given | Problem]:
    file = str(path)
    if not path.is_file():
        missing = "is no file" if path.exists() else "there is no such file or folder"
        yield Problem(file, 0, "unreadable", missing)
        return
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        yield Problem(file, 0, "unreadable", f"is of no kind we know; give one of {_known()}")
        return
    try:
        if path.stat().st_size > MEGABYTES * 10**6:
            yield Problem(file, 0, "unreadable", f"is larger than {MEGABYTES} MB; cut it up")
            return
        text = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        message = f"is not UTF-8 (byte {error.start}); save it as UTF-8"
        yield Problem(file, line, "unreadable", message)
        return
    except OSError as error:
        yield Problem(file, 0, "unreadable", f"cannot be opened: {error.strerror or error}")
        return
    if "\0" in text[:2]:
        yield Problem(file, 1, "unreadable", "looks like UTF-16; save it as UTF-8")
        return
    if not text.strip():
        yield Problem(file, 1, "unreadable", "is empty")
        return
    yield from reader(text, file)


def _known() -> str:
    return ", ".join(sorted(READERS))
