"""How often a decision is right and what it costs, beside sympy and Math-Verify in the same run.

    python tests/bench/equality.py [GROUP...]

Every settled pair of ``tests/tables`` goes to every method; each method has a process of its own,
which is given a bounded time for one pair.  Columns: right verdicts; wrong ones (`=` for a pair
that differs, `!=` for one that is equal); no verdict; over the bound; milliseconds of one
decision, reading both sides included for us and excluded for sympy; the ratio of medians to ours;
peak memory.  Install ``math-verify`` to have it in the table.
"""

import importlib
import importlib.util
import multiprocessing
import resource
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from grader.deciding.ladder import decide
from grader.reading.parser import parse
from grader.reading.vocabulary import Vocabulary

TABLES = Path(__file__).parents[1] / "tables"
GROUPS = {
    "recurrent gradients": ("gradients",),
    "rational": ("rational",),
    "exp, trigonometry, roots": ("exponentials", "powers"),
    "piecewise and floor": ("cases",),
    "near misses": ("near_misses",),
}
BOUND = 10.0  # seconds a method may take for one pair
REPEATS = 5  # the fastest of so many runs is a warm one

Row: TypeAlias = dict[str, Any]
Said: TypeAlias = bool | None


def settled(group: str) -> list[Row]:
    """The pairs of a group, each with the truth about it."""
    rows = []
    for table in ("equal", "different"):
        sections = yaml.safe_load((TABLES / f"{table}.yaml").read_text(encoding="utf-8"))
        for section in GROUPS[group]:
            rows += [{**row, "equal": table == "equal"} for row in sections[section]]
    return rows


# methods: how a pair is made ready (not timed), and what is timed


def as_typed(row: Row) -> tuple[Row, Vocabulary]:
    return row, Vocabulary(tuple(row["names"]))


def ours(pair: tuple[Row, Vocabulary]) -> Said:
    row, words = pair
    key, answer = parse(row["ours"], words).tree, parse(row["theirs"], words).tree
    positive = frozenset(row.get("positive", ()))
    verdict = decide(key, answer, positive=positive).verdict.value
    return {"equal": True, "different": False}.get(verdict)


def in_sympy(row: Row) -> tuple[Any, Any]:
    from grader.reading.symbolic import to_sympy  # noqa: PLC0415

    words = Vocabulary(tuple(row["names"]))
    assumed = {name: {"positive": True} for name in row.get("positive", ())}
    return to_sympy(parse(row["ours"], words).tree, assumed), to_sympy(
        parse(row["theirs"], words).tree, assumed
    )


def simplified(pair: tuple[Any, Any]) -> Said:
    import sympy  # noqa: PLC0415

    return bool(sympy.simplify(pair[0] - pair[1]) == 0)


def equals(pair: tuple[Any, Any]) -> Said:
    said = pair[0].equals(pair[1])
    return None if said is None else bool(said)


def in_latex(row: Row) -> tuple[str, str]:
    from grader.reading.printer import latex  # noqa: PLC0415

    words = Vocabulary(tuple(row["names"]))
    return latex(parse(row["ours"], words).tree), latex(parse(row["theirs"], words).tree)


def math_verify(pair: tuple[str, str]) -> Said:
    other: Any = importlib.import_module("math_verify")
    return bool(other.verify(*(other.parse(f"${text}$") for text in pair)))


@dataclass(frozen=True)
class Method:
    """A name, how pairs are prepared, what is timed, and how often."""

    name: str
    ready: Callable[[Row], Any]
    ask: Callable[[Any], Said]
    repeats: int = 1


METHODS = [
    Method("ours, at first sight", as_typed, ours),
    Method("ours, warm", as_typed, ours, REPEATS),
    Method("sympy a.equals(b)", in_sympy, equals),
    Method("sympy simplify(a-b) == 0", in_sympy, simplified),
]
if importlib.util.find_spec("math_verify"):
    METHODS.append(Method("Math-Verify", in_latex, math_verify))


