"""What it costs to judge a derivation and to derive a key, beside sympy in the same run.

    python tests/bench/derivations.py

The ten lines are a derivation of δc two steps back, as it should be and with a slip in it; every
time their text is new, so nothing but the model is remembered.  sympy differentiates the unrolled
network of one unit by the same state, with everything written out.  A key is a
`grader.cells.gradient` eight steps back, in a process that has never derived it, and once more.
Columns: milliseconds (the median), and the ratio to sympy.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from grader.derivation.target import Target
from grader.kinds.derivation import Derivation

REPEATED = 30
TEN_LINES = """
c_t = f_t c_{t-1} + i_t g_t
h_{t-1} = o_{t-1} tanh(c_{t-1})
∂c_t/∂c_{t-1} = f_t
∂h_{t-1}/∂c_{t-1} = o_{t-1} (1 - tanh(c_{t-1})^2)
δc_{t-1} = δc_t ∂c_t/∂c_{t-1} + δh_{t-1} ∂h_{t-1}/∂c_{t-1}
= δc_t f_t + δh_{t-1} o_{t-1} (1 - tanh(c_{t-1})^2)
likewise, one step earlier
δc_{t-2} = δc_{t-1} f_{t-1} + δh_{t-2} o_{t-2} (1 - tanh(c_{t-2})^2)
= (δc_t f_t + δh_{t-1} o_{t-1} (1 - tanh(c_{t-1})^2)) f_{t-1} + δh_{t-2} o_{t-2} (1 - tanh(c_{t-2})^2)
= δc_t f_t f_{t-1} + δh_{t-1} o_{t-1} (1 - tanh(c_{t-1})^2) f_{t-1} + δh_{t-2} o_{t-2} (1 - tanh(c_{t-2})^2)
""".strip()  # noqa: E501 - as learners write
KEY = """
import time
from grader.cells import gradient
for _ in range(2):
    begun = time.perf_counter()
    gradient({cell!r}, {by!r}, lag=8)
    print(1000 * (time.perf_counter() - begun))
"""


def timed(run: Callable[[int], object]) -> float:
    """The median in milliseconds."""
    run(-1)
    times = []
    for turn in range(REPEATED):
        begun = time.perf_counter()
        run(turn)
        times.append(1000 * (time.perf_counter() - begun))
    return statistics.median(times)


def judged(spec: Derivation, text: str, outcome: str) -> float:
    def run(turn: int) -> None:
        verdict = spec.grade(f"{text}\nand that is all, number {turn}")
        assert verdict.outcome.value == outcome, verdict

    return timed(run)


def by_sympy(lag: int) -> float:
    """The derivative of c_t by the state ``lag`` steps before, the network written out."""
    import sympy  # noqa: PLC0415 - not part of what is measured

    def unrolled() -> object:
        sympy.core.cache.clear_cache()
        c = oldest = sympy.Symbol("c")
        h = sympy.Symbol("o") * sympy.tanh(c)
        weights = sympy.symbols("w_f w_i w_o w_g u_f u_i u_o u_g b_f b_i b_o b_g")
        for step in range(lag):
            x = sympy.Symbol(f"x_{step}")
            sums = [w * x + u * h + b for w, u, b in zip(*[iter(weights)] * 3, strict=True)]
            f, i, o = (1 / (1 + sympy.exp(-one)) for one in sums[:3])
            c = f * c + i * sympy.tanh(sums[3])
            h = o * sympy.tanh(c)
        return sympy.diff(c, oldest)

    begun = time.perf_counter()
    unrolled()
    return 1000 * (time.perf_counter() - begun)


def derived(cell: str, by: str) -> list[float]:
    """The key eight steps back: cold, and once more."""
    command = [sys.executable, "-c", KEY.format(cell=cell, by=by)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [float(line) for line in done.stdout.split()]


def main() -> None:
    one_at_a_time = Derivation("lstm", Target("c", lag=2), step=1)
    spec = Derivation("lstm", Target("c", lag=2))
    columns = Derivation("lstm", Target("c", lag=2), form="vector")
    slip = TEN_LINES.replace("δh_{t-1} ∂h_{t-1}", "δh_{t-1} o_{t-1} ∂h_{t-1}")
    wide = TEN_LINES.replace("∂c_t/∂c_{t-1} = f_t", "∂c_t/∂c_{t-1} = diag(f_t)")
    lines = wide.splitlines()
    layers = "\n".join([_with_circles(lines[0]), *map(_with_circles, (lines[1], lines[7]))])
    reference = by_sympy(2)
    rows = [
        ("sympy, two steps", reference),
        ("ten lines, right", judged(spec, TEN_LINES, "correct")),
        ("ten lines, a slip explained", judged(spec, slip, "partial")),
        ("ten lines, step by step", judged(one_at_a_time, TEN_LINES, "correct")),
        ("three lines of vectors", judged(columns, layers, "incorrect")),
    ]
    for cell, by in (("lstm", "c"), ("gru", "h"), ("rnn", "h")):
        cold, warm = derived(cell, by)
        rows += [(f"key of the {cell} eight steps back, cold", cold), ("  once more", warm)]
    for name, spent in rows:
        print(f"{name:42} {spent:9.2f} ms {spent / reference:8.4f}")


def _with_circles(line: str) -> str:
    """A line in vectors: what was written side by side is multiplied entry by entry."""
    left, right = line.split(" = ")
    return f"{left} = {right.replace(' ', ' ⊙ ').replace('⊙ + ⊙', '+').replace('⊙ - ⊙', '-')}"


if __name__ == "__main__":
    main()
