"""Is an answer equal to the key where names stand for vectors and matrices?"""

from dataclasses import dataclass
from typing import TypeAlias

from grader import limits
from grader.deciding.congruence import fields
from grader.deciding.domain import REALS, Domain
from grader.deciding.field import NoInverse, Unsupported
from grader.deciding.fitting import repair
from grader.deciding.ladder import Answer, Check, Decision
from grader.deciding.matrices import Matrices
from grader.deciding.normal import identical
from grader.deciding.shapes import Shapes
from grader.deciding.sizes import Pair, Sizes, grid, place
from grader.deciding.typed import Typed, typed
from grader.deciding.unfit import ShapeFault
from grader.reading.tree import Equation, Node, Transpose

Place: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Vectors(Decision):
    """A decision about matrices; its counterexample is one entry at the smallest sizes."""

    pair: Pair | None = None

    @property
    def finding(self) -> str:
        """The facts, for people."""
        if self.pair is None:
            return self.reason
        from grader.deciding.examples import find  # noqa: PLC0415 - few answers need mpmath

        found = find(self.pair)
        example = str(found or "no counterexample in small matrices was found")
        return f"{self.reason}; {example}" if self.reason else example


def decide_shaped(key: Node, answer: Node, shapes: Shapes, domain: Domain = REALS) -> Decision:
    """Whether an answer equals the key for all sizes and all real entries.

    >>> from grader.deciding.shapes import declared
    >>> from grader.reading.parser import parse
    >>> from grader.reading.vocabulary import Vocabulary
    >>> shapes = declared({"U": ("n", "n"), "δ": ("n",), "x": ("m",)})
    >>> def ask(*texts):
    ...     trees = (parse(text, Vocabulary(tuple(shapes))).tree for text in texts)
    ...     return decide_shaped(*trees, shapes)
    >>> ask("U^T δ", "(δ^T U)^T").check.value
    'identity'
    >>> ask("U^T δ", "U δ").finding
    'with n = 2, entry 1: at δ[2] = 1, U[1,2] = 1, all else = 0: yours 1, expected 0'
    >>> ask("δ x^T", "δ x").finding
    'δ (n) times x (m) does not fit; a transpose is missing: δ x^T'
    """
    try:
        wanted = typed(key, shapes)
    except ShapeFault:
        return _as_unfit_as(key, answer, shapes)
    try:
        given = typed(answer, shapes)
        if given.shape != wanted.shape:
            raise ShapeFault("result", answer, (answer, given.shape), (key, wanted.shape))
    except ShapeFault as fault:
        mend = repair(answer, shapes, wanted.shape, fault.tree)
        return _unfit(f"{fault.words}; {mend}" if mend else fault.words)
    if max(wanted.largest, given.largest) > limits.ENTRIES:
        return _undecided(f"a matrix has more than {limits.ENTRIES} entries")
    if isinstance(wanted.node, Equation) or isinstance(given.node, Equation):
        return _equations(wanted, given, domain)
    return _formulas(Pair(wanted, given, domain))


def _unfit(words: str) -> Decision:
    return Decision(Answer.DIFFERENT, Check.SHAPE, words)


def _as_unfit_as(key: Node, answer: Node, shapes: Shapes) -> Decision:
    """A key whose shapes do not fit describes a mistake: only the same mistake equals it."""
    if identical(Transpose(key), Transpose(answer)):  # in this company factors keep their order
        return Decision(Answer.EQUAL, Check.IDENTICAL)
    try:
        typed(answer, shapes)
    except ShapeFault as fault:
        return _unfit(fault.words)
    return _unfit("only one of the two has shapes that fit")


def _equations(key: Typed, answer: Typed, domain: Domain) -> Decision:
    """The same sides, in either order; more is not looked for."""
    if len(key.parts) == len(answer.parts) == 2:
        for sides in (answer.parts, answer.parts[::-1]):
            if sides[0].shape == key.parts[0].shape:
                pairs = zip(key.parts, sides, strict=True)
                said = [_formulas(Pair(ours, theirs, domain)) for ours, theirs in pairs]
                if all(one.verdict is Answer.EQUAL for one in said):
                    return said[0]
    return _undecided("whether two equations between matrices say the same")


