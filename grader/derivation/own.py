"""A learner's own wrong lines, put in place of what they got wrong: does a later line follow?"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from grader import limits
from grader.cells.differentiate import NotDifferentiable
from grader.cells.steps import Moment, moment
from grader.derivation import network
from grader.derivation.network import Network
from grader.derivation.world import World
from grader.reading.tree import Call, Name, Neg, Node, Product, Sum
from grader.reading.walk import names


@dataclass(slots=True)
class Own:
    """The networks in which the learner's wrong lines hold, one for every world.

    A wrong slope changes every error and slope that is made with it, a wrong equation its slopes.
    """

    goal: Name
    nets: dict[World, Network] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    lines: int = 0

    def agrees(self, left: Node, right: Node, worlds: Iterable[World]) -> bool:
        """Whether both sides are equal in one of these worlds as the learner made it."""
        return any(self._net(world).agrees(left, right) for world in worlds)

    def put(self, left: Node, right: Node, worlds: Iterable[World]) -> None:
        """What a wrong line says of a name holds from here on."""
        for world in worlds:
            name, formula = _said(left, right, world)
            if name and self.lines < limits.OWN_LINES:
                self._change(world, dict(self._changes(name, formula, world)))
        self.lines += 1

    def rest(self, left: Node, right: Node, worlds: Iterable[World]) -> None:
        """A line that is true but speaks of what was got wrong: its left side rests on that."""
        if isinstance(left, Name) and self.changed.intersection(names(right)):
            for world in worlds:
                if left.text not in names(right):
                    self._change(world, {left.text: right})

    def _net(self, world: World) -> Network:
        return self.nets.get(world) or network.of(world)

    def _change(self, world: World, changes: dict[str, Node]) -> None:
        self.nets[world] = self._net(world).following(changes)
        self.changed.update(changes)

    def _changes(self, name: str, formula: Node, world: World) -> Iterator[tuple[str, Node]]:
        """The name itself, and what is made with it."""
        yield name, formula
        if world.is_wide:
            return
        if "/" in name:
            yield from self._of_slope(name, formula, world)
        elif (at := moment(name)) and at.quantity in world.cell.equations:
            true = world.meaning(name)
            for read in dict.fromkeys((*names(formula), *(names(true) if true else ()))):
                with suppress(NotDifferentiable):
                    slope = world.cell.calculus.slope(formula, read)
                    yield f"∂{name}/∂{read}", slope
                    yield from self._of_slope(f"∂{name}/∂{read}", slope, world)

    def _of_slope(self, name: str, formula: Node, world: World) -> Iterator[tuple[str, Node]]:
        """What an error and the slope asked for gain by another slope on their way."""
        of, _, by = name.lstrip("∂").partition("/∂")
        gained = Sum((formula, Neg(Name(name))))
        error = Name(f"δ{by}")
        yield error.text, Sum((error, Product((Name(f"δ{of}"), gained))))
        above, _, below = self.goal.text.lstrip("∂").partition("/∂")
        if below and self.goal.text != name and _is_between(of, by, above, below):
            ends = (Name(f"∂∂{above}/∂{of}"), Name(f"∂∂{by}/∂{below}"))
            yield self.goal.text, Sum((self.goal, Product((ends[0], gained, ends[1]))))


def _said(left: Node, right: Node, world: World) -> tuple[str, Node]:
    """The name that a line speaks of, and what it says of it; empty where it names none."""
    for side, formula in ((left, right), (right, left)):
        match side:
            case Name(text):
                return text, formula
            case Call(function, (Name(inner),)) if function.endswith("'"):
                whole = Call(function.removesuffix("'"), side.args)
                for text in world.squashed:
                    if world.meaning(text) == whole:
                        return f"∂{text}/∂{inner}", formula
    return "", right


def _is_between(of: str, by: str, above: str, below: str) -> bool:
    """Whether a slope of one step lies on the way of another."""
    found = [moment(one) or Moment("", 0) for one in (above, of, by, below)]
    steps = [one.step for one in found]
    return steps == sorted(steps, reverse=True)
