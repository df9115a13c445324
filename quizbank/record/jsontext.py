"""JSON that says everything and does nothing: no terminal obeys it, any file takes it."""

import json
import re
from typing import Any

_ACTING = re.compile(r"[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def json_text(value: Any, indent: int | None = None) -> str:
    r"""JSON with letters as they are; controls, text directions and lone surrogates escaped.

    >>> json_text({"answer": "naïve \x9b31m \u202e"})
    '{"answer": "naïve \\u009b31m \\u202e"}'
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _ACTING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
