"""Answers written as a file that `check` reads."""

import json
from collections.abc import Iterable
from pathlib import PurePath

import yaml

from quizbank.record.records import Record

SUFFIXES = (".yaml", ".yml", ".json")


def sheet(student: str, seed: int, records: Iterable[Record], path: PurePath) -> str:
    """The text of an answer file, YAML or JSON by the path's suffix.

    >>> from fractions import Fraction
    >>> from grader.verdict import Verdict
    >>> record = Record("me", "lstm-gates", "f", 7, "6,272", Fraction(1), Verdict.correct("6272"))
    >>> print(sheet("me", 7, [record], PurePath("me.yaml")), end="")
    student: me
    seed: 7
    answers:
      lstm-gates:
        f: 6,272
    """
    given: dict[str, dict[str, str]] = {}
    for record in records:
        given.setdefault(record.question, {})[record.part] = record.answer
    answers = {question: parts.get("", parts) for question, parts in given.items()}
    document = {"student": student, "seed": seed, "answers": answers}
    if path.suffix.lower() == ".json":
        return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    return yaml.dump(document, Dumper=_Blocks, allow_unicode=True, sort_keys=False, width=10_000)


class _Blocks(yaml.SafeDumper):
    """Writes answers of several lines as blocks, as a person would."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Blocks.add_representer(str, _text)
