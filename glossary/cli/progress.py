"""A progress line on stderr: only on a terminal, only when the work takes over a second."""

import sys
import time


class Progress:
    """Counts steps of a known total; a context manager that leaves no trace on the line."""

    def __init__(self, total: int, quiet: bool = False) -> None:
        self.total = total
        self.done = 0
        self.shown = False
        self.wanted = not quiet and total > 1 and sys.stderr is not None and sys.stderr.isatty()
        self.begin = self.last = time.monotonic()

    def __enter__(self) -> "Progress":
        return self

    def step(self) -> None:
        """One more is done."""
        self.done += 1
        now = time.monotonic()
        if self.wanted and now - self.begin > 1 and now - self.last > 0.1:
            self.last = now
            self.shown = True
            filled = 30 * self.done // self.total
            left = (now - self.begin) / self.done * (self.total - self.done)
            bar = "█" * filled + "·" * (30 - filled)
            print(f"\r{bar} {self.done}/{self.total} · {left:.0f} s left ", end="", file=sys.stderr, flush=True)

    def __exit__(self, *rest: object) -> None:
        if self.shown:
            print("\r" + " " * 70 + "\r", end="", file=sys.stderr, flush=True)
