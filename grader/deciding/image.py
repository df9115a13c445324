"""One expression tree read in a finite field.

A value is *exact* when every step was a homomorphism: then two values that differ prove that the
expressions differ.  A step outside that class (log of a sum, floor, |x|, …) takes a free element
that depends on the function and its argument only: then equal values still prove equality.
"""

from dataclasses import dataclass
from fractions import Fraction

from grader import limits
from grader.deciding import angles, cases, roots
from grader.deciding.domain import REALS, Domain
from grader.deciding.field import FUNCTIONS, Field, Unsupported
from grader.deciding.signs import constant
from grader.reading.tree import Call, Name, Neg, Node, Num, Power, Product, Quotient, Sum
from grader.reading.walk import names


class NoValue(Exception):
    """``0^0``: an expression that has no value anywhere."""


@dataclass(frozen=True, slots=True)
class Value:
    """A residue, and the names that had to be taken as positive to get it.

    ``implied`` holds those of them that the expression is not defined without.
    """

    residue: int
    required: frozenset[str]
    implied: frozenset[str]


class Image:
    """Reads trees in one field, under one pattern of signs of what stands inside ``|…|``.

    >>> from grader.deciding.towers import draw
    >>> image = Image(Field(draw(7), point=0))
    >>> x, two = Name("x"), Num(Fraction(2))
    >>> image.of(Product((x, x))) == image.of(Power(x, two)), image.exact
    (True, True)
    >>> image.of(Call("log", (Power(x, two),))).required, image.exact
    (frozenset({'x'}), True)
    """

    __slots__ = (
        "_degree", "domain", "exact", "field", "floors", "implied", "known", "required", "signs",
        "split", "sums",
    )  # fmt: skip

    def __init__(
        self,
        field: Field,
        domain: Domain = REALS,
        signs: tuple[int, ...] = (),
    ) -> None:
        self.field = field
        self.domain = domain
        self.exact = True
        self.signs = signs  # of each of `split`; grows as more of them are met
        self.split: list[int] = []  # values at level 0 whose sign had to be chosen
        self.floors: list[tuple[int, int]] = []  # values rounded down, at level 0, and their steps
        self.sums: dict[tuple[int, int], tuple[Node, int]] = {}  # under roots and logarithms
        self.known: dict[tuple[int, int], tuple[Node, int]] = {}  # functions by cases met before
        self.required: set[str] = set()
        self.implied: set[str] = set()
        self._degree = 1

    def of(self, node: Node) -> Value:
        """The image of a whole tree at the top of the tower.

        Raises Unsupported, NoValue, or NoInverse where a denominator is zero.
        """
        self.required.clear()
        self.implied.clear()
        residue = self.value(node, 0)
        return Value(residue, frozenset(self.required), frozenset(self.implied))

    def value(self, node: Node, k: int) -> int:  # noqa: C901 - one case per node
        """The image of a node on level k, below the modulus of that level."""
        match node:
            case Name(text):
                return self._name(text, k)
            case Product(factors, sign):
                if sign == "@":
                    raise Unsupported("matrix products need declared shapes")
                product, modulus = 1, self.field.levels[k].modulus
                for factor in factors:
                    product = product * self.value(factor, k) % modulus
                return product
            case Sum(terms):
                total = 0
                for term in terms:
                    total += self.value(term, k)
                return total % self.field.levels[k].modulus
            case Neg(arg):
                return -self.value(arg, k) % self.field.levels[k].modulus
            case Num(value):
                return self.number(value, k)
            case Power(base, exponent):
                return self._power(base, exponent, k)
            case Call(function, args):
                return self._call(node, function, args, k)
            case Quotient(top, bottom):
                under = self.field.inverse(self.value(bottom, k), k)
                return self.value(top, k) * under % self.field.levels[k].modulus
            case _:
                raise Unsupported("a transpose needs declared shapes")

    def number(self, value: Fraction, k: int) -> int:
        """A rational number on level k."""
        modulus = self.field.levels[k].modulus
        if value.denominator == 1:
            return value.numerator % modulus
        return value.numerator * self.field.inverse(value.denominator, k) % modulus

    def free(self, k: int, *words: object) -> int:
        """An element for something of which the field knows only that it has one value."""
        self.exact = False
        return self.field.random(k, "free", *words)

    def below(self, k: int) -> int:
        """The level on which exponents of level k live."""
        if k + 1 == len(self.field.levels):
            raise Unsupported(f"exponentials stand more than {k} deep in each other")
        return k + 1

    def whole_power(self, base: Node, exponent: int, k: int) -> int:
        """``base ^ exponent``; ``0^0`` has no value, ``x^0`` is 1."""
        self._degree *= abs(exponent) or 1
        if self._degree > limits.DEGREE:
            raise Unsupported(f"the exponents multiply to more than {limits.DEGREE}")
        value = self.value(base, k)
        self._degree //= abs(exponent) or 1
        if exponent == 0 and value == 0:
            raise NoValue
        return self.raised(value, exponent, k)

    def raised(self, value: int, exponent: int, k: int) -> int:
        """A whole power of a value on level k."""
        if exponent < 0:
            value = self.field.inverse(value, k)
        return pow(value, abs(exponent), self.field.levels[k].modulus)

    def _name(self, text: str, k: int) -> int:
        if text == "e":
            return self.field.call("exp", 1, k)
        if text == "π":
            return self.free(k, "π")
        if text == "i" and self.domain.complex_unit:
            return self.field.levels[k].root
        return self.field.symbol(text, k)

    def _call(self, node: Call, function: str, args: tuple[Node, ...], k: int) -> int:
        if function in ("sin", "cos", "tan") and "π" in names(node):
            return self._angle(function, args[0], k)
        if function in FUNCTIONS:
            return self.field.call(function, self.value(args[0], self.below(k)), k)
        match function:
            case "log":
                return roots.log(self, args[0], k)
            case "log'":
                return self.field.inverse(self.value(args[0], k), k)
            case "sqrt":
                return roots.real_power(self, args[0], Fraction(1, 2), k)
            case "sqrt'":
                half = self.number(Fraction(1, 2), k)
                power = half * roots.real_power(self, args[0], Fraction(-1, 2), k)
                return power % self.field.modulus(k)
            case _ if self.domain.complex_unit:
                raise Unsupported(f"{function} of what may be a complex number")
            case _:
                return cases.value(self, node, k)

    def _angle(self, function: str, arg: Node, k: int) -> int:
        """A function of an angle in which π occurs; ``sin(x + π) = -sin(x)``."""
        if function == "tan":
            under = self.field.inverse(self._angle("cos", arg, k), k)
            return self._angle("sin", arg, k) * under % self.field.modulus(k)
        if (turned := angles.turned(self, function, arg, k)) is not None:
            return turned
        return self.field.call(function, self.value(arg, self.below(k)), k)

    def _power(self, base: Node, exponent: Node, k: int) -> int:
        number = exponent.value if isinstance(exponent, Num) else constant(exponent)
        if number is None:
            return roots.symbolic_power(self, base, exponent, k)
        if isinstance(base, Call) and base.function == "sqrt":
            return roots.real_power(self, base.args[0], number / 2, k)
        if number.denominator != 1:
            return roots.real_power(self, base, number, k)
        return self.whole_power(base, number.numerator, k)
