"""Pick many."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from grader.entry import Entry
from grader.kinds import options
from grader.kinds.options import Option
from grader.reading.listed import several
from grader.reading.plain import fold, items
from grader.verdict import Evidence, Outcome, Verdict

_MARKS = r"[\n;,&/|\t+]|\b(?:and|und)\b|(?:(?<=\s)|^)[-*•](?=\s)"
_SPACE = (
    r"(?<![).:\]])\s|\s(?=[(\[]?[A-Za-z][)\].:]?(?:\s|$))"  # none between a letter and its text
)
_CUTS = (re.compile(_MARKS), re.compile(rf"{_MARKS}|{_SPACE}"))


@dataclass(frozen=True, slots=True)
class Select:
    """Every right option, and no other.

    The score is the share of right options picked less the share of wrong ones picked, so that
    picking everything, like picking nothing, earns nothing. Where no option is right, picking none
    is the right answer.

    >>> gates = (Option("forget", "forget gate", "", True), Option("input", "input gate", "", True))
    >>> others = (Option("reset", "reset gate", "", mistake="gru-gate"), Option("cell", "cell", ""))
    >>> spec = Select(gates + others)
    >>> [str(spec.grade(answer).score) for answer in ("a b", "a", "a, b, c", "abcd", "none")]
    ['1', '1/2', '1/2', '0', '0']
    >>> spec.grade("a, b, reset").misconception
    'gru-gate'
    """

    entry: ClassVar[Entry] = Entry.PICK_MANY
    options: tuple[Option, ...]

    def grade(self, answer: str) -> Verdict:
        picked: set[str] = set()
        for said in self._said(answer):
            option = options.find(self.options, said)
            if option is None:
                return Verdict(Outcome.MALFORMED, evidence=(Evidence("no-such-option", said),))
            picked.add(option.id)
        right = [option for option in self.options if option.right]
        wrong = [option for option in self.options if not option.right]
        missed = [option for option in right if option.id not in picked]
        taken = [option for option in wrong if option.id in picked]
        hits = len(right) - len(missed)
        gain = Fraction(hits, len(right)) if right else Fraction(1)
        loss = Fraction(len(taken), len(wrong)) if wrong else Fraction(0)
        evidence = [Evidence("picked-count", f"{hits} of {len(right)}")] if right else []
        evidence += [Evidence("wrongly-picked", option.text) for option in taken]
        evidence += [Evidence("missed", option.text) for option in missed]
        return Verdict.scored(
            max(Fraction(0), gain - loss),
            ", ".join(option.id for option in self.options if option.id in picked) or "none",
            *evidence,
            misconception=next((option.mistake for option in taken if option.mistake), None),
            remarks=[option.says for option in (*taken, *missed) if option.says]
            or [option.says for option in right if option.says],
        )

    def _said(self, answer: str) -> list[str]:
        """The single picks in an answer: separated somehow, or letters run together."""
        if fold(answer) == "none":
            return []
        names = options.lettered(self.options)
        known = lambda said: names.find(said) is not None  # noqa: E731 - one line, used twice
        if picks := several(answer, _CUTS, known, names.longest):
            return picks
        run = answer.strip()
        return list(run) if run and all(map(known, run)) else items(answer)

    def right_answer(self) -> str:
        return ", ".join(option.id for option in self.options if option.right) or "none"

    def wrong_answers(self) -> Iterator[tuple[str, str]]:
        for option in self.options:
            if option.mistake:
                yield option.id, option.mistake

    def faults(self) -> Iterator[str]:
        yield from options.faults(self.options)
        right = sum(option.right for option in self.options)
        if right == 0:
            yield "has no right option"
        if right == len(self.options):
            yield "has no wrong option, so picking everything would earn full marks"
