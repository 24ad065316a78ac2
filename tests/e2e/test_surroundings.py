"""Bad surroundings: a clear line, no traceback, the terminal as it was, nothing lost."""

import os
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")]

NOT_ALL = "setpriv --bounding-set=-dac_override,-dac_read_search"


def ended(story: Any, code: int) -> None:
    """The program has ended with this code, the terminal echoes again, and nothing of Python's is to be seen."""
    screen = story.sees(f"left with {code}")
    assert "Traceback" not in screen
    assert "-icanon" not in story.sees("icanon")
    assert "-echo" not in story.sees("echo")


def test_a_dumb_terminal_is_refused_in_two_lines(wire: Any, tmp_path: Path) -> None:
    dumb = wire(["open", "a.txt", "b.txt"], tmp_path, TERM="dumb")
    dumb.until(b"Without a screen: tolmach check a.txt b.txt")
    _, status = os.waitpid(dumb.pid, 0)
    os.close(dumb.fd)
    assert os.waitstatus_to_exitcode(status) == 2
    assert b"Traceback" not in dumb.sent
    assert b"\x1b" not in dumb.sent


def test_a_small_terminal(window: Callable[..., Any]) -> None:
    small = window(size=(40, 10))
    assert "40x10" in small.sees("40x10")


def test_the_start_screen(window: Callable[..., Any]) -> None:
    story = window()
    story.sees("An intercepted call, in Ukrainian")
    story.press("C-q")
    ended(story, 0)


def test_a_file_that_is_gone(window: Callable[..., Any], pair: tuple[Path, Path]) -> None:
    story = window("open", *pair)
    story.sees(r"\d+ rows")
    pair[1].unlink()
    story.seek("T101 term-forbidden")
    story.press("F4")
    story.sees("not saved")
    story.press("C-s")
    story.sees("The file is gone")
    story.press("Enter")
    story.sees("Saved")
    assert "по своим" in pair[1].read_text(encoding="utf-8")
    story.press("C-q")
    ended(story, 0)


def cannot_save(story: Any) -> None:
    """Accept a suggestion and try to save: refused with the reason, and nothing is lost."""
    story.seek("T101 term-forbidden")
    story.press("F4")
    story.sees("not saved")
    story.press("C-s")
    story.sees("Save these changes")
    story.press("Enter")
    story.sees("The file is as it was")
    story.sees("your edits are kept")
    story.press("Escape")
    story.misses("The file is as it was")


def lost_only_if_meant(story: Any) -> None:
    """Leave where edits cannot be kept: only after a question."""
    story.press("C-q")
    story.sees("lose what is not saved")
    story.press("Escape")
    story.misses("lose what is not saved")
    story.press("C-q")
    story.sees("lose what is not saved")
    story.press("Enter")
    ended(story, 0)


@pytest.mark.skipif(shutil.which("setpriv") is None, reason="setpriv is not installed")
def test_a_directory_that_cannot_be_written(window: Callable[..., Any], pair: tuple[Path, Path]) -> None:
    before = pair[1].read_bytes()
    pair[1].parent.chmod(0o555)
    try:
        story = window("open", *pair, before=f"{NOT_ALL} env XDG_STATE_HOME=/proc/nowhere")
        story.sees("edits cannot be kept")
        cannot_save(story)
        lost_only_if_meant(story)
    finally:
        pair[1].parent.chmod(0o755)
    assert pair[1].read_bytes() == before
    assert not list(pair[1].parent.glob(".intercept*"))


def test_a_full_disk(window: Callable[..., Any], pair: tuple[Path, Path]) -> None:
    """A limit on the size of files stands for a disk without room."""
    before = pair[1].read_bytes()
    story = window("open", *pair, before="ulimit -f 4;")
    story.sees(r"\d+ rows")
    cannot_save(story)
    assert "not saved" in story.screen()
    lost_only_if_meant(story)
    assert pair[1].read_bytes() == before
    assert not list(pair[1].parent.glob(".intercept*"))


def test_no_home(window: Callable[..., Any], pair: tuple[Path, Path]) -> None:
    story = window("open", *pair, before="env -u XDG_STATE_HOME -u XDG_DATA_HOME HOME=")
    story.sees("no home directory")
    story.sees(r"\d+ rows")
    story.seek("T101 term-forbidden")
    story.press("F4")
    story.sees("not saved")
    lost_only_if_meant(story)


def test_a_second_window_on_the_same_pair(window: Callable[..., Any], pair: tuple[Path, Path]) -> None:
    first = window("open", *pair)
    first.sees(r"\d+ rows")
    second = window("open", *pair)
    second.sees("open in another window")
    second.sees(r"\d+ rows")
    second.press("C-q")
    ended(second, 0)
    first.seek("T101 term-forbidden")
    first.press("F4")
    first.sees("not saved")


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_ends_the_program_in_order(window: Callable[..., Any], pair: tuple[Path, Path], name: str) -> None:
    number = getattr(signal, name)
    story = window("open", *pair)
    story.sees(r"\d+ rows")
    story.press("F2")
    story.sees("Enter keep")
    story.types(" Ещё")
    story.sees("not saved")
    program = story.program()
    os.kill(program, number)
    ended(story, 128 + number)
    end = time.monotonic() + 10
    while time.monotonic() < end and Path(f"/proc/{program}").exists():
        time.sleep(0.05)
    again = window("open", *pair)
    again.sees("1 edit of the last session restored")
    assert "Ещё" in again.sees(r"\d+ rows")


def test_a_window_that_is_closed_ends_the_program(window: Callable[..., Any], pair: tuple[Path, Path]) -> None:
    story = window("open", *pair)
    story.sees(r"\d+ rows")
    status = Path(f"/proc/{story.program()}/status")
    story.close()
    end = time.monotonic() + 60
    while time.monotonic() < end and status.exists() and "State:\tZ" not in status.read_text(encoding="ascii"):
        time.sleep(0.1)
    assert time.monotonic() < end
