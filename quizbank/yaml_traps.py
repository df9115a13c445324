"""Texts that YAML quietly reads as something else than what an author meant."""

import re
from collections.abc import Iterator

from quizbank.tree import Scalar
from quizbank.yaml_text import Trap

_YAML_1_1 = (
    (re.compile("yes|no|on|off", re.I), "other YAML tools read {} as a truth value"),
    (re.compile(r"null|~", re.I), "other YAML tools read {} as nothing at all"),
    (re.compile(r"[-+]?\d+(:[0-5]?\d)+(\.\d*)?"), "other YAML tools read {} in base 60"),
    (re.compile(r"[-+]?0[0-7_]+"), "other YAML tools read {} as an octal number"),
    (re.compile(r"[-+]?0[xXbBoO][0-9a-fA-F_]+"), "other YAML tools read {} in another base"),
    (
        re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)[eE][-+]?\d+"),
        "YAML tools do not agree whether {} is a number",
    ),
    (re.compile(r"[-+]?\d+(_\d+)+(\.\d*)?"), "other YAML tools drop the underscores of {}"),
    (re.compile(r"\d{4}-\d{1,2}-\d{1,2}"), "other YAML tools read {} as a date"),
    (re.compile(r"[-+]?\.(inf|nan)", re.I), "other YAML tools read {} as a number"),
    (re.compile("="), "other YAML tools cannot read a lone {}"),
)

_ESCAPED = re.compile(r"\\\\|\\([a-zA-Z]+)")

_AFTER_A_LINE_BREAK = frozenset(
    ["nu", "nabla", "ne", "neg", "neq", "ni", "not", "notin", "norm", "newline"]
)
r"""LaTeX commands in `\n`; every other `\n` is taken for the line break it is."""

_INNOCENT = re.compile("n|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}")


def unquoted(scalar: Scalar, _written: str, _rest: str) -> Iterator[tuple[str, str]]:
    """Text that is a number, a date or a truth value to tools that follow YAML 1.1.

    >>> list(unquoted(Scalar("12:30"), "", ""))
    [('unquoted', "other YAML tools read 12:30 in base 60; write '12:30' in quotes")]
    """
    if scalar.style:
        return
    for pattern, trouble in _YAML_1_1:
        if pattern.fullmatch(scalar.text):
            quote = f"write '{scalar.text}' in quotes"
            yield "unquoted", f"{trouble.format(scalar.text)}; {quote}"
            return


def lost_latex(scalar: Scalar, written: str, _rest: str) -> Iterator[tuple[str, str]]:
    r"""LaTeX in double quotes: ``"\tanh"`` is a tab and ``anh``, ``"\nu"`` a line break and ``u``.

    >>> [rule for rule, _ in lost_latex(Scalar("…", style='"'), r'"$\tanh$ and $\\sigma$"', "")]
    ['latex-in-quotes']
    """
    if scalar.style != '"':
        return
    for found in _ESCAPED.finditer(written):
        letters = found[1]
        if letters and (letters in _AFTER_A_LINE_BREAK or not _INNOCENT.match(letters)):
            advice = "use single quotes or a block (|)"
            yield "latex-in-quotes", rf"'\{letters}' is an escape in double quotes; {advice}"


def cut_short(scalar: Scalar, _written: str, rest: str) -> Iterator[tuple[str, str]]:
    """Text that goes on after ``#``: a comment has a space after its sign.

    >>> list(cut_short(Scalar("see sheet"), "see sheet", " #4"))
    [('cut-short', "the text ends before '#4', which is read as a comment; quote the text")]
    """
    tail = rest.lstrip(" ")
    if not scalar.style and tail != rest and re.match(r"#[^\s#]", tail):
        message = f"the text ends before {tail!r}, which is read as a comment; quote the text"
        yield "cut-short", message


BANK_TRAPS: tuple[Trap, ...] = (unquoted, lost_latex, cut_short)

ANSWER_TRAPS: tuple[Trap, ...] = (lost_latex, cut_short)
"""For answers: `no` and `12:30` stay what the learner typed, and that is right."""
