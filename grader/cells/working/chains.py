"""One route written out as a chain: its links by name, each link, and all of them put in."""

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from grader.cells.cell import Cell
from grader.cells.locally import direct, within
from grader.cells.routes import gates_held, is_held
from grader.cells.steps import Moment, moved
from grader.cells.working.lines import Lines, slope_name
from grader.cells.working.rules import Rule
from grader.reading.tree import Name, Node

Ends: TypeAlias = tuple[Moment, Moment | str]
"""What an arrow leads from, the later one first."""


class Link(NamedTuple):
    """A piece of a route: what it leads from, the later one first, and its slope."""

    of: Moment
    by: Moment | str
    slope: Node


def arrow(cell: Cell, of: Moment, by: Moment | str) -> Link:
    """One arrow: a quantity and something that its equation reads.

    >>> from grader.cells.forward import LSTM
    >>> from grader.reading.printer import show
    >>> show(arrow(LSTM, Moment("c", -1), Moment("c", -2)).slope)
    'f_{t-1}'
    """
    return Link(of, by, moved(direct(cell, of.quantity, seen_from(of, by)), of.step))


def carried(cell: Cell, of: str, by: Moment) -> list[Link]:
    """The way along the carried state: into it, back step by step, and out of it again.

    >>> from grader.cells.forward import LSTM
    >>> [f"{of.text} {by.text}" for of, by, _ in carried(LSTM, "h", Moment("f", -1))]
    ['h_t c_t', 'c_t c_{t-1}', 'c_{t-1} f_{t-1}']
    """
    start = Moment(of, 0)
    if by.step == 0 and of != cell.carrier:
        return pieces(cell, start, by, held=True)
    stations = [Moment(cell.carrier, -back) for back in range(1 - by.step)]
    into = [] if of == cell.carrier else [arrow(cell, start, stations[0])]
    back = [arrow(cell, *ends) for ends in pairwise(stations)]
    return [*into, *back, *pieces(cell, stations[-1], by)]


def pieces(cell: Cell, of: Moment, by: Moment | str, *, held: bool = False) -> list[Link]:
    """The arrows of the one route within a step, or the step as one piece if routes fork.

    With gates ``held``, no sum inside them answers to a state.

    >>> from grader.cells.forward import LSTM
    >>> [f"{of.text} {by.text}" for of, by, _ in pieces(LSTM, Moment("c", 0), Moment("z_f", 0))]
    ['c_t f_t', 'f_t z_{f,t}']
    """
    match [[]] if of == by else _routes(cell, of, by, held):
        case [only]:
            return [arrow(cell, *ends) for ends in only]
        case _:
            whole = gates_held if held else within
            return [Link(of, by, moved(whole(cell, of.quantity, seen_from(of, by)), of.step))]


def _routes(cell: Cell, of: Moment, by: Moment | str, held: bool) -> list[list[Ends]]:
    """Every way within a step, as the ends of its arrows."""
    found: list[list[Ends]] = []
    for read in reads(cell, of):
        if held and is_held(cell, of.quantity, read):
            continue
        if read == by:
            found.append([(of, read)])
        elif isinstance(read, Moment) and read.step == of.step:
            found += [[(of, read), *rest] for rest in _routes(cell, read, by, held)]
    return found


def reads(cell: Cell, of: Moment) -> list[Moment | str]:
    """What a quantity reads, at the steps where it does."""
    found = (link.read for link in cell.links if link.quantity == of.quantity)
    return [read.later(of.step) if isinstance(read, Moment) else read for read in found]


def seen_from(of: Moment, by: Moment | str) -> Moment | str:
    """The same as the equation of a quantity names it, which is written for step t."""
    return by.later(-of.step) if isinstance(by, Moment) else by


def along(cell: Cell, left: Name, links: list[Link], rule: Rule, sent: Name | None) -> Lines:
    """The lines of a chain: its links by name, each link, and all put in.

    ``sent`` is the error that travels back along it, if it is one of the loss.
    """
    lines = Lines(cell)

    def chained(parts: Iterable[Node]) -> Node:
        whole = cell.calculus.chained(*parts)
        return cell.calculus.sent(sent, whole) if sent else whole

    lines.say(left, chained(slope_name(of, by) for of, by, _ in links), rule)
    told: set[tuple[str, str]] = set()
    for of, by, slope in links:
        ends = of.quantity, by.quantity if isinstance(by, Moment) else by
        if ends in told:
            lines.say(slope_name(of, by), slope, Rule.EARLIER)
        elif slope == arrow(cell, of, by).slope:
            lines.link(of, by, slope)
        else:
            lines.say(slope_name(of, by), slope, Rule.CHAIN)
        told.add(ends)
    lines.say(left, chained(slope for _, _, slope in links), Rule.PUT_IN)
    return lines
