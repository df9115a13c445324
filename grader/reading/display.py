"""Text on one line of a terminal: what may be sent, and how wide it is."""

import unicodedata


def visible(text: str) -> str:
    """Text that is safe to print on one line: controls, tabs and line breaks are made visible.

    >>> visible("a\\tb\\x1b[31m\\u202e")
    'a b␛[31m�'
    """
    return "".join(map(_visible, text))


def _visible(character: str) -> str:
    code = ord(character)
    if character in "\t\n\r":
        return " "
    if code < 0x20:
        return chr(0x2400 + code)
    category = unicodedata.category(character)
    if category in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
        return "\N{REPLACEMENT CHARACTER}"
    return " " if category == "Zs" else character


def columns(text: str) -> int:
    """How many terminal columns a text takes.

    >>> columns("c̃_t"), columns("中")
    (3, 2)
    """
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) == "Me":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
