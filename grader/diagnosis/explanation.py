"""Choosing among the slips that explain an answer: the smallest one, if it is the only one."""

from collections.abc import Iterable
from dataclasses import dataclass

from grader.diagnosis.edits import Edit


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The one smallest slip that gives exactly this answer, and what it is in words.

    >>> Diagnosis("dropped-term", "the term i_t*g_t is missing").code
    'dropped-term'
    """

    code: str
    finding: str


def told_apart(matches: Iterable[Edit]) -> list[Edit]:
    """One edit for each tree: slips that lead to the same tree are one slip, the first named."""
    first: dict[object, Edit] = {}
    for edit in matches:
        first.setdefault(edit.tree, edit)
    return list({(edit.code, edit.finding): edit for edit in first.values()}.values())


def lightest(found: list[Edit]) -> list[Edit]:
    """Those that ask one to believe least."""
    least = min((edit.weight for edit in found), default=0)
    return [edit for edit in found if edit.weight == least]
