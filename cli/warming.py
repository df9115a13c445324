"""Loads what a verdict needs while a learner reads, so that it comes at once after Enter."""

from functools import cache
from importlib import import_module
from threading import Thread
from typing import Final

_NEEDED: Final = (
    "grader.reading.respelling",
    "grader.diagnosis",
    "grader.diagnosis.formulas",
    "grader.deciding.matrices",
    "grader.deciding.witness",
    "grader.deciding.sampling",
    "grader.deciding.separation",
    "grader.deciding.vectors",
    "grader.deciding.examples",
    "grader.deciding.entries",
    "grader.deciding.sizes",
    "grader.derivation.marking",
    "grader.derivation.vectors",
    "grader.derivation.example",
    "grader.derivation.worked",
    "quizbank.decode",
    "quizbank.answers.written",
)
"""What is imported late elsewhere, so that commands which decide little begin at once."""


@cache
def warm() -> None:
    """Begin to load it, once; nobody waits for it."""
    Thread(target=load, name="warming", daemon=True).start()


def load() -> None:
    """Load it now."""
    for name in _NEEDED:
        import_module(name)
