"""One line: a formula in declared names, equal to the key wherever both are defined."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import ClassVar

from grader.deciding.decimals import restored
from grader.deciding.domain import Domain
from grader.deciding.form import Form, Required
from grader.deciding.ladder import Decision, decide
from grader.deciding.shapes import declared
from grader.deciding.typed import resolved
from grader.entry import Entry
from grader.limits import PARSED_KEYS_KEPT
from grader.reading.caret import point
from grader.reading.parser import Reading, parse
from grader.reading.printer import show
from grader.reading.sides import alters
from grader.reading.spelling import canonical
from grader.reading.tree import Equation, Malformed, Name, Node
from grader.reading.vocabulary import Vocabulary
from grader.reading.wrapping import spelled_out
from grader.verdict import Evidence, Outcome, Verdict

_ANY_NAME = Vocabulary((), any_name=True)
_DERIVATIVE = re.compile(r"∂[^\s/*+()=]+/∂[^\s/*+()=]+")


@dataclass(frozen=True, slots=True)
class Detour:
    """A wrong formula that shows a named misconception, and the share of the marks it keeps."""

    id: str
    gives: str
    says: str
    credit: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Expression:
    """A formula equal to the key, in any honest notation; all names are real numbers.

    ``positive`` lists the names that stand for positive numbers, ``integer`` those of whole ones,
    ``gates`` those of numbers between 0 and 1; ``functions`` declares further
    function names that answers may use. An answer that is equal but not in the ``form`` asked for,
    or uses names other than ``only`` these or one it must do ``without``, earns ``form_credit``.
    With ``decimals``, a decimal that differs from a constant of the key by at most this share of
    it stands for that constant. ``shapes`` tells which names are vectors and matrices, and of which
    sizes: ``{"U": ("n", "n"), "h_t": ("n",)}``; then an answer may also write out its entries.

    >>> hidden = Detour("gate-on-hidden", "f_t*h_{t-1} + i_t*g_t", "It keeps c.")
    >>> names = ("f_t", "c_{t-1}", "i_t", "g_t", "h_{t-1}")
    >>> spec = Expression("f_t*c_{t-1} + i_t*g_t", names, mistakes=(hidden,))
    >>> answers = ("i_t ⊙ g_t + c_<t-1> f_t", "f_t c_{t-1}", "f_t*")
    >>> [spec.grade(answer).outcome.value for answer in answers]
    ['correct', 'incorrect', 'malformed']
    >>> spec.grade("g_t i_t + f_t h_{t-1}").misconception
    'gate-on-hidden'
    """

    entry: ClassVar[Entry] = Entry.ONE_LINE
    key: str
    names: tuple[str, ...]
    positive: tuple[str, ...] = ()
    integer: tuple[str, ...] = ()
    gates: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    mistakes: tuple[Detour, ...] = ()
    form: Form = "any"
    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    form_credit: Fraction = Fraction(1, 2)
    decimals: Fraction = Fraction(0)
    shapes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def grade(self, answer: str) -> Verdict:
        try:
            reading = parse(self._right_side(answer), self.vocabulary)
        except Malformed as error:
            return Verdict(Outcome.MALFORMED, evidence=(Evidence(error.code, point(error)),))
        understood = show(self._resolved(reading.tree))
        if mismatch := self._mismatch(reading.tree):
            return Verdict(Outcome.MALFORMED, evidence=(mismatch,), understood=understood)
        notes = tuple(Evidence("reading-taken", note) for note in reading.notes)
        decision = self.against(self.key, reading.tree)
        if decision.verdict != "equal" and (near := self._restored(reading.tree)):
            decision, taken = near
            notes = (Evidence("decimals-taken", taken), *notes)
        found = Evidence(decision.check.value, decision.finding)
        if decision.verdict == "equal":
            return self._equal(reading.tree, understood, found, *notes)
        if other := self._other(reading):
            both = Evidence("ambiguous", f"{understood} or {show(other)}")
            return Verdict(Outcome.MALFORMED, evidence=(both,), understood=understood)
        for detour in self.mistakes:
            if self.against(detour.gives, reading.tree).verdict == "equal":
                return Verdict.scored(
                    detour.credit,
                    understood,
                    Evidence("mistake", detour.gives),
                    found,
                    *notes,
                    misconception=detour.id,
                    remarks=(detour.says,),
                )
        if decision.verdict == "undecided":
            return Verdict(Outcome.UNDECIDED, evidence=(found, *notes), understood=understood)
        evidence = (found, *notes, *self._slips(reading.tree))
        return Verdict(Outcome.INCORRECT, evidence=evidence, understood=understood)

    def _equal(self, answer: Node, understood: str, *evidence: Evidence) -> Verdict:
        """Correct, or partly so where the form is not the one asked for."""
        unmet = self.required.unmet(answer, self.tree(self.key))
        if unmet is None:
            return Verdict.correct(understood, *evidence)
        amiss = Evidence(unmet.code, unmet.part)
        return Verdict.scored(self.form_credit, understood, amiss, *evidence)

    def _restored(self, answer: Node) -> tuple[Decision, str] | None:
        """What can be said with constants in place of decimals, if it is not that they differ."""
        if not self.decimals:
            return None
        for meant in restored(self.tree(self.key), answer, self.decimals):
            decision = self.against(self.key, meant.tree)
            if decision.verdict != "different":
                return decision, meant.taken
        return None

    def _other(self, reading: Reading) -> Node | None:
        """The right one among the readings that were not taken."""
        equal = (one for one in reading.others if self.against(self.key, one).verdict == "equal")
        return next(equal, None)

    @property
    def required(self) -> Required:
        """The form an answer must have besides being equal to the key."""
        return Required.spelled(self.form, self.only, self.without, self.vocabulary)

    @property
    def vocabulary(self) -> Vocabulary:
        """The names and functions an answer may use."""
        return _vocabulary(self.names, self.functions, bool(self.shapes))

    def _resolved(self, answer: Node) -> Node:
        """With every product shown as it was understood: ``*`` scales, ``@`` is of matrices."""
        return resolved(answer, declared(self.shapes)) if self.shapes else answer

    def _right_side(self, answer: str) -> str:
        """What stands after ``c_t =``: many begin by naming what is asked.

        The left side must be one name or derivative that is not declared; of any other equation
        nothing is cut.
        """
        plain = spelled_out(answer, thousand=self.vocabulary.meaning("k") is None)
        left, sign, right = plain.partition("=")
        if not sign or "=" in self.key:
            return plain
        return right.removeprefix("=") if self._is_asked(left) else plain

    def _is_asked(self, left: str) -> bool:
        """Whether a left side only names what is asked."""
        if not left.strip():
            return True
        if alters(left):
            return False
        if _DERIVATIVE.fullmatch(name := canonical(left)):
            return name not in self.vocabulary.symbols
        try:
            named = parse(left, _ANY_NAME).tree
        except Malformed:
            return False
        return isinstance(named, Name) and named.text not in self.vocabulary.symbols

    def _mismatch(self, answer: Node) -> Evidence | None:
        """An equation where a formula is asked, or the other way round."""
        wanted = isinstance(self.tree(self.key), Equation)
        if wanted == isinstance(answer, Equation):
            return None
        return Evidence("equation-wanted" if wanted else "formula-wanted", show(answer))

    def tree(self, formula: str) -> Node:
        """A key or a mistake as it is read; raises `Malformed`."""
        return _read(formula, self.vocabulary)

    def against(self, formula: str, answer: Node) -> Decision:
        """Whether an answer equals a formula, under everything that is declared."""
        domain = self.domain
        return decide(
            self.tree(formula),
            answer,
            positive=domain.positive,
            integer=domain.integer,
            gates=domain.gates,
            shapes=self.shapes,
        )

    @property
    def domain(self) -> Domain:
        """What is declared of the numbers that names stand for."""
        return Domain(frozenset(self.positive), frozenset(self.integer), frozenset(self.gates))

    def _slips(self, answer: Node) -> Iterator[Evidence]:
        """The one small slip that leads from the key to a wrong answer, if there is one."""
        from grader.diagnosis import diagnose  # noqa: PLC0415 - right answers need not wait for it

        key = self.tree(self.key)
        if slip := diagnose(key, answer, self.domain, self.shapes):
            yield Evidence(slip.code, slip.finding)

    def right_answer(self) -> str:
        return self.key

    def wrong_answers(self) -> Iterator[tuple[str, str]]:
        for detour in self.mistakes:
            yield detour.gives, detour.id

    def faults(self) -> Iterator[str]:
        from grader.kinds.expression_faults import faults  # noqa: PLC0415 - authors only

        return faults(self)


@lru_cache(maxsize=PARSED_KEYS_KEPT)
def _vocabulary(names: tuple[str, ...], functions: tuple[str, ...], arrays: bool) -> Vocabulary:
    return Vocabulary(names, functions, arrays=arrays)


@lru_cache(maxsize=PARSED_KEYS_KEPT)
def _read(formula: str, vocabulary: Vocabulary) -> Node:
    return parse(formula, vocabulary).tree
