"""Keys that name what is wanted of a cell: what an author writes, and what comes of it."""

from textwrap import dedent, indent
from typing import get_args

import pytest

from grader.cells import CELLS, FORMS
from grader.cells.wish import CellName, FormName, Gradient, State
from grader.kinds.expression import Expression
from quizbank.assemble import assemble
from quizbank.bank import Bank
from quizbank.lint import lint
from quizbank.schema import schema
from quizbank.source_text import Source

HEAD = """
- id: one
  title: One
  topics: [lstm]
  level: 2
  source: s
  given: {k: 2}
  draw: {k: [1, 2, 3]}
  prompt: p
  expression:
"""
NAMES = 'names: ["δc_t", f_t, "f_{t-1}", "f_{t-2}"]'


def read(expression: str) -> tuple[Bank, list[str]]:
    text = HEAD + indent(dedent(expression), "    ")
    bank, problems = assemble([Source("q.yaml", text.encode())], "")
    return bank, [f"{one.line} {one.message}" for one in problems]


def spec(expression: str, seed: int = 0) -> Expression:
    bank, problems = read(expression)
    assert problems == []
    found = bank.question("one", seed).parts[0].spec
    assert isinstance(found, Expression)
    return found


def said(expression: str) -> list[str]:
    return read(expression)[1]


class TestKeys:
    def test_a_gradient(self) -> None:
        key = "gradient: {cell: lstm, of: E, by: c, lag: 2, path: cell}"
        assert spec(f"{NAMES}\n{key}").key == "δc_t*f_t*f_{t-1}"

    def test_a_state(self) -> None:
        key = """
            names: [f_t, i_t, g_t, "c_{t-1}"]
            state: {cell: lstm, lag: 1}
        """
        assert spec(key).key == "f_t*c_{t-1} + i_t*g_t"

    def test_every_field(self) -> None:
        key = """
            names: ["δz_2", "δz_1", h_1, h_0]
            gradient:
              cell: rnn
              of: E
              by: u
              lag: 1
              path: total
              known: [z]
              step: 2
              names: {x_1: ξ}
              form: scalar
        """
        assert spec(key).key == "δz_2*h_1 + δz_1*h_0"

    def test_names_are_known_in_any_spelling(self) -> None:
        key = """
            names: [dc_t, "c_(t-1)", f_t]
            gradient: {cell: lstm, by: "z_{f}"}
        """
        assert spec(key).key == "δc_t*c_{t-1}*f_t*(1 - f_t)"

    def test_numbers_of_the_seed_may_count_the_steps(self) -> None:
        key = "gradient: {cell: lstm, by: c, lag: k, path: cell}"
        found = {spec(f"{NAMES}\n{key}", seed).key for seed in range(12)}
        assert found == {"δc_t*f_t", "δc_t*f_t*f_{t-1}", "δc_t*f_t*f_{t-1}*f_{t-2}"}

    def test_vectors_bring_their_shapes(self) -> None:
        found = spec("""
            names: ["s_{t-1}", U, "δz_t"]
            gradient: {cell: rnn, by: h, lag: 1, form: vector}
        """)
        assert found.key == "s_{t-1} + U.T @ δz_t"
        assert found.shapes == {"s_{t-1}": ("n",), "U": ("n", "n"), "δz_t": ("n",)}
        assert found.grade("U^T δz_t + s_{t-1}").score == 1

    def test_a_mistake_changes_what_is_wished(self) -> None:
        found = spec(f"""
            {NAMES}
            gradient: {{cell: lstm, by: c, lag: 2, path: cell}}
            mistakes:
              - {{id: gate-index-shifted, gives: {{lag: 1}}, says: One step short.}}
        """)
        assert found.mistakes[0].gives == "δc_t*f_t"
        assert found.grade("f_t δc_t").misconception == "gate-index-shifted"

    def test_the_wish_is_known_to_the_bank(self) -> None:
        bank, _ = read(f"{NAMES}\ngradient: {{cell: lstm, by: c, lag: k, path: cell}}")
        assert bank.wishes("one") == {"": Gradient("lstm", "c", lag=2, path="cell")}

    def test_lint_goes_over_it(self) -> None:
        bank, _ = read(f"""
            {NAMES}
            gradient: {{cell: lstm, by: c, lag: k, path: cell}}
            mistakes: [{{id: gate-index-shifted, gives: f_t, says: s}}]
        """)
        rules = {problem.rule for problem in lint(bank)}
        assert not rules & {"key", "mistake", "variant"}, rules


