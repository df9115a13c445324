"""One question being asked: its parts, hints and commands, each answer kept before it is judged."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from time import monotonic

from cli import words_of_sitting
from cli.face import Face
from cli.keeper import Keeper
from cli.legend import legend
from cli.reply import Answer, Command, Draft
from grader.entry import Entry
from grader.verdict import Evidence, Outcome, Verdict
from quizbank.question import Part, Question

_SKIPPED = Verdict(Outcome.BLANK, evidence=(Evidence("blank"),))


class End(Enum):
    """How a question ends."""

    DONE = "done"
    LATER = "later"
    QUIT = "quit"


def say(face: Face, sentences: Iterable[str]) -> None:
    """Sentence by sentence."""
    for sentence in sentences:
        face.say(sentence)


@dataclass(slots=True)
class Turn:
    """One question being asked, part after part."""

    face: Face
    keeper: Keeper
    question: Question
    number: int
    total: int
    given: dict[str, str] = field(default_factory=dict)
    missed: list[Part] = field(default_factory=list)
    hints: dict[str, "Hints"] = field(default_factory=dict)
    comes_back: bool = False

    def recall(self, answers: Mapping[str, str]) -> None:
        """Take up the answers given before the sitting was interrupted."""
        for name, verdict in self.question.mark(answers).items():
            part = self.question.part(name)
            if part and name in answers:
                self.given[name] = answers[name]
                self.keeper.recall(self.question, part, answers[name], verdict)
                if verdict.outcome is not Outcome.CORRECT:
                    self.missed.append(part)

    @property
    def is_done(self) -> bool:
        """Whether no part is open."""
        return len(self.given) == len(self.question.parts)

    def ask(self, *, comes_back: bool) -> End:
        """Ask every part that is open; show the solution once none is."""
        self.comes_back = comes_back
        self.face.question(self.question, self.number, self.total)
        for number, part in enumerate(self.question.parts, 1):
            if part.id in self.given:
                continue
            self.face.part(part, number, len(self.question.parts))
            if self._answer(part, number) is End.QUIT:
                return End.QUIT
        if not self.is_done:
            return End.LATER
        self.face.solution(self.question, self.missed)
        return End.DONE

    def _answer(self, part: Part, number: int) -> End:
        """Ask until there is an answer that can be read, or the learner goes on without one."""
        hints = self.hints.setdefault(part.id, Hints((*part.hints, *self.question.hints)))
        asked = monotonic()
        while True:
            match self.face.ask(part, hints.left):
                case Command.SKIP if self.comes_back:
                    self.face.say(words_of_sitting.COMES_BACK)
                    return End.LATER
                case Command.SKIP:
                    self._keep(part, "", _SKIPPED, hints.taken, asked)
                    return End.DONE
                case Command.QUIT:
                    return End.QUIT
                case Command() as command:
                    self._obey(command, part, number, hints)
                case Draft(text):
                    hints.marked = True
                    self.face.marks(part, text)
                case Answer(text):
                    verdict = self.question.mark({**self.given, part.id: text})[part.id]
                    if verdict.outcome not in (Outcome.BLANK, Outcome.MALFORMED):
                        self._keep(part, text, verdict, hints.taken, asked)
                        return End.DONE
                    self._say_verdict(part, text, verdict)

    def _obey(self, command: Command, part: Part, number: int, hints: "Hints") -> None:
        """What is asked for besides an answer."""
        match command:
            case Command.HINT:
                hints.tell(self.face)
            case Command.REPEAT:
                self.face.question(self.question, self.number, self.total)
                self.face.part(part, number, len(self.question.parts))
            case Command.FLAG:
                flagged = self.keeper.flag(self.question.id)
                self.face.say(words_of_sitting.FLAG_SET if flagged else words_of_sitting.FLAG_GONE)
            case Command.NAMES:
                self.face.say("\n".join(legend(part.spec)))
            case Command.KEYS:
                self.face.say(words_of_sitting.KEYS)
                if part.spec.entry is Entry.ONE_LINE:
                    self.face.say(words_of_sitting.EDITING)
                elif part.spec.entry is Entry.SEVERAL_LINES:
                    self.face.say(words_of_sitting.EDITING_LINES)
            case Command.MARKS:
                self.face.say(words_of_sitting.NOT_LINE_BY_LINE)
            case Command.SKIP | Command.QUIT:
                pass  # the part ends with these

    def _keep(self, part: Part, text: str, verdict: Verdict, hints: int, asked: float) -> None:
        """Record an answer, and only then say what it is worth: what was said is never lost."""
        self.given[part.id] = text
        if verdict.outcome is not Outcome.CORRECT:
            self.missed.append(part)
        seconds = monotonic() - asked
        self.keeper.keep(self.question, part, text, verdict, hints, seconds)
        self._say_verdict(part, text, verdict)
        say(self.face, self.keeper.troubles())

    def _say_verdict(self, part: Part, text: str, verdict: Verdict) -> None:
        if verdict is _SKIPPED:
            self.face.say(words_of_sitting.SKIPPED)
        elif verdict.outcome is Outcome.BLANK:
            self.face.say(words_of_sitting.NOTHING_TYPED)
        else:
            self.face.verdict(part, text, verdict, self.keeper.name(verdict))


@dataclass(slots=True)
class Hints:
    """Hints, the part's own first, each told once."""

    texts: tuple[str, ...]
    seen: int = 0
    marked: bool = False

    @property
    def taken(self) -> int:
        """How many were taken; to have lines marked counts as one."""
        return self.seen + self.marked

    @property
    def left(self) -> int:
        """How many are still to be had."""
        return len(self.texts) - self.seen

    def tell(self, face: Face) -> None:
        """Show the next one, or say that there is none."""
        if not self.left:
            face.say(words_of_sitting.NO_MORE_HINTS)
            return
        self.seen += 1
        face.hint(self.texts[self.seen - 1], self.seen, len(self.texts))
