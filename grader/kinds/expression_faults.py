"""What an author must mend about an expression."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from grader.deciding.shapes import declared
from grader.deciding.typed import typed
from grader.deciding.unfit import ShapeFault
from grader.limits import COARSEST_DECIMALS
from grader.reading.parser import parse
from grader.reading.printer import show
from grader.reading.tree import Malformed

if TYPE_CHECKING:
    from grader.kinds.expression import Expression


def faults(spec: "Expression") -> Iterator[str]:
    """What is wrong with the key, the mistakes and the declarations of an expression."""
    for role, formula in (
        ("key", spec.key),
        *((f"mistake {detour.id!r}", detour.gives) for detour in spec.mistakes),
    ):
        try:
            tree = spec.tree(formula)
        except Malformed as error:
            yield f"{role} cannot be read: {error.message} in {error.source!r}"
            return
        if parse(show(tree), spec.vocabulary).tree != tree:
            yield f"{role} does not survive printing and reading again: {show(tree)!r}"
    for name in {"e", "π"} & set(spec.vocabulary.symbols):
        yield f"{name} is the constant and cannot be a name"
    known = {*spec.names, *spec.vocabulary.symbols}
    for said, listed in (
        ("positive", spec.positive),
        ("integer", spec.integer),
        ("gates", spec.gates),
    ):
        for name in sorted(set(listed) - known):
            yield f"{said} name {name!r} is not among its names"
    if misshapen := _misshapen(spec):
        yield misshapen
        return
    yield from _misformed(spec)
    yield from _confusable(spec)


def _misshapen(spec: "Expression") -> str:
    """What is wrong with the shapes declared, or with the key in these shapes."""
    try:
        shapes = declared(spec.shapes)
        typed(spec.tree(spec.key), shapes)
    except ShapeFault as fault:
        return f"key has parts that do not fit: {fault.words}"
    except ValueError as error:
        return str(error)
    unknown = shapes.keys() - set(spec.vocabulary.symbols)
    return f"the shape of {min(unknown)!r} is declared, but not its name" if unknown else ""


def _misformed(spec: "Expression") -> Iterator[str]:
    """What is wrong with the form asked for."""
    yield from spec.required.faults(spec.tree(spec.key), spec.vocabulary)
    if not 0 < spec.form_credit < 1:
        yield f"form_credit is {spec.form_credit}; give a share above 0 and below 1"
    if not 0 <= spec.decimals <= COARSEST_DECIMALS:
        yield f"decimals is {spec.decimals}; give a share from 0 to {COARSEST_DECIMALS}"


def _confusable(spec: "Expression") -> Iterator[str]:
    """Mistakes that could not be told from the key or from one another."""
    formulas = [("the key", spec.key)]
    for detour in spec.mistakes:
        tree = spec.tree(detour.gives)
        for name, formula in formulas:
            if spec.against(formula, tree).verdict != "different":
                yield f"mistake {detour.id!r} cannot be told from {name}"
        if not 0 <= detour.credit < 1:
            yield f"mistake {detour.id!r} keeps {detour.credit}; give a share from 0 to below 1"
        formulas.append((f"mistake {detour.id!r}", detour.gives))
