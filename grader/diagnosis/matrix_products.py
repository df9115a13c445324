"""Slips among matrices: a transpose, the sign of a product, the order of its factors."""

from collections.abc import Iterator

from grader.deciding.unfit import spoken
from grader.diagnosis.edits import Edit, Place, product, with_part, without
from grader.reading.tree import Name, Node, Product, Transpose
from grader.reading.walk import rebuilt, walk


def transposes(place: Place) -> Iterator[Edit]:
    """``U δ`` for ``U^T δ``, and the other way round; or no transpose at all."""
    if place.is_whole and sum(isinstance(node, Transpose) for node in walk(place.whole)) > 1:
        found = "every transpose is missing"
        yield place.edit(_upright(place.whole), "transpose", found, weight=2)
    match place.node:
        case Transpose(arg):
            yield place.edit(arg, "transpose", f"the transpose of {spoken(arg)} is missing")
        case Name() as name if not place.is_transposed:
            found = f"{spoken(name)} must not be transposed"
            yield place.edit(Transpose(name), "transpose", found)
        case node if place.is_whole:
            yield place.edit(Transpose(node), "transpose", "the whole is transposed")
        case _:
            return


def other_product(place: Place) -> Iterator[Edit]:
    """``U ⊙ V`` for ``U V``, and the other way round."""
    match place.node:
        case Product(factors, "@" | "⊙" as sign):
            other = "⊙" if sign == "@" else "@"
            said = "the matrix product" if sign == "@" else "⊙"
            used = "⊙" if sign == "@" else "the matrix product"
            for at in range(1, len(factors)):
                sides = (product(factors[:at], sign), product(factors[at:], sign))
                left, right = map(spoken, sides)
                found = f"between {left} and {right}, {used} stands where {said} belongs"
                yield place.edit(product(sides, other), "wrong-product", found)
        case _:
            return


def other_order(place: Place) -> Iterator[Edit]:
    """``U diag(f)`` for ``diag(f) U``."""
    match place.node:
        case Product(factors, "@"):
            if len(factors) > 2:
                found = f"the factors of {spoken(place.node)} stand in the reverse order"
                yield place.edit(Product(factors[::-1], "@"), "wrong-order", found)
            for at in range(1, len(factors)):
                before, after = factors[at - 1], factors[at]
                turned = with_part(with_part(factors, at, before), at - 1, after)
                found = f"{spoken(before)} must stand before {spoken(after)}, not after it"
                yield place.edit(Product(turned, "@"), "wrong-order", found)
        case _:
            return


def scaled_too_late(place: Place) -> Iterator[Edit]:
    """``s ⊙ U δ`` for ``U (s ⊙ δ)``, and the other way round."""
    match place.node:
        case Product((*matrices, Product(factors, "⊙")), "@"):
            for at, factor in enumerate(factors):
                inner = product((*matrices, product(without(factors, at), "⊙")), "@")
                by = spoken(product(tuple(matrices), "@"))
                found = f"⊙ {spoken(factor)} comes before the product with {by}, not after it"
                yield place.edit(Product((factor, inner), "⊙"), "wrong-order", found)
        case Product(factors, "⊙"):
            for at, inner in enumerate(factors):
                if isinstance(inner, Product) and inner.sign == "@":
                    *matrices, last = inner.factors
                    scaled = Product((*without(factors, at), last), "⊙")
                    said = spoken(product(without(factors, at), "⊙"))
                    by = spoken(product(tuple(matrices), "@"))
                    found = f"⊙ {said} comes after the product with {by}, not before it"
                    yield place.edit(Product((*matrices, scaled), "@"), "wrong-order", found)
        case _:
            return


def _upright(node: Node) -> Node:
    """Without any transpose."""
    return rebuilt(node.arg if isinstance(node, Transpose) else node, _upright)
