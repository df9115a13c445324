"""One table read line by line: the answers on plain lines looked up, all others read with care."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from quizbank.answers.given import Given
from quizbank.answers.intake import BAD_ROW
from quizbank.batch.asked import Answer, Asked
from quizbank.batch.layouts import Layout
from quizbank.batch.marked import ANSWERS_KEPT, Marked
from quizbank.marking import bad_row
from quizbank.problem import Problem
from quizbank.record.records import Record

LINES_AT_ONCE = 4_096  # lines given out in one piece; about 1 MB
STUDENTS_KEPT = 1_000_000  # names of students kept as they are written out; about 0.3 kB each

Who = tuple[bytes, bytes]
"""A student: the name, and how a record begins that is theirs."""


class _Students(dict[bytes, Who | None]):
    """Students by what stands on the line; None where that is not plain."""

    def __init__(self, layout: Layout, whose: Callable[[str], bytes]) -> None:
        self._layout, self._whose = layout, whose

    def __missing__(self, piece: bytes) -> Who | None:
        name = self._layout.student(piece)
        if name is None:
            return None
        if len(self) >= STUDENTS_KEPT:
            self.clear()
        self[piece] = (name.encode(), self._whose(name))
        return self[piece]


class _Answers(dict[bytes, Answer | None]):
    """Answers by what stands on the line; None where that is not plain."""

    def __init__(self, layout: Layout, marked: Marked) -> None:
        self._layout, self._marked = layout, marked

    def __missing__(self, rest: bytes) -> Answer | None:
        given = self._layout.given(rest)
        if given is None:
            return None
        answers = self._marked.answers(given)
        if isinstance(answers, Record) or len(answers) != 1:
            return None
        (self[rest],) = answers
        return self[rest]


class Table:
    """A file of one answer a line, marked as it is read.

    After the rows come the answers that waited for an earlier part, and the parts left open.
    """

    def __init__(
        self, path: Path, layout: Layout, marked: Marked, again: dict[bytes, None]
    ) -> None:
        self.path, self.layout, self.marked, self.again = path, layout, marked, again
        self.students = _Students(layout, marked.form.whose)
        self.troubles: list[Problem] = []
        self._begins: dict[bytes, bytes] = {}

    def pieces(self) -> Iterator[bytes]:
        """The lines of all records, many at once."""
        with self.path.open("rb") as stream:
            lines = iter(stream)
            for _ in range(self.layout.headings):
                next(lines, b"")
            yield from self._rows(lines, self.layout.headings)
        yield from _joined(self._waited())
        yield from _joined(self._left_open())
        self.marked.forget()

    def _rows(self, lines: Iterator[bytes], number: int) -> Iterator[bytes]:
        mark, students, again = self.layout.mark, self.students, self.again
        answers = _Answers(self.layout, self.marked)
        out: list[bytes] = []
        for line in lines:
            number += 1
            piece, _, rest = line.partition(mark)
            who, answer = students[piece], answers[rest]
            if who is None or answer is None:
                row = self.layout.rows(line, lines, number)
                number += row.lines - 1
                out += self._with_care(row.found)
                if row.last:
                    break
            elif answer.asked.turns is None:  # as in `_handed_in`, without a call: most lines
                student, whose = who
                answered = answer.asked.answered
                before = answered.get(student, 0)
                if before & answer.filled:
                    again[student] = None
                answered[student] = before | answer.answered | answer.filled
                answer.times += 1
                out += (whose, answer.said)
            else:
                out += self._handed_in(who, answer)
            if len(out) >= LINES_AT_ONCE:
                yield b"".join(out)
                out.clear()
                if self.marked.full or len(answers) > ANSWERS_KEPT:
                    self.marked.forget()
                    answers.clear()
        yield b"".join(out)

    def _with_care(self, found: Iterable[Given | Problem]) -> Iterator[bytes]:
        for one in found:
            if isinstance(one, Problem) and one.rule != BAD_ROW:
                self.troubles.append(one)
            elif isinstance(one, Problem):
                yield self.marked.stray(bad_row(one))
            elif isinstance(answers := self.marked.answers(one), Record):
                yield self.marked.stray(answers)
            else:
                yield from self._together(self._who(one.student), answers)

    def _together(self, who: Who, answers: list[Answer]) -> Iterator[bytes]:
        """Answers handed in at once: all of one turn."""
        if len(answers) == 1:
            yield from self._handed_in(who, answers[0])
            return
        for asked in {id(one.asked): one.asked for one in answers}.values():
            turn = (asked.turns or {}).get(who[0], {})
            if any(one.name in turn for one in answers):
                yield from self._turn_over(asked, who)
        for answer in answers:
            yield from self._handed_in(who, answer)

    def _handed_in(self, who: Who, answer: Answer) -> Iterable[bytes]:
        """The line of an answer, unless it must wait; and of what waited for it to come or not."""
        self._note(who, answer)
        asked, student = answer.asked, who[0]
        if asked.turns is None:
            answer.times += 1
            return who[1], answer.said
        over: Iterable[bytes] = ()
        turn = asked.turns.get(student)
        if turn is None:
            turn = asked.turns[student] = {}
        elif answer.name in turn:
            over = self._turn_over(asked, who)
        turn[answer.name] = answer
        if not answer.sources:
            answer.times += 1
            return *over, who[1], answer.said
        if all(map(turn.__contains__, answer.sources)):
            return *over, self._in_turn(who, answer, turn)
        asked.waiting.setdefault(student, []).append((who, answer))
        return over

    def _note(self, who: Who, answer: Answer) -> None:
        """Remember who answered what."""
        answered, student = answer.asked.answered, who[0]
        before = answered.get(student, 0)
        if before & answer.filled:
            self.again[student] = None
        answered[student] = before | answer.answered | answer.filled

    def _in_turn(self, who: Who, answer: Answer, turn: Mapping[str, Answer]) -> bytes:
        """The line of an answer in the light of those that the student gave to earlier parts."""
        verdict = answer.asked.carried(answer, turn)
        if verdict is None:
            answer.times += 1
            return who[1] + answer.said
        self.marked.tally.count(verdict, answer.part.points)
        return who[1] + self.marked.said(answer.asked, answer.part, answer.text, verdict)

    def _turn_over(self, asked: Asked, who: Who) -> list[bytes]:
        """The lines of what waited for parts that do not come any more, now that a turn ends."""
        turn = (asked.turns or {})[who[0]]
        over: list[bytes] = []
        for waiting, answer in asked.waiting.pop(who[0], ()) if asked.waiting else ():
            kept = self.marked.answer(asked.question, answer.name, answer.text)
            over.append(self._in_turn(waiting, kept, turn))
        turn.clear()
        return over

    def _waited(self) -> Iterator[bytes]:
        for asked in self.marked.asked.values():
            for waiting in list(asked.waiting.values()):
                yield from self._turn_over(asked, waiting[0][0])

    def _left_open(self) -> Iterator[bytes]:
        self._begins.update(who for who in self.students.values() if who)
        for asked in self.marked.asked.values():
            for part, students in asked.open_parts():
                if not students:
                    continue
                blank = self.marked.answer(asked.question, part.id, "")
                blank.times += len(students)
                for student in students:
                    yield self._who(student.decode())[1]
                    yield blank.said

    def _who(self, student: str) -> Who:
        """A student read with care; the next time at a glance."""
        name = student.encode()
        if name not in self._begins:
            if len(self._begins) >= STUDENTS_KEPT:
                self._begins.clear()
            self._begins[name] = self.marked.form.whose(student)
        return name, self._begins[name]


def _joined(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Lines, many at once."""
    out: list[bytes] = []
    for line in lines:
        out.append(line)
        if len(out) >= LINES_AT_ONCE:
            yield b"".join(out)
            out.clear()
    yield b"".join(out)
