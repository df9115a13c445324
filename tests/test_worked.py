"""Worked solutions: every line is true in the model, and the last one is the derived formula."""

from itertools import product
from typing import Any

import pytest

from grader.cells import CELLS, Cell, TooLong, gradient, state
from grader.cells.errors import Known, from_readers
from grader.cells.locally import direct, within
from grader.cells.routes import total
from grader.cells.steps import Moment, moment, moved, substituted
from grader.cells.working.lines import Step
from grader.cells.working.rules import Rule
from grader.cells.working.solution import worked, worked_state
from grader.deciding.ladder import decide
from grader.reading.parser import parse
from grader.reading.printer import latex, show, unicode_line
from grader.reading.tree import Equation, Name, Node
from grader.reading.vocabulary import Vocabulary
from grader.reading.walk import names

EVERY_CELL = pytest.mark.parametrize("cell", CELLS, ids=lambda cell: cell.name)
ANY_NAME = Vocabulary((), any_name=True)


def shown(steps: tuple[Step, ...]) -> list[str]:
    return [f"{show(one.equation)}  [{one.rule.name}]" for one in steps]


class Model:
    """What the names of a line stand for: slopes of arrows or over all routes, and errors."""

    def __init__(self, cell: Cell, *, all_routes: bool = False, last: int = 0) -> None:
        self.cell, self.all_routes, self.last = cell, all_routes, last

    def agrees(self, line: Equation) -> bool:
        return decide(self.opened(line.left), self.opened(line.right)).verdict == "equal"

    def opened(self, tree: Node) -> Node:
        """With every slope and every error put in, down to the errors of the states at step t."""
        while inner := {text: self.meaning(text) for text in names(tree) if self.opens(text)}:
            tree = substituted(tree, inner)
        return tree

    def opens(self, text: str) -> bool:
        if "/" in text or text in {f"δ{weight}" for weight in self.cell.weights}:
            return True
        if (at := moment(text)) is None or not at.quantity.startswith("δ"):
            return False
        return at.step < 0 or at.quantity[1:] not in self.cell.states

    def meaning(self, text: str) -> Node:
        if "/" in text:
            return self.slope(*text.replace("∂", "").split("/"))
        if at := moment(text):
            return from_readers(Known(self.cell, ()), Moment(at.quantity[1:], at.step))
        return gradient(self.cell.name, text[1:], lag=self.last)

    def slope(self, above: str, below: str) -> Node:
        of, by = moment(above), moment(below)
        assert of
        if not self.all_routes:
            read = by.later(-of.step) if by else below
            straight = direct(self.cell, of.quantity, read)
            ways = within(self.cell, of.quantity, read)
            return moved(straight if show(straight) != "0" else ways, of.step)
        if by is None:
            return moved(total(self.cell, of.quantity, below, self.last + of.step), of.step)
        return moved(total(self.cell, of.quantity, by.quantity, of.step - by.step), of.step)


def false_lines(steps: tuple[Step, ...], model: Model) -> list[str]:
    return [show(one.equation) for one in steps if not model.agrees(one.equation)]


