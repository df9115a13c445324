"""Tables of any length: every distinct answer marked once, joined back, given out as it is read."""

from quizbank.batch.flow import Flow
from quizbank.batch.forms import CSV, JSONL, Form

__all__ = ["CSV", "JSONL", "Flow", "Form"]
