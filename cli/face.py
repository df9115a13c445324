"""How a sitting talks with a learner: the same conversation on a screen or line by line."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from cli import words, words_of_sitting
from cli.reply import After, Reply
from grader.verdict import Verdict
from quizbank.question import Part, Question
from quizbank.record.tally import Tally


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the answers of a sitting are, and the commands that come back to them."""

    history: Path
    again: str
    saved: Path | None = None
    check: str = ""
    missed: str = ""
    flagged: str = ""
    resume: str = ""

    def lines(self) -> list[tuple[str, str]]:
        """Each with what it is.

        >>> Kept(Path("/h"), "rnnquiz take --seed 3").lines()[1]
        ('Ask the same again', 'rnnquiz take --seed 3')
        """
        saved = [(words.ANSWERS, str(self.saved)), (words.CHECK, self.check)] if self.saved else []
        missed = [(words.MISSED, self.missed)] if self.missed else []
        on = [(words_of_sitting.RESUME, self.resume)] if self.resume else []
        again = [*on, *missed, *([(words.FLAGGED, self.flagged)] if self.flagged else [])]
        return [(words.HISTORY, str(self.history)), *saved, *again, (words.AGAIN, self.again)]


class Face(Protocol):
    """Shows what a sitting has to say and asks what it wants to know."""

    def question(self, question: Question, number: int, total: int) -> None:
        """Head, prompt and figure."""

    def part(self, part: Part, number: int, total: int) -> None:
        """What is asked for, when there are several parts or the part has words of its own."""

    def ask(self, part: Part, hints: int) -> Reply:
        """An answer or a command; ``hints`` are still to be had. The end of input means quit."""

    def marks(self, part: Part, answer: str) -> None:
        """How every line of a derivation stands, without its reasons."""

    def hint(self, text: str, number: int, total: int) -> None:
        """One hint."""

    def verdict(self, part: Part, answer: str, verdict: Verdict, misconception: str) -> None:
        """What the answer is worth and why; ``misconception`` is the name of the one met."""

    def say(self, sentence: str) -> None:
        """A sentence about the sitting itself."""

    def solution(self, question: Question, missed: Sequence[Part]) -> None:
        """The worked solution, with the right answers to the parts that were missed."""

    def after(self, number: int, total: int, *, variants: bool) -> After:
        """What is wanted before question ``number`` (0: the summary) is shown."""

    def explain(self, name: str, seed: int, bank: Path | None) -> None:
        """The worked solution of a question in full, every line with its rule."""

    def closing(self, tally: Tally, kept: Kept) -> None:
        """The summary."""
