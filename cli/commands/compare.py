"""`rnnquiz compare`: ask the grader whether two formulas are equal."""

import json
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from cli.exits import Exit
from cli.stderr import complain
from cli.terminal import Paint
from grader.deciding.ladder import Answer, Decision, decide
from grader.reading.caret import point
from grader.reading.parser import parse
from grader.reading.printer import unicode_line
from grader.reading.tree import Malformed, Node
from grader.reading.vocabulary import Vocabulary

LOOK = {
    Answer.EQUAL: ("✓", "green"),
    Answer.DIFFERENT: ("✗", "red"),
    Answer.UNDECIDED: ("?", "magenta"),
}
_COMMA = re.compile(r",(?![^{(<\[]*[})>\]])")  # not one inside an index


@dataclass(frozen=True, slots=True)
class Request:
    """Two formulas and what is known of their names; other letters stand for real numbers."""

    key: str
    answer: str
    names: tuple[str, ...] = ()
    positive: frozenset[str] = frozenset()
    complex_unit: bool = False
    prove: bool = False

    def trees(self) -> tuple[Node, Node]:
        """Both sides as read; raises `Malformed`."""
        vocabulary = Vocabulary(self.names, any_name=True)
        return parse(self.key, vocabulary).tree, parse(self.answer, vocabulary).tree

    def decide(self, trees: tuple[Node, Node]) -> Decision:
        """What the grader says."""
        return decide(
            *trees, positive=self.positive, complex_unit=self.complex_unit, prove=self.prove
        )


def run(request: Request, *, as_json: bool) -> Exit:
    """Answer one request; 2 when a side cannot be read."""
    if as_json:
        said = answered(request)
        print(json.dumps(said))
        return Exit.UNREADABLE if said["verdict"] == "malformed" else Exit.DONE
    try:
        trees = request.trees()
    except Malformed as error:
        return complain(point(error).split("\n"))
    decision = request.decide(trees)
    sign, colour = LOOK[decision.verdict]
    paint = Paint.of(sys.stdout)
    print(
        paint.style(colour, f"{sign} {decision.verdict}")
        + paint.style("dim", f"  {decision.check}")
    )
    if decision.finding:
        print(f"  {decision.finding}")
    for side, tree in zip(("key", "answer"), trees, strict=True):
        print(paint.style("dim", f"  {side:<8}") + unicode_line(tree))
    return Exit.DONE


def stream(lines: Iterable[str], prove: bool) -> Exit:
    """Answer every line of JSON with a line of JSON, at once; no line stops the rest."""
    for line in lines:
        print(json.dumps(_line(line, prove)), flush=True)
    return Exit.DONE


def names(text: str) -> tuple[str, ...]:
    """Names separated by commas; those inside an index separate nothing.

    >>> names("f_t, h_{i,j}")
    ('f_t', 'h_{i,j}')
    """
    return tuple(name for part in _COMMA.split(text) if (name := part.strip()))


def answered(request: Request) -> dict[str, Any]:
    """Verdict, rung, finding and milliseconds, reading both sides included.

    >>> said = answered(Request("2x", "x + x"))
    >>> said["verdict"], said["check"]
    ('equal', 'identity')
    """
    start = perf_counter()
    try:
        decision = request.decide(request.trees())
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


def _line(line: str, prove: bool) -> dict[str, Any]:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        return _refused(None, f"is not JSON: {error}")
    if not isinstance(fields, dict):
        return _refused(None, "is not an object of fields")
    said: Mapping[str, Any]
    try:
        said = answered(_request(fields, prove))
    except _Unfit as error:
        return _refused(fields.get("id"), str(error))
    return {"id": fields.get("id"), **said}


def _refused(name: object, finding: str) -> dict[str, Any]:
    return {"id": name, "verdict": "malformed", "check": "bad-line", "finding": finding, "ms": 0.0}


class _Unfit(ValueError):
    """A field that means nothing here."""


def _request(fields: Mapping[str, Any], prove: bool) -> Request:
    for side in ("key", "answer"):
        if not isinstance(fields.get(side), str):
            raise _Unfit(f'"{side}" is not text')
    if fields.get("shapes"):
        raise _Unfit('"shapes" are not known yet; only numbers can be compared')
    return Request(
        fields["key"],
        fields["answer"],
        _listed(fields, "names"),
        frozenset(_listed(fields, "positive")),
        bool(fields.get("complex")),
        prove,
    )


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
