"""Several lines: from what is known to a target, every line judged in the model of a cell."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, Literal

from grader.derivation.target import Target
from grader.entry import Entry
from grader.verdict import Verdict

if TYPE_CHECKING:  # who asks for numbers need not wait for cells
    from grader.derivation.judged import Judged


@dataclass(frozen=True, slots=True)
class Milestone:
    """A statement on the way that must be present, and its share of the marks."""

    gradient: Target
    credit: Fraction
    says: str


@dataclass(frozen=True, slots=True)
class WrongLine:
    """A line that shows a named misconception."""

    id: str
    line: str
    says: str


@dataclass(frozen=True, slots=True)
class Derivation:
    """Lines that lead to a target in the model of a recurrent cell.

    In ``form: vector`` names stand for columns and matrices, in ``row`` for rows; an answer all of
    whose lines hold only the other way round is read so. ``path: cell`` tells that only the cell
    path counts, with the gates held fixed. ``partials`` is what ``∂a/∂b`` means: the derivative of
    one equation (``direct``), along all routes (``total``), or ``either``. At most ``step``
    equations may be put in at once. ``last`` tells that no step comes after t. ``carry`` is the
    most that a derivation with one wrong line can earn. ``names`` gives further letters for
    quantities: ``{k: i}`` lets ``k_t`` stand for ``i_t``.

    >>> spec = Derivation("lstm", Target("c", lag=2), path="cell")
    >>> spec.grade("δc_{t-1} = δc_t f_t\\nδc_{t-2} = δc_{t-1} f_{t-1} = δc_t f_t f_{t-1}").score
    Fraction(1, 1)
    >>> answer = "δc_{t-1} = δc_t f_{t-1}\\nδc_{t-2} = δc_{t-1} f_{t-1} = δc_t f_{t-1}^2"
    >>> [line.mark.value for line in spec.lines(answer)]
    ['wrong', 'follows']
    """

    entry: ClassVar[Entry] = Entry.SEVERAL_LINES
    cell: str
    target: Target
    form: Literal["scalar", "vector", "row"] = "scalar"
    path: Literal["total", "cell"] = "total"
    partials: Literal["direct", "total", "either"] = "either"
    milestones: tuple[Milestone, ...] = ()
    step: int | None = None
    last: bool = False
    carry: Fraction = Fraction(1, 2)
    names: Mapping[str, str] = field(default_factory=dict)
    mistakes: tuple[WrongLine, ...] = ()

    def grade(self, answer: str) -> Verdict:
        from grader.derivation.marking import marked  # noqa: PLC0415 - see above

        return marked(self, answer)

    def lines(self, answer: str) -> "tuple[Judged, ...]":
        """Every line of an answer with its mark, for faces that show one beside each line."""
        from grader.derivation.marking import as_written, judged  # noqa: PLC0415 - see above

        return judged(as_written(self, answer), answer)[0]

    def right_answer(self) -> str:
        from grader.derivation.marking import right_answer  # noqa: PLC0415 - see above

        return right_answer(self)

    def wrong_answers(self) -> Iterator[tuple[str, str]]:
        for mistake in self.mistakes:
            yield mistake.line, mistake.id

    def faults(self) -> Iterator[str]:
        from grader.kinds.derivation_faults import faults  # noqa: PLC0415 - authors only

        return faults(self)
