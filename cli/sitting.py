"""The conversation of a sitting: what is asked, shown and kept, in which order."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from cli import words
from cli.face import Face
from cli.keeper import Keeper
from cli.reply import Answer, Command
from grader.verdict import Evidence, Outcome, Verdict
from quizbank.bank import BrokenVariant
from quizbank.question import Part, Question

_SKIPPED = Verdict(Outcome.BLANK, evidence=(Evidence("blank"),))


def hold(face: Face, keeper: Keeper, names: Sequence[str]) -> None:
    """Ask the questions one by one, until they or the learner's patience end."""
    try:
        going_on = all(
            (number == 1 or face.pause(number, len(names)))
            and _ask(face, keeper, name, number, len(names))
            for number, name in enumerate(names, 1)
        )
    except KeyboardInterrupt:  # between two prompts; at a prompt it arrives as Command.QUIT
        going_on = False
    if not going_on:
        face.say(words.STOPPED)


def _ask(face: Face, keeper: Keeper, name: str, number: int, total: int) -> bool:
    """One question, unless it cannot be worked out for this seed; whether to go on."""
    try:
        question = keeper.bank.question(name, keeper.seed)
    except BrokenVariant as error:
        face.say(str(error))
        return True
    return Turn(face, keeper, question, number, total).ask()


@dataclass(slots=True)
class Turn:
    """One question being asked, part after part."""

    face: Face
    keeper: Keeper
    question: Question
    number: int
    total: int
    given: dict[str, str] = field(default_factory=dict)

    def ask(self) -> bool:
        """Ask every part, then show the solution; whether to go on."""
        missed: list[Part] = []
        self.face.question(self.question, self.number, self.total)
        for number, part in enumerate(self.question.parts, 1):
            self.face.part(part, number, len(self.question.parts))
            hints = Hints((*part.hints, *self.question.hints))
            answered = self._answer(part, number, hints)
            if answered is None:
                return False
            text, verdict = answered
            self.given[part.id] = text
            self.keeper.keep(self.question, part, text, verdict, hints.seen)
            if verdict.outcome is not Outcome.CORRECT:
                missed.append(part)
        self.face.solution(self.question, missed)
        return True

    def _answer(self, part: Part, number: int, hints: "Hints") -> tuple[str, Verdict] | None:
        """The first answer that can be read, with its verdict; nothing when asked to quit."""
        while True:
            match self.face.ask(part, hints.left):
                case Command.HINT:
                    hints.tell(self.face)
                case Command.REPEAT:
                    self.face.question(self.question, self.number, self.total)
                    self.face.part(part, number, len(self.question.parts))
                case Command.SKIP:
                    self.face.say(words.SKIPPED)
                    return "", _SKIPPED
                case Command.QUIT:
                    return None
                case Answer(text):
                    verdict = self._judge(part, text)
                    if verdict.outcome not in (Outcome.BLANK, Outcome.MALFORMED):
                        return text, verdict

    def _judge(self, part: Part, text: str) -> Verdict:
        """What an answer is worth, said at once."""
        verdict = self.question.mark({**self.given, part.id: text})[part.id]
        if verdict.outcome is Outcome.BLANK:
            self.face.say(words.NOTHING_TYPED)
        else:
            self.face.verdict(part, text, verdict, self.keeper.name(verdict))
        return verdict


@dataclass(slots=True)
class Hints:
    """Hints, the part's own first, each told once."""

    texts: tuple[str, ...]
    seen: int = 0

    @property
    def left(self) -> int:
        """How many are still to be had."""
        return len(self.texts) - self.seen

    def tell(self, face: Face) -> None:
        """Show the next one, or say that there is none."""
        if not self.left:
            face.say(words.NO_MORE_HINTS)
            return
        self.seen += 1
        face.hint(self.texts[self.seen - 1], self.seen, len(self.texts))
