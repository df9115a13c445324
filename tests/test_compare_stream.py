"""`rnnquiz compare --jsonl`: one answer for every line, at once, whatever the line holds."""

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from pairs import TABLES

COMMAND = [sys.executable, "-m", "cli", "compare", "--jsonl"]
LINES: list[tuple[bytes, Any, str]] = [
    (b'{"id": 1, "key": "x + x", "answer": "2x"}', 1, "equal"),
    (b'{"id": 2, "key": "x", "answer": "|x|", "gates": ["x"]}', 2, "equal"),
    (b'{"id": 3, "key": "n", "answer": "floor(n)", "integer": "n"}', 3, "equal"),
    (
        b'{"id": 4, "key": "h_{t-1}", "answer": "sqrt(h_{t-1}^2)", "positive": "h_<t-1>"}',
        4,
        "equal",
    ),
    (b'{"id": "a", "key": "9^9^9^9", "answer": "9^9^9^8"}', "a", "undecided"),
    (b'{"id": null, "key": "x", "answer": ""}', None, "malformed"),
    (b'{"id": [1], "key": "x", "answer": "x"}', None, "malformed"),
    (b'{"id": 5, "key": 3, "answer": "x"}', 5, "malformed"),
    (b'{"id": 6, "key": "x", "answer": null}', 6, "malformed"),
    (b'{"id": 7, "key": "x", "answer": "x", "names": {"x": 1}}', 7, "malformed"),
    (b'{"id": 8, "key": "x", "answer": "x", "shapes": "x"}', 8, "malformed"),
    (b'{"id": NaN, "key": "x", "answer": "x"}', None, "malformed"),
    (b'{"id": 9, "key": "x", "answer": "\\ud800"}', 9, "malformed"),
    (b'{"id": 10, "key": "x", "answer": "\xff\xfe"}', None, "malformed"),
    (b"\x00\x01\x02", None, "malformed"),
    (b"", None, "malformed"),
    (b"[1, 2]", None, "malformed"),
    (b"3", None, "malformed"),
    (b"[" * 200_000, None, "malformed"),
    (b'{"id": 11, "key": "' + b"9" * 900_000 + b'", "answer": "1"}', 11, "malformed"),
    (b'{"id": 12, "key": "' + b"9" * 9_000_000 + b'", "answer": "1"}', None, "malformed"),
    (b'{"id": ' + b"9" * 10_000 + b"}", None, "malformed"),
    (b'{"id": 13, "key": "x", "answer": "x + 1"}\r', 13, "different"),
]


@pytest.fixture
def process() -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(
        COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=TABLES.parent.parent,
    ) as process:
        yield process
        process.kill()


def test_each_line_is_answered_before_the_next_is_sent(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin is not None
    assert process.stdout is not None
    for line, name, verdict in LINES:
        process.stdin.write(line + b"\n")
        process.stdin.flush()
        said = json.loads(process.stdout.readline())
        assert (said["id"], said["verdict"]) == (name, verdict), line[:80]
        assert list(said) == ["id", "verdict", "check", "finding", "ms"]
        assert len(said["finding"]) < 2_500
    process.stdin.close()
    assert process.wait(timeout=20) == 0
    assert process.stdout.read() == b""


def test_a_last_line_without_its_end_is_answered(process: subprocess.Popen[bytes]) -> None:
    output, _ = process.communicate(b'{"key": "x", "answer": "x"}', timeout=20)
    assert [json.loads(line)["verdict"] for line in output.splitlines()] == ["equal"]
