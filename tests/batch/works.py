"""Work for the engines' tests, importable by name in worker processes. What kills says so in its name."""

import os
import signal
import time
from pathlib import Path


def squared(number: int) -> int:
    return number * number


def squared_slowly(number: int) -> int:
    time.sleep(0.01)
    return number * number


def squared_or_killed_by_7(number: int) -> int:
    """The work kills its own process under the number 7, every time."""
    if number == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def squared_and_killed_once(folder: str, number: int) -> int:
    """The work kills its own process the first time it meets a number that ends in 3."""
    mark = Path(folder) / str(number)
    if number % 10 == 3 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def squared_or_raised_by_5(number: int) -> int:
    if number == 5:
        raise RecursionError("too deep for 5")
    return number * number


def refused(number: int) -> int:
    from glossary.errors import GlossaryError

    raise GlossaryError("no glossary", "here", "write one")


def worker_number(number: int) -> int:
    time.sleep(0.005)
    return os.getpid()


def long_text(number: int) -> str:
    return str(number) * 400_000


def squared_unless_the_worker_is_new(folder: str, number: int) -> int:
    """The first eight processes are killed under the first item they get, whatever it is."""
    mark = Path(folder) / str(os.getpid())
    if not mark.exists() and len(list(Path(folder).iterdir())) < 8:
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number
