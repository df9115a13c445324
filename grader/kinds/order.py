"""Arrange: put things in order."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from grader.entry import Entry
from grader.kinds.options import letter
from grader.reading.listed import Listed, listed, several
from grader.reading.plain import fold, items
from grader.verdict import Evidence, Outcome, Verdict

_MARKS = r"[-=]*>|[\n;,→⇒/|\t]|\bthen\b|(?:(?<=\s)|^)[-*•](?=\s)"
_CUTS = (re.compile(_MARKS), re.compile(rf"{_MARKS}|-"), re.compile(rf"{_MARKS}|(?<![).:])\s"))


@dataclass(frozen=True, slots=True)
class Misorder:
    """A wrong order (all items, in that order) that shows a named misconception."""

    id: str
    gives: tuple[str, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Order:
    """Items to be put in the order in which they are written here.

    Shown in alphabetical order with letters. The score is the longest run already in the right
    order, less the one item that any order keeps: reversing everything earns nothing.

    >>> steps = Order(("read the gates", "write the cell", "expose the state"))
    >>> steps.shown
    ('expose the state', 'read the gates', 'write the cell')
    >>> [str(steps.grade(answer).score) for answer in ("b c a", "b, a, c", "a > c > b")]
    ['1', '1/2', '0']
    """

    entry: ClassVar[Entry] = Entry.ARRANGE
    items: tuple[str, ...]
    mistakes: tuple[Misorder, ...] = ()

    @property
    def shown(self) -> tuple[str, ...]:
        """The items as they are shown, lettered from a."""
        return tuple(sorted(self.items, key=fold))

    def grade(self, answer: str) -> Verdict:
        order: list[str] = []
        for said in self._said(answer):
            item = self._item(said)
            if item is None:
                return Verdict(Outcome.MALFORMED, evidence=(Evidence("no-such-item", said),))
            if item in order:
                return Verdict(Outcome.MALFORMED, evidence=(Evidence("placed-twice", item),))
            order.append(item)
        if missing := [item for item in self.items if item not in order]:
            return Verdict(Outcome.MALFORMED, evidence=(Evidence("not-placed", missing[0]),))
        kept = _longest_rise([self.items.index(item) for item in order])
        found = "in-order" if kept == len(self.items) else "partly-in-order"
        mistake = next((m for m in self.mistakes if list(m.gives) == order), None)
        return Verdict.scored(
            Fraction(kept - 1, len(self.items) - 1),
            " > ".join(order),
            Evidence(found, f"{kept} of {len(self.items)}"),
            misconception=mistake.id if mistake else None,
            remarks=[mistake.says] if mistake else [],
        )

    def _said(self, answer: str) -> list[str]:
        """The single items in an answer: separated somehow, or letters run together."""
        if said := several(answer, _CUTS, self._is_item, self._names.longest):
            return said
        run = answer.strip()
        if len(run) == len(self.items) and all(map(self._is_item, run)):
            return list(run)
        return items(re.sub(">|→", "\n", answer))

    @property
    def _names(self) -> Listed:
        shown = self.shown
        return listed(tuple((item,) for item in shown), tuple(map(letter, range(len(shown)))))

    def _is_item(self, said: str) -> bool:
        return self._names.find(said) is not None

    def _item(self, said: str) -> str | None:
        found = self._names.find(said)
        return None if found is None else self.shown[found]

    def right_answer(self) -> str:
        return "\n".join(self.items)

    def wrong_answers(self) -> Iterator[tuple[str, str]]:
        for mistake in self.mistakes:
            yield "\n".join(mistake.gives), mistake.id

    def faults(self) -> Iterator[str]:
        if not 3 <= len(self.items) <= 26:
            yield f"has {len(self.items)} items; give between 3 and 26"
        if len({fold(item) for item in self.items}) != len(self.items):
            yield "has the same item twice"
        for item in self.items:
            if any(mark in item for mark in ">→\n;,"):
                yield f"item {item!r} holds a mark that separates answers (> → ; , or a line break)"
        for mistake in self.mistakes:
            if sorted(mistake.gives) != sorted(self.items):
                yield f"mistake {mistake.id!r} does not arrange exactly the items"
            if mistake.gives == self.items:
                yield f"mistake {mistake.id!r} is the right order"


def _longest_rise(places: list[int]) -> int:
    """Length of the longest rising subsequence (patience sorting).

    >>> _longest_rise([2, 0, 1, 3])
    3
    """
    tops: list[int] = []
    for place in places:
        at = bisect_left(tops, place)
        tops[at : at + 1] = [place]
    return len(tops)
