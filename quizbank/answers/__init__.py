"""Answers as people hand them in: files in, `Given` values and problems out."""

from quizbank.answers.files import answer_files, read_answers
from quizbank.answers.given import Given
from quizbank.answers.intake import Intake, take_in

__all__ = ["Given", "Intake", "answer_files", "read_answers", "take_in"]
