"""What an author must mend about a derivation."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from grader import limits
from grader.cells.cell import UnknownName
from grader.cells.extent import TooLong
from grader.cells.gradient import NoSuchGradient
from grader.derivation.marking import (
    goal_of,
    known_mistake,
    letters_of,
    marked,
    right_answer,
    world_of,
)
from grader.reading.tree import Num

if TYPE_CHECKING:
    from grader.kinds.derivation import Derivation


def faults(spec: "Derivation") -> Iterator[str]:
    """What is wrong with the target, the milestones, the marks and the mistakes."""
    if spec.target.steps > limits.DERIVED_STEPS:
        yield f"goes back {spec.target.steps} steps; a derivation goes back {limits.DERIVED_STEPS}"
        return
    targets = (("target", spec.target), *((one.says, one.gradient) for one in spec.milestones))
    for said, target in targets:
        try:
            goal = goal_of(spec, target)
            key = goal.key
        except (UnknownName, NoSuchGradient, TooLong) as error:
            yield f"{said}: {error}"
            return
        if isinstance(key, Num):
            yield f"{said}: nothing arrives on this path, so there is nothing to derive"
            return
        if key == goal.name:
            yield f"{said}: {goal.name.text} is given, so there is nothing to derive"
            return
        if target.steps > spec.target.steps:
            yield f"{said}: goes back further than the target"
    yield from [*_marks(spec), *_mistakes(spec)] or _length(spec)


def _length(spec: "Derivation") -> Iterator[str]:
    """What nobody could write down need not be asked for."""
    try:
        answer = right_answer(spec)
    except TooLong as error:
        yield f"target: {error}"
        return
    if (length := len(answer.splitlines())) > limits.LINES:
        yield f"target: it takes {length} lines; {limits.LINES} can be handed in"
        return
    verdict = marked(spec, answer)
    if any(one.check == "line-too-big" for one in verdict.evidence):
        yield f"step is {spec.step}; the worked solution puts in more equations at once"
    elif any(one.check == "stage-missing" for one in verdict.evidence):
        yield "a milestone is not on the way of the worked solution"


def _marks(spec: "Derivation") -> Iterator[str]:
    shares = [one.credit for one in spec.milestones]
    if any(not 0 < share < 1 for share in shares) or sum(shares) >= 1:
        yield "milestones must have shares above 0 that leave something for the target"
    if not 0 <= spec.carry < 1:
        yield f"carry is {spec.carry}; give a share from 0 to below 1"
    if spec.step is not None and spec.step < 1:
        yield f"step is {spec.step}; at least one equation must be put in at once"


def _mistakes(spec: "Derivation") -> Iterator[str]:
    for mistake in spec.mistakes:
        try:
            known_mistake(mistake, world_of(spec), letters_of(spec))
        except ValueError as error:
            yield f"mistake {mistake.id!r} cannot be judged: {error}"
