"""What flows between layers: the shape of one example, without the batch."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from fractions import Fraction
from math import prod
from typing import ClassVar, TypeAlias

from grader.models.fit import DoesNotFit, at_least
from grader.models.formula import Count, Formula
from grader.quantity import Quantity

Worked: TypeAlias = Mapping[str, Count]
"""How the sides of an output follow from the layer's sizes, by the name of the side."""


class _Sides:
    """What all shapes can do, told from their fields."""

    __slots__ = ()
    words: ClassVar[str]
    worked: Worked

    def __post_init__(self) -> None:
        at_least(1, **{side: length for side, length in self.sides.items() if length is not None})

    @property
    def sides(self) -> dict[str, int | None]:
        """The length of every side by name; ``None`` where it is not known."""
        names = (one.name for one in fields(self) if one.name != "worked")  # type: ignore[arg-type]
        return {name: getattr(self, name) for name in names}

    @property
    def size(self) -> int:
        """How many numbers there are: also the operations of a ReLU on them.

        >>> Image(5, 5, 3).size
        75
        """
        return prod(self.known(side) for side in self.sides)

    def known(self, side: str) -> int:
        """The length of a side, or `DoesNotFit` where there is none or it is not known.

        >>> Sequence(None, 16).known("steps")
        Traceback (most recent call last):
            ...
        grader.models.fit.DoesNotFit: the number of steps of (None, 16) is not known: \
give it in the input
        """
        if side not in self.sides:
            raise DoesNotFit(f"{self.words} {self} has no {side}")
        length = self.sides[side]
        if length is None:
            raise DoesNotFit(f"the number of {side} of {self} is not known: give it in the input")
        return length

    def quantity(self, side: str) -> Quantity:
        """The length of a side and how it was worked out."""
        length = self.known(side)
        return self.worked[side].quantity if side in self.worked else Quantity(Fraction(length))

    def formula(self, side: str) -> Formula:
        """The length of a side as a formula; what a layer only passes on is a plain number."""
        length = self.known(side)
        return self.worked[side].formula if side in self.worked else Formula.number(length)

    def __str__(self) -> str:
        lengths = ", ".join(str(length) for length in self.sides.values())
        return f"({lengths},)" if len(self.sides) == 1 else f"({lengths})"


@dataclass(frozen=True, slots=True)
class Words(_Sides):
    """Word numbers, one at each step; ``None`` steps are as many as the text has.

    >>> print(Words())
    (None,)
    """

    words: ClassVar[str] = "a text of word numbers"
    steps: int | None = None
    worked: Worked = field(default_factory=dict, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Vector(_Sides):
    """Features only.

    >>> print(Vector(32))
    (32,)
    """

    words: ClassVar[str] = "a vector"
    features: int
    worked: Worked = field(default_factory=dict, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Sequence(_Sides):
    """Features at every step; ``None`` steps are as many as the input has.

    >>> print(Sequence(None, 16))
    (None, 16)
    """

    words: ClassVar[str] = "a sequence"
    steps: int | None
    features: int
    worked: Worked = field(default_factory=dict, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Image(_Sides):
    """Height, width and channels, in this order in both conventions.

    >>> print(Image(10, 10, 3))
    (10, 10, 3)
    """

    words: ClassVar[str] = "an image"
    height: int
    width: int
    channels: int
    worked: Worked = field(default_factory=dict, compare=False, repr=False, kw_only=True)


Shape: TypeAlias = Words | Vector | Sequence | Image
