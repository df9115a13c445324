"""Puts every answer where it is safe, before anything else is asked."""

import getpass
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from cli.files import write_whole
from grader.verdict import Outcome, Verdict
from quizbank.answers.written import sheet
from quizbank.bank import Bank
from quizbank.question import Part, Question
from quizbank.record.history import Sitting
from quizbank.record.records import Record


@dataclass(slots=True)
class Keeper:
    """The bank a sitting asks from, and the places where its answers go."""

    bank: Bank
    sitting: Sitting
    seed: int
    save: Path | None
    records: list[Record] = field(default_factory=list)

    def keep(
        self, question: Question, part: Part, answer: str, verdict: Verdict, hints: int
    ) -> None:
        """Record an answer, or a skipped part as blank, after so many hints."""
        record = Record(
            student=_student(),
            question=question.id,
            part=part.id,
            seed=question.seed,
            answer=answer,
            points=part.points,
            verdict=verdict,
            misconception_name=self.name(verdict),
        )
        self.records.append(record)
        self.sitting.add(record, datetime.now().astimezone(), hints)
        if self.save and (answered := self._answered()):
            write_whole(self.save, sheet(record.student, self.seed, answered, self.save))

    def name(self, verdict: Verdict) -> str:
        """The name of the misconception that an answer shows; empty where it shows none."""
        return self.bank.misconception_name(verdict.misconception)

    @property
    def saved(self) -> Path | None:
        """The answer file, once there is one."""
        return self.save if self._answered() else None

    @property
    def missed(self) -> list[str]:
        """The questions with a part that was not right, in the order asked."""
        fine = (Outcome.CORRECT, Outcome.UNDECIDED)
        short = (one.question for one in self.records if one.verdict.outcome not in fine)
        return list(dict.fromkeys(short))

    def _answered(self) -> list[Record]:
        return [one for one in self.records if one.verdict.outcome is not Outcome.BLANK]


def _student() -> str:
    """The name the learner is logged in by; some containers know none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # KeyError up to Python 3.12
        return "me"
