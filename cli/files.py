"""Writing results: the whole file, or nothing."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

_NEW_FILE = 0o666  # before the umask, as for any file that is created


def write_whole(path: Path, text: str) -> None:
    """Replace a file by a text in one step, so that a reader never sees half of it.

    A link is followed; a pipe or a device is written to. Errors name the path that was given.
    """
    write_pieces(path, [text.encode()])


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """The same for what is worked out piece by piece; an exception leaves the old file."""
    target = path.resolve()
    if target.exists() and not target.is_file():
        with path.open("wb") as stream:
            stream.writelines(pieces)
        return
    with _named(path):
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            for piece in pieces:
                with _named(path):
                    stream.write(piece)
            with _named(path):
                stream.flush()
                os.fsync(handle)
        with _named(path):
            Path(name).chmod(target.stat().st_mode if target.exists() else _NEW_FILE & ~_umask())
            Path(name).replace(target)
    finally:
        Path(name).unlink(missing_ok=True)


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Let an error name the path that was given, not the one that is written to on the way."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
