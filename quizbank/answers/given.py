"""One answer as it was handed in, before anybody looks at what it says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

Raw: TypeAlias = "str | list[str] | Mapping[str, Raw]"
"""What a file may hold for a question: text, lines, or a mapping of parts or of joined items."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer, who gave it to what, and where it stands.

    ``part`` is None where the file does not say; a mapping in ``answer`` then names the parts.

    >>> Given("s01", "keras-text-classifier", "lstm", 0, "6,272", "a.csv", 2).place
    'a.csv:2'
    """

    student: str
    question: str
    part: str | None
    seed: int
    answer: Raw
    file: str
    line: int

    @property
    def place(self) -> str:
        return f"{self.file}:{self.line}"
