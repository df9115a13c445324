"""What a judged derivation is worth."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import permutations

from grader.cells.algebra import ONE, ZERO
from grader.cells.gradient import NoSuchGradient
from grader.derivation import network
from grader.derivation.goal import Goal
from grader.derivation.judged import Chain, Judged, Mark
from grader.derivation.world import Routes
from grader.reading.tree import Name, Neg, Node, Num, Product, Quotient

_TRUE = frozenset({Mark.TRUE, Mark.TOO_BIG, Mark.ASIDE})
_CARRIED = _TRUE | {Mark.FOLLOWS, Mark.WRONG}


@dataclass(frozen=True, slots=True)
class Stage:
    """A statement that must be present, and its share of the marks."""

    goal: Goal
    credit: Fraction
    says: str


@dataclass(frozen=True, slots=True)
class Worth:
    """A score with the grounds for it.

    ``reached`` tells whether the target is shown; if not, ``unknown`` are the names that must still
    be put in where it is nearly shown. ``carried`` and ``refused`` tell of credit for going on
    rightly from a wrong line, ``missing`` of statements that are not there, ``beside`` of a target
    that is shown for the cell path alone.
    """

    score: Fraction
    reached: bool
    unknown: tuple[str, ...] = ()
    carried: bool = False
    refused: bool = False
    missing: tuple[str, ...] = ()
    beside: bool = False


def worth(
    lines: tuple[Judged, ...],
    chains: list[Chain],
    goal: Goal,
    stages: tuple[Stage, ...],
    carry: Fraction,
) -> Worth:
    """All marks for a target that is reached over lines that hold; parts of them otherwise.

    A first wrong line leaves the stages shown before it, or ``carry`` at most where all that comes
    after it follows and still arrives; but not where it leaves nothing to work out.
    """
    first = next((one.number for one in lines if one.mark is Mark.WRONG), None)
    shown = [
        stage for stage in stages if _arrives(chains, stage.goal, _TRUE, before=first, whole=False)
    ]
    missing = tuple(stage.says for stage in stages if stage not in shown)
    earned = sum((stage.credit for stage in shown), Fraction(0))
    reached = _arrives(chains, goal, _TRUE)
    if first is None:
        if not reached:
            unknown = tuple(_nearly(chains, goal))
            beside = _is_beside(chains, goal)
            return Worth(earned, False, unknown, missing=missing, beside=beside)
        lost = sum((stage.credit for stage in stages if stage not in shown), Fraction(0))
        too_big = any(one.mark is Mark.TOO_BIG for one in lines)
        score = max(earned, carry) if too_big else 1 - lost
        return Worth(score, True, missing=missing)
    marks = [one.mark for one in lines]
    goes_on = Mark.FOLLOWS in marks and _arrives(chains, goal, _CARRIED)
    if marks.count(Mark.WRONG) > 1 or not (reached or goes_on):
        return Worth(earned, reached, missing=missing)
    if not reached and _is_trivial(chains, goal):
        return Worth(earned, False, refused=True, missing=missing)
    return Worth(max(earned, carry), reached, carried=True, missing=missing)


def _is_beside(chains: list[Chain], goal: Goal) -> bool:
    """Whether the goal is shown for the cell path alone, where there is one."""
    try:
        along = replace(goal, world=replace(goal.world, routes=Routes.CELL))
        return _arrives(chains, along, _TRUE)
    except NoSuchGradient:
        return False


def _arrives(
    chains: list[Chain],
    goal: Goal,
    marks: frozenset[Mark],
    *,
    before: int | None = None,
    whole: bool = True,
) -> bool:
    """Whether some chain, over links with these marks, leads from the goal to what is known.

    Unless the goal must be arrived at as a ``whole``, slopes may stand by name, and so may what
    other lines have shown.
    """
    told = set() if whole else _told(chains, goal)
    return any(
        all(one in told or (not whole and one.startswith("∂")) for one in goal.open_in(side))
        for side in _shown(chains, goal, marks, before)
    )


def _told(chains: list[Chain], goal: Goal) -> set[str]:
    """The names that true lines lead back to what is known, without going in a circle."""
    statements = [
        (side.text, set(goal.open_in(other)))
        for chain in chains
        if set(chain.links) <= _TRUE
        for side, other in permutations(chain.sides, 2)
        if isinstance(side, Name)
    ]
    told: set[str] = set()
    while new := {name for name, unknown in statements if unknown <= told} - told:
        told |= new
    return told


def _nearly(chains: list[Chain], goal: Goal) -> list[str]:
    """What is still open in the statement of the goal that has least open."""
    sides = [list(goal.open_in(side)) for side in _shown(chains, goal, _TRUE)]
    return min((one for one in sides if goal.name.text not in one), key=len, default=[])


def _shown(
    chains: list[Chain], goal: Goal, marks: frozenset[Mark], before: int | None = None
) -> Iterator[Node]:
    """The other sides of every chain that the goal's name stands in."""
    net = network.of(goal.world)
    for chain in chains:
        for place, side in enumerate(chain.sides):
            if (below := _divided_by(side, goal.name)) is None:
                continue
            for other, formula in enumerate(chain.sides):
                between = slice(min(place, other), max(place, other))
                links, lines = chain.links[between], chain.lines[between]
                if other == place or not set(links) <= marks:
                    continue
                if before is not None and any(line >= before for line in lines):
                    continue
                if Mark.FOLLOWS in marks or net.agrees(side, formula) is not False:
                    yield formula if below == ONE else Product((formula, below))


def _divided_by(side: Node, name: Name) -> Node | None:
    """What the name is divided by on a side: 1 where it stands alone, None where it does not."""
    match side:
        case Quotient(top, bottom) if top == name:
            return bottom
        case _:
            return ONE if side == name else None


def _is_trivial(chains: list[Chain], goal: Goal) -> bool:
    """Whether the wrong line leaves nothing to work out: it is 0 or a name, or ends the matter."""
    net = network.free(goal.world)
    for chain in chains:
        for place, mark in enumerate(chain.links):
            if mark is Mark.WRONG:
                sides = chain.sides[0], chain.sides[place + 1]
                ends = goal.name in sides and any(
                    not list(goal.open_in(side)) for side in sides if side != goal.name
                )
                bare = _is_bare(sides[1]) and not _is_rightly_bare(sides[0], goal)
                return ends or bare or bool(net.agrees(sides[1], ZERO))
    return False


def _is_rightly_bare(head: Node, goal: Goal) -> bool:
    """Whether what a wrong line speaks of is a name in truth, as many a slope is."""
    truth = goal.world.meaning(head.text) if isinstance(head, Name) else None
    return truth is not None and _is_bare(truth)


def _is_bare(side: Node) -> bool:
    """Whether it is a name or a number, or a number times a name."""
    match side:
        case Neg(arg) | Quotient(arg, Num()):
            return _is_bare(arg)
        case Product(factors):
            others = [one for one in factors if not isinstance(one, Num)]
            return len(others) <= 1 and all(map(_is_bare, others))
        case _:
            return isinstance(side, Name | Num)
