"""How many rows a second `check` marks, beside copying the file and the csv module with a dict.

    python tests/bench/batch.py [ROWS] [DISTINCT_PERCENT]

Rows of 5,000 students in random order answer the shipped bank: right answers, the wrong ones that
authors foresaw, and made-up ones, a few of them often and most of them rarely. All methods run in
this process one after the other and read and write real files; seconds are those of the processor,
peak memory is that of the process so far. The reference with a dict marks each distinct answer as
`check` does, but by itself: it carries no error forward, lists no part left open, and does not see
who answered twice. It does less.
"""

import csv
import itertools
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from grader.judge import grade
from quizbank.bank import Bank
from quizbank.batch import CSV, JSONL, Flow
from quizbank.load import load
from quizbank.record.records import Record

STUDENTS = 5_000
HEADING = ("student", "question", "part", "seed", "answer")

Row = tuple[str, str, str, str]


def distinct(bank: Bank, number: int, dice: random.Random) -> list[Row]:
    """So many different answers to the parts of the bank, the likely ones first."""
    parts = [(name, part) for name in bank.ids for part in bank.question(name).parts]
    rows: dict[Row, None] = {}
    for name, part in parts:
        rows[name, part.id, "0", part.spec.right_answer()] = None
        for text, _ in part.spec.wrong_answers():
            rows[name, part.id, "0", text] = None
    for count in itertools.count():
        for name, part in parts:
            if len(rows) >= number:
                return list(rows)[:number]
            rows[name, part.id, "0", made_up(part.kind, part.spec.right_answer(), count, dice)] = (
                None
            )
    raise AssertionError


def made_up(kind: str, right: str, count: int, dice: random.Random) -> str:
    """Something a learner might type: a number, a formula with more in it, letters, words."""
    match kind:
        case "number":
            return f"{dice.randrange(10**6):,}"
        case "expression" | "derivation":
            return f"{right} + {count}"
        case "choice" | "select" | "match" | "order":
            return ", ".join(dice.sample("abcdef", k=dice.randrange(1, 6)))
        case _:
            return f"{right[:200]} {count}"


def generate(path: Path, bank: Bank, rows: int, share: float) -> None:
    """A long CSV file; how often an answer is given falls with its rank, as with learners."""
    dice = random.Random(1)
    pool = distinct(bank, max(1, round(rows * share)), dice)
    weights = list(itertools.accumulate(1 / (10 + rank) for rank in range(len(pool))))
    students = [f"s{number:05d}" for number in range(STUDENTS)]
    every = itertools.chain(pool, dice.choices(pool, cum_weights=weights, k=rows - len(pool)))
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(HEADING)
        writer.writerows((dice.choice(students), *row) for row in every)


def copied(source: Path, target: Path, bank: Bank) -> None:
    """The file, line by line."""
    with source.open("rb") as lines, target.open("wb") as out:
        for line in lines:
            out.write(line)


def with_a_dict(source: Path, target: Path, bank: Bank) -> None:
    """csv module in and out, verdicts remembered in a dict."""
    known: dict[tuple[str, ...], list[str]] = {}
    with (
        source.open(encoding="utf-8", newline="") as lines,
        target.open("w", encoding="utf-8", newline="") as out,
    ):
        reader, writer = csv.reader(lines), csv.writer(out, lineterminator="\n")
        next(reader)
        for student, *asked in reader:
            key = tuple(asked)
            if key not in known:
                known[key] = said(bank, *key)
            writer.writerow((student, *known[key]))


def said(bank: Bank, name: str, part_id: str, seed: str, text: str) -> list[str]:
    """The cells of a record after the student's."""
    part = bank.question(name, int(seed)).part(part_id)
    assert part is not None
    verdict = grade(part.spec, text)
    record = Record("", name, part_id, int(seed), text, part.points, verdict)
    return next(csv.reader([CSV.said(record).decode()]))


def marked(bank: Bank, answers: list[Row]) -> None:
    """Each distinct answer once, and nothing else."""
    for name, part_id, seed, text in answers:
        part = bank.question(name, int(seed)).part(part_id)
        assert part is not None
        grade(part.spec, text)


def checked_csv(source: Path, target: Path, bank: Bank) -> None:
    """`check --format csv`."""
    with target.open("wb") as out:
        out.writelines(Flow(bank, CSV).pieces([source]))


def checked_jsonl(source: Path, target: Path, bank: Bank) -> None:
    """`check --format jsonl`."""
    with target.open("wb") as out:
        out.writelines(Flow(bank, JSONL).pieces([source]))


def report(rows: int, share: float) -> Iterator[str]:
    """A line a method."""
    bank, problems = load()
    assert not problems
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "rows.csv"), Path(folder, "out")
        generate(source, bank, rows, share)
        size = source.stat().st_size / 1e6
        yield f"{rows:,} rows, {share:.0%} distinct, {STUDENTS:,} students, {size:.0f} MB"
        seconds = timed(
            lambda: marked(bank, distinct(bank, max(1, round(rows * share)), random.Random(1)))
        )
        yield f"marking the distinct answers alone: {seconds:.2f} s"
        methods: list[Callable[[Path, Path, Bank], None]]
        methods = [copied, checked_csv, checked_jsonl, with_a_dict]
        for method in methods:
            seconds = timed(lambda one=method: one(source, target, load()[0]))
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
            written = target.stat().st_size / 1e6
            yield (
                f"{method.__name__:14} {seconds:7.2f} s  {rows / seconds / 1e6:6.2f} M rows/s"
                f"  {written:6.0f} MB written  {memory:5.0f} MB of memory"
            )


def timed(work: Callable[[], None]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    percent = float(sys.argv[2]) if len(sys.argv) > 2 else 2
    for line in report(asked, percent / 100):
        print(line, flush=True)
