"""The forms in which `check` gives its records: one function each, records in, text out."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from itertools import groupby
from textwrap import wrap

from cli.terminal import Paint, cells, clip, pad, printable
from cli.words import LOOK, counted
from grader.verdict import Outcome
from quizbank.record.records import Record
from quizbank.record.spreadsheet import csv_text

BLANK = Outcome.BLANK
LONGEST_NAME = 44
LONGEST_ANSWER = 32
SHORTEST_ANSWER = 8
BESIDES = 26  # columns that sign, outcome, points and the gaps between them take
WHY_INDENT = 8


def table(records: Iterable[Record], paint: Paint, width: int) -> Iterator[str]:
    """A block for every student: a line a part answered, and below it why it is not right."""
    outcomes: Counter[Outcome] = Counter()
    students = 0
    for student, group in groupby(records, key=lambda record: record.student):
        own = list(group)
        outcomes.update(record.verdict.outcome for record in own)
        students += 1
        yield paint.style("bold", printable(student) or "nobody") + f"   {_sum(own)}"
        yield from _parts([one for one in own if one.verdict.outcome is not BLANK], paint, width)
        yield ""
    said = ", ".join(f"{outcomes[outcome]} {outcome}" for outcome in Outcome if outcomes[outcome])
    yield f"{counted(students, 'student')}, {counted(outcomes.total(), 'part')}: {said or 'none'}"


def _sum(records: list[Record]) -> str:
    """Points, and how many parts were left open."""
    earned = sum((record.earned for record in records), Fraction(0))
    points = sum((record.points for record in records), Fraction(0))
    blank = sum(record.verdict.outcome is BLANK for record in records)
    open_parts = f" · {counted(blank, 'part')} not answered" if blank else ""
    return f"{float(earned):g} of {float(points):g} points{open_parts}"


def _parts(records: list[Record], paint: Paint, width: int) -> Iterator[str]:
    names = [_name(record) for record in records]
    answers = [printable(" / ".join(record.answer.split("\n"))) for record in records]
    name_width = min(max(map(cells, names), default=0), LONGEST_NAME)
    room = max(SHORTEST_ANSWER, width - name_width - BESIDES)
    answer_width = min(max(map(cells, answers), default=0), LONGEST_ANSWER, room)
    for record, name, answer in zip(records, names, answers, strict=True):
        look = LOOK[record.verdict.outcome]
        yield (
            paint.style(look.style, f"  {look.sign} {record.verdict.outcome.value:<9}")
            + f"  {pad(clip(name, name_width), name_width)}"
            + f"  {pad(clip(answer, answer_width), answer_width)}"
            + f"  {float(record.earned):g}/{float(record.points):g}"
        )
        if record.verdict.outcome is not Outcome.CORRECT:
            yield from _why(record, paint, width)


def _name(record: Record) -> str:
    part = f".{record.part}" if record.part else ""
    seed = f" (seed {record.seed})" if record.seed else ""
    return printable(f"{record.question}{part}{seed}")


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
