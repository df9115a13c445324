"""Numbers in every notation, exact evaluation, units, and the translation to sympy."""

import math
import time
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import sympy
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.reading import units
from grader.reading.exact import NotExact, evaluate, substitute
from grader.reading.names import FUNCTIONS
from grader.reading.numbers import read_number
from grader.reading.parser import parse
from grader.reading.printer import show
from grader.reading.symbolic import to_sympy
from grader.reading.tree import Malformed, Num
from grader.reading.vocabulary import Vocabulary

UNITS = ("KiB", "weights", "params")
XY = Vocabulary(("x", "y"), ("g",))

TABLE = yaml.safe_load((Path(__file__).parent / "tables" / "numbers.yaml").read_text("utf-8"))


def rows(*, readable: bool) -> list[Any]:
    return [pytest.param(row, id=row["why"]) for row in TABLE if ("value" in row) == readable]


@pytest.mark.parametrize("row", rows(readable=True))
def test_numbers_are_read_exactly(row: dict[str, Any]) -> None:
    reading = read_number(row["typed"], UNITS)
    assert reading.value == Fraction(row["value"])
    assert (reading.shown, reading.unit) == (row["shown"], row.get("unit", ""))
    assert (reading.decimals, reading.figures) == (row.get("decimals"), row.get("figures"))
    assert list(reading.notes) == row.get("notes", [])
    assert read_number(reading.shown).value == reading.value


@pytest.mark.parametrize("row", rows(readable=False))
def test_what_is_no_number_is_said(row: dict[str, Any]) -> None:
    begun = time.perf_counter()
    with pytest.raises(Malformed) as caught:
        read_number(row["typed"], UNITS)
    error = caught.value
    assert (error.code, error.source) == (row["code"], row["typed"])
    assert error.source[error.span.start : error.span.end] == row["marked"]
    assert time.perf_counter() - begun < 0.5


def test_the_table_is_full() -> None:
    assert len(TABLE) >= 60


@given(st.integers(-(10**30), 10**30), st.sampled_from(["", ",", " ", "_", "\u202f"]))
def test_whole_numbers_with_any_separator(number: int, separator: str) -> None:
    typed = f"{number:,}".replace(",", separator)
    assert read_number(typed).value == number


@given(st.integers(0, 10**9), st.integers(1, 12))
def test_decimals_are_exact(digits: int, places: int) -> None:
    typed = f"{digits // 10**places}.{digits % 10**places:0{places}d}"
    reading = read_number(typed)
    assert reading.value == Fraction(typed)
    assert (reading.shown, reading.decimals) == (typed, places)


@given(st.text(alphabet="0123456789.,' _+-*/^()%kxe×²½|=", max_size=30) | st.text(max_size=30))
@settings(max_examples=500, deadline=None)
def test_any_text_is_a_number_or_malformed(text: str) -> None:
    begun = time.perf_counter()
    try:
        reading = read_number(text, UNITS)
    except Malformed:
        return
    assert read_number(reading.shown).value == reading.value
    assert time.perf_counter() - begun < 1


@pytest.mark.parametrize(
    "text", ["1" * 1_000_000, "9^" * 199 + "9", "(" * 400, "1," * 200, "1 " * 200, "½" * 400]
)
def test_hostile_numbers_are_answered_at_once(text: str) -> None:
    begun = time.perf_counter()
    with pytest.raises(Malformed):
        read_number(text)
    assert time.perf_counter() - begun < 0.5


# --- exact evaluation ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("x^2 - y", Fraction(7, 2)),
        ("-x^-2", Fraction(-1, 4)),
        ("x ⊙ y @ x", Fraction(2)),
        ("ceil(y) + floor(-y)", Fraction(0)),
        ("min(x, y) + max(x, y)", Fraction(5, 2)),
        ("relu(-x) + abs(-x)", Fraction(2)),
        ("sqrt(x*2)/4", Fraction(1, 2)),
        ("(4/9)^0.5", Fraction(2, 3)),
        ("(4/9)^(-1.5)", Fraction(27, 8)),
        ("sum(x, y) + prod(x, y)", None),
        ("sum(x) + prod(y)", Fraction(5, 2)),
        ("x.T", Fraction(2)),
        ("(-1)^99999999999", Fraction(-1)),
        ("0^5 + 1^(10^30)", Fraction(1)),
    ],
)
def test_formulas_have_exact_values(formula: str, value: Fraction | None) -> None:
    if value is None:
        with pytest.raises(Malformed):
            parse(formula, XY)
        return
    tree = parse(formula, XY).tree
    assert evaluate(tree, {"x": Fraction(2), "y": Fraction(1, 2)}) == value


