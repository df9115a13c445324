"""Several parts marked together: points, and errors carried forward."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from grader.feedback import SLIPS
from grader.judge import AnswerSpec, grade
from grader.kinds.number import Number
from grader.quantity import Quantity, plain
from grader.reading.exact import NotExact
from grader.reading.tree import Malformed
from grader.verdict import Evidence, Outcome, Verdict

Values = Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Carry:
    """How a part's key follows from the values of earlier parts.

    ``rework`` gives the key for other values of the ``sources`` (and raises `NotExact` where there
    is none); ``refuses`` says that with those values nothing worth marks is left to do. ``credit``
    is the most that an answer following from a wrong value can earn.
    """

    sources: tuple[str, ...]
    rework: Callable[[Values], Quantity]
    refuses: Callable[[Values], bool]
    credit: Fraction


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to answer, what it is worth, and what it may carry forward."""

    id: str
    spec: AnswerSpec
    points: Fraction = Fraction(1)
    carry: Carry | None = None


def mark(parts: Iterable[Part], answers: Mapping[str, str]) -> dict[str, Verdict]:
    """The verdict on every part, in order; a later part may follow an earlier wrong value.

    >>> first = Part("side", Number(Quantity(Fraction(6))))
    >>> squared = Carry(
    ...     ("side",), lambda own: Quantity(own["side"] ** 2), lambda own: False, Fraction(3, 4)
    ... )
    >>> parts = (first, Part("area", Number(Quantity(Fraction(36))), carry=squared))
    >>> str(mark(parts, {"side": "5", "area": "25"})["area"].score)
    '3/4'
    >>> mark(parts, {"side": "1", "area": "1"})["area"].evidence[-1].finding
    'the carried value leaves nothing to work out'
    """
    verdicts: dict[str, Verdict] = {}
    marked: dict[str, Part] = {}
    for part in parts:
        verdict = grade(part.spec, answers.get(part.id, ""))
        if part.carry and verdict.outcome in (Outcome.INCORRECT, Outcome.PARTIAL):
            carried = _carried(part.carry, marked, verdicts, answers)
            verdict = _following(part, part.carry, carried, answers[part.id], verdict)
        verdicts[part.id] = verdict
        marked[part.id] = part
    return verdicts


def _carried(
    carry: Carry,
    marked: Mapping[str, Part],
    verdicts: Mapping[str, Verdict],
    answers: Mapping[str, str],
) -> dict[str, Fraction]:
    """The learner's own values of the sources they had wrong."""
    values: dict[str, Fraction] = {}
    for source in carry.sources:
        spec = marked[source].spec
        if isinstance(spec, Number) and verdicts[source].outcome in (
            Outcome.INCORRECT,
            Outcome.PARTIAL,
        ):
            values[source] = spec.value(spec.read(answers[source]))
    return values


def _following(part: Part, carry: Carry, carried: Values, answer: str, verdict: Verdict) -> Verdict:
    """The better of the verdict as it stands and the credit for following from one's own value."""
    if not carried or not isinstance(part.spec, Number) or verdict.score >= carry.credit:
        return verdict
    try:
        key = carry.rework(carried)
        trivial = carry.refuses(carried)
        value = part.spec.value(part.spec.read(answer))
    except (NotExact, Malformed):
        return verdict
    if not part.spec.accepts(value, key.value):
        return verdict
    if trivial or any(one in (0, key.value) for one in carried.values()):
        refused = Evidence("carry-refused", "the carried value leaves nothing to work out")
        return replace(verdict, evidence=(*verdict.evidence, refused))
    found = [one for one in verdict.evidence if one.check not in SLIPS]
    shown = ", ".join(f"{source} = {plain(one)}" for source, one in carried.items())
    return Verdict.scored(
        carry.credit,
        verdict.understood,
        Evidence("carried-forward", shown),
        *found,
        misconception=verdict.misconception,
        remarks=verdict.remarks,
    )
