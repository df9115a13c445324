"""Trees drawn over several lines: stacked fractions, raised exponents, growing brackets."""

from typing import Final

from grader.reading.drawing import (
    FENCES,
    Drawing,
    beside,
    fenced,
    grid,
    line,
    marked,
    over,
    raised,
    rooted,
)
from grader.reading.printer import unicode_line
from grader.reading.styles import ATOM, ENTRIES, POWER, PRODUCT, Plain, digits
from grader.reading.tree import (
    Array,
    Call,
    Equation,
    Name,
    Neg,
    Node,
    Num,
    Power,
    Product,
    Quotient,
    Sum,
    Transpose,
)
from grader.reading.typeset import superscript

_SIGNS: Final = {"*": ("·", " · "), "⊙": (" ⊙ ", " ⊙ "), "@": (" @ ", " @ ")}
_PLAIN: Final = Plain()


def drawn(tree: Node) -> str:
    """A formula over several lines, all of the same width in terminal columns.

    >>> x, y = Name("x"), Name("y")
    >>> print(drawn(Call("tanh", (Quotient(x, Sum((x, y))),))).replace(" ", "~"))
    ~~~~⎛~~x~~⎞
    tanh⎜─────⎟
    ~~~~⎝x~+~y⎠
    """
    return "\n".join(drawing(tree).lines)


def drawn_within(tree: Node, width: int) -> str:
    """The drawing where it fits into so many terminal columns, else one line of Unicode.

    >>> drawn_within(Quotient(Name("x"), Name("y")), 1).split(), drawn_within(Name("x"), 0)
    (['x', '─', 'y'], 'x')
    """
    whole = drawing(tree)
    return "\n".join(whole.lines) if whole.width <= width else unicode_line(tree)


def drawing(tree: Node) -> Drawing:  # noqa: C901, PLR0911 - one arm per kind of node
    """The drawing of a tree with its baseline."""
    match tree:
        case Num(value):
            return _number(tree) if digits(value).startswith("(") else line(digits(value))
        case Name(text):
            return over(*map(_name, text.split("/"))) if "/" in text else _name(text)
        case Sum(terms):
            return _sum(terms)
        case Neg(arg):
            inner = _within(arg, ENTRIES)
            return beside([line("−" if inner.height == 1 else "− "), inner])
        case Product(factors, sign):
            return _product(factors, sign)
        case Quotient(top, bottom):
            return over(drawing(top), drawing(bottom))
        case Power(base, exponent):
            return _power(base, exponent)
        case Transpose(arg):
            inner = _within(arg, ATOM)
            return marked(fenced(inner, "(") if isinstance(arg, Num) else inner, "ᵀ")
        case Call(function, args):
            return _call(function, args)
        case Array():
            return _array(tree)
        case Equation(left, right):
            return beside([drawing(left), line(" = "), drawing(right)])


def _within(tree: Node, least: int) -> Drawing:
    """The tree, in brackets if its operator binds less tightly than its place asks for."""
    return drawing(tree) if _binding(tree) >= least else fenced(drawing(tree), "(")


def _binding(tree: Node) -> int:
    """A fraction bar needs no brackets among factors; a root, seen as a base, needs them."""
    match tree:
        case Quotient():
            return POWER
        case Name(text) if "/" in text:
            return POWER
        case Num(value) if digits(value).startswith("("):
            return POWER
        case Call("sqrt", (_,)):
            return POWER
        case _:
            return _PLAIN.binding(tree)


def _number(tree: Num) -> Drawing:
    """A fraction whose decimals never end."""
    return over(line(str(tree.value.numerator)), line(str(tree.value.denominator)))


def _name(text: str) -> Drawing:
    return line(unicode_line(Name(text)))


def _sum(terms: tuple[Node, ...]) -> Drawing:
    first, *others = terms
    row = [drawing(first) if isinstance(first, Neg) else _within(first, ENTRIES)]
    for term in others:
        positive = term.arg if isinstance(term, Neg) else term
        row += [line(" − " if isinstance(term, Neg) else " + "), _within(positive, ENTRIES)]
    return beside(row)


def _product(factors: tuple[Node, ...], sign: str) -> Drawing:
    if sign == "⊙":
        shown = [_within(factor, PRODUCT) for factor in factors]
    else:
        first, *others = factors
        alike = isinstance(first, Product) and first.sign == sign
        shown = [_within(first, POWER if alike else PRODUCT)]
        shown += [_within(other, POWER) for other in others]
    narrow, wide = _SIGNS[sign]
    between = line(narrow if all(one.height == 1 for one in shown) else wide)
    return beside([shown[0], *(part for one in shown[1:] for part in (between, one))])


def _power(base: Node, exponent: Node) -> Drawing:
    """``x²`` in superscripts where Unicode has them, else the exponent a line higher."""
    small = superscript(exponent)
    match base:
        case Call(function, args) if small and len(args) == 1 and function not in (*FENCES, "sqrt"):
            return beside([_function(function, small), _arguments(args)])
        case _:
            below = _within(base, ATOM)
            return marked(below, small) if small else raised(below, drawing(exponent))


def _call(function: str, args: tuple[Node, ...]) -> Drawing:
    if len(args) == 1 and function == "sqrt":
        return rooted(drawing(args[0]))
    if len(args) == 1 and function in FENCES:
        return fenced(drawing(args[0]), function)
    return beside([_function(function), _arguments(args)])


def _function(name: str, exponent: str = "") -> Drawing:
    return line(name.replace("''", "″").replace("'", "′") + exponent)


def _arguments(args: tuple[Node, ...]) -> Drawing:
    first, *others = map(drawing, args)
    return fenced(beside([first, *(part for one in others for part in (line(", "), one))]), "(")


def _array(tree: Array) -> Drawing:
    """A column or a matrix; rows of unequal length stay as they were typed."""
    rows = [one.entries if isinstance(one, Array) else (one,) for one in tree.entries]
    if any(len(row) != len(rows[0]) for row in rows):
        return line(unicode_line(tree))
    return fenced(grid(map(drawing, row) for row in rows), "[")
