"""From the disk to a bank; the only reader of bank files. Whatever is wrong becomes a problem."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from quizbank import cache
from quizbank.bank import Bank
from quizbank.problem import Problem
from quizbank.source_text import Source

MAX_BYTES = 40_000_000
"""Largest file read: ten million characters of up to four bytes each."""

SHIPPED = Path(__file__).parent
"""Where ``questions/`` and misconceptions are; `importlib.resources` costs 10 ms of start."""

MISCONCEPTIONS = "misconceptions"
"""Name of the file, or of the folder of files, that lists them."""


def load(path: Path | str | None = None) -> tuple[Bank, list[Problem]]:
    """The bank in a folder or file, by default the shipped one, and everything wrong with it.

    Questions with a problem are left out of the bank. The shipped misconceptions are always known.

    >>> bank, problems = load("no/such/folder")
    >>> print(len(bank.ids), *problems)
    0 no/such/folder:1: no-file: there is no such file or folder
    """
    problems: list[Problem] = []
    sources = list(_sources(path, problems))
    digest = _digest(sources)
    if not problems and (kept := cache.find(digest)):
        return kept, []
    from quizbank.assemble import assemble  # noqa: PLC0415 - a kept bank needs no YAML

    bank, found = assemble(sources, digest)
    problems = sorted({*problems, *found})
    if not problems:
        cache.keep(bank)
    return bank, problems


def _sources(path: Path | str | None, problems: list[Problem]) -> Iterator[Source]:
    yield from _misconceptions(SHIPPED, "", problems, own=path is None)
    if path is None:
        yield from _questions(SHIPPED / "questions", "questions/", problems)
        return
    place = Path(path)
    if place.is_dir():
        yield from _misconceptions(place, f"{place}/", problems)
        yield from _questions(place, f"{place}/", problems)
    elif place.exists():
        yield from _read(place, str(place), problems)
    else:
        problems.append(Problem(str(place), 1, "no-file", "there is no such file or folder"))


def _questions(folder: Path, prefix: str, problems: list[Problem]) -> Iterator[Source]:
    files = [one for one in _yaml_files(folder) if _stem(one) != MISCONCEPTIONS]
    if not files:
        message = "there is no YAML file in this folder"
        problems.append(Problem(prefix.rstrip("/"), 1, "empty-folder", message))
    for file in files:
        yield from _read(file, f"{prefix}{file.name}", problems)


def _misconceptions(
    folder: Path, prefix: str, problems: list[Problem], own: bool = True
) -> Iterator[Source]:
    """One file of that name, or several in a folder of that name."""
    files = [(one.name, one) for one in _yaml_files(folder) if _stem(one) == MISCONCEPTIONS]
    inside = folder / MISCONCEPTIONS
    if inside.is_dir():
        files += [(f"{MISCONCEPTIONS}/{one.name}", one) for one in _yaml_files(inside)]
    for name, file in files:
        for source in _read(file, f"{prefix}{name}", problems):
            yield replace(source, lists_misconceptions=True, own=own)


def _read(file: Path, name: str, problems: list[Problem]) -> Iterator[Source]:
    """One file, unless it cannot be read or is larger than any bank."""
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        problems.append(Problem(name, 1, "unreadable", f"cannot be read: {error.strerror}"))
        return
    if len(data) > MAX_BYTES:
        problems.append(Problem(name, 1, "too-long", f"more than {MAX_BYTES} bytes"))
        return
    yield Source(name, data)


def _yaml_files(folder: Path) -> list[Path]:
    found = [one for one in folder.iterdir() if one.name.endswith((".yaml", ".yml"))]
    return sorted(found, key=lambda one: one.name)


def _stem(file: Path) -> str:
    return file.name.rpartition(".")[0]


def _digest(sources: list[Source]) -> str:
    """SHA-256 over the names and contents of all files, in order."""
    digest = sha256()
    for source in sources:
        digest.update(f"{source.file}\0{len(source.data)}\0".encode())
        digest.update(source.data)
    return digest.hexdigest()
