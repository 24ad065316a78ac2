"""Stories on a real terminal: tmux for what a person sees, a bare pseudo-terminal for what is really sent."""

import fcntl
import os
import pty
import re
import runpy
import select
import shutil
import signal
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
CORPUS = runpy.run_path(str(ROOT / "tests" / "tui" / "hostile.py"))

# What the tests' own surroundings would tell the program about its terminal.
UNSET = ("TMUX", "NO_COLOR", "TEXTUAL_THEME", "COLUMNS", "LINES")

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")]


class Window:
    """A tmux window of its own server with the program in it; when the program ends, its exit code is shown."""

    def __init__(self, state: Path, arguments: Sequence[object], size: tuple[int, int] = (120, 35)) -> None:
        self.socket = f"tolmach-{os.getpid()}-{time.monotonic_ns()}"
        inner = f"cd {ROOT} && XDG_STATE_HOME={state} {join([*PROGRAM, *map(str, arguments)])}; echo left with $?; cat"
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

    def sees(self, pattern: str, seconds: float = 40) -> str:
        """Wait until `pattern` is on the screen; returns the screen."""
        return self._wait(pattern, seconds, True)

    def misses(self, pattern: str, seconds: float = 20) -> str:
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
            self.press(key)
            time.sleep(0.15)
            if re.search(pattern, self.screen()):
                return self.screen()
        raise AssertionError(f"no finding {pattern!r}:\n{self.screen()}")

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

    def make(*arguments: object, size: tuple[int, int] = (120, 35)) -> Window:
        opened.append(Window(tmp_path / "state", arguments, size))
        return opened[-1]

    yield make
    for one in opened:
        one.close()


def test_fix_a_term_save_and_leave(window: Callable[..., Window], pair: tuple[Path, Path]) -> None:
    before = pair[1].read_text(encoding="utf-8")
    story = window("open", *pair)
    story.sees(r"\d+ rows")
    screen = story.seek("T101 term-forbidden")
    assert "Why" in screen
    story.press("F4")
    story.sees("not saved")
    story.press("C-s")
    story.sees("Save these changes")
    assert pair[1].read_text(encoding="utf-8") == before
    story.press("Enter")
    story.misses("not saved")
    after = pair[1].read_text(encoding="utf-8")
    assert after != before
    assert len(after.splitlines()) == len(before.splitlines())
    changed = [a for a, b in zip(after.splitlines(), before.splitlines(), strict=True) if a != b]
    assert len(changed) == 1
    story.press("C-q")
    story.sees("left with 0")


def test_a_day_on_a_cyrillic_layout_then_kill_and_recover(
    window: Callable[..., Window], pair: tuple[Path, Path]
) -> None:
    """Findings т, edit у, merge ь, undo Ctrl+Z, waive ц, all by position; kill -9; everything is there again."""
    before = pair[1].read_text(encoding="utf-8")
    story = window("open", *pair)
    story.sees(r"\d+ rows")
    story.seek("T101 term-forbidden", "т")
    story.press("у")
    story.sees("Enter keep")
    story.press("Home")
    story.types("Ещё ")
    story.sees("not saved")
    story.press("Enter")
    story.misses("Enter keep")
    rows = int(re.findall(r"(\d+) rows", story.sees(r"\d+ rows"))[0])
    story.press("ь")
    story.sees(f"{rows - 1} rows")
    story.press("C-z")
    story.sees(f"{rows} rows")
    story.press("т", "ц")
    story.sees("Waive this finding")
    story.types("так надо")
    story.press("Enter")
    story.misses("Waive this finding")
    os.kill(story.program(), signal.SIGKILL)
    story.sees("left with 137")
    assert pair[1].read_text(encoding="utf-8") == before
    again = window("open", *pair)
    again.sees("2 edits of the last session restored")
    assert "Ещё" in again.sees(r"\d+ rows")


def test_quotes_terms_and_back(window: Callable[..., Window], pair: tuple[Path, Path]) -> None:
    story = window("open", *pair, size=(80, 24))
    story.sees(r"\d+ rows")
    story.press("F9")
    story.sees("utterances")
    story.press("Escape")
    story.misses("utterances")
    story.press("C-t")
    story.sees("concepts")
    story.types("танками")
    story.sees("tank → танк")
    story.press("Escape")
    story.misses("concepts")
    os.kill(story.program(), signal.SIGTERM)
    story.sees("left with 143")


def test_a_file_that_is_gone(window: Callable[..., Window], pair: tuple[Path, Path]) -> None:
    story = window("open", *pair)
    story.sees(r"\d+ rows")
    pair[1].unlink()
    story.seek("T101 term-forbidden")
    story.press("F4")
    story.sees("not saved")
    story.press("C-s")
    story.sees("no such file")
    story.press("C-q")
    story.sees("left with 0")


