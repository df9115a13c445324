"""How a learner stands: topics, misconceptions, days, what is due, what will be remembered."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Final

from grader.verdict import Outcome
from quizbank.question import Summary
from quizbank.record.history import Past
from quizbank.record.memory import Memory, memories
from quizbank.record.reviews import Review, reviews

DAY: Final = timedelta(days=1)
DAYS_AHEAD: Final = 30  # what is due and what is remembered is worked out so far
GAPS: Final = ((1, 1), (2, 3), (4, 7), (8, 30), (31, None))
"""Days between two askings, from and to, for what was remembered in fact."""


@dataclass(frozen=True, slots=True)
class Topic:
    """Mastery of a topic, over all its questions in the bank: 0 for those never asked."""

    name: str
    mastery: float
    seen: int
    questions: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A misconception that was shown: how often, when last, and whether it was overcome.

    It is overcome once every part in which it was shown has been answered rightly since.
    """

    id: str
    times: int
    last: date
    overcome: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """Of so many questions asked again after ``first`` to ``last`` days, how many were right."""

    first: int
    last: int | None
    asked: int
    right: int


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything at once; ``answers`` counts those given, not what was skipped.

    ``due`` has the number of questions of today (with what is overdue) and of each day after it;
    ``curve`` the mean chance to remember a question seen, today and on each day after it, if none
    is asked before. ``elsewhere`` counts answers to questions that are not in this bank.
    """

    today: date
    answers: int
    seen: int
    questions: int
    elsewhere: int
    topics: tuple[Topic, ...]
    misconceptions: tuple[Shown, ...]
    days: Mapping[date, int]
    due: tuple[int, ...]
    overdue: int
    curve: tuple[float, ...]
    gaps: tuple[Gap, ...]

    @property
    def streak(self) -> int:
        """Days in a row with an answer, up to today or yesterday."""
        end = self.today if self.today in self.days else self.today - DAY
        return next(n for n in range(len(self.days) + 1) if end - n * DAY not in self.days)

    @property
    def longest(self) -> int:
        """The most days in a row ever."""
        longest = run = 0
        for day in sorted(self.days):
            run = run + 1 if day - DAY in self.days else 1
            longest = max(longest, run)
        return longest


def progress(summaries: Sequence[Summary], answers: Sequence[Past], now: datetime) -> Progress:
    """How a learner stands ``now``, in their own time zone."""
    listed = {one.id for one in summaries}
    given = [one for one in answers if one.outcome is not Outcome.BLANK]
    asked = [one for one in reviews(answers) if one.question in listed]
    known = memories(asked)
    due = [(one.due_on(now) - now.date()).days for one in known.values()]
    return Progress(
        today=now.date(),
        answers=len(given),
        seen=len(known),
        questions=len(listed),
        elsewhere=sum(one.question not in listed for one in given),
        topics=_topics(summaries, known, now),
        misconceptions=_misconceptions(given, now),
        days=Counter(one.given.astimezone(now.tzinfo).date() for one in given),
        due=tuple(sum(max(day, 0) == n for day in due) for n in range(DAYS_AHEAD + 1)),
        overdue=sum(day < 0 for day in due),
        curve=_curve(list(known.values()), now),
        gaps=_gaps(asked),
    )


def _topics(
    summaries: Iterable[Summary], known: Mapping[str, Memory], now: datetime
) -> tuple[Topic, ...]:
    by_topic: dict[str, list[str]] = {}
    for one in summaries:
        for topic in one.topics:
            by_topic.setdefault(topic, []).append(one.id)
    found = []
    for topic, names in sorted(by_topic.items()):
        seen = [known[name].mastery(now) for name in names if name in known]
        found.append(Topic(topic, sum(seen) / len(names), len(seen), len(names)))
    return tuple(found)


def _misconceptions(given: Iterable[Past], now: datetime) -> tuple[Shown, ...]:
    """Those held first, then by when they were last shown."""
    times, last = Counter[str](), dict[str, date]()
    open_: dict[str, set[tuple[str, str]]] = {}
    for one in given:
        place = (one.question, one.part)
        if one.misconception:
            times[one.misconception] += 1
            last[one.misconception] = one.given.astimezone(now.tzinfo).date()
            open_.setdefault(one.misconception, set()).add(place)
        elif one.outcome is Outcome.CORRECT:
            for places in open_.values():
                places.discard(place)
    found = [Shown(name, times[name], last[name], not open_[name]) for name in times]
    return tuple(sorted(found, key=lambda one: (one.overcome, -one.last.toordinal(), one.id)))


def _curve(known: Sequence[Memory], now: datetime) -> tuple[float, ...]:
    if not known:
        return ()
    return tuple(
        sum(one.recall(now + n * DAY) for one in known) / len(known) for n in range(DAYS_AHEAD + 1)
    )


def _gaps(asked: Iterable[Review]) -> tuple[Gap, ...]:
    by_question: dict[str, list[Review]] = {}
    for review in asked:
        by_question.setdefault(review.question, []).append(review)
    again = [
        ((later.given - earlier.given).days, later.share == 1)
        for seen in by_question.values()
        for earlier, later in pairwise(seen)
    ]
    found = []
    for first, last in GAPS:
        within = [right for days, right in again if first <= days <= (last or days)]
        found.append(Gap(first, last, len(within), sum(within)))
    return tuple(one for one in found if one.asked)
