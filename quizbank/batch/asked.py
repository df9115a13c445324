"""What is known of one question at one seed while its answers pass by."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from grader.kinds.number import Number
from grader.reading.exact import NotExact
from grader.reading.tree import Malformed
from grader.verdict import Outcome, Verdict
from quizbank.question import Part, Question

_WRONG = frozenset({Outcome.INCORRECT, Outcome.PARTIAL})


@dataclass(slots=True, eq=False)
class Answer:
    """One distinct answer to one part: its verdict by itself, and what is said of it, written out.

    ``answered`` and ``filled`` are bits of its part: that it was handed in, and not left blank.
    ``sources`` are the parts whose answers may still change the verdict, ``value`` the wrong number
    that other verdicts may follow from; ``times`` says how often it was given.
    """

    asked: "Asked"
    part: Part
    name: str
    text: str
    verdict: Verdict
    said: bytes
    answered: int
    filled: int
    sources: tuple[str, ...] = ()
    value: Fraction | None = None
    times: int = 0


@dataclass(slots=True, eq=False)
class Asked:
    """A question, and who answered which of its parts.

    ``answered`` holds two bits per part for each student (see `Answer`). Where a verdict may follow
    from an earlier part, ``turns`` holds what each student gave in the turn that is running.
    """

    question: Question
    answered: dict[bytes, int] = field(default_factory=dict)
    turns: dict[bytes, dict[str, Answer]] | None = None
    waiting: dict[bytes, list[tuple[tuple[bytes, bytes], Answer]]] = field(default_factory=dict)
    _keys: dict[tuple[object, ...], Fraction | None] = field(default_factory=dict)
    _verdicts: dict[tuple[object, ...], Mapping[str, Verdict]] = field(default_factory=dict)

    @property
    def all_filled(self) -> int:
        """The bits that say of every part that it was not left blank."""
        return sum(2 << 2 * place for place in range(len(self.question.parts)))

    def open_parts(self) -> Iterator[tuple[Part, list[bytes]]]:
        """The parts, each with those who answered others and left it open."""
        for place, part in enumerate(self.question.parts):
            bit = 1 << 2 * place
            yield part, [student for student, mask in self.answered.items() if not mask & bit]

    def carried(self, answer: Answer, turn: Mapping[str, Answer]) -> Verdict | None:
        """The verdict in the light of the student's other answers, where they change it."""
        wrong = {
            name: turn[name]
            for name in answer.sources
            if name in turn and turn[name].value is not None
        }
        if not wrong or not self._follows(answer, wrong):
            return None
        texts = {name: turn[name].text for name in answer.sources if name in turn}
        given = (answer.name, answer.text, *texts.items())
        if given not in self._verdicts:
            if len(self._verdicts) >= KEYS_KEPT:
                self._verdicts.clear()
            self._verdicts[given] = self.question.mark({**texts, answer.name: answer.text})
        return self._verdicts[given][answer.name]

    def _follows(self, answer: Answer, wrong: Mapping[str, Answer]) -> bool:
        """Whether the answer is what comes of the student's own values."""
        spec = answer.part.spec
        given = (answer.name, *[(name, one.text) for name, one in wrong.items()])
        if given not in self._keys:
            if len(self._keys) >= KEYS_KEPT:
                self._keys.clear()
            self._keys[given] = _reworked(answer.part, wrong)
        key, value = self._keys[given], answer.value
        if key is None or value is None or not isinstance(spec, Number):
            return False
        tolerant = spec.figures or spec.absolute or spec.relative
        return spec.accepts(value, key) if tolerant else value == key


KEYS_KEPT = 10_000
"""Keys reworked from students' own values, and verdicts, that a question remembers: some MB."""


def may_follow(part: Part, verdict: Verdict) -> tuple[str, ...]:
    """The parts that a verdict may still hang on: none unless it is a number worth more marks."""
    carry = part.marking.carry
    if carry is None or not isinstance(part.spec, Number) or verdict.outcome not in _WRONG:
        return ()
    return carry.sources if verdict.score < carry.credit else ()


def value_of(spec: Number, text: str, verdict: Verdict) -> Fraction | None:
    """The number in an answer that is wrong or partly so."""
    return spec.value(spec.read(text)) if verdict.outcome in _WRONG else None


def _reworked(part: Part, wrong: Mapping[str, Answer]) -> Fraction | None:
    """The key that a student's own wrong values lead to; none where they lead nowhere."""
    values = {name: one.value for name, one in wrong.items() if one.value is not None}
    if part.marking.carry is None:
        return None
    try:
        return part.marking.carry.rework(values).value
    except (NotExact, Malformed):
        return None
