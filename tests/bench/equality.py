"""How often a decision is right and what it costs, beside sympy and Math-Verify in the same run.

    python tests/bench/equality.py [GROUP...]

Every settled pair of ``tests/tables`` goes to every method; each method has a process of its own,
which has answered other pairs before.  Our pairs are answered a whole group at a time, one right
after the other, as a file of answers is; the others one by one, each within a bounded time.

`at first sight` is the first time that a process reads a pair, and the first time that it meets
the names declared for it: the fastest of a few processes.  `warm` is the fastest of a few times in
one process.  Columns: right verdicts; wrong ones (`=` for a pair that differs, `!=` for one that is
equal); no verdict; over the bound; milliseconds of one decision, reading both sides included for us
and excluded for sympy; the ratio of medians to ours at first sight; peak memory.  Install
``math-verify`` to have it in the table.
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
REPEATS = 5  # of so many times, or processes, the fastest counts
ROUNDS = 30  # over the pairs below; Python then has adapted its code, and the processor is awake

Row: TypeAlias = dict[str, Any]
Said: TypeAlias = bool | None
Answer: TypeAlias = tuple[Said, float, int] | None  # … milliseconds, MB; None over the bound

WARM_UP: list[Row] = [
    {"names": ["u", "v", "w"], "positive": positive, "ours": ours, "theirs": theirs}
    for ours, theirs, positive in (
        ("exp(u)/(1 + exp(u))", "σ(u)", []),
        ("v*tanh(u) + 1", "u - v*tanh'(exp(u))", []),
        ("sin(u + 2π)", "cos(v - π/2)", []),
        ("log(u*v) + sqrt(u^2*v)", "log(u) + log(v) + u*sqrt(v)", ["u", "v"]),
        ("sqrt(u^2) + w^T", "u + w^v", []),
        ("|u*v| + max(u, v)", "|u||v| + (u + v + |u - v|)/2", []),
        ("relu(u) + floor(w/2)", "min(u, w/2)", []),
    )
]
"""Pairs that no table has; between them they take most ways through a decision."""


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
    rounds: int = 0  # over other pairs, before each message
    repeats: int = 1  # in one process
    processes: int = 1
    at_once: bool = False  # whole groups, not pair by pair


FIRST_SIGHT = "ours, at first sight"
METHODS = [
    Method(FIRST_SIGHT, as_typed, ours, ROUNDS, processes=REPEATS, at_once=True),
    Method("ours, warm", as_typed, ours, ROUNDS, repeats=REPEATS, at_once=True),
    Method("sympy a.equals(b)", in_sympy, equals),
    Method("sympy simplify(a-b) == 0", in_sympy, simplified),
]
if importlib.util.find_spec("math_verify"):
    METHODS.append(Method("Math-Verify", in_latex, math_verify))


# processes, each of one method


def serve(method: Method, line: Connection) -> None:
    """Answer lists of rows until the line closes."""
    other_pairs = [method.ready(row) for row in WARM_UP]
    for pair in other_pairs:
        answered(method, pair)
    while (rows := line.recv()) is not None:
        pairs = [method.ready(row) for row in rows]
        for pair in other_pairs * method.rounds:
            answered(method, pair)
        line.send([answered(method, pair) for pair in pairs])


def answered(method: Method, pair: Any) -> Answer:
    fastest, said = float("inf"), None
    for _ in range(method.repeats):
        start = time.perf_counter()
        try:
            said = method.ask(pair)
        except Exception:  # noqa: BLE001 - whatever another program raises is no verdict
            said = None
        fastest = min(fastest, time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return said, 1000 * fastest, peak


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

    def ask(self, rows: list[Row]) -> list[Answer]:
        self.line.send(rows)
        if self.line.poll(BOUND * len(rows) + BOUND):  # the last for loading and warming up
            answers: list[Answer] = self.line.recv()
            return answers
        self.stop()
        self.start()
        return [None] * len(rows)

    def stop(self) -> None:
        self.process.kill()
        self.process.join()


class Servers:
    """All processes of one method."""

    def __init__(self, method: Method) -> None:
        self.method = method
        self.servers = [Server(method) for _ in range(method.processes)]

    def ask(self, rows: list[Row]) -> list[Answer]:
        """The answers to some rows, of the process that was the fastest for each."""
        batches = [rows] if self.method.at_once else [[row] for row in rows]
        runs = [[one for batch in batches for one in server.ask(batch)] for server in self.servers]
        return [min(answers, key=_took) for answers in zip(*runs, strict=True)]

    def stop(self) -> None:
        for server in self.servers:
            server.stop()


def _took(answer: Answer) -> float:
    return float("inf") if answer is None else answer[1]


@dataclass
class Tally:
    """What one method did over some pairs."""

    counts: Counter[str] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)
    peak: int = 0

    def add(self, equal: bool, answer: Answer) -> None:
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
    unit = statistics.median(tallies[FIRST_SIGHT].times)
    print(f"\n{title:<26}{HEAD}")
    for name, tally in tallies.items():
        print(f"{name:<26}{figures(tally, unit)}", flush=True)


def main() -> None:
    groups = [group for group in GROUPS if not sys.argv[1:] or group in sys.argv[1:]]
    servers = {method.name: Servers(method) for method in METHODS}
    total = {name: Tally() for name in servers}
    pairs = {group: settled(group) for group in groups}
    everything = [row for rows in pairs.values() for row in rows]
    different = sum(not row["equal"] for row in everything)
    print(f"{len(everything)} pairs, {different} of them different; bound {BOUND:.0f} s a pair")
    for group, rows in pairs.items():
        tallies = {name: Tally() for name in servers}
        for name, server in servers.items():
            for row, answer in zip(rows, server.ask(rows), strict=True):
                tallies[name].add(row["equal"], answer)
            total[name].join(tallies[name])
        report(f"{group} ({len(rows)})", tallies)
    report(f"all ({len(everything)})", total)
    for server in servers.values():
        server.stop()


if __name__ == "__main__":
    main()
