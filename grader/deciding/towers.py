"""Towers of primes, in which an exponent is as exact as a value.

Every level is a modulus whose units hold a subgroup of the order of the level below:
``exp(u)`` on level k is ``g ** u`` with ``u`` worked out on level k + 1.  A level is the product of
two independent primes, so that one walk through a tree is two independent tests.

Source: G. H. Gonnet, "Determining equivalence of expressions in random polynomial time", STOC 1984.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from itertools import count
from math import gcd, prod

from grader import limits
from grader.deciding.powers import Powers

ROOTED = (2, 3, 5, 7)
"""Primes that have a square root among the values of every tower."""

_WITNESSES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)


@dataclass(frozen=True, slots=True)
class Level:
    """A modulus, an element whose order is the modulus of the level below, and a root of -1."""

    modulus: int
    generator: int
    root: int
    primes: tuple[int, ...]
    powers: Powers = field(init=False, repr=False, compare=False)  # of the generator

    def __post_init__(self) -> None:
        object.__setattr__(self, "powers", Powers(self.generator, self.modulus))


@dataclass(frozen=True, slots=True)
class Tower:
    """Levels from the values (level 0) down to the deepest exponent.

    >>> tower = draw(seed=7)
    >>> above, below = tower.levels[:2]
    >>> pow(above.generator, below.modulus, above.modulus)
    1
    >>> pow(above.root, 2, above.modulus) == above.modulus - 1
    True
    >>> all(level.modulus.bit_length() > 120 for level in tower.levels)
    True
    """

    seed: int
    levels: tuple[Level, ...]


def noise(seed: int, *words: object) -> int:
    """A number of 256 bits that looks random and depends on its arguments alone.

    >>> noise(1, "x", 0) == noise(1, "x", 0), noise(1, "x", 0) == noise(1, "x", 1)
    (True, False)
    """
    text = "\0".join(map(str, words)).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(text, digest_size=32, key=seed.to_bytes(16, "little")).digest())


@lru_cache(maxsize=8)
def draw(seed: int) -> Tower:
    """The tower that a seed of at most 128 bits stands for."""
    pairs = zip(_primes(noise(seed, "left")), _primes(noise(seed, "right")), strict=True)
    return Tower(seed, tuple(reversed([_join(left, right) for left, right in pairs])))


@lru_cache(maxsize=1)
def fresh_seed() -> int:
    """One seed per process that nobody can know: a published prime p is beaten by ``x + p*y``."""
    from secrets import randbits  # noqa: PLC0415 - a command that decides nothing need not load it

    return randbits(64)


def _primes(randomness: int) -> Iterator[Level]:
    """A tower of single primes, deepest exponent first."""
    bits = limits.PRIME_BITS
    start = (1 << (bits - 1)) | (randomness % (1 << (bits - 2)))
    order = next(n for n in count(start - start % 4 + 1, 4) if is_prime(n))
    yield Level(order, 1, _root_of_minus_one(order), (order,))
    for level in reversed(range(limits.TOWER_LEVELS - 1)):
        squares = ROOTED if level == 0 else ()
        steps = (_extend(order, 4 * k, squares) for k in count(1))
        prime, generator = next(filter(None, steps))
        yield Level(prime, generator, _root_of_minus_one(prime), (prime,))
        order = prime


def _extend(order: int, cofactor: int, squares: tuple[int, ...]) -> tuple[int, int] | None:
    """``cofactor * order + 1`` when it is a prime modulo which some small primes are squares.

    With it comes an element of the order asked for.

    Pocklington: an element g of order q > sqrt(p) - 1 with g - 1 prime to p proves p prime.
    """
    prime = cofactor * order + 1
    if any(prime % small == 0 for small in _WITNESSES):
        return None
    if not all(_is_square(small, prime) for small in squares):
        return None
    generator = pow(2, cofactor, prime)
    proven = pow(generator, order, prime) == 1 and gcd(generator - 1, prime) == 1
    return (prime, generator) if proven else None


def is_prime(n: int) -> bool:
    """Whether a number below 2**64 is prime (Miller and Rabin; these bases leave no doubt there).

    >>> [n for n in (2, 61, 2047, 3215031751, 2**61 - 1) if is_prime(n)]
    [2, 61, 2305843009213693951]

    Source: J. Sorenson and J. Webster, "Strong pseudoprimes to twelve prime bases", 2017.
    """
    if n < 2 or any(n % p == 0 for p in _WITNESSES):
        return n in _WITNESSES
    twos = (n - 1 & 1 - n).bit_length() - 1
    return all(_passes(base, n, twos) for base in _WITNESSES)


def _passes(base: int, n: int, twos: int) -> bool:
    power = pow(base, n - 1 >> twos, n)
    if power in (1, n - 1):
        return True
    return any((power := power * power % n) == n - 1 for _ in range(twos - 1))


def _is_square(small: int, prime: int) -> bool:
    """Whether a small prime is a square modulo a prime that is 1 modulo 4 (Gauss)."""
    return prime % 8 == 1 if small == 2 else pow(prime, (small - 1) // 2, small) == 1


def square_root(square: int, prime: int) -> int:
    """A root of what is a square modulo a prime.

    >>> square_root(2, 17) in (6, 11)
    True

    Source: A. Tonelli, "Bemerkung über die Auflösung quadratischer Congruenzen", 1891.
    """
    twos = (prime - 1 & 1 - prime).bit_length() - 1
    odd = prime - 1 >> twos
    stranger = next(n for n in count(2) if is_prime(n) and not _is_square(n, prime))
    turn, root = pow(stranger, odd, prime), pow(square, (odd + 1) // 2, prime)
    rest = pow(square, odd, prime)
    while rest != 1:
        order = next(k for k in range(twos) if pow(rest, 1 << k, prime) == 1)
        step = pow(turn, 1 << (twos - order - 1), prime)
        root, turn, twos = root * step % prime, step * step % prime, order
        rest = rest * turn % prime
    return root


def _root_of_minus_one(prime: int) -> int:
    roots = (pow(base, (prime - 1) // 4, prime) for base in count(2))
    return next(root for root in roots if root * root % prime == prime - 1)


def _join(left: Level, right: Level) -> Level:
    """Both levels at once, by the Chinese remainder theorem."""
    primes = (left.modulus, right.modulus)
    generator = joined((left.generator, right.generator), primes)
    return Level(prod(primes), generator, joined((left.root, right.root), primes), primes)


def joined(residues: tuple[int, int], primes: tuple[int, ...]) -> int:
    """The number below the product of two primes that leaves these residues.

    >>> joined((2, 3), (5, 7))
    17
    """
    (left, right), (p, q) = residues, primes
    return left + p * ((right - left) * pow(p, -1, q) % q)
