"""Every line of a derivation judged in the model, the learner's own wrong lines remembered."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from grader import limits
from grader.cells.steps import substituted
from grader.derivation import network
from grader.derivation.basis import decided
from grader.derivation.judged import Chain, Judged, Mark
from grader.derivation.lines import Line
from grader.derivation.own import Own
from grader.derivation.reasons import along_the_cell, assumption_needed, reasons
from grader.derivation.rules import Known, Rules
from grader.derivation.size import takes_at_most
from grader.derivation.world import Routes, World
from grader.reading.tree import Call, Name, Node
from grader.reading.walk import names, walk
from grader.verdict import Evidence


@dataclass(slots=True)
class Judging:
    """One pass over the lines of one derivation; ``chains`` is what it leaves behind."""

    rules: Rules
    base: World
    chains: list[Chain] = field(default_factory=list)
    shown: dict[str, Node] = field(default_factory=dict)
    own: Own = field(init=False)
    case: tuple[tuple[str, Node], ...] = ()
    wrong: int = 0
    assumes: bool = False
    implied: bool = False

    def __post_init__(self) -> None:
        self.assumes = self.rules.along_the_cell
        self.own = Own(self.rules.goal.name)

    def lines(self, lines: Iterable[Line]) -> Iterator[Judged]:
        """The verdict on every line, in order; statements of one line together."""
        waiting: Judged | None = None
        for line in lines:
            judged = self.line(line)
            if waiting is None or waiting.number != judged.number:
                if waiting:
                    yield waiting
                waiting = judged
            else:
                waiting = waiting.together(judged)
        if waiting:
            yield waiting

    def line(self, line: Line) -> Judged:
        """The verdict on one statement."""
        if line.assumes is not None:
            self.assumes = line.assumes
        judged = Judged(line.number, line.text, line.understood, Mark.WORDS, notes=line.notes)
        if line.fault:
            return replace(
                judged, mark=Mark.MALFORMED, reasons=(Evidence("line-malformed", line.fault),)
            )
        line = self._as_meant(line)
        judged = replace(judged, understood=line.understood)
        if not line.sides:
            self.case = line.given
            return judged
        if special := self._special(line):
            return replace(judged, mark=special)
        said = [judged, *(self._link(side, judged) for side in self._begun(line))]
        return max(said, key=lambda one: one.mark.gravity)

    def _as_meant(self, line: Line) -> Line:
        """The line in the reading in which it holds, or else in the first whose shapes fit."""
        readings = [replace(line, sides=one) for one in (line.sides, *line.otherwise)]
        if len(readings) == 1:
            return line
        fitting = [one for one in readings if not any(self._unfit(*two) for two in self._two(one))]
        holding = (one for one in readings if all(self._truth(*two)[0] for two in self._two(one)))
        return next(holding, (fitting or readings)[0])

    def _unfit(self, left: Node, right: Node) -> str:
        return network.of(self.base).unfit(left, right)

    def _two(self, line: Line) -> list[tuple[Node, Node]]:
        """Every two sides that a line says to be equal, in a row."""
        before = [self.chains[-1].sides[-1]] if line.continues and self.chains else []
        return list(pairwise((*before, *line.sides)))

    def _special(self, line: Line) -> Mark | None:
        """The verdict on what is said of a case alone, or said not to hold; None elsewhere."""
        case, self.case = line.given or self.case, ()
        if not (case or line.is_denied):
            return None
        holds = [self._truth(*two) for two in self._two(line)]
        if line.is_denied:
            if all(is_true for is_true, *_ in holds):
                return Mark.WRONG
            return Mark.UNDECIDED if all(one or doubt for one, _, doubt in holds) else Mark.ASIDE
        if all(is_true for is_true, *_ in holds):
            return None
        marks = [self._in_case(dict(case), *two) for two in self._two(line)]
        return max(marks, key=lambda mark: mark.gravity, default=None)

    def _in_case(self, case: dict[str, Node], left: Node, right: Node) -> Mark:
        """The verdict on two sides where some names have a number."""
        found = [
            network.of(world).following(case).agrees(left, right)
            for world in self._worlds((left, right))
        ]
        if True in found:
            return Mark.TRUE
        return Mark.UNDECIDED if None in found else Mark.WRONG

    def _begun(self, line: Line) -> tuple[Node, ...]:
        """The new sides of a line, in the chain that it carries on or begins."""
        if line.continues and self.chains:
            return line.sides
        is_half = line.continues or len(line.sides) == 1
        first, *others = (self.rules.goal.name, *line.sides) if is_half else line.sides
        self.chains.append(Chain([first]))
        return tuple(others)

    def _link(self, right: Node, judged: Judged) -> Judged:
        """The verdict on one equals sign, between the last side of the chain and a new one."""
        chain = self.chains[-1]
        head, left = chain.sides[0], chain.sides[-1]
        mark, taken = self._mark(chain, left, right)
        if chain.links and not chain.is_sound and self._truth(head, right)[0]:
            self.chains.append(chain := Chain([head]))  # what was wrong has been put right
            mark, left = Mark.TRUE, head
        chain.sides.append(right)
        chain.links.append(mark)
        chain.lines.append(judged.number)
        judged = replace(judged, notes=(*judged.notes, *taken))
        match mark:
            case Mark.TRUE:
                if self.wrong:
                    self.own.rest(head, right, self._every(left, right))
                return replace(judged, mark=self._weighed(chain, left, right))
            case Mark.WRONG:
                return self._told(chain, left, right, judged)
            case _:
                return replace(judged, mark=mark)

    def _mark(self, chain: Chain, left: Node, right: Node) -> tuple[Mark, tuple[str, ...]]:
        """True, following, wrong or undecided, and how partial derivatives were taken."""
        is_true, taken, doubtful = self._truth(left, right)
        if is_true:
            broken = not chain.is_sound
            return (Mark.FOLLOWS if broken else Mark.TRUE), taken
        if self._follows(left, right):
            return Mark.FOLLOWS, ()
        return decided(left, right, doubtful), ()

    def _truth(self, left: Node, right: Node) -> tuple[bool, tuple[str, ...], list[World]]:
        """Whether a line surely holds, how ∂ was taken, and the worlds where it is not certain."""
        doubtful: list[World] = []
        for place, world in enumerate(self._worlds((left, right))):
            truth = network.of(world).agrees(left, right)
            if truth:
                is_other = place > 0 and world.routes is Routes.ALL
                return True, (_TAKEN[world.partials],) if is_other else (), []
            doubtful += [world] if truth is None else []
        return False, (), doubtful

    def _worlds(self, sides: tuple[Node, ...]) -> list[World]:
        """The worlds in which a line may hold, the plainest first."""
        has_partials = any(name.startswith("∂") for side in sides for name in names(side))
        partials = self.rules.partials if has_partials else self.rules.partials[:1]
        if has_partials and self.base.is_wide:
            partials = (*partials, "entries")
        worlds = [replace(self.base, partials=one) for one in partials]
        return [*worlds, *(along_the_cell(self.base) if self.assumes else ())]

    def _follows(self, left: Node, right: Node) -> bool:
        """Whether a line is right with the learner's own lines, or assumption, in place."""
        if not self.wrong:
            return False
        worlds = self._worlds((left, right))
        if self.implied and not self.assumes:
            worlds += along_the_cell(self.base)
        return self.own.agrees(left, right, worlds)

    def _weighed(self, chain: Chain, left: Node, right: Node) -> Mark:
        """A true line may still say nothing, or too much at once."""
        head = chain.sides[0]
        if len(chain.sides) == 2 and network.free(self.base).agrees(left, right) is True:
            return Mark.TRUE if _is_rule(left) or _is_rule(right) else Mark.ASIDE
        too_big = self._is_too_big(left, right)
        if isinstance(head, Name) and chain.is_sound and head.text not in names(right):
            self.shown[head.text] = right
        if too_big:
            chain.links[-1] = Mark.TOO_BIG
        return chain.links[-1]

    def _is_too_big(self, left: Node, right: Node) -> bool:
        """Whether a true line puts in more than is allowed, in every world in which it is true."""
        if (step := self.rules.step) is None:
            return False
        worlds = (one for one in self._worlds((left, right)) if network.of(one).agrees(left, right))
        return not any(takes_at_most(step, left, right, one, self.shown) for one in worlds)

    def _told(self, chain: Chain, left: Node, right: Node, judged: Judged) -> Judged:
        """A wrong line: remembered as the learner's own, and explained."""
        head = chain.sides[0]
        self.wrong += 1
        said = head if isinstance(head, Name) or len(chain.sides) == 2 else left
        self.own.put(said, right, self._every(left, right))
        self.implied |= bool(assumption_needed(head, right, self.base))
        if named := self._named(head, left, right):
            return replace(judged, mark=Mark.WRONG, mistake=named.id, says=named.says)
        why = self._why(head, left, right) if self.wrong <= limits.EXPLAINED else ()
        return replace(judged, mark=Mark.WRONG, reasons=tuple(why))

    def _why(self, head: Node, left: Node, right: Node) -> Iterator[Evidence]:
        """The reasons, in the world that is meant."""
        asked = head if isinstance(head, Name) and not isinstance(right, Name) else left
        worlds = self._worlds((left, right))
        world = worlds[-1] if self.assumes else worlds[0]
        return reasons(asked, right, world, self._keys(head, left, world))

    def _keys(self, head: Node, left: Node, world: World) -> Iterator[Node]:
        """Formulas that could have stood on the right of a wrong line."""
        if not isinstance(left, Name):
            yield left
        if not isinstance(head, Name):
            return
        if (meaning := world.meaning(head.text)) is not None:
            yield meaning
            yield substituted(meaning, self.shown)
        if head.text in self.shown:
            yield self.shown[head.text]
        if head == self.rules.goal.name:
            yield self.rules.goal.key

    def _every(self, left: Node, right: Node) -> dict[World, None]:
        """The worlds in which later lines may rest on this one."""
        worlds = (*self._worlds((left, right)), *along_the_cell(self.base), self.base)
        return dict.fromkeys(worlds)

    def _named(self, head: Node, left: Node, right: Node) -> Known | None:
        """The named mistake that this line is, if it is one."""
        net = network.of(self.base)
        for known in self.rules.mistakes:
            for mine, theirs in ((head, right), (left, right), (right, left)):
                if net.agrees(mine, known.left) and net.agrees(theirs, known.right):
                    return known
        return None


_TAKEN: Final = {
    "total": "∂ was taken along all routes",
    "entries": "∂ was taken entry by entry",
    "either": "∂ was taken of one equation",
    "direct": "∂ was taken of one equation",
}


def _is_rule(side: Node) -> bool:
    """Whether it speaks of the derivative of a function, as σ' = σ(1 - σ) does."""
    return any(isinstance(one, Call) and one.function.endswith("'") for one in walk(side))
