"""Random gradients, rewritten honestly and spoiled, against a second opinion in mpmath."""

from collections import Counter
from fractions import Fraction
from random import Random

import mpmath

from grader.deciding.ladder import Answer, decide
from grader.reading.tree import Call, Name, Neg, Node, Num, Power, Product, Quotient, Sum
from grader.reading.walk import names

ONE, TWO = Num(Fraction(1)), Num(Fraction(2))
REFERENCE = {
    "tanh": mpmath.tanh,
    "σ": lambda u: 1 / (1 + mpmath.exp(-u)),
    "exp": mpmath.exp,
    "tanh'": lambda u: mpmath.sech(u) ** 2,
    "σ'": lambda u: mpmath.exp(-u) / (1 + mpmath.exp(-u)) ** 2,
    "sin": mpmath.sin,
    "cos": mpmath.cos,
    "sech": mpmath.sech,
    "abs": abs,
    "relu": lambda u: max(u, 0),
    "max": max,
}


def call(function: str, *args: Node) -> Call:
    return Call(function, args)


def number(node: Node, point: dict[str, mpmath.mpf]) -> mpmath.mpf:
    """A second opinion: nothing here is shared with the grader."""
    match node:
        case Num(value):
            return mpmath.mpf(value.numerator) / value.denominator
        case Name(text):
            return mpmath.e if text == "e" else point[text]
        case Sum(terms):
            return sum(number(term, point) for term in terms)
        case Product(factors):
            return mpmath.fprod(number(factor, point) for factor in factors)
        case Neg(arg):
            return -number(arg, point)
        case Quotient(top, bottom):
            return number(top, point) / number(bottom, point)
        case Power(base, exponent):
            return number(base, point) ** number(exponent, point)
        case Call(function, args):
            return REFERENCE[function](*(number(arg, point) for arg in args))
        case _:
            raise AssertionError(node)


def gradient(random: Random, depth: int) -> Node:
    if depth == 0 or random.random() < 0.15:
        return Name(random.choice(["f_t", "i_t", "c", "h", "w"]))

    def part() -> Node:
        return gradient(random, depth - 1)

    match random.choice("+*-/^ff"):
        case "+":
            return Sum((part(), part(), part()))
        case "*":
            return Product((part(), part(), part()))
        case "-":
            return Neg(part())
        case "/":
            return Quotient(part(), Sum((ONE, Power(part(), TWO))))
        case "^":
            return Power(part(), Num(Fraction(random.randint(1, 3))))
        case _:
            function = random.choice(list(REFERENCE))
            return call(function, part(), part()) if function == "max" else call(function, part())


def rewritten(tree: Node, random: Random) -> Node:
    """The same in other words: reordered, multiplied out, functions by their definitions."""
    match tree:
        case Sum(terms):
            return Sum(tuple(rewritten(term, random) for term in random.sample(terms, len(terms))))
        case Product((first, *others)):
            rest = tuple(rewritten(factor, random) for factor in others)
            if isinstance(first, Sum):
                return Sum(tuple(Product((rewritten(term, random), *rest)) for term in first.terms))
            return Product((*rest, rewritten(first, random)))
        case Neg(arg):
            return Product((rewritten(arg, random), Neg(ONE)))
        case Quotient(top, bottom):
            return Product((rewritten(top, random), Power(rewritten(bottom, random), Neg(ONE))))
        case Power(base, Num(Fraction(numerator=3))):
            return Product((Power(base, TWO), rewritten(base, random)))
        case Call(function, args):
            return by_definition(function, *(rewritten(arg, random) for arg in args))
        case _:
            return tree


def by_definition(function: str, u: Node, v: Node = ONE) -> Node:
    match function:
        case "tanh":
            return Sum((Product((TWO, call("σ", Product((u, TWO))))), Neg(ONE)))
        case "σ":
            return Quotient(ONE, Sum((ONE, Power(Name("e"), Neg(u)))))
        case "tanh'":
            return Power(call("sech", u), TWO)
        case "σ'":
            return Product((call("σ", u), call("σ", Neg(u))))
        case "cos":
            return Sum((ONE, Neg(Product((TWO, Power(call("sin", Quotient(u, TWO)), TWO))))))
        case "relu":
            return Quotient(Sum((u, call("abs", u))), TWO)
        case "max":
            return Quotient(Sum((u, v, call("abs", Sum((v, Neg(u)))))), TWO)
        case _:
            return call(function, u)


def spoiled(tree: Node, random: Random) -> Node:
    """One small mistake at a random place."""
    match tree:
        case Sum(parts) | Product(parts) | Call(_, parts) if random.random() < 0.8:
            at = random.randrange(len(parts))
            changed = (*parts[:at], spoiled(parts[at], random), *parts[at + 1 :])
            match tree:
                case Call(function):
                    return Call(function, changed)
                case Sum():
                    return Sum(changed)
                case _:
                    return Product(changed)
        case Neg(arg) if random.random() < 0.8:
            return Neg(spoiled(arg, random))
    tiny = Num(Fraction(1, 10 ** random.randint(1, 12)))
    mistakes: list[Node] = [
        Sum((tree, tiny)),
        Neg(tree),
        Product((tree, TWO)),
        Name(random.choice("hcw")),
    ]
    return random.choice(mistakes)


def apart(key: Node, answer: Node, random: Random) -> bool:
    """Whether mpmath sees a relative gap above 1e-30 at one of six points, with 60 digits."""
    free = set(names(key)) | set(names(answer))
    with mpmath.workdps(60):
        for _ in range(6):
            point = {name: mpmath.mpf(random.randint(-300, 300)) / 128 for name in free}
            ours, theirs = number(key, point), number(answer, point)
            if abs(ours - theirs) > mpmath.mpf(10) ** -30 * (abs(ours) + abs(theirs)):
                return True
    return False


def test_random_gradients_are_never_judged_wrongly() -> None:
    random, seen = Random(20), Counter[tuple[str, str]]()
    for _ in range(600):
        key = gradient(random, random.randint(2, 3))
        right, wrong = rewritten(key, random), spoiled(key, random)
        verdict = decide(key, right).verdict
        assert verdict != Answer.DIFFERENT, (key, right)
        seen["rewritten", verdict] += 1
        found = decide(key, wrong)
        if found.verdict == Answer.EQUAL:
            assert not apart(key, wrong, random), (key, wrong)
        if found.verdict == Answer.DIFFERENT:
            assert apart(key, wrong, random) or found.witness, (key, wrong)
        seen["spoiled", found.verdict] += 1
    assert seen["rewritten", Answer.EQUAL] > 590, seen
    assert seen["spoiled", Answer.DIFFERENT] > 500, seen
