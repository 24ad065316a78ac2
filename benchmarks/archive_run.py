"""A run over a generated archive: `python benchmarks/archive_run.py N [FOLDER] [--sentences S] [--across] …`.

Writes a manifest of N pairs (see generated.py) into FOLDER, checks it with a ledger there, and says how long a pair
takes from tenth to tenth (by the clock, and in processor time of all processes), and how much memory the processes hold
after 1,000 pairs and at the end. Stopped with Ctrl-C, or killed, it goes on where it was when it is started again; then
the times are those of the rest. The records are read and thrown away, their digest is printed: it is the same whatever
stopped the run. With --broken every hundredth line of the manifest is broken (see broken.py), and the records are held
against that: exit 3 is expected then, and 1 given if a line is not named, or another one is.
"""

import argparse
import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import broken
import generated

ROOT = Path(__file__).parents[1]


class Memory(threading.Thread):
    """Looks every second at the memory (MB) and processor time (s) of a process and its descendants (Linux)."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process, self.parent, self.workers, self.spent = process, 0.0, 0.0, 0.0

    def run(self) -> None:
        while True:
            sizes, parents, times = {}, {}, {}
            for entry in Path("/proc").iterdir():
                if entry.name.isdigit():
                    try:
                        fields = (entry / "stat").read_text().rsplit(") ", 1)[1].split()
                    except (OSError, IndexError):
                        continue
                    parents[int(entry.name)] = int(fields[1])
                    sizes[int(entry.name)] = int(fields[21]) * 4096 / 1e6
                    times[int(entry.name)] = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
            family = {self.process}
            while more := {child for child, parent in parents.items() if parent in family} - family:
                family |= more
            self.parent = sizes.get(self.process, 0.0)
            self.workers = max((sizes[member] for member in family - {self.process}), default=0.0)
            self.spent = sum(times.get(member, 0.0) for member in family)
            time.sleep(1)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("archive-run"))
    parser.add_argument("--sentences", type=int, default=generated.SENTENCES)
    parser.add_argument("--across", action="store_true")
    parser.add_argument("--jobs", default="")
    parser.add_argument("--scheduler", default="")
    parser.add_argument("--broken", action="store_true")
    return parser.parse_args()


def main() -> int:
    asked = arguments()
    asked.folder.mkdir(parents=True, exist_ok=True)
    name = f"pairs-{asked.count}-{asked.sentences}{'-broken' * asked.broken}.jsonl"
    manifest = asked.folder.resolve() / name
    (broken if asked.broken else generated).write(manifest, asked.count, asked.sentences)
    command = [sys.executable, "-m", "tui", "check", "--pairs", str(manifest), "--format", "jsonl"]
    command += ["--no-memory", "--fail-on", "never", "--ledger", str((asked.folder / "ledger.sqlite").resolve())]
    command += ["--across"] * asked.across + ["--jobs", asked.jobs] * bool(asked.jobs)
    command += ["--scheduler", asked.scheduler] * bool(asked.scheduler)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    begin = last = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)
    )
    watch = Memory(process.pid)
    watch.start()
    assert process.stdout is not None
    digest, done, tenth, early, spent = hashlib.sha256(), 0, max(1, asked.count // 10), (0.0, 0.0), 0.0
    grown = (0.0, 0.0)
    wrong = list[str]()
    for line in process.stdout:
        digest.update(line)
        if asked.broken and done < asked.count and (said := broken.wrong(done, json.loads(line), manifest)):
            wrong.append(said)
        done += 1
        if done == min(1000, asked.count):
            early = (watch.parent, watch.workers)
        if done == asked.count:
            grown = (watch.parent - early[0], watch.workers - early[1])
        if done % tenth == 0 and done <= asked.count:
            now = time.perf_counter()
            pace, last = (now - last) / tenth * 1000, now
            used, spent = (watch.spent - spent) / tenth * 1000, watch.spent
            held = f"parent {watch.parent:5.0f} MB, largest worker {watch.workers:5.0f} MB"
            print(f"{done:8d} pairs   {pace:7.2f} ms a pair   {used:7.2f} ms of cpu   {held}", flush=True)
    code = process.wait()
    seconds = time.perf_counter() - begin
    print(
        f"exit {code}, {done - 1} records in {seconds:.0f} s, {(done - 1) / seconds:.1f} pairs/s; "
        f"sha256 {digest.hexdigest()}"
    )
    print(f"memory since 1,000 pairs: parent {grown[0]:+.0f} MB, largest worker {grown[1]:+.0f} MB")
    if asked.broken:
        print(f"{len(wrong)} lines were not named as they should be", *wrong[:20], sep="\n")
        return int(bool(wrong) or code != 3)
    return code


if __name__ == "__main__":
    sys.exit(main())
