"""The conversation of a sitting: what is asked, shown and kept, in which order."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import assert_never

from cli import words_of_sitting
from cli.face import Face
from cli.keeper import Keeper
from cli.reply import After
from cli.turn import End, Turn, say
from quizbank.bank import BrokenVariant

_VARIANTS_TRIED = 50  # some draws have few numbers to draw from


def hold(
    face: Face,
    keeper: Keeper,
    names: Sequence[str],
    given: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
) -> bool:
    """Ask the questions one by one, until they or the learner's patience end; which it was.

    What was ``given`` before, by question and part, is not asked again.
    """
    try:
        say(face, keeper.troubles())
        going_on = Sitting(face, keeper, len(names), deque(names), given).hold()
    except KeyboardInterrupt:  # between two prompts; at a prompt it arrives as Command.QUIT
        going_on = False
    if not going_on:
        face.say(words_of_sitting.STOPPED_SHORT if keeper.shortfall() else words_of_sitting.STOPPED)
    return going_on


@dataclass(slots=True)
class Sitting:
    """Questions waiting to be asked: those that were skipped come back once, at the end."""

    face: Face
    keeper: Keeper
    total: int
    waiting: deque[str | Turn]
    given: Mapping[str, Mapping[str, str]]
    begun: int = 0

    def hold(self) -> bool:
        """Whether all was asked."""
        while self.waiting:
            following = self.waiting.popleft()
            try:
                turn = following if isinstance(following, Turn) else self._turn(following)
            except BrokenVariant as error:
                self.face.say(str(error))
                continue
            if turn.is_done:
                continue
            match turn.ask(comes_back=turn is not following and bool(self.waiting)):
                case End.QUIT:
                    return False
                case End.LATER:
                    self.waiting.append(turn)
                case End.DONE:
                    if not self._goes_on(turn):
                        return False
        return True

    def _turn(self, name: str) -> Turn:
        """A question begun; raises `BrokenVariant`."""
        self.begun += 1
        question = self.keeper.bank.question(name, self.keeper.seed)
        turn = Turn(self.face, self.keeper, question, self.begun, self.total)
        turn.recall(self.given.get(name, {}))
        return turn

    def _goes_on(self, turn: Turn) -> bool:
        """What is wanted after a question, until it is the next one; whether to go on."""
        variants = self.keeper.has_variants(turn.question.id)
        while True:
            match self.face.after(self._next_number(), self.total, variants=variants):
                case After.ON:
                    return True
                case After.QUIT:
                    return False
                case After.EXPLAIN:
                    self.face.explain(turn.question.id, turn.question.seed, self.keeper.path)
                case After.VARIANT:
                    turn = self._variant(turn)
                    if turn.ask(comes_back=False) is End.QUIT:
                        return False
                case after:
                    assert_never(after)

    def _next_number(self) -> int:
        """The number of the next question; 0 where there is none."""
        if not self.waiting:
            return 0
        following = self.waiting[0]
        return following.number if isinstance(following, Turn) else self.begun + 1

    def _variant(self, turn: Turn) -> Turn:
        """The same question with other numbers."""
        question = turn.question
        for seed in range(question.seed + 1, question.seed + 1 + _VARIANTS_TRIED):
            try:
                other = self.keeper.bank.question(question.id, seed)
            except BrokenVariant:
                continue  # the next one may do
            if other.numbers != question.numbers or other.prompt != question.prompt:
                return Turn(self.face, self.keeper, other, turn.number, self.total)
        return Turn(self.face, self.keeper, question, turn.number, self.total)
