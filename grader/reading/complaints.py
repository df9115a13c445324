"""What is said of a text that cannot be read: one sentence per code, and the place of its cause."""

import unicodedata
from collections.abc import Callable
from typing import Final

from grader import limits
from grader.reading.faults import Fault
from grader.reading.repairs import LATIN, mends, nearest
from grader.reading.spelling import fold
from grader.reading.thousands import grouped
from grader.reading.tree import Malformed, Span
from grader.reading.vocabulary import Vocabulary

#: Every code a `Malformed` of this package may carry, and its sentence.
SENTENCES: Final = {
    "empty": "there is nothing here to read",
    "unknown-name": "{about} is not one of the names used here",
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
    "argument-count": "{about} takes another number of arguments",
    "no-derivative": "{about} has no derivative that could be meant here",
    "stray-prime": "a prime belongs to a function; write ^T for a transpose",
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
    code, message = _sentence(fault, vocabulary)
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


def _sentence(fault: Fault, vocabulary: Vocabulary) -> tuple[str, str]:
    code, about = fault.code, _nameable(fault.about)
    if code == "unknown-name" and fold(fault.about).translate(LATIN) != fold(fault.about):
        code = "look-alike"
    message = SENTENCES[code].format(about=about)
    if code == "unknown-name" and (near := nearest(fault.about, vocabulary)):
        message += f"; did you mean {near[0]}?"
    return code, message


def _nameable(typed: str) -> str:
    """What was typed, or the name of a character that cannot be seen; never long."""
    if len(typed) == 1 and unicodedata.category(typed)[0] in "CZ":
        code = f"U+{ord(typed):04X}"
        return f"the invisible character {unicodedata.name(typed, code)}"
    return typed if len(typed) <= 40 else f"{typed[:39]}…"
