"""Texts asserted word for word: `tests/expected/NAME.txt` is what a person reads."""

import os
from pathlib import Path

EXPECTED = Path(__file__).parent / "expected"


def expect(name: str, text: str) -> None:
    """Hold a text against that file; with `WRITE_EXPECTED=1` the file is written anew."""
    path = EXPECTED / f"{name}.txt"
    if os.environ.get("WRITE_EXPECTED"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
