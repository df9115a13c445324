"""Gradients of whole layers against automatic differentiation, against one unit, and by shapes."""

import doctest
import json
import math
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial, reduce
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from grader import limits
from grader.cells import (
    CELLS,
    Cell,
    NoSuchGradient,
    UnknownName,
    computed,
    forward,
    gradient,
    sent_back,
    shapes,
    state,
)
from grader.cells.convention import mirrored
from grader.cells.shapes import shape
from grader.cells.steps import Moment, moved, substituted
from grader.cells.wide import in_form, spelled
from grader.deciding.ladder import decide
from grader.deciding.shapes import declared
from grader.deciding.typed import typed
from grader.reading.parser import parse
from grader.reading.printer import show
from grader.reading.tree import Call, Name, Neg, Node, Num, Power, Product, Sum, Transpose
from grader.reading.vocabulary import Vocabulary
from grader.reading.walk import names, rebuilt, walk

TABLE = Path(__file__).with_name("facts") / "vector_gradients.json"
PAGE = Path(__file__).parents[1] / "docs" / "gradients.md"
STEPS = 4  # of every instance in the table
UNITS = 3
EVERY_CELL = pytest.mark.parametrize("name", [cell.name for cell in CELLS])
BOTH_FORMS = pytest.mark.parametrize("form", ["vector", "row"])

Matrix = list[list[float]]


def transposed(matrix: Matrix) -> Matrix:
    return [list(column) for column in zip(*matrix, strict=True)]


def matrix_product(left: Matrix, right: Matrix) -> Matrix:
    columns = transposed(right)
    return [
        [math.fsum(a * b for a, b in zip(row, column, strict=True)) for column in columns]
        for row in left
    ]


def entrywise(operation: Callable[[float, float], float], left: Matrix, right: Matrix) -> Matrix:
    """Entry by entry; a number goes to every entry."""
    rows, columns = max(len(left), len(right)), max(len(left[0]), len(right[0]))

    def spread(matrix: Matrix) -> Matrix:
        return [matrix[0] * columns] * rows if len(matrix) == len(matrix[0]) == 1 else matrix

    pairs = zip(spread(left), spread(right), strict=True)
    return [[operation(a, b) for a, b in zip(*pair, strict=True)] for pair in pairs]


def flat(matrix: Matrix) -> list[float]:
    return [entry for row in matrix for entry in row]


def diagonal(entries: Matrix) -> Matrix:
    line = flat(entries)
    return [[one if i == j else 0.0 for j in range(len(line))] for i, one in enumerate(line)]


def each(function: Callable[[float], float], matrix: Matrix) -> Matrix:
    return [[function(entry) for entry in row] for row in matrix]


SIGNS: dict[str, Callable[[Matrix, Matrix], Matrix]] = {
    "+": partial(entrywise, float.__add__),
    "*": partial(entrywise, float.__mul__),
    "⊙": partial(entrywise, float.__mul__),
    "@": matrix_product,
}
FUNCTIONS: dict[str, Callable[[Matrix], Matrix]] = {
    "tanh": partial(each, math.tanh),
    "σ": partial(each, lambda x: 1 / (1 + math.exp(-x))),
    "diag": diagonal,
}


def worked_out(tree: Node, values: Mapping[str, Matrix]) -> Matrix:
    """A formula in plain floats."""

    def of(node: Node) -> Matrix:
        match node:
            case Num(value):
                return [[float(value)]]
            case Name(text):
                return values[text]
            case Sum(terms):
                return reduce(SIGNS["+"], map(of, terms))
            case Product(factors, sign):
                return reduce(SIGNS[sign], map(of, factors))
            case Neg(arg):
                return each(float.__neg__, of(arg))
            case Power(base, Num(value)):
                return each(lambda x: x ** float(value), of(base))
            case Transpose(arg):
                return transposed(of(arg))
            case Call(function, (arg,)):
                return FUNCTIONS[function](of(arg))
        raise AssertionError(f"a derived formula should not hold {node}")

    return of(tree)


@cache
def stored(name: str) -> list[dict[str, Any]]:
    rows = json.loads(TABLE.read_text(encoding="utf-8"))
    return [row for row in rows if row["cell"] == name]


def laid_out(numbers: Any, form: str) -> Matrix:
    """A stored vector or matrix as the form has it: rows transpose everything."""
    is_vector = not isinstance(numbers[0], list)
    column = [[entry] for entry in numbers] if is_vector else numbers
    return column if form == "vector" else transposed(column)


