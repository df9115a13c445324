"""Pick one."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from grader.entry import Entry
from grader.kinds import options
from grader.kinds.options import Option
from grader.verdict import Evidence, Outcome, Verdict


@dataclass(frozen=True, slots=True)
class Choice:
    """One right option among several.

    >>> gates = Choice(
    ...     (Option("lstm", "three", "Right.", right=True), Option("gru", "two", "A GRU."))
    ... )
    >>> gates.grade("a").outcome, gates.grade("two").remarks
    (<Outcome.CORRECT: 'correct'>, ('A GRU.',))
    >>> gates.grade("four").outcome
    <Outcome.MALFORMED: 'malformed'>
    """

    entry: ClassVar[Entry] = Entry.PICK_ONE
    options: tuple[Option, ...]

    def grade(self, answer: str) -> Verdict:
        picked = options.find(self.options, answer)
        if picked is None:
            return Verdict(Outcome.MALFORMED, evidence=(Evidence("no-such-option", answer),))
        return Verdict.scored(
            Fraction(picked.right),
            picked.id,
            Evidence("picked", picked.text),
            misconception=picked.mistake or None,
            remarks=(picked.says,),
        )

    def right_answer(self) -> str:
        return next(option.id for option in self.options if option.right)

    def wrong_answers(self) -> Iterator[tuple[str, str]]:
        for option in self.options:
            if option.mistake:
                yield option.id, option.mistake

    def faults(self) -> Iterator[str]:
        yield from options.faults(self.options)
        right = sum(option.right for option in self.options)
        if right != 1:
            yield f"has {right} right options; a choice has exactly one"
