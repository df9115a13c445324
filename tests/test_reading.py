"""Text to tree and back: tables with a reason per row, properties over generated trees and text."""

import gc
import pickle
import time
import unicodedata
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from grader import limits
from grader.kinds.expression import Expression
from grader.reading import caret
from grader.reading.complaints import SENTENCES
from grader.reading.names import ACCENT_LATEX, FUNCTIONS
from grader.reading.parser import parse
from grader.reading.printer import latex, show, unicode_line
from grader.reading.spelling import fold
from grader.reading.tree import (
    Array,
    Call,
    Equation,
    Malformed,
    Name,
    Neg,
    Node,
    Num,
    Power,
    Product,
    Quotient,
    Sum,
    Transpose,
)
from grader.reading.vocabulary import Vocabulary, canonical
from grader.reading.walk import height, walk
from quizbank.load import load

NAMES = (
    "c_t", "c_{t-1}", "c_{t-2}", "f_t", "f_{t-1}", "i_t", "i_{t-1}", "g_t = c̃_t", "o_t", "o_{t-1}",
    "h_t", "h_{t-1}", "x_t", "W_{hh}", "W_f", "U_f", "b_f", "δc_t", "δc_{t-1}", "δh_{t-1}",
    "∂E_{t-1}/∂h_{t-1}", "α", "m", "n", "k", "a", "b",
)  # fmt: skip
LSTM = Vocabulary(NAMES, functions=("f", "parameters"))
ANY = Vocabulary((), any_name=True)


TABLES = Path(__file__).parent / "tables"


def rows(table: str) -> list[Any]:
    """The rows of a table, each named by its reason."""
    table = (TABLES / f"{table}.yaml").read_text("utf-8")
    return [pytest.param(row, id=row["why"]) for row in yaml.safe_load(table)]


def vocabulary(row: dict[str, Any]) -> Vocabulary:
    if row.get("any_name"):
        return Vocabulary(tuple(row.get("names", ())), any_name=True)
    return Vocabulary(tuple(row["names"]), ("f",)) if "names" in row else LSTM


@pytest.mark.parametrize("row", rows("parse_ok"))
def test_what_is_typed_is_understood(row: dict[str, Any]) -> None:
    reading = parse(row["typed"], vocabulary(row))
    assert show(reading.tree) == row["shows"]
    assert parse(row["shows"], vocabulary(row)).tree == reading.tree
    assert list(reading.notes) == row.get("notes", [])


@pytest.mark.parametrize("row", rows("parse_bad"))
def test_what_cannot_be_read_is_said_where_it_stands(row: dict[str, Any]) -> None:
    with pytest.raises(Malformed) as caught:
        parse(row["typed"], vocabulary(row))
    error = caught.value
    marked = error.source[error.span.start : error.span.end]
    assert (error.code, error.span.start, marked) == (row["code"], row["at"], row["marked"])
    assert error.repair == row.get("repair", "")
    assert error.source == row["typed"]
    if error.repair:
        parse(error.repair, vocabulary(row))


def test_the_tables_are_full() -> None:
    assert len(rows("parse_ok")) >= 120
    assert len(rows("parse_bad")) >= 60


# --- generated trees -------------------------------------------------------------------------

_names = st.sampled_from(
    [Name(canonical(name.partition("=")[0])) for name in NAMES]
) | st.sampled_from([Name("e"), Name("π")])
_numbers = st.builds(
    lambda digits, places: Num(Fraction(digits, 10**places)),
    st.integers(0, 10**12),
    st.integers(0, 8),
)
_PRIMED = [one.name + prime for one in FUNCTIONS if one.primes for prime in ("", "'", "''")]
_UNARY = [*_PRIMED, "f", "f'", *(one.name for one in FUNCTIONS if not one.primes and one.most)]


