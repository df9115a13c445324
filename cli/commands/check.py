"""`rnnquiz check`: files of answers in, verdicts out."""

import sys
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from pathlib import Path

from cli.exits import Exit
from cli.files import write_whole
from cli.formats import MACHINE, table
from cli.stderr import complain
from cli.terminal import Paint, window_width
from cli.words import counted
from grader.verdict import Outcome
from quizbank.answers import take_in
from quizbank.load import load
from quizbank.marking import records
from quizbank.record.records import Record

NAMED = 10  # students named who answered more than once


def run(
    files: list[Path], bank: Path | None, form: str, out: Path | None, fail_under: float | None
) -> Exit:
    """Grade files of answers; problems go to stderr, records to stdout or ``out``."""
    loaded, problems = load(bank)
    if not loaded.ids:
        return complain(problems)
    intake = take_in(files)
    marked = list(records(loaded, intake.rows))
    complain(intake.notes)
    complain(_repeated(marked))
    text = _text(marked, form, out)
    if out is None:
        print(text, end="")
    else:
        write_whole(out, text)
    if problems or intake.troubles:
        return complain([*problems, *intake.troubles])
    if fail_under is not None and _percent(marked) < fail_under:
        complain([f"{_percent(marked):.1f}% of the points, below {fail_under:g}%"])
        return Exit.NOT_MET
    return Exit.DONE


def _text(marked: list[Record], form: str, out: Path | None) -> str:
    if form in MACHINE:
        return MACHINE[form](marked)
    paint = Paint.of(sys.stdout) if out is None else Paint(colour=False)
    return "".join(f"{line}\n" for line in table(marked, paint, window_width()))


def _repeated(marked: list[Record]) -> Iterator[str]:
    """Who answered the same part more than once, in one file or in several."""
    places: dict[tuple[str, str, str, int], list[str]] = {}
    for record in marked:
        if record.student and record.verdict.outcome is not Outcome.BLANK:
            part = (record.student, record.question, record.part, record.seed)
            places.setdefault(part, []).append(record.place)
    twice = {part[0]: where for part, where in places.items() if len(where) > 1}
    for student, where in islice(twice.items(), NAMED):
        yield f"{student} answered more than once ({', '.join(where[:2])}); all are shown"
    if len(twice) > NAMED:
        yield f"and so did {counted(len(twice) - NAMED, 'more student')}"


def _percent(marked: list[Record]) -> float:
    points = sum((record.points for record in marked), Fraction(0))
    earned = sum((record.earned for record in marked), Fraction(0))
    return float(100 * earned / points) if points else 0.0
