"""How many made-up slips are named right, whether any is named wrong, and how long that takes.

    python tests/bench/diagnosis.py

The slips are those of ``tests/tables/slips.yaml``, each with the code it must be named with.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

import yaml

from cli.commands.compare import shapes as parse_shapes
from grader.diagnosis import Diagnosis, counts, diagnose, diagnose_number, formulas
from grader.reading.numbers import read_number
from grader.reading.parser import parse
from grader.reading.vocabulary import Vocabulary

TABLE = Path(__file__).parents[1] / "tables" / "slips.yaml"


@dataclass(frozen=True, slots=True)
class Row:
    """A wrong answer, and the code of the slip behind it; None where nothing can be said."""

    key: str
    names: tuple[str, ...]
    answer: str
    slip: str | None
    shapes: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def ask(self) -> Diagnosis | None:
        """What the search says; keys without names are workings of numbers."""
        vocabulary = Vocabulary(self.names, arrays=bool(self.shapes))
        key = parse(self.key, vocabulary).tree
        if not self.names:
            return diagnose_number(key, read_number(self.answer).value)
        return diagnose(key, parse(self.answer, vocabulary).tree, shapes=dict(self.shapes))


def rows() -> Iterator[Row]:
    """Every slip of the table."""
    for group in yaml.safe_load(TABLE.read_text(encoding="utf-8")):
        key, names = group.get("key", group.get("working")), tuple(group.get("names", "").split())
        shapes = tuple(parse_shapes(group.get("shapes", "")).items())
        for slip in group["slips"]:
            yield Row(key, (*names, *dict(shapes)), slip["answer"], slip["slip"], shapes)


def verdict(row: Row) -> str:
    """``right``, ``silent`` where a slip was to be named, or ``wrong``."""
    said = row.ask()
    if (said and said.code) == row.slip:
        return "right"
    return "wrong" if said else "silent"


def main() -> None:
    table = list(rows())
    tally = Counter(map(verdict, table))
    nameless = sum(row.slip is None for row in table)
    print(f"{len(table)} made-up slips; of {nameless} nothing honest can be said")
    for word in ("right", "silent", "wrong"):
        print(f"{word:>8} {tally[word]:4} {tally[word] / len(table):7.1%}")
    for row in table:
        if verdict(row) != "right":
            print(f"  {row.key} | {row.answer}: {row.slip}, said {row.ask()}")
    for title, warm in (("first answer to a key", False), ("each further answer", True)):
        times = sorted(1e3 * seconds for seconds in timed(table, warm))
        most = f"95 % {times[len(times) * 95 // 100]:.2f} ms, most {times[-1]:.2f} ms"
        print(f"{title}: median {median(times):.2f} ms, {most}")


def timed(table: list[Row], warm: bool) -> Iterator[float]:
    """Seconds per diagnosis, reading included."""
    for row in table:
        if warm:
            row.ask()
        else:
            formulas._searched.cache_clear()
            counts._slips.cache_clear()
        start = perf_counter()
        row.ask()
        yield perf_counter() - start


if __name__ == "__main__":
    main()
