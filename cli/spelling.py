"""Characters spelled out where the terminal's encoding has none for them."""

import codecs
import os
import re
import sys
import unicodedata
from io import TextIOWrapper
from typing import Final

from cli.symbols import SUBSCRIPTS, SUPERSCRIPTS

_SIGNS: Final = dict(
    zip("✓◐✗●○›→←↑↓·…−×÷⊙≤≥≠∈█░▌•–—“”‘’", "+~x*o>><^v*~-x/o<>#:#-|*--\"\"''", strict=True)
)
_BOXES: Final = {
    **dict.fromkeys("─━═╌╴╶", "-"),
    **dict.fromkeys("│┃║╎╵╷", "|"),
    **dict.fromkeys("┌┐└┘├┤┬┴┼╭╮╰╯╔╗╚╝", "+"),
    **dict.fromkeys("▶►▸", ">"),
    **dict.fromkeys("◀◄◂", "<"),
    **dict.fromkeys("▲▴", "^"),
    **dict.fromkeys("▼▾", "v"),
}
_NAMES: Final = {"√": "sqrt", "∂": "d", "Σ": "Sum", "∏": "Prod", "∞": "inf", "≈": "~="}


def spell(text: str) -> str:
    """Text in ASCII: signs by look-alikes, letters by name, the rest by a question mark.

    >>> spell("✓ c̃ₜ₋₁ = σ(x²)"), spell("┌─▶")
    ('+ c~_{t-1} = sigma(x^2)', '+->')
    """
    return "".join(map(_spelled, _RAISED.sub(_index, text)))


def _index(match: re.Match[str]) -> str:
    """A run of small letters as a power or an index, in the spelling a learner would type."""
    plain = "".join(_PLAIN[mark] for mark in match[0])
    sign = "_" if match["below"] else "^"
    return sign + (plain if len(plain) == 1 else f"{{{plain}}}")


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
    made = unicodedata.normalize("NFKD", mark)
    return "".join(map(_spelled, made)) if made != mark else "?"


def _class(table: dict[str, str]) -> str:
    return "".join(mark for mark in table.values() if not mark.isascii())


_RAISED: Final = re.compile(
    f"(?P<below>[{_class(SUBSCRIPTS)}]+)|(?P<above>[{_class(SUPERSCRIPTS)}]+)"
)
_PLAIN: Final = {
    small: plain for table in (SUBSCRIPTS, SUPERSCRIPTS) for plain, small in table.items()
}


def fits() -> bool:
    """Whether stdout has characters for the signs and formulas we show."""
    try:
        "✓ → cₜ₋₁ ⊙ ∂σ █".encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True


def fit_streams() -> None:
    """Make stdout and stderr print anything, and stdin read anything, whatever the encoding."""
    codecs.register_error("spell", _replace)
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: SIM115 - lives as long as we
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, "spell"), (sys.stderr, "spell")):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=errors)


def _replace(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)  # noqa: S101 - registered for encoding only
    return spell(error.object[error.start : error.end]), error.end
