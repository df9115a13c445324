"""Which numbers the names stand for: real ones, unless more is declared."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final


@dataclass(frozen=True, slots=True)
class Domain:
    """Declared of names: above zero, whole numbers, or gates, which lie between 0 and 1.

    With ``complex_unit`` the name i is the imaginary unit.

    >>> sizes = Domain(positive=frozenset("n"), integer=frozenset("n"))
    >>> sizes.fitted("n", Fraction(-3, 2)), sizes.fitted("x", Fraction(-3, 2))
    (Fraction(3, 1), Fraction(-3, 2))
    >>> Domain(gates=frozenset("f")).fitted("f", Fraction(5))
    Fraction(1, 7)
    """

    positive: frozenset[str] = frozenset()
    integer: frozenset[str] = frozenset()
    gates: frozenset[str] = frozenset()
    complex_unit: bool = False

    def is_positive(self, name: str) -> bool:
        """Whether a name stands for a number above zero."""
        return name in self.positive or name in self.gates

    def fitted(self, name: str, value: Fraction) -> Fraction:
        """A value that the name may take, near the one given or at least made from it."""
        if name in self.gates:
            return value if 0 < value < 1 else 1 / (2 + abs(value))
        if name in self.integer:
            value = Fraction(value.numerator)
        return (abs(value) or Fraction(1)) if name in self.positive else value

    def __bool__(self) -> bool:
        """Whether anything is declared that a verdict may rest on."""
        return bool(self.positive or self.integer or self.gates)

    def without(self, name: str) -> "Domain":
        """The same with nothing declared of one name."""
        gone = {name}
        return Domain(
            self.positive - gone, self.integer - gone, self.gates - gone, self.complex_unit
        )

    def said_of(self, name: str) -> str:
        """What is declared of a name, in words.

        >>> Domain(positive=frozenset("n"), integer=frozenset("n")).said_of("n")
        'n is a positive whole number'
        """
        if name in self.gates:
            return f"{name} lies between 0 and 1"
        if name in self.integer:
            return f"{name} is a {'positive ' if name in self.positive else ''}whole number"
        return f"{name} is positive"


REALS: Final = Domain()
"""Nothing is declared: every name is a real number."""
