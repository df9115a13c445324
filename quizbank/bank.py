"""A bank of questions: told apart by id, worked out for a seed when they are asked for."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING

from quizbank.misconceptions import Misconception
from quizbank.problem import Problem
from quizbank.question import Question, Summary

if TYPE_CHECKING:
    from grader.cells.wish import Wish
    from quizbank.tree import Tree

QUESTIONS_KEPT = 2_000
"""Worked-out questions kept in memory; each takes about 20 kB."""


class NoSuchQuestion(KeyError):
    """No question has this id; ``near`` are ids that may have been meant."""

    def __init__(self, name: str, near: list[str]) -> None:
        super().__init__(name)
        self.name, self.near = name, near

    def __str__(self) -> str:
        hint = f"; did you mean {' or '.join(self.near)}?" if self.near else ""
        return f"no question is called {self.name!r}{hint}"


class BrokenVariant(ValueError):
    """A question that cannot be worked out for a seed, and why."""

    def __init__(self, name: str, seed: int, problems: list[Problem]) -> None:
        super().__init__(f"{name} has no variant {seed}: {'; '.join(map(str, problems))}")
        self.name, self.seed, self.problems = name, seed, problems


@dataclass(frozen=True, slots=True)
class Entry:
    """A question as JSON, unread until somebody asks: as written, and worked out for seed 0."""

    summary: Summary
    packed: bytes
    frozen: bytes

    def tree(self) -> "Tree":
        """What is written."""
        from quizbank.packed import unpack  # noqa: PLC0415 - seed 0 needs it no more

        return unpack(json.loads(self.packed))


class Bank:
    """Questions in the order written, and the misconceptions they may name.

    ``digest`` is the SHA-256 of all its files: banks with the same digest ask and mark alike.
    """

    def __init__(
        self, entries: Iterable[Entry], misconceptions: Iterable[Misconception], digest: str
    ) -> None:
        self.entries: Mapping[str, Entry] = {entry.summary.id: entry for entry in entries}
        self.misconceptions: Mapping[str, Misconception] = {one.id: one for one in misconceptions}
        self.digest = digest
        self._tree = lru_cache(QUESTIONS_KEPT)(lambda name: self.entries[name].tree())
        self._question = lru_cache(QUESTIONS_KEPT)(self._worked_out)

    def __reduce__(self) -> tuple[type["Bank"], tuple[list[Entry], list[Misconception], str]]:
        """A bank travels to other processes as it is written; what was worked out stays behind."""
        return Bank, (list(self.entries.values()), list(self.misconceptions.values()), self.digest)

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids in the order written."""
        return tuple(self.entries)

    @property
    def summaries(self) -> tuple[Summary, ...]:
        """What a list tells about each question, without working it out."""
        return tuple(entry.summary for entry in self.entries.values())

    def question(self, name: str, seed: int = 0) -> Question:
        """The question of that id for a seed; raises `NoSuchQuestion` or `BrokenVariant`."""
        if name not in self.entries:
            raise NoSuchQuestion(name, self.nearest(name))
        return self._question(name, seed)

    def wishes(self, name: str, seed: int = 0) -> "Mapping[str, Wish]":
        """What is wanted of a recurrent cell, by the part whose key follows from it."""
        from quizbank.decode import wishes  # noqa: PLC0415 - only explanations ask

        return wishes(self._tree(name), self.entries[name].summary.file, seed)

    def _worked_out(self, name: str, seed: int) -> Question:
        if seed == 0:  # worked out when the bank was read
            from quizbank.kept import thaw  # noqa: PLC0415 - a list of questions needs no grader

            return thaw(self.entries[name])
        from quizbank.decode import decode  # noqa: PLC0415

        question, problems = decode(self._tree(name), self.entries[name].summary.file, seed)
        if question is None:
            raise BrokenVariant(name, seed, problems)
        return question

    def nearest(self, name: str) -> list[str]:
        """Up to three ids that may have been meant, the most likely first."""
        return get_close_matches(name, self.ids, n=3)

    def misconception_name(self, mistake: str | None) -> str:
        """The name of a misconception; its id where it is not listed, empty for none."""
        listed = self.misconceptions.get(mistake or "")
        return listed.name if listed else mistake or ""
