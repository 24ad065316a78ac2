"""A progress line on stderr: only on a terminal, only when the work takes over a second."""

import sys
import time


def on_terminal() -> bool:
    """Whether somebody can see a progress line."""
    return sys.stderr is not None and sys.stderr.isatty()


class Progress:
    """Counts steps of a total (0: not known); a context manager that leaves no trace on the line."""

    def __init__(self, total: int, quiet: bool = False) -> None:
        self.total = total
        self.done = 0
        self.shown = False
        self.wanted = not quiet and total != 1 and on_terminal()
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
            print(f"\r{self._line(now - self.begin)} ", end="", file=sys.stderr, flush=True)

    def _line(self, seconds: float) -> str:
        if not self.total:
            return f"{self.done} done · {seconds:.0f} s"
        filled = min(30, 30 * self.done // self.total)
        left = seconds / self.done * max(0, self.total - self.done)
        return f"{'█' * filled}{'·' * (30 - filled)} {self.done}/{self.total} · {left:.0f} s left"

    def __exit__(self, *rest: object) -> None:
        if self.shown:
            print("\r" + " " * 70 + "\r", end="", file=sys.stderr, flush=True)