class TestEveryLineIsTrue:
    @EVERY_CELL
    def test_errors(self, cell: Cell) -> None:
        for by, lag in product(cell.equations, range(3)):
            steps = worked(cell.name, by, lag=lag)
            assert not false_lines(steps, Model(cell)), (by, lag)

    @EVERY_CELL
    def test_errors_from_those_of_the_states_alone(self, cell: Cell) -> None:
        for by, lag in product(cell.equations, range(2)):
            steps = worked(cell.name, by, lag=lag, known=())
            assert not false_lines(steps, Model(cell)), (by, lag)

    @EVERY_CELL
    def test_errors_of_weights(self, cell: Cell) -> None:
        for weight, lag in product(cell.weights, (0, 2)):
            steps = worked(cell.name, weight, lag=lag)
            assert not false_lines(steps, Model(cell, last=lag)), (weight, lag)

    @EVERY_CELL
    def test_over_all_routes(self, cell: Cell) -> None:
        lags = range(2 if cell.name == "lstm-peephole" else 3)  # its lines soon grow too long
        for of, by, lag in product(cell.states, (*cell.equations, *cell.weights), lags):
            steps = worked(cell.name, by, of=of, lag=lag)
            model = Model(cell, all_routes=True, last=lag)
            assert not false_lines(steps, model), (of, by, lag)

    @EVERY_CELL
    def test_single_arrows(self, cell: Cell) -> None:
        for link in cell.links:
            read = link.read
            by, lag = (read.quantity, -read.step) if isinstance(read, Moment) else (read, 0)
            steps = worked(cell.name, by, of=link.quantity, lag=lag, path="direct")
            assert not false_lines(steps, Model(cell)), link

    @EVERY_CELL
    def test_links_of_a_route(self, cell: Cell) -> None:
        """The first and last line of a route speak of that route alone, not of the model."""
        ways: list[dict[str, Any]] = [
            {"by": by, "of": of, "lag": lag, "path": "cell"}
            for by, of, lag in product(cell.equations, ("E", *cell.states), range(4))
        ]
        ways += [
            {"by": "h", "of": "h", "lag": 1, "path": one} for one in ("z", "n", "r", "f", "i", "o")
            if one in cell.equations
        ]  # fmt: skip
        for way in ways:
            chain, *links = worked(cell.name, **way)
            links = [one for one in links if one.equation.left != chain.equation.left]
            assert not false_lines(tuple(links), Model(cell)), way
            slopes = {one.equation.left.text: one.equation.right for one in links
                      if isinstance(one.equation.left, Name)}  # fmt: skip
            put_in = substituted(chain.equation.right, slopes)
            assert decide(put_in, gradient(cell.name, **way)).verdict == "equal", way

    @EVERY_CELL
    def test_states(self, cell: Cell) -> None:
        for lag in range(4):
            for one in worked_state(cell.name, lag):
                left, right = (self.down(side, cell, lag) for side in
                               (one.equation.left, one.equation.right))  # fmt: skip
                assert decide(left, right).verdict == "equal", (lag, show(one.equation))

    @staticmethod
    def down(tree: Node, cell: Cell, lag: int) -> Node:
        """With the carried state put in, back to the oldest."""
        while inner := {
            text: moved(state(cell.name, 1), at.step)
            for text in names(tree)
            if (at := moment(text)) and at.quantity == cell.carrier and at.step > -lag
        }:
            tree = substituted(tree, inner)
        return tree

    def test_a_false_line_is_noticed(self) -> None:
        [lstm] = (cell for cell in CELLS if cell.name == "lstm")
        for line in (
            "δc_{t-1} = δc_t*f_{t-1} + δh_{t-1}*o_{t-1}*(1 - tanh(c_{t-1})^2)",
            "∂h_t/∂c_t = o_t",
            "δc_{t-2} = δc_t*f_t*f_{t-1}",
        ):
            tree = parse(line, ANY_NAME).tree
            assert isinstance(tree, Equation)
            assert not Model(lstm).agrees(tree), line


class TestTheLastLine:
    @pytest.mark.parametrize("form", ["scalar", "vector", "row"])
    @EVERY_CELL
    def test_it_is_what_is_derived(self, cell: Cell, form: str) -> None:
        wide = {"form": form}
        for by, lag in product((*cell.states, *cell.sums), (0, 1)):
            for wish in (
                {"lag": 2 * lag}, {"lag": lag, "known": ()}, {"lag": 3 * lag, "path": "cell"},
                {"lag": lag, "of": "h"}, {"lag": lag, "of": "h", "path": "cell"},
            ):  # fmt: skip
                derived = gradient(cell.name, by, **wish, **wide)  # type: ignore[arg-type]
                steps = worked(cell.name, by, **wish, **wide)  # type: ignore[arg-type]
                assert steps[-1].equation.right == derived, (by, wish)
        for lag in range(4):
            assert worked_state(cell.name, lag, form=form)[-1].equation.right == state(
                cell.name, lag, form=form
            )

    def test_no_line_is_said_twice(self) -> None:
        for lag in range(1, 6):
            lines = shown(worked("lstm", "c", lag=lag))
            assert len(set(lines)) == len(lines)


