"""Worker processes on this machine that may be killed at any time.

Processes are spawned, never forked: a fork after a translation model was loaded hangs. Each has a pipe of its own, so
that one that is killed in the middle of a message spoils nobody else's (the reason why this is no ProcessPoolExecutor,
which gives up all results when one process dies). A worker says the result of every item as it is done; so the item
under which it died is known, and everything else that it had been given is done by another.
"""

import os
import signal
import threading
from collections import Counter, deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import connection, get_context
from multiprocessing.context import SpawnProcess
from pickle import UnpicklingError
from queue import SimpleQueue
from typing import Any, Generic

from glossary.batch.engine import DEADLY, Failed, Item, Result, Work, attempted
from glossary.errors import CapabilityError, TolmachError
from glossary.garbage import collect_seldom

CHUNK = 4
"""Items sent to a worker at a time; it is given more as soon as it has fewer left."""

WINDOW = 16
"""Chunks per worker that may be under way or wait for an earlier one."""

GUILT = 12
"""An item is set aside when the deaths under it weigh so much: one of a worker that had done something before weighs
WARM, one of a new worker 1. It spends its first seconds on dictionaries, and whoever kills workers hits it there,
whatever it was given first."""

WARM = 4

MOST_STILL_BIRTHS = 20
"""After so many workers in a row that die before they can begin, something is wrong with all of them."""

_GONE = (EOFError, OSError, UnpicklingError)
_PATIENCE = 5.0


@dataclass(frozen=True, slots=True)
class Processes:
    """A number of processes on this machine."""

    jobs: int

    def run(self, work: Work[Item, Result], items: Iterable[Item], failed: Failed[Item, Result]) -> Iterator[Result]:
        """See Engine."""
        pool = _Pool(work, enumerate(items), failed, self.jobs)
        try:
            yield from pool.results()
        finally:
            pool.close()


@dataclass(eq=False, slots=True)
class _Worker:
    """A process, this side of its pipe, and the numbers of the items it has been given and has not done, in order."""

    process: SpawnProcess
    pipe: "connection.Connection[Any, Any]"
    given: deque[int] = field(default_factory=deque)
    ready: bool = False
    warm: bool = False


class _Pool(Generic[Item, Result]):
    """The workers of one run and the book of who has what."""

    def __init__(
        self, work: Work[Item, Result], items: Iterator[tuple[int, Item]], failed: Failed[Item, Result], jobs: int
    ) -> None:
        self.work, self.items, self.failed, self.jobs = work, items, failed, jobs
        self.workers: list[_Worker] = []
        self.open: dict[int, Item] = {}
        self.again: deque[int] = deque()
        self.done: dict[int, Result] = {}
        self.guilt: Counter[int] = Counter()
        self.still_births = 0
        self.due = self.taken = 0
        self.exhausted = False

    def results(self) -> Generator[Result, None, None]:
        """The results in the order of the items."""
        while True:
            self._feed()
            while self.due in self.done:
                yield self.done.pop(self.due)
                self.due += 1
                self._feed()
            if not self.open:
                return
            pipes = {worker.pipe: worker for worker in self.workers}
            for pipe in connection.wait(list(pipes)):
                self._listen(pipes[pipe])  # type: ignore[index]

    def close(self) -> None:
        """End all workers; one that is at work is killed."""
        for worker in self.workers:
            worker.pipe.close()
            worker.process.kill()
        for worker in self.workers:
            worker.process.join(_PATIENCE)

    def _feed(self) -> None:
        """Give every worker that is low on items a chunk, the ones to be done again first."""
        while True:
            hungry = [worker for worker in self.workers if len(worker.given) < CHUNK]
            if not hungry and len(self.workers) == self.jobs:
                return
            chunk = self._chunk()
            if not chunk:
                return
            if len(self.workers) < self.jobs:
                hungry = [self._start()]
            self._give(min(hungry, key=lambda worker: len(worker.given)), chunk)

    def _chunk(self) -> list[int]:
        chunk: list[int] = []
        while self.again and len(chunk) < CHUNK:
            chunk.append(self.again.popleft())
        while not self.exhausted and len(chunk) < CHUNK and self.taken - self.due < self.jobs * WINDOW * CHUNK:
            taken = next(self.items, None)
            if taken is None:
                self.exhausted = True
            else:
                self.open[taken[0]] = taken[1]
                self.taken += 1
                chunk.append(taken[0])
        return sorted(chunk, key=self.guilt.__getitem__)

    def _start(self) -> _Worker:
        here, there = get_context("spawn").Pipe()
        with no_interrupts():
            process = get_context("spawn").Process(target=_serve, args=(there,), daemon=True)
            process.start()
        there.close()
        worker = _Worker(process, here)
        self.workers.append(worker)
        with suppress(OSError):  # it died at once: found out when it is listened to
            here.send(self.work)
        return worker

    def _give(self, worker: _Worker, chunk: list[int]) -> None:
        worker.given.extend(chunk)
        with suppress(OSError):  # likewise
            worker.pipe.send([(number, self.open[number]) for number in chunk])

    def _listen(self, worker: _Worker) -> None:
        """Take what a worker has to say, or its death."""
        try:
            number, done, outcome = worker.pipe.recv()
        except _GONE:
            self._bury(worker)
            return
        worker.ready, self.still_births = True, 0
        if number is None:
            return
        if isinstance(outcome, TolmachError):
            raise outcome
        worker.given.popleft()
        worker.warm = True
        item = self.open.pop(number)
        self.done[number] = outcome if done else self.failed(item, outcome)

    def _bury(self, worker: _Worker) -> None:
        """Have what a dead worker was given done by others; the item it died under is suspected."""
        worker.pipe.close()
        worker.process.kill()
        worker.process.join(_PATIENCE)
        self.workers.remove(worker)
        if not worker.ready:
            self.still_births += 1
            if self.still_births > MOST_STILL_BIRTHS:
                code = worker.process.exitcode
                raise CapabilityError(f"worker processes end while they start (exit {code})", "", "try `--jobs 1`")
        elif worker.given:
            suspect = worker.given[0]
            self.guilt[suspect] += WARM if worker.warm else 1
            if self.guilt[suspect] >= GUILT:
                worker.given.popleft()
                self.done[suspect] = self.failed(self.open.pop(suspect), DEADLY)
        self.again.extendleft(reversed(worker.given))


@contextmanager
def no_interrupts() -> Iterator[None]:
    """Processes started in the block never see the Ctrl-C of the terminal: the parent decides what it means."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # starting it would unblock the signal
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(pipe: "connection.Connection[Any, Any]") -> None:
    """The life of a worker: chunks in, one message for each item out, until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    collect_seldom()
    chunks: SimpleQueue[list[tuple[int, Any]]] = SimpleQueue()
    try:
        work = pipe.recv()
        threading.Thread(target=_receive, args=(pipe, chunks), daemon=True).start()
        pipe.send((None, True, None))
    except _GONE:  # the parent was killed while this process started
        return
    while True:
        for number, item in chunks.get():
            try:
                done, outcome = attempted(work, item)
            except TolmachError as error:
                done, outcome = False, error
            try:
                pipe.send((number, done, outcome))
            except OSError:
                return


def _receive(pipe: "connection.Connection[Any, Any]", chunks: "SimpleQueue[list[tuple[int, Any]]]") -> None:
    """Read ahead, so that the parent never waits for a worker that is at work; its end is the worker's end."""
    while True:
        try:
            chunks.put(pipe.recv())
        except _GONE:
            os._exit(1)
