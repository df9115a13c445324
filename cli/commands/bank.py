"""`rnnquiz bank`: look at questions, and prove a bank right."""

import sys
from collections.abc import Iterator
from dataclasses import asdict
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from typing import Any

from rich.console import Console

from cli import forms, words
from cli.exits import Exit
from cli.markdown import phrase
from cli.stderr import complain
from cli.stdout import print_json
from cli.terminal import Paint, clip, pad, window_width
from grader.quantity import plain
from grader.reading.display import columns, visible
from quizbank.bank import BrokenVariant, NoSuchQuestion
from quizbank.lint import lint
from quizbank.load import load
from quizbank.question import Part, Question, Summary
from quizbank.schema import schema
from quizbank.starter import starter

_TITLE = 16  # columns; less of a title says nothing
_UNREADABLE = frozenset({"no-file", "empty-folder", "unreadable"})


def listing(bank: Path | None, *, as_json: bool) -> Exit:
    """Every question with its level, by first topic."""
    loaded, problems = load(bank)
    if as_json:
        print_json([_summary(one) for one in loaded.summaries])
    else:
        for line in _lines(loaded.summaries):
            print(line)
    return complain(problems) if problems else Exit.DONE


def _lines(summaries: tuple[Summary, ...]) -> Iterator[str]:
    paint, width = Paint.of(sys.stdout), window_width()
    column = max((columns(one.id) for one in summaries), default=0)
    ordered = sorted(summaries, key=lambda one: (one.topics[0], one.level))
    for topic, group in groupby(ordered, key=lambda one: one.topics[0]):
        yield paint.style("bold", visible(topic))
        for one in group:
            dots = "●" * one.level + "○" * (len(words.LEVELS) - one.level)
            room = width - column - len(dots) - 6
            shown = clip(phrase(one.title).plain, room) if room >= _TITLE else ""
            title = paint.style("quiet", shown)
            name = pad(visible(one.id), column)
            yield f"  {paint.style('accent', dots)}  {name}  {title}".rstrip()
        yield ""
    topics = {topic for one in summaries for topic in one.topics}
    yield f"{words.counted(len(summaries), 'question')} on {words.counted(len(topics), 'topic')}."


def _summary(one: Summary) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "topics": list(one.topics),
        "level": one.level,
        "parts": [
            {"id": part.id, "kind": part.kind, "points": _number(part.points)} for part in one.parts
        ],
        "variants": one.variants,
    }


def show(name: str, seed: int, bank: Path | None, *, key: bool, as_json: bool) -> Exit:
    """One question as it is asked; with ``key`` also the answers."""
    loaded, problems = load(bank)
    try:
        question = loaded.question(name, seed)
    except (NoSuchQuestion, BrokenVariant) as error:
        return complain([*(one for one in problems if name in one.message), str(error)])
    if as_json:
        print_json(_fields(question, key))
        return Exit.DONE
    from cli import preview  # noqa: PLC0415 - JSON needs no rich

    answers = [preview.keys(question.parts, loaded.misconceptions)] if key else []
    preview.show(question, *answers)
    return Exit.DONE


def _fields(question: Question, key: bool) -> dict[str, Any]:
    fields = {
        "id": question.id,
        "title": question.title,
        "topics": list(question.topics),
        "level": question.level,
        "source": question.source,
        "seed": question.seed,
        "numbers": {name: _number(value) for name, value in question.numbers.items()},
        "prompt": question.prompt,
        "figure": question.figure,
        "parts": [_part(part, key) for part in question.parts],
        "hints": list(question.hints),
    }
    return {**fields, "solution": question.solution} if key else fields


def _part(part: Part, key: bool) -> dict[str, Any]:
    spec = part.spec
    fields: dict[str, Any] = {
        "id": part.id,
        "kind": part.kind,
        "entry": spec.entry.value,
        "ask": part.ask,
        "points": _number(part.points),
        "options": [option.text for option in forms.options(spec)],
        "hints": list(part.hints),
    }
    if key:
        fields["key"] = spec.right_answer()
        fields["mistakes"] = [
            {"answer": answer, "misconception": mistake} for answer, mistake in spec.wrong_answers()
        ]
    return fields


def _number(value: Fraction) -> int | str:
    """Whole numbers as numbers, others exactly, as one would type them."""
    return int(value) if value.denominator == 1 else plain(value)


def check_bank(path: Path | None, *, as_json: bool) -> Exit:
    """Everything that is wrong with a bank; 1 if anything is, 2 if it cannot be read."""
    loaded, problems = load(path)
    with Console(stderr=True).status(words.PROVING):
        problems = sorted({*problems, *lint(loaded)})
    if as_json:
        print_json([asdict(one) for one in problems])
    else:
        for problem in problems:
            print(visible(str(problem)))
        print(words.linted(len(loaded.ids), len(problems)))
    if any(problem.rule in _UNREADABLE for problem in problems):
        return Exit.UNREADABLE
    return Exit.NOT_MET if problems else Exit.DONE


def print_schema() -> Exit:
    """The form of bank files, for editors."""
    print_json(schema())
    return Exit.DONE


def new(name: str) -> Exit:
    """A question to start from, on stdout."""
    try:
        text = starter(name)
    except ValueError as error:
        return complain([str(error)])
    print(text, end="")
    return Exit.DONE
