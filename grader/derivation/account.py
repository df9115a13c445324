"""The verdict on a whole derivation: outcome, score and what is said of the lines."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final, TypeAlias

from grader.derivation.credit import Worth
from grader.derivation.goal import Goal
from grader.derivation.judged import Chain, Judged, Mark
from grader.verdict import Evidence, Outcome, Verdict

Weigh: TypeAlias = Callable[[tuple[Judged, ...], list[Chain]], Worth]

_TOLD: Final = {
    Mark.TRUE: "lines-true",
    Mark.FOLLOWS: "lines-follow",
    Mark.TOO_BIG: "line-too-big",
    Mark.ASIDE: "line-aside",
    Mark.UNDECIDED: "line-undecided",
}
"""Marks that are told of all their lines at once, each with its code."""


def verdict(lines: tuple[Judged, ...], chains: list[Chain], goal: Goal, weigh: Weigh) -> Verdict:
    """One verdict on judged lines; ``weigh`` tells what they are worth."""
    understood = "\n".join(line.understood for line in lines if line.understood)
    first = next((line for line in lines if line.mark is Mark.WRONG), None)
    best, least = (weigh(*_settled(lines, chains, as_)) for as_ in (Mark.TRUE, Mark.WRONG))
    evidence = tuple(_evidence(lines, best, goal))
    if any(line.mark is Mark.MALFORMED for line in lines) and not (best.reached and not first):
        return Verdict(Outcome.MALFORMED, evidence=evidence, understood=understood)
    if best.score != least.score:
        return Verdict(Outcome.UNDECIDED, evidence=evidence, understood=understood)
    return Verdict.scored(
        best.score,
        understood,
        *evidence,
        misconception=first.mistake if first else None,
        remarks=(first.says,) if first and first.says else (),
    )


def _settled(
    lines: tuple[Judged, ...], chains: list[Chain], as_: Mark
) -> tuple[tuple[Judged, ...], list[Chain]]:
    """The lines with what is undecided taken as decided."""

    def taken(mark: Mark) -> Mark:
        return as_ if mark is Mark.UNDECIDED else mark

    marked = tuple(replace(line, mark=taken(line.mark)) for line in lines)
    return marked, [replace(one, links=[taken(link) for link in one.links]) for one in chains]


def _evidence(lines: tuple[Judged, ...], worth: Worth, goal: Goal) -> Iterator[Evidence]:
    """What is found, the first wrong line and its reasons first."""
    wrong = [line for line in lines if line.mark is Mark.WRONG]
    for line in wrong[:1]:
        yield Evidence("line-wrong", str(line.number))
        yield from line.reasons
    for line in lines:
        if line.mark is Mark.MALFORMED:
            yield Evidence("line-malformed", f"{line.number}: {line.reasons[0].finding}")
    if wrong[1:]:
        yield Evidence("line-wrong-too", _listed(wrong[1:]))
    for mark, code in _TOLD.items():
        if marked := [line for line in lines if line.mark is mark]:
            yield Evidence(code, _listed(marked))
    if not any(line.mark is Mark.MALFORMED for line in lines):
        yield from _of_target(worth, goal, bool(wrong))
    for note in dict.fromkeys(note for line in lines for note in line.notes):
        yield Evidence("reading-taken", note)


def _of_target(worth: Worth, goal: Goal, is_wrong: bool) -> Iterator[Evidence]:
    """Whether the target is reached, and what is missing on the way."""
    if worth.refused:
        yield Evidence("carry-refused", "it leaves nothing to work out")
    if worth.beside:
        yield Evidence("target-beside")
    elif worth.unknown:
        yield Evidence("target-open", ", ".join(worth.unknown))
    elif not (worth.reached or is_wrong):
        yield Evidence("target-missing", goal.name.text)
    for said in worth.missing if not is_wrong else ():
        yield Evidence("stage-missing", said)


def _listed(lines: list[Judged]) -> str:
    """The numbers of some lines: 2, 3 and 5."""
    *others, last = [str(line.number) for line in lines] or [""]
    return f"{', '.join(others)} and {last}" if others else last
