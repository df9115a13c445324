"""What can be made of the lines of a derivation while they are typed."""

from cli.understood import NOTHING, Understood, formula
from grader.derivation.lines import Line, read
from grader.derivation.marking import letters_of, world_of
from grader.derivation.naming import vocabulary
from grader.kinds.derivation import Derivation
from grader.reading.drawing import Drawing, beside, line
from grader.reading.layout import drawing
from grader.reading.printer import unicode_line
from grader.reading.tree import Malformed, Span
from grader.reading.vocabulary import Vocabulary

_EQUALS = " = "


def understood_row(spec: Derivation, text: str, row: int) -> Understood:
    """How one row is read among the others; nothing of a row of words.

    >>> from grader.derivation.target import Target
    >>> spec = Derivation("lstm", Target("c", lag=1), path="cell")
    >>> understood_row(spec, "δc_{t-1} = δc_t ∂c_t/∂c_{t-1}\\n= δc_t f_t", 1).line
    '= δcₜ·fₜ'
    >>> understood_row(spec, "δc_{t-1} = δc_t * (f_t", 0).line
    'δcₜ·fₜ'
    """
    rows = text.split("\n")
    if not rows[row].strip():
        return NOTHING
    names = vocabulary(world_of(spec), text, letters_of(spec))
    number = sum(bool(one.strip()) for one in rows[: row + 1])
    said = [one for one in read(text, names) if one.number == number]
    if faulty := next((one for one in said if one.fault), None):
        return _faulty(faulty, rows[row], names)
    shown = [one for one in said if one.sides]
    if not shown:
        return NOTHING
    notes = tuple(note for one in shown for note in one.notes)
    return Understood(_drawn(shown[-1]), "; ".join(map(_in_one_line, shown)), notes)


def _drawn(said: Line) -> Drawing:
    between = line(_EQUALS)
    sides = [part for one in said.sides for part in (between, drawing(one))]
    return beside([line("= "), *sides[1:]] if said.continues else sides[1:])


def _in_one_line(said: Line) -> str:
    return ("= " if said.continues else "") + _EQUALS.join(map(unicode_line, said.sides))


def _faulty(said: Line, typed: str, names: Vocabulary) -> Understood:
    """What is wrong with a row, or how far its last side goes while it is being typed."""
    last = typed.rpartition("=")[2]
    if not last.strip():
        return NOTHING
    begun = formula(last, names)
    if begun.unfinished:
        return begun
    return Understood(fault=_placed(said.fault, typed))


def _placed(fault: str, typed: str) -> Malformed:
    """A fault that is told with its line and a caret, as one in the row as it was typed."""
    message, *shown = fault.split("\n")
    if len(shown) < 2 or shown[0].strip() != typed.strip():
        return Malformed("line", message, typed, Span(0, len(typed)))
    start = typed.index(typed.strip()) + shown[1].index("^") - shown[0].index(typed.strip())
    return Malformed("line", message, typed, Span(start, start + shown[1].count("^")))
