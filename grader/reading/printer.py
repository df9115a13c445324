"""Trees as text: plain, in one line of Unicode, in LaTeX."""

from typing import Final

from grader.reading.styles import Plain
from grader.reading.tree import Node
from grader.reading.typeset import Latex, Line

_PLAIN: Final = Plain()
_LINE: Final = Line()
_LATEX: Final = Latex()


def show(tree: Node) -> str:
    """Plain text that the parser reads back to the same tree.

    >>> from grader.reading.parser import parse
    >>> from grader.reading.vocabulary import Vocabulary
    >>> show(parse(r"\\frac{1 - f_t}{2} c^{<t-1>}", Vocabulary(("f_t", "c_{t-1}"))).tree)
    '(1 - f_t)/2*c_{t-1}'
    """
    return _PLAIN.of(tree)


def unicode_line(tree: Node) -> str:
    """One line for the eye; where Unicode has no subscript the plain spelling stays.

    >>> from grader.reading.parser import parse
    >>> from grader.reading.vocabulary import Vocabulary
    >>> unicode_line(parse("tanh'(c_{t-1})^2 .* U_f^T", Vocabulary(("U_f", "c_{t-1}"))).tree)
    'tanh′²(cₜ₋₁) ⊙ U_fᵀ'
    """
    return _LINE.of(tree)


def latex(tree: Node) -> str:
    r"""LaTeX for mathematics mode.

    >>> from grader.reading.parser import parse
    >>> from grader.reading.vocabulary import Vocabulary
    >>> print(latex(parse("dc_t*sigmoid(x)/n", Vocabulary(("δc_t", "x", "n"))).tree))
    \frac{\delta c_{t} \cdot \sigma\left(x\right)}{n}
    """
    return _LATEX.of(tree)
