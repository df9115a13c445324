"""Functions of the course on plain integers: every value is a residue at some level of a tower."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from grader import limits
from grader.deciding.towers import ROOTED, Tower, joined, noise, square_root


class Unsupported(Exception):
    """Outside the class of expressions that a rung can judge; the reason is for people."""


class NoInverse(Exception):
    """A denominator is zero at this point."""


class _Kept(dict[tuple[object, ...], int]):
    """Values that were worked out, within a budget; all go when it is exhausted."""

    def keep(self, value: int, *key: object) -> int:
        if len(self) >= limits.MEMO_ENTRIES:
            self.clear()
        self[key] = value
        return value


class Field:
    """One random point at every level of a tower, and what functions are there.

    Everything follows from the tower's seed and ``point``, so forgetting a value is harmless.

    >>> from grader.deciding.towers import draw
    >>> field = Field(draw(7), point=0)
    >>> x, log_x = field.symbol("x", 0), field.logarithm("x", 1)
    >>> field.call("exp", log_x, 0) == x
    True
    >>> t = field.call("tanh", log_x, 0)
    >>> (1 - t * t - field.call("tanh'", log_x, 0)) % field.modulus(0)
    0
    """

    __slots__ = ("_drawn", "_inverses", "_memo", "_symbols", "levels", "moduli", "point", "seed")

    def __init__(self, tower: Tower, point: int) -> None:
        self.seed = tower.seed
        self.point = point
        self.levels = tower.levels
        self.moduli = tuple(level.modulus for level in tower.levels)
        self._drawn, self._symbols, self._memo, self._inverses = (_Kept() for _ in range(4))

    def modulus(self, level: int) -> int:
        return self.moduli[level]

    def random(self, level: int, *words: object) -> int:
        """An element that depends on nothing but its name."""
        if (known := self._drawn.get((level, *words))) is not None:
            return known
        value = noise(self.seed, self.point, level, *words) % self.moduli[level]
        return self._drawn.keep(value, level, *words)

    def logarithm(self, name: str, level: int) -> int:
        """log x; ``exp(log x)`` on the level above is x there."""
        return self.random(level, "log", name)

    def symbol(self, name: str, level: int) -> int:
        """A symbol: a power of the generator, so that it has a logarithm and real powers."""
        if (known := self._symbols.get((name, level))) is not None:
            return known
        if level + 1 == len(self.levels):
            value = self.random(level, "symbol", name)
        else:
            value = self.call("exp", self.logarithm(name, level + 1), level)
        return self._symbols.keep(value, name, level)

    def root(self, prime: int, level: int) -> int | None:
        """A square root of a small prime; None where there may be none.

        >>> from grader.deciding.towers import draw
        >>> field = Field(draw(7), point=0)
        >>> field.root(2, 0) ** 2 % field.modulus(0), field.root(2, 1)
        (2, None)
        """
        if level > 0 or prime not in ROOTED:
            return None
        if (known := self._symbols.get((f"√{prime}", level))) is not None:
            return known
        primes = self.levels[level].primes
        value = joined((square_root(prime, primes[0]), square_root(prime, primes[1])), primes)
        return self._symbols.keep(value, f"√{prime}", level)

    def inverse(self, value: int, level: int) -> int:
        """Raises NoInverse where the value is zero modulo either prime."""
        if (known := self._inverses.get((value, level))) is not None:
            return known
        try:
            inverse = pow(value, -1, self.moduli[level])
        except ValueError:
            raise NoInverse from None
        return self._inverses.keep(inverse, value, level)

    def call(self, function: str, argument: int, level: int) -> int:
        """A function's value on a level, for an argument worked out one level below."""
        if (known := self._memo.get((function, argument, level))) is not None:
            return known
        if level + 1 == len(self.levels):
            raise Unsupported(f"exponentials stand more than {level} deep in each other")
        value = FUNCTIONS[function](self, argument, level) % self.moduli[level]
        return self._memo.keep(value, function, argument, level)


def _exp(field: Field, u: int, k: int) -> int:
    return field.levels[k].powers.of(u % field.moduli[k + 1])


def _sigmoid(field: Field, u: int, k: int) -> int:
    power = field.call("exp", u, k)
    return power * field.inverse(power + 1, k)


def _tanh(field: Field, u: int, k: int) -> int:
    power = field.call("exp", 2 * u, k)
    return (power - 1) * field.inverse(power + 1, k)


def _cosh(field: Field, u: int, k: int) -> int:
    power = field.call("exp", u, k)
    return (power + field.inverse(power, k)) * field.inverse(2, k)


def _sinh(field: Field, u: int, k: int) -> int:
    return field.call("exp", u, k) - field.call("cosh", u, k)


def _sech(field: Field, u: int, k: int) -> int:
    return field.inverse(field.call("cosh", u, k), k)


def _cos(field: Field, u: int, k: int) -> int:
    return field.call("cosh", field.levels[k + 1].root * u, k)


def _sin(field: Field, u: int, k: int) -> int:
    return -field.levels[k].root * field.call("sinh", field.levels[k + 1].root * u, k)


def _tan(field: Field, u: int, k: int) -> int:
    return field.call("sin", u, k) * field.inverse(field.call("cos", u, k), k)


def _in_terms_of(function: str, formula: Callable[[int], int]) -> Callable[[Field, int, int], int]:
    """A derivative written in the function itself: ``tanh' = 1 - tanh^2``."""
    return lambda field, u, k: formula(field.call(function, u, k))


FUNCTIONS: Mapping[str, Callable[[Field, int, int], int]] = MappingProxyType(
    {
        "exp": _exp,
        "exp'": _exp,
        "exp''": _exp,
        "tanh": _tanh,
        "tanh'": _in_terms_of("tanh", lambda t: 1 - t * t),
        "tanh''": _in_terms_of("tanh", lambda t: 2 * t * (t * t - 1)),
        "σ": _sigmoid,
        "σ'": _in_terms_of("σ", lambda s: s * (1 - s)),
        "σ''": _in_terms_of("σ", lambda s: s * (1 - s) * (1 - 2 * s)),
        "cosh": _cosh,
        "cosh'": _sinh,
        "cosh''": _cosh,
        "sinh": _sinh,
        "sinh'": _cosh,
        "sinh''": _sinh,
        "sech": _sech,
        "sech'": lambda field, u, k: -field.call("sech", u, k) * field.call("tanh", u, k),
        "sech''": _in_terms_of("sech", lambda s: s - 2 * s * s * s),
        "cos": _cos,
        "cos'": lambda field, u, k: -field.call("sin", u, k),
        "cos''": lambda field, u, k: -field.call("cos", u, k),
        "sin": _sin,
        "sin'": _cos,
        "sin''": lambda field, u, k: -field.call("sin", u, k),
        "tan": _tan,
        "tan'": _in_terms_of("tan", lambda t: 1 + t * t),
        "tan''": _in_terms_of("tan", lambda t: 2 * t * (1 + t * t)),
    }
)
"""Functions that are rational in exponentials, hence exact here."""
