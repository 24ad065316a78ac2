"""stdout as a context manager, for commands that write to a file or to it."""

import sys
from contextlib import AbstractContextManager
from typing import IO


class StandardOutput(AbstractContextManager[IO[str]]):
    """stdout as UTF-8, whatever the locale says; not closed at the end."""

    def __enter__(self) -> IO[str]:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
        return sys.stdout

    def __exit__(self, *rest: object) -> None:
        sys.stdout.flush()
