"""Work on a Dask cluster: a scheduler somewhere, or one that is started here with a worker process for each core.

Dask does again what a dead worker had, and gives up a chunk whose worker died four times (`allowed-failures`). Such a
chunk is done again item by item, and an item that is given up once more runs alone, so that it answers for its own
deaths only; if its worker dies again it is set aside.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic

from glossary.batch.engine import DEADLY, Failed, Item, Result, Work, attempted
from glossary.batch.processes import no_interrupts
from glossary.errors import CapabilityError
from glossary.garbage import collect_seldom
from glossary.version import __version__

if TYPE_CHECKING:
    from distributed import Client, Future

LOCAL = "local"
CHUNK = 16
WINDOW = 3
"""Chunks per thread of the cluster that are under way."""

PATIENCE = 5
"""Seconds that a scheduler has to answer."""

WORKERS_PATIENCE = 30
"""Seconds in which a first worker must come."""

# A local cluster gives up a worker for good that is away when it looks, as one that is being started again may be.
_SETTINGS = {
    "distributed.comm.timeouts.connect": f"{PATIENCE}s",
    "distributed.deploy.lost-worker-timeout": "7 days",
    # A cluster of our own: nobody looks at its profiles, and 50 ticks a second cost 3 % of a core.
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.interval": "500ms",
}
_EXTRA = "pip install 'tolmach[cluster]'"


@dataclass(frozen=True, slots=True)
class Cluster:
    """The cluster of the scheduler at `address` (tcp://HOST:PORT), or a `local` one of `jobs` processes."""

    address: str
    jobs: int = 1

    def run(self, work: Work[Item, Result], items: Iterable[Item], failed: Failed[Item, Result]) -> Iterator[Result]:
        """See Engine. Raises CapabilityError if there is no such cluster, or it goes away."""
        with _connected(self) as client:
            yield from _Flow(client, work, iter(items), failed).results()


@dataclass(slots=True)
class _Chunk(Generic[Item]):
    items: list[Item]
    future: "Future[Any] | None" = None
    alone: bool = False


@dataclass
class _Flow(Generic[Item, Result]):
    """Chunks under way, in order."""

    client: "Client"
    work: Work[Item, Result]
    items: Iterator[Item]
    failed: Failed[Item, Result]
    under_way: deque[_Chunk[Item]] = field(default_factory=deque)

    def results(self) -> Iterator[Result]:
        """The results in the order of the items."""
        from distributed import CancelledError, KilledWorker
        from distributed.comm.core import CommClosedError

        while True:
            self._feed()
            if not self.under_way:
                return
            chunk = self.under_way.popleft()
            assert chunk.future is not None
            try:
                outcomes = chunk.future.result()
            except KilledWorker:
                yield from self._again(chunk)
            except (CommClosedError, CancelledError) as error:
                raise CapabilityError(f"the cluster went away: {error}", "", "start it and run again") from error
            else:
                for item, (done, outcome) in zip(chunk.items, outcomes, strict=True):
                    yield outcome if done else self.failed(item, outcome)

    def _feed(self) -> None:
        threads = sum(self.client.nthreads().values())
        while len(self.under_way) < WINDOW * max(1, threads):
            items = list(islice(self.items, CHUNK))
            if not items:
                return
            self.under_way.append(self._submitted(_Chunk(items)))

    def _submitted(self, chunk: _Chunk[Item]) -> _Chunk[Item]:
        chunk.future = self.client.submit(_done, self.work, chunk.items, pure=False)
        return chunk

    def _again(self, chunk: _Chunk[Item]) -> Iterator[Result]:
        """A chunk that was given up: its items one by one, and a single item with nothing beside it."""
        if len(chunk.items) > 1:
            singles = [self._submitted(_Chunk([item])) for item in chunk.items]
            self.under_way.extendleft(reversed(singles))
        elif chunk.alone:
            yield self.failed(chunk.items[0], DEADLY)
        else:
            from distributed import wait

            if self.under_way:
                wait([other.future for other in self.under_way])
            self.under_way.appendleft(self._submitted(_Chunk(chunk.items, alone=True)))


def _done(work: Work[Item, Result], items: list[Item]) -> list[tuple[bool, Result | str]]:
    collect_seldom()  # for good: put back after every chunk, it would cost the worker a tenth of its time
    return [attempted(work, item) for item in items]


@contextmanager
def _connected(cluster: Cluster) -> Iterator["Client"]:
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError:
        raise CapabilityError("Dask is not installed", "--scheduler", _EXTRA) from None
    address: Any = cluster.address
    with ExitStack() as stack:
        stack.enter_context(dask.config.set(_SETTINGS))
        try:
            if cluster.address == LOCAL:
                with no_interrupts():
                    local = LocalCluster(
                        n_workers=cluster.jobs,
                        threads_per_worker=1,
                        dashboard_address=None,
                        silence_logs=50,
                        host="127.0.0.1",
                    )
                address = stack.enter_context(local)
            client = stack.enter_context(Client(address, timeout=PATIENCE))
            client.wait_for_workers(1, timeout=WORKERS_PATIENCE)
        except ValueError as error:
            raise _unreachable(cluster.address, str(error)) from None
        except TimeoutError as error:
            raise _unreachable(cluster.address, str(error) or "no worker came") from None
        except OSError as error:
            raise _unreachable(cluster.address, str(error)) from None
        _agree(client)
        yield client


def _unreachable(address: str, why: str) -> CapabilityError:
    step = "start it with `dask scheduler` and workers with `dask worker ADDRESS`, or use `--scheduler local`"
    return CapabilityError(f"no cluster there: {why}", address, step)


def _agree(client: "Client") -> None:
    """Raises CapabilityError unless every worker has this version of Tolmach."""
    for address, version in client.run(_version).items():
        if version != __version__:
            found = f"Tolmach {version}" if version else "no Tolmach"
            step = f"install Tolmach {__version__} there: the same version everywhere"
            raise CapabilityError(f"the worker has {found}", address, step)


def _version() -> str:
    """The version of Tolmach where this runs; pickled by name, so that a worker without it says nothing."""
    from glossary.version import __version__ as here

    return here
