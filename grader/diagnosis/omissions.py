"""Something left out of the key, or something in the answer that does not belong."""

from collections.abc import Iterator
from typing import Final

from grader.diagnosis.edits import ONE, TWO, Edit, Place, product, total, with_part, without
from grader.reading.printer import show
from grader.reading.tree import Call, Name, Node, Num, Power, Product, Quotient, Sum
from grader.reading.walk import walk

_APPLIED: Final = frozenset({"tanh", "σ", "exp", "log", "sqrt", "relu"})


def missing_bias(place: Place) -> Iterator[Edit]:
    """``(m + 1)*n`` without the 1: the weight of an input that is always one.

    A 1 elsewhere is no bias: in ``(i - k)/s + 1`` it counts the first window.
    """
    for bias, without_it, _ in _biases(place.node):
        yield place.edit(without_it, "missing-bias", f"{bias} is missing")


def second_bias(place: Place) -> Iterator[Edit]:
    """``(m + 2)*n + n^2``: some count a bias for the input and one for the state."""
    match place.node:
        case Sum(terms) if any(isinstance(term, Power) for term in terms):
            for at, term in enumerate(terms):
                for bias, _, twice in _biases(term):
                    new = Sum(with_part(terms, at, twice))
                    yield place.edit(new, "extra-term", f"{bias} is counted twice")
        case _:
            return


def _biases(node: Node) -> Iterator[tuple[str, Node, Node]]:
    """Each bias of a product of sizes in words, and the product with none and with two of it."""
    if not isinstance(node, Product):
        return
    for at, factor in enumerate(node.factors):
        if isinstance(factor, Sum) and ONE in factor.terms and _counts(factor):
            nth = factor.terms.index(ONE)
            none, two = total(without(factor.terms, nth)), Sum(with_part(factor.terms, nth, TWO))
            rows = (with_part(node.factors, at, new) for new in (none, two))
            lacking, doubled = map(product, rows)
            yield f"the + 1 of {show(factor)}, the bias,", lacking, doubled


def omissions(place: Place) -> Iterator[Edit]:
    """A term, a factor, a division, an exponent or a function of the key that is not there."""
    for kind, rest, what in _left_out(place):
        yield place.edit(rest, _DROPPED[kind], f"{what} is missing")


def additions(place: Place) -> Iterator[Edit]:
    """Made on the answer: what has to go for the key to be left."""
    for kind, rest, what in _left_out(place):
        yield place.edit(rest, _EXTRA[kind], f"{what} is too much")


def _left_out(place: Place) -> Iterator[tuple[str, Node, str]]:
    """Each part that may be left out: its kind, what is left, and the part in words."""
    match place.node:
        case Sum(terms) as whole:
            inside = "" if place.is_whole else f" of {show(whole)}"
            for at, term in enumerate(terms):
                yield "term", total(without(terms, at)), f"the term {show(term)}{inside}"
        case Product(factors, sign):
            for at, factor in enumerate(factors):
                yield "factor", product(without(factors, at), sign), f"the factor {show(factor)}"
        case Quotient(top, bottom):
            yield "factor", top, f"the division by {show(bottom)}"
        case Power(base, exponent):
            yield "power", base, f"the exponent {show(exponent)} of {show(base)}"
        case Call(function, (arg,)) if function in _APPLIED:
            yield "function", arg, f"the {function} of {show(arg)}"
        case _:
            return


def _counts(node: Node) -> bool:
    """Whether a tree adds, multiplies and raises plain sizes only."""
    return all(isinstance(part, Num | Name | Sum | Product | Power) for part in walk(node))


_DROPPED: Final = {
    "term": "dropped-term", "factor": "dropped-factor",
    "power": "power", "function": "dropped-function",
}  # fmt: skip
LEFT_OUT: Final = frozenset({"missing-bias", *_DROPPED.values()})
_EXTRA: Final = {
    "term": "extra-term", "factor": "extra-factor", "power": "power", "function": "extra-function",
}  # fmt: skip
