"""The smallest honest explanation of a wrong answer: one slip that gives exactly what was given."""

from grader.diagnosis.counts import diagnose_number
from grader.diagnosis.explanation import Diagnosis
from grader.diagnosis.formulas import diagnose

__all__ = ["Diagnosis", "diagnose", "diagnose_number"]
