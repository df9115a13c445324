"""What can be proved about a bank.

To add a rule, write a generator in one of the families and name it in one of the tuples below: its
name is the rule's, its docstring says why.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TypeAlias

from quizbank.bank import Bank, BrokenVariant
from quizbank.lint import answers, bank_wide, prose
from quizbank.problem import Problem
from quizbank.question import Question

Finding: TypeAlias = tuple[int, str]
"""A line of the question's file, and what is to be mended there."""

OfBank: TypeAlias = Callable[[Bank], Iterator[Problem]]
OfQuestion: TypeAlias = Callable[[Question, Bank], Iterator[Finding]]

OF_BANK: tuple[OfBank, ...] = (
    bank_wide.unused_misconception,
    bank_wide.unknown_topic,
    bank_wide.give_away,
)
"""Looked at once, for the whole bank."""

OF_QUESTION: tuple[OfQuestion, ...] = (
    prose.no_source,
    prose.no_hints,
    prose.no_solution,
    prose.no_tests,
    prose.untested_part,
    prose.no_prompt,
    prose.no_feedback,
    prose.bad_level,
    prose.wide_figure,
    prose.odd_dollars,
    answers.unknown_misconception,
    answers.fails_own_test,
)
"""Looked at for every question with its given numbers."""

OF_VARIANT: tuple[OfQuestion, ...] = (answers.key_not_correct, answers.mistake_not_told)
"""Looked at for every question with its given numbers, and again with those of each seed."""

RULES = (*OF_BANK, *OF_QUESTION, *OF_VARIANT)

SEEDS = 50
"""Seeds looked at besides 0: a draw that fails one time in 20 escapes one lint in 13."""


def lint(bank: Bank, seeds: int = SEEDS) -> list[Problem]:
    """Every problem that the rules find in a bank; what keeps it from being read is told by `load`.

    A question whose key or mistakes fail with its given numbers is not tried with others.
    """
    return sorted({problem for found in step_by_step(bank, seeds) for problem in found})


def step_by_step(bank: Bank, seeds: int = SEEDS) -> Iterator[list[Problem]]:
    """The problems of each question in turn, and last those of the bank as a whole."""
    for summary in bank.summaries:
        question = bank.question(summary.id)
        marked = list(_of_question(question, bank, OF_VARIANT))
        if summary.variants and not marked:
            marked = list(_of_variants(summary.id, bank, seeds))
        yield [*_of_question(question, bank, OF_QUESTION), *marked]
    yield [problem for rule in OF_BANK for problem in rule(bank)]


def _of_question(question: Question, bank: Bank, rules: Iterable[OfQuestion]) -> Iterator[Problem]:
    for rule in rules:
        name = rule.__name__.replace("_", "-")
        for line, message in rule(question, bank):
            yield Problem(question.file, line, name, f"{question.id}: {message}")


def _of_variants(name: str, bank: Bank, seeds: int) -> Iterator[Problem]:
    """Each problem once, with the first seed that shows it, whatever its numbers."""
    shown: set[tuple[int, str, str]] = set()
    for seed in range(1, seeds + 1):
        for problem in _of_variant(name, seed, bank):
            alike = (problem.line, problem.rule, re.sub(r"[-\d./]+", "", problem.message))
            if alike not in shown:
                shown.add(alike)
                yield replace(problem, message=f"seed {seed}: {problem.message}")


def _of_variant(name: str, seed: int, bank: Bank) -> Iterable[Problem]:
    try:
        return list(_of_question(bank.question(name, seed), bank, OF_VARIANT))
    except BrokenVariant as broken:
        return broken.problems
