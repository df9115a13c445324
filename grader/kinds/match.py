"""Arrange: join each item on the left with what belongs to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from grader.entry import Entry
from grader.reading.plain import fold, items
from grader.verdict import Evidence, Outcome, Verdict


@dataclass(frozen=True, slots=True)
class Pair:
    """A left item and the target that belongs to it."""

    left: str
    right: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class Confusion:
    """A wrong joining that shows a named misconception."""

    id: str
    left: str
    right: str
    says: str


@dataclass(frozen=True, slots=True)
class Match:
    """Join every left item with its target; ``extra`` targets belong to nobody.

    An answer is ``left = target`` per line (or after semicolons), or one target letter per item
    in order (``b, a``). Left items are numbered from 1, targets lettered from a.

    >>> spec = Match((Pair("forget gate", "σ"), Pair("candidate", "tanh")), extra=("relu",))
    >>> [str(spec.grade(answer).score) for answer in ("1 = c; 2 = b", "c, b", "forget gate = σ")]
    ['1', '1', '1/2']
    >>> spec.targets
    ('relu', 'tanh', 'σ')
    """

    entry: ClassVar[Entry] = Entry.ARRANGE
    pairs: tuple[Pair, ...]
    extra: tuple[str, ...] = ()
    mistakes: tuple[Confusion, ...] = ()

    @property
    def targets(self) -> tuple[str, ...]:
        """All targets in the order they are shown: alphabetical, so that it gives nothing away."""
        return tuple(sorted({pair.right for pair in self.pairs} | set(self.extra), key=fold))

    def grade(self, answer: str) -> Verdict:
        joined: dict[str, str] = {}
        for said, left, target in self._joinings(answer):
            if left is None or target is None:
                return Verdict(Outcome.MALFORMED, evidence=(Evidence("no-such-pair", said),))
            if left in joined:
                return Verdict(Outcome.MALFORMED, evidence=(Evidence("joined-twice", left),))
            joined[left] = target
        hits = [pair for pair in self.pairs if joined.get(pair.left) == pair.right]
        confusion = next((m for m in self.mistakes if joined.get(m.left) == m.right), None)
        misses = [pair for pair in self.pairs if pair not in hits]
        return Verdict.scored(
            Fraction(len(hits), len(self.pairs)),
            "; ".join(
                f"{pair.left} = {joined[pair.left]}" for pair in self.pairs if pair.left in joined
            ),
            Evidence("joined-count", f"{len(hits)} of {len(self.pairs)}"),
            *(Evidence("wrongly-joined", pair.left) for pair in misses),
            misconception=confusion.id if confusion else None,
            remarks=[
                *([confusion.says] if confusion else []),
                *(pair.says for pair in misses if pair.says),
            ],
        )

    def _joinings(self, answer: str) -> list[tuple[str, str | None, str | None]]:
        """What was said, left item and target; a comma separates only where it must."""
        for separators in ("\n;", "\n;,"):
            said = items(answer, separators)
            read = [(one, *self._read(position, one)) for position, one in enumerate(said)]
            if all(left and target for _, left, target in read):
                break
        return read

    def _read(self, position: int, said: str) -> tuple[str | None, str | None]:
        """One joining; a target alone belongs to the item at the same position."""
        left, separator, right = said.partition("=")
        if separator and fold(right):
            return self._left(left), self._target(right)
        lone = self.pairs[position].left if position < len(self.pairs) else None
        return lone, self._target(said)

    def _left(self, said: str) -> str | None:
        wanted = fold(said).strip("().: ")
        for number, pair in enumerate(self.pairs, 1):
            if wanted in (fold(pair.left), str(number)):
                return pair.left
        return None

    def _target(self, said: str) -> str | None:
        wanted = fold(said)
        for position, target in enumerate(self.targets):
            if wanted == fold(target) or wanted.strip("().: ") == chr(ord("a") + position):
                return target
        return None

    def right_answer(self) -> str:
        return "\n".join(f"{pair.left} = {pair.right}" for pair in self.pairs)

    def wrong_answers(self) -> Iterator[tuple[str, str]]:
        for mistake in self.mistakes:
            yield f"{mistake.left} = {mistake.right}", mistake.id

    def faults(self) -> Iterator[str]:
        lefts = [fold(pair.left) for pair in self.pairs]
        if len(lefts) < 2:
            yield "has fewer than two pairs"
        if len(set(lefts)) != len(lefts):
            yield "has the same left item twice"
        if len(self.targets) > 26:
            yield "has more than 26 targets"
        texts = {pair.left for pair in self.pairs} | set(self.targets)
        for text in sorted(texts):
            if any(mark in text for mark in "=;\n"):
                yield f"item {text!r} holds '=', ';' or a line break, which separate answers"
        for mistake in self.mistakes:
            if mistake.left not in {pair.left for pair in self.pairs}:
                yield f"mistake {mistake.id!r} joins {mistake.left!r}, which is no left item"
            if mistake.right not in self.targets:
                yield f"mistake {mistake.id!r} joins {mistake.right!r}, which is no target"
            if any(
                pair.left == mistake.left and pair.right == mistake.right for pair in self.pairs
            ):
                yield f"mistake {mistake.id!r} is a right joining"
