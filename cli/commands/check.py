"""`rnnquiz check`: files of answers in, verdicts out."""

import sys
from fractions import Fraction
from pathlib import Path

from cli.exits import Exit
from cli.files import write_whole
from cli.formats import MACHINE, table
from cli.stderr import complain
from cli.terminal import Paint, window_width
from quizbank.answers import take_in
from quizbank.load import load
from quizbank.marking import records
from quizbank.record.records import Record


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
    for student in _in_several_files(marked):
        complain([f"{student} handed in several files; all are shown"])
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


def _in_several_files(marked: list[Record]) -> list[str]:
    files: dict[str, set[str]] = {}
    for record in marked:
        if record.student:
            files.setdefault(record.student, set()).add(record.place.rpartition(":")[0])
    return [student for student, places in files.items() if len(places) > 1]


def _percent(marked: list[Record]) -> float:
    points = sum((record.points for record in marked), Fraction(0))
    earned = sum((record.earned for record in marked), Fraction(0))
    return float(100 * earned / points) if points else 0.0
