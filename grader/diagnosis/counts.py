"""Diagnosis of a number: the formula it should have come from, worked out with one slip in it."""

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache

from grader import limits
from grader.diagnosis.edits import Edit, edits
from grader.diagnosis.explanation import Diagnosis, told_apart
from grader.diagnosis.families import OF_A_WORKING
from grader.diagnosis.numerals import sizes
from grader.diagnosis.omissions import LEFT_OUT
from grader.reading.exact import NotExact, evaluate
from grader.reading.tree import Node


def diagnose_number(working: Node, value: Fraction) -> Diagnosis | None:
    """The one slip in a formula of numbers that gives this value.

    Numbers meet by chance as formulas do not.  So nothing is said where two slips give the value,
    nor where slips of this formula give so many of the numbers nearby that a hit tells nothing.

    >>> from grader.reading.parser import parse
    >>> from grader.reading.vocabulary import Vocabulary
    >>> lstm = parse("4*((16 + 1)*32 + 32^2)", Vocabulary(())).tree
    >>> diagnose_number(lstm, Fraction(6144)).finding
    'the + 1 of 16 + 1, the bias, is missing'
    >>> diagnose_number(lstm, Fraction(4704)).finding
    'the factor is 3 where it must be 4'
    >>> diagnose_number(lstm, Fraction(6000))
    """
    table = _slips(working)
    found = told_apart(table.get(value, ()))
    causes = [edit for edit in found if edit.code != "constant-factor"] or found
    if value in sizes(working):  # copied from the formula, not worked out
        causes = [edit for edit in causes if edit.code in LEFT_OUT]
    if len(causes) != 1 or _chance(table, value) > limits.CHANCE_HIT:
        return None
    return Diagnosis(causes[0].code, causes[0].finding)


@lru_cache(limits.DIAGNOSED_KEYS_KEPT)
def _slips(working: Node) -> Mapping[Fraction, tuple[Edit, ...]]:
    """The slips one can make in a formula by the value they give, the right one left out."""
    table: dict[Fraction, tuple[Edit, ...]] = {}
    for edit in edits(working, OF_A_WORKING):
        if (value := _value(edit.tree)) is not None:
            table[value] = (*table.get(value, ()), edit)
    table.pop(_value(working) or Fraction(0), None)
    return table


def _value(tree: Node) -> Fraction | None:
    try:
        return evaluate(tree)
    except NotExact:
        return None


def _chance(table: Mapping[Fraction, tuple[Edit, ...]], value: Fraction) -> Fraction:
    """The share of numbers as simple as this one, up to twice its size, that some slip gives.

    >>> _chance({Fraction(2): (), Fraction(3): (), Fraction(50): ()}, Fraction(3))
    Fraction(1, 3)
    """
    reach = 2 * abs(value)
    near = sum(abs(other) <= reach and other.denominator <= value.denominator for other in table)
    fractions = Fraction(value.denominator * (value.denominator + 1), 2)  # in one unit of length
    return Fraction(near, max(1, round(reach * fractions)))
