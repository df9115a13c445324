"""Vectors and matrices: identities of backpropagation through time, and shapes that do not fit."""

import io
import json
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import yaml

from cli.commands import compare
from grader.deciding import vectors
from grader.deciding.field import Field
from grader.deciding.ladder import Answer, Check, Decision, decide
from grader.deciding.towers import draw
from grader.feedback import sentences
from grader.judge import grade
from grader.kinds.expression import Detour, Expression
from grader.reading.exact import substitute
from grader.reading.parser import parse
from grader.reading.printer import latex, show
from grader.reading.tree import Malformed
from grader.reading.vocabulary import Vocabulary
from grader.verdict import Outcome

TABLES = Path(__file__).parent / "tables"
SHAPES = {
    name: tuple(sizes)
    for name, sizes in {
        "U": "nn", "U_f": "nn", "U_i": "nn", "U_o": "nn", "U_g": "nn", "W": "nm", "V": "kn",
        "δ": "n", "δf_t": "n", "δi_t": "n", "δo_t": "n", "δg_t": "n", "v_t": "n", "δc_t": "n",
        "a_t": "n", "b": "n", "c_t": "n", "f_t": "n", "h_t": "n", "h_{t-1}": "n", "o_t": "n",
        "x_t": "m", "p": "k", "y": "k",
    }.items()
}  # fmt: skip
SHAPES["I"] = ("identity", "n")
WORDS = Vocabulary((*SHAPES, "s", "n", "a_1", "a_2", "a_3", "a_4"), arrays=True)
SEEDS = range(30)


