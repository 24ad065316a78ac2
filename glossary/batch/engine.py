"""One seam between what is done to a pair and where it is done: here, in processes of this machine, or on a cluster.

Results come in the order of the items, whatever the engine, and only a bounded number of items is under way at a time.
An item that cannot be done (its work raises, or kills the process it runs in) is set aside and the rest goes on.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Protocol, TypeVar

from glossary.errors import TolmachError
from glossary.text.recent import forget_texts

Item = TypeVar("Item")
Result = TypeVar("Result")
Work = Callable[[Item], Result]
Failed = Callable[[Item, str], Result]
"""Makes the result of an item that was set aside; the text says why."""

DEADLY = "checking it ended the worker process again and again"


class Engine(Protocol):
    """Where work is done."""

    def run(self, work: Work[Item, Result], items: Iterable[Item], failed: Failed[Item, Result]) -> Iterator[Result]:
        """`work` done to each item, in order; both can be pickled. Raises the TolmachErrors that `work` raises: they
        would meet every item."""
        ...


@dataclass(frozen=True, slots=True)
class Serial:
    """In this process, one after the other."""

    def run(self, work: Work[Item, Result], items: Iterable[Item], failed: Failed[Item, Result]) -> Iterator[Result]:
        """See Engine."""
        for item in items:
            done, outcome = attempted(work, item)
            yield outcome if done else failed(item, outcome)  # type: ignore[misc, arg-type]


TOGETHER = 64
"""Items after which what was found in texts is forgotten: neighbours in an archive share sentences."""

_done = count(1)
SERIAL = Serial()


def attempted(work: Work[Item, Result], item: Item) -> tuple[bool, Result | str]:
    """Whether the work could be done, and its result or what was wrong. TolmachErrors are raised.

    What was found in the texts is forgotten after every TOGETHER items, so that a process is as large after a hundred
    thousand of them as after a thousand.
    """
    try:
        return True, work(item)
    except TolmachError:
        raise
    except Exception as error:  # a fault of the program in one pair must not end a run of a hundred thousand
        return False, f"{type(error).__name__}: {error}"
    finally:
        if next(_done) % TOGETHER == 0:
            forget_texts()


def cores() -> int:
    """How many processes this process may keep busy."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
