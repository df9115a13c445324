"""What Tab completes: the names a question declares, functions, commands and Greek letters."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from grader.judge import AnswerSpec
from grader.kinds.expression import Expression
from grader.kinds.number import Number
from grader.reading.names import ACCENTS, FUNCTIONS, GREEK

_WORD: Final = re.compile(r"(?:\\|∂)?[^\W\d]*(?:_(?:[{(<][^\s})>]*|\w*)?)?[})>]?$")
_COMMANDS: Final = ("frac{", "sqrt{", "cdot", "odot", *ACCENTS)
_FUNCTIONS: Final = tuple(one.name if one.name.isascii() else one.spellings[0] for one in FUNCTIONS)
_IN_NUMBERS: Final = ("sqrt", "floor", "ceil", "exp", "log", "max", "min", "abs")


@dataclass(frozen=True, slots=True)
class Words:
    """Names as they are declared and functions, which want a bracket behind them."""

    names: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()

    def beginning(self, typed: str) -> list[str]:
        r"""What a word may become, the names of the question first.

        >>> words = Words(("δc_t", "d_t", "f_t"), ("tanh", "floor"))
        >>> words.beginning("f"), words.beginning("delta"), words.beginning(r"\del")
        (['f_t', 'floor('], ['δc_t', 'δ'], ['\\delta'])
        """
        return [one for one in dict.fromkeys(self._offered(typed)) if one != typed]

    def _offered(self, typed: str) -> Iterator[str]:
        if typed.startswith("\\"):
            commands = (*GREEK, *_COMMANDS)
            yield from (f"\\{one}" for one in commands if one.startswith(typed[1:]))
            return
        yield from (one for one in self.names if any(_starts(one, typed)))
        yield from (f"{one}(" for one in self.functions if one.startswith(typed))
        if len(typed) > 1:
            yield from (GREEK[one] for one in GREEK if one.startswith(typed))


def _starts(name: str, typed: str) -> Iterator[bool]:
    """Whether a name begins so, as it is written or with its Greek letters by their names."""
    yield name.startswith(typed)
    for word, letter in GREEK.items():
        if letter in name:
            yield name.replace(letter, word).startswith(typed)
            yield name.replace(letter, f"{word}_").startswith(typed)
    yield name.startswith("δ") and f"d{name[1:]}".startswith(typed)


def words(spec: AnswerSpec) -> Words:
    """What can be completed in an answer of this kind."""
    match spec:
        case Expression():
            declared = spec.vocabulary.symbols
            return Words(declared, (*spec.functions, *_FUNCTIONS))
        case Number():
            return Words((), _IN_NUMBERS)
        case _:
            return Words()


class Complete(Completer):
    """The words that the one before the cursor may become."""

    def __init__(self, known: Words) -> None:
        self._known = known

    def get_completions(
        self, document: Document, complete_event: CompleteEvent
    ) -> Iterable[Completion]:
        typed = last_word(document.text_before_cursor)
        if typed or complete_event.completion_requested:
            for word in self._known.beginning(typed):
                yield Completion(word, start_position=-len(typed))


def last_word(text: str) -> str:
    r"""The word at the end of a text, which may be half typed.

    >>> [last_word(one) for one in ("f_t * c_{t", r"2\al", "tanh(", "x + ")]
    ['c_{t', '\\al', '', '']
    """
    found = _WORD.search(text)
    return found[0] if found else ""
