"""LaTeX and Markdown of prompts as a terminal shows them."""

import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from cli import symbols
from cli.markdown import formulas, phrase, prose, safe
from cli.mathtext import unicode_math
from cli.spelling import spell

ROOT = Path(__file__).parents[1]
SHOWN = [
    # indices and powers
    (r"c_{t-1}", "cₜ₋₁", "c_{t-1}"),
    (r"W_f x_t + b_f", "W_f xₜ + b_f", "W_f x_t + b_f"),  # Unicode has no small f below
    (r"W_{hh}", "Wₕₕ", "W_{hh}"),
    (r"\delta c_t", "δcₜ", "δc_t"),
    (r"2^{99}", "2⁹⁹", "2^{99}"),
    (r"e^{-x}", "e⁻ˣ", "e^{-x}"),
    (r"W_f^\top", "W_fᵀ", "W_f^T"),
    (r"h^{(l)}_t", "hₜ⁽ˡ⁾", "h_t^{(l)}"),
    (r"\sigma'(x)", "σ′(x)", "σ'(x)"),
    (r"a_{i,j}", "a_{i,j}", "a_{i,j}"),
    (r"x_1 \ldots x_t", "x₁ … xₜ", "x_1 … x_t"),
    # signs and the space around them
    (r"a=b", "a = b", "a = b"),
    (r"a\odot b", "a ⊙ b", "a ⊙ b"),
    (r"-x-1", "−x − 1", "-x - 1"),
    (r"x^{-1}", "x⁻¹", "x^{-1}"),
    (r"(-1, +1)", "(−1, +1)", "(-1, +1)"),
    (r"+ b", "+ b", "+ b"),  # a line may go on with a sign
    (r"6{,}272", "6,272", "6,272"),
    (r"f(x,y)", "f(x, y)", "f(x, y)"),
    (r"\tanh x + \tanh(x)", "tanh x + tanh(x)", "tanh x + tanh(x)"),
    (r"4(n+m)", "4(n + m)", "4(n + m)"),
    (r"\|U\| < 1", "‖U‖ < 1", "‖U‖ < 1"),
    # fractions and roots never change what is meant
    (r"\frac{1}{2}", "1/2", "1/2"),
    (r"\frac{a+b}{2}", "(a + b)/2", "(a + b)/2"),
    (r"\frac{a}{2b}", "a/(2b)", "a/(2b)"),
    (r"\frac{a}{b}c", "(a/b)c", "(a/b)c"),
    (r"\frac{a}{b}+c", "a/b + c", "a/b + c"),
    (r"\frac{\frac{a}{b}}{c}", "(a/b)/c", "(a/b)/c"),
    (r"\frac{\partial E}{\partial c_t}", "∂E/∂cₜ", "∂E/∂c_t"),
    (r"\left\lfloor\frac{13-k}{s}\right\rfloor", "⌊(13 − k)/s⌋", "⌊(13 - k)/s⌋"),
    (r"\sqrt{x}", "√x", "√x"),
    (r"\sqrt{x+1}", "√(x + 1)", "√(x + 1)"),
    (r"\sqrt[3]{x}", "³√x", "³√x"),
    # sums, accents, alphabets, words
    (r"\sum_{k=1}^{T} x_k", "Σₖ₌₁ᵀ xₖ", "Σ_{k=1}^T x_k"),
    (r"\prod_k U_k", "∏ₖ Uₖ", "∏_k U_k"),
    (r"\tilde{c}_t", "c̃ₜ", "c̃_t"),
    (r"\overrightarrow{h_t}", "h⃗ₜ", "h⃗_t"),
    (r"x \in \mathbb{R}^n", "x ∈ ℝⁿ", "x ∈ ℝ^n"),
    (r"\mathcal{L}", "ℒ", "ℒ"),
    (r"\text{number of weights}", "number of weights", "number of weights"),
    (r"\operatorname{diag}(x)U", "diag(x)U", "diag(x)U"),
    (r"\begin{pmatrix}a&b\\c&d\end{pmatrix}", "[a b; c d]", "[a b; c d]"),
    (r"\begin{aligned}a&=b\\&+c\end{aligned}", "a = b\n+ c", "a = b\n+ c"),
    # what nobody should write still prints
    (r"\unheardof{x}", "unheardof x", "unheardof x"),
    (r"\frac", "/", "/"),
    (r"a_", "a", "a"),
    (r"}{", "}", "}"),
    ("", "", ""),
]


