"""What no field can tell of a line: both sides unfolded into the basis, and put to the ladder."""

from collections.abc import Iterable

from grader import limits
from grader.cells.steps import substituted
from grader.deciding.ladder import Answer, decide
from grader.derivation.judged import Mark
from grader.derivation.world import World
from grader.reading.tree import Node
from grader.reading.walk import names, walk


def decided(left: Node, right: Node, worlds: Iterable[World]) -> Mark:
    """True in one of some worlds, wrong in all of them (or where there is none), or undecided.

    >>> from grader.cells.forward import LSTM
    >>> from grader.reading.parser import parse
    >>> from grader.reading.vocabulary import Vocabulary
    >>> words = Vocabulary(("c_t", "f_t", "c_{t-1}", "i_t", "g_t"))
    >>> sides = (parse(side, words).tree for side in ("abs(c_t)", "max(c_t, -c_t)"))
    >>> decided(*sides, [World(LSTM, lag=1)]).value
    'true'
    """
    marks = {_decided(left, right, world) for world in worlds}
    if Mark.TRUE in marks:
        return Mark.TRUE
    return Mark.UNDECIDED if Mark.UNDECIDED in marks else Mark.WRONG


def _decided(left: Node, right: Node, world: World) -> Mark:
    if world.is_wide:
        return Mark.UNDECIDED
    ours, theirs = (_unfolded(side, world) for side in (left, right))
    if ours is None or theirs is None:
        return Mark.UNDECIDED
    match decide(ours, theirs, gates=world.gates).verdict:
        case Answer.EQUAL:
            return Mark.TRUE
        case Answer.DIFFERENT if not _speaks_of_sums((ours, theirs), world):
            return Mark.WRONG
        case _:
            return Mark.UNDECIDED


def _unfolded(tree: Node, world: World) -> Node | None:
    """A formula in the basis, gates and candidates by name; None where it grows too long."""
    for _ in range(limits.NESTING):
        inner = {
            name: meaning
            for name in names(tree)
            if name not in world.squashed and (meaning := world.meaning(name)) is not None
        }
        if not inner:
            return tree
        tree = substituted(tree, inner)
        if _is_long(tree):
            return None
    return None


def _is_long(tree: Node) -> bool:
    return sum(1 for _ in walk(tree)) > limits.NODES


def _speaks_of_sums(sides: tuple[Node, ...], world: World) -> bool:
    """Whether gates, free by name in the basis, may be bound by what is inside them."""
    weights = {one for one in world.cell.weights if not one.startswith("u")}
    return any(weights.intersection(names(side)) for side in sides)
