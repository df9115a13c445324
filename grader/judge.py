"""The kinds of answer there are, and the one place that sends an answer to its kind."""

from types import MappingProxyType
from typing import TypeAlias, assert_never, get_args

from grader.kinds.choice import Choice
from grader.kinds.derivation import Derivation
from grader.kinds.expression import Expression
from grader.kinds.match import Match
from grader.kinds.number import Number
from grader.kinds.order import Order
from grader.kinds.select import Select
from grader.kinds.text import Text
from grader.limits import ANSWER_CHARACTERS
from grader.verdict import Evidence, Outcome, Verdict

AnswerSpec: TypeAlias = Choice | Select | Match | Order | Number | Expression | Derivation | Text

KINDS = MappingProxyType({kind.__name__.lower(): kind for kind in get_args(AnswerSpec)})
"""Each kind under the name that authors write."""


def grade(spec: AnswerSpec, answer: str) -> Verdict:
    """What an answer is worth; never raises, whatever was typed.

    >>> from grader.kinds.options import Option
    >>> grows, stays = Option("grows", "It grows", "No."), Option("stays", "It stays", "Yes.", True)
    >>> spec = Choice((grows, stays))
    >>> grade(spec, "b").outcome, grade(spec, "  ").outcome
    (<Outcome.CORRECT: 'correct'>, <Outcome.BLANK: 'blank'>)
    """
    if not answer.strip():
        return Verdict(Outcome.BLANK, evidence=(Evidence("blank"),))
    if len(answer) > ANSWER_CHARACTERS:
        return Verdict(Outcome.MALFORMED, evidence=(Evidence("answer-too-long", str(len(answer))),))
    match spec:
        case Number() | Expression() | Choice() | Select() | Match() | Order() | Text():
            return spec.grade(answer)
        case Derivation():
            return spec.grade(answer)
        case _:
            assert_never(spec)
