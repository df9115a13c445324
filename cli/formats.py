"""The forms in which `check` gives its records: one function each, records in, text out."""

from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import groupby
from textwrap import wrap

from cli.terminal import Paint, clip, pad
from cli.words import LOOK, counted
from grader.reading.display import columns, visible
from grader.verdict import Outcome
from quizbank.batch import CSV, JSONL
from quizbank.record.jsontext import json_text
from quizbank.record.records import Record

BLANK = Outcome.BLANK
LONGEST_NAME = 44
LONGEST_ANSWER = 32
SHORTEST_ANSWER = 8
GLANCE = 4 * LONGEST_NAME  # characters looked at for a column: combining marks take no room
BESIDES = 26  # columns that sign, outcome, points and the gaps between them take
WHY_INDENT = 8
NARROW = 66  # columns below which a part takes a line for its name and one for its answer


def table(records: Iterable[Record], paint: Paint, width: int) -> Iterator[str]:
    """A block for every student: a line a part answered, and below it why it is not right."""
    outcomes: Counter[Outcome] = Counter()
    students = 0
    for student, group in groupby(records, key=lambda record: record.student):
        own = list(group)
        outcomes.update(record.verdict.outcome for record in own)
        students += 1
        name, points = visible(student) or "nobody", _sum(own)
        fits = columns(name) + columns(points) + 3 <= width
        yield paint.style("bold", name) + (f"   {points}" if fits else "")
        yield from () if fits else _folded(points, width, 2)
        yield from _parts([one for one in own if one.verdict.outcome is not BLANK], paint, width)
        yield ""
    said = ", ".join(f"{outcomes[outcome]} {outcome}" for outcome in Outcome if outcomes[outcome])
    total = f"{counted(students, 'student')}, {counted(outcomes.total(), 'part')}: {said or 'none'}"
    yield from _folded(total, width, 0)


def _sum(records: list[Record]) -> str:
    """Points, and how many parts were left open."""
    earned = sum((record.earned for record in records), Fraction(0))
    points = sum((record.points for record in records), Fraction(0))
    blank = sum(record.verdict.outcome is BLANK for record in records)
    open_parts = f" · {counted(blank, 'part')} not answered" if blank else ""
    return f"{float(earned):g} of {float(points):g} points{open_parts}"


def _parts(records: list[Record], paint: Paint, width: int) -> Iterator[str]:
    names = [_name(record) for record in records]
    answers = [_glance(record.answer) for record in records]
    name_width = min(max(map(columns, names), default=0), LONGEST_NAME)
    room = max(SHORTEST_ANSWER, width - name_width - BESIDES)
    answer_width = min(max(map(columns, answers), default=0), LONGEST_ANSWER, room)
    for record, name, answer in zip(records, names, answers, strict=True):
        look = LOOK[record.verdict.outcome]
        points = f"{float(record.earned):g}/{float(record.points):g}"
        if width < NARROW:
            outcome = f"  {look.sign} {record.verdict.outcome.value}"
            yield paint.style(look.style, outcome) + f"  {points}"
            yield from _folded(name, width, 4)
            yield from _folded(clip(answer, LONGEST_ANSWER), width, 4)
            yield from _why(record, paint, width)
            continue
        yield (
            paint.style(look.style, f"  {look.sign} {record.verdict.outcome.value:<9}")
            + f"  {pad(clip(name, name_width), name_width)}"
            + f"  {pad(clip(answer, answer_width), answer_width)}"
            + f"  {points}"
        )
        yield from _why(record, paint, width)


def _folded(text: str, width: int, indent: int) -> list[str]:
    """As many lines as it takes."""
    return wrap(text, width, initial_indent=" " * indent, subsequent_indent=" " * indent)


def _name(record: Record) -> str:
    part = f".{record.part}" if record.part else ""
    seed = f" (seed {record.seed})" if record.seed else ""
    return _glance(f"{record.question}{part}{seed}")


def _glance(text: str) -> str:
    """As much of a text as could be shown in a column, in one line."""
    return visible(" / ".join(text[:GLANCE].split("\n")))


def _why(record: Record, paint: Paint, width: int) -> Iterator[str]:
    """The named mistake, or else what the grader found; nothing where all is right."""
    if record.verdict.outcome is Outcome.CORRECT:
        return
    if record.misconception_name:
        for line in _folded(record.misconception_name, width, WHY_INDENT):
            yield paint.style("bold", line)
        return
    for line in record.feedback.split("\n"):
        if record.verdict.outcome is Outcome.MALFORMED:
            yield " " * WHY_INDENT + visible(line)  # a caret stands under its line: never wrapped
        else:
            yield from _folded(visible(line), width, WHY_INDENT)


def json_array(records: Iterable[Record]) -> str:
    """One JSON array, indented."""
    rows = [record.as_json() for record in records]
    return json_text(rows, indent=1) + "\n"


FLOWING = {"jsonl": JSONL, "csv": CSV}
"""Forms of one line a record, given out while others are still marked."""
