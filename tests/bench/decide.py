"""How long a decision takes, and how often it is right, beside sympy in the same run.

    python tests/bench/decide.py

Every settled pair of ``tests/tables`` is read once and decided by each method; the figures are
ratios to ours, for milliseconds depend on the machine.
"""

import resource
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sympy
import yaml

from grader.deciding.ladder import decide
from grader.reading.parser import parse
from grader.reading.symbolic import to_sympy
from grader.reading.tree import Equation, Node
from grader.reading.vocabulary import Vocabulary

TABLES = Path(__file__).parents[1] / "tables"
REPEATS = 5  # the fastest of so many runs of a warm decision


@dataclass(frozen=True)
class Pair:
    """A settled pair, read."""

    equal: bool
    key: Node
    answer: Node
    positive: frozenset[str]
    words: Vocabulary
    texts: tuple[str, str]


@dataclass
class Tally:
    """What one method did over all pairs."""

    right: int = 0
    wrongly_equal: int = 0
    wrongly_different: int = 0
    undecided: int = 0

    def count(self, equal: bool, said: bool | None) -> None:
        if said is None:
            self.undecided += 1
        elif said is equal:
            self.right += 1
        elif said:
            self.wrongly_equal += 1
        else:
            self.wrongly_different += 1


def pairs() -> Iterator[Pair]:
    for table in ("equal", "different"):
        for row in yaml.safe_load((TABLES / f"{table}.yaml").read_text(encoding="utf-8")):
            words = Vocabulary(tuple(row["names"]))
            texts = row["ours"], row["theirs"]
            key, answer = (parse(text, words).tree for text in texts)
            positive = frozenset(row.get("positive", ()))
            yield Pair(table == "equal", key, answer, positive, words, texts)


def ours(pair: Pair) -> bool | None:
    verdict = decide(pair.key, pair.answer, positive=pair.positive).verdict.value
    return {"equal": True, "different": False}.get(verdict)


def ours_with_parsing(pair: Pair) -> bool | None:
    key, answer = (parse(text, pair.words).tree for text in pair.texts)
    verdict = decide(key, answer, positive=pair.positive).verdict.value
    return {"equal": True, "different": False}.get(verdict)


def in_sympy(pair: Pair) -> tuple[Any, Any]:
    assumed = {name: {"positive": True} for name in pair.positive}
    return to_sympy(pair.key, assumed), to_sympy(pair.answer, assumed)


def simplify(pair: Pair) -> bool | None:
    key, answer = in_sympy(pair)
    return bool(sympy.simplify(key - answer) == 0)


def equals(pair: Pair) -> bool | None:
    key, answer = in_sympy(pair)
    return key.equals(answer)


def timed(method: Callable[[Pair], bool | None], pair: Pair, repeats: int) -> tuple[float, Any]:
    """Milliseconds of the fastest run, and what it said; a crash says nothing."""
    fastest, said = float("inf"), None
    for _ in range(repeats):
        start = time.perf_counter()
        try:
            said = method(pair)
        except (ArithmeticError, LookupError, NotImplementedError, TypeError, ValueError):
            said = None
        fastest = min(fastest, time.perf_counter() - start)
    return fastest * 1e3, said


def main() -> None:
    settled = [pair for pair in pairs() if not isinstance(pair.key, Equation)]
    unit = 0.0
    different = sum(not pair.equal for pair in settled)
    print(f"{len(settled)} settled pairs, {different} of them different")
    print(f"{'method':<28}{'right':>6}{'false =':>9}{'false !=':>9}{'open':>6}"
          f"{'median':>9}{'p95':>9}  times ours")  # fmt: skip
    for name, method, repeats in (
        ("decide, trees at hand", ours, REPEATS),
        ("decide, parsing both", ours_with_parsing, REPEATS),
        ("sympy a.equals(b)", equals, 1),
        ("sympy simplify(a-b) == 0", simplify, 1),
    ):
        tally, times = Tally(), list[float]()
        for pair in settled:
            took, said = timed(method, pair, repeats)
            tally.count(pair.equal, said)
            times.append(took)
        median, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        unit = unit or median
        counts = f"{tally.right:>6}{tally.wrongly_equal:>9}{tally.wrongly_different:>9}"
        figures = f"{tally.undecided:>6}{median:>9.3f}{p95:>9.2f}{median / unit:>10.1f} x"
        print(f"{name:<28}{counts}{figures}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
