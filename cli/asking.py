"""Which prompt a part is asked with, by its form of entry."""

from collections.abc import Sequence
from functools import partial
from typing import Final, assert_never

from cli import ask, forms
from cli.ask import Head
from cli.begun import Begun
from cli.completing import words
from cli.markdown import phrase
from cli.reply import Answer, Command, Reply
from cli.typed import Typed
from cli.typed_lines import ReadRow
from cli.understood import understood, words_only
from grader.entry import Entry
from grader.kinds.derivation import Derivation
from quizbank.question import Part

_BENEATH: Final = 5  # rows: a fraction over a fraction, or a caret and some lines of reasons


def asked(part: Part, head: Head, begun: Begun, given: Sequence[str]) -> tuple[Reply, Begun]:
    """What a learner replies, and the lines that stay to go on with.

    The arrow up brings back the answers ``given`` before.
    """
    options = [(option.id, phrase(option.text).plain) for option in forms.options(part.spec)]
    match part.spec.entry:
        case Entry.ONE_LINE:
            read = partial(understood, part.spec)
            return ask.line(Typed(*head, read, words(part.spec), _BENEATH, given)), Begun()
        case Entry.SEVERAL_LINES:
            return _lines(part, head, begun)
        case Entry.PICK_ONE:
            return ask.pick_one(options, head), Begun()
        case Entry.PICK_MANY:
            return ask.pick_many(options, head), Begun()
        case Entry.ARRANGE:
            return _arranged(part, head), Begun()
        case entry:
            assert_never(entry)


def _lines(part: Part, head: Head, begun: Begun) -> tuple[Reply, Begun]:
    spec = part.spec
    read_row: ReadRow = words_only
    if isinstance(spec, Derivation):
        from cli.understood_lines import understood_row  # noqa: PLC0415 - few questions have lines

        read_row = partial(understood_row, spec)
    beneath = _BENEATH if isinstance(spec, Derivation) else 0
    prompt = Typed(*head, words=words(spec), beneath=beneath)
    reply, text = ask.lines(prompt, read_row, begun)
    return reply, begun if text == begun.text else Begun(text)


def _arranged(part: Part, head: Head) -> Reply:
    arrangement = forms.arrangement(part.spec)
    places = [phrase(place).plain for place in arrangement.places]
    offers = [(offer, phrase(offer).plain) for offer in arrangement.offers]
    filled = ask.fill(places, offers, head, once=arrangement.once)
    return filled if isinstance(filled, Command) else Answer(arrangement.answer(filled))
