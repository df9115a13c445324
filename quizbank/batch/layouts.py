"""Lines taken apart into whose answer it is and all the rest, which many lines share.

A layout knows the plain lines of one file only. What is in any way unusual (quotes around a name,
line breaks inside an answer, bad rows) it hands to the reader that all other files go through.
"""

import csv
import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import BinaryIO, ClassVar, Protocol

from quizbank.answers.files import BLOCK
from quizbank.answers.given import Given, Raw
from quizbank.answers.sheets import plain_json
from quizbank.answers.tables import (
    NO_LIMIT,
    delimiter,
    fields_of,
    json_row,
    long_row,
    not_csv,
)
from quizbank.problem import Problem

HEADING = 100_000  # bytes of a heading line that is looked at; a longer one is a wide table's
SAID_KEPT = 20_000  # answers of several lines, and the like, remembered; each takes about 1 kB
NOBODY = "nobody"  # stands in for the student while the rest of a line is read


class Layout(Protocol):
    """How the lines of one file are taken apart."""

    @property
    def mark(self) -> bytes:
        """What stands between the student and the rest."""
        ...

    @property
    def headings(self) -> int:
        """Lines before the first row."""
        ...

    def student(self, piece: bytes) -> str | None:
        """The student in what stands before the first mark; None where it is not plain."""
        ...

    def given(self, rest: bytes) -> Given | None:
        """The answer in what stands after it; None where it is not plain."""
        ...

    def rows(self, line: bytes, following: Iterator[bytes], number: int) -> "Row":
        """Whatever a line holds, read with all care."""
        ...


@dataclass(frozen=True, slots=True)
class Row:
    """What a row of a table came to, how many lines it took, and whether the table ends there."""

    found: tuple[Given | Problem, ...]
    lines: int = 1
    last: bool = False


def layout_of(path: Path) -> Layout | None:
    """The layout of a table of one answer a line that names the student first, or None."""
    with path.open("rb") as stream:
        line = stream.readline(HEADING).removeprefix(BOM_UTF8)
        stream.seek(0)
        if _returns(stream):
            return None
    match path.suffix.lower():
        case ".csv" | ".tsv":
            return _csv_layout(line, str(path))
        case ".jsonl":
            return JsonLines(str(path))
        case _:
            return None


def _csv_layout(line: bytes, file: str) -> "LongCsv | None":
    if b'"' in line or not line.endswith(b"\n"):
        return None
    text = _text(line).removesuffix("\n")
    mark = delimiter(text)
    header = [cell.strip() for cell in text.split(mark)]
    plain = len(set(header)) == len(header) and header[0] == "student"
    if not plain or not {"question", "answer"} <= set(header):
        return None
    csv.field_size_limit(NO_LIMIT)
    return LongCsv(file, tuple(header), mark.encode())


@dataclass(frozen=True, slots=True)
class LongCsv:
    """A table with one answer a line whose first column is the student.

    >>> layout = LongCsv("a.csv", ("student", "question", "answer"), b",")
    >>> layout.student(b" 00012"), layout.student(b'"s01"')
    ('00012', None)
    >>> layout.given(b'rnn-t,"6,272"\\n').answer
    '6,272'
    >>> layout.given(b'rnn-t,"two\\n') is None
    True
    """

    file: str
    header: tuple[str, ...]
    mark: bytes
    headings: int = 1
    _said: dict[tuple[str, ...], tuple[str, str | None, int, Raw]] = field(default_factory=dict)

    def student(self, piece: bytes) -> str | None:
        if b'"' in piece or b"\r" in piece or b"\n" in piece:
            return None
        return piece.decode().strip() or None

    def given(self, rest: bytes) -> Given | None:
        if rest.count(b'"') % 2:
            return None  # a quote left open, most likely: the answer goes on in the next line
        text = f"{NOBODY}{self.mark.decode()}{_text(rest)}"
        try:
            (cells,) = csv.reader([text], delimiter=self.mark.decode(), strict=True)
        except csv.Error:
            return None
        return _only(self._given(cells, 0))

    def rows(self, line: bytes, following: Iterator[bytes], number: int) -> Row:
        texts = map(_text, chain([line], following))
        reader = csv.reader(texts, delimiter=self.mark.decode(), strict=True)
        try:
            cells = next(reader)
        except csv.Error as error:
            return Row((not_csv(error, self.file, number),), last=True)
        return Row(self._remembered(cells, number), reader.line_num)

    def _remembered(self, cells: list[str], number: int) -> tuple[Given | Problem, ...]:
        """What a row says, quickly where another student said the same."""
        said = tuple(cells[1:])
        if (known := self._said.get(said)) and (student := cells[0].strip()):
            question, part, seed, answer = known
            return (Given(student, question, part, seed, answer, self.file, number),)
        found = self._given(cells, number)
        if (only := _only(found)) and len(self._said) < SAID_KEPT:
            self._said[said] = only.question, only.part, only.seed, only.answer
        return found

    def _given(self, cells: list[str], number: int) -> tuple[Given | Problem, ...]:
        fields = fields_of(self.header, cells, self.file, number)
        if fields is None or isinstance(fields, Problem):
            return (fields,) if fields else ()
        return tuple(long_row(fields, self.file, number))


@dataclass(frozen=True, slots=True)
class JsonLines:
    """One JSON object a line, the student first.

    >>> layout = JsonLines("a.jsonl")
    >>> piece, _, rest = b'{"student": "s01", "question": "rnn-t", "answer": 5}'.partition(b'",')
    >>> layout.student(piece), layout.given(rest).answer
    ('s01', '5')
    """

    file: str
    mark: bytes = b'",'
    headings: int = 0
    _STUDENT: ClassVar[re.Pattern[bytes]] = re.compile(rb'\{"student": ?"([^"\\\x00-\x1f]+)')

    def student(self, piece: bytes) -> str | None:
        found = self._STUDENT.fullmatch(piece)
        return (found[1].decode().strip() or None) if found else None

    def given(self, rest: bytes) -> Given | None:
        try:
            fields = plain_json("{" + _text(rest))
        except (ValueError, RecursionError):
            return None
        if not isinstance(fields, dict) or "student" in fields:
            return None
        return _only(tuple(long_row({"student": NOBODY, **fields}, self.file, 0)))

    def rows(self, line: bytes, following: Iterator[bytes], number: int) -> Row:
        text = _text(line.removeprefix(BOM_UTF8) if number == 1 else line)
        return Row(tuple(json_row(text.removesuffix("\n"), self.file, number)))


def _returns(stream: BinaryIO) -> bool:
    """Whether lines end, or break, with a carriage return alone."""
    before = b""
    while block := stream.read(BLOCK):
        if before.endswith(b"\r") and not block.startswith(b"\n"):
            return True
        if b"\r" in block and block[:-1].count(b"\r") > block.count(b"\r\n"):
            return True  # the last byte is looked at with the block after it
        before = block[-1:]
    return before == b"\r"


def _text(line: bytes) -> str:
    return line.decode().replace("\r\n", "\n")


def _only(found: tuple[Given | Problem, ...]) -> Given | None:
    return found[0] if len(found) == 1 and isinstance(found[0], Given) else None
