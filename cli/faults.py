"""What to say when something went wrong that no command expected."""

import os
import traceback
from typing import Final

from quizbank.record.database import DatabaseTrouble

TRACE: Final = "RNNQUIZ_TRACE"


def explain_fault(error: Exception) -> str:
    """One sentence for a person; the whole trace where ``RNNQUIZ_TRACE`` is set.

    >>> explain_fault(PermissionError(13, "Permission denied", "history.sqlite"))
    'rnnquiz: history.sqlite: Permission denied'
    """
    if os.environ.get(TRACE):
        return "".join(traceback.format_exception(error))
    match error:
        case OSError(filename=str() as name, strerror=str() as reason):
            return f"rnnquiz: {name}: {reason}"
        case DatabaseTrouble():
            return f"rnnquiz: {error}"
        case _:
            return (
                f"rnnquiz: a fault of its own: {type(error).__name__}: {error}\n"
                f"Nothing you did is lost. Set {TRACE}=1 to see where, and please report it."
            )
