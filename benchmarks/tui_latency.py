"""How quick the terminal UI is, measured through a real pseudo-terminal.

    python benchmarks/tui_latency.py [--segments 200 2000 10000] [--keys 40]

First text is the time from exec to the first target sentence on the screen. A key's time is from writing it to the
last byte of what is painted in answer. Findings is the time from the last keystroke to the headline with another count
of findings: a figure is typed that the source does not have, and taken away again. Stall is the longest time in which
the event loop did not turn while a pair was read and checked. Memory is that of the screen and that of the process that
checks, and of both with what they share counted once, when both rest. Times are wall-clock milliseconds, median and
95th percentile; the load of the machine stands beside them.
"""

import argparse
import asyncio
import fcntl
import os
import pty
import re
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
SIZE = (140, 45)
QUIET = 0.09  # seconds without a byte that end a burst
SEEN = 8000  # bytes of what was written last that the headline is looked for in
REST = 1.0  # seconds without a byte after which the next figure is typed
KEYS = {"down": b"\x1b[B", "page": b"\x1b[6~", "finding": b"\x1b[19~"}


def write_pair(folder: Path, segments: int) -> tuple[Path, Path]:
    """A pair as long as asked, made of the demo article with running numbers, so that no two sentences are the same."""
    from glossary.data import FOLDER
    from glossary.text.segment import document

    paths = []
    for lang in ("en", "ru"):
        text = (FOLDER / "demo" / f"intercept.{lang}.txt").read_text(encoding="utf-8")
        article = document(text, lang)
        sentences = [article.sentence(n) for n in range(len(article.sentences))]
        word = "Report" if lang == "en" else "Сообщение"
        lines = [f"{word} {n}: {sentences[n % len(sentences)]}" for n in range(segments)]
        path = folder / f"long{segments}.{lang}.txt"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        paths.append(path)
    return paths[0], paths[1]


def resident(process: int) -> dict[str, float]:
    """Resident megabytes of a process by the file they were read from, "" for those of its own."""
    found: dict[str, float] = {}
    file = ""
    for line in Path(f"/proc/{process}/smaps").read_text(encoding="utf-8").splitlines():
        if head := re.match(r"[0-9a-f]+-[0-9a-f]+ \S+ \S+ \S+ \d+\s*(.*)", line):
            file = head.group(1)
        elif part := re.match(r"(Rss|Anonymous):\s+(\d+)", line):
            size = int(part.group(2)) / 1024
            own = part.group(1) == "Anonymous"
            found[file] = found.get(file, 0.0) + (-size if own else size)
            found[""] = found.get("", 0.0) + (size if own else 0.0)
    return found


def greatest(process: int) -> float:
    """The most megabytes a process was resident with."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s+(\d+)", status)
    return int(found.group(1)) / 1024 if found else float("nan")


def processor_time(process: int) -> float:
    """Tenths of a second that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) // (os.sysconf("SC_CLK_TCK") // 10)


def plain(written: bytes) -> str:
    """What was written to a terminal, without its commands."""
    return re.sub(r"\x1b\[[0-9;?<>=]*[A-Za-z]", "", written.decode("utf-8", "replace"))


class Terminal:
    """The program on a pseudo-terminal."""

    def __init__(self, arguments: Sequence[str], state: Path) -> None:
        self.seen, self.notes = b"", 0
        self.started = time.perf_counter()
        self.process, self.fd = pty.fork()
        if self.process == 0:
            os.chdir(ROOT)
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", XDG_STATE_HOME=str(state))
            for name in ("NO_COLOR", "TEXTUAL_THEME"):
                os.environ.pop(name, None)
            os.execv(sys.executable, [sys.executable, "-m", "tui", "open", *arguments])
        self.resize(*SIZE, tell=False)

    def resize(self, width: int, height: int, tell: bool = True) -> None:
        """Another size of the window."""
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        if tell:
            os.kill(self.process, signal.SIGWINCH)

    def read(self, seconds: float) -> bytes:
        """What comes within this time; empty if nothing does or the program has ended."""
        ready, _, _ = select.select([self.fd], [], [], seconds)
        if not ready:
            return b""
        try:
            written = os.read(self.fd, 1 << 16)
        except OSError:
            return b""
        self.seen = (self.seen + written)[-SEEN:]
        if counts := re.findall(r"(\d+) ~", plain(self.seen)):
            self.notes = int(counts[-1])
        return written

    def until(self, pattern: str, seconds: float) -> float:
        """Seconds from the start until `pattern` was on the way to the screen; raises TimeoutError."""
        seen = b""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            seen += self.read(0.05)
            if re.search(pattern, plain(seen)):
                return time.perf_counter() - self.started
        raise TimeoutError(pattern)

    def settle(self, quiet: float = 1.5, limit: float = 120.0) -> None:
        """Wait until nothing is painted any more."""
        end = time.perf_counter() + limit
        while time.perf_counter() < end and self.read(quiet):
            pass

    def burst(self, content: bytes, quiet: float = QUIET) -> float | None:
        """Milliseconds from writing `content` to the last byte painted in answer; None if nothing was painted."""
        begin = time.perf_counter()
        if content:
            os.write(self.fd, content)
        last = None
        while self.read(quiet if last is not None else 0.5):
            last = time.perf_counter()
        return None if last is None else (last - begin) * 1000

    def told(self, content: bytes, seconds: float = 30.0) -> float | None:
        """Milliseconds from writing `content` to the headline with another count of notes; None if none came."""
        begin, before = time.perf_counter(), self.notes
        os.write(self.fd, content)
        while time.perf_counter() < begin + seconds:
            self.read(0.02)
            if self.notes != before:
                return (time.perf_counter() - begin) * 1000
        return None

    def memory(self) -> str:
        """Resident megabytes of the screen, of the process that checks, and of both with what is read from the same
        file counted once, whatever else runs on the machine, when both rest; and the most each of them had."""
        listed = Path(f"/proc/{self.process}/task/{self.process}/children").read_text(encoding="ascii").split()
        processes = [self.process, *map(int, listed)]
        used = [-1.0]
        while used != (now := list(map(processor_time, processes))):
            used = now
            self.settle(REST)
        parts = [resident(number) for number in processes]
        own = sum(part.pop("", 0.0) for part in (dict(part) for part in parts))
        files = {file for part in parts for file in part if file}
        shared = sum(max(part.get(file, 0.0) for part in parts) for file in files)
        rest, most = (
            " + ".join(f"{size:.0f}" for size in sizes)
            for sizes in ((sum(part.values()) for part in parts), map(greatest, processes))
        )
        return f"{rest}, together {own + shared:.0f}, at most {most}"

    def close(self) -> None:
        """Leave the program."""
        os.write(self.fd, b"\x11")
        end = time.perf_counter() + 5
        while time.perf_counter() < end and self.read(0.3):
            pass
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        os.close(self.fd)


