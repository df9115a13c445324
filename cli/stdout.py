"""Results for programs, on stdout."""

import json
import sys


def print_json(value: object) -> None:
    """Indented JSON; in plain ASCII where the encoding cannot carry everything."""
    carries_all = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    print(json.dumps(value, ensure_ascii=not carries_all, indent=1))
