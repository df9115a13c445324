"""Is an answer equal to the key? One rung after the other, until one is certain."""

from collections.abc import Mapping

from grader.deciding.congruence import Congruence, compare, fields
from grader.deciding.decision import Answer, Check, Decision
from grader.deciding.domain import Domain
from grader.deciding.equations import compare_equations
from grader.deciding.normal import TooLarge, identical, leaves
from grader.reading.tree import Equation, Node
from grader.reading.walk import names

__all__ = ["Answer", "Check", "Decision", "decide"]


def decide(
    key: Node,
    answer: Node,
    *,
    positive: frozenset[str] = frozenset(),
    integer: frozenset[str] = frozenset(),
    gates: frozenset[str] = frozenset(),
    complex_unit: bool = False,
    prove: bool = False,
    shapes: Mapping[str, tuple[str | int, ...]] | None = None,
) -> Decision:
    """Whether an answer equals the key wherever both have a value, for real values of the names.

    Names may be declared positive, whole numbers (``integer``), or ``gates`` between 0 and 1; with
    ``complex_unit`` the name i is the imaginary unit.  With ``prove`` an identity found modulo
    primes is proved in sympy as well, where that is possible.  ``shapes`` tells of names
    that stand for vectors and matrices: ``{"U": ("n", "n"), "h": ("n",)}``.

    >>> from grader.reading.parser import parse
    >>> from grader.reading.vocabulary import Vocabulary
    >>> def ask(key, answer, **options):
    ...     trees = (parse(text, Vocabulary((), any_name=True)).tree for text in (key, answer))
    ...     return decide(*trees, **options)
    >>> ask("tanh(x)", "2σ(2x) - 1").check.value
    'identity'
    >>> ask("x", "sqrt(x^2)", positive=frozenset("x")).verdict.value
    'equal'
    >>> ask("x", "sqrt(x^2)").finding
    'at x = -1: yours 1, expected -1'
    >>> ask("U h", "h U", shapes={"U": ("n", "n"), "h": ("n",)}).finding
    'h (n) times U (n×n) does not fit; the other order fits: U h'
    """
    try:
        alike = leaves(key) == leaves(answer)
    except TooLarge as error:
        return _undecided(str(error))
    domain = Domain(positive, integer, gates, complex_unit)
    if shapes:
        return _vectors(key, answer, domain, shapes)
    match key, answer:
        case Equation(), Equation():
            return _equations(key, answer, domain)
        case (Equation(), _) | (_, Equation()):
            unlike = "an equation cannot be compared with a formula"
            return _undecided(f"{unlike}; give both an equals sign, or leave it out of both")
        case _:
            return _formulas(key, answer, domain, prove, alike)


def _formulas(
    key: Node,
    answer: Node,
    domain: Domain,
    prove: bool,
    alike: bool,
) -> Decision:
    """``alike``: they hold equally many names and numbers, as identical trees do."""
    compared = compare(key, answer, domain)
    match compared.congruence:
        case Congruence.UNEQUAL:
            if domain.complex_unit and _holds_unit(key, answer):
                said = "they differ; no example is worked out where i is the imaginary unit"
                return Decision(Answer.DIFFERENT, Check.REFUTED, said, seed=_seed())
            return Decision(Answer.DIFFERENT, Check.REFUTED, "", (key, answer), domain, _seed())
        case Congruence.ONE_NOWHERE_DEFINED:
            return Decision(Answer.DIFFERENT, Check.REFUTED, compared.reason, seed=_seed())
        case Congruence.EQUAL:
            return _equal(key, answer, domain, prove, alike)
        case _ if alike and identical(key, answer):
            return Decision(Answer.EQUAL, Check.IDENTICAL)
        case Congruence.EQUAL_WHERE_POSITIVE:
            where = f"equal where {_listed(compared.names)} positive"
            return _sampled(key, answer, domain, where, prove=False)
        case Congruence.OPEN:
            return _open(key, answer, domain, compared.reason, prove, alike)


