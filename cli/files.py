"""Writing results: the whole file, or nothing."""

import os
import tempfile
from pathlib import Path

_NEW_FILE = 0o666  # before the umask, as for any file that is created


def write_whole(path: Path, text: str) -> None:
    """Replace a file in one step, so that a reader never sees half of it.

    A link is followed; a pipe or a device is written to. Errors name the path that was given.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        path.write_text(text, encoding="utf-8", newline="\n")
        return
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(target.stat().st_mode if target.exists() else _NEW_FILE & ~_umask())
        Path(name).replace(target)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        Path(name).unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
