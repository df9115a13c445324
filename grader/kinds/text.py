"""Several lines of free text, marked by a person against a rubric."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from grader.entry import Entry
from grader.reading.plain import fold
from grader.verdict import Evidence, Outcome, Verdict


@dataclass(frozen=True, slots=True)
class Idea:
    """A key idea a good answer holds.

    ``words`` are phrases that hint at it; a trailing ``*`` lets a word go on (``vanish*``).
    ``share`` is the part of the marks that a person gives for it.
    """

    id: str
    says: str
    words: tuple[str, ...]
    share: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Text:
    """Free text; key ideas found are suggestions only, and a person decides.

    >>> product = Idea("product", "a product of Jacobians", ("product of jacobian*",))
    >>> verdict = Text((product,), sample="…").grade("It is a product of Jacobians.")
    >>> verdict.outcome, verdict.evidence[0].check
    (<Outcome.UNDECIDED: 'undecided'>, 'idea-suggested')
    """

    entry: ClassVar[Entry] = Entry.SEVERAL_LINES
    rubric: tuple[Idea, ...]
    sample: str

    def grade(self, answer: str) -> Verdict:
        words = f" {' '.join(_words(answer))} "
        found = [
            idea for idea in self.rubric if any(_occurs(phrase, words) for phrase in idea.words)
        ]
        missing = [idea for idea in self.rubric if idea not in found]
        return Verdict(
            Outcome.UNDECIDED,
            evidence=(
                *(Evidence("idea-suggested", idea.says) for idea in found),
                *(Evidence("idea-not-seen", idea.says) for idea in missing),
                Evidence("needs-a-person"),
            ),
            understood=answer.strip(),
        )

    def right_answer(self) -> str:
        return self.sample.strip()

    def wrong_answers(self) -> Iterator[tuple[str, str]]:
        return iter(())

    def faults(self) -> Iterator[str]:
        if not self.rubric:
            yield "has an empty rubric"
        suggested = [
            one.finding for one in self.grade(self.sample).evidence if one.check == "idea-suggested"
        ]
        for idea in self.rubric:
            if idea.says not in suggested:
                yield f"its own sample answer does not show the idea {idea.id!r}; check its words"


def _words(text: str) -> list[str]:
    return "".join(mark if mark.isalnum() else " " for mark in fold(text)).split()


def _occurs(phrase: str, words: str) -> bool:
    """Whether a phrase stands in text that is spaced at both ends.

    >>> _occurs("vanish*", " gradients vanishing fast "), _occurs("fast", " faster ")
    (True, False)
    """
    open_ended = phrase.endswith("*")
    wanted = " " + " ".join(_words(phrase)) + ("" if open_ended else " ")
    return wanted in words
