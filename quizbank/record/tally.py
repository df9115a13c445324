"""What a sitting came to: points, by topic, and the misconceptions met; pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from grader.verdict import Outcome
from quizbank.record.records import Record


@dataclass(frozen=True, slots=True)
class Score:
    """Points earned of those possible; ``waiting`` are possible ones that a person must mark."""

    earned: Fraction = Fraction(0)
    possible: Fraction = Fraction(0)
    waiting: Fraction = Fraction(0)

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.earned + other.earned,
            self.possible + other.possible,
            self.waiting + other.waiting,
        )

    @property
    def share(self) -> Fraction:
        """Earned of what has been marked; 0 where nothing has.

        >>> Score(Fraction(1), Fraction(3), Fraction(1)).share
        Fraction(1, 2)
        """
        marked = self.possible - self.waiting
        return self.earned / marked if marked else Fraction(0)


@dataclass(frozen=True, slots=True)
class Tally:
    """The sum of a sitting; ``misconceptions`` counts each name met."""

    whole: Score
    answered: int
    skipped: int
    topics: Mapping[str, Score]
    misconceptions: Mapping[str, int]


def tally(records: Sequence[Record], topics: Mapping[str, Iterable[str]]) -> Tally:
    """Sum up a sitting; ``topics`` gives those of each question.

    >>> from grader.verdict import Verdict
    >>> blank = Record("me", "q", "", 0, "", Fraction(1), Verdict(Outcome.BLANK))
    >>> right = Record("me", "r", "", 0, "6", Fraction(2), Verdict.correct("6"))
    >>> sum_ = tally([blank, right], {"q": ["lstm"], "r": ["lstm", "gru"]})
    >>> sum_.whole.share, sum_.answered, sum_.skipped, sorted(sum_.topics)
    (Fraction(2, 3), 1, 1, ['gru', 'lstm'])
    """
    by_topic: dict[str, Score] = {}
    for record in records:
        for topic in topics[record.question]:
            by_topic[topic] = by_topic.get(topic, Score()) + _score(record)
    skipped = sum(record.verdict.outcome is Outcome.BLANK for record in records)
    named = (record.misconception_name for record in records if record.verdict.misconception)
    return Tally(
        sum(map(_score, records), Score()),
        len(records) - skipped,
        skipped,
        by_topic,
        Counter(named),
    )


def _score(record: Record) -> Score:
    waits = record.verdict.outcome is Outcome.UNDECIDED
    return Score(record.earned, record.points, record.points if waits else Fraction(0))
