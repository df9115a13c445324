"""`rnnquiz compare`: ask the grader whether two formulas are equal."""

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, BinaryIO, Final, TypeAlias

from cli.exits import Exit
from cli.stderr import complain
from cli.terminal import Paint, Style
from grader.deciding.ladder import Answer, Decision, decide
from grader.deciding.shapes import declared
from grader.deciding.typed import resolved
from grader.reading.caret import point
from grader.reading.display import visible
from grader.reading.parser import Reading, parse
from grader.reading.printer import unicode_line
from grader.reading.spelling import canonical
from grader.reading.tree import Malformed, Node
from grader.reading.vocabulary import Vocabulary

LOOK: Final[Mapping[Answer, tuple[str, Style]]] = {
    Answer.EQUAL: ("✓", "right"),
    Answer.DIFFERENT: ("✗", "wrong"),
    Answer.UNDECIDED: ("?", "undecided"),
}
Shapes: TypeAlias = dict[str, tuple[str, ...]]

LONGEST_LINE = 1_000_000  # bytes; a pair of the longest formulas has 20,000
_COMMA = re.compile(r",(?![^{(<\[]*[})>\]])")  # not one inside an index


@dataclass(frozen=True, slots=True)
class Request:
    """Two formulas and what is known of their names; other letters stand for real numbers.

    Raises ValueError for shapes that are none.
    """

    key: str
    answer: str
    names: tuple[str, ...] = ()
    positive: frozenset[str] = frozenset()
    complex_unit: bool = False
    prove: bool = False
    shapes: Shapes = field(default_factory=dict)
    integer: frozenset[str] = frozenset()
    gates: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        declared(self.shapes)

    def readings(self) -> tuple[Reading, Reading]:
        """Both sides as read; raises `Malformed`."""
        known = (*self.names, *self.shapes)
        vocabulary = Vocabulary(known, any_name=True, arrays=bool(self.shapes))
        return parse(self.key, vocabulary), parse(self.answer, vocabulary)

    def decide(self, sides: tuple[Reading, Reading]) -> Decision:
        """What the grader says."""
        key, answer = sides
        return decide(
            key.tree,
            answer.tree,
            positive=_canonical(self.positive),
            integer=_canonical(self.integer),
            gates=_canonical(self.gates),
            complex_unit=self.complex_unit,
            prove=self.prove,
            shapes=self.shapes,
        )

    def shown(self, tree: Node) -> str:
        """A side as understood: ``@`` is a product of matrices."""
        return unicode_line(resolved(tree, declared(self.shapes)) if self.shapes else tree)


def run(request: Request, *, as_json: bool) -> Exit:
    """Answer one request; 2 when a side cannot be read."""
    if as_json:
        said = answered(request)
        print(json.dumps(said))
        return Exit.UNREADABLE if said["verdict"] == "malformed" else Exit.DONE
    try:
        sides = request.readings()
    except Malformed as error:
        return complain(point(error).split("\n"))
    decision = request.decide(sides)
    sign, style = LOOK[decision.verdict]
    paint = Paint.of(sys.stdout)
    print(
        paint.style(style, f"{sign} {decision.verdict}")
        + paint.style("quiet", f"  {decision.check}")
    )
    if decision.finding:
        print(f"  {decision.finding}")
    for name, side in zip(("key", "answer"), sides, strict=True):
        print(paint.style("quiet", f"  {name:<8}") + request.shown(side.tree))
        for note in side.notes:
            print(paint.style("quiet", f"{'':10}{visible(note)}"))
    return Exit.DONE


def stream(source: BinaryIO, prove: bool) -> Exit:
    """Answer every line of JSON with a line of JSON, at once; no line stops the rest."""
    for line in _lines(source):
        print(json.dumps(_answer(line, prove)), flush=True)
    return Exit.DONE


def _lines(source: BinaryIO) -> Iterator[bytes]:
    """Lines without their end; of one that is too long only the beginning is kept."""
    while line := source.readline(LONGEST_LINE + 1):
        end = line
        while len(line) > LONGEST_LINE and end and not end.endswith(b"\n"):
            end = source.readline(LONGEST_LINE)
        yield line.rstrip(b"\r\n")


def _canonical(names: Iterable[str]) -> frozenset[str]:
    return frozenset(map(canonical, names))


def names(text: str) -> tuple[str, ...]:
    """Names separated by commas; those inside an index separate nothing.

    >>> names("f_t, h_{i,j}")
    ('f_t', 'h_{i,j}')
    """
    return tuple(name for part in _COMMA.split(text) if (name := part.strip()))


