"""Answers in rows: CSV and TSV, long or wide, and JSON lines."""

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO

from quizbank.answers.given import Given
from quizbank.answers.sheets import plain_json
from quizbank.problem import Problem

STUDENT_HEADERS = (
    "student",
    "student_id",
    "username",
    "email",
    "email_address",
    "id_number",
    "name",
    "full_name",
)
"""Headings that say who answered, the most telling first; only the first one found counts."""

NO_LIMIT = 2**31 - 1  # a huge answer is refused by the grader, not by the csv module


def read_csv(text: str, file: str) -> Iterator[Given | Problem]:
    """Rows of a CSV or TSV file with a header; wide where no ``answer`` column stands.

    >>> [g.question for g in read_csv("student,lstm-gates.f,rnn-t\\ns01,6272,no\\n", "a.csv")]
    ['lstm-gates.f', 'rnn-t']
    >>> [str(p) for p in read_csv("student,question,answer\\ns01,q\\n", "a.csv")]
    ['a.csv:2: bad-row: has 2 cells under 3 headings']
    """
    csv.field_size_limit(NO_LIMIT)
    rows = csv.reader(StringIO(text), delimiter=delimiter(text), strict=True)
    start = 1
    try:
        header = [cell.strip() for cell in next(rows, [])]
        read_row = long_row if {"question", "answer"} <= set(header) else _wide_row
        if read_row is _wide_row and _student_column(header) is None:
            yield Problem(
                file, 1, "unreadable", f"no column is called {' or '.join(STUDENT_HEADERS)}"
            )
            return
        yield from _doubled(header, file)
        start = rows.line_num + 1
        for cells in rows:
            if fields := fields_of(header, cells, file, start):
                yield from (
                    [fields] if isinstance(fields, Problem) else read_row(fields, file, start)
                )
            start = rows.line_num + 1
    except csv.Error as error:
        yield not_csv(error, file, start)


def not_csv(error: csv.Error, file: str, line: int) -> Problem:
    """What makes the rest of a file unreadable."""
    message = f"from here on it is not CSV ({error}); is a quote left open?"
    return Problem(file, line, "unreadable", message)


def fields_of(
    header: Sequence[str], cells: Sequence[str], file: str, line: int
) -> dict[str, str] | Problem | None:
    """A row's cells under their headings; nothing for an empty row.

    >>> fields_of(["student", "q"], ["s01", "a"], "a.csv", 2)
    {'student': 's01', 'q': 'a'}
    """
    if not any(map(str.strip, cells)):
        return None
    if len(cells) != len(header):
        message = f"has {len(cells)} cells under {len(header)} headings"
        return Problem(file, line, "bad-row", message)
    return dict(zip(header, cells, strict=True))


def read_jsonl(text: str, file: str) -> Iterator[Given | Problem]:
    """One JSON object a line: ``student``, ``question``, ``answer``, maybe ``part`` and ``seed``.

    >>> [str(p) for p in read_jsonl('{"student": "s01"}', "a.jsonl")]
    ['a.jsonl:1: bad-row: has no "question"']
    """
    for line, row in enumerate(text.split("\n"), 1):
        yield from json_row(row, file, line)


def json_row(row: str, file: str, line: int) -> Iterator[Given | Problem]:
    """The answers on one line of JSON; none on an empty one."""
    if not row.strip():
        return
    try:
        fields = plain_json(row)
    except (ValueError, RecursionError) as error:
        yield Problem(file, line, "bad-row", f"is not JSON: {error}")
        return
    if isinstance(fields, dict):
        yield from long_row(fields, file, line)
    else:
        yield Problem(file, line, "bad-row", "is not an object of fields")


def long_row(fields: Mapping[str, object], file: str, line: int) -> Iterator[Given | Problem]:
    """The answer in the fields of one row, or why there is none."""
    for field in ("student", "question", "answer"):
        if field not in fields or (field != "answer" and not str(fields[field]).strip()):
            yield Problem(file, line, "bad-row", f'has no "{field}"')
            return
    seed = str(fields.get("seed") or "0").strip()
    if not seed.isascii() or not seed.isdigit():
        yield Problem(file, line, "bad-row", f"seed {seed!r} is not a whole number from 0")
        return
    answer = fields["answer"]
    yield Given(
        student=str(fields["student"]).strip(),
        question=str(fields["question"]).strip(),
        part=str(fields["part"]).strip() if fields.get("part") else None,
        seed=int(seed),
        answer=answer if isinstance(answer, (list, dict)) else str(answer),
        file=file,
        line=line,
    )


def _wide_row(fields: Mapping[str, str], file: str, line: int) -> Iterator[Given | Problem]:
    column = _student_column(list(fields)) or ""
    if not fields[column].strip():
        yield Problem(file, line, "bad-row", f'has nobody under "{column}"')
        return
    common = {"student": fields[column], "seed": fields.get("seed", "0")}
    for heading, answer in fields.items():
        if heading not in ("seed", "") and _folded(heading) not in STUDENT_HEADERS:
            yield from long_row({**common, "question": heading, "answer": answer}, file, line)


def _student_column(header: list[str]) -> str | None:
    folded = {_folded(heading): heading for heading in reversed(header)}
    return next((folded[name] for name in STUDENT_HEADERS if name in folded), None)


def _folded(heading: str) -> str:
    return heading.casefold().replace(" ", "_")


def _doubled(header: list[str], file: str) -> Iterator[Problem]:
    for heading, times in Counter(header).items():
        if times > 1:
            message = f"{times} columns are called {heading!r}; the last counts"
            yield Problem(file, 1, "doubled-heading", message)


def delimiter(text: str) -> str:
    """The mark that splits the heading line most often."""
    heading = text.partition("\n")[0]
    return max((",", ";", "\t"), key=heading.count)
