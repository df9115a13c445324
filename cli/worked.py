"""Worked solutions line by line: formulas as on a blackboard, the rule beside each."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from cli import words
from cli.rows import rows
from grader.cells.working.lines import Step
from grader.reading.display import columns
from grader.reading.drawing import Drawing, beside, line
from grader.reading.layout import drawing
from grader.reading.printer import latex, show, unicode_line

_GAP: Final = 3  # columns between a formula and its rule
_LEAST: Final = 50  # columns for formulas; with less they take all, and push their rules down
_NUMBER: Final = 4  # columns of the number before each line


class Steps:
    """Lines aligned at their equals signs; a left side that only continues is left out.

    >>> from grader.cells import worked
    >>> Console(width=60).print(Steps(worked("lstm", "c", of="h", path="direct")))
        ∂hₜ
    1   ─── = oₜ·(1 − tanh²(cₜ))   tanh′ = 1 − tanh²
        ∂cₜ                        in hₜ = oₜ·tanh(cₜ)
    """

    def __init__(self, steps: Sequence[Step]) -> None:
        self.steps = steps
        lefts = [one.equation.left for one in steps]
        again = [False, *(one == before for before, one in pairwise(lefts))]
        self.lefts = [
            line("") if same else drawing(left) for left, same in zip(lefts, again, strict=True)
        ]
        self.left = max(one.width for one in self.lefts)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        room = options.max_width - self.indent
        reasons = max(columns(text) for one in self.steps for text in _reasons(one))
        beside = room - _GAP - reasons
        is_wide = beside >= _LEAST
        rights = [rows(one.equation.right, beside if is_wide else room) for one in self.steps]
        widest = max(row.width for right in rights for row in right)
        column = max(options.max_width - reasons, self.indent)
        column = min(column, self.indent + widest + _GAP)
        was_tall = False
        for number, (step, right) in enumerate(zip(self.steps, rights, strict=True)):
            lines = _explained(self._written(number, right), _reasons(step), column)
            if number and (was_tall or len(lines) > 1):
                yield Text()
            yield from lines
            was_tall = len(lines) > 1

    @property
    def indent(self) -> int:
        """Columns to the left of every right side."""
        return _NUMBER + self.left + len(" = ")

    def _written(self, number: int, right: Sequence[Drawing]) -> Drawing:
        """One equation: its number, left side and equals sign, and the right side in its rows."""
        left = self.lefts[number]
        padded = beside([left, line(" " * (self.left - left.width) + " = ")])
        first = beside([line(f"{number + 1:<{_NUMBER}}"), padded, right[0]])
        further = (" " * self.indent + text for row in right[1:] for text in row.lines)
        return Drawing((*first.lines, *further), first.baseline)


def _explained(written: Drawing, reasons: Sequence[str], column: int) -> list[Text]:
    """An equation with its reasons in a column: beside it, or below where it is too long."""
    lines = [row.rstrip() for row in written.lines]
    texts = [Text(row, no_wrap=True) for row in lines]
    at = written.baseline
    for place, reason in enumerate(reasons):
        while at < len(texts) and columns(lines[at]) + _GAP > column:
            at += 1
        if at == len(texts):
            texts.append(Text())
            lines.append("")
        texts[at].append(" " * (column - columns(lines[at])))
        texts[at].append(reason, _style(place))
        at += 1
    return texts


def _style(place: int) -> str:
    """The rule stands out; the equation that it was applied to does not."""
    return "quiet" if place else "accent"


def _reasons(step: Step) -> list[str]:
    """The rule, and the equation that it was applied to."""
    return [str(step.rule), *([words.in_equation(unicode_line(step.of))] if step.of else [])]


def spoken(steps: Sequence[Step]) -> Iterator[str]:
    """The same for ears and pipes: in the spelling that a learner would type, never broken."""
    for number, step in enumerate(steps, 1):
        where = f", {words.in_equation(show(step.of))}" if step.of else ""
        yield f"{number}. {show(step.equation)}  ({step.rule}{where})"


def typeset(steps: Sequence[Step]) -> Iterator[str]:
    r"""The same as LaTeX for mathematics mode.

    >>> from grader.cells import worked
    >>> print(*typeset(worked("lstm", "c", of="c", lag=1, path="direct")), sep="\n")
    \begin{aligned}
    \frac{\partial c_{t}}{\partial c_{t-1}} &= f_{t} && \text{product rule}
    \end{aligned}
    """
    lefts = [None, *(one.equation.left for one in steps)]
    lines = [
        f"{'' if one.equation.left == before else latex(one.equation.left)} "
        f"&= {latex(one.equation.right)} && {one.rule.latex}".lstrip()
        for one, before in zip(steps, lefts, strict=False)
    ]
    yield r"\begin{aligned}"
    yield " \\\\\n".join(lines)
    yield r"\end{aligned}"
