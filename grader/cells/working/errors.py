"""Backpropagation through time written out: each error from those of its readers, later first."""

from grader.cells.algebra import added
from grader.cells.cell import Cell
from grader.cells.errors import Known, error, from_readers, of_weight, readers
from grader.cells.locally import direct
from grader.cells.shapes import is_matrix
from grader.cells.steps import Moment, moved
from grader.cells.working.lines import Lines, error_name, slope_name
from grader.cells.working.rules import Rule
from grader.reading.tree import Name, Node


class Backward:
    """Writes down where the errors of a cell come from."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.lines = Lines(known.cell)
        self.found: dict[Moment, Node] = {}

    @property
    def cell(self) -> Cell:
        return self.known.cell

    def reach(self, at: Moment) -> None:
        """The lines down to the error of a quantity; those of its readers come first."""
        if at in self.found:
            return
        sends = list(readers(self.cell, at))
        for reader, _ in sends:
            if not self.known.covers(reader):
                self.reach(reader)
        self.arrows(at, sends)
        self.put_in(at, sends)
        self.found[at] = from_readers(self.known, at)
        self.lines.say(error(at), self.found[at], Rule.COLLECT)

    def arrows(self, at: Moment, sends: list[tuple[Moment, Node]]) -> None:
        """Who sends an error back, over which links; told once for every quantity."""
        if any(one.quantity == at.quantity for one in self.found):
            return
        own = self.own(at)
        named = [
            self.cell.calculus.sent(error(reader), slope_name(reader, at)) for reader, _ in sends
        ]
        several = len(own) + len(named) > 1
        self.lines.say(error(at), added(*own, *named), Rule.MEET if several else Rule.CHAIN)
        for reader, slope in sends:
            self.lines.link(reader, at, slope)

    def put_in(self, at: Moment, sends: list[tuple[Moment, Node]]) -> None:
        """The slopes put in, and then what is already known of the readers' errors."""
        sent, own = self.cell.calculus.sent, self.own(at)
        plain = added(*own, *(sent(error(reader), slope) for reader, slope in sends))
        opened = added(
            *own, *(sent(self.found.get(reader, error(reader)), slope) for reader, slope in sends)
        )
        again = any(one.quantity == at.quantity for one in self.found)
        if again or opened == plain or len(sends) + len(own) > 1:
            self.lines.say(error(at), plain, Rule.EARLIER if again else Rule.PUT_IN)
        before = any(reader.quantity == at.quantity for reader, _ in sends)
        self.lines.say(error(at), opened, Rule.RECURRENCE if before else Rule.PUT_IN)

    def own(self, at: Moment) -> list[Name]:
        """What the loss of that step alone sends."""
        return [Moment("s", at.step).name] if at.quantity == self.cell.output else []

    def weight(self, weight: str, lag: int) -> None:
        """The lines down to the error of a weight, from its uses at the steps t to t - lag."""
        uses = [
            Moment(link.quantity, -back)
            for link in self.cell.links
            if link.read == weight
            for back in range(lag + 1)
        ]
        for use in uses:
            if not self.known.covers(use):
                self.reach(use)
        left, whole = error_name(weight), of_weight(self.known, weight, lag)
        if is_matrix(self.cell, weight):
            self.lines.say(left, whole, Rule.OUTER)
            return
        sent = [self.cell.calculus.sent(error(use), slope_name(use, weight)) for use in uses]
        self.lines.say(left, added(*sent), Rule.SHARED if len(sent) > 1 else Rule.CHAIN)
        for use in uses:
            slope = moved(direct(self.cell, use.quantity, weight), use.step)
            if use.step == 0:
                self.lines.link(use, weight, slope)
            else:
                self.lines.say(slope_name(use, weight), slope, Rule.EARLIER)
        self.lines.say(left, whole, Rule.PUT_IN)
