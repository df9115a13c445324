"""The names and functions a text may use; they decide how it splits."""

from dataclasses import dataclass, field
from functools import cache

from grader import limits
from grader.reading.lexicon import Lexicon
from grader.reading.names import CONSTANTS, FUNCTION_SPELLINGS
from grader.reading.spelling import canonical
from grader.reading.tokens import NAME, PRODUCTS, Token
from grader.reading.tree import Name

__all__ = ["Vocabulary", "canonical"]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    r"""Declared names, declared functions, and whether any other single letter is a name too.

    A name is written in any spelling; further names for the same thing follow an equals sign.
    A declared name hides a function or a constant that is spelled like it; ``∂E/∂c_t`` and
    ``dE/dc_t`` (or with L, J) are spellings of a declared ``δc_t``.  With ``arrays`` the entries of
    a vector or matrix may be written out: ``[a, b]``, ``[[a, b], [c, d]]``; ``tr`` is the trace.

    >>> words = Vocabulary((r"\delta c_t", "f_t", "g_t = c̃_t"), functions=("parameters",))
    >>> words.symbols
    ('δc_t', 'f_t', 'g_t')
    >>> words == Vocabulary(("δc_t", "f_t", "g_t = c̃_t"), ("parameters",))
    False
    """

    names: tuple[str, ...]
    functions: tuple[str, ...] = ()
    any_name: bool = False
    arrays: bool = False
    lexicon: Lexicon = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        meanings: dict[str, str] = {}
        for entry in self.names:
            first, *others = map(canonical, entry.split("="))
            for spelling in (first, *others):
                meanings[spelling] = first
        for name in list(meanings.values()):
            if name.startswith("δ") and len(name) > 1:
                meanings.setdefault(f"d{name[1:]}", name)
                meanings.setdefault(f"δ_{name[1:]}", name)
        traces = ("tr", "trace") if self.arrays else ()
        functions = frozenset(map(canonical, (*self.functions, *traces)))
        lexicon = Lexicon(meanings, functions, self.any_name, self.arrays)
        if len(meanings) < limits.SPELLINGS:
            lexicon.update(_known(set(meanings.values()), lexicon))
        object.__setattr__(self, "lexicon", lexicon)

    def __reduce__(
        self,
    ) -> tuple[type["Vocabulary"], tuple[tuple[str, ...], tuple[str, ...], bool, bool]]:
        """Only what was declared travels between processes; what was learnt is learnt again."""
        return Vocabulary, (self.names, self.functions, self.any_name, self.arrays)

    def meaning(self, spelling: str) -> str | None:
        """The name, function or constant a spelling stands for here, canonically; or None.

        >>> words = Vocabulary(("c_{t-1}",))
        >>> [words.meaning(spelling) for spelling in ("c_(t-1)", "sigmoid", "c_t")]
        ['c_{t-1}', 'σ', None]
        """
        token = self.lexicon.meaning(spelling)
        if token is None:
            return None
        logarithm = isinstance(token.value, int)  # its base; all are quotients of natural ones
        known = "log" if logarithm else str(token.value)
        return token.value.text if isinstance(token.value, Name) else known

    @property
    def symbols(self) -> tuple[str, ...]:
        """The declared names in canonical spelling, in the order of declaration."""
        return tuple(canonical(entry.partition("=")[0]) for entry in self.names)


def _known(names: set[str], lexicon: Lexicon) -> dict[str, tuple[Token, ...]]:
    """What is known of the words of a vocabulary before any text is read."""
    plain = not lexicon.functions and _hiding().isdisjoint(lexicon.names)
    declared = names - lexicon.functions
    return (_words() if plain else {}) | {
        name: (Token(PRODUCTS, NAME, lexicon.names[name]),) for name in declared
    }


@cache
def _words() -> dict[str, tuple[Token, ...]]:
    """What functions and constants mean where no name hides them: found out once, for all."""
    nothing_declared = Lexicon({}, frozenset(), any_name=False)
    words = (*FUNCTION_SPELLINGS, *CONSTANTS)
    return {word: nothing_declared[word] for word in words if word.isalpha()}


@cache
def _hiding() -> frozenset[str]:
    """Names of which one suffices to give a word another meaning."""
    return frozenset((*_words(), *map(canonical, _words()), *FUNCTION_SPELLINGS.values()))
