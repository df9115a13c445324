"""What every question owes its readers."""

import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from quizbank.bank import Bank
from quizbank.question import Question

FIGURE_COLUMNS = 76
"""A terminal of 80 columns, less a frame and a space on either side."""

LEVELS = (1, 2, 3)


def no_source(question: Question, _bank: Bank) -> Iterator[tuple[int, str]]:
    """A claim without a source cannot be checked by the next author."""
    if not question.source:
        yield question.line, "cites no source"


def no_hints(question: Question, _bank: Bank) -> Iterator[tuple[int, str]]:
    """A learner who is stuck needs a step, not the answer."""
    if not question.hints and not all(part.hints for part in question.parts):
        yield question.line, "has no hints"


def no_solution(question: Question, _bank: Bank) -> Iterator[tuple[int, str]]:
    """A key tells what is right; only a worked solution tells why."""
    if not question.solution:
        yield question.line, "has no worked solution"


def no_tests(question: Question, _bank: Bank) -> Iterator[tuple[int, str]]:
    """A question that does not test itself breaks unseen."""
    if not question.tests:
        yield question.line, "has no tests of its own"


def untested_part(question: Question, _bank: Bank) -> Iterator[tuple[int, str]]:
    """A key is right until somebody writes an answer down that it must accept."""
    tested = {part for trial in question.tests for part in trial.expect}
    for part in question.parts:
        if question.tests and part.id not in tested:
            yield part.line, f"no test says what part {part.id!r} expects"


def no_prompt(question: Question, _bank: Bank) -> Iterator[tuple[int, str]]:
    """Something has to be asked."""
    for part in question.parts:
        if not (question.prompt or part.ask):
            yield part.line, "asks nothing: there is no prompt and no ask"


def no_feedback(question: Question, _bank: Bank) -> Iterator[tuple[int, str]]:
    """Being told "wrong" teaches nothing: options, pairs and mistakes say what to do instead."""
    for part in question.parts:
        for row in _rows(part.spec):
            if getattr(row, "says", None) == "":
                name = getattr(row, "id", "") or getattr(row, "left", "")
                yield part.line, f"{part.kind}: {name!r} has no feedback (says)"


def bad_level(question: Question, _bank: Bank) -> Iterator[tuple[int, str]]:
    """Three levels that everybody understands alike: recall, apply, derive."""
    if question.level not in LEVELS:
        yield question.line, f"level is {question.level}; it is 1 (recall), 2 (apply) or 3 (derive)"


def wide_figure(question: Question, _bank: Bank) -> Iterator[tuple[int, str]]:
    """A figure that wraps shows nothing."""
    for number, line in enumerate(question.figure.splitlines(), 1):
        if (width := columns(line)) > FIGURE_COLUMNS:
            message = f"line {number} of the figure is {width} columns wide; {FIGURE_COLUMNS} fit"
            yield question.line, message


def odd_dollars(question: Question, _bank: Bank) -> Iterator[tuple[int, str]]:
    """A formula that is opened and not closed swallows the text after it."""
    texts = {"prompt": question.prompt, "solution": question.solution}
    texts |= {f"hint {number}": hint for number, hint in enumerate(question.hints, 1)}
    texts |= {f"ask of {part.id}": part.ask for part in question.parts}
    for name, text in texts.items():
        if text.replace(r"\$", "").count("$") % 2:
            yield (
                question.line,
                rf"{name}: a $ opens a formula that never ends (write \$ for dollars)",
            )


def columns(line: str) -> int:
    """Columns of a terminal that a line takes.

    >>> columns("│ h̃ₜ │"), columns("門")
    (6, 2)
    """
    wide = sum(unicodedata.east_asian_width(mark) in "WF" for mark in line)
    return len(line) + wide - sum(unicodedata.combining(mark) > 0 for mark in line)


def _rows(spec: object) -> Iterator[object]:
    """The options, pairs and mistakes of an answer: all dataclasses in its tuples."""
    if not is_dataclass(spec):
        return
    for one in fields(spec):
        value = getattr(spec, one.name)
        if isinstance(value, tuple):
            yield from (row for row in value if is_dataclass(row))
