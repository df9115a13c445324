"""The parts of a question: read in order, each key known to the formulas of those after it."""

import re
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from grader import parts
from grader.cells.wish import Wish
from grader.judge import KINDS, AnswerSpec
from grader.kinds.choice import Choice
from grader.kinds.expression import Expression
from grader.kinds.number import Number
from grader.kinds.select import Select
from grader.quantity import Quantity
from quizbank.carry import CarryRule, Facts, Rework, read_carry
from quizbank.derived import derived, wished
from quizbank.fields import fields_of
from quizbank.formulas import BadFormula, Scope
from quizbank.question import Part
from quizbank.tree import Mapping, Scalar, Sequence, Tree
from quizbank.values import Unreadable, Values
from quizbank.variants import Numbers, shuffled

if TYPE_CHECKING:  # few questions have a model
    from grader.models.stack import Model

ID = re.compile("[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class PartHead:
    """What a part has besides its kind of answer."""

    id: str
    ask: str = ""
    points: Fraction = Fraction(1)
    hints: tuple[str, ...] = ()
    carry: CarryRule | None = None


@dataclass(slots=True)
class PartReader:
    """Reads the parts of one question at one seed."""

    question: str
    seed: int
    numbers: Numbers
    model: "Model | None"
    keys: dict[str, Quantity] = field(default_factory=dict)
    wishes: dict[str, Wish] = field(default_factory=dict)

    @property
    def facts(self) -> Facts:
        """What is known of the model, and of the parts read so far."""
        return Facts(self.model, dict(self.keys))

    @property
    def scope(self) -> Scope:
        """What formulas know after the parts read so far."""
        return Scope(self.numbers, self.facts)

    def only(self, written: Mapping, values: Values) -> tuple[Part, ...]:
        """The part of a question that writes its kind at the top level: its id is empty."""
        values = replace(values, scope=self.scope)
        try:
            head = PartHead("", **values.fields(PartHead, written, only=("points",)))
            return (self.part(written, values, head),)
        except Unreadable:
            return ()

    def several(self, written: Mapping, values: Values) -> tuple[Part, ...]:
        """The entries of ``parts``; those that cannot be read are left out, and noted."""
        tree = written.get("parts")
        if not isinstance(tree, Sequence) or not tree.items:
            message = f"needs a list of parts, or one kind of answer: {', '.join(KINDS)}"
            values.note((tree or written).line, "no-parts", message)
            return ()
        asked: list[Part] = []
        for position, item in enumerate(tree.items, 1):
            try:
                inside = replace(values, scope=self.scope).inside("parts")
                asked.append(self.entry(item, inside, position))
            except Unreadable:
                continue
            if asked[-1].id in [part.id for part in asked[:-1]]:
                values.note(item.line, "duplicate-id", f"two parts have the id {asked[-1].id!r}")
        return tuple(asked)

    def entry(self, item: Tree, values: Values, position: int) -> Part:
        """One entry of ``parts``."""
        written = values.inside(str(position)).mapping(item)
        values = values.inside(read_id(written, values.inside(str(position))))
        values.known(written, (*(one.name for one in fields_of(PartHead)), *KINDS))
        before = len(values.problems)
        texts = values.fields(PartHead, written)
        if len(values.problems) > before:
            texts = {"id": texts.get("id", "")}  # go on, to find what is wrong with the answer too
        return self.part(written, values, PartHead(**texts))

    def part(self, written: Mapping, values: Values, head: PartHead) -> Part:
        """A part with its kind of answer; its key joins those that later formulas know."""
        kind, tree = self.kind(written, values)
        inside = values.inside(kind)
        body, wish = inside.mapping(tree), None
        if KINDS[kind] is Expression:
            body, wish = derived(body, inside)
        spec = self.shuffled(inside.record(KINDS[kind], body), head.id)
        if wish := wish or wished(spec):
            self.wishes[head.id] = wish
        for fault in spec.faults():
            inside.note(tree.line, "fault", fault)
        carry = self.carry(head, written, values, tree) if head.carry else None
        if isinstance(spec, Number):
            self.keys[head.id] = spec.key
        marking = parts.Part(head.id, spec, head.points, carry)
        return Part(marking, kind, head.ask, head.hints, written.line)

    def kind(self, written: Mapping, values: Values) -> tuple[str, Tree]:
        """The kind of answer, and what is written under it."""
        match [(key.text, tree) for key, tree in written.entries if key.text in KINDS]:
            case [one]:
                return one
            case found:
                said = " and ".join(kind for kind, _ in found) or "none"
                message = f"needs one kind of answer of {', '.join(KINDS)}; has {said}"
                raise values.fail(written, "kind", message)

    def shuffled(self, spec: AnswerSpec, part: str) -> AnswerSpec:
        """The same with its options in another order, but for seed 0."""
        if self.seed and isinstance(spec, Choice | Select):
            return replace(spec, options=shuffled(spec.options, self.question, part, self.seed))
        return spec

    def carry(self, head: PartHead, written: Mapping, values: Values, tree: Tree) -> parts.Carry:
        """How the key of a number follows from earlier parts."""
        key = tree.get("key") if isinstance(tree, Mapping) and "number" in written else None
        place = values.inside("carry")
        if head.carry is None or not isinstance(key, Scalar):
            raise place.fail(written, "carry", "only a number can follow from earlier parts")
        rework = Rework(key.text, head.carry.refuse, self.numbers, self.facts)
        try:
            return read_carry(head.carry, rework)
        except BadFormula as error:
            raise place.fail(written.get("carry") or written, "carry", str(error)) from error


def read_id(written: Mapping, values: Values) -> str:
    """The id of a question or part; raises `Unreadable`."""
    tree = written.get("id")
    if not isinstance(tree, Scalar):
        raise values.fail(tree or written, "missing-field", "'id' is missing")
    if not ID.fullmatch(tree.text):
        message = f"{tree.text!r} is no id: small letters, digits and single dashes only"
        raise values.fail(tree, "id", message)
    return tree.text