def _grown(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(inner, min_size=2, max_size=4).map(tuple)
    return st.one_of(
        several.map(Sum),
        st.builds(Product, several, st.sampled_from(["*", "⊙", "@"])),
        st.builds(Quotient, inner, inner),
        st.builds(Power, inner, inner),
        inner.map(Neg),
        inner.map(Transpose),
        st.builds(Call, st.sampled_from(_UNARY), inner.map(lambda arg: (arg,))),
        st.builds(Call, st.sampled_from(["max", "min", "f"]), several),
    )


trees = st.recursive(_names | _numbers, _grown, max_leaves=14)
roots = trees | st.builds(Equation, trees, trees)


@given(roots)
@settings(max_examples=300, deadline=None)
def test_plain_text_reads_back_to_the_same_tree(tree: Node) -> None:
    reading = parse(show(tree), LSTM)
    assert reading.tree == tree
    assert reading.notes == ()


@given(roots)
@settings(max_examples=200, deadline=None)
def test_a_line_of_unicode_reads_back_to_the_same_tree(tree: Node) -> None:
    assert parse(unicode_line(tree), LSTM).tree == tree


@given(roots)
@settings(max_examples=300, deadline=None)
def test_latex_reads_back_to_the_same_tree(tree: Node) -> None:
    assert parse(latex(tree), LSTM).tree == tree


# --- any name, with any index ----------------------------------------------------------------

ARRAYS = Vocabulary((), any_name=True, arrays=True)
_letters = st.sampled_from([*"abcdfhklmnqrstuvwxyzABCDEFGHWXY", *"αβγηθλμνρτφωΔΓΩ", "ℓ"])
_bases = st.builds(
    lambda letter, accent: unicodedata.normalize("NFC", letter + accent),
    _letters,
    st.sampled_from(["", *ACCENT_LATEX]),
)
_parts = st.text("abhijknt0129αℓÉ", min_size=1, max_size=3)
_indices = st.builds(
    lambda sign, parts, end: sign + "".join(parts) + end,
    st.sampled_from(["", "", "-", "+"]),
    st.lists(_parts | st.sampled_from(["-", "+", ",", ".", ":", "|"]), min_size=1, max_size=5),
    st.sampled_from(["", "", "'"]),
).filter(lambda index: any(one.isalnum() for one in index))
_any_names = st.builds(
    lambda delta, base, index: Name(canonical(f"{delta}{base}_{{{index}}}" if index else base)),
    st.sampled_from(["", "", "δ"]),
    _bases,
    st.just("") | _indices,
)


def _with_arrays(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    entries = st.lists(inner, min_size=2, max_size=3).map(tuple).map(Array)
    rows = st.lists(entries, min_size=1, max_size=2).map(tuple).map(Array)
    return _grown(inner) | entries | rows


def _is_declared(tree: Node) -> bool:
    """Whether a function is the one that `LSTM` declares."""
    return isinstance(tree, Call) and tree.function.rstrip("'") == "f"


any_trees = st.recursive(_any_names | _numbers, _with_arrays, max_leaves=10).filter(
    lambda tree: not any(map(_is_declared, walk(tree)))
)


@given(_any_names)
@settings(max_examples=400, deadline=None)
def test_a_name_with_any_index_is_printed_as_it_is_read(name: Name) -> None:
    for shown in (show(name), latex(name), unicode_line(name)):
        assert parse(shown, ANY).tree == name, shown
    assert canonical(name.text) == name.text


@given(any_trees | st.builds(Equation, any_trees, any_trees))
@settings(max_examples=300, deadline=None)
def test_all_printed_forms_of_any_names_and_entries_read_back(tree: Node) -> None:
    assert parse(show(tree), ARRAYS).tree == tree
    assert parse(unicode_line(tree), ARRAYS).tree == tree
    assert parse(latex(tree), ARRAYS).tree == tree


@given(st.text("ct_{}()<>[]^*⊙+-,'12 \\ℓ∂δ.:|", max_size=14))
@settings(max_examples=600, deadline=None)
def test_what_is_read_of_odd_indices_reads_back(text: str) -> None:
    found = outcome(text, ANY)
    if not isinstance(found, Malformed):
        for shown in (show(found), latex(found), unicode_line(found)):
            assert parse(shown, ANY).tree == found, shown


BANK, _ = load(None)
FORMULAS = [
    (spec.vocabulary, formula)
    for name in sorted(BANK.ids)
    for part in BANK.question(name, 0).parts
    if isinstance(spec := part.spec, Expression)
    for formula in (spec.key, *(mistake.gives for mistake in spec.mistakes))
]


@pytest.mark.parametrize(("names", "formula"), FORMULAS)
def test_formulas_of_the_bank_read_back_in_all_printed_forms(
    names: Vocabulary, formula: str
) -> None:
    tree = parse(formula, names).tree
    for shown in (show(tree), unicode_line(tree), latex(tree)):
        assert parse(shown, names).tree == tree, shown


# --- arbitrary text --------------------------------------------------------------------------

_PIECES = r"""
c_t c_t-1 c_{t-1} c_<t ^ ^{ ** ( ) [ ] { } | _
\frac \left \tilde \delta ∂E/∂ dE/d tanh tanh^2 σ' max 1 2.5 1e9
, . ' ⊙ @ .T ᵀ ² ⁻ ₜ₋ ½ = - + * / е x δ √ ⌊ log_2 % 𝑐 a[ ^{( \operatorname{ \mathrm{d} E b2
""".split()  # noqa: SIM905 - a list of quotation marks would be harder to read
_pieces = st.sampled_from([*_PIECES, " ", "\t", "\n", "\u202e", "\x00"])
_texts = st.lists(_pieces, max_size=25).map("".join) | st.text(max_size=40)


def outcome(text: str, names: Vocabulary) -> Node | Malformed:
    try:
        return parse(text, names).tree
    except Malformed as error:
        return error


@given(_texts, st.sampled_from([LSTM, ANY, Vocabulary(())]))
@settings(max_examples=600, deadline=None)
def test_any_text_is_read_or_malformed(text: str, names: Vocabulary) -> None:
    found = outcome(text, names)
    if isinstance(found, Malformed):
        assert found.source == text
        assert 0 <= found.span.start <= found.span.end <= max(len(text), 1)
        assert caret.point(found)
        assert not found.repair or parse(found.repair, names)
    else:
        assert parse(show(found), names).tree == found
        assert height(found) <= limits.NESTING


HOSTILE = {
    "tower of powers": "9**9**9**9",
    "a power that is never worked out": "x^(10^9)-x^(10^9)",
    "ten thousand brackets": "(" * 10_000,
    "brackets as long as allowed": "(" * 1_900,
    "closed brackets": "(" * 900 + "a" + ")" * 900,
    "braces": "{" * 900 + "a" + "}" * 900,
    "bars": "|" * 1_999,
    "a megabyte of digits": "1" * 1_000_000,
    "a power of ten": "1e9999999",
    "one letter": "a" * 2_000,
    "two letters": "ab" * 900,
    "a Greek word": "alpha" * 399,
    "names run together": "f_t" * 600,
    "indices that are not there": "c_" * 900,
    "differences or indices": "f_t-1" * 390,
    "letters and numbers": "x1y2z3" * 300,
    "runs that are nearly names": " ".join("cfahb"[i % 4 :] * 9 + f"q{i}" for i in range(40)),
    "signs": "-" * 1_900,
    "quotients": "a/" * 299 + "a",
    "powers": "a^" * 299 + "a",
    "transposes": "a" + ".T" * 500,
    "primes": "'" * 1_000,
    "roots": "√" * 1_000,
    "functions": "tanh " * 300,
    "open functions": "max(" * 200,
    "fractions": "\\frac{" * 300,
    "accents in LaTeX": "\\tilde{" * 200,
    "accents": "a" + "\u0303" * 1_500,
    "derivatives": "∂a/∂" * 300,
    "open indices": "_{" * 900,
    "superscripts": "²" * 600,
    "superscript signs": "⁻" * 1_000,
    "marks of direction": "\u202e" * 1_000,
    "NULs": "\x00" * 500,
    "Python": "__import__('os').popen('x')",
    "a function that is not ours": "factorial(10^8)",
    "many names": " ".join(f"n_{i}" for i in range(300)),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("names", [LSTM, ANY], ids=["declared", "any name"])
def test_hostile_text_is_answered_at_once(text: str, names: Vocabulary) -> None:
    begun = time.perf_counter()
    found = outcome(text, names)
    assert time.perf_counter() - begun < 1
    if isinstance(found, Malformed):
        shown = caret.point(found)
        assert len(shown) < 3_000
        assert all(character.isprintable() or character == "\n" for character in shown)
    else:
        assert height(found) <= limits.NESTING


# --- vocabularies ----------------------------------------------------------------------------


SPELLINGS = {
    "c_{t-1}": r"""c_{t-1} | c_(t-1) | c_<t-1> | c^{<t-1>} | c^<t-1> | c[t-1] | cₜ₋₁ | c_t-1 |
        c_{t - 1} | c_{t−1} | c_\text{t-1} | c_{\text{t}-1} | \mathbf{c}_{t-1} | 𝑐_{𝑡−1} |
        c^{(t-1)} | c_ {t-1}""",
    "δc_t": r"""δc_t | dc_t | delta_c_t | \delta c_t | \delta{c}_t | δ_{c_t} | deltac_t | δcₜ |
        δ c_t | \delta c_{t} | ∂E/∂c_t | ∂L / ∂c_t | dE/dc_t | \partial E/\partial c_t |
        \frac{\partial E}{\partial c_t} | \frac{dE}{dc_t}""",
    "g_t": r"c̃_t | \tilde{c}_t | \tilde c_t | \tilde{c_t} | ctilde_t | g_t | c̃ₜ",
}


@pytest.mark.parametrize(
    ("spelling", "name"),
    [(one.strip(), name) for name, every in SPELLINGS.items() for one in every.split("|")],
)
def test_spellings_of_one_name(spelling: str, name: str) -> None:
    assert parse(spelling, LSTM).tree == Name(name)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("(" * 70 + "a" + ")" * 70, "too-deep"),
        ("a/" * 70 + "a", "too-deep"),
        ("a " * 601, "too-many"),
        ("a" + " " * 2_000, "too-long"),
    ],
)
def test_budgets_have_their_own_words(text: str, code: str) -> None:
    with pytest.raises(Malformed) as caught:
        parse(text, LSTM)
    assert caught.value.code == code


def test_every_complaint_is_made_somewhere() -> None:
    """A sentence nobody can meet is a sentence nobody has read."""
    codes = {row["code"] for row in yaml.safe_load((TABLES / "parse_bad.yaml").read_text("utf-8"))}
    assert codes | {"too-deep", "too-many", "too-long"} == set(SENTENCES)


@pytest.mark.parametrize("text", ["n[m+1]", "n^{(m+1)}", "n[k]"])
def test_brackets_after_a_name_group_where_no_such_index_is_declared(text: str) -> None:
    grouped = text.replace("[", "*(").replace("]", ")")
    assert parse(text, LSTM).tree == parse(grouped, LSTM).tree


@given(st.sampled_from(LSTM.symbols))
def test_canonical_spellings_are_their_own(name: str) -> None:
    assert canonical(name) == name


def test_a_vocabulary_travels_between_processes() -> None:
    other = pickle.loads(pickle.dumps(LSTM))
    assert other == LSTM
    assert hash(other) == hash(LSTM)
    assert parse("f_t c_t-1", other) == parse("f_t c_t-1", LSTM)


def test_spellings_remembered_are_bounded() -> None:
    names = Vocabulary(("x",))
    for number in range(limits.SPELLINGS + 500):
        parse(f"{number}x", names)
    assert len(names.lexicon) <= limits.SPELLINGS + 1
    assert show(parse("7x", names).tree) == "7*x"


def test_reading_leaves_nothing_to_the_collector() -> None:
    parse("f_tc_t + |a|/bk", LSTM)
    outcome("tanh*(a + q", LSTM)
    gc.collect()
    gc.disable()
    try:
        for number in range(50):
            parse(f"f_tc_t + |a|/{number}bk", LSTM)
        assert gc.collect() == 0
    finally:
        gc.enable()


@given(st.text(max_size=60))
def test_folding_keeps_every_position(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_look_alikes_are_named() -> None:
    with pytest.raises(Malformed, match="с_t holds a letter that only looks like a Latin one"):
        parse("с_t", LSTM)


def test_the_caret_stands_under_what_was_typed() -> None:
    with pytest.raises(Malformed) as caught:
        parse("c̃_t\t⊙ ｆ_q", LSTM)
    assert caret.point(caught.value).splitlines()[1:3] == ["  c̃_t ⊙ ｆ_q", "        ^^^^"]


def test_a_long_source_is_shown_around_the_place() -> None:
    with pytest.raises(Malformed) as caught:
        parse("a + " * 100 + "q + " + "a + " * 90 + "a", LSTM)
    _, source, marks, *_ = caret.point(caught.value).splitlines()
    assert source.startswith("  …")
    assert source.endswith("…")
    assert source[marks.index("^")] == "q"
    assert len(source) <= 80