def spread(samples: Sequence[float]) -> str:
    """Median and 95th percentile."""
    if not samples:
        return "–"
    ordered = sorted(samples)
    return f"{statistics.median(ordered):.0f} / {ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]:.0f}"


def measure(segments: int, keys: int, folder: Path) -> dict[str, str]:
    """All figures for a pair of this length."""
    source, target = write_pair(folder, segments)
    terminal = Terminal([str(source), str(target)], folder / "state")
    row: dict[str, str] = {"segments": str(segments)}
    try:
        row["first text s"] = f"{terminal.until('Сообщение 0', 30):.2f}"
        row["checked s"] = f"{terminal.until('[0-9]+ rows', 240):.1f}"
        terminal.settle()
        for name, key in KEYS.items():
            samples = [terminal.burst(key) for _ in range(keys if name == "down" else keys // 2)]
            row[name] = spread([sample for sample in samples if sample is not None])
        terminal.burst(b"\x1bOQ")
        # The letter itself is painted first; what the check found comes a pause and a check later.
        samples = [terminal.burst("слово "[n % 6].encode(), 0.02) for n in range(keys)]
        row["typing"] = spread([sample for sample in samples if sample is not None])
        terminal.settle(0.5)
        terminal.burst(b" ")
        samples = []
        for _ in range(keys // 8):
            for key in (b"8", b"\x7f"):
                terminal.settle(REST)
                samples.append(terminal.told(key))
        row["findings"] = spread([sample for sample in samples if sample is not None])
        terminal.burst(b"\x1b")
        terminal.settle()
        widths = (120, 100, 90, 140)
        resizes = []
        for width in widths:
            terminal.resize(width, SIZE[1])
            resizes.append(terminal.burst(b""))
        row["resize"] = spread([sample for sample in resizes if sample is not None])
        row["MB"] = terminal.memory()
    finally:
        terminal.close()
    return row


async def stall(source: Path, target: Path) -> tuple[float, float]:
    """The longest stop of the event loop in milliseconds while a pair is read and checked: on the wall, and in CPU
    time of the thread that paints (what the program itself is to blame for on a machine that has other work)."""
    from tui.app import TolmachApp
    from tui.desk import Desk

    worst = [0.0, 0.0]
    done = asyncio.Event()

    async def beat() -> None:
        while not done.is_set():
            before, used = time.perf_counter(), time.thread_time()
            await asyncio.sleep(0.005)
            worst[0] = max(worst[0], time.perf_counter() - before - 0.005)
            worst[1] = max(worst[1], time.thread_time() - used)

    desk = Desk(source, target)
    app = TolmachApp(desk)
    async with app.run_test(size=SIZE) as pilot:
        heart = asyncio.create_task(beat())
        await app.workers.wait_for_complete()
        await pilot.pause()
        done.set()
        await heart
    desk.close()
    return worst[0] * 1000, worst[1] * 1000


def main() -> None:
    """Measure and print a table."""
    sys.path.insert(0, str(ROOT))
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--segments", type=int, nargs="+", default=[200, 2000])
    parser.add_argument("--keys", type=int, default=40)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for segments in options.segments:
            row = measure(segments, options.keys, folder)
            wall, own = asyncio.run(stall(*write_pair(folder, segments)))
            row["stall"] = f"{wall:.0f} (CPU {own:.0f})"
            row["load"] = f"{os.getloadavg()[0]:.1f}"
            print("  ".join(f"{key} {value}" for key, value in row.items()), flush=True)


if __name__ == "__main__":
    main()