# one process per method


def serve(method: Method, line: Connection) -> None:
    """Answer rows with (what was said, milliseconds, peak memory in MB) until the line closes."""
    warm_up = settled("rational")[0]
    method.ask(method.ready(warm_up))
    while (row := line.recv()) is not None:
        pair, fastest, said = method.ready(row), float("inf"), None
        for _ in range(method.repeats):
            start = time.perf_counter()
            try:
                said = method.ask(pair)
            except Exception:  # noqa: BLE001 - whatever another program raises is no verdict
                said = None
            fastest = min(fastest, time.perf_counter() - start)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        line.send((said, 1000 * fastest, peak))


class Server:
    """A process that is replaced when it takes too long."""

    def __init__(self, method: Method) -> None:
        self.method = method
        self.start()

    def start(self) -> None:
        self.line, theirs = multiprocessing.Pipe()
        context = multiprocessing.get_context("spawn")
        self.process = context.Process(target=serve, args=(self.method, theirs), daemon=True)
        self.process.start()

    def ask(self, row: Row) -> tuple[Said, float, int] | None:
        """None where the bound was reached."""
        self.line.send(row)
        if self.line.poll(BOUND + 2):  # two more for loading
            answer: tuple[Said, float, int] = self.line.recv()
            return answer
        self.stop()
        self.start()
        return None

    def stop(self) -> None:
        self.process.kill()
        self.process.join()


@dataclass
class Tally:
    """What one method did over some pairs."""

    counts: Counter[str] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)
    peak: int = 0

    def add(self, equal: bool, answer: tuple[Said, float, int] | None) -> None:
        if answer is None:
            self.counts["over"] += 1
            self.times.append(1000 * BOUND)
            return
        said, took, peak = answer
        wrong = "wrongly =" if said else "wrongly !="
        self.counts["open" if said is None else "right" if said is equal else wrong] += 1
        self.times.append(took)
        self.peak = max(self.peak, peak)

    def join(self, other: "Tally") -> None:
        self.counts += other.counts
        self.times += other.times
        self.peak = max(self.peak, other.peak)


HEAD = f"{'right':>6}{'=':>4}{'!=':>4}{'open':>6}{'over':>6}{'median':>10}{'p95':>10}{'x ours':>8}"


def figures(tally: Tally, unit: float) -> str:
    keys = ("right", 6), ("wrongly =", 4), ("wrongly !=", 4), ("open", 6), ("over", 6)
    counts = "".join(f"{tally.counts[key]:>{width}}" for key, width in keys)
    median = statistics.median(tally.times)
    p95 = statistics.quantiles(tally.times, n=20)[-1]
    return f"{counts}{median:>10.3f}{p95:>10.2f}{median / unit:>8.0f}{tally.peak:>6} MB"


def report(title: str, tallies: dict[str, Tally]) -> None:
    unit = statistics.median(tallies["ours, warm"].times)
    print(f"\n{title:<26}{HEAD}")
    for name, tally in tallies.items():
        print(f"{name:<26}{figures(tally, unit)}", flush=True)


def main() -> None:
    groups = [group for group in GROUPS if not sys.argv[1:] or group in sys.argv[1:]]
    servers = {method.name: Server(method) for method in METHODS}
    total = {name: Tally() for name in servers}
    pairs = {group: settled(group) for group in groups}
    everything = [row for rows in pairs.values() for row in rows]
    different = sum(not row["equal"] for row in everything)
    print(f"{len(everything)} pairs, {different} of them different; bound {BOUND:.0f} s a pair")
    for group, rows in pairs.items():
        tallies = {name: Tally() for name in servers}
        for name, server in servers.items():
            for row in rows:
                tallies[name].add(row["equal"], server.ask(row))
            total[name].join(tallies[name])
        report(f"{group} ({len(rows)})", tallies)
    report(f"all ({len(everything)})", total)
    for server in servers.values():
        server.stop()


if __name__ == "__main__":
    main()
