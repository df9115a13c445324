"""What a derivation must arrive at: a name on one side, and only what is known on the other."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from grader.cells.gradient import LOSS, gradient, state
from grader.cells.steps import Moment, moment
from grader.derivation.target import Target
from grader.derivation.world import Routes, World
from grader.reading.spelling import canonical
from grader.reading.tree import Name, Node
from grader.reading.walk import names


@dataclass(frozen=True, slots=True)
class Goal:
    """A target in the world in which it is meant.

    >>> from grader.cells.forward import LSTM
    >>> goal = Goal(Target("c", lag=2), World(LSTM, lag=2))
    >>> from grader.reading.printer import show
    >>> goal.name.text, show(goal.key)[:30]
    ('δc_{t-2}', 'δc_t*f_t*f_{t-1} + δh_{t-1}*o_')
    >>> list(goal.open_in(goal.key)), list(goal.open_in(Name("δc_{t-1}")))
    ([], ['δc_{t-1}'])
    """

    target: Target
    world: World

    @property
    def name(self) -> Name:
        """What must stand alone on one side."""
        cell, target = self.world.cell, self.target
        if target.state is not None:
            return Moment(cell.carrier, 0).name
        by = canonical(target.by)
        at = by if by in cell.weights else Moment(by, -target.lag).text
        if canonical(target.of) == LOSS:
            return Name(f"δ{at}")
        return Name(f"∂{Moment(canonical(target.of), 0).text}/∂{at}")

    @property
    def key(self) -> Node:
        """What it equals; raises what `grader.cells.gradient` raises."""
        return _key(self.target, self.world)

    @property
    def path(self) -> str:
        """The routes that count, in the words of `grader.cells.gradient`."""
        return _path(self.world)

    def open_in(self, side: Node) -> Iterator[str]:
        """The names on a side that must still be put in."""
        given = _given(self.target, self.world)
        return (name for name in names(side) if name not in given and not self._is_known(name))

    def _is_known(self, name: str) -> bool:
        if name.startswith("∂"):
            return False
        if name.startswith("δ"):
            return self._is_known_error(name[1:])
        at = moment(name)
        if at is None or self.target.state is None:
            return at is None or name != self.name.text
        inner = (*self.world.cell.states, *self.world.cell.sums)
        return at.quantity not in inner or at.step <= -self.target.steps

    def _is_known_error(self, name: str) -> bool:
        """Errors that the target is made from, if they are given at every step.

        None comes from a later step than those that the result itself holds.
        """
        cell, target = self.world.cell, self.target
        at = moment(name)
        if at is None or target.state is not None or canonical(target.of) != LOSS:
            return False
        errors = (moment(one[1:]) for one in names(self.key) if one.startswith("δ"))
        latest = max((one.step for one in errors if one), default=0)
        is_late = at.step >= 0 and at.quantity in cell.states and at.step > -target.lag
        usual = (*cell.states, *cell.sums) if target.known is None else target.known
        listed = at.quantity in usual and at.quantity != canonical(target.by)
        given = is_late or (listed and at.step >= -target.lag)
        return given and at.step <= latest and f"δ{at.text}" in _sources(self.name.text, self.world)


@lru_cache(maxsize=256)
def _key(target: Target, world: World) -> Node:
    if target.state is not None:
        return state(world.cell.name, target.state, form=world.cell.calculus.form)
    return gradient(
        world.cell.name,
        canonical(target.by),
        of=canonical(target.of),
        lag=target.lag,
        path=_path(world),
        known=target.known,
        form=world.cell.calculus.form,
    )


def _path(world: World) -> str:
    return "cell" if world.routes is Routes.CELL else "total"


@lru_cache(maxsize=256)
def _sources(name: str, world: World) -> frozenset[str]:
    """The errors that one is made from, over every route, and those that they are made from."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        tree = world.meaning(waiting.pop())
        new = {one for one in names(tree) if one.startswith("δ")} - found if tree else set()
        found |= new
        waiting += new
    return frozenset(found)


@lru_cache(maxsize=256)
def _given(target: Target, world: World) -> frozenset[str]:
    """The names that the key itself holds."""
    return frozenset(names(_key(target, world)))
