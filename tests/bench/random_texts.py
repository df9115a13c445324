"""Random texts that look like answers: formulas, vectors, small changes, and signs in any order."""

from random import Random

from opinion import FUNCTIONS, SMOOTH

LEAVES = ("x", "y", "n", "2", "3", "e", "0", "x", "y", "1/2", "-1", "0.3", "π", "10^-9", "c_{t-1}")
MARKS = (
    r"x y z n 1 2 3 0.5 1,000 1.234 10^9 0 + - * / ^ ( ) | , . tanh( σ( exp( log( sqrt( abs( max( "
    r"floor( sin tan² e π i ² ⁻¹ ½ ' _ { } [ ] \frac{ }{ \sqrt{ \left( \right) \le c_{t-1} c_<t-1> "
    r"cₜ₋₁ c_t-1 ⊙ @ ^T .T = ≈ · × ÷ − k % e3 ** // а ℯ ℓ ∞ ∂ δ ; : > # $"
)
TOKENS = (*MARKS.split(), *"\u202e\0\t\n\xa0")
OF_VECTORS = (
    "tanh({0})|{0} + {1}|({0}) ⊙ ({1})|U ({0})|U^T @ ({0})|W W^T ({0})|diag({0}) ({1})|s*({0})|"
    "(({0})^T ({1})) h|W x - ({0})|({0}) d^T h|σ({0})/2|(({0})^T U)^T|relu({0}) - {1}"
)


def formula(random: Random, depth: int) -> str:
    """A formula of numbers in a few names."""
    if depth == 0 or random.random() < 0.12:
        return random.choice(LEAVES)
    one, other = (formula(random, depth - 1) for _ in "ab")
    match random.choice("++--**/^mffff"):
        case "^":
            return f"({one})^({random.choice(['2', '3', '-1', '1/2', 'n', other])})"
        case "m":
            return f"{random.choice(['max', 'min'])}({one}, {other})"
        case "f":
            return f"{random.choice([*SMOOTH, *FUNCTIONS])}({one})"
        case sign:
            return f"({one}) {sign} ({other})"


def vector(random: Random, depth: int) -> str:
    """A formula for a vector, in matrices U and W, vectors d, h and x, and a number s."""
    if depth == 0:
        return random.choice("hd")
    parts = (vector(random, depth - 1) for _ in "ab")
    return random.choice(OF_VECTORS.split("|")).format(*parts)


def soup(random: Random) -> str:
    """Signs and words in any order, or a few of them again and again."""
    some = "".join(random.choices(TOKENS, k=random.randint(1, 25)))
    again = (some[: random.randint(1, 9)] * 2500)[: random.choice((60, 1900, 2500))]
    return random.choice((some, some, some, again))


def mutated(random: Random, text: str) -> str:
    """A text with a few characters out, in, replaced or said twice."""
    marks = list(text)
    for _ in range(random.choice((1, 1, 1, 2, 4))):
        at, length = random.randrange(len(marks) + 1), random.choice((0, 0, 1, 3))
        instead = random.choice(([], [random.choice(TOKENS)], marks[:at][-9:]))
        marks[at : at + length] = instead
    return "".join(marks)
