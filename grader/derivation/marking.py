"""A derivation marked as its author wants it: the rules of one spec, applied to one answer."""

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from grader.cells.gradient import LOSS
from grader.cells.wide import in_form
from grader.derivation.account import verdict
from grader.derivation.credit import Stage, Worth, worth
from grader.derivation.goal import Goal
from grader.derivation.judged import Chain, Judged, Mark
from grader.derivation.judging import Judging
from grader.derivation.lines import Line, read
from grader.derivation.naming import Letters, vocabulary
from grader.derivation.rules import Known, Rules
from grader.derivation.target import Target
from grader.derivation.worked import worked
from grader.derivation.world import Partials, Routes, World
from grader.limits import PARSED_KEYS_KEPT
from grader.reading.spelling import canonical
from grader.verdict import Evidence, Verdict

if TYPE_CHECKING:  # a spec imports this when it is asked
    from grader.kinds.derivation import Derivation, WrongLine

_VECTORS: Final = {"vector": "column vectors", "row": "row vectors"}


def marked(spec: "Derivation", answer: str) -> Verdict:
    """The verdict on a whole answer.

    >>> from grader.kinds.derivation import Derivation
    >>> spec = Derivation("lstm", Target("c", lag=1), path="cell")
    >>> marked(spec, "δc_{t-1} = δc_t f_t").outcome.value
    'correct'
    """
    asked, spec = spec, as_written(spec, answer)
    lines, chains = judged(spec, answer)
    goal = goal_of(spec, spec.target)
    stages = tuple(
        Stage(goal_of(spec, one.gradient), one.credit, one.says) for one in spec.milestones
    )

    def weigh(lines: tuple[Judged, ...], chains: list[Chain]) -> Worth:
        return worth(lines, chains, goal, stages, spec.carry)

    found = verdict(lines, chains, goal, weigh)
    if spec.form == asked.form:
        return found
    note = Evidence("reading-taken", f"read with {_VECTORS[spec.form]}")
    return replace(found, evidence=(*found.evidence, note))


def judged(spec: "Derivation", answer: str) -> tuple[tuple[Judged, ...], list[Chain]]:
    """Every line of an answer with its mark, and the chains they make."""
    world, also = world_of(spec), letters_of(spec)
    judging = Judging(_rules(spec), world)
    lines = read(answer, vocabulary(world, answer, also))
    return tuple(judging.lines(lines)), judging.chains


def as_written(spec: "Derivation", answer: str) -> "Derivation":
    """The spec with vectors lying or standing as in an answer, where only so all its lines hold."""
    if spec.form == "scalar" or not _is_wrong(spec, answer):
        return spec
    turned = replace(spec, form="row" if spec.form == "vector" else "vector")
    return spec if _is_wrong(turned, answer) else turned


def _is_wrong(spec: "Derivation", answer: str) -> bool:
    return any(line.mark is Mark.WRONG for line in judged(spec, answer)[0])


def right_answer(spec: "Derivation") -> str:
    """The worked solution; raises `TooLong` where nobody would read it."""
    in_stages = spec.step is not None or bool(spec.milestones)
    return worked(goal_of(spec, spec.target), spec.partials, in_stages=in_stages)


def goal_of(spec: "Derivation", target: Target) -> Goal:
    """A target on the path that is asked for; raises what `in_form` raises."""
    is_slope = target.state is None and canonical(target.of) != LOSS
    routes = Routes.CELL if spec.path == "cell" else Routes.ALL
    partials: Partials = "total" if is_slope and spec.partials != "direct" else "direct"
    return Goal(target, replace(world_of(spec), routes=routes, partials=partials))


def world_of(spec: "Derivation") -> World:
    """The steps there are, all routes counting."""
    return World(in_form(spec.cell, spec.form), spec.target.steps, spec.last)


def letters_of(spec: "Derivation") -> Letters:
    """Further letters for quantities."""
    return tuple((canonical(one), canonical(meant)) for one, meant in spec.names.items())


def _rules(spec: "Derivation") -> Rules:
    both: tuple[Partials, ...] = ("either", "total")
    partials = both if spec.partials == "either" else (spec.partials,)
    world, also = world_of(spec), letters_of(spec)
    known = tuple(known_mistake(one, world, also) for one in spec.mistakes)
    return Rules(goal_of(spec, spec.target), partials, spec.path == "cell", spec.step, known)


@lru_cache(maxsize=PARSED_KEYS_KEPT)
def known_mistake(mistake: "WrongLine", world: World, also: Letters) -> Known:
    """A named mistake as it is read; raises ValueError if it is no equation."""
    lines = read(mistake.line, vocabulary(world, mistake.line, also))
    match [line for line in lines if line.sides or line.fault]:
        case [Line(sides=(left, right), fault="")]:
            return Known(mistake.id, left, right, mistake.says)
        case [Line(fault=fault)] if fault:
            raise ValueError(fault)
        case _:
            raise ValueError("it must be one line with one equals sign")
