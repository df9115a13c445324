"""A list of misconceptions as written, to misconceptions."""

from quizbank.formulas import Scope
from quizbank.misconceptions import Misconception
from quizbank.parts import read_id
from quizbank.problem import Problem
from quizbank.tree import Sequence, Tree
from quizbank.values import Unreadable, Values

_WRITTEN = ("id", "name", "explains", "source")


def read_misconceptions(
    tree: Tree, file: str, own: bool = True
) -> tuple[list[Misconception], list[Problem]]:
    """The entries of a list of misconceptions, and what is wrong with it.

    >>> from quizbank.yaml_text import read
    >>> tree, _ = read("- {id: no-bias, name: no biases, explains: Each unit has one.}", "m.yaml")
    >>> read_misconceptions(tree, "m.yaml")[0][0].name
    'no biases'
    """
    problems: list[Problem] = []
    if not isinstance(tree, Sequence):
        message = "must be a list of misconceptions: lines with '- '"
        return [], [Problem(file, tree.line, "type", message)]
    found: list[Misconception] = []
    for position, item in enumerate(tree.items, 1):
        try:
            values = Values(file, Scope(), problems, f"misconception {position}")
            found.append(_read(item, values, own))
        except Unreadable:
            continue
    return found, problems


def _read(item: Tree, values: Values, own: bool) -> Misconception:
    written = values.mapping(item)
    read_id(written, values)
    values.known(written, _WRITTEN)
    before = len(values.problems)
    texts = values.fields(Misconception, written, only=_WRITTEN)
    if len(values.problems) > before:
        raise Unreadable
    return Misconception(**texts, file=values.file, line=written.line, own=own)
