"""Files of answers in, lines of records out, never more than a piece of them in memory."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from quizbank.answers.files import answer_files, fault
from quizbank.answers.intake import take_in
from quizbank.bank import Bank
from quizbank.batch.again import Again
from quizbank.batch.forms import Form
from quizbank.batch.layouts import layout_of
from quizbank.batch.marked import Marked
from quizbank.batch.table import Table
from quizbank.batch.tally import Tally
from quizbank.marking import records
from quizbank.problem import Problem


class Flow:
    """Marks files one after the other; what it came to stands in its other fields.

    >>> from quizbank.batch import JSONL
    >>> from quizbank.load import load
    >>> flow = Flow(load()[0], JSONL)
    >>> b"".join(flow.pieces([Path("no-such-file.csv")])), [str(one) for one in flow.troubles]
    (b'', ['no-such-file.csv:0: unreadable: there is no such file or folder'])
    """

    def __init__(self, bank: Bank, form: Form) -> None:
        self.bank, self.form = bank, form
        self.tally = Tally()
        self.again = Again(bank)
        self.troubles: list[Problem] = []
        self.notes: list[Problem] = []

    def pieces(self, paths: Iterable[Path]) -> Iterator[bytes]:
        """The records of files and folders, in the order of the paths and of the rows."""
        yield self.form.heading
        for found in answer_files(paths):
            problem = found if isinstance(found, Problem) else fault(found)
            if problem:
                self.troubles.append(problem)
            elif isinstance(found, Path):
                yield from self._file(found)

    def _file(self, path: Path) -> Iterator[bytes]:
        layout = layout_of(path)
        if layout is None:
            yield b"".join(self._sheet(path))
            return
        table = Table(path, layout, Marked(self.bank, self.form, self.tally), self.again.within())
        yield from table.pieces()
        self.troubles += table.troubles
        self.again.table(table.marked.asked)

    def _sheet(self, path: Path) -> Iterator[bytes]:
        """The lines of a file that is read as a whole."""
        intake = take_in([path])
        self.troubles += intake.troubles
        self.notes += intake.notes
        for record in records(self.bank, intake.rows):
            self.tally.count(record.verdict, record.points)
            self.again.sheet(record)
            yield self.form.line(record)
