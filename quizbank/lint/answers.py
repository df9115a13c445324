"""What can be proved by answering: keys earn their marks, mistakes are recognised, tests pass."""

from collections.abc import Iterator

from grader.judge import grade
from grader.kinds.text import Text
from grader.verdict import Outcome, Verdict
from quizbank.bank import Bank, BrokenVariant
from quizbank.question import Part, Question, Trial
from quizbank.values import did_you_mean


def key_not_correct(question: Question, _bank: Bank) -> Iterator[tuple[int, str]]:
    """The key must earn full marks; free text, which a person marks, must be left to a person."""
    for part in question.parts:
        by_hand = isinstance(part.spec, Text)
        wanted = Outcome.UNDECIDED if by_hand else Outcome.CORRECT
        verdict = grade(part.spec, part.spec.right_answer())
        if verdict.outcome is not wanted:
            answer = part.spec.right_answer()
            yield (
                part.line,
                f"{_name(part)}its own key {answer!r} is {_said(verdict)}, not {wanted}",
            )


def mistake_not_told(question: Question, _bank: Bank) -> Iterator[tuple[int, str]]:
    """An answer that shows a mistake must be marked as that mistake, and not as right."""
    for part in question.parts:
        for answer, mistake in part.spec.wrong_answers():
            verdict = grade(part.spec, answer)
            if verdict.misconception != mistake or verdict.outcome is Outcome.CORRECT:
                said = _said(verdict)
                yield (
                    part.line,
                    f"{_name(part)}{answer!r} shows {mistake!r} but is marked as {said}",
                )


def unknown_misconception(question: Question, bank: Bank) -> Iterator[tuple[int, str]]:
    """A mistake that is listed nowhere has no name to report and counts as nobody else's."""
    for part in question.parts:
        for mistake in sorted({mistake for _, mistake in part.spec.wrong_answers()}):
            if mistake not in bank.misconceptions:
                hint = did_you_mean(mistake, [*bank.misconceptions])
                yield (
                    part.line,
                    f"{_name(part)}mistake {mistake!r} is not listed in misconceptions{hint}",
                )


def fails_own_test(question: Question, bank: Bank) -> Iterator[tuple[int, str]]:
    """What the author expects of an answer is what a learner gets."""
    for trial in question.tests:
        try:
            tried = bank.question(question.id, trial.seed)
        except BrokenVariant as broken:
            yield trial.line, f"seed {trial.seed} cannot be asked: {broken.problems[0].message}"
            continue
        yield from _failures(tried, trial)


def _failures(question: Question, trial: Trial) -> Iterator[tuple[int, str]]:
    verdicts = question.mark(trial.answers)
    for name, expected in trial.expect.items():
        verdict, part = verdicts[name], question.part(name)
        if expected in (verdict.outcome, verdict.misconception) or part is None:
            continue
        answer = trial.answers.get(name, "")
        known = {*Outcome, *(mistake for _, mistake in part.spec.wrong_answers())}
        hint = "" if expected in known else did_you_mean(expected, sorted(known))
        yield (
            trial.line,
            f"{_name(part)}{answer!r} is {_said(verdict)}, expected {expected!r}{hint}",
        )


def _name(part: Part) -> str:
    return f"part {part.id}: " if part.id else ""


def _said(verdict: Verdict) -> str:
    """A verdict in brief, with what it rests on."""
    named = f" ({verdict.misconception})" if verdict.misconception else ""
    found = "; ".join(one.finding.splitlines()[0] for one in verdict.evidence if one.finding)
    return f"{verdict.outcome}{named}" + (f" [{found[:120]}]" if found else "")
