"""Text to tree: never evaluated, only read."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from grader import limits
from grader.reading.bars import face_bars
from grader.reading.complaints import complaint
from grader.reading.faults import Fault
from grader.reading.grammar import Grammar
from grader.reading.printer import show
from grader.reading.spelling import fold
from grader.reading.thousands import grouped, switched
from grader.reading.tokens import END_TOKEN, LEXEMES, SIGNS, Token
from grader.reading.tree import Node
from grader.reading.vocabulary import Vocabulary
from grader.reading.walk import height

_BAR: Final = SIGNS["|"][0]


@dataclass(frozen=True, slots=True)
class Reading:
    """A tree, in words which reading was taken where two were possible, and the other trees.

    >>> from grader.reading.printer import show
    >>> reading = parse("c_t-1", Vocabulary(("c_t", "c_{t-1}")))
    >>> show(reading.tree), reading.notes, [show(other) for other in reading.others]
    ('c_{t-1}', ('c_t-1 was read as c_{t-1}, not as c_t - 1',), ['c_t - 1'])
    """

    tree: Node
    notes: tuple[str, ...] = ()
    others: tuple[Node, ...] = ()


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
    folded = fold(text)
    plain, together = grouped(folded)
    lexemes = LEXEMES.findall(plain)
    grammar = _grammar(lexemes, vocabulary)
    tree = _whole(grammar)
    remarks = vocabulary.lexicon.remarks
    regrouped = tuple(switched(folded))
    if not (together or grammar.notes or remarks or regrouped):
        return Reading(tree)
    notes = [*together, *(_note(*note) for note in grammar.notes)]
    notes += [remarks[one] for one in lexemes if one in remarks]
    divided = any(other for _, other in grammar.notes)
    others = dict.fromkeys(_others(lexemes, vocabulary, divided))
    others |= dict.fromkeys(_regrouped(regrouped, vocabulary))
    others.pop(tree, None)
    return Reading(tree, tuple(dict.fromkeys(notes)), tuple(others))


def _grammar(
    lexemes: list[str],
    vocabulary: Vocabulary,
    apart: Mapping[str, tuple[Token, ...]] = {},
    gathers: bool = False,
) -> Grammar:
    """The grammar at work on lexemes, some of them taken apart."""
    lexicon = vocabulary.lexicon
    tokens = [token for one in lexemes for token in (apart.get(one) or lexicon[one])]
    if not tokens:
        raise Fault("empty", 0)
    if len(tokens) > limits.TOKENS:
        raise Fault("too-many", limits.TOKENS)
    if _BAR in tokens:
        face_bars(tokens)
    tokens.append(END_TOKEN)
    return Grammar(tokens, arrays=vocabulary.arrays, gathers=gathers)


def _whole(grammar: Grammar) -> Node:
    tree = grammar.whole()
    if len(grammar.tokens) > limits.NESTING and height(tree) > limits.NESTING:
        raise Fault("too-deep", limits.NESTING)
    return tree


def _others(lexemes: list[str], vocabulary: Vocabulary, divided: bool) -> Iterator[Node]:
    """The trees of a text whose differences look like indices, or that divides by neighbours."""
    apart = {one: tokens for one in lexemes if (tokens := vocabulary.lexicon.apart(one))}
    chosen = [apart] if apart else []
    if len(apart) > 1:
        chosen += [{one: tokens} for one, tokens in apart.items()]
    ways = [(one, False) for one in chosen]
    if divided:
        ways += [(one, True) for one in ({}, *chosen[:1])]
    for differences, gathers in ways[: limits.OTHER_READINGS]:
        with suppress(Fault):  # a reading that cannot be is no reading
            yield _whole(_grammar(lexemes, vocabulary, differences, gathers))


def _regrouped(texts: tuple[str, ...], vocabulary: Vocabulary) -> Iterator[Node]:
    """The trees of a text whose points and commas may separate thousands or decimals."""
    for text in texts[: limits.OTHER_READINGS]:
        with suppress(Fault):
            yield _whole(_grammar(LEXEMES.findall(grouped(text)[0]), vocabulary))


def _readable(text: str, vocabulary: Vocabulary) -> bool:
    try:
        read(text, vocabulary)
    except Fault:
        return False
    return True


def _note(taken: Node, other: Node | None) -> str:
    return f"read as {show(taken)}" + (f", not as {show(other)}" if other else "")
