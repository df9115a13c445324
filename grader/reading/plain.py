"""Plain text, folded so that spellings nobody would tell apart compare equal."""

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


def items(text: str) -> list[str]:
    """The entries of a list somebody typed: by lines, semicolons or commas, outermost first.

    >>> items("a, c"), items("h = z; c = f, i"), items("- one\\n- two\\n")
    (['a', 'c'], ['h = z', 'c = f, i'], ['one', 'two'])
    """
    for separator in ("\n", ";", ","):
        if separator in text.strip():
            parts = text.split(separator)
            break
    else:
        parts = [text]
    return [stripped for part in parts if (stripped := part.strip().removeprefix("- ").strip())]
