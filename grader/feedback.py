"""Evidence in plain sentences: the only words the grader has for learners."""

from collections.abc import Mapping
from types import MappingProxyType

from grader.verdict import Evidence, Outcome, Verdict

SLIPS = frozenset(
    {
        "dropped-term", "dropped-factor", "dropped-function", "missing-bias",
        "extra-term", "extra-factor", "extra-function", "wrong-number", "constant-factor",
        "sign", "complement", "power", "inverse", "floor",
        "sum-for-product", "product-for-sum", "lost-bracket",
        "function-for-derivative", "derivative-for-function", "confused-functions",
        "shifted-index", "confused-names", "swapped-names",
        "transpose", "wrong-product", "wrong-order",
    }
)  # fmt: skip
"""Codes of the slips that `grader.diagnosis` finds; the finding says which."""

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        # numbers
        "exact": "",
        "tolerance": "",
        "rounded": "That is rounded; the exact value is asked for.",
        "opposite": "The size is right, the sign is not.",
        "too-large": "That is too large.",
        "too-small": "That is too small.",
        # picking and arranging
        "picked": "",
        "picked-count": "You picked {} of the right options.",
        "wrongly-picked": "Does not belong: {}",
        "missed": "Missing: {}",
        "joined-count": "{} joined rightly.",
        "wrongly-joined": "Look again at: {}",
        "not-joined": "Not joined, which earns nothing: {}",
        "in-order": "{} stand in the right order.",
        "partly-in-order": (
            "{} stand in the right order; any order has at least one, so one of them earns nothing."
        ),
        "no-such-option": "There is no option “{}” here.",
        "no-such-pair": "“{}” joins nothing here; write it as 1 = b.",
        "joined-twice": "“{}” is joined twice.",
        "no-such-item": "There is no item “{}” here.",
        "placed-twice": "“{}” is placed twice.",
        "not-placed": "“{}” is not placed yet; all items must be.",
        # expressions
        "identical": "",
        "identity": "",
        "proved": "",
        "refuted": "It differs from what is asked: {}",
        "shape": "The shapes do not fit: {}.",
        "agreed": "It agrees with the key wherever we looked, but that is no proof: {}",
        "undecided": "We could not decide this one: {}",
        "reading-taken": "Note: {}",
        "mistake": "",
        "ambiguous": "This can be read in two ways: {}. Write the one you mean.",
        "decimals-taken": "Decimals were taken as exact numbers: {}.",
        "not-expanded": "This equals what is asked, but is not multiplied out: {}",
        "not-factored": "This equals what is asked, but is not a product yet: {}",
        "has-derivative": "This equals what is asked, but {} is still to be worked out.",
        "other-names": "This equals what is asked, but must be written without {}.",
        "equation-wanted": "An equation is asked: write both sides, with = between them.",
        "formula-wanted": "Only a formula is asked: leave out the equals sign and one side.",
        # slips found by search
        **dict.fromkeys(SLIPS, "A single slip gives exactly this: {}."),
        # carried forward
        "carried-forward": "It follows rightly from your own value ({}).",
        "carry-refused": "It follows from your own value, but {}.",
        # derivations
        "line-wrong": "Line {} is the first that does not hold.",
        "line-backwards": "The chain runs backwards: {}. Errors travel from later steps to earlier"
        " ones.",
        "line-needs-cell-path": "It holds along the cell path alone, with the gates held fixed: say"
        " so, or add what arrives over the other routes.",
        "line-needs-fixed-gates": "It holds only with the gates held fixed: say so, or add what"
        " arrives over the gates.",
        "line-refuted": "For instance, {}.",
        "line-wrong-too": "Wrong as well: line {}.",
        "line-malformed": "Line {}",
        "lines-true": "",
        "lines-follow": "What follows from it is worked out rightly: line {}.",
        "line-too-big": "True, but too much at once: line {}. Put in one equation after the other.",
        "line-aside": "True, but it says nothing: line {}.",
        "line-undecided": "We could not decide line {}.",
        "target-missing": "No line says what {} is.",
        "target-beside": "That is shown for the cell path alone; what arrives over all routes is"
        " asked.",
        "target-open": "Nearly there: {} must still be put in.",
        "stage-missing": "Not shown: {}",
        # free text
        "idea-suggested": "Seems to be there: {}",
        "idea-not-seen": "Not seen: {}",
        "needs-a-person": "",
        # whole answers
        "blank": "No answer was given.",
        "answer-too-long": "The answer has {} characters; that is too long to be read.",
    }
)
"""Every code of evidence with its sentence; an empty one is silent. ``{}`` takes the finding."""


_SIDES = frozenset({"too-large", "too-small", "opposite"})
_COARSE = frozenset({"refuted", "shape", "wrongly-picked"}) | _SIDES
"""What a named mistake already says better."""


def sentences(verdict: Verdict) -> list[str]:
    """What to tell the learner: the author's remarks, then a slip, then what else the grader found.

    Findings of one kind make one sentence.

    >>> from grader.verdict import Evidence
    >>> slip = Evidence("dropped-factor", "the factor 4 is missing")
    >>> gap = Evidence("too-small", "1568 is not 6272")
    >>> sentences(Verdict(Outcome.INCORRECT, evidence=(gap, slip)))
    ['A single slip gives exactly this: the factor 4 is missing.']
    >>> missed = (Evidence("missed", "f"), Evidence("missed", "o"))
    >>> sentences(Verdict(Outcome.INCORRECT, evidence=missed))
    ['Missing: f; o']
    """
    silent = _explained(verdict)
    findings: dict[str, list[str]] = {}
    for evidence in sorted(verdict.evidence, key=_rank):
        if evidence.check not in silent:
            findings.setdefault(evidence.check, []).append(evidence.finding)
    told = (_sentence(verdict.outcome, check, "; ".join(all_)) for check, all_ in findings.items())
    return [*verdict.remarks, *filter(None, told)]


def _rank(evidence: Evidence) -> int:
    """Where something went wrong is said first, then the slip that was made."""
    return 0 if evidence.check == "line-wrong" else 1 if evidence.check in SLIPS else 2


def _explained(verdict: Verdict) -> frozenset[str]:
    """What need not be said: a mistake or a slip says it better, an own value is no slip here."""
    checks = {evidence.check for evidence in verdict.evidence}
    if "carried-forward" in checks:
        return _COARSE | SLIPS
    if verdict.misconception:
        return _COARSE
    return _SIDES if checks & SLIPS else frozenset()


def _sentence(outcome: Outcome, check: str, finding: str) -> str:
    if outcome is Outcome.MALFORMED and check not in SENTENCES:
        return finding  # the reader's own message, with its caret
    return SENTENCES[check].format(finding)
