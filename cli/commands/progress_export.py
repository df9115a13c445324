"""`rnnquiz progress export` and `reset`: a history leaves as a file, or for good."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias

from cli import words_of_progress as words
from cli.exits import Exit
from cli.files import write_whole
from cli.stderr import complain
from cli.words import NOTHING_ASKED
from quizbank.bank import Bank, BrokenVariant
from quizbank.load import load
from quizbank.question import Question
from quizbank.record.history import History, Past, history_path, recorded
from quizbank.record.jsontext import json_text
from quizbank.record.spreadsheet import csv_text

Form: TypeAlias = Literal["csv", "json", "anki"]


@dataclass(frozen=True, slots=True)
class Column:
    """A field of an answer under its name."""

    name: str
    of: Callable[[Past], str | int | float | None]


COLUMNS: Final = (
    Column("given", lambda one: one.given.isoformat(timespec="seconds")),
    Column("sitting", lambda one: one.sitting),
    Column("question", lambda one: one.question),
    Column("part", lambda one: one.part),
    Column("seed", lambda one: one.seed),
    Column("answer", lambda one: one.answer),
    Column("outcome", lambda one: one.outcome.value),
    Column("score", lambda one: float(one.score)),
    Column("points", lambda one: float(one.points)),
    Column("misconception", lambda one: one.misconception),
    Column("hints", lambda one: one.hints),
    Column("seconds", lambda one: None if one.seconds is None else round(one.seconds, 1)),
)


def export(form: Form, data: Path | None, bank: Path | None, out: Path | None) -> Exit:
    """Every answer as CSV or JSON; the questions asked, with right answers, as notes for Anki."""
    answers = recorded(data)
    if not answers:
        return complain([NOTHING_ASKED])
    text = _WRITERS[form](answers, bank)
    if out is None:
        print(text, end="")
    else:
        write_whole(out, text)
    return Exit.DONE


def _csv(answers: Sequence[Past], _: Path | None) -> str:
    rows = ([_cell(column.of(one)) for column in COLUMNS] for one in answers)
    return csv_text([column.name for column in COLUMNS], rows)


def _cell(value: str | int | float | None) -> str:
    """A value as a spreadsheet shows it.

    >>> _cell(0.5), _cell(2.0), _cell(None)
    ('0.5', '2', '')
    """
    match value:
        case None:
            return ""
        case float():
            return f"{value:g}"
        case _:
            return str(value)


def _json(answers: Sequence[Past], _: Path | None) -> str:
    rows = [{column.name: column.of(one) for column in COLUMNS} for one in answers]
    return json_text(rows, indent=1) + "\n"


def _anki(answers: Sequence[Past], bank: Path | None) -> str:
    from cli.anki import anki_text  # noqa: PLC0415 - the other formats need no Markdown

    loaded, _ = load(bank)
    return anki_text(_asked(answers, loaded))


def _asked(answers: Sequence[Past], bank: Bank) -> Iterator[Question]:
    """The questions of this bank that were asked, each with the numbers it had last."""
    seeds = {one.question: one.seed for one in answers if one.question in bank.entries}
    for name, seed in seeds.items():
        try:
            yield bank.question(name, seed)
        except BrokenVariant:  # the bank has changed since
            yield bank.question(name)


_WRITERS: Final[Mapping[Form, Callable[[Sequence[Past], Path | None], str]]] = {
    "csv": _csv,
    "json": _json,
    "anki": _anki,
}


def reset(data: Path | None, *, yes: bool) -> Exit:
    """Delete the whole history, once that has been confirmed in writing."""
    answers = len(recorded(data))
    if not answers:
        print(NOTHING_ASKED)
        return Exit.DONE
    if not yes:
        try:
            typed = input(words.ask_reset(answers, history_path(data)))
        except EOFError:
            print()
            return complain([words.RESET_NOT_ASKED])
        if typed.strip() != words.RESET_WORD:
            print(words.RESET_CANCELLED)
            return Exit.NOT_MET
    history = History(data)
    try:
        print(words.was_reset(history.clear()))
    finally:
        history.close()
    return Exit.DONE
