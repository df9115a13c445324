"""What every name in a derivation stands for: forward equations, errors and partial derivatives.

A name stands for a formula in other names, one layer at a time, down to a *basis* in which nothing
depends on anything else: weights, inputs, the oldest state, the losses of the single steps and the
errors that come from later.  Which routes count for derivatives is part of the world.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from grader.cells.algebra import ZERO
from grader.cells.calculus import NUMBERS
from grader.cells.cell import Cell
from grader.cells.differentiate import SLOPES
from grader.cells.jacobians import identity_by_name
from grader.cells.locally import direct
from grader.cells.steps import Moment, moment, moved
from grader.reading.tree import Call, Name, Node

_TOTAL: Final = "∂∂"
"""What the name of a partial derivative begins with that is total in every world."""

Partials: TypeAlias = Literal["direct", "total", "either", "entries"]


class Routes(Enum):
    """The links along which a change, or an error, may travel."""

    ALL = "all routes"
    FIXED_GATES = "the gates held fixed"
    CELL = "the cell path alone"


@dataclass(frozen=True, slots=True)
class World:
    """One cell over the steps t - lag - 1 to t + 1, and the routes that count.

    From after the ``horizon``, counted from t, errors of the states are given; in the ``last`` step
    t nothing comes from later. The errors of weights are of their uses at the steps t - lag to t.

    ``partials`` tells what ``∂a/∂b`` is: the derivative of one equation, sums inside the layers put
    in (``direct``); the one along every route (``total``); direct where the equation reads b, and
    total elsewhere (``either``); or that, but f_t for diag(f_t) (``entries``).

    >>> from grader.cells.forward import LSTM
    >>> from grader.reading.printer import show
    >>> world = World(LSTM, lag=2)
    >>> show(world.meaning("c_{t-1}")), show(world.meaning("∂c_t/∂c_{t-1}"))
    ('f_{t-1}*c_{t-2} + i_{t-1}*g_{t-1}', 'f_t')
    >>> show(world.meaning("δc_{t-1}"))
    'δc_t*f_t + δh_{t-1}*o_{t-1}*(1 - tanh(c_{t-1})^2)'
    >>> show(World(LSTM, 2, routes=Routes.CELL).meaning("δc_{t-1}"))
    'δc_t*f_t'
    """

    cell: Cell
    lag: int
    last: bool = False
    horizon: int = 1
    routes: Routes = Routes.ALL
    partials: Partials = "direct"

    @property
    def steps(self) -> range:
        """The steps at which there are names, the oldest states included."""
        return range(-self.lag - 2, (0 if self.last else self.horizon) + 1)

    @property
    def squashed(self) -> frozenset[str]:
        """The names of what is a function of one sum: gates, candidates, a plain cell's state."""
        return _squashed(self, frozenset(SLOPES))

    @property
    def gates(self) -> frozenset[str]:
        """Those of them that lie between 0 and 1."""
        return _squashed(self, frozenset("σ"))

    def meaning(self, name: str) -> Node | None:
        """What a name stands for, one layer deep; None where it belongs to the basis."""
        return _meaning(self, name)

    @property
    def is_wide(self) -> bool:
        """Whether names stand for vectors and matrices."""
        return self.cell.calculus is not NUMBERS


@lru_cache(maxsize=256)
def _squashed(world: World, functions: frozenset[str]) -> frozenset[str]:
    quantities = [
        quantity
        for quantity, right in world.cell.equations.items()
        if isinstance(right, Call) and right.function in functions
        if isinstance(inner := right.args[0], Name) and (at := moment(inner.text))
        if at.quantity in world.cell.sums
    ]
    return frozenset(Moment(one, step).text for one in quantities for step in world.steps)


@lru_cache(maxsize=4096)
def _meaning(world: World, name: str) -> Node | None:
    if name.startswith("∂"):
        of, _, by = name.lstrip("∂").partition("/∂")
        return _partial(world, of, by, is_total=name.startswith(_TOTAL))
    if name.startswith("δ"):
        return _error(world, name[1:])
    at = moment(name)
    if at is None or at.quantity not in world.cell.equations or at.step == world.steps[0]:
        return None
    return moved(world.cell.equations[at.quantity], at.step)


