"""A question as it is asked: every formula worked out, every text filled in, for one seed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a list of questions needs no grader
    from grader import parts
    from grader.judge import AnswerSpec
    from grader.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to answer. ``ask`` is empty where the question's prompt says it all."""

    marking: "parts.Part"
    kind: str
    ask: str = ""
    hints: tuple[str, ...] = ()
    line: int = 0

    @property
    def id(self) -> str:
        """Unique within its question; empty where the question has this part only."""
        return self.marking.id

    @property
    def spec(self) -> "AnswerSpec":
        """What the grader needs to judge an answer."""
        return self.marking.spec

    @property
    def points(self) -> Fraction:
        """What a correct answer is worth."""
        return self.marking.points


@dataclass(frozen=True, slots=True)
class Trial:
    """A test an author wrote: answers for some parts, and what is to be said of them.

    ``expect`` holds, per part, an outcome or the id of a misconception.
    """

    answers: Mapping[str, str]
    expect: Mapping[str, str]
    seed: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """A question for one seed; texts are Markdown with ``$LaTeX$``.

    ``numbers`` are those drawn and worked out; ``file`` and ``line`` say where it is written.
    """

    id: str
    title: str
    topics: tuple[str, ...]
    level: int
    prompt: str
    parts: tuple[Part, ...]
    source: str = ""
    figure: str = ""
    hints: tuple[str, ...] = ()
    solution: str = ""
    seed: int = 0
    numbers: Mapping[str, Fraction] = field(default_factory=dict)
    tests: tuple[Trial, ...] = ()
    file: str = ""
    line: int = 0

    def part(self, name: str) -> Part | None:
        """The part of that id."""
        return next((part for part in self.parts if part.id == name), None)

    def mark(self, answers: Mapping[str, str]) -> dict[str, "Verdict"]:
        """The verdict on every part, errors carried forward; a part without answer is blank."""
        from grader.parts import mark  # noqa: PLC0415

        return mark((part.marking for part in self.parts), answers)


@dataclass(frozen=True, slots=True)
class PartSummary:
    """What a list of questions tells about a part."""

    id: str
    kind: str
    points: Fraction


@dataclass(frozen=True, slots=True)
class Summary:
    """What a list of questions tells about one; known without working anything out."""

    id: str
    title: str
    topics: tuple[str, ...]
    level: int
    parts: tuple[PartSummary, ...]
    variants: bool
    file: str = ""
    line: int = 0
