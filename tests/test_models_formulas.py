"""Every formula against counting matrix by matrix, and its three readings against each other."""

import doctest
import subprocess
import sys
from math import prod
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.models import GRU, LSTM, Conv2D, Image, Layer, RepeatVector, Sequence, Vector
from grader.models.convolution import FLOOR, LOST, REACH, SAME, SAME_PADDING
from grader.models.dense import MATRIX, TABLE
from grader.models.formula import Count, Formula
from grader.models.recurrent import GATED, LSTM_FORMULAS, SIMPLE
from grader.models.spatial import KERNELS
from grader.reading.exact import evaluate
from grader.reading.parser import parse
from grader.reading.vocabulary import Vocabulary


def matrices(variant: str, m: int, n: int, r: int | None) -> dict[str, list[tuple[int, ...]]]:
    """The arrays of an LSTM with one bias vector per gate, by role."""
    blocks = 3 if variant == "coupled" else 4
    state = (n,) if variant == "diagonal" else (n, n if r is None else r)
    peepholes = [(n,)] * 3 if variant == "peephole" else []
    projection = [(r, n)] if r is not None else []
    return {
        "kernel": [(n, m)] * blocks,
        "recurrent": [state] * blocks + peepholes + projection,
        "bias": [(n,)] * blocks,
    }


@pytest.mark.parametrize(("variant", "projected"), LSTM_FORMULAS)
@settings(deadline=None)
@given(m=st.integers(1, 300), n=st.integers(2, 300), data=st.data())
def test_an_lstm_has_the_weights_of_its_matrices(variant, projected, m, n, data):
    r = data.draw(st.integers(1, n - 1), label="r")
    cell = LSTM(n, variant=variant, projection=r if projected else None)
    arrays = matrices(variant, m, n, r if projected else None)
    sizes = {role: sum(map(prod, shapes)) for role, shapes in arrays.items()}
    keras, pytorch = (cell.weights(Sequence(None, m), one) for one in ("keras", "pytorch"))
    assert {role: getattr(keras, role) for role in sizes} == sizes
    assert keras.total.value == sum(sizes.values())
    assert pytorch.total.value == sum(sizes.values()) + sizes["bias"]


@settings(deadline=None)
@given(m=st.integers(1, 300), n=st.integers(1, 300))
def test_the_formulas_of_the_course_hold(m, n):
    def count(cell: Layer) -> int:
        return cell.weights(Sequence(None, m), "keras").total.value

    assert count(LSTM(n)) == 4 * (n * (m + n) + n)
    assert count(LSTM(n, variant="coupled")) == 3 * (n * (m + n) + n)
    assert count(LSTM(n, variant="diagonal")) == 4 * (n * m + n + n)
    assert count(LSTM(n, variant="peephole")) == count(LSTM(n)) + 3 * n
    assert count(GRU(n, variant="classic")) == 3 * (n * (m + n) + n)
    assert count(GRU(n)) == count(GRU(n, variant="classic")) + 3 * n


WRITTEN = [
    *LSTM_FORMULAS.values(),
    *(GATED, SIMPLE, MATRIX, TABLE, KERNELS),
    *(FLOOR, SAME, REACH, SAME_PADDING, LOST),
]
DERIVED = [FLOOR.put(k=REACH), LOST.put(k=REACH), LSTM_FORMULAS["peephole", False].times(2)]
PAGE = Path(__file__).parent.parent / "docs" / "models.md"


@pytest.mark.parametrize("formula", WRITTEN, ids=str)
def test_the_page_about_models_shows_every_formula(formula):
    assert f"| `{formula}` |" in PAGE.read_text("utf-8")


def test_the_page_about_models_runs():
    unfenced = PAGE.read_text("utf-8").replace("```", "")
    page = doctest.DocTestParser().get_doctest(unfenced, {}, PAGE.name, str(PAGE), 0)
    assert page.examples
    assert not doctest.DocTestRunner().run(page).failed


@pytest.mark.parametrize("formula", WRITTEN + DERIVED, ids=str)
@settings(deadline=None)
@given(data=st.data())
def test_sympy_and_integers_agree(formula: Formula, data: st.DataObject):
    symbolic = formula.symbolic()
    letters = sorted(symbol.name for symbol in symbolic.free_symbols)
    sizes = {letter: data.draw(st.integers(1, 500), label=letter) for letter in letters}
    replaced = {symbol: sizes[symbol.name] for symbol in symbolic.free_symbols}
    count = Count(formula, sizes)
    assert symbolic.xreplace(replaced).doit() == count.value
    assert evaluate(parse(count.working, Vocabulary(())).tree) == count.value


def test_the_conventions_differ_in_the_bias_vectors():
    text = Sequence(None, 16)
    keras, pytorch = (LSTM(32).weights(text, one).total for one in ("keras", "pytorch"))
    assert str(keras.formula) == "4*((m + 1)*n + n^2)"
    assert str(pytorch.formula) == "4*((m + 2)*n + n^2)"
    n = next(one for one in keras.formula.symbolic().free_symbols if one.name == "n")
    assert (pytorch.formula.symbolic() - keras.formula.symbolic()).expand() == 4 * n


def test_shapes_are_formulas_too():
    image = Conv2D(8, 3, 2).output(Image(13, 11, 1))
    assert str(image.formula("height")) == "floor((i + 2*p - k)/s) + 1"
    assert image.quantity("width").working == "floor((11 - 3)/2) + 1"
    assert str(image.formula("channels")) == "f"
    assert RepeatVector(7).output(Vector(5)).formula("steps").symbolic().name == "T"


def test_sympy_is_loaded_only_for_symbols():
    program = (
        "import sys; from grader.models import LSTM, Sequence, stack\n"
        "model = stack(Sequence(None, 16), [('lstm', LSTM(32))])\n"
        "assert model.parameters.working and 'sympy' not in sys.modules\n"
        "model['lstm'].weights.total.formula.symbolic()\n"
        "assert 'sympy' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