class TestFaults:
    """Every one with its line, and with what helps."""

    @pytest.mark.parametrize(
        ("key", "told"),
        [
            (
                "gradient: {cell: lstn, by: c}",
                "one.expression.gradient.cell: 'lstn' is not one of rnn, lstm, lstm-coupled,"
                " lstm-peephole, gru, gru-replacing, gru-reset-after",
            ),
            (
                "gradient: {cell: rnn, by: c}",
                "one.expression.gradient: rnn has no 'c'; there are z, h, x, w, u, b",
            ),
            (
                "gradient: {cell: gru, of: c, by: h}",
                "one.expression.gradient: gru computes no 'c'; it does z_z, z_r, z, r, z_n, n, h",
            ),
            (
                "gradient: {cell: lstm, by: c, lag: 65}",
                "one.expression.gradient: lag is 65; give 0 to 64 steps",
            ),
            (
                "gradient: {cell: lstm, by: c, path: sell}",
                "one.expression.gradient: the loss has no path 'sell'; there are total, cell",
            ),
            (
                "gradient: {cell: lstm, by: c, of: h, lag: 60}",
                "one.expression.gradient: this formula would have more than 20,000 letters and"
                " signs; take fewer steps, or name more that is `known`",
            ),
            (
                "gradient: {cell: lstm, by: z_f}",
                'one.expression.gradient: is δc_t*c_{t-1}*f_t*(1 - f_t); its names lack "c_{t-1}"',
            ),
            (
                "gradient: {cell: lstm, bye: c, by: f}",
                "one.expression.gradient: 'bye' is not known here; did you mean 'by'?",
            ),
            (
                "gradient: {cell: lstm, by: c, lag: 1/2}",
                "one.expression.gradient.lag: '1/2' is 0.5, and must be a whole number",
            ),
            (
                "state: lstm",
                "one.expression.state: must be names with values: {name: value}",
            ),
        ],
    )
    def test_a_wish_that_cannot_be_met(self, key: str, told: str) -> None:
        assert said(f"{NAMES}\n{key}") == [f"12 {told}"]

    def test_no_names_at_all(self) -> None:
        assert said("gradient: {cell: lstm, by: z_f}") == [
            "11 one.expression.gradient: is δc_t*c_{t-1}*f_t*(1 - f_t);"
            ' declare names: [δc_t, "c_{t-1}", f_t]'
        ]

    def test_two_keys(self) -> None:
        assert said(f"{NAMES}\nkey: f_t\nstate: {{cell: lstm, lag: 1}}") == [
            "13 one.expression: says its key twice, as key and state; keep one"
        ]

    def test_a_mistake_that_cannot_be_derived(self) -> None:
        assert said(f"""
            {NAMES}
            gradient: {{cell: lstm, by: c, lag: 1, path: cell}}
            mistakes:
              - {{id: chain-added, gives: {{lag: 3, by: d}}, says: s}}
        """) == [
            "15 one.expression.mistakes.gives: lstm has no 'd'; there are z_f, z_i, z_o, z_g, f, i,"
            " o, g, c, h, x, w_f, u_f, b_f, w_i, u_i, b_i, w_o, u_o, b_o, w_g, u_g, b_g"
        ]

    def test_a_mistake_that_is_the_key(self) -> None:
        assert said(f"""
            {NAMES}
            gradient: {{cell: lstm, by: c, lag: 1, path: cell}}
            mistakes:
              - {{id: chain-added, gives: {{path: cell}}, says: s}}
        """) == ["12 one.expression: mistake 'chain-added' cannot be told from the key"]


class TestTheSchema:
    def test_a_key_is_typed_or_derived(self) -> None:
        found = schema()["$defs"]["expression"]
        assert found["oneOf"] == [{"required": [one]} for one in ("key", "gradient", "state")]
        assert found["required"] == ["names"]

    def test_it_lists_cells_and_forms(self) -> None:
        fields = schema()["$defs"]["gradient"]["properties"]
        assert fields["cell"] == {"enum": [cell.name for cell in CELLS]}
        assert fields["form"] == {"enum": list(FORMS)}

    def test_a_mistake_may_say_only_what_is_different(self) -> None:
        mistake = schema()["$defs"]["expression"]["properties"]["mistakes"]["items"]
        gradient, state = mistake["properties"]["gives"]["anyOf"][1:]
        assert gradient["required"] == state["required"] == []
        assert "path" in gradient["properties"]


def test_a_wish_names_every_cell_and_form() -> None:
    assert get_args(CellName) == tuple(cell.name for cell in CELLS)
    assert get_args(FormName) == tuple(FORMS)
    assert Gradient("rnn", "h").form == State("rnn").form == "scalar"
