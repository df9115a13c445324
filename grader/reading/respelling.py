r"""A second look at a text that cannot be read: marks of other notations put into ours.

Nothing here is tried on a text that reads as it stands, and nothing changes what a text means.
"""

import re
from dataclasses import dataclass
from typing import Final

from grader.reading import tokens
from grader.reading.foreign import MODULES
from grader.reading.literals import untypeset
from grader.reading.names import FONTS
from grader.reading.spelling import LETTER, MARK, canonical, fold
from grader.reading.tree import Malformed, Span
from grader.reading.vocabulary import Vocabulary
from grader.reading.wrapping import unwrapped


@dataclass(frozen=True, slots=True)
class Copy:
    """A text put otherwise; ``places`` tells where each of its characters, and its end, came from.

    >>> copy = Copy.of("np.tanh(x)").with_each(re.compile(r"np\\."), "")
    >>> copy.text, copy.origin(Span(0, 4))
    ('tanh(x)', Span(start=3, end=7))
    """

    text: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> "Copy":
        """A text as it stands."""
        return cls(text, tuple(range(len(text) + 1)))

    def with_each(self, pattern: re.Pattern[str], template: str) -> "Copy":
        """The copy with a template of `re.Match.expand` in place of every match."""
        copy = self
        for found in reversed([*pattern.finditer(self.text)]):
            copy = copy.with_part(found.start(), found.end(), found.expand(template))
        return copy

    def with_part(self, start: int, end: int, part: str) -> "Copy":
        """The copy with a part of it put otherwise."""
        last = max(start, end - 1)
        places = tuple(self.places[min(start + offset, last)] for offset in range(len(part)))
        return Copy(
            self.text[:start] + part + self.text[end:],
            self.places[:start] + places + self.places[end:],
        )

    def blamed(self, error: Malformed, text: str) -> Malformed:
        """What is wrong with the copy, said of the text first given."""
        return Malformed(
            error.code, error.message, text, self.origin(error.span), error.repair.strip()
        )

    def origin(self, span: Span) -> Span:
        """The range of the text first given that a range of the copy came from."""
        start = self.places[min(span.start, len(self.text))]
        end = self.places[span.end - 1] + 1 if span.end > span.start else start
        return Span(start, max(start, end))


_LETTER: Final = rf"[{LETTER}][{MARK}]*"
_NUMBER: Final = r"(?<![\w.])(?:\d+\.?\d*|\.\d+)"
_D: Final = r"(?:[∂d]|\\partial\s*|\\mathrm\{d\}\s*)"
_MODULE: Final = rf"(?<![\w.])(?:(?:{'|'.join(MODULES)})\.)+(?=[A-Za-z])"
_FONT: Final = rf"\\(?:{'|'.join(FONTS)}|mathscr)\s*\{{\s*({_LETTER})\s*\}}"
_TILDE: Final = "\u0303"

