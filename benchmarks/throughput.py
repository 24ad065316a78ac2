"""How many article pairs a second the engines do: run as `python benchmarks/throughput.py [PAIRS] [ENGINE …]`.

Engines are serial, processes-1, processes-2, dask-1 and dask-2 (needs the extra `cluster`); without a name all of them.
The pairs are generated (see generated.py): 25 sentences each side, all checks, records as JSON. The rate is that of the
last four fifths of the pairs, when every process has its dictionaries; `cpu` is processor time of all processes per
pair, their start left in. On a machine that does other work compare `cpu`, not rates.
"""

import os
import sys
import time
from functools import partial

from generated import row

from glossary.batch.cluster import LOCAL, Cluster
from glossary.batch.engine import SERIAL, Engine
from glossary.batch.processes import Processes
from glossary.files.pairs import PairEntry
from glossary.garbage import collect_seldom
from glossary.service import Outcome, Settings, work

ENGINES: dict[str, Engine] = {
    "serial": SERIAL,
    "processes-1": Processes(1),
    "processes-2": Processes(2),
    "dask-1": Cluster(LOCAL, 1),
    "dask-2": Cluster(LOCAL, 2),
}


def failed(entry: PairEntry, reason: str) -> Outcome:
    raise RuntimeError(f"{entry.id}: {reason}")


def processor_time() -> float:
    """Seconds of this process and of those that ended."""
    return sum(os.times()[:4])


def main() -> None:
    collect_seldom()  # as every program of the project does
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    pairs = [PairEntry(**row(number)) for number in range(count)]
    job = partial(work, Settings(memory=False))
    for entry in pairs[:4]:
        job(entry)  # caches on the disk and, for the serial run, dictionaries
    base: dict[str, float] = {}
    for name in sys.argv[2:] or ENGINES:
        before, warm = processor_time(), 0.0
        for number, _ in enumerate(ENGINES[name].run(job, iter(pairs), failed), 1):
            if number == count // 5:
                warm = time.perf_counter()
        rate = (count - count // 5) / (time.perf_counter() - warm)
        used = (processor_time() - before) / count * 1000
        kind, _, jobs = name.partition("-")
        base.setdefault(kind, rate)
        against = f"   {rate / base[kind]:4.2f} times {kind}-1" if jobs == "2" else ""
        against = against or (f"   overhead {base['serial'] / rate - 1:+.0%}" if jobs and "serial" in base else "")
        print(f"{name:12s} {rate:6.1f} pairs/s   {used:6.1f} ms of cpu a pair{against}", flush=True)


if __name__ == "__main__":
    main()
