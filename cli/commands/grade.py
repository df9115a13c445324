"""`rnnquiz grade`: a course folder with its gradebook."""

import sys
from fractions import Fraction
from pathlib import Path

from cli.exits import Exit
from cli.files import write_whole
from cli.stderr import complain
from cli.terminal import Paint, clip, pad
from cli.words import counted
from grader.reading.display import columns, visible
from quizbank.answers import Given, answer_files, take_in
from quizbank.bank import Bank
from quizbank.load import load
from quizbank.marking import records
from quizbank.problem import Problem
from quizbank.record.gradebook import Gradebook, Standing
from quizbank.record.jsontext import json_text
from quizbank.record.spreadsheet import csv_text

NAME_WIDTH = 32
ADDED_BEFORE = "was added before, nothing changed"


def add(files: list[Path], course: Path, bank: Path | None) -> Exit:
    """Grade files of answers and keep them; a file that was added before is passed over."""
    loaded, problems = load(bank)
    if not loaded.ids:
        return complain(problems)
    troubles: list[Problem] = [*problems]
    book = Gradebook.open(course)
    try:
        for found in answer_files(files):
            troubles += [found] if isinstance(found, Problem) else _add_one(book, loaded, found)
    finally:
        book.close()
    return complain(troubles) if troubles else Exit.DONE


def _add_one(book: Gradebook, bank: Bank, file: Path) -> list[Problem]:
    """Add one file; what could not be read of it comes back, and rows that name no student."""
    content = _content(file)
    if book.has(content):
        print(f"{visible(str(file))}: {ADDED_BEFORE}")
        return []
    intake = take_in([file])
    complain(intake.notes)
    nameless = [row for row in intake.rows if isinstance(row, Problem)]
    marked = list(records(bank, (row for row in intake.rows if isinstance(row, Given))))
    if marked:
        added = book.add(str(file), content, bank.digest, marked)
        students = counted(len({record.student for record in marked}), "student")
        news = f"{counted(len(marked), 'part')} of {students}" if added else ADDED_BEFORE
        print(f"{visible(str(file))}: {news}")
    return [*intake.troubles, *nameless]


def _content(file: Path) -> bytes:
    """What a file holds; nothing where it cannot be read, of which its reader will complain."""
    try:
        return file.read_bytes() if file.is_file() else b""
    except OSError:
        return b""


def status(course: Path, as_json: bool) -> Exit:
    """Where every student stands."""
    standings = _standings(course)
    if as_json:
        print(json_text([_fields(one) for one in standings], indent=1))
    elif standings:
        _table(standings)
    else:
        print(f"Nothing was added yet. Try: rnnquiz grade add FOLDER --course {course}")
    return Exit.DONE


def _standings(course: Path) -> list[Standing]:
    """Where every student stands; to look is not to make a gradebook."""
    if not Gradebook.kept_in(course):
        return []
    book = Gradebook.open(course)
    try:
        return book.standings()
    finally:
        book.close()


def _table(standings: list[Standing]) -> None:
    paint = Paint.of(sys.stdout)
    names = [clip(visible(one.student), NAME_WIDTH) for one in standings]
    width = max(columns(name) for name in (*names, "student"))
    print(paint.style("bold", f"{'student':<{width}}  answered    points      %  waiting  unread"))
    for name, one in zip(names, standings, strict=True):
        points = f"{float(one.earned):g}/{float(one.points):g}"
        print(
            f"{pad(name, width)}  {one.answered:>8}  {points:>8}  {_percent(one):>5.1f}"
            f"  {one.waiting or '':>7}  {one.unread or '':>6}"
        )
    waiting = sum(one.waiting for one in standings)
    if waiting:
        print(f"\n{counted(waiting, 'answer')} must be marked by a person.")


def _percent(one: Standing) -> float:
    return float(100 * one.earned / one.points) if one.points else 0.0


def _fields(one: Standing) -> dict[str, str | int | float]:
    return {
        "student": one.student,
        "answered": one.answered,
        "earned": float(one.earned),
        "points": float(one.points),
        "waiting": one.waiting,
        "unread": one.unread,
    }


def export(course: Path, out: Path | None) -> Exit:
    """One row a student, one column a part, and the sum; empty where nothing was handed in."""
    if not Gradebook.kept_in(course):
        return complain([f"{course}: holds no gradebook; name another folder with --course"])
    book = Gradebook.open(course)
    try:
        marks = list(book.marks())
    finally:
        book.close()
    columns = list(dict.fromkeys(_column(mark.question, mark.part) for mark in marks))
    by_student: dict[str, dict[str, Fraction]] = {}
    for mark in marks:
        by_student.setdefault(mark.student, {})[_column(mark.question, mark.part)] = mark.earned
    text = csv_text(
        ["student", *columns, "total"],
        (
            [
                student,
                *(_points(earned.get(column)) for column in columns),
                _points(sum(earned.values(), Fraction(0))),
            ]
            for student, earned in sorted(by_student.items())
        ),
    )
    if out is None:
        print(text, end="")
    else:
        write_whole(out, text)
    return Exit.DONE


def _column(question: str, part: str) -> str:
    return f"{question}.{part}" if part else question


def _points(points: Fraction | None) -> str:
    return "" if points is None else f"{float(points):g}"
