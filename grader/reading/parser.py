"""Text to tree: never evaluated, only read."""

from dataclasses import dataclass

from grader import limits
from grader.reading.bars import face_bars
from grader.reading.complaints import complaint
from grader.reading.faults import Fault
from grader.reading.grammar import Grammar
from grader.reading.printer import show
from grader.reading.spelling import fold
from grader.reading.tokens import END_TOKEN, LEXEMES
from grader.reading.tree import Node
from grader.reading.vocabulary import Vocabulary
from grader.reading.walk import height


@dataclass(frozen=True, slots=True)
class Reading:
    """A tree, and in words which reading was taken where two were possible."""

    tree: Node
    notes: tuple[str, ...] = ()


def parse(text: str, vocabulary: Vocabulary) -> Reading:
    """What a text says in the names of a vocabulary.

    >>> from grader.reading.printer import show
    >>> names = Vocabulary(("c_{t-2}", "f_t", "f_{t-1}"))
    >>> show(parse("f_t f_t-1 · c_<t-2>", names).tree)
    'f_t*f_{t-1}*c_{t-2}'
    >>> parse("f_t * g_t", names)
    Traceback (most recent call last):
        ...
    grader.reading.tree.Malformed: g_t is not one of the names used here; did you mean f_t?
    """
    try:
        return read(text, vocabulary)
    except Fault as fault:
        raise complaint(fault, text, vocabulary, _readable) from None


def read(text: str, vocabulary: Vocabulary) -> Reading:
    """Like `parse`, but a text that cannot be read raises the bare `Fault`."""
    if len(text) > limits.TEXT:
        raise Fault("too-long", 0)
    plain = fold(text)
    lexicon = vocabulary.lexicon
    lexemes = LEXEMES.findall(plain)
    tokens = [token for lexeme in lexemes for token in lexicon[lexeme]]
    if not tokens:
        raise Fault("empty", 0)
    if len(tokens) > limits.TOKENS:
        raise Fault("too-many", limits.TOKENS)
    if "|" in plain or "vert" in plain or "mid" in plain:
        face_bars(tokens)
    tokens.append(END_TOKEN)
    grammar = Grammar(tokens)
    tree = grammar.whole()
    if len(tokens) > limits.NESTING and height(tree) > limits.NESTING:
        raise Fault("too-deep", limits.NESTING)
    notes = [_note(*note) for note in grammar.notes]
    if lexicon.remarks:
        notes += [lexicon.remarks[one] for one in lexemes if one in lexicon.remarks]
    return Reading(tree, tuple(dict.fromkeys(notes)))


def _readable(text: str, vocabulary: Vocabulary) -> bool:
    try:
        read(text, vocabulary)
    except Fault:
        return False
    return True


def _note(taken: Node, other: Node | None) -> str:
    return f"read as {show(taken)}" + (f", not as {show(other)}" if other else "")
