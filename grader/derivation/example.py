"""A counterexample: one network in short numbers in which a line does not hold."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import cycle, islice
from typing import Final

from grader import limits
from grader.cells.steps import Moment, moment, substituted
from grader.deciding.decision import Answer
from grader.deciding.glance import clearly_apart, value
from grader.derivation.world import World
from grader.reading.tree import Name, Node, Sum
from grader.reading.walk import names, walk

_OPEN: Final = (0.5, 0.2, 0.8, 0.4, 0.6, 0.1, 0.9)
_SIZES: Final = (1.0, 2.0, 0.5, 3.0, -1.0, 1.5, -2.0, 4.0)


def example(left: Node, right: Node, world: World) -> str:
    """Where both sides differ, and what they are there; empty where no short example is found.

    >>> from grader.cells.forward import LSTM
    >>> from grader.reading.parser import parse
    >>> from grader.reading.vocabulary import Vocabulary
    >>> words = Vocabulary(("c_t", "f_t", "c_{t-1}", "i_t", "g_t"))
    >>> sides = (parse(side, words).tree for side in ("c_t", "f_t c_{t-1} + i_t"))
    >>> example(*sides, World(LSTM, lag=1))
    'at f_t = 0.5, c_{t-1} = 1, i_t = 0.2, g_t = 0.1: the left side is 0.52, the right side 0.7'
    """
    said = list(dict.fromkeys((*names(right), *names(left))))
    world = _ending_with(said, world)
    for turn in range(limits.WITNESS_TRIES):
        numbers = _Numbers(world, said, turn)
        if clearly_apart(left, right, numbers):
            ours, theirs = (_short(value(side, numbers)) for side in (left, right))
            if ours != theirs:
                shown = [name for name in said if Name(name) not in (left, right)]
                shown += _made_of((left, right), shown, numbers)
                return f"{_listed(shown, numbers)}the left side is {ours}, the right side {theirs}"
    return ""


def _made_of(sides: tuple[Node, ...], shown: list[str], numbers: "_Numbers") -> list[str]:
    """What else the names of a line are worked out from, so that it can be done by hand."""
    named = {name for side in sides for name in names(side)} - {*shown, *numbers.free}
    made = [tree for name in named if (tree := _opened(name, numbers.world)) is not None]
    found = dict.fromkeys(name for tree in made for name in names(tree))
    return [name for name in found if name not in shown and Name(name) not in sides]


def _opened(name: str, world: World) -> Node | None:
    """What a name stands for, slopes put in."""
    tree = world.meaning(name)
    for _ in range(limits.NESTING):
        slopes = [one for one in names(tree) if one.startswith("∂")] if tree else []
        inner = {one: meaning for one in slopes if (meaning := world.meaning(one)) is not None}
        if tree is None or not inner or sum(1 for _ in walk(tree)) > limits.NODES:
            break
        tree = substituted(tree, inner)
    return tree


def of_layers(left: Node, right: Node, world: World) -> str:
    """The same for vectors and matrices, of what the left side stands for.

    >>> from grader.cells.wide import in_form
    >>> from grader.derivation.naming import vocabulary
    >>> from grader.reading.parser import parse
    >>> world = World(in_form("rnn", "vector"), lag=1)
    >>> text = "δh_{t-1} = s_{t-1} + U (δh_t ⊙ (1 - h_t^2))"
    >>> sides = (parse(side, vocabulary(world, text)).tree for side in text.split(" = "))
    >>> of_layers(*sides, world)
    'with n = 2, entry 1: at δh_t[2] = 1, U[1,2] = 1, all else = 0: yours 1, expected 0'
    """
    from grader.deciding.vectors import decide_shaped  # noqa: PLC0415 - most lines are of numbers
    from grader.derivation.vectors import Vectors  # noqa: PLC0415

    said = {*names(right), *(() if isinstance(left, Name) else names(left))}
    ours, theirs = _in_terms_of(left, said, world), _in_terms_of(right, said, world)
    shapes = Vectors(world.meaning, world).shapes(Sum((ours, theirs)))
    decision = decide_shaped(ours, theirs, shapes)
    return decision.finding if decision.verdict is Answer.DIFFERENT else ""


def _in_terms_of(tree: Node, said: set[str], world: World) -> Node:
    """A formula in the names of a line, and in those that stand for nothing else; slopes put in."""
    for _ in range(limits.NESTING):
        inner = {
            name: meaning
            for name in names(tree)
            if name not in said or name.startswith("∂")
            if name not in world.squashed
            if (meaning := world.meaning(name)) is not None
        }
        if not inner or sum(1 for _ in walk(tree)) > limits.NODES:
            break
        tree = substituted(tree, inner)
    return tree


def _ending_with(said: list[str], world: World) -> World:
    """The same steps up to the last error that a line speaks of; from later all may come."""
    errors = [at.step for name in said if name.startswith("δ") and (at := moment(name[1:]))]
    last = max(errors, default=world.steps[-1])
    return world if last >= world.steps[-1] else replace(world, last=False, horizon=last)


class _Numbers(Mapping[str, float]):
    """A network: short numbers for what is free, and all else worked out when it is asked for."""

    def __init__(self, world: World, said: list[str], turn: int) -> None:
        self.world = world
        self.free = dict(_drawn(said, world, turn))
        self.known: dict[str, float] = {}

    def __getitem__(self, name: str) -> float:
        if name not in self.known:
            tree = None if name in self.free else self.world.meaning(name)
            drawn = self.free.get(name, 1.0)
            self.known[name] = drawn if tree is None else value(tree, self)
        return self.known[name]

    def __contains__(self, name: object) -> bool:
        return name not in ("e", "π")

    def __iter__(self) -> Iterator[str]:
        return iter(self.known)

    def __len__(self) -> int:
        return len(self.known)


def _drawn(said: list[str], world: World, turn: int) -> Iterator[tuple[str, float]]:
    """Short numbers for the names that no other name here has a say in; gates between 0 and 1."""
    inside = _is_written_out(said, world)
    gates = islice(cycle(_OPEN), turn, None)
    sizes = islice(cycle(_SIZES), turn, None)
    for name in _all(said, world):
        squashed = name in world.squashed
        if squashed and not inside:
            yield name, next(gates)
        elif name in said and _is_free(name, said, world):
            yield name, next(gates) if squashed else next(sizes)
        elif world.meaning(name) is None:
            yield name, next(sizes)


def _all(said: list[str], world: World) -> list[str]:
    """The names of a line, then all that they stand for."""
    found = dict.fromkeys(said)
    waiting = list(said)
    while waiting:
        tree = world.meaning(waiting.pop(0))
        new = [name for name in names(tree) if name not in found] if tree else []
        found |= dict.fromkeys(new)
        waiting += new
    return list(found)


def _is_written_out(said: list[str], world: World) -> bool:
    """Whether the line speaks of what is inside the squashings."""
    at = (moment(name) for name in said)
    of_inside = {one.quantity for one in at if one} & {*world.cell.sums, *world.cell.inputs}
    return bool(
        of_inside or {name for name in said if name in world.cell.weights and name[0] != "u"}
    )


def _is_free(name: str, said: list[str], world: World) -> bool:
    """Whether a name can be given any value, whatever the others are."""
    if name.startswith("∂"):
        return False
    return _has_own_loss(name, said, world) or not _depends(name, said, world)


def _has_own_loss(name: str, said: list[str], world: World) -> bool:
    """Whether the loss of its own step, of which the line does not speak, can make it anything."""
    at = moment(name[1:]) if name.startswith("δ") else None
    own = at is not None and at.quantity == world.cell.output
    return own and at is not None and Moment("s", at.step).text not in said


def _depends(name: str, said: list[str], world: World) -> bool:
    """Whether another name of the line has a say in this one."""
    return any(one in said for one in _all([name], world)[1:])


def _listed(shown: list[str], numbers: Mapping[str, float]) -> str:
    where = ", ".join(f"{name} = {_short(numbers[name])}" for name in shown)
    return f"at {where}: " if where else ""


def _short(number: float) -> str:
    return f"{number:.3g}"
