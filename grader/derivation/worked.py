"""A worked derivation, made from the model: one line for every name that must be put in."""

from grader.cells.steps import substituted
from grader.derivation.goal import Goal
from grader.derivation.world import Routes
from grader.reading.printer import show
from grader.reading.tree import Node


def worked(goal: Goal, step: int | None = None) -> str:
    """Lines that lead to a goal; with ``step``, no more than one earlier line is put in at once.

    >>> from grader.cells.forward import LSTM
    >>> from grader.derivation.goal import Target
    >>> from grader.derivation.world import World
    >>> print(worked(Goal(Target("c", lag=2), World(LSTM, 2, routes=Routes.CELL))))
    along the cell path:
    δc_{t-1} = δc_t*f_t
    δc_{t-2} = δc_{t-1}*f_{t-1}
      = (δc_t*f_t)*f_{t-1}
      = δc_t*f_t*f_{t-1}
    """
    written = _Written(goal, step)
    tree = written.closed(goal.name.text)
    if tree is not None and show(tree) != (key := show(goal.key)):
        written.lines.append(f"  = {key}")
    said = ["along the cell path:"] if goal.world.routes is Routes.CELL else []
    return "\n".join([*said, *written.lines])


class _Written:
    """Lines so far, and what they have shown of every name."""

    def __init__(self, goal: Goal, step: int | None) -> None:
        self.goal = goal
        self.step = step
        self.lines: list[str] = []
        self.shown: dict[str, Node] = {}

    def closed(self, name: str) -> Node | None:
        """What a name comes to; the lines that show it are written on the way."""
        if name in self.shown:
            return self.shown[name]
        if (tree := self.goal.world.meaning(name)) is None:
            return None
        inner = {
            one: known for one in self.goal.open_in(tree) if (known := self.closed(one)) is not None
        }
        sides = [show(tree)]
        changes = [inner] if self.step is None else [{one: known} for one, known in inner.items()]
        for change in filter(None, changes):
            tree = substituted(tree, change)
            sides.append(show(tree))
        self.lines += [f"{name} = {sides[0]}", *(f"  = {side}" for side in sides[1:])]
        self.shown[name] = tree
        return tree
