"""Loads what a verdict needs while a learner reads, so that it comes at once after Enter."""

from functools import cache
from importlib import import_module
from threading import Thread
from typing import Final

_NEEDED: Final = (
    "grader.deciding.reals",
    "grader.deciding.witness",
    "grader.deciding.matrices",
    "grader.diagnosis",
    "grader.diagnosis.formulas",
    "grader.derivation.marking",
    "rich.markdown",
)


@cache
def warm() -> None:
    """Begin to load it, once; nobody waits for it."""
    Thread(target=load, name="warming", daemon=True).start()


def load() -> None:
    """Load it now."""
    for name in _NEEDED:
        import_module(name)
