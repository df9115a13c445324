"""How long `take` makes a learner wait: for the first prompt, after each key, after Enter.

    python tests/bench/session.py [RUNS]

The first prompt is timed beside a bare questionary program, both in a pseudo-terminal and in turn,
so that a busy machine slows them alike: read the ratio. A key is timed from the write to the
terminal until the row below the prompt shows how the answer is read; a verdict in the process that
answers the whole bank, after what the session loads while a learner reads, from the answer to the
rows on the screen.
"""

import io
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
from rich.console import Console

from cli import render, warming
from quizbank.load import load
from quizbank.question import Part, Question

ROOT = Path(__file__).parents[2]
QUESTIONARY = "import questionary; questionary.text('Name?').ask()"
COMMAND = "from cli.app import main; main()"
ASKED = "cell-two-steps-back"
TYPED = "f_t*(f_{t-1}*c_<t-2> + i_{t-1}*g_{t-1})/(1 + tanh(i_t*g_t))" * 2
PATIENCE_SECONDS = 30


def spawned(code: str, *words: str) -> pexpect.spawn:
    """A program in a terminal of 80 columns."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "TERM": "xterm"}
    environment["PROMPT_TOOLKIT_NO_CPR"] = "1"  # nobody here tells where the cursor is
    child = pexpect.spawn(
        sys.executable,
        ["-c", code, *words],
        env=environment,
        dimensions=(40, 80),
        timeout=PATIENCE_SECONDS,
        encoding="utf-8",
    )
    child.delaybeforesend = None  # it would wait for as long as we may take
    return child


def taken(folder: str) -> pexpect.spawn:
    """`take` with one formula to write."""
    return spawned(COMMAND, "take", ASKED, "--seed", "0", "--data", folder)


def first_prompts(folder: str, runs: int) -> Iterator[tuple[float, float, float]]:
    """Seconds to the bare prompt; to the question that `take` shows; until it can be answered."""
    for _ in range(runs):
        (bare,) = seen(lambda: spawned(QUESTIONARY), "Name")
        question, prompt = seen(lambda: taken(folder), "Unroll the cell", "›")
        yield bare, question, prompt


def seen(start: Callable[[], pexpect.spawn], *signs: str) -> list[float]:
    """Seconds from the start of a program until each sign stands in its terminal."""
    begun = time.perf_counter()
    child = start()
    times = []
    for sign in signs:
        child.expect(sign)
        times.append(time.perf_counter() - begun)
    child.close(force=True)
    return times


def keys(folder: str) -> Iterator[float]:
    """Seconds from each key to the last thing drawn for it."""
    child = taken(folder)
    child.expect("›")
    time.sleep(1.0)  # a learner reads the question
    drain(child)
    for key in TYPED:
        begun = time.perf_counter()
        child.send(key)
        yield drain(child) - begun
    child.close(force=True)


def drain(child: pexpect.spawn) -> float:
    """Read until a tenth of a second brings nothing; when the last thing came."""
    last = time.perf_counter()
    while True:
        try:
            child.read_nonblocking(65536, timeout=0.1)
            last = time.perf_counter()
        except pexpect.TIMEOUT:
            return last


def verdicts() -> Iterator[tuple[float, str, str]]:
    """Seconds from every known answer of the bank to its verdict on the screen."""
    bank, problems = load()
    assert not problems, problems
    warming.load()
    console = Console(file=io.StringIO(), width=80, theme=render.THEME, force_terminal=True)
    for name in bank.ids:
        question = bank.question(name)
        for part in question.parts:
            for answer in answers(part):
                yield shown(console, question, part, answer), f"{name}.{part.id}", answer


def answers(part: Part) -> Iterator[str]:
    """The right answer, every known mistake, and one that is just wrong."""
    right = part.spec.right_answer()
    yield right
    yield from (wrong for wrong, _ in part.spec.wrong_answers())
    yield f"{right} + 1"


def shown(console: Console, question: Question, part: Part, answer: str) -> float:
    begun = time.perf_counter()
    verdict = question.mark({part.id: answer})[part.id]
    console.print(render.verdict(part, verdict, ""))
    return time.perf_counter() - begun


def p95(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=20)[-1]


def main(runs: int) -> None:
    """Print what there is to wait for."""
    found = sorted(verdicts(), reverse=True)
    times = [seconds for seconds, _, _ in found]
    print(
        f"verdict       p95 {1e3 * p95(times):6.1f} ms   max {1e3 * times[0]:6.1f} ms"
        f"   {len(times)} answers; sympy {'loaded' if 'sympy' in sys.modules else 'not loaded'}"
    )
    for seconds, part, answer in found[:3]:
        print(f"              {1e3 * seconds:6.1f} ms  {part}  {answer[:50]!r}")
    with tempfile.TemporaryDirectory() as folder:
        typed = list(keys(folder))
        rounds = list(first_prompts(folder, runs))
    print(f"key to echo   p95 {1e3 * p95(typed):6.1f} ms   max {1e3 * max(typed):6.1f} ms")
    bare, question, prompt = (statistics.median(one) for one in zip(*rounds, strict=True))
    print(f"bare prompt   {1e3 * bare:6.0f} ms")
    for name, seconds in (("question", question), ("first prompt", prompt)):
        print(f"{name:12}  {1e3 * seconds:6.0f} ms   × bare {seconds / bare:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
