"""What `choice` and `select` share: options, and the spellings that name one."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from grader.reading.listed import Listed, listed
from grader.reading.plain import fold


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to pick. ``says`` is the feedback for picking it (or, in `select`, for a miss).

    ``mistake`` names the misconception that picking it shows.
    """

    id: str
    text: str
    says: str
    right: bool = False
    mistake: str = ""


def letter(position: int) -> str:
    """The letter under which the option at a position (from 0) is shown.

    >>> letter(0), letter(25)
    ('a', 'z')
    """
    return chr(ord("a") + position)


def find(options: tuple[Option, ...], said: str) -> Option | None:
    """The option somebody means by its letter, its id or its whole text, markup or not.

    >>> options = (Option("yes", "It grows", ""), Option("no", "It stays", ""))
    >>> [find(options, said).id for said in ("B", "b)", "no", "it  STAYS.", "b. It stays")]
    ['no', 'no', 'no', 'no', 'no']
    >>> find(options, "maybe")
    """
    found = lettered(options).find(said)
    return None if found is None else options[found]


def lettered(options: tuple[Option, ...]) -> Listed:
    """The options under all their names."""
    names = tuple((option.id, option.text) for option in options)
    return listed(names, tuple(map(letter, range(len(options)))))


def faults(options: tuple[Option, ...]) -> Iterator[str]:
    """What an author must mend about a list of options."""
    if not 2 <= len(options) <= 26:
        yield f"has {len(options)} options; give between 2 and 26"
    for field, values in (
        ("id", [fold(option.id) for option in options]),
        ("text", [fold(option.text) for option in options]),
    ):
        for value, times in Counter(values).items():
            if times > 1:
                yield f"two options have the {field} {value!r}"
    for option in options:
        if len(option.id) < 2:
            yield f"option id {option.id!r} is a single letter, which already means a position"
        if not option.says:
            yield f"option {option.id!r} has no feedback; say why it is right or wrong"
        if option.right and option.mistake:
            yield f"option {option.id!r} is right and cannot show the mistake {option.mistake!r}"
