"""How long a decision about vectors and matrices takes, and how often it is right.

    python tests/bench/vectors.py

The pairs of ``tests/tables/vectors.yaml``, half of them different, and the shape faults of
``tests/tables/shapes.yaml``; the fastest of several warm runs, reading both sides included.
"""

import statistics
import time
from pathlib import Path

import yaml

from grader.deciding.ladder import decide
from grader.reading.parser import parse
from grader.reading.vocabulary import Vocabulary

TABLES = Path(__file__).parents[1] / "tables"
REPEATS = 7
_OF_N = ("δ", "δf_t", "δi_t", "δo_t", "δg_t", "δc_t", "a_t", "b", "c_t", "f_t", "h_t", "h_{t-1}")
SHAPES = {
    **dict.fromkeys(("U", "U_f", "U_i", "U_o", "U_g"), ("n", "n")),
    **dict.fromkeys((*_OF_N, "o_t", "v_t"), ("n",)),
    **dict.fromkeys(("p", "y"), ("k",)),
    "W": ("n", "m"),
    "V": ("k", "n"),
    "x_t": ("m",),
    "I": ("identity", "n"),
}
WORDS = Vocabulary((*SHAPES, "s", "a_1", "a_2", "a_3", "a_4", "n"), arrays=True)


def timed(key: str, answer: str) -> tuple[float, str]:
    """Milliseconds of the fastest run, and the verdict."""
    fastest, said = float("inf"), ""
    for _ in range(REPEATS):
        start = time.perf_counter()
        trees = (parse(text, WORDS).tree for text in (key, answer))
        said = decide(*trees, shapes=SHAPES).verdict.value
        fastest = min(fastest, time.perf_counter() - start)
    return fastest * 1e3, said


def main() -> None:
    for table in ("vectors", "shapes"):
        rows = yaml.safe_load((TABLES / f"{table}.yaml").read_text(encoding="utf-8"))
        times, right = list[float](), 0
        for row in rows:
            took, said = timed(row["key"], row["answer"])
            times.append(took)
            right += said == ("equal" if row.get("same") else "different")
        median, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        print(f"{table:<8} {right} of {len(rows)} right, median {median:.3f} ms, p95 {p95:.3f} ms")


if __name__ == "__main__":
    main()
