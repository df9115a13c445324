"""Which questions to ask: filtered, drawn by seed, easier ones first; pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from hashlib import sha256

from quizbank.question import Summary


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a learner asked for; an empty field asks for anything.

    ``topics`` may also name questions by their ids.
    """

    topics: tuple[str, ...] = ()
    levels: frozenset[int] = frozenset()
    kinds: frozenset[str] = frozenset()
    count: int = 10

    def fits(self, summary: Summary) -> bool:
        """Whether a question is among those asked for."""
        return (
            (not self.topics or bool({summary.id, *summary.topics} & set(self.topics)))
            and (not self.levels or summary.level in self.levels)
            and (not self.kinds or bool({part.kind for part in summary.parts} & self.kinds))
        )


def select(summaries: Iterable[Summary], wanted: Wanted, seed: int) -> list[Summary]:
    """At most ``count`` questions that fit, drawn by ``seed`` alone.

    Easier ones come first, and those of one level in the order of the bank, which teaches.
    A question added to the bank takes the place of at most one other.

    >>> bank = [Summary(id, id.upper(), (id[0],), level, (), False) for id, level in
    ...         (("a1", 3), ("a2", 1), ("b1", 2), ("b2", 1))]
    >>> [one.id for one in select(bank, Wanted(topics=("a",)), seed=0)]
    ['a2', 'a1']
    >>> len(select(bank, Wanted(count=3), seed=7))
    3
    """

    def rank(summary: Summary) -> str:
        return sha256(f"{seed}:{summary.id}".encode()).hexdigest()

    fitting = list(filter(wanted.fits, summaries))
    drawn = {one.id for one in sorted(fitting, key=rank)[: wanted.count]}
    return sorted((one for one in fitting if one.id in drawn), key=lambda one: one.level)


def unknown(summaries: Sequence[Summary], wanted: Wanted, kinds: Iterable[str]) -> Iterator[str]:
    """A sentence for every topic or kind that is not there, with the nearest ones.

    >>> list(unknown([], Wanted(kinds=frozenset({"nubmer"})), ["number", "choice"]))
    ["no kind of answer is called 'nubmer'; did you mean number?"]
    """
    topics = {topic for summary in summaries for topic in summary.topics}
    names = topics | {summary.id for summary in summaries}
    for topic in wanted.topics:
        if topic not in names:
            yield f"no topic or question is called {topic!r}; {_instead(topic, names, topics)}"
    for kind in sorted(wanted.kinds - set(kinds)):
        yield f"no kind of answer is called {kind!r}; {_instead(kind, kinds, kinds)}"


def _instead(name: str, names: Iterable[str], offered: Iterable[str]) -> str:
    if near := get_close_matches(name, sorted(names), n=3):
        return f"did you mean {' or '.join(near)}?"
    return f"there are: {', '.join(sorted(offered))}"
