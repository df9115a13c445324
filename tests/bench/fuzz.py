"""Random answers, in search of one that is read wrongly, judged wrongly, too slowly or not at all.

    python tests/bench/fuzz.py SEED SECONDS [LOG]

Every case is written to LOG before it is tried; one that hangs ends the run with a traceback.
A find is printed with the texts that show it, to be made small and kept in ``fuzzed.yaml``.
"""

import faulthandler
import os
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import yaml
from opinion import apart
from random_texts import formula, mutated, soup, vector

from grader.deciding.decision import Answer, Decision
from grader.deciding.domain import REALS, Domain
from grader.deciding.ladder import decide
from grader.judge import grade
from grader.kinds.expression import Expression
from grader.kinds.match import Match, Pair
from grader.kinds.number import Number
from grader.kinds.order import Order
from grader.quantity import Quantity
from grader.reading.parser import parse
from grader.reading.printer import latex, show
from grader.reading.tree import Equation, Malformed, Node, Product
from grader.reading.vocabulary import Vocabulary
from grader.reading.walk import walk

SECOND, HANG = 1.0, 120  # seconds of this core, and of the clock
TABLES = Path(__file__).parents[1] / "tables"
ANY = Vocabulary((), any_name=True)
SHAPES = {"U": ("n", "n"), "W": ("n", "m"), "h": ("n",), "d": ("n",), "x": ("m",)}
SHAPED = Vocabulary((*SHAPES, "s"), arrays=True)
SAME = ("0 + ({0})", "-(-({0}))", "({0}) + y - y", "2*({0})/2", "({0})*σ(y) + σ(-y)*({0})")
SAME_VECTOR = ("(({0})^T)^T", "{1} + ({0}) - ({1})", "2*({0})/2")
KINDS = (
    Match((Pair("vanishing", "gated cells"), Pair("exploding", "clipping"), Pair("slow", "σ"))),
    Order(("compute gates", "update cell", "write state")),
    Number(Quantity(Fraction(6272), "4*((16+1)*32+32^2)")),
    Number(Quantity(Fraction(13, 3)), relative=Fraction(1, 100), unit="MB"),
    Expression("U^T (d ⊙ h)", (*SHAPES, "s"), shapes=SHAPES),
    Expression("f_t*c_{t-1} + i_t*g_t", ("f_t", "c_{t-1}", "i_t", "g_t"), form="expanded"),
)


class Find(Exception):
    """Something that must not be, in few words."""


def expect(holds: object, words: str) -> None:
    if not holds:
        raise Find(words)


def soon(function: Callable[..., Any], *args: Any, **options: Any) -> Any:
    """What a function returns within a second."""
    begun = time.process_time()
    result = function(*args, **options)
    expect((took := time.process_time() - begun) < SECOND, f"slow: {took:.1f} s")
    return result