def rows(table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((TABLES / f"{table}.yaml").read_text("utf-8"))
    return found


PAIRS = rows("vectors")
WRONG = [pytest.param(row, id=row["why"]) for row in PAIRS if not row["same"]]


def ask(key: str, answer: str, **options: Any) -> Decision:
    trees = (parse(text, WORDS).tree for text in (key, answer))
    return decide(*trees, shapes=SHAPES, **options)


@pytest.fixture(params=SEEDS)
def _tower(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    points = tuple(Field(draw(request.param), point) for point in range(3))
    monkeypatch.setattr(vectors, "fields", lambda: points)


@pytest.mark.usefixtures("_tower")
def test_every_tower_gives_the_same_verdict() -> None:
    for row in PAIRS:
        verdict = ask(row["key"], row["answer"]).verdict
        assert verdict is (Answer.EQUAL if row["same"] else Answer.DIFFERENT), row["why"]


def test_half_of_the_pairs_are_different() -> None:
    assert (len(PAIRS), len(WRONG)) == (52, 26)


@pytest.mark.parametrize("row", WRONG)
def test_a_refusal_shows_one_entry_of_small_matrices(row: dict[str, Any]) -> None:
    decision = ask(row["key"], row["answer"])
    assert decision.check is Check.REFUTED
    assert decision.finding.startswith("with n = ")
    assert ": yours " in decision.finding


def test_the_example_has_one_row_where_that_will_do_and_few_entries() -> None:
    assert ask("tanh(U δ + b)", "tanh(U δ) + tanh(b)").finding.startswith("with n = 1: at ")
    assert ask("U^T δ", "U δ").finding == (
        "with n = 2, entry 1: at δ[2] = 1, U[1,2] = 1, all else = 0: yours 1, expected 0"
    )


@pytest.mark.parametrize("row", rows("shapes"), ids=lambda row: row["why"])
def test_what_does_not_fit_is_said_in_words(row: dict[str, str]) -> None:
    decision = ask(row["key"], row["answer"])
    assert (decision.verdict, decision.check) == (Answer.DIFFERENT, Check.SHAPE)
    assert decision.finding == row["says"]


@pytest.mark.parametrize(
    ("key", "answer", "verdict"),
    [
        ("sum(1 - h_t^2)", "n - h_t^T h_t", Answer.EQUAL),
        ("sum(1 - h_t^2)", "6 - h_t^T h_t", Answer.DIFFERENT),
        ("sum(σ(h_t) + σ(-h_t))", "n", Answer.EQUAL),
        ("sum(σ(h_t) + σ(-h_t)) (sum(1 + 0 h_t) - 1)", "n^2 - n", Answer.EQUAL),
        ("tanh(n)", "tanh(sum(1 + 0 h_t))", Answer.UNDECIDED),
        ("relu(U h_t)", "relu((h_t^T U^T)^T)", Answer.EQUAL),
        ("relu(U h_t)", "U h_t", Answer.DIFFERENT),
        ("U^3 h_t", "U (U (U h_t))", Answer.EQUAL),
        ("U^(-1) h_t", "U^(-1) h_t", Answer.EQUAL),
        ("U^(-1) h_t", "U^(-2) h_t", Answer.DIFFERENT),
        ("U^(-1) U h_t", "h_t", Answer.EQUAL),
        ("(W W^T + I)^(-1)", "((W W^T + I)^T)^(-1)", Answer.EQUAL),
        ("(W W^T)^(-1)", "((W W^T)^T)^(-1)", Answer.UNDECIDED),
        ("(I + b δ^T)^(-1)", "I - b δ^T/(1 + δ^T b)", Answer.UNDECIDED),
        ("(U - U^T)^(-1)", "-(U^T - U)^(-1)", Answer.UNDECIDED),
        ("(b/b)^T U U^(-1) (b/b)", "n", Answer.UNDECIDED),
        ("(b/b)^T U U^(-1) (b/b)", "8", Answer.DIFFERENT),
        ("tr(U^(-1) U)", "n", Answer.UNDECIDED),
        ("relu(b) ⊙ relu(b)", "b ⊙ relu(b)", Answer.EQUAL),
        ("relu(2 U b)", "2 relu((b^T U^T)^T)", Answer.EQUAL),
        ("relu(relu(U b))", "relu(U b)", Answer.EQUAL),
        ("|U b|^2", "(U^T b)^2", Answer.DIFFERENT),
        ("sum(|b|^2)", "b^T b", Answer.UNDECIDED),
        ("relu(I) b", "I relu(b)", Answer.DIFFERENT),
        ("n relu(2 b)", "2 n relu(b)", Answer.EQUAL),
        ("max(b)", "max(-(-b)^T)", Answer.EQUAL),
        ("max(b)", "sum(b)", Answer.DIFFERENT),
        ("max(0, b, s)", "max(max(s, b), 0)", Answer.EQUAL),
        ("sqrt(b)", "b^(1/2)", Answer.EQUAL),
        ("sqrt(b)^2", "b", Answer.UNDECIDED),
        ("log(b) - log(b)", "0 b", Answer.UNDECIDED),
        ("log(1 + h_t^2)", "log(h_t ⊙ h_t + 1)", Answer.EQUAL),
        ("I^(-1) b", "b", Answer.EQUAL),
        ("tanh(I) b", "tanh(1) b", Answer.EQUAL),
        ("h_t ⊙ h_t^(-1)", "h_t/h_t", Answer.EQUAL),
        ("U h_t = b", "b = U h_t", Answer.EQUAL),
        ("U h_t = b", "2 U h_t = 2 b", Answer.UNDECIDED),
    ],
)
def test_sizes_powers_and_what_is_outside(key: str, answer: str, verdict: Answer) -> None:
    assert ask(key, answer).verdict is verdict


UNROLLED = "b"
for _ in range(5):
    UNROLLED = f"(b + U ({UNROLLED}))"


def test_what_is_declared_holds_for_every_entry() -> None:
    gates = frozenset({"f_t", "o_t"})
    product = ("log(f_t ⊙ o_t)", "log(f_t) + log(o_t)")
    assert ask(*product).verdict is Answer.UNDECIDED
    assert ask(*product, gates=gates).verdict is Answer.EQUAL
    assert ask("sqrt(b)^2", "b", positive=frozenset("b")).verdict is Answer.EQUAL


@pytest.mark.parametrize("size", [2, 3])
def test_inverses_are_right_at_a_size_that_is_a_number(size: int) -> None:
    """By Cayley and Hamilton, at two rows the inverse is ``(tr(U) I - U)/det(U)``."""
    shapes = {"U": (size, size), "I": ("identity", size)}
    trees = (parse(text, WORDS).tree for text in ("U^(-1)", "(tr(U) I - U)/s"))
    key, adjugate = trees
    det = parse("(tr(U)^2 - tr(U^2))/2", WORDS).tree
    said = decide(key, substitute(adjugate, {"s": det}), shapes=shapes)
    assert said.verdict is (Answer.EQUAL if size == 2 else Answer.DIFFERENT)


def test_what_holds_at_small_sizes_only_is_not_taken_for_an_inverse() -> None:
    """At n = 2 the inverse is a polynomial in U; at other sizes it is another one."""
    cayley = "(tr(U) I - U)/((tr(U)^2 - tr(U^2))/2) b"
    assert ask("U^(-1) b", cayley).verdict is Answer.DIFFERENT
    assert ask("(I - U)^(-1) b", f"({UNROLLED}) + U^6 (I - U)^(-1) b").verdict is Answer.EQUAL
    assert ask("(I - U)^(-1) b", UNROLLED).verdict is Answer.DIFFERENT


def test_an_identity_of_small_matrices_only_is_refused() -> None:
    """The standard identity of degree 4 holds for 2×2 matrices (Amitsur and Levitzki 1950)."""
    letters = ("U_f", "U_i", "U_o", "U_g")
    terms = []
    for order in permutations(range(4)):
        odd = sum(a > b for at, a in enumerate(order) for b in order[at:]) % 2
        terms.append("-+"[not odd] + " ".join(letters[at] for at in order))
    assert ask(f"{''.join(terms)} + U", "U").verdict is Answer.DIFFERENT


def test_wrong_entries_of_a_written_out_answer_are_named() -> None:
    found = ask("[[a_1, a_2], [a_3, a_4]]", "[[a_1, a_3], [a_2, a_4]]").finding
    assert found.startswith("entries (1, 2) and (2, 1) are wrong; entry (1, 2): at ")
    assert ask("[a_1, a_2]", "[a_1, 2 a_2]").finding == "entry 2: at a_2 = 1: yours 2, expected 1"
    assert ask("diag([a_1, a_2])", "[[a_1, 0], [0, a_2]]").verdict is Answer.EQUAL


def test_a_matrix_that_is_too_large_is_left_to_a_person() -> None:
    huge = {"U": ("1000000", "1000000")}
    decision = decide(parse("U", WORDS).tree, parse("2 U", WORDS).tree, shapes=huge)
    assert decision.finding == "a matrix has more than 1024 entries"


def test_entries_are_read_only_where_shapes_are_declared() -> None:
    with pytest.raises(Malformed):
        parse("[a, b]", Vocabulary(("a", "b")))


STEP = Expression(
    "diag(1 - h_t^2) U",
    ("U", "h_t"),
    mistakes=(
        Detour("entrywise", "(1 - h_t^2) ⊙ U", "⊙ needs two equal shapes."),
        Detour("reversed", "U diag(1 - h_t^2)", "The slopes scale rows."),
    ),
    shapes={"U": ("n", "n"), "h_t": ("n",)},
)


@pytest.mark.parametrize(
    ("answer", "outcome", "misconception", "understood"),
    [
        ("diag(1 - h_t ⊙ h_t) U", Outcome.CORRECT, None, "diag(1 - h_t ⊙ h_t) @ U"),
        ("(1 - h_t^2) ⊙ U", Outcome.INCORRECT, "entrywise", "(1 - h_t^2) ⊙ U"),
        ("U diag(1 - h_t²)", Outcome.INCORRECT, "reversed", "U @ diag(1 - h_t^2)"),
        ("2 U h_t", Outcome.INCORRECT, None, "2*U @ h_t"),
        ("U h_t +", Outcome.MALFORMED, None, ""),
    ],
)
def test_an_expression_of_matrices(
    answer: str, outcome: Outcome, misconception: str | None, understood: str
) -> None:
    verdict = grade(STEP, answer)
    assert (verdict.outcome, verdict.misconception) == (outcome, misconception)
    assert verdict.understood == understood
    if understood:
        assert grade(STEP, verdict.understood).outcome is outcome


def test_shapes_are_spoken_of_in_a_sentence() -> None:
    assert sentences(grade(STEP, "U h_t")) == [
        "The shapes do not fit: n×n is asked for, but U h_t is n."
    ]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"shapes": {"U": ("n", "n", "n")}}, "U has 3 sizes; a matrix has two, a vector one"),
        ({"shapes": {"U": ("n", "0")}}, "'0' is no size"),
        ({"shapes": {"U": ("identity",)}}, "U is an identity matrix without a size"),
        ({"shapes": {"U": ("n", "identity")}}, "U is an identity matrix without a size"),
        ({"shapes": {"U": ("n", "m"), "h_t": ("n",)}, "key": "U h_t"}, "key has parts that do not"),
        ({"shapes": {"W": ("n", "n")}, "key": "U"}, "the shape of 'W' is declared, but not its"),
    ],
)
def test_author_errors_are_found(changes: dict[str, Any], fault: str) -> None:
    spec = Expression(**{"key": "U", "names": ("U", "h_t"), **changes})
    assert any(fault in one for one in spec.faults())


