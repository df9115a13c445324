"""What is said of a text that cannot be read: one sentence per code, and the place of its cause."""

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from grader import limits
from grader.reading.faults import Fault
from grader.reading.foreign import INSTEAD, SIGNS_SAID
from grader.reading.names import BY_NAME
from grader.reading.repairs import CLOSING_INDEX, LATIN, is_applied, mends, nearest
from grader.reading.spelling import fold
from grader.reading.thousands import grouped
from grader.reading.tree import Malformed, Span
from grader.reading.vocabulary import Vocabulary

_ROOM: Final = 60  # characters of a list of names that are still read at a glance
_OPEN_INDEX = re.compile(r"(?:_|\^(?=<))\s*([({<⟨])[^)}>⟩]*$")
_BEFORE_AN_INDEX: Final = ("unknown-name", "index", "unexpected", "missing-operand", "unclosed")

#: Every code a `Malformed` of this package may carry, and its sentence.
SENTENCES: Final = {
    "empty": "there is nothing here to read",
    "unknown-name": "{about} is not one of the names used here",
    "foreign": "{about} is not known here; write {instead}",
    "index": "an index may hold letters, digits and + - , . ' only,"
    " as in c_{{t-1}} or h_{{i,j}}; write anything else as a name of its own",
    "unclosed-index": "the bracket of this index is never closed",
    "look-alike": "{about} holds a letter that only looks like a Latin one",
    "name-then-number": "{about} could be a product, a power or an index; write which",
    "unclosed": "this bracket is never closed",
    "unopened": "this {about} closes a bracket that was never opened",
    "mismatched": "a {about} must come before this one",
    "empty-brackets": "there is nothing inside these brackets",
    "missing-operator": "an operator is missing before this number",
    "missing-operand": "something is missing next to this sign",
    "function-alone": "{about} is a function and needs an argument: {about}(…)",
    "function-exponent": "write {about}(x)^n for a power, and 1/{about}(x) for the reciprocal",
    "ambiguous-argument": "it is not clear where the argument of {about} ends; use brackets",
    "argument-count": "{about} takes {arguments}",
    "no-derivative": "{about} has no derivative that could be meant here",
    "stray-prime": "a prime follows the name of a function, as in tanh'(x);"
    " write ^T for a transpose",
    "missing-braces": "\\{about} needs its argument in braces",
    "unexpected": "{about} has no meaning here",
    "too-long": f"this is longer than {limits.TEXT:,} characters",
    "too-many": f"this has more than {limits.TOKENS} names, numbers and signs",
    "too-deep": f"this is nested more than {limits.NESTING} levels deep",
    "number-too-long": f"a number may have {limits.DIGITS} digits and a power of ten up to"
    f" {limits.TEN_TO_THE}",
}


def complaint(
    fault: Fault, text: str, vocabulary: Vocabulary, readable: Callable[[str, Vocabulary], bool]
) -> Malformed:
    """The error a person sees, with its place in the text as typed and a repair that reads."""
    spans = [] if fault.code == "too-long" else vocabulary.lexicon.spans(grouped(fold(text))[0])
    span = _span(fault, text, spans)
    if fault.code in _BEFORE_AN_INDEX and (begun := _OPEN_INDEX.search(text, span.start)):
        fault = Fault("unclosed-index", fault.at, CLOSING_INDEX[begun[1]])
        span = Span(*begun.span(1))
    code, message = _sentence(fault, vocabulary, applied=is_applied(text[span.end :]))
    mended = mends(fault, text, span, spans, vocabulary)
    repair = next((one for one in mended if readable(one, vocabulary)), "")
    return Malformed(code, message, text, span, repair)


def _span(fault: Fault, text: str, spans: list[Span]) -> Span:
    if fault.code == "too-long":
        return Span(limits.TEXT, len(text))
    if fault.at < len(spans):
        return spans[fault.at]
    end = len(text.rstrip())
    return Span(end, end)


def _sentence(fault: Fault, vocabulary: Vocabulary, *, applied: bool) -> tuple[str, str]:
    code, about = fault.code, _nameable(fault.about)
    if code == "unknown-name" and fold(fault.about).translate(LATIN) != fold(fault.about):
        code = "look-alike"
    instead = INSTEAD.get(fault.about.removeprefix("\\"), "")
    message = SENTENCES[code].format(about=about, instead=instead, arguments=_arguments(about))
    if code == "unexpected" and (said := SIGNS_SAID.get(fold(fault.about))):
        message += f"; {said}"
    if code == "unknown-name":
        near = nearest(fault.about, vocabulary, applied=applied)
        message += f"; did you mean {near[0]}?" if near else _instead(vocabulary)
    return code, message


def _instead(vocabulary: Vocabulary) -> str:
    """Which names there are, where none is near."""
    if vocabulary.any_name:
        return "; write * between letters that are multiplied"
    names = ", ".join(vocabulary.symbols)
    return f": {names}" if 0 < len(names) <= _ROOM else ""


def _arguments(function: str) -> str:
    """How many arguments a function takes."""
    least = BY_NAME[function].least if function in BY_NAME else 1
    return "one argument" if least == 1 else f"{least} arguments"


def _nameable(typed: str) -> str:
    """What was typed, or the name of a character that cannot be seen; never long."""
    if len(typed) == 1 and unicodedata.category(typed)[0] in "CZ":
        code = f"U+{ord(typed):04X}"
        return f"the invisible character {unicodedata.name(typed, code)}"
    return typed if len(typed) <= 40 else f"{typed[:39]}…"