class Fuzz:
    """One run: what it draws, what it knows of other texts, and how often what came out."""

    def __init__(self, seed: int, log: str) -> None:
        self.random, self.counts = Random(seed), Counter[str]()
        self.log = open(log, "w", buffering=1, encoding="utf-8")  # noqa: SIM115 - until the end
        tables = [
            TABLES / f"{name}.yaml" for name in ("honest", "numbers", "parse_ok", "parse_bad")
        ]
        rows = [row for table in tables for row in yaml.safe_load(table.read_text("utf-8"))]
        self.typed = [row["typed"] for row in rows]
        self.case: tuple[object, ...] = ()

    def draw(self, *case: object) -> None:
        self.case = case
        print(ascii(case), file=self.log)

    def read(self, text: str, words: Vocabulary = ANY) -> Node:
        """A tree that reads back from what is printed of it."""
        tree: Node = soon(parse, text, words).tree
        products = any(isinstance(node, Product) and node.sign == "@" for node in walk(tree))
        for printed in (show(tree), *([] if products else [latex(tree)])):
            try:
                expect(parse(printed, words).tree == tree, f"reads back as another: {printed}")
            except Malformed as error:
                expect(error.code.startswith("too-"), f"cannot be read back: {printed}")
        return tree

    def decided(self, key: Node, answer: Node, domain: Domain = REALS, **options: Any) -> Answer:
        """A verdict that is the same both ways, and not against the second opinion."""
        declared = {kind: getattr(domain, kind) for kind in ("positive", "integer", "gates")}
        found: Decision = soon(decide, key, answer, **declared, **options)
        turned = decide(answer, key, **declared, **options).verdict
        expect(turned is found.verdict, f"{found.verdict}, but {turned} the other way round")
        soon(lambda: found.finding)
        self.counts[f"{found.verdict} {found.check}"] += 1
        if not (options or isinstance(key, Equation) or isinstance(answer, Equation)):
            gap = apart(key, answer, domain, self.random)
            expect(gap is not True or found.verdict is not Answer.EQUAL, "WRONGLY EQUAL")
            sure = found.verdict is not Answer.DIFFERENT or found.witness or found.reason
            expect(gap is not False or sure, "different, but no gap is seen")
        return found.verdict

    def pair(self) -> None:
        """A formula, anything like it, the same put otherwise, and a little more."""
        rare = soup(self.random), self.random.choice(self.typed)
        key = self.random.choice((*rare, *[formula(self.random, 3)] * 6))
        answer = self.random.choice(
            (mutated(self.random, key), mutated(self.random, key), formula(self.random, 3))
        )
        drawn = [frozenset(self.random.choice(("", "", "", *"xyn"))) for _ in "abc"]
        domain = Domain(drawn[0], drawn[1], drawn[2])
        same = self.random.choice(SAME).format(key)
        more = f"({same}) + 10^-{self.random.randint(0, 30)}*{self.random.choice('xyz')}"
        self.draw("pair", key, answer, same, more, domain)
        tree = self.read(key)
        if not isinstance(tree, Equation):
            said = self.decided(tree, self.read(same), domain)
            expect(said is not Answer.DIFFERENT, "put otherwise, refused")
            said = self.decided(tree, self.read(more), domain)
            expect(said is not Answer.EQUAL, "MORE, ACCEPTED")
        self.decided(tree, self.read(answer), domain)

    def vectors(self) -> None:
        key, other = vector(self.random, 2), vector(self.random, 2)
        same = self.random.choice(SAME_VECTOR).format(key, other)
        more = f"{key} + 10^-{self.random.randint(0, 20)}*d"
        self.draw("vectors", key, same, more, other, spoiled := mutated(self.random, key))
        tree, *others = (self.read(text, SHAPED) for text in (key, same, more, other))
        said = [self.decided(tree, one, shapes=SHAPES) for one in others]
        expect(said[0] is not Answer.DIFFERENT, "put otherwise, refused")
        expect(said[1] is not Answer.EQUAL, "MORE, ACCEPTED")
        self.decided(tree, self.read(spoiled, SHAPED), shapes=SHAPES)

    def answered(self) -> None:
        """Any text for any kind; what was understood is worth the same when it is typed."""
        spec, text = self.random.choice(KINDS), mutated(self.random, self.random.choice(self.typed))
        self.draw("answered", spec, text)
        said = soon(grade, spec, text)
        self.counts[f"{type(spec).__name__} {said.outcome}"] += 1
        if said.understood and said.outcome not in ("malformed", "undecided"):
            again = grade(spec, said.understood).outcome
            expect(again == said.outcome, f"{said.outcome}, but {said.understood} is {again}")


def main() -> None:
    seed, seconds, log = int(sys.argv[1]), float(sys.argv[2]), [*sys.argv[3:], os.devnull][0]
    fuzz, cases, finds = Fuzz(seed, log), 0, 0
    while time.process_time() < seconds:
        faulthandler.dump_traceback_later(HANG, exit=True)
        cases += 1
        try:
            fuzz.random.choice((fuzz.pair, fuzz.pair, fuzz.pair, fuzz.vectors, fuzz.answered))()
        except Malformed:
            fuzz.counts["malformed"] += 1
        except Exception as error:  # noqa: BLE001 - whatever is raised is what we look for
            finds += 1
            said = error if isinstance(error, Find) else traceback.format_exc(limit=-3)
            print(said, fuzz.case, flush=True)
    print(f"{cases} cases in {time.process_time():.0f} s of one core, {finds} finds")
    print(*(f"{count:>8} {what}" for what, count in fuzz.counts.most_common()), sep="\n")


if __name__ == "__main__":
    main()
