"""How many pairs that other graders settle in their own suites are decided, beside sympy.

    python tests/bench/peers.py [PEER...]

The formulas of ``tests/tables/peers.yaml`` go to every method, each in a process of its own with a
bounded time for one pair; equations are for us alone.  A pair over the bound is open.
"""

import sys
from collections import Counter
from typing import Any

import yaml
from equality import BOUND, TABLES, Answer, Method, Row, Said, Servers, equals, simplified

from grader.deciding.ladder import decide
from grader.reading.parser import parse
from grader.reading.vocabulary import Vocabulary

DECLARED = ("positive", "integer")
SAID = ("right", "wrong", "open")


def as_it_is(row: Row) -> Row:
    return row


def ours(row: Row) -> Said:
    words = Vocabulary(tuple(row["names"]))
    positive, integer = (frozenset(row.get(kind, ())) for kind in DECLARED)
    key, answer = parse(row["ours"], words).tree, parse(row["theirs"], words).tree
    verdict = decide(key, answer, positive=positive, integer=integer).verdict.value
    return {"equal": True, "different": False}.get(verdict)


def in_sympy(row: Row) -> tuple[Any, Any]:
    from grader.reading.symbolic import to_sympy  # noqa: PLC0415 - in its own process only

    words = Vocabulary(tuple(row["names"]))
    assumed = {name: {kind: True} for kind in DECLARED for name in row.get(kind, ())}
    first, second = (to_sympy(parse(row[side], words).tree, assumed) for side in ("ours", "theirs"))
    return first, second


METHODS = (
    Method("ours", as_it_is, ours),
    Method("sympy simplify(a-b) == 0", in_sympy, simplified),
    Method("sympy a.equals(b)", in_sympy, equals),
)


def outcome(row: Row, answer: Answer) -> str:
    said = answer and answer[0]
    return "open" if said is None else "right" if said is row["equal"] else "wrong"


def main() -> None:
    groups = yaml.safe_load((TABLES / "peers.yaml").read_text(encoding="utf-8"))
    pairs = [
        (group["peer"], {**row, "names": group["names"]})
        for group in groups
        for row in group["pairs"]
        if "=" not in row["ours"] and group["peer"] in (sys.argv[1:] or [group["peer"]])
    ]
    different = sum(not row["equal"] for _, row in pairs)
    print(f"{len(pairs)} pairs, {different} of them different; bound {BOUND:.0f} s a pair")
    print(f"{'':<48}" + "".join(f"{said:>7}" for said in SAID))
    for method in METHODS:
        counts = counted(method, pairs)
        for peer in (*dict.fromkeys(peer for peer, _ in pairs), "all"):
            figures = "".join(f"{counts[peer, said]:>7}" for said in SAID)
            print(f"{method.name:<26}{peer:<22}{figures}", flush=True)


def counted(method: Method, pairs: list[tuple[str, Row]]) -> Counter[tuple[str, str]]:
    """How often a method was right, wrong or left a pair open, for each peer and for all."""
    servers, counts = Servers(method), Counter[tuple[str, str]]()
    answers = servers.ask([row for _, row in pairs])
    servers.stop()
    for (peer, row), answer in zip(pairs, answers, strict=True):
        for group in (peer, "all"):
            counts[group, outcome(row, answer)] += 1
    return counts


if __name__ == "__main__":
    main()