@cache
def known_values(name: str, form: str) -> list[dict[str, Matrix]]:
    """Every value of every instance, by name: what was put in and what comes of it."""
    return [values_of(row, in_form(name, form), form) for row in stored(name)]


def values_of(row: dict[str, Any], cell: Cell, form: str) -> dict[str, Matrix]:
    found = {weight: laid_out(row["weights"][weight], form) for weight in cell.weights}
    found["I"] = diagonal([[1.0] * UNITS])
    for quantity, start in row["start"].items():
        found[Moment(quantity, -STEPS).text] = laid_out(start, form)
    for back in reversed(range(STEPS)):
        found[Moment("x", -back).text] = laid_out(row["x"][back], form)
        for text, right in computed(cell.name, -back, form=form).items():
            found[text] = worked_out(right, found)
        own, curved = (laid_out(row[letter][back], form) for letter in "aq")
        rising = SIGNS["*"](curved, found[Moment("h", -back).text])
        found[Moment("s", -back).text] = SIGNS["+"](own, rising)
        for quantity, errors in row["errors"].items():
            found[Moment(f"δ{quantity}", -back).text] = laid_out(errors[back], form)
    return found


def agree(name: str, form: str, tree: Node, *path: Any) -> bool:
    """Whether a formula gives what the table has at the end of a path, in every instance."""
    for row, values in zip(stored(name), known_values(name, form), strict=True):
        expected: Any = row
        for key in path:
            expected = expected[key]
        wanted, got = laid_out(expected, form), worked_out(tree, values)
        if tree == Num(0):
            got = [[0.0] * len(wanted[0])] * len(wanted)
        pairs = zip(flat(got), flat(wanted), strict=True)
        if len(got) != len(wanted) or not all(
            math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9) for a, b in pairs
        ):
            return False
    return True


@BOTH_FORMS
@EVERY_CELL
class TestAutomaticDifferentiation:
    """Random networks of three units and two inputs, differentiated by PyTorch."""

    def test_the_table_has_instances(self, name: str, form: str) -> None:
        assert len(stored(name)) >= 3
        assert len(stored(name)[0]["x"]) == STEPS

    def test_errors(self, name: str, form: str) -> None:
        cell = in_form(name, form)
        for quantity, lag in product((*cell.equations, *cell.inputs), range(STEPS)):
            tree = gradient(name, quantity, lag=lag, form=form)
            assert agree(name, form, tree, "errors", quantity, lag), (quantity, lag)

    def test_errors_one_layer_of_names_at_a_time(self, name: str, form: str) -> None:
        cell = in_form(name, form)
        for lag in range(STEPS):
            found = sent_back(name, -lag, form=form, is_last=lag == 0)
            for quantity in (*cell.equations, *cell.inputs):
                tree = found[Moment(f"δ{quantity}", -lag).text]
                assert agree(name, form, tree, "errors", quantity, lag), (quantity, lag)

    def test_errors_from_the_last_step_and_the_losses_alone(self, name: str, form: str) -> None:
        cell = in_form(name, form)
        allowed = {f"δ{quantity}_t" for quantity in cell.states}
        for quantity, lag in product((*cell.states, *cell.sums), (1, 2)):
            tree = gradient(name, quantity, lag=lag, known=(), form=form)
            assert {one for one in names(tree) if one.startswith("δ")} <= allowed
            assert agree(name, form, tree, "errors", quantity, lag), (quantity, lag)

    def test_the_loss_by_every_weight(self, name: str, form: str) -> None:
        for weight in in_form(name, form).weights:
            tree = gradient(name, weight, lag=STEPS - 1, form=form)
            assert agree(name, form, tree, "loss_by_weights", weight), weight

    def test_the_output_by_biases_and_peepholes(self, name: str, form: str) -> None:
        for weight in stored(name)[0]["output_by_vectors"]:
            tree = gradient(name, weight, of="h", lag=STEPS - 1, form=form)
            assert agree(name, form, tree, "output_by_vectors", weight), weight

    def test_the_output_by_every_input(self, name: str, form: str) -> None:
        for lag in range(STEPS):
            tree = gradient(name, "x", of="h", lag=lag, form=form)
            assert agree(name, form, tree, "output_by_inputs", lag), lag

    def test_every_state_by_everything_earlier(self, name: str, form: str) -> None:
        cell = in_form(name, form)
        for of, by, lag in product(cell.states, cell.equations, range(STEPS)):
            tree = gradient(name, by, of=of, lag=lag, form=form)
            assert agree(name, form, tree, "states", f"{of} {by}", lag), (of, by, lag)

    def test_the_carried_state_with_the_gates_held_fixed(self, name: str, form: str) -> None:
        carrier = in_form(name, form).carrier
        for lag in range(1, STEPS):
            tree = gradient(name, carrier, of=carrier, lag=lag, path="cell", form=form)
            assert agree(name, form, tree, "along", lag - 1), lag

    def test_the_carried_state_from_the_state_at_the_start(self, name: str, form: str) -> None:
        carrier = Moment(in_form(name, form).carrier, 0).text
        for lag in range(1, STEPS + 1):
            for values in known_values(name, form):
                got = worked_out(state(name, lag, form=form), values)
                pairs = zip(flat(got), flat(values[carrier]), strict=True)
                assert all(math.isclose(*pair, rel_tol=1e-12) for pair in pairs), lag


