"""Keys that name what is wanted of a recurrent cell: derived here, typed by nobody."""

from typing import Final, cast

from grader.cells.calculus import NUMBERS
from grader.cells.cell import UnknownName
from grader.cells.extent import TooLong
from grader.cells.gradient import NoSuchGradient
from grader.cells.wish import CellName, Gradient, State, Wish
from grader.judge import AnswerSpec
from grader.kinds.derivation import Derivation
from grader.reading.printer import show
from grader.reading.tree import Node
from grader.reading.vocabulary import canonical
from grader.reading.walk import names
from quizbank.tree import Mapping, Scalar, Sequence, Tree
from quizbank.values import Values

WISHES: Final[dict[str, type[Wish]]] = {"gradient": Gradient, "state": State}
"""What may be written instead of a key."""


def derived(written: Mapping, values: Values) -> tuple[Mapping, Wish | None]:
    """An expression with its key, and the mistakes that are derived, worked out.

    Where the key is typed, nothing changes. Raises `Unreadable`.
    """
    said = [entry for entry in written.entries if entry[0].text in ("key", *WISHES)]
    match said:
        case [(name, tree)] if name.text in WISHES:
            reader = _Reader(WISHES[name.text], written, values)
            wish, formula = reader.worked_out(tree, values.inside(name.text))
            others = (entry for entry in written.entries if entry[0] is not name)
            key = (Scalar("key", name.line), Scalar(formula, tree.line))
            keyed = Mapping((key, *others), written.line)
            return reader.with_shapes(reader.with_mistakes(keyed, tree), wish), wish
        case [_, (name, _), *_]:
            several = " and ".join(key.text for key, _ in said)
            raise values.fail(name, "two-keys", f"says its key twice, as {several}; keep one")
        case _:
            return written, None


def wished(spec: AnswerSpec) -> Wish | None:
    """What a derivation must arrive at, as a wish.

    >>> from grader.derivation.target import Target
    >>> wished(Derivation("lstm", Target("c", lag=2), path="cell")).path
    'cell'
    """
    if not isinstance(spec, Derivation):
        return None
    cell, target = cast(CellName, spec.cell), spec.target  # its faults name a cell there is not
    if target.state is not None:
        return State(cell, target.state, form=spec.form)
    return Gradient(cell, target.by, target.of, target.lag, spec.path, target.known, form=spec.form)


class _Reader:
    """Works out what is wished for in one expression, and in the names that it declares."""

    def __init__(self, kind: type[Wish], written: Mapping, values: Values) -> None:
        self.kind, self.written, self.values = kind, written, values

    def worked_out(self, tree: Tree, place: Values) -> tuple[Wish, str]:
        """A wish and its formula in plain text; notes what is wrong with it and raises."""
        wish: Wish = place.record(self.kind, place.mapping(tree))
        try:
            formula = wish.formula
        except TooLong as error:
            message = f"{error}; take fewer steps, or name more that is `known`"
            raise place.fail(tree, "too-long", message) from error
        except (UnknownName, NoSuchGradient) as error:
            raise place.fail(tree, "gradient", str(error)) from error
        self.declared(formula, tree, place)
        return wish, show(formula)

    def declared(self, formula: Node, tree: Tree, place: Values) -> None:
        """Notes the names of a formula that answers could not use."""
        known = self.names()
        if missing := [name for name in names(formula) if name not in (known or ())]:
            listed = ", ".join(map(_quoted, missing))
            said = f"declare names: [{listed}]" if known is None else f"its names lack {listed}"
            raise place.fail(tree, "undeclared-names", f"is {show(formula)}; {said}")

    def with_mistakes(self, written: Mapping, wish: Tree) -> Mapping:
        """The same with the mistakes worked out that name another wish: ``gives: {path: cell}``."""
        match written.get("mistakes"):
            case Sequence(items, line):
                place = self.values.inside("mistakes")
                read = Sequence(tuple(self.mistake(one, wish, place) for one in items), line)
                return _with(written, "mistakes", read)
            case _:
                return written

    def mistake(self, mistake: Tree, wish: Tree, place: Values) -> Tree:
        """A mistake whose formula is that of the wish with some fields changed."""
        match mistake, wish:
            case Mapping(), Mapping() if isinstance(changed := mistake.get("gives"), Mapping):
                other = wish
                for name, tree in changed.entries:
                    other = _with(other, name.text, tree)
                other = Mapping(other.entries, changed.line)
                _, formula = self.worked_out(other, place.inside("gives"))
                return _with(mistake, "gives", Scalar(formula, changed.line))
            case _:
                return mistake

    def with_shapes(self, written: Mapping, wish: Wish) -> Mapping:
        """The same with the shapes of its names, where they are vectors and none is declared."""
        if wish.form == NUMBERS.form or written.get("shapes"):
            return written
        line, known = written.line, wish.shapes
        shapes = tuple(
            (Scalar(name, line), Sequence(tuple(Scalar(size, line) for size in known[name]), line))
            for name in dict.fromkeys(self.names() or ())
            if known.get(name)
        )
        return _with(written, "shapes", Mapping(shapes, line))

    def names(self) -> list[str] | None:
        """The declared names, canonically; nothing where they could not be read."""
        match self.written.get("names"):
            case Sequence(items):
                spelled = (one.text for one in items if isinstance(one, Scalar))
                return [canonical(one.partition("=")[0]) for one in spelled]
            case _:
                return None


def _with(written: Mapping, name: str, tree: Tree) -> Mapping:
    """A mapping with something else under one name."""
    key = written.key(name) or Scalar(name, tree.line)
    others = tuple(entry for entry in written.entries if entry[0].text != name)
    return Mapping((*others, (key, tree)), written.line)


def _quoted(name: str) -> str:
    """A name as it may stand in a list: braces need quotes."""
    return f'"{name}"' if "{" in name else name
