"""One operator for another: sums and products, brackets, powers and fractions."""

from collections.abc import Iterator
from itertools import combinations

from grader.diagnosis.edits import ONE, Edit, Place, complement, product, total, with_part, without
from grader.reading.printer import show
from grader.reading.tree import Neg, Node, Num, Power, Product, Quotient, Sum


def sum_for_product(place: Place) -> Iterator[Edit]:
    """``a + b`` for ``a*b``; in a longer product also at a single sign."""
    if not isinstance(place.node, Product):
        return
    factors, sign = place.node.factors, place.node.sign
    found = f"{show(place.node)} is a product, here its factors are added"
    yield place.edit(Sum(factors), "sum-for-product", found)
    for at in range(1, len(factors)) if len(factors) > 2 else ():
        split = Sum((product(factors[:at], sign), product(factors[at:], sign)))
        yield place.edit(split, "sum-for-product", f"{show(split)} stands for {show(place.node)}")


def pair_added(place: Place) -> Iterator[Edit]:
    """``(a + b)*c`` for ``a*b*c``, also where a and b stand apart."""
    if not isinstance(place.node, Product):
        return
    factors, sign = place.node.factors, place.node.sign
    for (at, one), (later, other) in combinations(enumerate(factors), 2):
        if one in (complement(other), ONE) or other in (complement(one), ONE):
            continue  # x + (1 - x) is no sum that anybody writes
        rest = without(without(factors, later), at)
        found = f"{show(one)} and {show(other)} are added, not multiplied"
        yield place.edit(product((*rest, Sum((one, other))), sign), "sum-for-product", found)


def product_for_sum(place: Place) -> Iterator[Edit]:
    """``a*b`` for ``a + b``; a term of 1 would only be lost in it."""
    if isinstance(place.node, Sum) and ONE not in place.node.terms:
        terms = tuple(term.arg if isinstance(term, Neg) else term for term in place.node.terms)
        found = f"{show(place.node)} is a sum, here its terms are multiplied"
        yield place.edit(Product(terms), "product-for-sum", found)


def lost_bracket(place: Place) -> Iterator[Edit]:
    """``a*b + c`` for ``a*(b + c)``, ``a - b - c`` for ``a - (b - c)``, ``x/y*z`` for ``x/(y*z)``.

    Brackets are what a formula loses first on its way from paper to one line.
    """
    match place.node:
        case Product(factors, sign):
            for at, factor in enumerate(factors):
                if isinstance(factor, Sum):
                    others = without(factors, at)
                    yield from _one_term_only(place, factor, others, sign)
        case Neg(Sum((first, *rest)) as inner):
            new = total((Neg(first), *rest))
            yield place.edit(new, "lost-bracket", f"the minus is for all of {show(inner)}")
        case Quotient(top, Product((first, *rest), sign) as bottom):
            new = product((Quotient(top, first), *rest), sign)
            yield place.edit(new, "lost-bracket", f"all of {show(bottom)} divides {show(top)}")
        case Quotient(Sum(terms) as top, bottom):
            for at, term in enumerate(terms):
                new = Sum(with_part(terms, at, _divided(term, bottom)))
                found = f"only {show(term)} is divided by {show(bottom)}, not all of {show(top)}"
                yield place.edit(new, "lost-bracket", found)
        case _:
            return


def wide_bracket(place: Place) -> Iterator[Edit]:
    """``a*(b + c)`` for ``a*b + c``, and ``(1 - x)^2`` for ``1 - x^2``."""
    if not isinstance(place.node, Sum):
        return
    terms = place.node.terms
    for at, term in enumerate(terms):
        match term.arg if isinstance(term, Neg) else term:
            case Power(base, exponent):
                inner = Sum(with_part(terms, at, _signed_like(term, base)))
                power, alone = show(exponent), show(base)
                found = f"all of {show(inner)} is raised to {power}, not {alone} alone"
                yield place.edit(Power(inner, exponent), "power", found)
            case Product(factors, sign):
                for nth, factor in enumerate(factors):
                    rest = _signed_like(term, product(without(factors, nth), sign))
                    inner = Sum(with_part(terms, at, rest))
                    found = f"all of {show(inner)} is multiplied by {show(factor)}"
                    yield place.edit(Product((factor, inner), sign), "lost-bracket", found)
            case _:
                pass


def powers(place: Place) -> Iterator[Edit]:
    """``2*n`` for ``n^2``, an exponent off by one, and ``a^2 + b^2`` for ``(a + b)^2``."""
    if not isinstance(place.node, Power):
        return
    base, exponent = place.node.base, place.node.exponent
    found = f"{show(place.node)} is a power, here {show(base)} is multiplied by {show(exponent)}"
    yield place.edit(Product((exponent, base)), "power", found)
    for moved in _neighbours(exponent):
        found = f"the exponent of {show(base)} is {show(moved)}, not {show(exponent)}"
        yield place.edit(Power(base, moved), "power", found)
    if isinstance(base, Sum):
        new = Sum(tuple(_signed_like(term, Power(_size(term), exponent)) for term in base.terms))
        found = f"the terms of {show(base)} are raised to {show(exponent)} one by one"
        yield place.edit(new, "power", found)


def inverse(place: Place) -> Iterator[Edit]:
    """A fraction upside down, or one over the key."""
    match place.node:
        case Quotient(top, bottom):
            found = f"{show(place.node)} is upside down"
            yield place.edit(Quotient(bottom, top), "inverse", found)
        case node if place.is_whole:
            yield place.edit(Quotient(ONE, node), "inverse", "this is one over what is asked")
        case _:
            return


def _one_term_only(place: Place, inner: Sum, others: tuple[Node, ...], sign: str) -> Iterator[Edit]:
    outside = show(product(others, sign))
    for at, term in enumerate(inner.terms):
        new = Sum(with_part(inner.terms, at, product((*others, term), sign)))
        found = f"{outside} multiplies only {show(term)}, not all of {show(inner)}"
        yield place.edit(new, "lost-bracket", found)


def _divided(term: Node, bottom: Node) -> Node:
    return _signed_like(term, Quotient(_size(term), bottom))


def _signed_like(term: Node, size: Node) -> Node:
    return Neg(size) if isinstance(term, Neg) else size


def _size(term: Node) -> Node:
    return term.arg if isinstance(term, Neg) else term


def _neighbours(exponent: Node) -> Iterator[Node]:
    """The exponents one above and one below."""
    if isinstance(exponent, Num):
        yield from (Num(exponent.value + by) for by in (1, -1) if exponent.value + by > 1)
    else:
        yield Sum((exponent, ONE))
        yield Sum((exponent, Neg(ONE)))
