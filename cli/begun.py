"""What was typed before, to go on with: lines that stay, and earlier answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Begun:
    """Lines to go on with, and the sign of every row that was marked."""

    text: str = ""
    signs: Mapping[int, str] = field(default_factory=dict)

    def signs_in(self, text: str) -> dict[int, str]:
        """Those of rows that still stand as they were marked, as do all above them.

        >>> Begun("a\\nb\\nc", {0: "✓", 2: "✗"}).signs_in("a\\nb\\nd")
        {0: '✓'}
        """
        kept: dict[int, str] = {}
        for row, (now, then) in enumerate(
            zip(text.split("\n"), self.text.split("\n"), strict=False)
        ):
            if now != then:
                break
            if row in self.signs:
                kept[row] = self.signs[row]
        return kept


@dataclass(slots=True)
class Before:
    """What a prompt may bring back: lines begun, and the answers given to every part so far."""

    begun: Begun = field(default_factory=Begun)
    answers: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def add(self, question: str, part: str, answer: str) -> None:
        self.answers.setdefault((question, part), []).append(answer)

    def given(self, question: str, part: str) -> list[str]:
        """The answers to a part, oldest first."""
        return self.answers.get((question, part), [])