@BOTH_FORMS
class TestWhatIsNoticed:
    """The comparison with the table can fail."""

    def test_a_missing_transpose(self, form: str) -> None:
        tree = gradient("rnn", "h", lag=1, form=form)
        bare = without_transposes(tree)
        assert agree("rnn", form, tree, "errors", "h", 1)
        assert not agree("rnn", form, bare, "errors", "h", 1)

    def test_factors_in_the_other_order(self, form: str) -> None:
        tree = gradient("rnn", "h", of="h", lag=2, form=form)
        assert isinstance(tree, Product)
        assert agree("rnn", form, tree, "states", "h h", 2)
        assert not agree("rnn", form, Product(tree.factors[::-1], "@"), "states", "h h", 2)

    def test_a_wrong_step(self, form: str) -> None:
        tree = gradient("gru", "h", of="h", lag=1, form=form)
        assert not agree("gru", form, moved(tree, -1), "states", "h h", 1)


def without_transposes(tree: Node) -> Node:
    if isinstance(tree, Transpose):
        return without_transposes(tree.arg)
    return rebuilt(tree, without_transposes)


def of_one_unit(tree: Node, cell: Cell) -> Node:
    """A formula of vectors for n = m = 1: the names of numbers, and one product for all three."""

    def narrow(part: Node) -> Node:
        match part:
            case Transpose(arg) | Call("diag", (arg,)):
                return narrow(arg)
            case Product(factors):
                return Product(tuple(map(narrow, factors)))
            case Name("I"):
                return Num(1)
            case _:
                return rebuilt(part, narrow)

    letters: dict[str, Node] = {spelled(one): Name(one) for one in cell.weights}
    return substituted(narrow(tree), letters)


def wishes(name: str, lags: range) -> Iterator[dict[str, Any]]:
    """Every gradient of a cell that has a vector form, with weights as one unit has them."""
    cell = in_form(name)
    everything = (*cell.equations, *cell.inputs, *cell.weights)
    for by, lag in product(everything, lags):
        yield {"by": by, "lag": lag}
        yield {"by": by, "lag": lag, "known": cell.states}
        if by not in cell.weights:
            yield {"by": by, "lag": lag, "path": "cell"}
    vectors = [one for one in everything if spelled(one) == one]
    gates = set(cell.equations) - {*cell.states, *cell.sums}
    for of, by, lag in product(cell.equations, vectors, lags):
        if lag < 2 or of in cell.states:
            yield {"of": of, "by": by, "lag": lag}
        for path in ("direct", *sorted(gates)) if lag < 2 else ():
            yield {"of": of, "by": by, "lag": lag, "path": path}
        if by not in cell.weights and of in cell.states:
            yield {"of": of, "by": by, "lag": lag, "path": "cell"}


def derived(name: str, wish: dict[str, Any], form: str) -> Node:
    return gradient(name, **{**wish, "by": spelled(wish["by"])}, form=form)


@EVERY_CELL
class TestOneUnit:
    """With one unit and one input a layer is what the formulas of numbers say."""

    @BOTH_FORMS
    def test_every_gradient(self, name: str, form: str) -> None:
        for wish in wishes(name, range(3)):
            narrow = of_one_unit(derived(name, wish, form), in_form(name))
            assert decide(gradient(name, **wish), narrow).verdict == "equal", wish

    @BOTH_FORMS
    def test_forward_and_states(self, name: str, form: str) -> None:
        pairs = zip(forward(name), forward(name, form), strict=True)
        for one, many in pairs:
            assert one.left == many.left
            assert decide(one.right, of_one_unit(many.right, in_form(name))).verdict == "equal"
        for lag in range(4):
            narrow = of_one_unit(state(name, lag, form=form), in_form(name))
            assert decide(state(name, lag), narrow).verdict == "equal"


