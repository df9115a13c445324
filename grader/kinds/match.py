"""Arrange: join each item on the left with what belongs to it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from grader.entry import Entry
from grader.kinds.options import letter
from grader.reading.listed import Listed, listed, several
from grader.reading.plain import fold, items
from grader.verdict import Evidence, Outcome, Verdict

_JOINED = re.compile(
    r"<?[-=–—]+>|[→↔⇒⟶=:]|\s[-–—]\s|(?<=\d)[-–—.)]?\s*(?=[([]?[A-Za-z]\b)|(?<=\d)[.)]\s"
)
_CUTS = (
    re.compile(r"[\n;]"),
    re.compile(r"[\n;,|\t]|(?:(?<=\s)|^)[-*•](?=\s)"),
    re.compile(r"[\n;,|&/]|\s|(?<=\d[A-Za-z])(?=\d)"),
)


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
    in order (``b, a``). Left items are numbered from 1, targets lettered from a. Every pair counts
    by itself, so items may be left unjoined; that earns as much as a wrong joining: nothing.

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
            *(Evidence("wrongly-joined", pair.left) for pair in misses if pair.left in joined),
            *(Evidence("not-joined", pair.left) for pair in misses if pair.left not in joined),
            misconception=confusion.id if confusion else None,
            remarks=[
                *([confusion.says] if confusion else []),
                *(pair.says for pair in misses if pair.says),
            ],
        )

    def _joinings(self, answer: str) -> list[tuple[str, str | None, str | None]]:
        """What was said, left item and target; a comma or a space separates only where it must."""
        run = "".join(answer.split())
        longest = self._lefts.longest + self._letters.longest
        said = several(answer, _CUTS, self._is_joining, longest)
        if said is None and len(run) == len(self.pairs) and run.isalpha():
            said = list(run)
        return [(one, *self._read(at, one)) for at, one in enumerate(said or items(answer, "\n;"))]

    def _is_joining(self, said: str) -> bool:
        return self._letters.find(said) is not None or None not in self._read(0, said)

    def _read(self, position: int, said: str) -> tuple[str | None, str | None]:
        """One joining; a target alone belongs to the item at the same position."""
        lone = self._target(said)
        if lone is None:
            for sign in _JOINED.finditer(said):
                left, target = self._left(said[: sign.start()]), self._target(said[sign.end() :])
                if left and target:
                    return left, target
        return self.pairs[position].left if position < len(self.pairs) else None, lone

    @property
    def _lefts(self) -> Listed:
        numbers = tuple(map(str, range(1, len(self.pairs) + 1)))
        return listed(tuple((pair.left,) for pair in self.pairs), numbers)

    @property
    def _letters(self) -> Listed:
        targets = self.targets
        return listed(tuple((one,) for one in targets), tuple(map(letter, range(len(targets)))))

    def _left(self, said: str) -> str | None:
        found = self._lefts.find(said)
        return None if found is None else self.pairs[found].left

    def _target(self, said: str) -> str | None:
        found = self._letters.find(said)
        return None if found is None else self.targets[found]

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