def _open(
    key: Node,
    answer: Node,
    domain: Domain,
    reason: str,
    prove: bool,
    alike: bool,
) -> Decision:
    """No rung has answered: a point may tell them apart, the other order may show them equal.

    What is met first, of signs and of sums under roots, has a say in what the residues show.
    """
    from grader.deciding.sampling import told_apart  # noqa: PLC0415 - few answers need mpmath

    if not domain.complex_unit and told_apart(key, answer, domain):
        return Decision(Answer.DIFFERENT, Check.REFUTED, "", (key, answer), domain)
    if compare(answer, key, domain).congruence is Congruence.EQUAL:
        return _equal(key, answer, domain, prove, alike)
    if domain.complex_unit:
        return _undecided(reason or "this cannot be decided over complex numbers")
    return _sampled(key, answer, domain, reason, prove=prove)


def _equal(key: Node, answer: Node, domain: Domain, prove: bool, alike: bool) -> Decision:
    """Equal modulo primes; with a proof as well, if one is wanted and found."""
    if alike and identical(key, answer, scalars=True):
        return Decision(Answer.EQUAL, Check.IDENTICAL, "written the same way")
    if prove:
        from grader.deciding import proof  # noqa: PLC0415 - only who asks for it waits for sympy

        attempt = proof.prove(key, answer, domain)
        if attempt.proved:
            return Decision(Answer.EQUAL, Check.PROVED, "exactly equal", (key, answer), domain)
    chance = "equal modulo independent primes (chance of error below 1e-15)"
    return Decision(Answer.EQUAL, Check.IDENTITY, chance, (key, answer), domain, _seed())


def _sampled(key: Node, answer: Node, domain: Domain, reason: str, *, prove: bool) -> Decision:
    """What no exact rung can judge: a certain gap refutes, agreement has to be proved."""
    from grader.deciding import separation  # noqa: PLC0415 - few answers need mpmath
    from grader.deciding.sampling import sample  # noqa: PLC0415

    found = sample(key, answer, domain)
    if found.apart is not None and found.counts:
        return Decision(Answer.DIFFERENT, Check.REFUTED, "", (key, answer), domain)
    if found.one_sided == {}:
        said = "two constants, of which only one has a real value"
        return Decision(Answer.DIFFERENT, Check.REFUTED, said)
    if found.apart is not None or found.one_sided is not None:
        return _undecided(found.in_words(reason))
    if not found.together:
        return _undecided(reason or "it could not be worked out at any point")
    if found.together == 1 and separation.are_equal(key, answer):
        return Decision(Answer.EQUAL, Check.PROVED, "exactly equal", (key, answer), domain)
    if prove:
        from grader.deciding import proof  # noqa: PLC0415

        attempt = proof.prove(key, answer, domain)
        if attempt.proved:
            return Decision(Answer.EQUAL, Check.PROVED, "exactly equal", (key, answer), domain)
        reason = reason or attempt.reason
    agreed = f"it agrees at {found.together} point{'s' if found.together > 1 else ''}"
    return Decision(Answer.UNDECIDED, Check.AGREED, f"{agreed}; {reason}" if reason else agreed)


def _equations(key: Equation, answer: Equation, domain: Domain) -> Decision:
    if identical(key, answer):
        return Decision(Answer.EQUAL, Check.IDENTICAL)
    said = compare_equations(key, answer, domain)
    match said.congruence:
        case Congruence.EQUAL:
            same = "the same equation: sides swapped, or both times the same number, at most"
            return Decision(Answer.EQUAL, Check.IDENTITY, same, seed=_seed())
        case Congruence.UNEQUAL:
            return Decision(
                Answer.DIFFERENT, Check.REFUTED, said.reason, said.sides, domain, _seed(), True
            )
        case _:
            return _undecided(said.reason)


def _vectors(
    key: Node,
    answer: Node,
    domain: Domain,
    shapes: Mapping[str, tuple[str | int, ...]],
) -> Decision:
    from grader.deciding.shapes import declared  # noqa: PLC0415 - most formulas are of numbers
    from grader.deciding.vectors import decide_shaped  # noqa: PLC0415

    if domain.complex_unit:
        return _undecided("matrices of complex numbers")
    return decide_shaped(key, answer, declared(shapes), domain)


def _undecided(reason: str) -> Decision:
    return Decision(Answer.UNDECIDED, Check.UNDECIDED, reason)


def _holds_unit(*trees: Node) -> bool:
    return any("i" in names(tree) for tree in trees)


def _seed() -> int:
    return fields()[0].seed


def _listed(names: tuple[str, ...]) -> str:
    return f"{', '.join(names)} {'are' if len(names) > 1 else 'is'}"
