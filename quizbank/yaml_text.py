"""YAML text to a tree of text; the only reader of YAML, for banks and for answer files alike.

Everything is read as the text that was written: YAML 1.1 would make ``no`` a truth value,
``12:30`` the number 750 and ``1_000`` a thousand. Built from parser events without recursion,
because the composer of libyaml overflows the C stack on deep nesting.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml

from quizbank.problem import Problem
from quizbank.source_text import normalized, unreadable
from quizbank.tree import Mapping, Scalar, Sequence, Tree
from quizbank.yaml_errors import Stumble

MAX_DEPTH = 20
"""Deepest nesting of lists and mappings; a question needs 8."""

MAX_NODES = 250_000
"""Most texts, lists and mappings in a file; each takes about 200 bytes."""

MAX_MENDS = 20
"""Unknown escapes reported in one file; each is mended in memory and the file read again."""

REST = 80
"""Characters after a text that its traps may look at: the comment that may have cut it short."""

Trap: TypeAlias = Callable[[Scalar, str, str], Iterable[tuple[str, str]]]
"""Looks at a text, its source, and the rest of its last line; yields rule and message."""

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_Node: TypeAlias = yaml.ScalarEvent | yaml.CollectionStartEvent


def read(text: str, file: str, traps: Iterable[Trap] = ()) -> tuple[Tree | None, list[Problem]]:
    """The tree of a YAML text, and everything that is wrong with it.

    The tree is there whenever the text could be read to its end, even with problems in it: of two
    entries under one name it keeps the first.

    >>> tree, problems = read("answers: {bptt: no, bptt: 12:30}", "a.yaml")
    >>> print(problems[0])
    a.yaml:1: duplicate-key: 'bptt' stands here a second time; the first is on line 1
    """
    text = normalized(text)
    if problems := list(unreadable(text, file)):
        return None, problems
    found: set[Problem] = set()
    for _ in range(MAX_MENDS):
        builder = _Builder(text, file, tuple(traps))
        tree = builder.build()
        if not isinstance(tree, Stumble):
            return tree, sorted(found.union(builder.problems))
        found.add(tree.explain(text, file))
        mended = tree.mended(text)
        if mended is None:
            return None, sorted(found.union(builder.problems))
        text = mended
    return None, sorted(found)


class _Refused(Exception):
    """Something that makes it pointless to read on; holds line, rule and message."""


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not been seen; a mapping's items are name, value, name, …"""

    line: int
    named: bool
    items: list[Tree] = field(default_factory=list)

    @property
    def awaits_name(self) -> bool:
        return self.named and len(self.items) % 2 == 0


@dataclass(slots=True)
class _Builder:
    """Follows the events of one document."""

    text: str
    file: str
    traps: tuple[Trap, ...]
    problems: list[Problem] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    roots: list[Tree] = field(default_factory=list)
    nodes: int = 0

    def build(self) -> Tree | Stumble | None:
        """The tree, or where the parser gave up; everything else goes to ``problems``."""
        try:
            for event in yaml.parse(self.text, Loader=_LOADER):
                self.follow(event)
        except _Refused as refusal:
            self.problem(*refusal.args)
            return None
        except yaml.YAMLError as error:
            return _stumble(error)
        if not self.roots or _is_nothing(self.roots[0]):
            self.problem(1, "empty-file", "there is nothing in this file")
            return None
        return self.roots[0]

    def problem(self, line: int, rule: str, message: str) -> None:
        self.problems.append(Problem(self.file, line, rule, message))

    def follow(self, event: yaml.Event) -> None:
        match event:
            case yaml.ScalarEvent():
                self.check(event)
                self.add(self.scalar(event))
            case yaml.CollectionStartEvent():
                self.check(event)
                self.start(event)
            case yaml.CollectionEndEvent():
                self.close()
            case yaml.AliasEvent():
                message = f"'*{event.anchor}' repeats another place; write it out"
                raise _Refused(_line(event), "alias", message)
            case yaml.DocumentStartEvent() if self.roots:
                message = "'---' starts a second document; keep one per file"
                raise _Refused(_line(event), "two-documents", message)

    def check(self, event: _Node) -> None:
        """No anchors and no tags: both make something unseen of what is written."""
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise _Refused(_line(event), "too-large", f"more than {MAX_NODES} entries in one file")
        if event.anchor:
            message = f"'&{event.anchor}' names a place to repeat it; quote it if it is text"
            raise _Refused(_line(event), "anchor", message)
        if event.tag:
            message = f"the tag {event.tag!r} is not used here; quote it if it is text"
            raise _Refused(_line(event), "tag", message)

    def scalar(self, event: yaml.ScalarEvent) -> Scalar:
        start, end = event.start_mark, event.end_mark
        assert start is not None  # noqa: S101 - only events made by hand have no marks
        assert end is not None  # noqa: S101
        scalar = Scalar(event.value, start.line + 1, start.column + 1, event.style or "")
        written = self.text[start.index : end.index] if self.traps else ""
        rest, _, _ = self.text[end.index : end.index + REST].partition("\n")
        for trap in self.traps:
            for rule, message in trap(scalar, written, rest):
                self.problem(scalar.line, rule, message)
        return scalar

    def start(self, event: yaml.CollectionStartEvent) -> None:
        if len(self.open) >= MAX_DEPTH:
            message = f"more than {MAX_DEPTH} lists inside one another"
            raise _Refused(_line(event), "too-deep", message)
        if self.open and self.open[-1].awaits_name:
            message = "a name must be text; quote a value that begins with { or ["
            raise _Refused(_line(event), "name", message)
        self.open.append(_Open(_line(event), isinstance(event, yaml.MappingStartEvent)))

    def close(self) -> None:
        closed = self.open.pop()
        if closed.named:
            self.add(Mapping(tuple(self.entries(closed)), closed.line))
        else:
            self.add(Sequence(tuple(closed.items), closed.line))

    def entries(self, closed: _Open) -> Iterator[tuple[Scalar, Tree]]:
        """Each name with its value; a name that stands twice keeps its first value."""
        seen: dict[str, int] = {}
        for name, value in zip(closed.items[::2], closed.items[1::2], strict=True):
            assert isinstance(name, Scalar)  # noqa: S101 - `start` refuses anything else
            if name.text in seen:
                first = seen[name.text]
                message = f"{name.text!r} stands here a second time; the first is on line {first}"
                self.problem(name.line, "duplicate-key", message)
            else:
                seen[name.text] = name.line
                yield name, value

    def add(self, tree: Tree) -> None:
        (self.open[-1].items if self.open else self.roots).append(tree)


def _is_nothing(tree: Tree) -> bool:
    return isinstance(tree, Scalar) and not tree.text and not tree.style


def _stumble(error: yaml.YAMLError) -> Stumble:
    if not isinstance(error, yaml.MarkedYAMLError):
        return Stumble(str(error), 1, 1, 0)
    place = error.problem_mark or error.context_mark
    began = error.context_mark or place
    said = f"{error.context or ''} {error.problem or ''}".strip()
    if place is None or began is None:
        return Stumble(said, 1, 1, 0)
    return Stumble(said, began.line + 1, place.line + 1, place.index)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