def _error(world: World, name: str) -> Node | None:
    """∂E/∂v as a sum over all that reads v, and over the loss of v's own step."""
    along = world.cell.calculus
    if (at := moment(name)) is None:
        return along.summed(*_sent_to_weight(world, name))
    if _is_given(world, at):
        return None
    is_shown = at.quantity == world.cell.output and world.routes is not Routes.CELL
    own = [Moment("s", at.step).name] if is_shown else []
    return along.summed(*own, *_sent(world, at))


def _is_given(world: World, at: Moment) -> bool:
    """Whether an error comes from later than the steps there are, or from beside the cell path."""
    if at.quantity not in world.cell.states:
        return False
    if world.routes is Routes.CELL and at.quantity != world.cell.carrier:
        return True
    return at.step == world.steps[-1] and not world.last


def _sent(world: World, at: Moment) -> Iterator[Node]:
    """What every reader sends back, the same quantity one step later first."""
    for later in (1, 0):
        if at.step + later not in world.steps:
            continue
        readers = [link for link in world.cell.links if link.read == Moment(at.quantity, -later)]
        for link in sorted(readers, key=lambda one: one.quantity != at.quantity):
            if _is_cut(world, link.quantity, at.quantity, for_errors=True):
                continue
            reader = Moment(link.quantity, at.step + later)
            error = Moment(f"δ{link.quantity}", reader.step).name
            yield world.cell.calculus.sent(error, moved(direct(world.cell, *link), reader.step))


def _sent_to_weight(world: World, weight: str) -> Iterator[Node]:
    for link in world.cell.links:
        for back in range(world.lag + 1) if link.read == weight else ():
            error = Moment(f"δ{link.quantity}", -back).name
            slope = moved(direct(world.cell, link.quantity, weight), -back)
            yield world.cell.calculus.sent(error, slope)


def _is_cut(world: World, reader: str, read: str, *, for_errors: bool = False) -> bool:
    """Whether nothing travels from one quantity to another that reads it."""
    if world.routes is Routes.ALL:
        return False
    if reader in world.cell.sums and read in world.cell.states:
        return True
    beside = reader != world.cell.carrier and read == world.cell.carrier
    return for_errors and beside and world.routes is Routes.CELL


def _partial(world: World, of: str, by: str, *, is_total: bool) -> Node:
    """∂a/∂b, of one equation or along all routes that count."""
    if of == by:
        return _named_identity(world, world.cell.calculus.identity)
    at, target = moment(of), moment(by) or by
    if at is None or at.quantity not in world.cell.equations:
        return ZERO
    ways = [] if is_total or world.partials == "total" else [*_direct_ways(world, at, target)]
    if not ways and (is_total or world.partials != "direct"):
        ways = [*_ways(world, at, target)]
    match world.cell.calculus.summed(*ways):
        case Call("diag", (entries,)) if world.partials == "entries":
            return entries
        case slope:
            return _named_identity(world, slope)


def _named_identity(world: World, tree: Node) -> Node:
    return identity_by_name(tree) if world.is_wide else tree


def _ways(world: World, at: Moment, by: Moment | str) -> Iterator[Node]:
    """One link back each, and what is left by name."""
    for read, slope in _reads(world, at):
        if isinstance(read, Moment) and _is_cut(world, at.quantity, read.quantity):
            continue
        if read == by:
            yield slope
        elif isinstance(read, Moment) and _may_reach(world, read, by):
            sign = "∂" if world.partials == "total" else _TOTAL
            rest = f"{sign}{read.text}/∂{by.text if isinstance(by, Moment) else by}"
            if world.meaning(rest) != ZERO:
                yield world.cell.calculus.chained(slope, Name(rest))


def _direct_ways(world: World, at: Moment, by: Moment | str) -> Iterator[Node]:
    """The links of one equation; the sums inside the layers are seen through."""
    for read, slope in _reads(world, at):
        if read == by:
            yield slope
        elif isinstance(read, Moment) and read.quantity in world.cell.sums:
            for inner in _direct_ways(world, read, by):
                yield world.cell.calculus.chained(slope, inner)


def _reads(world: World, at: Moment) -> Iterator[tuple[Moment | str, Node]]:
    """What the equation of a quantity at a step reads, with the slopes."""
    for link in world.cell.links:
        if link.quantity == at.quantity:
            read = link.read.later(at.step) if isinstance(link.read, Moment) else link.read
            yield read, moved(direct(world.cell, *link), at.step)


def _may_reach(world: World, read: Moment, by: Moment | str) -> bool:
    oldest = by.step if isinstance(by, Moment) else -world.lag
    return read.quantity in world.cell.equations and read.step >= oldest