_RULES: Final = tuple(
    (re.compile(pattern), template)
    for pattern, template in (
        (r"^\s*(?:[=≈](?=\s*\S)|~(?=\s*[\d.(]))", ""),
        (_MODULE, ""),
        (r"&(?:middot|times|sdot);", "*"),
        (r"&minus;", "-"),
        (r"&([A-Za-z]+);", r"\\\1 "),
        (r"<sub>\s*([^<>]*?)\s*</sub>", r"_{\1}"),
        (r"<sup>\s*([^<>]*?)\s*</sup>", r"^{\1}"),
        (r"\\langle(?![A-Za-z])\s*", "<"),
        (r"\s*\\rangle(?![A-Za-z])", ">"),
        (r"\\[,;:! ]", " "),
        (r"\\(?=[_%#&])", ""),
        (r"\\(?:c|nice|s|x)frac(?=\s*\{)", r"\\frac"),
        (r"(\\[dt]?frac)\s*([A-Za-z0-9])(?=\s*[\w{\\])", r"\1{\2}"),
        (r"(\\[dt]?frac\s*\{[^{}]*\})\s*([A-Za-z0-9])", r"\1{\2}"),
        (r"\^\s*\{\s*\\prime\s*\}|\^?\s*\\prime(?![A-Za-z])", "'"),
        (r"\^\s*\\math\w+\s*\{\s*T\s*\}", "^T"),
        (_FONT, r" \1"),
        (rf"(?<![\w}}^_\\])\{{\s*({_LETTER})\s*\}}(?=\s*[_^])", r"\1"),
        (rf"(?<=[{LETTER}{MARK}])\s+(?=_)", ""),
        (r"_{2,}", "_"),
        (r"_\s*\[([^][]*)\]", r"_(\1)"),
        (r"-(?=[₀-₉])", "₋"),
        (r"(?:\^|\*\*)\s*(?=[⁰¹²³⁴-⁹⁻])", ""),
        (r"\bexp\s*(?:\^|\*\*)", "e^"),
        (r"\.(?:transpose|t)\s*\(\s*\)", ".T"),
        (r"\.(?:dot|matmul|mm|mv)\s*(?=\()", " @ "),
        (rf"{_D}([A-Zℒ])\s*/\s*{_D}\(\s*([^()]*)\)", r"∂\1/∂\2"),
        (rf"\(\s*{_D}([A-Zℒ])\s*\)\s*/\s*\(\s*{_D}([^()]*)\)", r"∂\1/∂\2"),
        (rf"({_NUMBER})\s*%(?!\s*[\w(.{{\\])", r"(\1/100)"),
        (r"⅟\s*", "1/"),
        (r";(?=[^()]*\))", ","),
        (r"(?<=\d)['_](?=\d{3}(?!\d))", ""),
        (rf"\\delta\s*\{{\s*({_LETTER}[^{{}}]*)\}}", r"δ\1"),
        (rf"(?<![\w}})])~({_LETTER})|tilde\(({_LETTER})\)", rf"\1\2{_TILDE}"),
        (r"~(?=[A-Za-z\\({])", " "),  # LaTeX's space that never breaks
        (rf"({_LETTER})(?:~|_tilde(?![A-Za-z]))", rf"\1{_TILDE}"),
    )
)
_UNLESS_NAMED: Final = (
    ("E", re.compile(r"\bE(?=\s*(?:\^|\*\*))"), "e"),
    ("d", re.compile(rf"(?<![A-Za-z])(?:grad_|d\s+)(?={_LETTER}_)"), "δ"),
    ("∇", re.compile(rf"(?:∇|\\nabla\s*)(?={_LETTER}_)"), "δ"),
)
_INDEXED = re.compile(
    rf"(?<![{LETTER}\\])([δd∂]?{_LETTER})\s*\^?\s*"
    r"(?:\(([^()]*)\)|<([^<>]*)>|\{([^{}]*)\}|\{\s*\(([^(){}]*)\)\s*\}|\[([^][]*)\])"
)
_TOGETHER: Final = rf"(?<![\w\\}}{MARK}])([δd∂]?{_LETTER})([A-Za-z0-9]{{1,4}}"
_ENDED: Final = r"(?![\w(\[{<])"
_SPELLINGS: Final = (
    (_INDEXED, "{}_{{{}}}"),
    (re.compile(rf"{_TOGETHER}-\d+){_ENDED}"), "{}_{}"),
    (re.compile(rf"{_TOGETHER}){_ENDED}"), "{}_{}"),
)


def respelled(text: str, vocabulary: Vocabulary) -> Copy:
    r"""The text in our notation, as far as that can be told.

    >>> respelled(r"\( np.tanh(c_{t\!-\!1}) \)", Vocabulary(())).text.strip()
    'tanh(c_{t - 1})'
    >>> respelled("ft tanh(c(t-1))", Vocabulary(("f_t", "c_{t-1}"))).text
    'f_t tanh(c_{t-1})'
    """
    copy = Copy.of(fold(untypeset(unwrapped(text))))
    for pattern, template in _RULES:
        copy = copy.with_each(pattern, template)
    for name, pattern, template in _UNLESS_NAMED:
        if vocabulary.meaning(name) is None:
            copy = copy.with_each(pattern, template)
    return _indexed(copy, vocabulary)


def _indexed(copy: Copy, vocabulary: Vocabulary) -> Copy:
    """Declared names with their index in other brackets, or in none, put as they are declared."""
    for pattern, spelt in _SPELLINGS:
        for found in reversed([*pattern.finditer(copy.text)]):
            base, *indices = found.groups()
            name = spelt.format(base, next(filter(None, indices), ""))
            meant = canonical(name) in vocabulary.lexicon.names
            if meant and not _is_read(base if pattern is _INDEXED else found[0], vocabulary):
                copy = copy.with_part(found.start(), found.end(), name)
    return copy


def _is_read(run: str, vocabulary: Vocabulary) -> bool:
    """Whether a run has a meaning as it stands, so that it is not to be put otherwise."""
    return all(token.kind != tokens.WRONG for token in vocabulary.lexicon[run])
