"""Values of declared types read out of a tree; every fault becomes a problem with its place."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from typing import Any

from grader.quantity import Quantity, plain
from quizbank.fields import (
    Kinds,
    choices_of,
    fields_of,
    is_record,
    item_of,
    members_of,
    named_of,
    sides_of,
)
from quizbank.formulas import BadFormula, Scope, evaluate, holds, work_out
from quizbank.problem import Problem
from quizbank.tree import Mapping, Scalar, Sequence, Tree
from quizbank.variants import fill

MOST_NAMES_LISTED = 25
"""Names that a message lists before it only says that one is unknown."""


def no_kinds(hint: Any) -> Kinds:
    """Where no type is written under the name of its kind."""
    return {}


class Unreadable(Exception):
    """A value that could not be read; the problem is already noted."""


def did_you_mean(name: str, known: Collection[str]) -> str:
    """A guess at what was meant; where there is none, all there is if that is not much.

    >>> did_you_mean("mistaks", ["key", "mistakes"]), did_you_mean("zzz", ["key", "mistakes"])
    ("; did you mean 'mistakes'?", '; known are key, mistakes')
    """
    if near := get_close_matches(name, known, n=1):
        return f"; did you mean {near[0]!r}?"
    return f"; known are {', '.join(known)}" if 0 < len(known) <= MOST_NAMES_LISTED else ""


@dataclass(frozen=True, slots=True)
class Values:
    """Reads one question: ``scope`` is what its formulas know, ``path`` where in it we are.

    ``kinds`` tells which types are written under the name of their kind, as layers are.
    """

    file: str
    scope: Scope
    problems: list[Problem]
    path: str
    kinds: Callable[[Any], Kinds] = no_kinds

    def inside(self, name: str) -> "Values":
        """The same, one field further in."""
        return Values(self.file, self.scope, self.problems, f"{self.path}.{name}", self.kinds)

    def note(self, line: int, rule: str, message: str) -> None:
        """Adds a problem with this place."""
        self.problems.append(Problem(self.file, line, rule, f"{self.path}: {message}"))

    def fail(self, tree: Tree, rule: str, message: str) -> Unreadable:
        """Notes a problem; to be raised."""
        self.note(tree.line, rule, message)
        return Unreadable(message)

    def read(self, hint: Any, tree: Tree) -> Any:
        """The value of a declared type."""
        if item := item_of(hint):
            return self.sequence(item, tree)
        if value := named_of(hint):
            return self.entries(value, tree)
        if words := choices_of(hint):
            return self.choice(words, tree)
        if kinds := self.kinds(hint):
            return self.named(kinds, tree)
        if members := members_of(hint):
            return self.read(self.member(members, tree), tree)
        if sides := sides_of(hint):
            return self.sides(sides, tree)
        if is_record(hint) and hint is not Quantity:
            return self.record(hint, self.mapping(tree))
        return self.scalar(hint, tree)

    def scalar(self, hint: Any, tree: Tree) -> Any:
        """A text, a number or a truth value."""
        if not isinstance(tree, Scalar):
            raise self.fail(tree, "type", f"must be {DESCRIBED[hint]}, not a list or mapping")
        if not tree.text.strip() and hint is not str:
            raise self.fail(tree, "empty", f"must be {DESCRIBED[hint]}; nothing stands here")
        try:
            return _READ[hint](tree.text, self.scope)
        except BadFormula as error:
            raise self.fail(tree, "formula", str(error)) from error

    def sequence(self, item: Any, tree: Tree) -> tuple[Any, ...]:
        """A list of values of one type."""
        if not isinstance(tree, Sequence):
            raise self.fail(tree, "type", "must be a list: lines with '- ', or [brackets]")
        values, before = [], len(self.problems)
        for position, one in enumerate(tree.items, 1):
            try:
                values.append(self.inside(_label(one, position)).read(item, one))
            except Unreadable:
                continue
        if len(self.problems) > before:
            raise Unreadable
        return tuple(values)

    def entries(self, value: Any, tree: Tree) -> dict[str, Any]:
        """Values of one type under names that the author chooses."""
        values, before = {}, len(self.problems)
        for name, one in self.mapping(tree).entries:
            try:
                values[name.text] = self.inside(name.text).read(value, one)
            except Unreadable:
                continue
        if len(self.problems) > before:
            raise Unreadable
        return values

    def choice(self, words: tuple[str, ...], tree: Tree) -> str:
        """One of a few words."""
        if isinstance(tree, Scalar) and tree.text in words:
            return tree.text
        said = tree.text if isinstance(tree, Scalar) else ""
        raise self.fail(tree, "value", f"{said!r} is not one of {', '.join(words)}")

    def member(self, members: tuple[Any, ...], tree: Tree) -> Any:
        """The one of several types that something is written in."""
        if len(members) == 1:
            return members[0]
        for member in members:
            if isinstance(tree, Sequence):
                fits = bool(sides_of(member) or item_of(member))
            elif isinstance(tree, Scalar) and any(tree.text in choices_of(one) for one in members):
                fits = tree.text in choices_of(member)
            else:
                fits = member in _READ
            if fits:
                return member
        raise self.fail(tree, "type", "is written in a form that is not known here")

    def sides(self, hints: tuple[Any, ...], tree: Tree) -> tuple[Any, ...]:
        """A list of fixed length, such as height and width."""
        values = self.sequence(hints[0], tree)
        if len(values) != len(hints):
            raise self.fail(tree, "value", f"must have {len(hints)} entries, not {len(values)}")
        return values

    def named(self, kinds: Kinds, tree: Tree) -> Any:
        """A record under the one name that says of which kind it is."""
        match self.mapping(tree).entries:
            case [(name, written)] if name.text in kinds:
                return self.inside(name.text).record(kinds[name.text], self.mapping(written))
            case [(name, _)]:
                hint = did_you_mean(name.text, kinds.keys())
                raise self.fail(name, "unknown-kind", f"{name.text!r} is not known here{hint}")
            case _:
                raise self.fail(tree, "type", f"must have one entry, named {' or '.join(kinds)}")

    def mapping(self, tree: Tree) -> Mapping:
        """Named entries."""
        if not isinstance(tree, Mapping):
            raise self.fail(tree, "type", "must be names with values: {name: value}")
        return tree

    def record(self, cls: type, written: Mapping) -> Any:
        """A dataclass from entries named like its fields."""
        before = len(self.problems)
        values = self.fields(cls, written)
        self.known(written, [field.name for field in fields_of(cls)])
        if len(self.problems) > before:
            raise Unreadable
        try:
            return cls(**values)
        except ValueError as error:
            raise self.fail(written, "value", str(error)) from error

    def fields(
        self, cls: type, written: Mapping, only: Collection[str] | None = None
    ) -> dict[str, Any]:
        """The values of the fields that are written; notes those that are missing or unreadable."""
        values: dict[str, Any] = {}
        for field in fields_of(cls):
            if only is not None and field.name not in only:
                continue
            tree = written.get(field.name)
            if tree is not None:
                try:
                    values[field.name] = self.inside(field.name).read(field.hint, tree)
                except Unreadable:
                    continue
            elif field.required:
                self.note(written.line, "missing-field", f"{field.name!r} is missing")
        return values

    def known(self, written: Mapping, names: Collection[str]) -> None:
        """Notes every entry that has another name."""
        for key, _ in written.entries:
            if key.text not in names:
                hint = did_you_mean(key.text, names)
                self.note(key.line, "unknown-field", f"{key.text!r} is not known here{hint}")


def _label(tree: Tree, position: int) -> str:
    name = tree.get("id") if isinstance(tree, Mapping) else None
    return name.text if isinstance(name, Scalar) else str(position)


def _text(text: str, scope: Scope) -> str:
    return fill(text, scope).rstrip()


def _whole(text: str, scope: Scope) -> int:
    value = evaluate(text, scope)
    if value.denominator != 1:
        raise BadFormula(f"{text!r} is {plain(value)}, and must be a whole number")
    return value.numerator


def _truth(text: str, scope: Scope) -> bool:
    return text == "true" or (text != "false" and holds(text, scope))


_READ: dict[Any, Callable[[str, Scope], Any]] = {
    str: _text,
    int: _whole,
    Fraction: evaluate,
    Quantity: work_out,
    bool: _truth,
}

DESCRIBED: dict[Any, str] = {
    str: "a text",
    int: "a whole number",
    Fraction: "a number",
    Quantity: "a number or formula",
    bool: "true, false or a comparison",
}