def _formulas(pair: Pair) -> Decision:
    try:
        tested, wrong = _compare(pair)
    except Unsupported as error:
        if identical(pair.key.node, pair.answer.node):
            return Decision(Answer.EQUAL, Check.IDENTICAL)
        return _by_entries(pair, str(error))
    seed = fields()[0].seed
    if wrong:
        reason = "" if pair.letters else _named(wrong, pair.key)
        return Vectors(Answer.DIFFERENT, Check.REFUTED, reason, seed=seed, pair=pair)
    if identical(pair.key.node, pair.answer.node):
        return Decision(Answer.EQUAL, Check.IDENTICAL)
    sizes = ", ".join(f"{letter} = {size}" for letter, size in tested.items())
    at = f" at {sizes}, hence at all sizes" if sizes else ""
    chance = f"equal modulo independent primes{at} (chance of error below 1e-15)"
    return Decision(Answer.EQUAL, Check.IDENTITY, chance, seed=seed)


def _compare(pair: Pair) -> tuple[Sizes, list[Place]]:
    """The last sizes that were tried, and the entries that differ there."""
    sizes: Sizes = {}
    for sizes in grid(pair):
        if wrong := _differing(pair, sizes):
            return sizes, wrong
    return sizes, []


def _differing(pair: Pair, sizes: Sizes) -> list[Place]:
    for field in fields():
        image = Matrices(field, sizes, pair.domain)
        try:
            ours, only_ours = image.value(pair.key, 0), image.functions.taken()
            theirs, only_theirs = image.value(pair.answer, 0), image.functions.taken()
        except NoInverse:
            continue
        wrong = [
            (i, j)
            for i, rows in enumerate(zip(ours, theirs, strict=True), 1)
            for j, (a, b) in enumerate(zip(*rows, strict=True), 1)
            if a != b
        ]
        if wrong and not image.numbers.exact:
            raise Unsupported("it needs more than exponentials and quotients of its entries")
        if only_ours != only_theirs:
            raise Unsupported("one side needs numbers to be positive that the other does not")
        return wrong
    raise Unsupported("it divides by zero everywhere")


def _differ_somewhere(pair: Pair) -> bool:
    """Whether they differ at one choice of sizes; if not, that says nothing of others."""
    sizes = {letter: size for size, letter in enumerate(pair.letters, limits.LEAST_SIZE)}
    try:
        return bool(_differing(pair, sizes))
    except Unsupported:
        return False


def _named(places: list[Place], tree: Typed) -> str:
    """The entries that are wrong, in words."""
    rows, columns = tree.shape
    if rows == columns == 1:
        return ""
    names = [place(i, j, columns != 1) for i, j in places]
    if len(names) == 1:
        return ""  # the counterexample names it
    return f"entries {', '.join(names[:-1])} and {names[-1]} are wrong"


def _by_entries(pair: Pair, reason: str) -> Decision:
    """What no field can prove equal: one entry that differs in some matrices is enough."""
    from grader.deciding import examples  # noqa: PLC0415 - few answers need mpmath
    from grader.deciding.entrywise import equal_entrywise  # noqa: PLC0415

    if examples.find(pair) or _differ_somewhere(pair):
        return Vectors(Answer.DIFFERENT, Check.REFUTED, pair=pair)
    if equal_entrywise(pair):
        return Decision(Answer.EQUAL, Check.IDENTITY, "every entry is equal")
    if not pair.letters and examples.all_equal(pair):
        return Decision(Answer.EQUAL, Check.IDENTITY, "every entry is equal")
    return _undecided(reason)


def _undecided(reason: str) -> Decision:
    return Decision(Answer.UNDECIDED, Check.UNDECIDED, reason)
