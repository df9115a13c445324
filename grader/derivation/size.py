"""How many equations of the model a line puts in at once."""

from collections.abc import Iterator, Mapping

from grader import limits
from grader.cells.steps import moment
from grader.derivation import network
from grader.derivation.network import Network
from grader.derivation.world import World
from grader.reading.tree import Name, Node
from grader.reading.walk import names


def takes_at_most(
    step: int, left: Node, right: Node, world: World, shown: Mapping[str, Node]
) -> bool:
    """Whether so many equations, put in at once, make both sides of a true line equal.

    What the learner has ``shown`` of a name counts as one equation, however much it took, and as
    none of the name on the left, from where the line goes on. The slopes of single equations are
    read off and count nothing, nor do those of the sums inside the layers. Where there are too many
    choices to try them all, the line is let pass.

    >>> from grader.cells.forward import LSTM
    >>> from grader.reading.parser import parse
    >>> from grader.reading.vocabulary import Vocabulary
    >>> words = Vocabulary(("c_t", "f_t", "c_{t-1}", "i_t", "g_t", "f_{t-1}", "c_{t-2}",
    ...     "i_{t-1}", "g_{t-1}"))
    >>> def fits(step, *sides):
    ...     left, right = (parse(side, words).tree for side in sides)
    ...     return takes_at_most(step, left, right, World(LSTM, lag=2), {})
    >>> fits(1, "c_t", "f_t c_{t-1} + i_t g_t"), fits(0, "f_t i_t", "i_t f_t")
    (True, True)
    >>> twice = "c_t", "f_t (f_{t-1} c_{t-2} + i_{t-1} g_{t-1}) + i_t g_t"
    >>> fits(1, *twice), fits(2, *twice)
    (False, True)
    """
    tried = 0
    waiting: list[frozenset[tuple[str, Node]]] = [frozenset()]
    if isinstance(left, Name) and left.text in shown:
        waiting.append(frozenset({(left.text, shown[left.text])}))
    met, free = set(waiting), frozenset(waiting[-1])
    while waiting:
        put_in = waiting.pop(0)
        if (tried := tried + 1) > limits.CHOICES:
            return True
        if _partly(dict(put_in), world).agrees(left, right) is not False:
            return True
        if len(put_in - free) < step:
            choices = _choices((left, right), put_in, world, shown)
            new = dict.fromkeys(put_in | {choice} for choice in choices)
            waiting += [one for one in new if one not in met]
            met.update(new)
    return False


def _partly(put_in: Mapping[str, Node], world: World) -> Network:
    """A network in which only some names stand for something, and the slopes of one equation."""

    def meaning(name: str) -> Node | None:
        return world.meaning(name) if _is_slope(name, world) else put_in.get(name)

    return network.free(world).partly(meaning)


def _choices(
    sides: tuple[Node, ...],
    put_in: frozenset[tuple[str, Node]],
    world: World,
    shown: Mapping[str, Node],
) -> Iterator[tuple[str, Node]]:
    """Further equations: of a name that is there, or has come in with another equation."""
    done = {name for name, _ in put_in}
    formulas = (*sides, *(formula for _, formula in put_in))
    slopes = (
        tree
        for one in formulas
        for name in names(one)
        if _is_slope(name, world)
        if (tree := world.meaning(name))
    )
    for name in dict.fromkeys(name for one in (*formulas, *slopes) for name in names(one)):
        if name in done:
            continue
        for formula in (shown.get(name), world.meaning(name)):
            if formula is not None:
                yield name, formula


def _is_slope(name: str, world: World) -> bool:
    of = moment(name.lstrip("∂").partition("/∂")[0]) if name.startswith("∂") else None
    if of is not None and of.quantity in world.cell.sums:
        return True
    return of is not None and not name.startswith("∂∂") and world.partials != "total"