@pytest.mark.parametrize(
    ("typed", "shows"),
    [
        ("[a_1, a_2]", "[a_1, a_2]"),
        ("[[a_1], [a_2]]", "[a_1, a_2]"),
        ("[[a_1, a_2]]", "[[a_1, a_2]]"),
        ("[[a_1,2],[a_3,a_4]]^T", "[[a_1, 2], [a_3, a_4]].T"),
        ("2[a_1, a_2]", "2*[a_1, a_2]"),
        ("[a_1]", "a_1"),
    ],
)
def test_written_out_entries_read_back(typed: str, shows: str) -> None:
    tree = parse(typed, WORDS).tree
    assert show(tree) == shows
    assert parse(shows, WORDS).tree == parse(latex(tree), WORDS).tree == tree


@pytest.mark.parametrize(
    ("shapes", "verdict", "check"),
    [
        ({"δ": ["n"], "x": ["m"]}, "different", "shape"),
        ("δ: n; x: n", "different", "shape"),
        ({"δ": [], "x": []}, "equal", "identical"),
        ({"δ": ["n", "0"]}, "malformed", "bad-line"),
        ({"δ": [["n"]]}, "malformed", "bad-line"),
        ("δ n", "malformed", "bad-line"),
        (7, "malformed", "bad-line"),
    ],
)
def test_compare_reads_shapes(
    shapes: object, verdict: str, check: str, capsys: pytest.CaptureFixture[str]
) -> None:
    line = json.dumps({"id": 1, "key": "δ x", "answer": "x δ", "shapes": shapes})
    compare.stream(io.BytesIO(line.encode()), False)
    said = json.loads(capsys.readouterr().out)
    assert (said["verdict"], said["check"]) == (verdict, check)
