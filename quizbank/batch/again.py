"""Who answered the same part more than once, in one file or in several."""

from grader.verdict import Outcome
from quizbank.bank import Bank
from quizbank.batch.asked import Asked
from quizbank.record.records import Record


class Again:
    """Students who answered a part again, in the order found; blanks are no answers."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._names: dict[bytes, None] = {}
        self._filled: dict[tuple[str, int], dict[bytes, int]] = {}

    @property
    def names(self) -> list[str]:
        """The students, each once."""
        return [name.decode(errors="replace") for name in self._names]

    def within(self) -> dict[bytes, None]:
        """Where a table notes those who repeat themselves in it."""
        return self._names

    def table(self, asked: dict[tuple[str, int], Asked]) -> None:
        """Take in a table that was read to its end; the first one is kept as it is."""
        if not self._filled:
            self._filled = {key: one.answered for key, one in asked.items()}
            return
        for key, one in asked.items():
            for student, mask in one.answered.items():
                self._note(key, student, mask & one.all_filled)

    def sheet(self, record: Record) -> None:
        """Take in one record of a file that is read as a whole."""
        if record.verdict.outcome is Outcome.BLANK or not record.points:
            return
        parts = self._bank.question(record.question, record.seed).parts
        place = [part.id for part in parts].index(record.part)
        key = (record.question, record.seed)
        self._note(key, record.student.encode(errors="replace"), 2 << 2 * place)

    def _note(self, key: tuple[str, int], student: bytes, filled: int) -> None:
        known = self._filled.setdefault(key, {})
        before = known.get(student, 0)
        if before & filled:
            self._names[student] = None
        known[student] = before | filled
