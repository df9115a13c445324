"""A YAML file as read: text with places, nothing resolved. `no` is two letters, `12:30` five."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Scalar:
    """Text as written. Lines and columns count from 1.

    ``style`` is YAML's: ``""`` plain, ``'`` or ``"`` quoted, ``|`` or ``>`` block.
    """

    text: str
    line: int = 0
    column: int = 0
    style: str = ""


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list and the line it starts on."""

    items: tuple["Tree", ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Mapping:
    """Named entries, in the order written; names are unique.

    >>> mapping = Mapping(((Scalar("level"), Scalar("2")),))
    >>> mapping.get("level").text, mapping.get("title"), list(mapping)
    ('2', None, ['level'])
    """

    entries: tuple[tuple[Scalar, "Tree"], ...]
    line: int = 0

    def get(self, name: str) -> "Tree | None":
        """What stands under a name."""
        return next((value for key, value in self.entries if key.text == name), None)

    def key(self, name: str) -> Scalar | None:
        """The name itself, with its place."""
        return next((key for key, _ in self.entries if key.text == name), None)

    def __iter__(self) -> Iterator[str]:
        return (key.text for key, _ in self.entries)


Tree: TypeAlias = Scalar | Sequence | Mapping

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"


def plain(tree: Tree) -> Plain:
    """The same as strings, lists and dicts, without places.

    >>> plain(Mapping(((Scalar("answers"), Sequence((Scalar("6,272"), Scalar("no")))),)))
    {'answers': ['6,272', 'no']}
    """
    match tree:
        case Scalar():
            return tree.text
        case Sequence():
            return [plain(item) for item in tree.items]
        case Mapping():
            return {key.text: plain(value) for key, value in tree.entries}