@pytest.mark.parametrize(("latex", "shown", "typed"), SHOWN, ids=[row[0] for row in SHOWN])
def test_a_formula_is_shown_and_typed(latex: str, shown: str, typed: str) -> None:
    assert unicode_math(latex) == shown
    assert unicode_math(latex, raised=False) == typed


@given(st.text(alphabet=r"abcW_^{}\frac\sum\left(&)1 -=,'", max_size=40))
def test_no_formula_fails(latex: str) -> None:
    assert isinstance(unicode_math(latex), str)


@given(st.text(max_size=60))
def test_nothing_reaches_the_terminal_but_text(text: str) -> None:
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, color_system=None, width=60)
    for shown in (prose(text), phrase(text), formulas(text)):
        console.print(shown)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", screen.getvalue())


@given(st.text(max_size=60))
def test_whatever_is_spelled_is_ascii(text: str) -> None:
    assert spell(text).isascii()


def lines(markdown: str, width: int = 60) -> list[str]:
    screen = io.StringIO()
    Console(file=screen, width=width, color_system=None).print(prose(markdown))
    return [line.rstrip() for line in screen.getvalue().splitlines() if line.strip()]


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        (r"costs \$5 and $5", ["costs $5 and $5"]),
        (r"$h_t = $ ?", ["hₜ = ?"]),
        (r"`$x$` is not $x^2$", ["$x$ is not x²"]),
        ("$a_1*b$ and $c*d$", ["a₁ · b and c · d"]),  # no emphasis inside formulas
        ("$|x|$ | y", ["|x| | y"]),
        ("[bold]x[/bold]", ["[bold]x[/bold]"]),  # rich's own markup means nothing
        ("&#27;[2J &#x9b;2J", ["�[2J �2J"]),
        ("[a](http://b.c)", ["a (http://b.c)"]),
        ("```\nx  $y$\n```", ["    x  $y$"]),
        ("$$\na = b\n$$", ["    a = b"]),
        ("# Title\n- one\n- two", ["Title", " • one", " • two"]),
        ("| a | b |\n|---|---|\n| $x_1$ | 2 |", ["a    b", "──────", "x₁   2"]),
    ],
)
def test_markdown_is_shown(markdown: str, shown: list[str]) -> None:
    assert lines(markdown) == shown


def test_a_phrase_keeps_what_is_no_markup() -> None:
    assert phrase("4*(n+m)*k + 2 * x_1 * y").plain == "4*(n+m)*k + 2 * x_1 * y"
    assert phrase(r"the *gate* `f_t`, $f_t$ and \*stars\*").plain == "the gate f_t, fₜ and *stars*"
    assert formulas("yours 4*c_t*d, $c_t$").plain == "yours 4*c_t*d, cₜ"


def test_controls_are_shown_not_sent() -> None:
    assert safe("\x1b[31m\x07\r\u202e") == "␛[31m␇\n�"


def test_every_command_of_the_shipped_bank_is_known() -> None:
    """A command that no table knows prints as its name: a slip of the author's, or of ours."""
    files = sorted((ROOT / "quizbank" / "questions").glob("*.yaml"))
    formulas_found = {
        formula for file in files for formula in re.findall(r"\$[^$\n]+\$", file.read_text("utf-8"))
    }
    commands = {name for one in formulas_found for name in re.findall(r"\\([A-Za-z]{2,})", one)}
    assert {name for name in commands if not known(name)} == set()
    assert len(commands) > 20


def known(command: str) -> bool:
    """Whether a table says what to do with a command."""
    own_name = symbols.FUNCTIONS | symbols.SILENT | symbols.WORDS | symbols.STYLES
    return command in own_name or unicode_math(f"\\{command}{{x}}") != f"{command} x"


def test_an_unknown_command_would_be_noticed() -> None:
    assert not known("unheardof")


@pytest.mark.parametrize("text", ["- one\n- two", "| a |\n|---|\n| b |", "words", "    code"])
def test_no_block_begins_with_a_blank_line(text: str) -> None:
    console = Console(file=io.StringIO(), width=40)
    with console.capture() as captured:
        console.print(prose(text))
    assert captured.get().split("\n")[0].strip()


def test_a_narrow_table_folds_what_it_cannot_hold() -> None:
    console = Console(file=io.StringIO(), width=20)
    with console.capture() as captured:
        console.print(prose("| layer | size |\n|---|---|\n| TimeDistributed(Dense) | 1, 2, 3 |"))
    assert "…" not in captured.get()
