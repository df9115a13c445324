"""Characters spelled out where the terminal's encoding has none for them."""

import codecs
import sys
import unicodedata
from typing import Final

_SIGNS: Final = dict(
    zip("✓◐✗●○›→←↑↓·…−×÷⊙≤≥≠∈█░▌•–—“”‘’", "+~x*o>><^v.~-x/o<>#:#-|*--\"\"''", strict=True)
)
_BOXES: Final = {
    **dict.fromkeys("─━═╌╴╶", "-"),
    **dict.fromkeys("│┃║╎╵╷", "|"),
    **dict.fromkeys("┌┐└┘├┤┬┴┼╭╮╰╯╔╗╚╝", "+"),
    **dict.fromkeys("▶►▸", ">"),
    **dict.fromkeys("◀◄◂", "<"),
}
_NAMES: Final = {"√": "sqrt", "∂": "d", "Σ": "Sum", "∏": "Prod", "∞": "inf", "≈": "~="}


def spell(text: str) -> str:
    """Text in ASCII: signs by look-alikes, letters by name, the rest by a question mark.

    >>> spell("✓ c̃ₜ = σ(x²)"), spell("┌─▶")
    ('+ c~_t = sigma(x^2)', '+->')
    """
    return "".join(map(_spelled, text))


def _spelled(mark: str) -> str:
    if mark.isascii():
        return mark
    if known := _SIGNS.get(mark) or _BOXES.get(mark) or _NAMES.get(mark):
        return known
    name = unicodedata.name(mark, "")
    if name.startswith("GREEK ") and " LETTER " in name:
        letter = name.rpartition(" LETTER ")[2].split()[0]
        return letter.capitalize() if "CAPITAL" in name else letter.lower()
    if name.startswith("COMBINING"):
        return {"̃": "~", "̂": "^", "̄": "-", "⃗": ">", "⃖": "<"}.get(mark, "")
    return _index(mark) or "?"


def _index(mark: str) -> str:
    """Small raised and lowered letters, and letters with accents, by what they are made of."""
    kind, _, parts = unicodedata.decomposition(mark).rpartition(">")
    made = "".join(chr(int(code, 16)) for code in parts.split())
    plain = "".join(one for one in made if one.isascii()) or "".join(map(_spelled, made))
    return {"<sub": "_", "<super": "^"}.get(kind, "") + plain


def fit_streams() -> None:
    """Make stdout and stderr print anything, and stdin read anything, whatever the encoding."""
    codecs.register_error("spell", _replace)
    sys.stdin.reconfigure(errors="replace")  # type: ignore[union-attr]
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="spell")  # type: ignore[union-attr]


def _replace(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)  # noqa: S101 - registered for encoding only
    return spell(error.object[error.start : error.end]), error.end
