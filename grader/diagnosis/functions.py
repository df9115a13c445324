"""Functions taken for their derivatives or for one another, and forgotten rounding."""

from collections.abc import Iterator
from typing import Final

from grader.diagnosis.edits import (
    ONE,
    TWO,
    Edit,
    Place,
    complement,
    is_function,
    product,
    with_part,
    without,
)
from grader.diagnosis.names import stem
from grader.reading.printer import show
from grader.reading.tree import Call, Name, Neg, Node, Power, Product, Sum
from grader.reading.walk import rebuilt

_OTHER: Final = {"tanh": "σ", "σ": "tanh", "tanh'": "σ'", "σ'": "tanh'", "max": "min", "min": "max"}
_RULES: Final = {"tanh": "1 - tanh^2", "σ": "σ*(1 - σ)"}


def written_out(tree: Node) -> Node:
    """The tree with ``tanh'`` and ``σ'`` in terms of the functions, where slips in them show.

    >>> show(written_out(Call("tanh'", (Name("x"),))))
    '1 - tanh(x)^2'
    """
    match rebuilt(tree, written_out):
        case Call("tanh'", args):
            return Sum((ONE, Neg(Power(Call("tanh", args), TWO))))
        case Call("σ'", args):
            return Product((Call("σ", args), Sum((ONE, Neg(Call("σ", args))))))
        case same:
            return same


def for_derivative(place: Place) -> Iterator[Edit]:
    """``tanh`` where ``tanh'`` belongs, however the derivative is written."""
    match place.node:
        case Call(function, args) if function.endswith("'"):
            plain = function[:-1]
            yield place.edit(Call(plain, args), *_itself_used(plain, show(Call(plain, args))))
        case Sum() as whole if (inner := _squared_complement(whole)) is not None:
            yield place.edit(inner, *_itself_used("tanh", show(inner)))
        case Product(factors, sign):
            for at, value in _sigmoid_pairs(factors):
                lost = f"here the factor {show(factors[at])} is missing"
                found = f"the derivative of σ at {show(value)} is σ*(1 - σ), {lost}"
                left = product(without(factors, at), sign)
                yield place.edit(left, "function-for-derivative", found)
                slope = Product((value, factors[at]))
                rest = tuple(one for one in factors if one not in slope.factors)
                found = f"the factor {show(slope)}, the derivative of σ, is missing"
                yield place.edit(product(rest, sign), "dropped-factor", found)
        case _:
            return


def derivative_instead(place: Place) -> Iterator[Edit]:
    """``tanh'`` where ``tanh`` belongs."""
    match place.node:
        case Call("tanh" | "σ" as function, args) as call:
            found = f"the derivative of {function} stands where {show(call)} itself belongs"
            yield place.edit(Call(f"{function}'", args), "derivative-for-function", found)
        case _:
            return


def confused(place: Place) -> Iterator[Edit]:
    """``σ`` for ``tanh``, the derivative of one for that of the other, ``min`` for ``max``."""
    match place.node:
        case Call(function, args) if function in _OTHER:
            other = _OTHER[function]
            found = f"{other} stands where {function} belongs"
            yield place.edit(Call(other, args), "confused-functions", found)
        case Sum() as whole if (inner := _squared_complement(whole)) is not None:
            slope = Product((inner, Sum((ONE, Neg(inner)))))
            yield place.edit(slope, "confused-functions", _other_slope("σ", "tanh", inner))
        case Product(factors, sign):
            for at, value in _sigmoid_pairs(factors):
                row = with_part(factors, at, Sum((ONE, Neg(Power(value, TWO)))))
                new = product(without(row, row.index(value)), sign)
                yield place.edit(new, "confused-functions", _other_slope("tanh", "σ", value))
        case _:
            return


def rounding(place: Place) -> Iterator[Edit]:
    """Rounded up for down, or not at all."""
    match place.node:
        case Call("floor" | "ceil" as function, (arg,)):
            way, back, other = _ROUNDED[function]
            up = f"{show(arg)} is rounded {back} where it must be rounded {way}"
            yield place.edit(Call(other, (arg,)), "floor", up)
            yield place.edit(arg, "floor", f"{show(arg)} is not rounded {way}")
        case _:
            return


def rounded_needlessly(place: Place) -> Iterator[Edit]:
    """Made on the answer: rounding where the exact value is asked."""
    match place.node:
        case Call("floor" | "ceil" as function, (arg,)):
            found = f"{show(arg)} is rounded {_ROUNDED[function][0]}, which is not asked"
            yield place.edit(arg, "floor", found)
        case _:
            return


_ROUNDED: Final = {"floor": ("down", "up", "ceil"), "ceil": ("up", "down", "floor")}


def _itself_used(function: str, shown: str) -> tuple[str, str]:
    slope = f" is {_RULES[function]}" if function in _RULES else " is asked"
    found = f"the derivative of {function}{slope}, here {shown} itself was used"
    return "function-for-derivative", found


def _other_slope(used: str, meant: str, value: Node) -> str:
    return f"the derivative of {used} at {show(value)} stands where that of {meant} belongs"


def _squared_complement(node: Node) -> Node | None:
    """x in ``1 - x^2`` where x is a tanh, or a value of a step that may be one."""
    match complement(node):
        case Power(base, exponent) if exponent == TWO and _is_value(base, "tanh"):
            return base
        case _:
            return None


def _sigmoid_pairs(factors: tuple[Node, ...]) -> Iterator[tuple[int, Node]]:
    """Where ``1 - x`` stands beside its x, and that x."""
    for at, factor in enumerate(factors):
        inner = complement(factor)
        if inner is not None and inner in factors and _is_value(inner, "σ"):
            yield at, inner


def _is_value(node: Node, function: str) -> bool:
    return is_function(node, function) or (isinstance(node, Name) and stem(node.text) is not None)
