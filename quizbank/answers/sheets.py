"""One student's answers in one YAML or JSON document."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from quizbank.answers.given import Given
from quizbank.problem import Problem
from quizbank.tree import Mapping, plain


def plain_json(text: str) -> Any:
    """JSON with every number kept as typed, and a doubled key refused.

    >>> plain_json('{"a": 1e-3, "b": [0.50, true, null]}')
    {'a': '1e-3', 'b': ['0.50', 'true', '']}
    >>> plain_json('{"a": 1, "a": 2}')
    Traceback (most recent call last):
        ...
    ValueError: "a" stands twice in one object
    """
    read = json.loads(
        text, parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=_once
    )
    return _as_text(read)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f'"{twice}" stands twice in one object')
    return fields


def _as_text(value: Any) -> Any:
    """The same with JSON's own words as text: nothing, true and false are what was typed."""
    if isinstance(value, dict):
        return {_sound(key): _as_text(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_text(inner) for inner in value]
    if value is None:
        return ""
    return _sound(value) if isinstance(value, str) else str(value).lower()


def _sound(text: str) -> str:
    r"""Text that can be written again: half of a surrogate pair, which JSON may hold, cannot.

    >>> _sound("\ud83d!")
    '�!'
    """
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def read_sheet(data: Any, line_of: Callable[[str], int], file: str) -> Iterator[Given | Problem]:
    """The answers of a document ``{student: …, seed: …, answers: {question: answer}}``.

    >>> sheet = {"student": "s01", "answers": {"rnn-t": "no", "lstm": {"gate": "f"}}}
    >>> [given.answer for given in read_sheet(sheet, lambda question: 3, "a.yaml")]
    ['no', {'gate': 'f'}]
    """
    if not isinstance(data, dict) or not (
        isinstance(data.get("answers"), dict) and data["answers"]
    ):
        yield Problem(file, 1, "unreadable", 'has no "answers:" with a question and an answer each')
        return
    student = data.get("student")
    if not isinstance(student, str) or not student.strip():
        yield Problem(
            file, 1, "unreadable", 'does not say whose answers these are; add "student: …"'
        )
        return
    seed = data.get("seed", "0")
    if not (isinstance(seed, str) and seed.isascii() and seed.isdigit()):
        yield Problem(file, 1, "unreadable", f"seed {seed!r} is not a whole number from 0")
        return
    for field in data.keys() - {"student", "bank", "seed", "answers"}:
        yield Problem(file, 1, "unknown-field", f"{field!r} means nothing here and is passed over")
    for question, answer in data["answers"].items():
        yield Given(student.strip(), question, None, int(seed), answer, file, line_of(question))


def read_json(text: str, file: str) -> Iterator[Given | Problem]:
    """One student's answers in one JSON document."""
    try:
        data = plain_json(text)
    except (ValueError, RecursionError) as error:
        yield Problem(file, 1, "unreadable", f"is not JSON: {error}")
        return

    def line_of(question: str) -> int:
        return text.count("\n", 0, max(text.find(json.dumps(question)), 0)) + 1

    yield from read_sheet(data, line_of, file)


def read_yaml(text: str, file: str) -> Iterator[Given | Problem]:
    r"""One student's answers in a YAML document; everything in it is text, as typed.

    >>> text = "student: s01\nanswers:\n  rnn-t: no\n"
    >>> [(given.answer, given.line) for given in read_yaml(text, "a.yaml")]
    [('no', 3)]
    """
    from quizbank.yaml_text import read  # noqa: PLC0415 - JSON and CSV need no YAML reader

    tree, problems = read(text, file)
    if tree is None:
        for problem in problems:
            yield Problem(problem.file, problem.line, "unreadable", problem.message)
        return
    yield from problems
    answers = tree.get("answers") if isinstance(tree, Mapping) else None

    def line_of(question: str) -> int:
        key = answers.key(question) if isinstance(answers, Mapping) else None
        return key.line if key else 1

    yield from read_sheet(plain(tree), line_of, file)
