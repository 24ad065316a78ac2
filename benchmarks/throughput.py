"""How many article pairs a second the engines do: run as `python benchmarks/throughput.py [PAIRS] [ENGINE …]`.

Engines are serial, processes-1, processes-2, dask-1 and dask-2 (needs the extra `cluster`); without a name all of them.
The pairs are generated (see generated.py): 25 sentences each side, all checks, records as JSON. The rate is that of the
last four fifths of the pairs, when every process has its dictionaries; the start is how long the first result and the
end of all processes took beside that. `cpu` is processor time of all processes per pair, their start left in. On a
machine that does other work compare `cpu` of many pairs, not rates.
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
    rates: dict[str, float] = {}
    for name in sys.argv[2:] or ENGINES:
        before, begin, first, warm, last = processor_time(), time.perf_counter(), 0.0, 0.0, 0.0
        for number, _ in enumerate(ENGINES[name].run(job, iter(pairs), failed), 1):
            last = time.perf_counter()
            first = first or last
            if number == count // 5:
                warm = last
        rates[name] = (count - count // 5) / (last - warm)
        around = first - begin + time.perf_counter() - last
        used = (processor_time() - before) / count * 1000
        line = f"{name:12s} {rates[name]:6.1f} pairs/s   start {around:4.1f} s   {used:6.1f} ms of cpu a pair"
        print(line + against(name, rates), flush=True)


def against(name: str, rates: dict[str, float]) -> str:
    """What two processes do beside one, and what an engine costs beside a simpler one."""
    kind, _, jobs = name.partition("-")
    simpler = {"serial": "", "processes": "serial" if jobs == "1" else "", "dask": f"processes-{jobs}"}[kind]
    said = f"   {rates[name] / rates[f'{kind}-1']:4.2f} times {kind}-1" if jobs == "2" and f"{kind}-1" in rates else ""
    return said + (f"   overhead {rates[simpler] / rates[name] - 1:+.0%} on {simpler}" if simpler in rates else "")


if __name__ == "__main__":
    main()