class TestTheOrderOfATeacher:
    def test_the_course_exercise(self) -> None:
        assert shown(worked("lstm", "c", lag=2)) == [
            "δc_{t-1} = δc_t*(∂c_t/∂c_{t-1}) + δh_{t-1}*(∂h_{t-1}/∂c_{t-1})  [MEET]",
            "∂c_t/∂c_{t-1} = f_t  [PRODUCT]",
            "∂h_{t-1}/∂c_{t-1} = o_{t-1}*(1 - tanh(c_{t-1})^2)  [TANH]",
            "δc_{t-1} = δc_t*f_t + δh_{t-1}*o_{t-1}*(1 - tanh(c_{t-1})^2)  [PUT_IN]",
            "δc_{t-2} = δc_{t-1}*f_{t-1} + δh_{t-2}*o_{t-2}*(1 - tanh(c_{t-2})^2)  [EARLIER]",
            "δc_{t-2} = (δc_t*f_t + δh_{t-1}*o_{t-1}*(1 - tanh(c_{t-1})^2))*f_{t-1}"
            " + δh_{t-2}*o_{t-2}*(1 - tanh(c_{t-2})^2)  [RECURRENCE]",
            "δc_{t-2} = δc_t*f_t*f_{t-1} + δh_{t-1}*o_{t-1}*(1 - tanh(c_{t-1})^2)*f_{t-1}"
            " + δh_{t-2}*o_{t-2}*(1 - tanh(c_{t-2})^2)  [COLLECT]",
        ]

    def test_into_a_layer(self) -> None:
        assert shown(worked("lstm", "z_f")) == [
            "δf_t = δc_t*(∂c_t/∂f_t)  [CHAIN]",
            "∂c_t/∂f_t = c_{t-1}  [PRODUCT]",
            "δf_t = δc_t*c_{t-1}  [PUT_IN]",
            "δz_{f,t} = δf_t*(∂f_t/∂z_{f,t})  [CHAIN]",
            "∂f_t/∂z_{f,t} = f_t*(1 - f_t)  [SIGMOID]",
            "δz_{f,t} = δc_t*c_{t-1}*f_t*(1 - f_t)  [PUT_IN]",
        ]

    def test_over_all_routes(self) -> None:
        assert shown(worked("rnn", "h", of="h", lag=2)) == [
            "∂h_t/∂h_{t-2} = u*(1 - h_t^2)*(∂h_{t-1}/∂h_{t-2})  [TANH]",
            "∂h_{t-1}/∂h_{t-2} = u*(1 - h_{t-1}^2)  [TANH]",
            "∂h_t/∂h_{t-2} = u*u*(1 - h_t^2)*(1 - h_{t-1}^2)  [PUT_IN]",
            "∂h_t/∂h_{t-2} = u^2*(1 - h_t^2)*(1 - h_{t-1}^2)  [COLLECT]",
        ]

    def test_along_one_route(self) -> None:
        assert shown(worked("gru", "h", of="h", lag=1, path="z")) == [
            "∂h_t/∂h_{t-1} = ∂h_t/∂z_t*(∂z_t/∂z_{z,t})*(∂z_{z,t}/∂h_{t-1})  [ROUTE]",
            "∂h_t/∂z_t = h_{t-1} - n_t  [PRODUCT]",
            "∂z_t/∂z_{z,t} = z_t*(1 - z_t)  [SIGMOID]",
            "∂z_{z,t}/∂h_{t-1} = u_z  [LINEAR]",
            "∂h_t/∂h_{t-1} = u_z*(h_{t-1} - n_t)*z_t*(1 - z_t)  [PUT_IN]",
        ]

    def test_a_shared_weight(self) -> None:
        assert shown(worked("rnn", "u", lag=1)) == [
            "δu = δz_t*(∂z_t/∂u) + δz_{t-1}*(∂z_{t-1}/∂u)  [SHARED]",
            "∂z_t/∂u = h_{t-1}  [LINEAR]",
            "∂z_{t-1}/∂u = h_{t-2}  [EARLIER]",
            "δu = δz_t*h_{t-1} + δz_{t-1}*h_{t-2}  [PUT_IN]",
        ]

    def test_vectors(self) -> None:
        assert shown(worked("rnn", "h", lag=1, form="vector")) == [
            "δh_{t-1} = s_{t-1} + (∂z_t/∂h_{t-1}).T @ δz_t  [MEET]",
            "∂z_t/∂h_{t-1} = U  [LINEAR]",
            "δh_{t-1} = s_{t-1} + U.T @ δz_t  [PUT_IN]",
        ]

    def test_a_matrix_of_weights(self) -> None:
        assert shown(worked("rnn", "U", lag=1, form="vector")) == [
            "δU = δz_t @ h_{t-1}.T + δz_{t-1} @ h_{t-2}.T  [OUTER]"
        ]

    def test_what_is_known_needs_no_working(self) -> None:
        assert shown(worked("lstm", "h")) == ["δh_t = δh_t  [KNOWN]"]

    def test_where_no_route_leads(self) -> None:
        assert shown(worked("lstm", "h", lag=1, path="cell")) == ["δh_{t-1} = 0  [NO_ROUTE]"]

    def test_numbers_and_names_reach_into_slopes(self) -> None:
        steps = worked("rnn", "u", of="h", lag=1, step=2, names={"h_0": "h_start"})
        assert show(steps[1].equation) == "∂h_1/∂u = (1 - h_1^2)*h_{start}"
        assert steps[1].of
        assert show(steps[1].of) == "h_1 = tanh(z_1)"

    def test_the_equation_that_was_differentiated(self) -> None:
        _, link, *_ = worked("lstm", "c", lag=1)
        assert link.of
        assert show(link.of) == "c_t = f_t*c_{t-1} + i_t*g_t"


