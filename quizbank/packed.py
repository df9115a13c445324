"""Trees as JSON, and back: lines are kept, columns and quotes are not."""

from typing import TypeAlias

from quizbank.tree import Mapping, Scalar, Sequence, Tree

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


def pack(tree: Tree) -> Json:
    """A text as a pair of line and text, a list or mapping as an object.

    >>> pack(Sequence((Scalar("σ", 3),), 3))
    {'line': 3, 'items': [[3, 'σ']]}
    """
    match tree:
        case Scalar(text, line):
            return [line, text]
        case Sequence(items, line):
            return {"line": line, "items": [pack(item) for item in items]}
        case Mapping(entries, line):
            pairs: list[Json] = [[key.line, key.text, pack(value)] for key, value in entries]
            return {"line": line, "entries": pairs}


def unpack(json: Json) -> Tree:
    """The tree that was packed; `ValueError` for anything else.

    >>> unpack(pack(Sequence((Scalar("σ", 3),), 3)))
    Sequence(items=(Scalar(text='σ', line=3, column=0, style=''),), line=3)
    """
    match json:
        case [int(line), str(text)]:
            return Scalar(text, line)
        case {"line": int(line), "items": list(items)}:
            return Sequence(tuple(map(unpack, items)), line)
        case {"line": int(line), "entries": list(entries)}:
            return Mapping(tuple(map(_entry, entries)), line)
        case _:
            raise ValueError("this is no packed tree")


def _entry(json: Json) -> tuple[Scalar, Tree]:
    match json:
        case [int(line), str(name), value]:
            return Scalar(name, line), unpack(value)
        case _:
            raise ValueError("this is no packed entry")