def shapes(text: str) -> Shapes:
    """Sizes of vectors and matrices.

    >>> shapes("U_f: n,n; c_t: n")
    {'U_f': ('n', 'n'), 'c_t': ('n',)}

    Raises ValueError where a colon is missing.
    """
    known: Shapes = {}
    for entry in filter(str.strip, text.split(";")):
        name, colon, sizes = entry.partition(":")
        if not colon:
            raise ValueError(f"{entry.strip()!r} is no shape; write it like U_f: n,n")
        known[name.strip()] = names(sizes)
    return known


def answered(request: Request) -> dict[str, Any]:
    """Verdict, rung, finding and milliseconds, reading both sides included.

    >>> said = answered(Request("2x", "x + x"))
    >>> said["verdict"], said["check"]
    ('equal', 'identity')
    """
    start = perf_counter()
    try:
        decision = request.decide(request.readings())
    except Malformed as error:
        said = {"verdict": "malformed", "check": error.code, "finding": point(error)}
        return {**said, "ms": _since(start)}
    ms = _since(start)  # a counterexample is looked for only to be shown
    return {
        "verdict": decision.verdict.value,
        "check": decision.check.value,
        "finding": decision.finding,
        "ms": ms,
    }


def _answer(line: bytes, prove: bool) -> dict[str, Any]:
    try:
        fields = _fields(line)
    except _Unfit as error:
        return _refused(None, str(error))
    name = fields.get("id")
    if isinstance(name, list | dict):
        return _refused(None, '"id" is neither text nor a number')
    try:
        return {"id": name, **answered(_request(fields, prove))}
    except _Unfit as error:
        return _refused(name, str(error))
    except Exception as error:  # noqa: BLE001 - a fault of ours must not end the stream
        said = f"a fault of rnnquiz itself: {type(error).__name__}: {error}"
        return {"id": name, "verdict": "undecided", "check": "fault", "finding": said, "ms": 0.0}


def _fields(line: bytes) -> Mapping[str, Any]:
    if len(line) > LONGEST_LINE:
        raise _Unfit(f"is longer than {LONGEST_LINE} bytes")
    try:
        fields = json.loads(line.decode("utf-8"), parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise _Unfit(f"is not UTF-8: byte {error.start + 1} of the line") from error
    except (ValueError, RecursionError) as error:
        raise _Unfit(f"is not JSON: {error}") from error
    if not isinstance(fields, dict):
        raise _Unfit("is not an object of fields")
    return fields


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is no number")


def _refused(name: object, finding: str) -> dict[str, Any]:
    return {"id": name, "verdict": "malformed", "check": "bad-line", "finding": finding, "ms": 0.0}


class _Unfit(ValueError):
    """A field that means nothing here."""


def _request(fields: Mapping[str, Any], prove: bool) -> Request:
    for side in ("key", "answer"):
        if not isinstance(fields.get(side), str):
            raise _Unfit(f'"{side}" is not text')
    try:
        return Request(
            fields["key"],
            fields["answer"],
            _listed(fields, "names"),
            frozenset(_listed(fields, "positive")),
            bool(fields.get("complex")),
            prove,
            _shapes(fields),
            frozenset(_listed(fields, "integer")),
            frozenset(_listed(fields, "gates")),
        )
    except ValueError as error:
        raise _Unfit(str(error)) from error


def _shapes(fields: Mapping[str, Any]) -> Shapes:
    """As one text, or as a list of sizes for every name."""
    match fields.get("shapes"):
        case None:
            return {}
        case str() as text:
            return shapes(text)
        case dict() as sizes:
            return {name: _sizes(name, written) for name, written in sizes.items()}
        case _:
            raise _Unfit('"shapes" is not an object of lists of sizes')


def _sizes(name: str, written: object) -> tuple[str, ...]:
    match written:
        case str() | int():
            return names(str(written))
        case list() as items if all(isinstance(item, str | int) for item in items):
            return tuple(map(str, items))
        case _:
            raise _Unfit(f'the shape of "{name}" is not a list of sizes')


def _listed(fields: Mapping[str, Any], field: str) -> tuple[str, ...]:
    match fields.get(field):
        case None:
            return ()
        case str() as text:
            return names(text)
        case list() as items if all(isinstance(item, str) for item in items):
            return tuple(items)
        case _:
            raise _Unfit(f'"{field}" is not a list of names')


def _since(start: float) -> float:
    return round(1000 * (perf_counter() - start), 4)