@pytest.mark.parametrize(
    ("formula", "reason"),
    [
        ("1/(x - 2)", "1/(x - 2) divides by zero"),
        ("0^(x - 2)", "0^(x - 2) is undefined: zero to a power that is not positive"),
        ("0^(-1)", "0^(-1) is undefined: zero to a power that is not positive"),
        ("tanh(x)", "tanh(x) is not a fraction"),
        ("y", "y has no exact value here"),
        ("x = 2", "an equation has no value"),
        ("sqrt(-x)", "the square root of -2 is not a real number"),
        ("x^(1/3)", "x^(1/3) is not a fraction"),
        ("7^(10^6)", "7^(10^6) is too big"),
    ],
)
def test_what_has_no_exact_value_is_said(formula: str, reason: str) -> None:
    with pytest.raises(NotExact) as caught:
        evaluate(parse(formula, XY).tree, {"x": Fraction(2)})
    assert str(caught.value) == reason


def test_declared_functions_receive_trees() -> None:
    tree = parse("2*g(x, 3)", XY).tree
    value = evaluate(tree, functions={"g": lambda args: Fraction(len(show(args[0])) + len(args))})
    assert value == 6


def test_trees_take_the_place_of_names() -> None:
    tree = parse("x^2*y", XY).tree
    put = substitute(tree, {"x": parse("y + 1", XY).tree, "y": Num(Fraction(3))})
    assert show(put) == "(y + 1)^2*3"


# --- units -----------------------------------------------------------------------------------


def test_every_unit_converts_there_and_back() -> None:
    for family in units.FAMILIES:
        for source in family:
            for target in family:
                there = units.convert(Fraction(3), source, target)
                assert units.convert(there, target, source) == 3


def test_a_unit_belongs_to_one_family() -> None:
    every = [unit for family in units.FAMILIES for unit in family]
    assert len(every) == len(set(every))


# --- sympy -----------------------------------------------------------------------------------

_DOUBLES = {
    "tanh": math.tanh, "σ": lambda x: 1 / (1 + math.exp(-x)), "exp": math.exp, "log": math.log,
    "sqrt": math.sqrt, "relu": lambda x: max(0.0, x), "sin": math.sin, "cos": math.cos,
    "tan": math.tan, "sinh": math.sinh, "cosh": math.cosh, "sech": lambda x: 1 / math.cosh(x),
    "abs": abs, "floor": math.floor, "ceil": math.ceil, "max": max, "min": min,
}  # fmt: skip
_OF_VECTORS = {"diag", "sum", "prod"}


def test_every_function_is_checked_below() -> None:
    assert set(_DOUBLES) | _OF_VECTORS == {function.name for function in FUNCTIONS}


@pytest.mark.parametrize("function", [one for one in _DOUBLES if one not in ("max", "min")])
def test_sympy_means_the_same_functions(function: str) -> None:
    translated = to_sympy(parse(f"{function}(x)", XY).tree)
    for point in (0.3, 1.7):
        value = translated.subs(sympy.Symbol("x", real=True), sympy.Float(point))
        assert float(value) == pytest.approx(_DOUBLES[function](point))


@pytest.mark.parametrize(
    "function", [one.name for one in FUNCTIONS if one.primes and one.name != "relu"]
)
def test_primes_are_derivatives(function: str) -> None:
    translated = to_sympy(parse(f"{function}'(2x)", XY).tree)
    value = float(translated.subs(sympy.Symbol("x", real=True), sympy.Float(0.3)))
    step = 1e-5
    slope = (_DOUBLES[function](0.6 + step) - _DOUBLES[function](0.6 - step)) / (2 * step)
    assert value == pytest.approx(slope, rel=1e-6)


def test_names_carry_assumptions_and_constants_do_not() -> None:
    names = Vocabulary(("W_{hh}", "n"))
    translated = to_sympy(parse("e^W_hh + π*n", names).tree, {"n": {"positive": True}})
    w, n = sympy.Symbol("W_{hh}", real=True), sympy.Symbol("n", positive=True, real=True)
    assert translated == sympy.E**w + sympy.pi * n


def test_an_equation_stays_one() -> None:
    assert to_sympy(parse("x = x", XY).tree) == sympy.Eq(
        sympy.Symbol("x", real=True), sympy.Symbol("x", real=True), evaluate=False
    )
