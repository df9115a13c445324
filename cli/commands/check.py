"""`rnnquiz check`: files of answers in, verdicts out."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from cli.exits import Exit
from cli.files import write_pieces
from cli.formats import FLOWING, json_array, table
from cli.stderr import complain
from cli.terminal import Paint, window_width
from cli.words import counted
from grader.verdict import Outcome
from quizbank.answers import take_in
from quizbank.bank import Bank
from quizbank.batch import Flow
from quizbank.batch.tally import Tally
from quizbank.load import load
from quizbank.marking import records
from quizbank.problem import Problem
from quizbank.record.records import Record

NAMED = 10  # students named who answered more than once


@dataclass(frozen=True, slots=True)
class Said:
    """What a run came to, besides the records themselves."""

    tally: Tally
    notes: list[Problem]
    troubles: list[Problem]
    again: list[str]


def run(
    files: list[Path], bank: Path | None, form: str, out: Path | None, fail_under: float | None
) -> Exit:
    """Grade files of answers; problems go to stderr, records to stdout or ``out``."""
    loaded, problems = load(bank)
    if not loaded.ids:
        return complain(problems)
    check = _line_by_line if form in FLOWING else _all_at_once
    said = check(loaded, files, form, out)
    complain(said.notes)
    complain(_named(said.again))
    if problems or said.troubles:
        return complain([*problems, *said.troubles])
    if fail_under is not None and said.tally.percent < fail_under:
        complain([f"{said.tally.percent:.1f}% of the points, below {fail_under:g}%"])
        return Exit.NOT_MET
    return Exit.DONE


def _line_by_line(bank: Bank, files: list[Path], form: str, out: Path | None) -> Said:
    flow = Flow(bank, FLOWING[form])
    _give(flow.pieces(files), out)
    again = [f"{student} answered more than once; all are shown" for student in flow.again.names]
    return Said(flow.tally, flow.notes, flow.troubles, again)


def _all_at_once(bank: Bank, files: list[Path], form: str, out: Path | None) -> Said:
    intake = take_in(files)
    marked = list(records(bank, intake.rows))
    tally = Tally()
    for record in marked:
        tally.count(record.verdict, record.points)
    if form == "json":
        text = json_array(marked)
    else:
        paint = Paint.of(sys.stdout) if out is None else Paint(colour=False)
        text = "".join(f"{line}\n" for line in table(marked, paint, window_width()))
    if out is None:
        print(text, end="")
    else:
        _give([text.encode()], out)
    return Said(tally, intake.notes, intake.troubles, list(_repeated(marked)))


def _give(pieces: Iterable[bytes], out: Path | None) -> None:
    if out is not None:
        write_pieces(out, pieces)
        return
    sys.stdout.flush()
    for piece in pieces:
        sys.stdout.buffer.write(piece)
    sys.stdout.buffer.flush()


def _repeated(marked: list[Record]) -> Iterator[str]:
    """Who answered the same part more than once, in one file or in several."""
    places: dict[tuple[str, str, str, int], list[str]] = {}
    for record in marked:
        if record.student and record.verdict.outcome is not Outcome.BLANK:
            part = (record.student, record.question, record.part, record.seed)
            places.setdefault(part, []).append(record.place)
    twice = {part[0]: where for part, where in places.items() if len(where) > 1}
    for student, where in twice.items():
        yield f"{student} answered more than once ({', '.join(where[:2])}); all are shown"


def _named(again: list[str]) -> Iterator[str]:
    yield from islice(again, NAMED)
    if len(again) > NAMED:
        yield f"and so did {counted(len(again) - NAMED, 'more student')}"