def test_start_screen_and_small_terminal(window: Callable[..., Window]) -> None:
    story = window()
    story.sees("An intercepted call, in Ukrainian")
    story.press("C-q")
    story.sees("left with 0")
    small = window(size=(40, 10))
    assert "left with 2" in small.sees("left with")
    assert "40x10" in small.screen()


# ── what is really sent ──


class Wire:
    """The program on a bare pseudo-terminal; `sent` is every byte it wrote."""

    def __init__(self, arguments: Sequence[object], state: Path, **environment: str) -> None:
        self.sent = b""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(ROOT)
            os.environ.update(
                {"TERM": "xterm-256color", "XDG_STATE_HOME": str(state), "COLUMNS": "120", "LINES": "40", **environment}
            )
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

    def until(self, pattern: bytes, seconds: float = 40) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end and not re.search(pattern, self.sent):
            self.read(0.1, 0.5)
        assert re.search(pattern, self.sent), self.sent[-2000:]

    def press(self, keys: bytes, quiet: float = 0.2) -> None:
        os.write(self.fd, keys)
        self.read(quiet, 5)

    def leave(self) -> int:
        """Quit; the exit code."""
        os.write(self.fd, b"\x11")
        self.read(1.0, 10)
        _, status = os.waitpid(self.pid, 0)
        os.close(self.fd)
        return os.waitstatus_to_exitcode(status)


def commands(sent: bytes) -> set[str]:
    """The kinds of commands in what was sent: OSC with its number, DCS, APC, other single escapes, C1, controls."""
    text = sent.decode("utf-8", "replace")
    kinds = {f"OSC {number}" for number in re.findall(r"\x1b\](\d*)", text)}
    kinds |= {f"ESC {letter}" for letter in re.findall(r"\x1b([^\[\]])", text)}
    kinds |= {
        repr(letter) for letter in re.findall(r"[\x00-\x07\x0b\x0c\x0e\x0f\x10-\x1a\x7f-\x9f\u061c\u200e\u200f]", text)
    }
    return kinds | {repr(letter) for letter in re.findall(r"[\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff]", text)}


KEYS = (b"\x1b[19~", b"\x1bOQ", b"\x1b", b"\x1b[20~", b"\x1b[B", b"\x1b", b"\x1b[6~", b"\x1b[19~", b"\x1b[18~", b"\x1b")


def walk(folder: Path, name: str, source: str, target: str, last: bytes) -> Wire:
    """Open a pair, go through the screens with the same keys, and down the pages until `last` was painted."""
    folder.mkdir()
    paths = [folder / f"{name}.en.txt", folder / f"{name}.ru.txt"]
    for path, text in zip(paths, (source, target), strict=True):
        path.write_text(text, encoding="utf-8", errors="replace", newline="")
    wire = Wire(["open", *paths, "--from", "en", "--to", "ru"], folder / "state")
    wire.until(rb"\d+ rows")
    wire.read(0.5, 5)
    for keys in KEYS:
        wire.press(keys)
    for _ in range(100):
        wire.press(b"\x1b[6~", 0.15)
        if last in wire.sent:
            break
    return wire


def test_nothing_of_a_hostile_pair_reaches_the_terminal_raw(tmp_path: Path) -> None:
    payloads = CORPUS["PAYLOADS"]
    # Enough text around them, or the pair would be refused as binary.
    english = [f"The tank {p} fired friendly fire. {'It was a quiet day at the front. ' * 6}" for p in payloads]
    russian = [f"Танк {p} открыл дружественный огонь. {'На фронте был тихий день. ' * 6}" for p in payloads]
    tame = ["\n\n".join([text] * 9) for text in ("The tank fired.", "Танк стрелял.")]
    wild = ["\n\n".join([*texts, "Omega 4242."]) for texts in (english, russian)]
    plain = walk(tmp_path / "plain", "plain", *tame, b"Tolmach")
    hostile = walk(tmp_path / "hostile", "\x1b]0;PWNED\x07[sic]\u202e", *wild, b"Omega 4242")
    assert hostile.leave() == plain.leave() == 0
    assert commands(hostile.sent) <= commands(plain.sent)
    assert b"\x1b]0;PWNED" not in hostile.sent
    assert "␛]0;PWNED".encode() in hostile.sent
    assert b"[@click=app.quit]" in hostile.sent


def test_a_dumb_terminal_is_refused_in_two_lines(tmp_path: Path) -> None:
    wire = Wire(["open", "a.txt", "b.txt"], tmp_path, TERM="dumb")
    wire.until(b"Without a screen: tolmach check a.txt b.txt")
    _, status = os.waitpid(wire.pid, 0)
    os.close(wire.fd)
    assert os.waitstatus_to_exitcode(status) == 2
    assert b"Traceback" not in wire.sent
    assert b"\x1b" not in wire.sent
