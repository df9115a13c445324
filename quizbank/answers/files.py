"""Which files hold answers, and which reader reads each."""

from codecs import BOM_UTF8, getincrementaldecoder
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

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
BLOCK = 2**20  # bytes looked at in one go


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
    if problem := fault(path):
        yield problem
    elif path.stat().st_size > MEGABYTES * 10**6:
        message = f"is larger than {MEGABYTES} MB; cut it up"
        yield Problem(str(path), 0, "unreadable", message)
    else:
        text = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
        yield from READERS[path.suffix.lower()](text, str(path))


def fault(path: Path) -> Problem | None:
    """Why a file is no answer file in UTF-8, told without keeping it in memory; None if it is.

    >>> print(fault(Path("answers.docx")))
    answers.docx:0: unreadable: there is no such file or folder
    """
    if not path.is_file():
        missing = "is no file" if path.exists() else "there is no such file or folder"
        return Problem(str(path), 0, "unreadable", missing)
    if path.suffix.lower() not in READERS:
        message = f"is of no kind we know; give one of {_known()}"
        return Problem(str(path), 0, "unreadable", message)
    try:
        with path.open("rb") as stream:
            line, message = _not_text(stream)
    except OSError as error:
        line, message = 0, f"cannot be opened: {error.strerror or error}"
    return Problem(str(path), line, "unreadable", message) if message else None


def _not_text(stream: BinaryIO) -> tuple[int, str]:
    """The line where a file stops being text in UTF-8, and what is wrong; an empty message if not.

    >>> from io import BytesIO
    >>> _not_text(BytesIO(b"ab\\n\\xff"))
    (2, 'is not UTF-8 (byte 3); save it as UTF-8')
    """
    decoder = getincrementaldecoder("utf-8")()
    lines, read, empty = 1, 0, True
    while block := stream.read(BLOCK):
        if block.removeprefix(BOM_UTF8)[:2].count(0) and not read:
            return 1, "looks like UTF-16; save it as UTF-8"
        held = len(decoder.getstate()[0])
        try:
            text = decoder.decode(block)
        except UnicodeDecodeError as error:
            line = lines + error.object.count(b"\n", 0, error.start)
            return line, f"is not UTF-8 (byte {read - held + error.start}); save it as UTF-8"
        lines, read = lines + block.count(b"\n"), read + len(block)
        empty = empty and not text.lstrip("\ufeff").strip()
    if decoder.getstate()[0]:
        return lines, f"is not UTF-8 (byte {read}); save it as UTF-8"
    return (1, "is empty") if empty else (0, "")


def _known() -> str:
    return ", ".join(sorted(READERS))
