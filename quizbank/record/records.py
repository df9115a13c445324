"""The verdict on one part as others read it: one flat record."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from grader.feedback import sentences
from grader.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Record:
    """A verdict with whose, what and for how much.

    ``points`` is what the part is worth; ``earned`` what this answer gets of it.
    """

    student: str
    question: str
    part: str
    seed: int
    answer: str
    points: Fraction
    verdict: Verdict
    misconception_name: str = ""
    place: str = ""

    @property
    def earned(self) -> Fraction:
        return self.verdict.score * self.points

    @property
    def feedback(self) -> str:
        """What to tell the learner, one sentence a line."""
        return "\n".join(sentences(self.verdict))

    def as_json(self) -> dict[str, Any]:
        """The fields of DESIGN's verdict record, in its order."""
        return {
            "student": self.student,
            "question": self.question,
            "part": self.part,
            "seed": self.seed,
            "answer": self.answer,
            "understood": self.verdict.understood,
            "outcome": self.verdict.outcome.value,
            "score": float(self.verdict.score),
            "points": float(self.points),
            "evidence": [
                {"check": one.check, "finding": one.finding} for one in self.verdict.evidence
            ],
            "misconception": self.verdict.misconception,
            "feedback": self.feedback,
        }
