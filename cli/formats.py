"""The forms in which `check` gives its records: one function each, records in, text out."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from itertools import groupby
from textwrap import wrap

from cli.terminal import Paint, clip, pad, printable
from cli.words import LOOK
from grader.verdict import Outcome
from quizbank.record.records import Record
from quizbank.record.spreadsheet import csv_text

NAME_WIDTH = 40
ANSWER_WIDTH = 26
WHY_INDENT = 8


def table(records: Iterable[Record], paint: Paint, width: int) -> Iterator[str]:
    """A block for every student: a line a part, and below it why, where there is something to say."""
    outcomes: Counter[Outcome] = Counter()
    students = 0
    for student, group in groupby(records, key=lambda record: record.student):
        own = list(group)
        outcomes.update(record.verdict.outcome for record in own)
        students += 1
        yield paint.style("bold", printable(student) or "nobody") + f"   {_points(own)}"
        for record in own:
            yield from _part(record, paint, width)
        yield ""
    counted = ", ".join(
        f"{outcomes[outcome]} {outcome}" for outcome in Outcome if outcomes[outcome]
    )
    yield f"{students} student{'s' * (students != 1)}, {outcomes.total()} answers: {counted or 'none'}"


def _points(records: list[Record]) -> str:
    earned = sum((record.earned for record in records), Fraction(0))
    points = sum((record.points for record in records), Fraction(0))
    return f"{float(earned):g} of {float(points):g} points"


def _part(record: Record, paint: Paint, width: int) -> Iterator[str]:
    look = LOOK[record.verdict.outcome]
    name = record.question + (f".{record.part}" if record.part else "")
    name += f" (seed {record.seed})" if record.seed else ""
    answer = " / ".join(record.answer.split("\n"))
    yield (
        paint.style(look.style, f"  {look.sign} {record.verdict.outcome.value:<9}")
        + f"  {_column(name, NAME_WIDTH)}  {_column(answer, ANSWER_WIDTH)}"
        + f"  {float(record.earned):g}/{float(record.points):g}"
    )
    if record.verdict.outcome not in (Outcome.CORRECT, Outcome.BLANK):
        yield from _why(record, paint, width)


def _column(text: str, width: int) -> str:
    return pad(clip(printable(text), width), width)


def _why(record: Record, paint: Paint, width: int) -> Iterator[str]:
    """The named mistake, or else what the grader found."""
    indent = " " * WHY_INDENT
    if record.misconception_name:
        yield indent + paint.style("bold", record.misconception_name)
        return
    for line in record.feedback.split("\n"):
        if record.verdict.outcome is Outcome.MALFORMED:
            yield indent + printable(line)  # a caret stands under its line: never wrapped
        else:
            yield from wrap(
                printable(line), max(width, 40), initial_indent=indent, subsequent_indent=indent
            )


def jsonl(records: Iterable[Record]) -> str:
    """One JSON object a line."""
    return "".join(json.dumps(record.as_json(), ensure_ascii=False) + "\n" for record in records)


def json_array(records: Iterable[Record]) -> str:
    """One JSON array, indented."""
    rows = [record.as_json() for record in records]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


CSV_COLUMNS = (
    "student",
    "question",
    "part",
    "seed",
    "answer",
    "understood",
    "outcome",
    "score",
    "points",
    "misconception",
    "feedback",
)


def csv_table(records: Iterable[Record]) -> str:
    """The record's fields as columns; evidence is in the JSON forms only."""
    rows = (record.as_json() for record in records)
    return csv_text(CSV_COLUMNS, ([_cell(row[column]) for column in CSV_COLUMNS] for row in rows))


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else str(value)


MACHINE: dict[str, Callable[[Iterable[Record]], str]] = {
    "jsonl": jsonl,
    "csv": csv_table,
    "json": json_array,
}
