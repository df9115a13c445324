r"""A derivation as it was typed, to lines of formulas: words skipped, chains kept together."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from grader import limits
from grader.derivation.dressing import uncommented, undressed, visible
from grader.derivation.prose import assumed, denies, without_words
from grader.derivation.series import OF_MATRICES, OF_NUMBERS, BadBounds, written_out
from grader.reading.caret import point
from grader.reading.parser import parse
from grader.reading.printer import show
from grader.reading.tree import Malformed, Name, Node, Num, Span
from grader.reading.vocabulary import Vocabulary

_APART: Final = re.compile(
    r";|:(?=\s)|\\\\|(?:==?|--?)>|⟹|⇒|⇔|⟺|→|⟶|∴|\\(?:Rightarrow|Longrightarrow|implies|iff|to|rightarrow|therefore)(?![A-Za-z])"
)
_EQUALS: Final = re.compile(r":?==?|≡|\\equiv(?![A-Za-z])")
_GOES_ON: Final = re.compile(r"(?:[+*·×⊙=]|\\cdot|\\odot)\s*$")
_LEFT_OPEN: Final = re.compile(r"[^=<>:]\s*=[\s&]*(?:\\\\)?\s*$")
_GONE_ON: Final = re.compile(r"^\s*&?\s*(?:[+·×⊙/]|\*(?!\s.*=)|\\cdot|\\odot|[-−](?!\s.*=))")
_INDEX: Final = re.compile(r"\s*(?:for\s+)?([a-zτT])\s*=\s*[\dt+\-−.,…\s]+\s*")
_OR: Final = re.compile(r"\bor\b[\s.,:]*$", re.IGNORECASE)
_CASE: Final = re.compile(
    r"\b(?:if|when|whenever|for|with|suppose|assume|assuming|provided|where)\b[\s.,:]*$",
    re.IGNORECASE,
)
_OPENING, _CLOSING = "([{", ")]}"


@dataclass(frozen=True, slots=True)
class Line:
    """One statement: sides that are said to be equal, in a row; none in a line of words.

    ``number`` is that of the line as typed, from 1. A line that ``continues`` begins with the last
    side of the one before. ``assumes`` tells that only the cell path counts from here on (or no
    longer). Sides with products over time may mean something ``otherwise`` than what comes first.
    ``given`` are names with the numbers that they have in the case that it speaks of; what
    ``is_denied`` is said not to hold. ``fault`` is what keeps it from being read.
    """

    number: int
    text: str
    sides: tuple[Node, ...] = ()
    continues: bool = False
    assumes: bool | None = None
    notes: tuple[str, ...] = ()
    otherwise: tuple[tuple[Node, ...], ...] = ()
    given: tuple[tuple[str, Node], ...] = ()
    is_denied: bool = False
    fault: str = ""

    @property
    def understood(self) -> str:
        """What was read, in plain text that reads back to the same."""
        shown = " = ".join(map(show, self.sides))
        said = "along the cell path: " if self.assumes else ""
        said = "over all paths: " if self.assumes is False else said
        said += "".join(f"if {name} = {show(number)}: " for name, number in self.given)
        said += "not true that " if self.is_denied else ""
        return f"{said}{'= ' if self.continues else ''}{shown}".strip()


def typed_lines(text: str) -> list[tuple[int, str]]:
    """The lines of a text with their numbers, each with those that carry its formula on.

    >>> typed_lines("c_t = a\\n   + b\\n\\n- d_t = e")
    [(1, 'c_t = a    + b'), (3, '- d_t = e')]
    """
    found: list[tuple[int, str]] = []
    text = visible(text)
    for number, raw in enumerate((one for one in text.splitlines() if one.strip()), 1):
        plain = uncommented(raw)
        if found and plain.strip() and _goes_on(uncommented(found[-1][1]), plain):
            found[-1] = (found[-1][0], f"{uncommented(found[-1][1])} {raw}")
        else:
            found.append((number, raw))
    return found


def _goes_on(before: str, line: str) -> bool:
    if "=" not in before:
        return False
    if _LEFT_OPEN.search(before):
        return not _GONE_ON.match(line) and not line.lstrip(" &").startswith("=")
    is_new = _cut(line, _EQUALS)[1:] and _cut(line, _EQUALS)[0].strip(" &")
    return bool(_GONE_ON.match(line) or (_GOES_ON.search(before.rstrip("\\ ")) and not is_new))


def read(text: str, words: Vocabulary) -> list[Line]:
    r"""Every statement of a derivation, in order.

    >>> from grader.cells.forward import LSTM
    >>> from grader.derivation.naming import vocabulary
    >>> from grader.derivation.world import World
    >>> text = "by the chain rule δc_{t-1} = δc_t ∂c_t/∂c_{t-1}\n = δc_t f_t   # the cell path"
    >>> [one.understood for one in read(text, vocabulary(World(LSTM, 2), text))]
    ['δc_{t-1} = δc_t*(∂c_t/∂c_{t-1})', 'along the cell path: = δc_t*f_t']
    """
    found: list[Line] = []
    for number, said in typed_lines(text):
        if len(found) >= limits.LINES:
            return [*found, Line(number, said, fault=f"more than {limits.LINES} lines")]
        new = list(_statements(number, said, words))
        if sum(len(line.sides) for line in (*found, *new)) > limits.SIDES:
            return [*found, Line(number, said, fault=f"more than {limits.SIDES} formulas")]
        found += new
    return found


def _statements(number: int, text: str, words: Vocabulary) -> Iterator[Line]:
    blank = Line(number, text, assumes=assumed(text), is_denied=denies(text))
    try:
        lines = [(_line(blank, one, words), is_case) for one, is_case in _formulas(text, words)]
    except BadBounds as error:
        bad = Malformed("bounds", str(error), text, Span(error.at, error.at + 1))
        yield replace(blank, fault=point(bad))
        return
    given = tuple(pair for line, is_case in lines if is_case for pair in _settings(line))
    said = [line for line, is_case in lines if not (is_case and _settings(line))]
    for at, line in enumerate(said or [blank]):
        yield replace(line, given=given, assumes=blank.assumes if at == 0 else None)


def _settings(line: Line) -> tuple[tuple[str, Node], ...]:
    """The names that a case sets to a number: f_t = f_{t-1} = 1."""
    *names, number = line.sides or (Num(Fraction(0)),)
    if line.continues or not isinstance(number, Num):
        return ()
    found = tuple((one.text, number) for one in names if isinstance(one, Name))
    return found if len(found) == len(names) else ()


def _formulas(text: str, words: Vocabulary) -> Iterator[tuple[str, bool]]:
    """The equations in a line, and a lone formula where nothing else is said.

    With each: whether it may be a case, for which others are said to hold.
    """
    parts = [piece for one in _cut(undressed(text), _APART) for piece in _at_commas(one)]
    for part in parts:
        fragments = [one.rstrip(" .,:") for one in without_words(part, words)]
        said, end = fragments != [part.rstrip(" .,:")], 0
        for fragment in filter(str.strip, fragments):
            begin = len(fragment) - len(fragment.lstrip())
            before, end = part[end:begin], len(fragment)
            sides = written_out(fragment)
            has_sides = bool(_EQUALS.search(_outside(sides)))
            if _is_index(fragment, words) or (said and has_sides and _is_unfinished(sides)):
                continue
            if not has_sides and _OR.search(before):
                yield f"{fragment[: begin - 1]}={fragment[begin:]}", False
            elif has_sides or not (said or len(parts) > 1 or _is_lone(fragment)):
                yield fragment, has_sides and bool(_CASE.search(before))


def _line(blank: Line, formula: str, words: Vocabulary) -> Line:
    """An equation with all that it may mean; raises `BadBounds`."""
    first, *others = OF_MATRICES if words.arrays else OF_NUMBERS
    line = _read(blank, written_out(formula, first), words)
    texts = dict.fromkeys(written_out(formula, style) for style in (first, *others))
    also = (_read(blank, text, words) for text in list(texts)[1:])
    return replace(line, otherwise=tuple(one.sides for one in also if not one.fault))


def _read(blank: Line, formula: str, words: Vocabulary) -> Line:
    sides: list[Node] = []
    notes: list[str] = []
    pieces = _cut(formula, _EQUALS)
    continues = len(pieces) > 1 and not pieces[0].strip()
    for piece in pieces[continues:]:
        try:
            reading = parse(piece, words)
        except Malformed as error:
            return replace(blank, fault=point(_placed(error, blank.text, piece)))
        sides.append(reading.tree)
        notes += reading.notes
    return replace(blank, sides=tuple(sides), continues=continues, notes=tuple(notes))


def _placed(error: Malformed, text: str, piece: str) -> Malformed:
    """The same error, shown in the whole line where the piece stands there unchanged."""
    begin, end = len(piece) - len(piece.lstrip()), len(piece.rstrip())
    if text[begin:end] != piece[begin:end]:
        return error
    repair = f"{text[:begin]}{error.repair.strip()}{text[end:]}" if error.repair else ""
    return Malformed(error.code, error.message, text, error.span, repair)


def _cut(text: str, sign: re.Pattern[str]) -> list[str]:
    """What stands between the signs outside brackets, each part at its place."""
    outside, parts, begun = _outside(text), [], 0
    for found in sign.finditer(outside):
        parts.append(" " * begun + text[begun : found.start()])
        begun = found.end()
    return [*parts, " " * begun + text[begun:]]


def _at_commas(text: str) -> list[str]:
    """A list of equations; a comma inside a formula is left to the parser, which points at it."""
    parts = _cut(text, re.compile(","))
    return (
        parts
        if all(_EQUALS.search(_outside(one)) or not one.strip() for one in parts[1:])
        else [text]
    )


def _outside(text: str) -> str:
    """The text with everything inside brackets blotted out."""
    depth, shown = 0, []
    for mark in text:
        depth -= mark in _CLOSING
        shown.append(mark if depth <= 0 else "·")
        depth += mark in _OPENING
    return "".join(shown)


def _is_unfinished(sides: str) -> bool:
    """An equation one of whose sides is said in words."""
    return not _cut(sides, _EQUALS)[-1].strip()


def _is_lone(fragment: str) -> bool:
    """A name alone, which says nothing."""
    return not re.search(r"[*+·×⊙(]|\\cdot|\w\s+\S", fragment.strip())


def _is_index(fragment: str, words: Vocabulary) -> bool:
    """Whether it only tells from where to where an index runs."""
    found = _INDEX.fullmatch(fragment)
    return found is not None and words.meaning(found[1]) is None
