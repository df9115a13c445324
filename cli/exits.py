"""What the exit code of every command means."""

from enum import IntEnum


class Exit(IntEnum):
    """0 done; 1 a threshold or lint rule is not met; 2 usage, or input that could not be read."""

    DONE = 0
    NOT_MET = 1
    UNREADABLE = 2
