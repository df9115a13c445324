"""The many spellings of one name, folded into one canonical spelling."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from grader import limits
from grader.reading.names import ACCENTS, ERRORS, FONTS, GREEK

LETTER: Final = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿΑ-Ωα-ωϐ-Ͽἀ-ῼЀ-ӿ∂∇ℓ"
MARK: Final = "\u0300-\u036f\u20d0-\u20ff"
BELOW: Final = "₀-₎ₐ-ₜᵢ-ᵪⱼ"  # Unicode subscripts
ABOVE: Final = "⁰¹²³ⁱ⁴-ⁿᵃ-ᵡᵏᵐᵖᵗᵘᵛˣʸʰʲʳʷˡˢᶜᶠᶻ"  # Unicode superscripts, without ᵀ


class _Fold(dict[int, str | int]):
    """Look-alike characters to the one that is meant, one for one, so that positions stay."""

    def __missing__(self, code: int) -> str | int:
        kind, _, plain = unicodedata.decomposition(chr(code)).partition(" ")
        meant: str | int = code
        if kind in ("<font>", "<wide>", "<narrow>", "<noBreak>", "<compat>") and " " not in plain:
            meant = int(plain, 16)
        elif chr(code).isdecimal():
            meant = str(unicodedata.decimal(chr(code)))
        elif chr(code).isspace() or code in _INVISIBLE:
            meant = " "
        if len(self) < limits.SPELLINGS:
            self[code] = meant
        return meant


_INVISIBLE: Final = frozenset(map(ord, "\u200b\u200c\u200d\u2060\u2061\u2063\ufeff\u00ad"))
FOLD: Final = _Fold(
    {
        **dict.fromkeys(map(ord, "−‐‑‒–—﹣－"), "-"),
        **dict.fromkeys(map(ord, "×·⋅∙•✕✖∗\u2062"), "*"),
        **dict.fromkeys(map(ord, "÷∕⁄"), "/"),
        **dict.fromkeys(map(ord, "∘○◦⨀⊚°"), "⊙"),
        **dict.fromkeys(map(ord, "‘’ʹ′ʼ"), "'"),
        **dict.fromkeys(map(ord, "⟨〈‹≺"), "<"),
        **dict.fromkeys(map(ord, "⟩〉›≻"), ">"),
        **dict.fromkeys(map(ord, "“”″"), '"'),
        **dict.fromkeys(map(ord, "ˆ↑"), "^"),
        **dict.fromkeys(map(ord, "∣❘"), "|"),
        ord("⎣"): "⌊",
        ord("⎦"): "⌋",
        ord("⎡"): "⌈",
        ord("⎤"): "⌉",
        ord("∆"): "Δ",
        ord("ϵ"): "ε",
        ord("ϕ"): "φ",
        ord("ϑ"): "θ",
        ord("ς"): "σ",
        ord("ℓ"): "ℓ",
        ord("⊤"): "ᵀ",
        ord("ᵀ"): "ᵀ",
    }
)


def fold(text: str) -> str:
    """Look-alike characters replaced one for one; the length never changes.

    >>> fold("𝑐₁ − ２ × x"), len("𝑐₁ − ２ × x")
    ('c₁ - 2 * x', 10)
    """
    return text if text.isascii() else text.translate(FOLD)


_FONT = re.compile(rf"\\(?:{'|'.join(FONTS)})\s*\{{([^{{}}]*)\}}")
_ACCENT = re.compile(
    rf"\\({'|'.join(ACCENTS)})\s*(?:\{{\s*((?:[^{{}}]|\{{[^{{}}]*\}})*)\}}|([{LETTER}]))"
)
_COMMAND = re.compile(r"\\([A-Za-z]+)\s*")
_BELOW = re.compile(rf"[{BELOW}]+")
_INDEX = re.compile(
    r"_\s*\(([^()]*)\)|_\s*<([^<>]*)>|\^\s*\{\s*[<(]([^<>()]*)[>)]\s*\}|\^\s*<([^<>]*)>|\[([^\[\]]*)\]"
)
_BRACKETED = re.compile(r"\(([^()]+)\)")
_RATIO = re.compile(r"[∂d](.+?)/[∂d](.+)|\\[dt]?frac\{[∂d](.+?)\}\{[∂d](.+)\}")
_WORD_ACCENT = re.compile(rf"([{LETTER}])(tilde|hat|bar)")
_CONTINUED = re.compile(r"\}?_\{(?=[-+])")  # the - of c_t₋₁
_NUMBERED = re.compile(rf"([{LETTER}][{MARK}]*)(\d+)")


@lru_cache(maxsize=limits.SPELLINGS)
def canonical(spelling: str) -> str:
    r"""The one spelling under which the grader knows a name.

    >>> {canonical(one) for one in ("c_{t-1}", "c_(t-1)", "c_<t-1>", "c^{<t-1>}", "c[t-1]", "cₜ₋₁")}
    {'c_{t-1}'}
    >>> canonical(r"\delta c_t"), canonical("dc_t"), canonical("delta_c_t"), canonical("∂E/∂c_t")
    ('δc_t', 'δc_t', 'δc_t', 'δc_t')
    >>> canonical(r"W_\text{hh}"), canonical("alpha"), canonical("x1"), canonical("depth")
    ('W_{hh}', 'α', 'x_1', 'depth')
    """
    text = _plain(fold(spelling))
    if ratio := _RATIO.fullmatch(text):
        above, below = (canonical(one) for one in ratio.groups() if one)
        return f"δ{below}" if above in ERRORS else f"∂{above}/∂{below}"
    base, _, index = text.partition("_")
    base = base.replace("{", "").replace("}", "")
    index = _CONTINUED.sub("", index).replace("}_{", ",")
    return _assembled(base, index.replace("{", "").replace("}", ""))


def _plain(text: str) -> str:
    """LaTeX commands, Unicode subscripts, brackets for indices and spaces written away."""
    if "\\" in text:
        text = _FONT.sub(r"\1", _FONT.sub(r"\1", text))
        text = _COMMAND.sub(lambda match: GREEK.get(match[1], match[0]), text)
        text = _ACCENT.sub(_accented, text)
    text = _BELOW.sub(lambda match: f"_{{{unicodedata.normalize('NFKC', match[0])}}}", text)
    text = _INDEX.sub(lambda match: f"_{{{next(filter(None, match.groups()), '')}}}", text)
    return unicodedata.normalize("NFC", "".join(text.replace("−", "-").split()))


def _accented(match: re.Match[str]) -> str:
    inner = match[2] or match[3] or ""
    return inner[:1] + ACCENTS[match[1]] + inner[1:]


def _assembled(base: str, index: str) -> str:
    """A base and an index put together, ``δ`` drawn in front of the name it belongs to."""
    base = _WORD_ACCENT.sub(lambda match: match[1] + ACCENTS[match[2]], base)
    base = unicodedata.normalize("NFC", GREEK.get(base, base))
    if base == "δ" and "_" in index:
        base, _, index = f"δ{index}".partition("_")
    elif base.startswith("delta"):
        base = "δ" + base.removeprefix("delta")
    elif index and base.startswith("d") and len(unicodedata.normalize("NFC", base)) == 2:
        base = "δ" + base[1:]
    if not index and (numbered := _NUMBERED.fullmatch(base)):
        base, index = numbered[1], numbered[2]
    if not index:
        return base
    if bracketed := _BRACKETED.fullmatch(index):
        index = bracketed[1]
    return f"{base}_{index}" if len(index) == 1 else f"{base}_{{{index}}}"