def sizes(name: str, form: str, wish: dict[str, Any]) -> tuple[str, ...]:
    """The shape that a gradient must have."""
    cell, by = in_form(name, form), spelled(wish["by"])
    if "of" not in wish:
        return shape(cell, by)
    pair = ("n", "m" if by in cell.inputs else "n")
    return pair if form == "vector" else pair[::-1]


@BOTH_FORMS
@EVERY_CELL
class TestShapes:
    def test_every_gradient_is_well_shaped_and_reads_back(self, name: str, form: str) -> None:
        written = shapes(name, form, lag=3)
        known, vocabulary = declared(written), Vocabulary(tuple(written))
        for wish in wishes(name, range(4)):
            tree = derived(name, wish, form)
            wanted = declared({"wanted": sizes(name, form, wish)})["wanted"]
            assert set(names(tree)) <= set(written)
            assert tree == Num(0) or typed(tree, known).shape == wanted, wish
            is_short = sum(1 for _ in walk(tree)) < limits.TOKENS / 2
            assert not is_short or parse(show(tree), vocabulary).tree == tree

    def test_forward_equations_and_states(self, name: str, form: str) -> None:
        known = declared(shapes(name, form, lag=3))
        for equation in forward(name, form):
            typed(equation, known)
        for lag in range(4):
            typed(state(name, lag, form=form), known)
            for text, tree in sent_back(name, -lag, form=form).items():
                assert typed(tree, known).shape == known[text]

    def test_names_and_numbers_that_are_wished_for(self, name: str, form: str) -> None:
        wish: dict[str, Any] = {"step": 2, "names": {"h_2": "y", "x_1": "v"}}
        found = shapes(name, form, lag=1, **wish)
        tree = gradient(name, spelled(in_form(name).weights[1]), lag=1, form=form, **wish)
        assert {"y", "v"} <= set(found)
        assert not {"h_2", "x_1"} & set(found)
        assert set(names(tree)) <= set(found)


READ: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("lstm", {"by": "c", "lag": 1}, "dc_t ⊙ f_t + dh_{t-1} ⊙ o_{t-1} ⊙ (1 - tanh²(c_{t-1}))"),
    ("lstm", {"by": "c", "lag": 2},
     "δc_t ⊙ f_t ⊙ f_{t-1} + δh_{t-1} ⊙ o_{t-1} ⊙ (1 - tanh²(c_{t-1})) ⊙ f_{t-1}"
     " + δh_{t-2} ⊙ o_{t-2} ⊙ (1 - tanh²(c_{t-2}))"),
    ("lstm", {"by": "c", "lag": 2, "path": "cell"}, "f_t ⊙ f_{t-1} ⊙ δc_t"),
    ("lstm", {"by": "h", "lag": 1},
     "s_{t-1} + U_f^T δz_{f,t} + U_i^T δz_{i,t} + U_o^T δz_{o,t} + U_g^T δz_{g,t}"),
    ("lstm", {"by": "z_f"}, "δc_t ⊙ c_{t-1} ⊙ f_t ⊙ (1 - f_t)"),
    ("lstm", {"by": "z_i"}, "δc_t ⊙ g_t ⊙ i_t ⊙ (1 - i_t)"),
    ("lstm", {"by": "z_g"}, "δc_t ⊙ i_t ⊙ (1 - g_t²)"),
    ("lstm", {"by": "z_o"}, "δh_t ⊙ tanh(c_t) ⊙ o_t ⊙ (1 - o_t)"),
    ("rnn", {"by": "h", "of": "h", "lag": 1}, "diag(1 - h_t^2) U"),
    ("rnn", {"by": "h", "of": "h", "lag": 2}, "diag(1 - h_t^2) U diag(1 - h_{t-1}^2) U"),
    ("rnn", {"by": "h", "lag": 1, "known": ("h",)}, "s_{t-1} + U^T (δh_t ⊙ (1 - h_t^2))"),
    ("rnn", {"by": "W"}, "δz_t x_t^T"),
    ("rnn", {"by": "U"}, "δz_t h_{t-1}^T"),
    ("rnn", {"by": "b", "lag": 1}, "δz_t + δz_{t-1}"),
    ("gru", {"by": "h", "of": "h", "lag": 1, "path": "direct"}, "diag(z_t)"),
    ("gru", {"by": "z_r"}, "U_n^T δz_{n,t} ⊙ h_{t-1} ⊙ r_t ⊙ (1 - r_t)"),
    ("gru", {"by": "U_n"}, "δz_{n,t} (r_t ⊙ h_{t-1})^T"),
    ("gru-reset-after", {"by": "U_n"}, "(δz_{n,t} ⊙ r_t) h_{t-1}^T"),
    ("gru-reset-after", {"by": "b_{hn}"}, "δz_{n,t} ⊙ r_t"),
)  # fmt: skip
"""Formulas of textbooks and of the bank, for columns."""


