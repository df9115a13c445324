"""What `rnnquiz progress` says, in one place."""

from datetime import date
from pathlib import Path
from typing import Final

from cli.words import counted
from quizbank.record.progress import Gap, Progress, Shown

PROGRESS: Final = "Progress"
DAYS: Final = "Days"
TOPICS: Final = "Topics"
MISCONCEPTIONS: Final = "Misconceptions"
DUE: Final = "Due"
CURVE: Final = "What you will remember without practice"
GAPS: Final = "Right when asked again after"
KNOWN: Final = "known"
SEEN: Final = "to refresh"
UNSEEN: Final = "not seen"
HELD: Final = "held"
OVERCOME: Final = "overcome"
NONE_SHOWN: Final = "None was shown so far."
TODAY: Final = "today"
PRACTISE: Final = "rnnquiz take --due"
PUT_RIGHT: Final = "rnnquiz take --review"
_CLEAR_DAYS: Final = 330  # a date further back needs its year
RESET_CANCELLED: Final = "Nothing was deleted."
RESET_WORD: Final = "delete"
RESET_NOT_ASKED: Final = "nothing was deleted; say --yes where nobody can be asked"


def day(when: date) -> str:
    """A day of the year.

    >>> day(date(2026, 3, 4))
    '4 March'
    """
    return f"{when.day} {when:%B}"


def summary(stand: Progress) -> list[str]:
    """How much was done, and how steadily."""
    streak = f"{counted(stand.streak, 'day')} in a row"
    longest = f" (longest {stand.longest})" if stand.longest > stand.streak else ""
    told = [
        counted(stand.answers, "answer"),
        f"{stand.seen} of {counted(stand.questions, 'question')} seen",
        streak + longest,
    ]
    return [*told, f"{stand.elsewhere} of another bank"] if stand.elsewhere else told


def seen_of(seen: int, questions: int, *, short: bool = False) -> str:
    """How much of a topic was asked."""
    return f"{seen}/{questions}" if short else f"{seen} of {questions} seen"


def not_begun(topics: list[str]) -> str:
    """The topics of which nothing was asked."""
    return f"Not begun: {', '.join(topics)}"


def heat_legend(answers: int) -> str:
    """What a sign in the calendar stands for, by the answers it begins with."""
    return f"{answers}+" if answers else "none"


def overdue(number: int) -> str:
    """How many of today's questions should have been asked before."""
    return f"{number} overdue"


def nothing_due_soon(days: int) -> str:
    """That nothing is due for so many days."""
    return f"Nothing in the next {days} days."


def gap(found: Gap) -> str:
    """How long ago a question was asked before.

    >>> gap(Gap(1, 1, 5, 4)), gap(Gap(4, 7, 5, 4)), gap(Gap(31, None, 1, 1))
    ('1 day', '4 to 7 days', '31 days or more')
    """
    if found.last is None:
        return f"{found.first} days or more"
    if found.first == found.last:
        return counted(found.first, "day")
    return f"{found.first} to {found.last} days"


def state(shown: Shown) -> str:
    """Whether a misconception was overcome, with its sign."""
    return f"✓ {OVERCOME}" if shown.overcome else f"✗ {HELD}"


def last_shown(shown: Shown, today: date) -> str:
    """When a misconception was shown last; with the year where it may be mistaken.

    >>> last_shown(Shown("a", 1, date(2025, 3, 4), False), date(2026, 4, 1))
    'last on 4 March 2025'
    """
    year = f" {shown.last.year}" if (today - shown.last).days >= _CLEAR_DAYS else ""
    return f"last on {day(shown.last)}{year}"


def ask_reset(answers: int, file: Path) -> str:
    """What a learner has to type before everything is deleted."""
    return (
        f"{counted(answers, 'answer')} in {file} will be deleted for good."
        f" (rnnquiz progress export keeps a copy.)\nType {RESET_WORD} to go on: "
    )


def was_reset(answers: int) -> str:
    """That everything was deleted."""
    return f"{counted(answers, 'answer')} deleted."
