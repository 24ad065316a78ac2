"""One seam between what is done to a pair and where it is done: here, or in a pool of processes.

Processes are spawned, never forked: a fork after a translation model was loaded hangs. Results come in the order of
the items, whatever the number of processes, and only a bounded number of items is under way at a time.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

CHUNK = 16
QUEUED_PER_WORKER = 3


def cores() -> int:
    """How many processes this process may keep busy."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def mapped(work: Callable[[Item], Result], items: Iterable[Item], jobs: int = 1) -> Iterator[Result]:
    """`work` done to each item, in order; `jobs` 1 means in this process, else `work` must be importable by name."""
    if jobs == 1:
        yield from map(work, items)
        return
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing import get_context

    source = iter(items)
    waiting: deque[Future[list[Result]]] = deque()
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        try:
            while True:
                while len(waiting) < jobs * QUEUED_PER_WORKER and (chunk := list(islice(source, CHUNK))):
                    waiting.append(pool.submit(_chunk, work, chunk))
                if not waiting:
                    return
                yield from waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)


def _chunk(work: Callable[[Item], Result], items: list[Item]) -> list[Result]:
    return [work(item) for item in items]
