"""What the fuzzer found once stays found: nothing raises, hangs, or is judged wrongly again."""

import time
from fractions import Fraction
from typing import Any

import pytest
import yaml
from pairs import ANY, TABLES, ask

from grader.deciding.ladder import Answer, decide
from grader.reading.parser import parse
from grader.reading.printer import latex, show, unicode_line
from grader.reading.tree import Call, Malformed, Name, Neg, Num, Quotient, Sum

FUZZED = yaml.safe_load((TABLES / "fuzzed.yaml").read_text(encoding="utf-8"))


def rows(section: str) -> list[Any]:
    return [pytest.param(row, id=row["why"]) for row in FUZZED[section]]


@pytest.mark.parametrize("row", rows("reading"))
def test_a_text_is_read_or_malformed(row: dict[str, Any]) -> None:
    text = row["typed"] * row.get("times", 1)
    if "code" in row:
        with pytest.raises(Malformed) as raised:
            parse(text, ANY)
        assert raised.value.code == row["code"]
        return
    tree = parse(text, ANY).tree
    assert show(tree) == row["shows"]
    assert all(parse(style(tree), ANY).tree == tree for style in (show, latex, unicode_line))


@pytest.mark.parametrize("row", rows("deciding"))
def test_a_pair_is_judged_the_same_both_ways(row: dict[str, Any]) -> None:
    assert ask(row["key"], row["answer"]).verdict == row["verdict"]
    assert ask(row["answer"], row["key"]).verdict == row["verdict"]


@pytest.mark.parametrize("row", rows("nested"))
def test_nesting_costs_little(row: dict[str, Any]) -> None:
    inside = [row["before"] * row["times"], row["after"] * row["times"]]
    begun = time.process_time()
    assert ask("x".join(inside), "x*1".join(inside)).verdict is Answer.EQUAL
    assert ask("x".join(inside), "(x+0.001)".join(inside)).finding
    assert time.process_time() - begun < 2


def test_a_part_that_both_sides_share_is_looked_at_twice() -> None:
    """The same objects in both trees: what was noted for the one must be noted for the other."""
    c, three, two = Name("c"), Num(Fraction(3)), Num(Fraction(2))
    part = Sum((Call("ceil", (Call("sqrt'", (c,)),)), Quotient(c, three)))
    distance = Call("abs", (Sum((part, Neg(two))),))
    halved = Quotient(Sum((part, two, Neg(distance))), two)
    smaller = Call("min", (part, two))
    assert decide(smaller, halved).verdict is decide(halved, smaller).verdict is Answer.EQUAL
