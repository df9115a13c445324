"""Which questions to ask a learner whose history is known: what is due, missed, or next; pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, assert_never

from quizbank.question import Summary
from quizbank.record.history import Past
from quizbank.record.reviews import Review, reviews
from quizbank.selection import Wanted

if TYPE_CHECKING:  # fsrs is loaded for what needs it
    from quizbank.record.memory import Memory

MASTERED = 0.75  # from here on a topic is asked one level higher


class Mode(StrEnum):
    """What the history is asked for."""

    DUE = "due"
    REVIEW = "review"
    MIX = "mix"


def practise(
    mode: Mode,
    summaries: Sequence[Summary],
    wanted: Wanted,
    answers: Iterable[Past],
    now: datetime,
    seed: int,
) -> list[Summary]:
    """The questions that fit, in the order to ask them."""
    fitting = [one for one in summaries if wanted.fits(one)]
    asked = reviews(answers)
    if mode is Mode.REVIEW:
        return missed(fitting, asked)[: wanted.count]
    from quizbank.record.memory import memories  # noqa: PLC0415

    known = memories(asked)
    match mode:
        case Mode.DUE:
            return due(fitting, known, now)[: wanted.count]
        case Mode.MIX:
            mastery = {one.question: one.mastery(now) for one in known.values()}
            return mixed(fitting, mastery, wanted.count, seed)
        case _:
            assert_never(mode)


def next_due(
    summaries: Iterable[Summary], wanted: Wanted, answers: Iterable[Past], now: datetime
) -> date | None:
    """The first day on which something that fits is due; nothing where it was never asked."""
    from quizbank.record.memory import memories  # noqa: PLC0415

    known = memories(reviews(answers))
    days = [known[one.id].due_on(now) for one in summaries if wanted.fits(one) and one.id in known]
    return min(days, default=None)


def due(
    summaries: Iterable[Summary], known: Mapping[str, "Memory"], now: datetime
) -> list[Summary]:
    """What is due today or was before, most overdue first."""
    waiting = [
        one for one in summaries if one.id in known and known[one.id].due_on(now) <= now.date()
    ]
    return sorted(waiting, key=lambda one: (known[one.id].due, one.id))


def missed(summaries: Iterable[Summary], asked: Iterable[Review]) -> list[Summary]:
    """What was not wholly right when it was last asked, the latest mistake first."""
    last = {review.question: review for review in asked}
    wrong = [one for one in summaries if one.id in last and last[one.id].share < 1]
    return sorted(wrong, key=lambda one: last[one.id].given, reverse=True)


def mixed(
    summaries: Sequence[Summary], mastery: Mapping[str, float], count: int, seed: int
) -> list[Summary]:
    """Topics in turn, the least mastered first, each at the lowest level not mastered yet.

    ``mastery`` is from 0 to 1, by question; what was never asked has none. Interleaving topics
    helps to tell them apart (Rohrer, Dedrick, Stershic 2015, https://doi.org/10.1037/edu0000001).

    >>> bank = [Summary(f"{topic}{level}", "", (topic,), level, (), False)
    ...         for topic in ("gru", "lstm") for level in (1, 2, 3)]
    >>> [one.id for one in mixed(bank, {"lstm1": 0.9, "lstm2": 0.4}, 4, seed=0)]
    ['gru1', 'lstm2', 'gru2', 'lstm3']
    """

    def drawn(name: str) -> str:
        return sha256(f"{seed}:{name}".encode()).hexdigest()

    def known(questions: Iterable[Summary]) -> float:
        each = [mastery.get(one.id, 0.0) for one in questions]
        return sum(each) / len(each)

    by_topic = _by_topic(summaries)
    levels = {topic: _level(questions, known) for topic, questions in by_topic.items()}
    left, turns = list(summaries), Counter[str]()
    chosen: list[Summary] = []
    while left and len(chosen) < count:
        open_ = _by_topic(left)
        topic = min(open_, key=lambda one: (turns[one], known(by_topic[one]), drawn(one)))
        best = min(
            open_[topic],
            key=lambda one: (
                abs(one.level - levels[topic]),
                mastery.get(one.id, 0.0),
                drawn(one.id),
            ),
        )
        left.remove(best)
        chosen.append(best)
        turns.update(best.topics)
    return chosen


def _by_topic(summaries: Iterable[Summary]) -> dict[str, list[Summary]]:
    found: dict[str, list[Summary]] = {}
    for one in summaries:
        for topic in one.topics:
            found.setdefault(topic, []).append(one)
    return found


def _level(questions: Sequence[Summary], known: Callable[[Iterable[Summary]], float]) -> int:
    """The lowest level of a topic that is not mastered; its highest where all are."""
    levels = sorted({one.level for one in questions})
    for level in levels:
        if known(one for one in questions if one.level == level) < MASTERED:
            return level
    return levels[-1]
