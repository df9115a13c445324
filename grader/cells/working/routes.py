"""Derivatives of one quantity by an earlier one over all routes, written out."""

from functools import cached_property

from grader.cells.cell import Cell
from grader.cells.routes import total
from grader.cells.steps import Moment, moved, substituted
from grader.cells.working.chains import arrow, reads, seen_from
from grader.cells.working.lines import Lines, rule_of, slope_name
from grader.cells.working.rules import Rule
from grader.reading.tree import Equation, Name, Node


class Forward:
    """Writes down how a quantity answers to ``by`` when everything between moves along."""

    def __init__(self, cell: Cell, of: str, by: str, lag: int) -> None:
        self.cell, self.of, self.weight, self.lag = cell, of, by in cell.weights, lag
        self.by: Moment | str = by if self.weight else Moment(by, -lag)
        self.lines = Lines(cell)
        self.moving: dict[Moment, bool] = {}
        for back in reversed(range(lag + 1)):  # oldest first: nothing has to look far
            for quantity in cell.equations:
                self.moves(Moment(quantity, -back))

    def write(self) -> Lines:
        """The definitions from step t back, then everything put in, oldest first."""
        found: dict[str, Node] = {}
        for at in self.order:
            self.define(at)
        for at in reversed(self.order):
            name, opened = self.name(at), substituted(self.opened(at), found)
            if at.quantity not in self.cell.states and at != self.order[0]:
                found[name.text] = opened
                continue
            found[name.text] = whole = self.whole(at)
            if fits := self.lines.fits(opened):
                self.lines.say(name, opened, Rule.PUT_IN)
            self.lines.say(name, whole, Rule.COLLECT if fits else Rule.PUT_IN)
        return self.lines

    def whole(self, at: Moment) -> Node:
        """The derivative of a quantity, as it is derived."""
        by = self.by if isinstance(self.by, str) else self.by.quantity
        return moved(total(self.cell, at.quantity, by, self.lag + at.step), at.step)

    @cached_property
    def order(self) -> list[Moment]:
        """What moves and is written down, each before what it is made of."""
        found: dict[Moment, None] = {}

        def visit(at: Moment) -> None:
            for one in reversed(self.leaves(at)):
                if one not in found:
                    visit(one)
            found[at] = None

        visit(Moment(self.of, 0))
        return list(reversed(found))

    def name(self, at: Moment) -> Name:
        return slope_name(at, self.by)

    def define(self, at: Moment) -> None:
        """The line that says how a quantity answers, from its own equation."""
        rules = {
            rule_of(self.cell, at.quantity, seen_from(at, read)) for _, read in self.arrows(at)
        }
        squashed = [rule for rule in (Rule.TANH, Rule.SIGMOID) if rule in rules]
        right = moved(self.cell.equations[at.quantity], at.step)
        rule = squashed[0] if squashed else Rule.PRODUCT
        self.lines.say(self.name(at), self.opened(at), rule, Equation(at.name, right))

    def opened(self, at: Moment) -> Node:
        """How a quantity answers, in terms of how the quantities behind the sums it reads do."""
        ways = (
            self.cell.calculus.chained(slope, self.part(read)) for slope, read in self.arrows(at)
        )
        return self.cell.calculus.summed(*ways)

    def part(self, read: Moment | str) -> Node:
        if read == self.by or isinstance(read, str):
            return self.cell.calculus.identity
        return self.opened(read) if read.quantity in self.cell.sums else self.name(read)

    def leaves(self, at: Moment) -> list[Moment]:
        """What stands by name in that."""
        found: list[Moment] = []
        for _, read in self.arrows(at):
            if read == self.by or not isinstance(read, Moment):
                continue
            found += self.leaves(read) if read.quantity in self.cell.sums else [read]
        return found

    def arrows(self, at: Moment) -> list[tuple[Node, Moment | str]]:
        """The links of a quantity to what moves, each with its slope."""
        moving = filter(self.moves, reads(self.cell, at))
        return [(arrow(self.cell, at, read).slope, read) for read in moving]

    def moves(self, at: Moment | str) -> bool:
        """Whether something answers to ``by`` at all."""
        if isinstance(at, str) or at == self.by:
            return at == self.by
        if at.step < -self.lag or at.quantity not in self.cell.equations:
            return False
        if at not in self.moving:
            self.moving[at] = bool(self.arrows(at))
        return self.moving[at]
