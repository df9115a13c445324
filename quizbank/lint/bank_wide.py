"""What shows only when a bank is looked at as a whole."""

from collections import Counter
from collections.abc import Iterator

from grader.kinds.choice import Choice
from quizbank.bank import Bank
from quizbank.problem import Problem
from quizbank.topics import TOPICS
from quizbank.values import did_you_mean

FEWEST_CHOICES = 5
"""Choices in a file from which the place of their right options is looked at."""

MOST_AT_ONE_PLACE = 2 / 3
"""Share of choices in a file whose right option may stand at the same place."""


def unused_misconception(bank: Bank) -> Iterator[Problem]:
    """A misconception that no question can find only lengthens the list."""
    used = {
        mistake
        for name in bank.ids
        for part in bank.question(name).parts
        for _, mistake in part.spec.wrong_answers()
    }
    for one in bank.misconceptions.values():
        if one.own and one.id not in used:
            message = f"no question can find the misconception {one.id!r}"
            yield Problem(one.file, one.line, "unused-misconception", message)


def unknown_topic(bank: Bank) -> Iterator[Problem]:
    """A topic that is misspelt, or used once, is one that nobody will find."""
    uses = Counter(topic for summary in bank.summaries for topic in summary.topics)
    for summary in bank.summaries:
        for topic in summary.topics:
            if topic not in TOPICS and uses[topic] == 1:
                message = f"{summary.id}: no other question has the topic {topic!r}"
                hint = did_you_mean(topic, TOPICS)
                yield Problem(summary.file, summary.line, "unknown-topic", f"{message}{hint}")


def give_away(bank: Bank) -> Iterator[Problem]:
    """Whoever always picks the first option must not do well."""
    places: dict[str, list[int]] = {}
    for name in bank.ids:
        question = bank.question(name)
        for part in question.parts:
            if isinstance(part.spec, Choice):
                rights = [option.right for option in part.spec.options]
                places.setdefault(question.file, []).append(rights.index(True) + 1)
    for file, found in places.items():
        place, times = Counter(found).most_common(1)[0]
        if len(found) >= FEWEST_CHOICES and times > MOST_AT_ONE_PLACE * len(found):
            message = f"in {times} of {len(found)} choices option {place} is right; vary the place"
            yield Problem(file, 1, "give-away", message)
