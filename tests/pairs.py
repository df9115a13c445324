"""Settled pairs of formulas: the tables, and how a pair is asked about."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from grader.deciding.ladder import Decision, decide
from grader.reading.parser import parse
from grader.reading.vocabulary import Vocabulary

TABLES = Path(__file__).parent / "tables"
ANY = Vocabulary((), any_name=True)
DECLARED = ("positive", "integer", "gates")


def settled(table: str) -> Iterator[dict[str, Any]]:
    """The rows of `equal` or `different`, whatever group they stand in."""
    groups = yaml.safe_load((TABLES / f"{table}.yaml").read_text(encoding="utf-8"))
    for group in groups.values():
        yield from group


def rows(table: str) -> list[Any]:
    """Rows of a table; one with `known_wrong` must fail, and be changed when it passes."""
    return [
        pytest.param(
            row, id=f"{row['why']}: {row['theirs']} ~ {row['ours']}", marks=known_wrong(row)
        )
        for row in settled(table)
    ]


def known_wrong(row: dict[str, Any]) -> list[Any]:
    if "known_wrong" not in row:
        return []
    return [pytest.mark.xfail(reason=row["known_wrong"], strict=True)]


def settle(row: dict[str, Any]) -> Decision:
    """What is decided of a row."""
    words = Vocabulary(tuple(row["names"]))
    key, answer = parse(row["ours"], words).tree, parse(row["theirs"], words).tree
    positive, integer, gates = (frozenset(row.get(field, ())) for field in DECLARED)
    return decide(key, answer, positive=positive, integer=integer, gates=gates)


def ask(key: str, answer: str, **options: Any) -> Decision:
    """What is decided of two texts in which any letter is a name."""
    return decide(parse(key, ANY).tree, parse(answer, ANY).tree, **options)
