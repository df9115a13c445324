"""Text to tree: never evaluated, only read."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Final, NamedTuple

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


class Reading(NamedTuple):
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
        return _respelled(fault, text, vocabulary)


def read(text: str, vocabulary: Vocabulary) -> Reading:
    """Like `parse`, but a text that cannot be read raises the bare `Fault`."""
    if len(text) > limits.TEXT:
        raise Fault("too-long", 0)
    folded = fold(text)
    plain, together = grouped(folded)
    lexemes = LEXEMES.findall(plain)
    grammar = _grammar(lexemes, vocabulary.lexicon, vocabulary)
    tree = _whole(grammar)
    remarks, regrouped = vocabulary.lexicon.remarks_on(lexemes), switched(folded)
    if not (together or grammar.notes or remarks or regrouped):
        return Reading(tree)
    notes = [*together, *(_note(*note) for note in grammar.notes), *remarks]
    divided = any(other for _, other in grammar.notes)
    others = dict.fromkeys(_others(lexemes, vocabulary, divided))
    others |= dict.fromkeys(_regrouped(regrouped, vocabulary))
    others.pop(tree, None)
    return Reading(tree, tuple(dict.fromkeys(notes)), tuple(others))


def _grammar(
    lexemes: list[str],
    meanings: Mapping[str, tuple[Token, ...]],
    vocabulary: Vocabulary,
    *,
    gathers: bool = False,
) -> Grammar:
    """The grammar at work on lexemes, each of which has a meaning."""
    tokens = [token for one in lexemes for token in meanings[one]]
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
    lexicon = vocabulary.lexicon
    apart = {one: tokens for one in lexemes if (tokens := lexicon.apart(one))}
    chosen = [apart] if apart else []
    if len(apart) > 1:
        chosen += [{one: tokens} for one, tokens in apart.items()]
    ways = [(one, False) for one in chosen]
    if divided:
        ways += [(one, True) for one in ({}, *chosen[:1])]
    together = {one: lexicon[one] for one in lexemes}
    for differences, gathers in ways[: limits.OTHER_READINGS]:
        with suppress(Fault):  # a reading that cannot be is no reading
            meanings = together | differences
            yield _whole(_grammar(lexemes, meanings, vocabulary, gathers=gathers))


def _regrouped(texts: tuple[str, ...], vocabulary: Vocabulary) -> Iterator[Node]:
    """The trees of a text whose points and commas may separate thousands or decimals."""
    for text in texts[: limits.OTHER_READINGS]:
        with suppress(Fault):
            lexemes = LEXEMES.findall(grouped(text)[0])
            yield _whole(_grammar(lexemes, vocabulary.lexicon, vocabulary))


def _respelled(first: Fault, text: str, vocabulary: Vocabulary) -> Reading:
    """What a text says once it is put in our notation; complains of the fault farther on."""
    from grader.reading.respelling import respelled  # noqa: PLC0415 - most texts need none

    error = complaint(first, text, vocabulary, _readable)
    if first.code == "too-long" or (copy := respelled(text, vocabulary)).text == text:
        raise error from None
    try:
        return read(copy.text, vocabulary)
    except Fault as fault:
        later = copy.blamed(complaint(fault, copy.text, vocabulary, _readable), text)
        raise (later if later.span.start > error.span.start else error) from None


def _readable(text: str, vocabulary: Vocabulary) -> bool:
    try:
        read(text, vocabulary)
    except Fault:
        return False
    return True


def _note(taken: Node, other: Node | None) -> str:
    return f"read as {show(taken)}" + (f", not as {show(other)}" if other else "")
