"""Sums and products that tidy themselves up a little, so that what is derived reads like a book.

Zeros and ones go, signs come to the front, equal terms and equal factors are gathered. Nothing is
multiplied out and nothing is cancelled: the result has a value wherever the operands have one.
"""

from fractions import Fraction
from typing import Final, Literal

from grader.reading.tree import Neg, Node, Num, Power, Product, Quotient, Sum

ZERO: Final = Num(Fraction(0))
ONE: Final = Num(Fraction(1))


def added(*terms: Node) -> Node:
    """The sum of scalars, or of vectors or matrices of one shape.

    >>> from grader.reading.printer import show
    >>> from grader.reading.tree import Name
    >>> x, y = Name("x"), Name("y")
    >>> show(added(x, Neg(y), ZERO, added(x, ONE)))
    '2*x - y + 1'
    """
    gathered: dict[Node, Fraction] = {}
    for term in terms:
        for part in term.terms if isinstance(term, Sum) else (term,):
            number, core = _split(part)
            gathered[core] = gathered.get(core, Fraction(0)) + number
    kept = [_scaled(number, core) for core, number in gathered.items() if number]
    match _begun_positive(kept):
        case []:
            return ZERO
        case [only]:
            return only
        case several:
            return Sum(tuple(several))


def times(*factors: Node, sign: Literal["*", "⊙"] = "*") -> Node:
    """The product of scalars, in the order given but for numbers, which lead.

    With the sign ``⊙`` it is that of vectors, entry by entry.

    >>> from grader.reading.printer import show
    >>> from grader.reading.tree import Name
    >>> x, y = Name("x"), Name("y")
    >>> show(times(x, Neg(y), times(x, Num(Fraction(2)))))
    '-2*x^2*y'
    >>> times(x, ZERO, y) == ZERO
    True
    >>> show(times(x, Neg(y), x, sign="⊙"))
    '-x^2 ⊙ y'
    """
    number = Fraction(1)
    exponents: dict[Node, int] = {}
    for factor in factors:
        share, core = _split(factor)
        number *= share
        for part in _factors(core, sign):
            base, exponent = _raised(part)
            exponents[base] = exponents.get(base, 0) + exponent
    powers = [power(base, exponent) for base, exponent in exponents.items() if base != ONE]
    return _scaled(number, _joined(powers, sign))


def power(base: Node, exponent: int) -> Node:
    """A scalar to a positive whole power.

    >>> from grader.reading.tree import Name
    >>> power(Name("x"), 1)
    Name(text='x')
    """
    return base if exponent == 1 or base == ONE else Power(base, Num(Fraction(exponent)))


def opposite(tree: Node) -> Node:
    """A scalar with the other sign.

    >>> from grader.reading.tree import Name
    >>> opposite(Neg(Name("x")))
    Name(text='x')
    """
    return times(Neg(ONE), tree)


def divided(top: Node, bottom: Node) -> Node:
    """A quotient of scalars; 0 over anything is 0, and over 1 nothing is divided."""
    return top if top == ZERO or bottom == ONE else Quotient(top, bottom)


def _begun_positive(terms: list[Node]) -> list[Node]:
    """The terms with one in front that has no minus sign, if there is one: n - h for -h + n."""
    first = next((place for place, term in enumerate(terms) if not isinstance(term, Neg)), 0)
    return [*terms[first : first + 1], *terms[:first], *terms[first + 1 :]]


def _split(tree: Node) -> tuple[Fraction, Node]:
    """The number in front, and what is left."""
    match tree:
        case Num(value):
            return value, ONE
        case Neg(arg):
            number, core = _split(arg)
            return -number, core
        case Product((Num(value), *others), "*"):
            return value, _joined(others)
        case _:
            return Fraction(1), tree


def _scaled(number: Fraction, core: Node) -> Node:
    """A number times something that has no number in front."""
    if not number:
        return ZERO
    size = Num(abs(number))
    if core == ONE:
        scaled: Node = size
    elif size == ONE:
        scaled = core
    else:
        scaled = Product((size, *_factors(core, "*")))
    return Neg(scaled) if number < 0 else scaled


def _factors(tree: Node, sign: Literal["*", "⊙"]) -> tuple[Node, ...]:
    """Of a product under this sign; anything else is its own only factor."""
    return tree.factors if isinstance(tree, Product) and tree.sign == sign else (tree,)


def _joined(factors: list[Node], sign: Literal["*", "⊙"] = "*") -> Node:
    match factors:
        case []:
            return ONE
        case [only]:
            return only
        case _:
            return Product(tuple(factors), sign)


def _raised(factor: Node) -> tuple[Node, int]:
    """A base and its positive whole exponent; any other power is a base of its own."""
    match factor:
        case Power(base, Num(value)) if value.denominator == 1 and value > 0:
            return base, int(value)
        case _:
            return factor, 1