class TestTheDecision:
    """Derived formulas are keys: what is written otherwise is equal, what is wrong is not."""

    @pytest.mark.parametrize(("name", "wish", "text"), READ, ids=lambda value: str(value)[:50])
    def test_a_textbook_formula_is_what_is_derived(
        self, name: str, wish: dict[str, Any], text: str
    ) -> None:
        written = shapes(name, "vector", lag=2)
        tree = parse(text, Vocabulary(tuple(written))).tree
        key = gradient(name, **wish, form="vector")
        assert decide(key, tree, shapes=written).verdict == "equal"
        lying = shapes(name, "row", lag=2)
        key = gradient(name, **wish, form="row")
        assert decide(key, mirrored(tree), shapes=lying).verdict == "equal"

    def test_the_conventions_are_told_apart(self) -> None:
        written = shapes("rnn", "vector", lag=1)
        key, lying = (gradient("rnn", "W", form=form) for form in ("vector", "row"))
        assert decide(key, lying, shapes=written).check == "shape"

    @EVERY_CELL
    def test_either_convention_is_the_mirror_of_the_other(self, name: str) -> None:
        written = shapes(name, "row", lag=2)
        for wish in wishes(name, range(3)):
            standing, lying = (derived(name, wish, form) for form in ("vector", "row"))
            if wish["lag"] < 2 or "of" not in wish:
                assert decide(lying, mirrored(standing), shapes=written).verdict == "equal", wish
            assert mirrored(mirrored(standing)) == standing

    def test_an_answer_in_the_other_convention_is_found_out(self) -> None:
        written = shapes("rnn", "vector", lag=1)
        answer = parse("s_{t-1} + δz_t U^T", Vocabulary(tuple(written))).tree
        key = gradient("rnn", "h", lag=1, form="vector")
        assert decide(key, answer, shapes=written).check == "shape"
        assert decide(key, mirrored(answer), shapes=written).verdict == "equal"

    def test_a_long_chain_is_decided(self) -> None:
        written = shapes("lstm-peephole", "vector", lag=4)
        tree = gradient("lstm-peephole", "c", of="c", lag=4, form="vector")
        assert decide(tree, Transpose(Transpose(tree)), shapes=written).verdict == "equal"


class TestRefusals:
    @pytest.mark.parametrize(
        ("wish", "error", "says"),
        [
            ({"cell": "rnn", "by": "h", "form": "column"}, UnknownName,
             "no form is named 'column'; there are scalar, vector, row"),
            ({"cell": "lstm", "by": "u_f", "form": "vector"}, UnknownName,
             "lstm has no 'u_f'; there are z_f, z_i,"),
            ({"cell": "rnn", "by": "U", "of": "h", "form": "row"}, NoSuchGradient,
             "the derivative of the vector h by the matrix U has three indices and is no matrix"),
            ({"cell": "lstm", "by": "W_f", "of": "z_f", "path": "direct", "form": "vector"},
             NoSuchGradient, "the loss E has a gradient by W_f"),
            ({"cell": "lstm", "by": "u_f", "path": "cell"}, NoSuchGradient,
             "along the cell all gates are held fixed, and so all that u_f does"),
        ],
        ids=str,
    )  # fmt: skip
    def test_a_wish_that_cannot_be_met(
        self, wish: dict[str, Any], error: type[Exception], says: str
    ) -> None:
        with pytest.raises(error) as caught:
            gradient(**wish)
        assert says in str(caught.value)


class TestLength:
    @pytest.mark.parametrize("form", ["scalar", "vector", "row"])
    @pytest.mark.parametrize("name", ["lstm", "lstm-peephole"])
    def test_a_total_derivative_grows_with_the_square_of_the_steps(
        self, name: str, form: str
    ) -> None:
        eight, sixteen = (gradient(name, "c", of="c", lag=lag, form=form) for lag in (8, 16))
        assert len(show(sixteen)) < 5 * len(show(eight)) < 100_000


def test_what_the_page_shows_is_true() -> None:
    outcome = doctest.testfile(str(PAGE), module_relative=False)
    assert outcome.attempted > 10
    assert outcome.failed == 0
