"""The names that a derivation may use, in every spelling of the field."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final, TypeAlias

from grader import limits
from grader.cells.cell import Cell
from grader.cells.steps import Moment
from grader.derivation.series import BadBounds, written_out
from grader.derivation.world import World
from grader.reading.spelling import canonical, fold
from grader.reading.tokens import LEXEMES
from grader.reading.vocabulary import Vocabulary

Letters: TypeAlias = tuple[tuple[str, str], ...]
"""Further letters for quantities and weights, each with the one that is meant."""

_CANDIDATES: Final[Mapping[str, str]] = {"g": "c", "n": "h"}
"""Candidates, and the state that many books name them after: c̃ for g, h̃ for n."""

_OF_PLAIN_CELL: Final[Mapping[str, tuple[str, ...]]] = {
    "w": ("W", "w_x", "W_x", "W_{xh}", "W_{hx}", "w_{xh}", "w_{hx}"),
    "u": ("U", "u_h", "U_h", "w_h", "W_h", "W_{hh}", "w_{hh}", "w_{rec}", "W_{rec}"),
    "b": ("b_h",),
}


@lru_cache(maxsize=limits.PARSED_KEYS_KEPT)
def spellings(world: World, also: Letters = ()) -> dict[str, str]:
    """Every spelling of a name of this world, canonically, with the one that is meant.

    >>> from grader.cells.forward import LSTM
    >>> found = spellings(World(LSTM, lag=1), (("k", "i"),))
    >>> [found[one] for one in ("c̃_t", "δa_{f,t-1}", "U_c", "k_t", "∂E_t/∂h_t")]
    ['g_t', 'δz_{f,t-1}', 'u_g', 'i_t', 's_t']
    """
    found: dict[str, str] = {}
    for spelling, name in (*_named(world), *_spelled_otherwise(world, also)):
        found.setdefault(spelling, name)
    return found


def vocabulary(world: World, text: str, also: Letters = ()) -> Vocabulary:
    """The names of a world and the partial derivatives that a text holds.

    >>> from grader.cells.forward import LSTM
    >>> vocabulary(World(LSTM, lag=1), "∂c_t/∂c_{t-1}").meaning("dc_t/dc_{t-1}")
    '∂c_t/∂c_{t-1}'
    """
    known = spellings(world, also)
    lexemes = (one for line in text.splitlines() for one in LEXEMES.findall(fold(_expanded(line))))
    ratios = dict.fromkeys(filter(None, (_ratio(one, known) for one in lexemes)))
    return _vocabulary(world, also, tuple(ratios))


def _expanded(line: str) -> str:
    """A line with its products over time written out; as it is where they cannot be."""
    try:
        return written_out(line)
    except BadBounds:
        return line  # said when the line is read


@lru_cache(maxsize=limits.DIAGNOSED_KEYS_KEPT)
def _vocabulary(world: World, also: Letters, ratios: Letters) -> Vocabulary:
    pairs = [*spellings(world, also).items(), *ratios]
    identity = ("I",) if world.is_wide else ()
    named = (f"{name} = {spelling}" for spelling, name in pairs)
    return Vocabulary((*named, *identity), arrays=world.is_wide)


def _ratio(lexeme: str, known: Mapping[str, str]) -> tuple[str, str] | None:
    """A partial derivative as it is spelled and as it is meant, if this lexeme is one."""
    if "/" not in lexeme and "frac" not in lexeme:
        return None
    spelling = canonical(lexeme)
    of, slash, by = spelling.removeprefix("∂").partition("/∂")
    if not slash or not spelling.startswith("∂") or spelling in known:
        return None
    return (spelling, f"∂{known[of]}/∂{known[by]}") if of in known and by in known else None


def _named(world: World) -> Iterator[tuple[str, str]]:
    """The names as the grader spells them."""
    quantities = (*world.cell.equations, *world.cell.inputs)
    in_time = (*quantities, *(f"δ{one}" for one in quantities), "s")
    names = [Moment(one, step).text for one in in_time for step in world.steps]
    weights = [f"{error}{one}" for one in world.cell.weights for error in ("", "δ")]
    yield from ((name, name) for name in (*names, *weights))


def _spelled_otherwise(world: World, also: Letters) -> Iterator[tuple[str, str]]:
    for letter, meant in (*also, *_letters(world.cell)):
        for error in ("", "δ"):
            if meant in world.cell.weights:
                yield canonical(f"{error}{letter}"), f"{error}{meant}"
                continue
            for step in world.steps:
                yield Moment(f"{error}{letter}", step).text, Moment(f"{error}{meant}", step).text
    for step in world.steps:
        for loss in "EL":
            shown = Moment(world.cell.output, step).text
            yield f"∂{Moment(loss, step).text}/∂{shown}", Moment("s", step).text


def _letters(cell: Cell) -> Iterator[tuple[str, str]]:
    """Other letters for quantities and weights."""
    for candidate, state in _CANDIDATES.items():
        if candidate in cell.equations:
            yield f"{state}\u0303", candidate
            yield f"z_{state}", f"z_{candidate}"
            yield f"a_{state}", f"z_{candidate}"
    for quantity in cell.sums:
        yield f"a{quantity[1:]}", quantity
    for weight in cell.weights:
        letter, _, layer = weight.partition("_")
        layers = (layer, _CANDIDATES.get(layer, layer)) if layer else ("",)
        for one in layers:
            for spelled in (letter, letter.swapcase()) if letter in "wuWU" else (letter,):
                yield f"{spelled}_{one}".rstrip("_"), weight
        yield from ((spelled, weight) for spelled in _OF_PLAIN_CELL.get(weight.lower(), ()))
