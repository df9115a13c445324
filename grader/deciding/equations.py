"""Equations: equal up to swapping the sides and a constant factor other than zero."""

from dataclasses import dataclass
from itertools import combinations

from grader.deciding.congruence import Congruence, compare, fields
from grader.deciding.domain import REALS, Domain
from grader.deciding.field import NoInverse, Unsupported
from grader.deciding.image import Image, NoValue
from grader.reading.tree import Equation, Name, Neg, Node, Sum
from grader.reading.walk import names, rebuilt

YOURS_FAILS = "there are numbers for which the expected equation holds and yours does not"
EXPECTED_FAILS = "there are numbers for which your equation holds and the expected one does not"
NOT_A_MULTIPLE = "your equation is not the expected one times a number, but may say the same"


@dataclass(frozen=True, slots=True)
class Said:
    """Whether two equations say the same, or the sides of one that differ where the other holds."""

    congruence: Congruence
    sides: tuple[Node, Node] | None = None
    reason: str = ""


def compare_equations(key: Equation, answer: Equation, domain: Domain = REALS) -> Said:
    """Compare two equations between scalars.

    >>> from fractions import Fraction
    >>> from grader.reading.tree import Num, Product, Quotient
    >>> x, y, two = Name("x"), Name("y"), Num(Fraction(2))
    >>> double = Equation(y, Product((two, x)))
    >>> compare_equations(double, Equation(x, Quotient(y, two))).congruence
    <Congruence.EQUAL: 1>
    >>> compare_equations(double, Equation(x, Product((two, y)))).congruence
    <Congruence.UNEQUAL: 2>
    """
    try:
        if _are_proportional(_difference(key), _difference(answer), domain):
            return Said(Congruence.EQUAL)
    except Unsupported as error:
        return Said(Congruence.OPEN, reason=str(error))
    except (NoInverse, NoValue):
        return Said(Congruence.OPEN, reason="one of the equations divides by zero")
    for one, other, said in ((key, answer, YOURS_FAILS), (answer, key, EXPECTED_FAILS)):
        if (sides := _sides_where_it_holds(one, other)) is not None:
            found = compare(*sides, domain).congruence
            if found is Congruence.UNEQUAL:
                return Said(Congruence.UNEQUAL, sides, said)
    return Said(Congruence.OPEN, reason=NOT_A_MULTIPLE)


def _difference(equation: Equation) -> Node:
    """``left - right``, which is zero where the equation holds."""
    return Sum((equation.left, Neg(equation.right)))


def _are_proportional(ours: Node, theirs: Node, domain: Domain) -> bool:
    """Whether one is a constant, not zero, times the other: the same ratio at every point."""
    values: list[tuple[int, int]] = []
    for field in fields():
        image = Image(field, domain)
        pair = image.of(ours), image.of(theirs)
        required = pair[0].required | pair[1].required
        if image.signs or not all(map(domain.is_positive, required)):
            raise Unsupported("an equation with cases, roots or logarithms of unknown sign")
        values.append((pair[0].residue, pair[1].residue))
    modulus = fields()[0].modulus(0)
    return all(left and right for left, right in values) and all(
        (left * other_right - right * other_left) % modulus == 0
        for (left, right), (other_left, other_right) in combinations(values, 2)
    )


def _sides_where_it_holds(one: Equation, other: Equation) -> tuple[Node, Node] | None:
    """The sides of another equation where ``name = formula`` holds; None for any other form."""
    for name, formula in ((one.left, one.right), (one.right, one.left)):
        if isinstance(name, Name) and name.text not in names(formula):
            return _put(name, formula, other.left), _put(name, formula, other.right)
    return None


def _put(name: Name, formula: Node, tree: Node) -> Node:
    return formula if tree == name else rebuilt(tree, lambda child: _put(name, formula, child))
