"""Wrong answers explained by one slip: never wrongly, and mostly at all."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

import pytest
from bench.diagnosis import rows, verdict

from grader.deciding.domain import Domain
from grader.diagnosis import diagnose, diagnose_number
from grader.diagnosis.edits import edits
from grader.diagnosis.families import OF_A_KEY, OF_A_SHAPED_KEY, OF_A_WORKING, OF_AN_ANSWER
from grader.feedback import SENTENCES, SLIPS, sentences
from grader.kinds.expression import Detour, Expression
from grader.kinds.number import Number
from grader.quantity import Quantity
from grader.reading.exact import evaluate, substitute
from grader.reading.parser import parse
from grader.reading.tree import Name, Neg, Node, Num, Product, Quotient, Sum
from grader.reading.vocabulary import Vocabulary
from grader.reading.walk import names as names_of
from grader.verdict import Outcome, Verdict
from quizbank.load import load

NAMES = ("f_t", "f_{t-1}", "c_t", "c_{t-1}", "i_t", "g_t", "o_t", "h_{t-1}", "z_t", "n_t", "A", "B")
CELL = Expression(
    "f_t*c_{t-1} + i_t*g_t",
    NAMES,
    mistakes=(Detour("gate-on-hidden", "f_t*h_{t-1} + i_t*g_t", "It keeps c."),),
)
LSTM = Number(Quantity(Fraction(6272), "4*((16 + 1)*32 + 32^2)"))
TWO = Num(Fraction(2))
STRANGER = Name("q_x")  # a name that no key has


def tree(text: str) -> Node:
    return parse(text, Vocabulary(NAMES)).tree


@lru_cache(maxsize=1)
def specs() -> list[Expression | Number]:
    bank, problems = load()
    assert not problems
    kinds = (part.marking.spec for name in bank.ids for part in bank.question(name).parts)
    return [spec for spec in kinds if isinstance(spec, Expression | Number)]


def keys() -> list[Node]:
    """The keys of the shipped bank that are formulas of numbers: slips are looked for in these."""
    formulas = (spec for spec in specs() if isinstance(spec, Expression) and not spec.shapes)
    return [parse(spec.key, spec.vocabulary).tree for spec in formulas]


def workings() -> list[tuple[Node, Fraction]]:
    """The workings of the shipped bank with the numbers they are of."""
    numbers = (spec.key for spec in specs() if isinstance(spec, Number))
    return [(tree(key.working), key.value) for key in numbers if key.working]


def made_wrong(key: Node) -> Iterator[tuple[str, Node]]:
    """Slips made without the search, and the code each must have."""
    yield "extra-term", Sum((key, STRANGER))
    yield "extra-factor", Product((STRANGER, key))
    yield "extra-factor", Quotient(key, STRANGER)
    yield "sign", Neg(key)
    if not isinstance(key, Name):
        yield from (("confused-names", substitute(key, {name: STRANGER})) for name in names_of(key))
    if isinstance(key, Sum):
        for at in range(len(key.terms)):
            left = key.terms[:at] + key.terms[at + 1 :]
            yield "dropped-term", Sum(left) if len(left) > 1 else left[0]
        yield "constant-factor", Sum(tuple(Product((TWO, term)) for term in key.terms))


def test_no_slip_is_named_wrong_and_most_are_named() -> None:
    table = list(rows())
    tally = Counter(map(verdict, table))
    assert len(table) > 200
    assert sum(row.slip is None for row in table) > 30, "silence has to be tested too"
    assert [row for row in table if verdict(row) == "wrong"] == []
    assert tally["right"] >= 0.85 * len(table)


def test_a_wrong_name_would_be_seen() -> None:
    row = next(row for row in rows() if row.slip == "dropped-term")
    assert verdict(row) == "right"
    assert verdict(replace(row, slip="sign")) == "wrong"
    assert verdict(replace(row, answer=row.key)) == "silent"


def test_slips_in_every_key_of_the_bank() -> None:
    tally: Counter[str] = Counter()
    for key in keys():
        for code, answer in made_wrong(key):
            said = diagnose(key, answer)
            tally["right" if said and said.code == code else "wrong" if said else "silent"] += 1
            assert said is None or said.code == code, (key, answer, said)
    assert tally["right"] >= 0.95 * tally.total() > 300


def test_a_right_answer_has_no_slip() -> None:
    for key in keys():
        assert diagnose(key, key) is None
        assert diagnose(key, Sum((key, STRANGER, Neg(STRANGER)))) is None
    for working, value in workings():
        assert evaluate(working) == value
        assert diagnose_number(working, value) is None


def test_every_code_occurs_and_has_words() -> None:
    found = {edit.code for key in keys() for edit in edits(key, OF_A_KEY + OF_AN_ANSWER)}
    found |= {edit.code for working, _ in workings() for edit in edits(working, OF_A_WORKING)}
    found |= {edit.code for edit in edits(tree("A @ B^T"), OF_A_SHAPED_KEY)}
    assert found == SLIPS
    assert SENTENCES.keys() >= SLIPS


@pytest.mark.parametrize(
    ("key", "answer", "finding"),
    [
        ("f_t*c_{t-1} + i_t*g_t", "f_t*c_{t-1}", "the term i_t*g_t is missing"),
        ("f_t*c_{t-1}", "f_{t-1}*c_{t-1}", "f_{t-1} stands where f_t belongs"),
        (
            "o_t*(1 - tanh(c_t)^2)",
            "tanh(c_t)*o_t",
            "the derivative of tanh is 1 - tanh^2, here tanh(c_t) itself was used",
        ),
        (
            "f_t*c_{t-1} + i_t*g_t",
            "i_t*c_{t-1} + f_t*g_t",
            "f_t and i_t are exchanged, or c_{t-1} and g_t are exchanged, which is the same here",
        ),
        ("o_t*(z_t + n_t)", "o_t*z_t + n_t", "o_t multiplies only z_t, not all of z_t + n_t"),
        ("o_t/n_t", "n_t/o_t", "o_t/n_t is upside down"),
        ("floor(o_t/2)", "o_t/2", "o_t/2 is not rounded down"),
    ],
)
def test_findings_are_in_the_words_of_the_field(key: str, answer: str, finding: str) -> None:
    said = diagnose(tree(key), tree(answer))
    assert said is not None
    assert said.finding == finding


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("f_t*c_{t-1} + i_t*g_t", "f_t - i_t"),  # two slips
        ("f_t*c_{t-1} + i_t*g_t", "1/(c_t - c_t)"),  # no value
        ("f_t", "z_t"),  # another formula altogether
        ("A @ B", "B @ A"),  # matrices are not compared in a field of numbers
        ("c_t = f_t*c_{t-1}", "c_t = f_t"),
        ("f_t*g_t", "+".join(["f_t"] * 200)),  # too long to be searched
        ("+".join(["f_t*g_t"] * 40), "f_t"),
    ],
)
def test_nothing_is_said_without_one_explanation(key: str, answer: str) -> None:
    assert diagnose(tree(key), tree(answer)) is None


def test_two_slips_that_give_one_number_are_not_chosen_between() -> None:
    either = tree("30*(7 + 5) + 30*5*8")
    assert diagnose_number(either, Fraction(1200)).code == "dropped-term"
    assert diagnose_number(tree("2*50*(50 + 3)"), Fraction(5000)).code == "dropped-term"
    assert diagnose_number(tree("100*40*40"), Fraction(4000)).finding == "the factor 40 is missing"
    assert diagnose_number(tree("600*10 + 60*100"), Fraction(6000)) is None


def test_a_small_number_proves_nothing() -> None:
    assert diagnose_number(tree("6 + 1"), Fraction(6)) is None
    assert diagnose_number(tree("6000 + 1000"), Fraction(6000)) is not None


def test_a_slip_stands_beside_the_counterexample_and_is_said_first() -> None:
    graded = CELL.grade("f_t*c_{t-1}")
    assert [one.check for one in graded.evidence] == ["refuted", "dropped-term"]
    slip, example = sentences(graded)
    assert slip == "A single slip gives exactly this: the term i_t*g_t is missing."
    assert example.startswith("It differs from what is asked: at ")


def test_a_named_mistake_needs_no_slip() -> None:
    graded = CELL.grade("f_t*h_{t-1} + i_t*g_t")
    assert graded.misconception == "gate-on-hidden"
    assert not SLIPS & {one.check for one in graded.evidence}


def test_a_number_is_explained_too() -> None:
    graded = LSTM.grade("6144")
    assert [one.check for one in graded.evidence] == ["too-small", "missing-bias"]
    assert sentences(graded)[0] == (
        "A single slip gives exactly this: the + 1 of 16 + 1, the bias, is missing."
    )
    in_words = replace(LSTM, key=Quantity(Fraction(6272), "four gates of 1568"))
    assert [one.check for one in in_words.grade("6144").evidence] == ["too-small"]


def test_what_follows_from_an_own_value_is_no_slip() -> None:
    graded = LSTM.grade("6144")
    assert graded.outcome is Outcome.INCORRECT
    carried = replace(graded.evidence[0], check="carried-forward", finding="a = 5")
    told = sentences(Verdict.scored(Fraction(1, 2), "6144", carried, *graded.evidence))
    assert not any("slip" in one for one in told)


@pytest.mark.parametrize(
    ("key", "answer", "domain"),
    [
        ("sqrt(f_t^2)*c_t + i_t", "f_t*c_t", Domain(gates=frozenset({"f_t"}))),
        ("sqrt(f_t^2)*c_t + i_t", "f_t*c_t", Domain(positive=frozenset({"f_t"}))),
        ("floor(A + c_t/2) + i_t", "A + floor(c_t/2)", Domain(integer=frozenset("A"))),
    ],
)
def test_slips_are_judged_under_what_is_declared(key: str, answer: str, domain: Domain) -> None:
    said = diagnose(tree(key), tree(answer), domain)
    assert said is not None
    assert said.finding == "the term i_t is missing"
    assert diagnose(tree(key), tree(answer)) is None


SHAPES = {"U": ("n", "n"), "W": ("n", "m"), "h_t": ("n",), "δ": ("n",), "x_t": ("m",)}


@pytest.mark.parametrize(
    ("key", "answer", "finding"),
    [
        ("U^T δ", "U δ", "the transpose of U is missing"),
        ("U δ", "U^T δ", "U must not be transposed"),
        ("δ h_t^T", "h_t δ^T", "the whole is transposed"),
        (
            "U ⊙ (δ h_t^T)",
            "U δ h_t^T",
            "between U and δ @ h_t^T, the matrix product stands where ⊙ belongs",
        ),
        ("diag(h_t) U", "U diag(h_t)", "diag(h_t) must stand before U, not after it"),
        ("U (h_t ⊙ δ)", "h_t ⊙ U δ", "⊙ h_t comes before the product with U, not after it"),
        ("h_t ⊙ U δ", "U (h_t ⊙ δ)", "⊙ h_t comes after the product with U, not before it"),
        ("U^T δ + U^T h_t", "U δ + U h_t", "every transpose is missing"),
        ("tanh(W x_t + U h_t)", "tanh(U h_t)", "the term W @ x_t of W @ x_t + U @ h_t is missing"),
    ],
)
def test_slips_among_matrices(key: str, answer: str, finding: str) -> None:
    spec = Expression(key, tuple(SHAPES), shapes=SHAPES)
    graded = spec.grade(answer)
    assert graded.outcome is Outcome.INCORRECT
    assert [one.finding for one in graded.evidence if one.check in SLIPS] == [finding]


def test_nothing_is_searched_in_matrices_too_large() -> None:
    large = {"U": (20, 20), "δ": (20,)}
    names = Vocabulary(("U", "δ"))
    key, answer = (parse(text, names).tree for text in ("U^T δ", "U δ"))
    assert diagnose(key, answer, shapes=large) is None
    assert diagnose(key, answer, shapes={"U": (5, 5), "δ": (5,)}) is not None


def test_numbers_are_no_names() -> None:
    assert diagnose(Num(Fraction(2)), Num(Fraction(3))) is None
