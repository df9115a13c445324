"""Puts every answer where it is safe, before anything else is said."""

import getpass
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from cli import words
from cli.files import write_whole
from grader.verdict import Outcome, Verdict
from quizbank.bank import Bank
from quizbank.question import Part, Question
from quizbank.record.journal import Entry, Journal
from quizbank.record.records import Record


@dataclass(slots=True)
class Place:
    """Somewhere answers go: what is wrong with it, and what the learner was told last."""

    trouble: str = ""
    told: str = ""

    def news(self, after_all: str) -> list[str]:
        """The trouble when it is new, ``after_all`` when it is over; silence otherwise.

        >>> place = Place("full")
        >>> place.news("saved after all"), place.news("saved after all")
        (['full'], [])
        """
        if self.trouble == self.told:
            return []
        self.told = self.trouble
        return [self.trouble or after_all]


@dataclass(slots=True)
class Keeper:
    """The bank a sitting asks from, read from ``path``, and the places where its answers go."""

    bank: Bank
    journal: Journal
    seed: int
    save: Path | None
    records: list[Record] = field(default_factory=list)
    path: Path | None = None
    flagged: list[str] = field(default_factory=list)
    _history: Place = field(default_factory=Place)
    _file: Place = field(default_factory=Place)

    def keep(
        self,
        question: Question,
        part: Part,
        answer: str,
        verdict: Verdict,
        hints: int,
        seconds: float | None = None,
    ) -> None:
        """Record an answer, or a skipped part as blank, after so many hints and seconds.

        Where that is impossible the sitting goes on: `troubles` has what to say.
        """
        record = self.recall(question, part, answer, verdict)
        self.journal.add(Entry(record, datetime.now().astimezone(), hints, seconds))
        self._write(record.student)

    def recall(self, question: Question, part: Part, answer: str, verdict: Verdict) -> Record:
        """Count an answer; one given before the sitting was interrupted is kept already."""
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
        return record

    def flag(self, question: str) -> bool:
        """Flag a question, or take its flag off; whether it is flagged now."""
        if question in self.flagged:
            self.flagged.remove(question)
            return False
        self.flagged.append(question)
        return True

    def has_variants(self, question: str) -> bool:
        """Whether a question draws its numbers."""
        return self.bank.entries[question].summary.variants

    def troubles(self) -> list[str]:
        """That answers cannot be kept, or can be again; each is said once."""
        trouble = self.journal.trouble
        self._history.trouble = words.not_recorded(str(trouble)) if trouble else ""
        return [
            *self._history.news(words.RECORDED_AFTER_ALL),
            *self._file.news(words.SAVED_AFTER_ALL),
        ]

    def _write(self, student: str) -> None:
        """The whole answer file anew, so that a later answer makes up for what failed before."""
        if not self.save or not (answered := self._answered()):
            return
        from quizbank.answers.written import sheet  # noqa: PLC0415 - it loads a YAML writer

        try:
            write_whole(self.save, sheet(student, self.seed, answered, self.save))
            self._file.trouble = ""
        except OSError as error:
            self._file.trouble = words.not_saved(self.save, error.strerror or str(error))

    def name(self, verdict: Verdict) -> str:
        """The name of the misconception that an answer shows; empty where it shows none."""
        return self.bank.misconception_name(verdict.misconception)

    def shortfall(self) -> list[str]:
        """What is not where it should be, once there will be no further attempt."""
        lost = len(self.journal.waiting)
        return [*([words.lost(lost)] if lost else []), *filter(None, [self._file.trouble])]

    @property
    def saved(self) -> Path | None:
        """The answer file, once there is one."""
        return self.save if self._answered() and not self._file.trouble else None

    @property
    def missed(self) -> list[str]:
        """The questions with a part that was not right, in the order asked."""
        fine = (Outcome.CORRECT, Outcome.UNDECIDED)
        short = (one.question for one in self.records if one.verdict.outcome not in fine)
        return list(dict.fromkeys(short))

    def _answered(self) -> list[Record]:
        """What goes into the file, which has one seed: further variants are practice."""
        answered = (one for one in self.records if one.verdict.outcome is not Outcome.BLANK)
        return [one for one in answered if one.seed == self.seed]


def _student() -> str:
    """The name the learner is logged in by; some containers know none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # KeyError up to Python 3.12
        return "me"
