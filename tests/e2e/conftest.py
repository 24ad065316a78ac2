"""The program on a tmux window, and on a bare pseudo-terminal."""

import fcntl
import os
import pty
import re
import select
import shutil
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from shlex import join

import pytest

from glossary.data import FOLDER

ROOT = Path(__file__).parents[2]
PROGRAM = [sys.executable, "-m", "tui"]

# What the tests' own surroundings would tell the program about its terminal.
UNSET = ("TMUX", "NO_COLOR", "TEXTUAL_THEME", "COLUMNS", "LINES")


class Window:
    """A tmux window of its own server with the program in it; when the program ends, its exit code is shown."""

    def __init__(
        self, state: Path, arguments: Sequence[object], size: tuple[int, int] = (120, 35), before: str = ""
    ) -> None:
        """`before` is what the shell does or sets before the program starts."""
        self.socket = f"tolmach-{os.getpid()}-{time.monotonic_ns()}"
        # What is decided goes to a memory of the test's own.
        places = f"export XDG_STATE_HOME={state} XDG_DATA_HOME={state.parent / 'data'}"
        after = "echo left with $?; stty -a | grep -oE '.(icanon|echo) '; cat"
        inner = f"{places}; cd {ROOT}; {before} {join([*PROGRAM, *map(str, arguments)])}; {after}"
        self.tmux("-f", "/dev/null", "new-session", "-d", "-x", str(size[0]), "-y", str(size[1]), "sh", "-c", inner)

    def tmux(self, *arguments: str) -> str:
        environment = {k: v for k, v in os.environ.items() if k not in UNSET}
        environment["LANG"] = "C.UTF-8"
        done = subprocess.run(
            ["tmux", "-u", "-L", self.socket, *arguments], capture_output=True, text=True, check=True, env=environment
        )
        return done.stdout

    def screen(self) -> str:
        """What is to be seen."""
        return self.tmux("capture-pane", "-p")

    def sees(self, pattern: str, seconds: float = 90) -> str:
        """Wait until `pattern` is on the screen; returns the screen."""
        return self._wait(pattern, seconds, True)

    def misses(self, pattern: str, seconds: float = 60) -> str:
        """Wait until `pattern` is not on the screen any more."""
        return self._wait(pattern, seconds, False)

    def _wait(self, pattern: str, seconds: float, wanted: bool) -> str:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            screen = self.screen()
            if bool(re.search(pattern, screen)) is wanted:
                return screen
            if "check failed" in screen:
                break
            time.sleep(0.05)
        raise AssertionError(f"{pattern!r} {'not seen' if wanted else 'still there'}:\n{self.screen()}")

    def press(self, *keys: str) -> None:
        """Named keys (F8, C-s, Enter) or single characters of any layout."""
        for key in keys:
            self.tmux("send-keys", *(["-l"] if len(key) == 1 else []), key)

    def types(self, text: str) -> None:
        """Letters, one after the other."""
        self.tmux("send-keys", "-l", text)

    def seek(self, pattern: str, key: str = "F8") -> str:
        """Go from finding to finding until the explanation says `pattern`."""
        for _ in range(40):
            before = self.screen()
            self.press(key)
            if re.search(pattern, shown := self._after(before)):
                return shown
        raise AssertionError(f"no finding {pattern!r}:\n{self.screen()}")

    def _after(self, before: str, seconds: float = 10) -> str:
        """The screen when it has changed and rests again, so that no key is still on its way."""
        end, last = time.monotonic() + seconds, before
        while time.monotonic() < end:
            time.sleep(0.1)
            now = self.screen()
            if now == last != before:
                break
            last = now
        return last

    def program(self) -> int:
        """The process id of the program itself."""
        shell = self.tmux("display-message", "-p", "#{pane_pid}").strip()
        found = subprocess.run(["pgrep", "-P", shell], capture_output=True, text=True, check=True)
        return int(found.stdout.split()[0])

    def close(self) -> None:
        subprocess.run(["tmux", "-L", self.socket, "kill-server"], capture_output=True, check=False)


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """The demo article and its Russian rendering, to be changed."""
    for lang in ("en", "ru"):
        shutil.copy(FOLDER / "demo" / f"intercept.{lang}.txt", tmp_path)
    return tmp_path / "intercept.en.txt", tmp_path / "intercept.ru.txt"


@pytest.fixture
def window(tmp_path: Path) -> Iterator[Callable[..., Window]]:
    """Windows that are closed after the test."""
    opened: list[Window] = []

    def make(*arguments: object, size: tuple[int, int] = (120, 35), before: str = "") -> Window:
        opened.append(Window(tmp_path / "state", arguments, size, before))
        return opened[-1]

    yield make
    for one in opened:
        one.close()


class Wire:
    """The program on a bare pseudo-terminal; `sent` is every byte it wrote."""

    def __init__(self, arguments: Sequence[object], state: Path, **environment: str) -> None:
        self.sent = b""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(state.parent)  # waivers are written where one works
            places = {
                "PYTHONPATH": str(ROOT),
                "XDG_STATE_HOME": str(state),
                "XDG_DATA_HOME": str(state.parent / "data"),
            }
            os.environ.update({"TERM": "xterm-256color", "COLUMNS": "120", "LINES": "40", **places, **environment})
            os.execv(PROGRAM[0], [*PROGRAM, *map(str, arguments)])
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))

    def read(self, quiet: float, limit: float) -> None:
        """Read until nothing comes for `quiet` seconds."""
        end = time.monotonic() + limit
        while time.monotonic() < end:
            if not select.select([self.fd], [], [], quiet)[0]:
                return
            try:
                chunk = os.read(self.fd, 1 << 16)
            except OSError:
                return
            if not chunk:
                return
            self.sent += chunk

    def until(self, pattern: bytes, seconds: float = 90, after: int = 0) -> None:
        """Read until `pattern` is in what was sent, behind the first `after` bytes."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and not re.search(pattern, self.sent[after:]):
            self.read(0.1, 0.5)
        assert re.search(pattern, self.sent[after:]), (pattern, self.sent[-2000:])

    def press(self, keys: bytes, quiet: float = 0.2) -> None:
        os.write(self.fd, keys)
        self.read(quiet, 5)

    def leave(self) -> int:
        """Quit; the exit code."""
        os.write(self.fd, b"\x11")
        self.read(60, 120)  # to the end
        _, status = os.waitpid(self.pid, 0)
        os.close(self.fd)
        return os.waitstatus_to_exitcode(status)


@pytest.fixture
def wire(tmp_path: Path) -> Callable[..., Wire]:
    """The program on a bare pseudo-terminal."""
    return Wire
