"""`tolmach watch` in a process of its own: what changes is checked, whatever happens to the files."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import IO, Any

import pytest

Run = Callable[..., Any]
SECONDS = 60


class Watch:
    """A running `tolmach watch`."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-m", "tui", "watch", str(folder), "--format", "jsonl", "--every", "0.1"]
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=environment,
        )
        self.lines: Queue[str] = Queue()
        for stream in (self.process.stdout, self.process.stderr):
            assert stream is not None
            Thread(target=self._read, args=(stream,), daemon=True).start()

    def _read(self, stream: IO[str]) -> None:
        for line in stream:
            self.lines.put(line)

    def until(self, wanted: str) -> str:
        """The first line with these words."""
        end = time.monotonic() + SECONDS
        while True:
            line = self.lines.get(timeout=max(0.1, end - time.monotonic()))
            if wanted in line:
                return line

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(SECONDS)
        for stream in (self.process.stdout, self.process.stderr):
            assert stream is not None
            stream.close()
        return code


@pytest.fixture
def watch(pair: tuple[Path, Path]) -> Iterator[Watch]:
    (pair[0].parent / ".git").mkdir()
    running = Watch(pair[0].parent)
    running.until("watching")
    yield running
    if running.process.poll() is None:
        running.stop()


def test_a_change_is_checked_until_ctrl_c(watch: Watch, pair: tuple[Path, Path], texts: dict[str, str]) -> None:
    source, target = pair
    target.write_text(texts["ru"].replace("57", "75"), encoding="utf-8")
    record = json.loads(watch.until('"schema"'))
    assert record["id"] == "a.ru"
    assert "number-mismatch" in [finding["rule"] for finding in record["findings"]]
    target.rename(target.with_name("b.ru.txt"))
    watch.until("is gone")
    watch.until("b.ru: cannot be read")
    source.rename(source.with_name("b.en.txt"))
    assert "number-mismatch" in watch.until('"findings"')
    (source.parent / "tolmach.toml").write_text('fial-on = "error"', encoding="utf-8")
    watch.until("did you mean `fail-on`?")
    (source.parent / "tolmach.toml").write_text('ignore = ["F"]', encoding="utf-8")
    assert "number-mismatch" not in watch.until('"findings"')
    assert watch.stop() == 0


def test_what_watch_refuses(tolmach: Run, pair: tuple[Path, Path]) -> None:
    assert tolmach("watch", *pair).code == 2
    assert tolmach("watch", pair[0].parent / "nowhere").code == 2
    assert tolmach("watch", pair[0].parent, "--format", "html").code == 2
    assert tolmach("watch", pair[0].parent, "--select", "nothing").code == 2
