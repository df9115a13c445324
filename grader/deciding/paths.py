"""Formulas with inverses of matrices: at which size a test speaks for all sizes.

An entry of a product of matrices is a sum over paths.  Formulas made of sums, products, inverses,
transposes and diagonals of vectors are power series in such paths, read by an automaton with one
state for each matrix written down; two automata that agree on all words with fewer letters than
they have states agree on all words (Schützenberger 1961).  Matrices with as many rows tell these
words apart.  The series are in what square matrices differ from multiples of the identity by.
"""

from dataclasses import replace
from fractions import Fraction

from grader.deciding.congruence import fields
from grader.deciding.field import NoInverse, Unsupported
from grader.deciding.matrices import Matrices
from grader.deciding.shapes import NUMBER, Identity
from grader.deciding.signs import constant
from grader.deciding.typed import REDUCING, Typed
from grader.reading.tree import Call, Name, Neg, Num, Power, Product, Quotient, Sum, Transpose


def holds_inverse(tree: Typed) -> bool:
    """Whether a matrix is inverted somewhere in a formula."""
    return _exponent(tree) < 0 or any(map(holds_inverse, tree.parts))


def rows(key: Typed, answer: Typed, letters: frozenset[str]) -> int:
    """How many rows every matrix must have; raises Unsupported where no number is known to do.

    >>> from grader.deciding.shapes import declared
    >>> from grader.deciding.typed import typed
    >>> from grader.reading.parser import parse
    >>> from grader.reading.vocabulary import Vocabulary
    >>> shapes = declared({"U": ("n", "n"), "v": ("n",)})
    >>> tree = typed(parse("U^(-2) v", Vocabulary(("U", "v"))).tree, shapes)
    >>> rows(tree, tree, frozenset("n"))
    8
    """
    paths = _Paths(letters)
    for tree in (key, answer):
        if paths.breaks(tree) and (tree.shape == NUMBER or tree.shape.is_vector):
            raise _outside()
        if tree.shape == NUMBER and paths.is_local(tree):
            raise _outside()  # 1^T 1 = n
        if not _has_centre(tree, letters):
            raise _outside()
    states = paths.states(key) + paths.states(answer) + 2
    return 2 * states if key.shape == NUMBER else states  # a number does not tell the way back


class _Paths:
    """Formulas whose sizes are these letters."""

    __slots__ = ("letters",)

    def __init__(self, letters: frozenset[str]) -> None:
        self.letters = letters

    def breaks(self, tree: Typed) -> int:
        """How often the paths of a formula break off at an outer product: once at most."""
        if self.is_local(tree):
            return 0
        match tree.node:
            case Name() if tree.shape != NUMBER and self._is_sized(tree):
                return 0
            case Neg() | Transpose():
                return self.breaks(tree.parts[0])
            case Sum() if all(part.shape == tree.shape for part in tree.parts):
                if tree.shape == NUMBER and any(map(self.is_local, tree.parts)):
                    raise _outside()
                return max(map(self.breaks, tree.parts))
            case Product(_, "@"):
                outer = sum(part.shape.columns == 1 for part in tree.parts[:-1])
                return _once(outer + sum(map(self.breaks, tree.parts)))
            case Product() | Quotient():
                return self._scaled(tree)
            case Power() if _exponent(tree) and not self.breaks(tree.parts[0]):
                return 0
            case Call("diag") if self.is_local(tree.parts[0]):
                return 0
            case _:
                raise _outside()

    def _scaled(self, tree: Typed) -> int:
        """All parts but one are numbers, or vectors that scale entry by entry; none is below."""
        paths = [part for part in tree.parts if not self.is_local(part)]
        below = isinstance(tree.node, Quotient) and tree.parts[1] in paths
        if len(paths) > 1 or below or any(part.shape == NUMBER for part in paths):
            raise _outside()
        return self.breaks(paths[0])

    def is_local(self, tree: Typed) -> bool:
        """A number, or a vector of which each entry is made of that entry of other vectors."""
        match tree.node:
            case Name(text):
                plain = tree.shape == NUMBER or tree.shape.is_vector
                return plain and self._is_sized(tree) and text not in self.letters
            case Product(_, "@") | Call("diag"):
                return False
            case Call(function) if function in REDUCING or tree.parts[0].shape != tree.shape:
                return tree.shape == NUMBER and tree.parts[0].shape == NUMBER
            case _ if tree.shape == NUMBER or tree.shape.is_vector:
                return all(map(self.is_local, tree.parts))
            case _:
                return False

    def _is_sized(self, tree: Typed) -> bool:
        """Whether the sizes are letters, which stand for numbers as large as need be."""
        return self.letters.issuperset(set(tree.shape) - {1})

    def states(self, tree: Typed) -> int:
        """The matrices and vectors written down, powers written out."""
        if tree.shape == NUMBER and self.is_local(tree):
            return 0
        if isinstance(tree.node, Name):
            return int(not isinstance(tree.shape, Identity))
        return sum(map(self.states, tree.parts)) * max(1, abs(_exponent(tree)))


def _has_centre(tree: Typed, letters: frozenset[str]) -> bool:
    """Whether it has a value where square matrices are multiples of the identity, others zero."""
    image = Matrices(fields()[0], dict.fromkeys(letters, 1))
    try:
        image.value(_at_centre(tree), 0)
    except NoInverse:
        return False
    return True


def _at_centre(tree: Typed) -> Typed:
    rows, columns = tree.shape
    if isinstance(tree.node, Name) and not tree.shape.is_vector and rows != columns:
        return Typed(Num(Fraction(0)), NUMBER)
    return replace(tree, parts=tuple(map(_at_centre, tree.parts)))


def _exponent(tree: Typed) -> int:
    """Of a power of a matrix; 0 of anything else."""
    if not isinstance(tree.node, Power) or tree.shape == NUMBER or tree.shape.is_vector:
        return 0
    number = constant(tree.parts[1].node)
    return number.numerator if number is not None and number.denominator == 1 else 0


def _once(breaks: int) -> int:
    if breaks > 1:
        raise _outside()
    return breaks


def _outside() -> Unsupported:
    return Unsupported("it holds the inverse of a matrix")
