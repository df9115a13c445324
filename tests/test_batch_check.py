"""`check` on long tables: written whole or not at all, flat in memory, the same on stdout."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app
from cli.files import write_pieces

ROOT = Path(__file__).parents[1]
HEADING = "student,question,part,answer\n"


def table(path: Path, rows: int, students: int = 100) -> Path:
    """Rows of few distinct answers."""
    answer = "s{},keras-text-classifier,{},{}\n"
    with path.open("w") as out:
        out.write(HEADING)
        for row in range(rows):
            part = ("lstm", "dense", "total", "tail")[row % 4]
            out.write(answer.format(row % students, part, (6272, 4352, 4609, 27272)[row // 5 % 4]))
    return path


def checked(
    *words: object, limit: int | None = None, measure: bool = False
) -> subprocess.CompletedProcess[str]:
    """`check` as a process of its own, which may write files of at most ``limit`` bytes."""
    code = "from cli.app import main; main()"
    if measure:
        code = (
            "import atexit, resource, sys; atexit.register(lambda: print(resource.getrusage("
            f"resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)); {code}"
        )
    return subprocess.run(
        [sys.executable, "-c", code, "check", *map(str, words)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
        preexec_fn=(lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
        if limit
        else None,
    )


def test_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    source, out = table(tmp_path / "x.csv", 5_000), tmp_path / "out.csv"
    checked(source)  # keeps the bank, which must not be what does not fit
    out.write_text("old")
    done = checked(source, "--format", "csv", "--out", out, limit=200_000)
    assert done.returncode not in (0, 1)
    assert "out.csv" in done.stderr
    assert "Traceback" not in done.stderr
    assert out.read_text() == "old"
    assert sorted(os.listdir(tmp_path)) == ["out.csv", "x.csv"]
    assert checked(source, "--format", "csv", "--out", out).returncode == 0
    assert out.stat().st_size > 200_000


def test_what_is_interrupted_leaves_what_was_there(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.write_text("old")

    def pieces() -> object:
        yield b"new"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_pieces(out, pieces())  # type: ignore[arg-type]
    assert out.read_text() == "old"
    assert os.listdir(tmp_path) == ["out"]


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    peaks = []
    for rows in (20_000, 200_000):
        source = table(tmp_path / f"{rows}.csv", rows)
        done = checked(source, "--format", "csv", "--out", tmp_path / "out", measure=True)
        assert done.returncode == 0, done.stderr
        peaks.append(int(done.stderr.split()[-1]))
        assert (tmp_path / "out").read_bytes().count(b"\n") >= rows
    assert peaks[1] < peaks[0] * 1.1


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_stdout_and_out_are_the_same(tmp_path: Path, form: str) -> None:
    source, out = table(tmp_path / "x.csv", 100, students=20), tmp_path / "out"
    printed = CliRunner().invoke(app, ["check", str(source), "--format", form])
    CliRunner().invoke(app, ["check", str(source), "--format", form, "--out", str(out)])
    assert printed.stdout == out.read_text()
    assert "s0 answered more than once; all are shown" in printed.stderr
    assert "and so did 10 more students" in printed.stderr


def test_a_table_falls_under_its_threshold_as_before(tmp_path: Path) -> None:
    source = tmp_path / "x.csv"
    source.write_text(HEADING + "s1,unroll-longer,,a\ns2,unroll-longer,,b\n")
    for form in ("table", "json", "jsonl", "csv"):
        words = ["check", str(source), "--format", form, "--fail-under"]
        assert CliRunner().invoke(app, [*words, "50"]).exit_code == 0
        failed = CliRunner().invoke(app, [*words, "51"])
        assert failed.exit_code == 1
        assert "50.0% of the points, below 51%" in failed.stderr


def test_bad_rows_name_their_file_and_row(tmp_path: Path) -> None:
    source = tmp_path / "x.csv"
    source.write_text(HEADING + 's1,unroll-longer,,"a\nb"\ns2,unroll-longer\ns3,nowhere,,a\n')
    done = CliRunner().invoke(app, ["check", str(source), "--format", "jsonl"])
    said = [json.loads(line)["evidence"][0]["finding"] for line in done.stdout.splitlines()]
    assert f"{source}:4: bad-row: has 2 cells" in said[1]
    assert f"{source}:5: no question is called 'nowhere'" in said[2]
