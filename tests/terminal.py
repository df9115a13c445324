"""A pseudo-terminal with somebody in front of it: types keys, and sees what a person would see."""

import os
import sys
import time
from pathlib import Path

import pexpect
import pyte

ROOT = Path(__file__).parents[1]
PATIENCE_SECONDS = 30.0  # a shared machine may be slow; nothing here measures time
TALL = 200  # rows, so that nothing scrolls away

UP, DOWN, ENTER, SPACE, BACKSPACE = "\x1b[A", "\x1b[B", "\r", " ", "\x7f"
CTRL_C, CTRL_D, CTRL_Z = "\x03", "\x04", "\x1a"


class Terminal:
    """Runs a command in a terminal of a given size."""

    def __init__(
        self,
        *command: str,
        folder: Path,
        columns: int = 80,
        rows: int = TALL,
        **environment: str,
    ) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self._screen)
        self.raw = ""
        inherited = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
        self._child = pexpect.spawn(
            sys.executable,
            ["-m", "cli", *command],
            cwd=str(folder),
            env={
                **inherited,
                "PYTHONPATH": str(ROOT),
                "TERM": "xterm-256color",
                "PYTHONUTF8": "1",
                **environment,
            },
            dimensions=(rows, columns),
            encoding="utf-8",
            timeout=PATIENCE_SECONDS,
        )

        self._screen.write_process_input = self._child.send  # it tells where its cursor is

    @property
    def screen(self) -> list[str]:
        """Every row of the screen."""
        return [line.rstrip() for line in self._screen.display]

    @property
    def lines(self) -> list[str]:
        """The screen, line by line, without the empty ones."""
        return [line.rstrip() for line in self._screen.display if line.strip()]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def see(self, text: str, times: int = 1) -> None:
        """Wait until a text stands on the screen (so often)."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while self.text.count(text) < times:
            assert time.monotonic() < deadline, f"{text!r} never came; the screen:\n{self.text}"
            self._read()

    def type(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self._child.send(key)

    def resize(self, columns: int, rows: int = TALL) -> None:
        """Drag the window to another size."""
        self._screen.resize(rows, columns)
        self._child.setwinsize(rows, columns)

    def kill(self, with_signal: int) -> None:
        """End it from outside, at once."""
        self._child.kill(with_signal)
        self._child.wait()

    def leave(self) -> int:
        """Wait for the end; the exit code."""
        while self._child.isalive() or self._read():
            self._read()
        self._child.close()
        assert self._child.exitstatus is not None, f"killed by signal {self._child.signalstatus}"
        return self._child.exitstatus

    def _read(self) -> bool:
        try:
            came = self._child.read_nonblocking(size=65536, timeout=0.05)
        except pexpect.TIMEOUT:
            return False
        except pexpect.EOF:
            return False
        self.raw += came
        self._stream.feed(came)
        return True
