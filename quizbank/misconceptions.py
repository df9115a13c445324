"""Named mistakes: what learners believe who answer so, listed once for a whole bank."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Misconception:
    """A mistake by its id; ``name`` says what was done, ``explains`` why it is wrong.

    ``own`` is false for those that a bank takes from the shipped list.
    """

    id: str
    name: str
    explains: str
    source: str = ""
    file: str = ""
    line: int = 0
    own: bool = True
