"""A formula in as many rows as its place has room for: broken where a hand would break it."""

from grader.reading.drawing import Drawing, beside, fenced, line
from grader.reading.layout import drawing
from grader.reading.printer import unicode_line
from grader.reading.tree import Neg, Node, Product, Sum


def rows(tree: Node, width: int) -> list[Drawing]:
    """The drawing in one piece where it fits; else sums break before signs, products after them.

    >>> from grader.reading.tree import Name
    >>> long = Sum((Name("a_t"), Product((Name("b_t"), Name("c_t"))), Neg(Name("d_t"))))
    >>> [row.lines[0] for row in rows(long, 12)]
    ['aₜ + bₜ·cₜ', '− dₜ']
    """
    found: list[Drawing] = []
    for piece in _pieces(tree, width):
        if found and found[-1].width + piece.width <= width:
            found[-1] = beside([found[-1], piece])
        else:
            found.append(_begun(piece) if found else piece)
    return found


def _pieces(tree: Node, width: int) -> list[Drawing]:
    """What may stand in a row of its own; each fits into the width if that can be."""
    whole = drawing(tree)
    if whole.width <= width:
        return [whole]
    match tree:
        case Sum((first, *others)):
            signed = [piece for term in others for piece in _signed(term, width)]
            return [*_pieces(first, width), *signed]
        case Product(factors, sign):
            *inner, last = (_factor(one, width) for one in factors)
            between = "·" if sign == "*" else f" {sign} "
            multiplied = [piece for some in inner for piece in _after(some, between)]
            return [*multiplied, *last]
        case Neg(arg):
            return _before("−", _pieces(arg, width))
        case _:
            return [line(word) for word in unicode_line(tree).split(" ")]


def _signed(term: Node, width: int) -> list[Drawing]:
    """A further term of a sum, behind its sign."""
    positive, sign = (term.arg, "−") if isinstance(term, Neg) else (term, "+")
    return _before(f" {sign} ", _pieces(positive, width - 3))


def _factor(tree: Node, width: int) -> list[Drawing]:
    """A factor of a product; a sum stands in brackets, which open and close in different rows."""
    if not isinstance(tree, Sum):
        return _pieces(tree, width - 1)
    whole = fenced(drawing(tree), "(")
    return [whole] if whole.width < width else _after(_before("(", _pieces(tree, width - 2)), ")")


def _before(mark: str, pieces: list[Drawing]) -> list[Drawing]:
    return [beside([line(mark), pieces[0]]), *pieces[1:]]


def _after(pieces: list[Drawing], mark: str) -> list[Drawing]:
    return [*pieces[:-1], beside([pieces[-1], line(mark)])]


def _begun(piece: Drawing) -> Drawing:
    """A piece at the beginning of a row, where its sign needs no space before it."""
    return piece if any(one[:1] != " " for one in piece.lines) else _begun(_cut(piece))


def _cut(piece: Drawing) -> Drawing:
    return Drawing(tuple(one[1:] for one in piece.lines), piece.baseline)
