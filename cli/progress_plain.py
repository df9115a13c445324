"""A learner's progress in words, one fact a line, to be heard or searched."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Final

from cli import words_of_progress as words
from cli.markdown import phrase, safe
from cli.words import counted
from quizbank.misconceptions import Misconception
from quizbank.record.progress import Progress

_DUE_DAYS: Final = 7
_DAYS_BACK: Final = 14


def sentences(stand: Progress, names: Mapping[str, Misconception]) -> Iterator[str]:
    """Everything the screen shows."""
    yield f"{words.PROGRESS} on {words.day(stand.today)}: {', '.join(words.summary(stand))}."
    yield from _days(stand)
    for topic in sorted(stand.topics, key=lambda one: (one.mastery, one.name)):
        if topic.seen:
            seen = words.seen_of(topic.seen, topic.questions)
            yield f"Topic {safe(topic.name)}: {round(100 * topic.mastery)} % known, {seen}."
    if waiting := [safe(topic.name) for topic in stand.topics if not topic.seen]:
        yield f"{words.not_begun(waiting)}."
    for shown in stand.misconceptions:
        name = phrase(names[shown.id].name if shown.id in names else shown.id, raised=False).plain
        state = words.OVERCOME if shown.overcome else words.HELD
        times = counted(shown.times, "time")
        yield f"Misconception {state}: {name}; {times}, {words.last_shown(shown, stand.today)}."
    yield from _due(stand)
    yield from _memory(stand)


def _days(stand: Progress) -> Iterator[str]:
    for number in range(_DAYS_BACK - 1, -1, -1):
        when = stand.today - timedelta(days=number)
        if when in stand.days:
            yield f"{when:%A}, {words.day(when)}: {counted(stand.days[when], 'answer')}."


def _due(stand: Progress) -> Iterator[str]:
    overdue = f", {words.overdue(stand.overdue)}" if stand.overdue else ""
    for number, due in enumerate(stand.due[:_DUE_DAYS]):
        when = stand.today + timedelta(days=number)
        name = words.TODAY if number == 0 else f"on {when:%A}, {words.day(when)}"
        if due:
            yield f"Due {name}: {counted(due, 'question')}{overdue if number == 0 else ''}."
    if not any(stand.due[:_DUE_DAYS]):
        yield f"Due: {words.nothing_due_soon(_DUE_DAYS).lower()}"


def _memory(stand: Progress) -> Iterator[str]:
    for number in (0, 7, 14, len(stand.curve) - 1):
        if stand.curve:
            when = words.TODAY if number == 0 else f"in {counted(number, 'day')}"
            yield f"{words.CURVE}, {when}: {round(100 * stand.curve[number])} %."
    for gap in stand.gaps:
        yield f"{words.GAPS} {words.gap(gap)}: {gap.right} of {gap.asked}."
