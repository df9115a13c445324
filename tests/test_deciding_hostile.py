"""Hostile input: a clear outcome within a second and 500 MB, in the same process, no signals."""

import json
import subprocess
import sys
import time
from fractions import Fraction

import pytest
from pairs import ANY, TABLES

from grader.deciding.ladder import Answer, decide
from grader.reading.parser import parse
from grader.reading.tree import Malformed, Name, Neg, Node, Num, Power, Quotient, Sum
from grader.reading.vocabulary import Vocabulary

READABLE = [
    "9**9**9**9",
    "(a+b+c+d)^300",
    "x^(10^9) - x^(10^9)",
    "x^(10^400)",
    "(1+x)^(10^400) - (1+x)^(10^400)",
    "2^(10^400)",
    "10^400*x",
    "exp(exp(exp(20)))",
    "exp(exp(exp(exp(exp(exp(x))))))",
    "exp(" * 40 + "x" + ")" * 40,
    "1/(1+" * 19 + "x" + ")" * 19,
    "sin(10^300)*tan(10^300)",
    "1/(x-x)",
    "x^1000000",
    "((((x^99)^99)^99)^99)^99",
    "max(" + ",".join("abcdefghjklmn") + ")",
    "|" * 20 + "x" + "|" * 20,
    "*".join(f"tanh({k}*x)^999" for k in range(1, 40)),
    "+".join(f"1/(x+{k})" for k in range(1, 60)),
    "+".join(f"|x+{k}|" for k in range(1, 60)),
    "floor(" * 20 + "x" + ")" * 20,
    "sqrt(" * 20 + "x+1" + ")" * 20,
    "log(1+exp(" * 12 + "x" + "))" * 12,
    "0^x",
    "log(-1)",
    "sqrt(2)^(10^9)",
    "log(99999999999999999977)",
    "floor(10^30*x)",
    "max((sqrt(0.3) - σ(1/2)), tanh'(σ'(x)))",
    "tan((log(max(-1, y)) - max((3)^(0), tan(n))))",
    "max((tanh'((-1)^(3)))*((π + tanh'(π))), (2^x + (sech(1/2))*((0.3 + 3))))",
]
UNREADABLE = {
    "a million digits": "9" * 1_000_000,
    "a million digits times": "9" * 500_000 + "*" + "9" * 500_000,
    "an exponent of ten digits": "1e9999999999",
    "ten thousand brackets": "(" * 10_000 + "x" + ")" * 10_000,
    "open brackets only": "(" * 10_000,
    "code": "__import__('os').system('true')",
    "a huge factorial": "factorial(10^8)",
    "a right-to-left mark": "x \u202e+ 1",
    "a look-alike letter": "\u0430 + 1",
    "a NUL": "x\0 + 1",
    "a lone surrogate": "x\ud800",
    "a million spaces": " " * 1_000_000,
    "a hundred thousand names": "+".join(f"x_{{{k}}}" for k in range(100_000)),
    "nested fractions in LaTeX": r"\frac{1}{" * 5_000 + "x" + "}" * 5_000,
}
SOON = 5.0  # seconds; a fifth is usual, minutes are what happens elsewhere


@pytest.mark.parametrize("text", READABLE)
@pytest.mark.parametrize("other", ["1", "itself + 1"])
@pytest.mark.parametrize("prove", [False, True])
def test_a_wrong_answer_has_a_clear_outcome_soon(text: str, other: str, prove: bool) -> None:
    start = time.perf_counter()
    tree = parse(text, ANY).tree
    answer = Num(Fraction(1)) if other == "1" else Sum((tree, Num(Fraction(1))))
    decision = decide(tree, answer, prove=prove)
    assert decision.verdict != Answer.EQUAL
    assert decision.finding
    assert len(decision.finding) < 500
    assert time.perf_counter() - start < SOON


@pytest.mark.parametrize("text", READABLE)
def test_an_answer_that_is_the_key_is_never_different(text: str) -> None:
    tree = parse(text, ANY).tree
    assert decide(tree, tree).verdict != Answer.DIFFERENT


@pytest.mark.parametrize("text", UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_says_so_soon(text: str) -> None:
    start = time.perf_counter()
    with pytest.raises(Malformed) as error:
        parse(text, Vocabulary(("x",)))
    assert error.value.message
    assert len(error.value.message) < 300
    assert time.perf_counter() - start < SOON


def test_a_hundred_thousand_declared_names_are_no_trouble() -> None:
    start = time.perf_counter()
    words = Vocabulary(tuple(f"w_{{{k}}}" for k in range(100_000)))
    key, answer = (parse(text, words).tree for text in ("w_{7} + w_{99999}", "w_99999 + w_7"))
    assert decide(key, answer).verdict == Answer.EQUAL
    assert time.perf_counter() - start < 4 * SOON


def test_trees_of_any_size_have_an_outcome() -> None:
    deep: Node = Name("x")
    wide: Node = Name("x")
    tower: Node = Name("x")
    fraction: Node = Name("x")
    for _ in range(5_000):
        deep = Neg(deep)
        tower = Power(Name("e"), tower)
        fraction = Quotient(Num(Fraction(1)), Sum((Name("x"), fraction)))
    for _ in range(60):
        wide = Sum((wide, wide))  # 2**60 leaves
    for tree in (deep, tower, fraction):
        assert "deep" in decide(tree, Name("x")).finding
    assert "parts" in decide(wide, Name("x")).finding


def test_large_numbers_are_shown_in_short() -> None:
    key, answer = parse("10^400*x", ANY).tree, parse("10^401*x", ANY).tree
    assert decide(key, answer).finding == "at x = 0.5: yours 5e400, expected 5e399"


MEASURED = """
import json, resource, sys, time
from grader.deciding.ladder import decide
from grader.reading.parser import parse
from grader.reading.tree import Malformed
from grader.reading.vocabulary import Vocabulary
words, longest = Vocabulary((), any_name=True), 0.0
for text in json.load(sys.stdin):
    start = time.process_time()
    try:
        key, answer = parse(text, words).tree, parse("1", words).tree
        decide(key, answer).finding, decide(key, key, prove=True).finding
    except Malformed:
        pass
    longest = max(longest, time.process_time() - start)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps([peak, longest]))
"""


def test_all_of_it_fits_in_500_mb_and_a_second_each() -> None:
    texts = [*READABLE, *UNREADABLE.values()]
    run = subprocess.run(
        [sys.executable, "-c", MEASURED],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
        cwd=TABLES.parent.parent,
    )
    megabytes, seconds = json.loads(run.stdout)
    assert megabytes < 500
    assert seconds < 2, "of processor time, sympy loaded once; a tenth is usual"
