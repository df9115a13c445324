"""Names in time: ``c_{t-1}`` is ``c`` one step before t, and ``u_f`` belongs to no step."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from grader import limits
from grader.reading.spelling import canonical
from grader.reading.tree import Name, Node
from grader.reading.walk import names, rebuilt

_IN_TIME: Final = re.compile(r"(?P<letter>[^_]+)_\{?(?:(?P<index>[^,{}]+),)?t(?P<step>[+-]\d+)?\}?")


class Moment(NamedTuple):
    """A quantity at a step, counted from t: negative steps lie in the past.

    >>> Moment("c", -1).text, Moment("z_f", 0).text, Moment("δz_f", -2).text
    ('c_{t-1}', 'z_{f,t}', 'δz_{f,t-2}')
    """

    quantity: str
    step: int

    @property
    def text(self) -> str:
        """The name as the grader spells it."""
        letter, _, index = self.quantity.partition("_")
        inside = f"{index}," if index else ""
        time = f"t{self.step:+d}" if self.step else "t"
        return f"{letter}_{{{inside}{time}}}" if inside or self.step else f"{letter}_t"

    @property
    def name(self) -> Name:
        return Name(self.text)

    def later(self, steps: int) -> "Moment":
        """The same quantity that many steps later."""
        return Moment(self.quantity, self.step + steps)


@lru_cache(maxsize=limits.SPELLINGS)
def moment(text: str) -> Moment | None:
    """The quantity and step that a name tells of; None for weights and other timeless names.

    >>> moment("z_{f,t-1}"), moment("u_f")
    (Moment(quantity='z_f', step=-1), None)
    """
    if not (found := _IN_TIME.fullmatch(text)):
        return None
    index = f"_{found['index']}" if found["index"] else ""
    return Moment(found["letter"] + index, int(found["step"] or 0))


def moved(tree: Node, steps: int) -> Node:
    """A formula with every name in time moved by that many steps.

    >>> from grader.reading.printer import show
    >>> from grader.reading.tree import Product
    >>> show(moved(Product((Name("u"), Name("h_{t-1}"))), -1))
    'u*h_{t-2}'
    """
    found = {text: at.later(steps).name for text in names(tree) if (at := moment(text))}
    return substituted(tree, found) if steps else tree


def numbered(tree: Node, step: int) -> Node:
    """A formula with t put in: ``h_{t-1}`` is ``h_1`` for step 2, ``z_{f,t}`` is ``z_{f,2}``.

    >>> numbered(Name("h_{t-1}"), 2)
    Name(text='h_1')
    """
    return substituted(tree, {text: _at(at, step) for text in names(tree) if (at := moment(text))})


def substituted(tree: Node, changes: Mapping[str, Node]) -> Node:
    """A formula with other formulas in place of some names, all at once."""
    if isinstance(tree, Name):
        return changes.get(tree.text, tree)
    return rebuilt(tree, lambda child: substituted(child, changes))


def renamed(tree: Node, step: int | None, changes: Mapping[str, str]) -> Node:
    """A formula as somebody wants to see it: a number for t, if one is given, and other names.

    >>> renamed(Name("δz_{f,t}"), None, {"δz_{f,t}": "δf"})
    Name(text='δf')
    """
    tree = tree if step is None else numbered(tree, step)
    return substituted(tree, {canonical(old): Name(canonical(new)) for old, new in changes.items()})


def _at(at: Moment, step: int) -> Name:
    letter, _, index = at.quantity.partition("_")
    number = str(at.step + step)
    plain = not index and len(number) == 1
    return Name(f"{letter}_{number}" if plain else f"{letter}_{{{index}{index and ','}{number}}}")
