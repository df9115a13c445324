"""The fields of a dataclass with their types: what `decode` reads and `schema` publishes."""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Literal, TypeAlias, Union, get_args, get_origin, get_type_hints

Kinds: TypeAlias = Mapping[str, type]
"""Dataclasses by the name that authors write."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field an author may write; ``hint`` is its annotation, resolved."""

    name: str
    hint: Any
    required: bool


@cache
def fields_of(cls: type) -> tuple[Field, ...]:
    """The fields of a dataclass, in the order declared.

    >>> from grader.kinds.options import Option
    >>> [(field.name, field.required) for field in fields_of(Option)][:4]
    [('id', True), ('text', True), ('says', True), ('right', False)]
    """
    hints = get_type_hints(cls)
    return tuple(
        Field(
            field.name,
            hints[field.name],
            field.default is MISSING and field.default_factory is MISSING,
        )
        for field in fields(cls)
        if field.init
    )


@cache
def item_of(hint: Any) -> Any:
    """The type of the items of ``tuple[X, ...]``; ``None`` for any other hint.

    >>> item_of(tuple[str, ...]), item_of(tuple[int, int]), item_of(str)
    (<class 'str'>, None, None)
    """
    arguments = get_args(hint)
    return arguments[0] if get_origin(hint) is tuple and arguments[1:] == (...,) else None


@cache
def named_of(hint: Any) -> Any:
    """The type of the values of ``Mapping[str, X]``; ``None`` for any other hint.

    >>> named_of(Mapping[str, tuple[str, ...]]), named_of(tuple[str, ...])
    (tuple[str, ...], None)
    """
    return get_args(hint)[1] if get_origin(hint) is Mapping else None


@cache
def sides_of(hint: Any) -> tuple[Any, ...]:
    """The types in a tuple of fixed length.

    >>> sides_of(tuple[int, int]), sides_of(tuple[str, ...])
    ((<class 'int'>, <class 'int'>), ())
    """
    return get_args(hint) if get_origin(hint) is tuple and item_of(hint) is None else ()


@cache
def choices_of(hint: Any) -> tuple[str, ...]:
    """The words a ``Literal`` allows.

    >>> choices_of(Literal["concat", "sum"])
    ('concat', 'sum')
    """
    return get_args(hint) if get_origin(hint) is Literal else ()


@cache
def members_of(hint: Any) -> tuple[Any, ...]:
    """The members of a union, without ``None``.

    >>> members_of(int | None)
    (<class 'int'>,)
    """
    if get_origin(hint) not in (Union, UnionType):
        return ()
    return tuple(member for member in get_args(hint) if member is not type(None))


@cache
def is_record(hint: Any) -> bool:
    """Whether a hint is a dataclass, written as a mapping."""
    return isinstance(hint, type) and is_dataclass(hint)
