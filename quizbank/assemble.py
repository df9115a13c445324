"""The files of a bank to a bank: parsing, decoding, and what only shows across files."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from quizbank.bank import Bank, Entry
from quizbank.decode import decode
from quizbank.kept import freeze
from quizbank.listing import read_misconceptions
from quizbank.misconceptions import Misconception
from quizbank.packed import pack
from quizbank.problem import Problem
from quizbank.question import PartSummary, Question, Summary
from quizbank.source_text import Source, text_of
from quizbank.tree import Mapping, Sequence, Tree
from quizbank.yaml_text import read
from quizbank.yaml_traps import BANK_TRAPS


@dataclass(slots=True)
class _Shelf:
    """What was found so far; the first of two with the same id is kept."""

    entries: dict[str, Entry] = field(default_factory=dict)
    misconceptions: dict[str, Misconception] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def assemble(sources: Iterable[Source], digest: str) -> tuple[Bank, list[Problem]]:
    """The bank in these files, and everything that is wrong with them.

    A question with a problem is left out; the rest can be asked.

    >>> bank, problems = assemble([Source("rnn.yaml", b"- {id: gates}")], "")
    >>> len(bank.ids), problems[0].rule
    (0, 'missing-field')
    """
    shelf = _Shelf()
    for source in sources:
        text, problems = text_of(source.data, source.file)
        tree = None
        if not problems:
            tree, problems = read(text, source.file, BANK_TRAPS)
        shelf.problems += problems
        if tree is None:
            continue
        if source.lists_misconceptions:
            _add_misconceptions(shelf, tree, source)
        else:
            _add_questions(shelf, tree, source.file)
    bank = Bank(shelf.entries.values(), shelf.misconceptions.values(), digest)
    return bank, sorted(set(shelf.problems))


def _add_misconceptions(shelf: _Shelf, tree: Tree, source: Source) -> None:
    found, problems = read_misconceptions(tree, source.file, source.own)
    shelf.problems += problems
    for one in found:
        first = shelf.misconceptions.setdefault(one.id, one)
        if first is not one:
            _twice(shelf, one.id, source.file, one.line, f"{first.file}:{first.line}")


def _add_questions(shelf: _Shelf, tree: Tree, file: str) -> None:
    if not isinstance(tree, Sequence):
        message = "must be a list of questions: each starts with '- id: …'"
        shelf.problems.append(Problem(file, tree.line, "type", message))
        return
    for item in tree.items:
        question, problems = decode(item, file)
        shelf.problems += problems
        if question is None:
            continue
        if question.id in shelf.entries:
            first = shelf.entries[question.id].summary
            _twice(shelf, question.id, file, question.line, f"{first.file}:{first.line}")
        else:
            both = (json.dumps(one, ensure_ascii=False) for one in (pack(item), freeze(question)))
            packed, frozen = (text.encode() for text in both)
            shelf.entries[question.id] = Entry(_summary(question, item), packed, frozen)


def _twice(shelf: _Shelf, name: str, file: str, line: int, first: str) -> None:
    message = f"{name!r} is taken; the first is at {first}"
    shelf.problems.append(Problem(file, line, "duplicate-id", message))


def _summary(question: Question, written: Tree) -> Summary:
    parts = (PartSummary(part.id, part.kind, part.points) for part in question.parts)
    return Summary(
        question.id,
        question.title,
        question.topics,
        question.level,
        tuple(parts),
        isinstance(written, Mapping) and written.get("draw") is not None,
        question.file,
        question.line,
    )
