"""Troubles, said on stderr."""

import sys
from collections.abc import Iterable

from cli.exits import Exit
from grader.reading.display import visible
from quizbank.problem import Problem


def complain(troubles: Iterable[Problem | str]) -> Exit:
    """Say every trouble; what could not be read or understood is exit code 2."""
    for trouble in troubles:
        print(visible(str(trouble)), file=sys.stderr)
    return Exit.UNREADABLE
