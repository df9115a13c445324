"""Plain text, folded so that spellings nobody would tell apart compare equal."""

import re
import unicodedata

_LOOKALIKES = str.maketrans(
    {
        **dict.fromkeys("−‐‑‒–—﹣－", "-"),
        **dict.fromkeys("‘’ʹ′", "'"),
        **dict.fromkeys("“”″", '"'),
        "×": "x",
    }
)


def fold(text: str) -> str:
    """Case, spacing, look-alike dashes and quotes folded away.

    >>> fold("  Long–Short   TERM ")
    'long-short term'
    """
    folded = unicodedata.normalize("NFKC", text.translate(_LOOKALIKES)).casefold()
    return " ".join(folded.split())


def items(text: str, separators: str = "\n;,") -> list[str]:
    """The entries of a list somebody typed, cut at any of the separators.

    >>> items("a, c"), items("h = z; c = f, i", ";"), items("- one; - two")
    (['a', 'c'], ['h = z', 'c = f, i'], ['one', 'two'])
    """
    parts = re.split(f"[{separators}]", text)
    return [stripped for part in parts if (stripped := part.strip().removeprefix("- ").strip())]