class TestPrinting:
    @pytest.mark.parametrize("form", ["scalar", "vector"])
    @EVERY_CELL
    def test_every_line_reads_back(self, cell: Cell, form: str) -> None:
        for one in (*worked(cell.name, "h", lag=1, form=form, known=()),
                    *worked(cell.name, "h", of="h", lag=1, form=form)):  # fmt: skip
            declared = Vocabulary(names(one.equation))
            assert show(parse(show(one.equation), declared).tree) == show(one.equation)

    def test_unicode_and_latex(self) -> None:
        chain = worked("lstm", "c", lag=1, path="cell")[0].equation
        assert unicode_line(chain) == "δcₜ₋₁ = δcₜ·(∂cₜ/∂cₜ₋₁)"
        assert latex(chain) == (
            r"\delta c_{t-1} = \delta c_{t} \cdot \frac{\partial c_{t}}{\partial c_{t-1}}"
        )

    def test_every_rule_has_its_words(self) -> None:
        assert all(rule.value for rule in Rule)
        assert len(set(Rule)) == len({rule.value for rule in Rule})


class TestLength:
    def test_six_steps_of_every_recurrence(self) -> None:
        for cell in CELLS:
            assert worked(cell.name, cell.carrier, lag=6)

    def test_a_chain_goes_back_as_far_as_anything(self) -> None:
        assert len(worked("lstm", "c", lag=64, path="cell")) == 66

    def test_what_nobody_would_read_is_refused(self) -> None:
        with pytest.raises(TooLong, match="one line of this would have more than 400"):
            worked("lstm", "c", of="c", lag=4)
