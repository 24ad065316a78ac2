"""A run over a generated archive: `python benchmarks/archive_run.py N [FOLDER] [--sentences S] [--across] …`.

Writes a manifest of N pairs (see generated.py) into FOLDER, checks it with a ledger there, and says how long a pair
takes from tenth to tenth, and how much memory the processes hold after 1,000 pairs and at the end. Stopped with Ctrl-C,
or killed, it goes on where it was when it is started again; then the times are those of the rest. The records are read
and thrown away, their digest is printed: it is the same whatever stopped the run.
"""

import argparse
import hashlib
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import generated

ROOT = Path(__file__).parents[1]


class Memory(threading.Thread):
    """Looks every second at the resident memory of a process and its descendants (Linux)."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process, self.parent, self.workers = process, 0.0, 0.0

    def run(self) -> None:
        while True:
            sizes = {}
            parents = {}
            for entry in Path("/proc").iterdir():
                if entry.name.isdigit():
                    try:
                        fields = (entry / "stat").read_text().rsplit(") ", 1)[1].split()
                    except (OSError, IndexError):
                        continue
                    parents[int(entry.name)] = int(fields[1])
                    sizes[int(entry.name)] = int(fields[21]) * 4096 / 1e6
            family = {self.process}
            while more := {child for child, parent in parents.items() if parent in family} - family:
                family |= more
            self.parent = sizes.get(self.process, 0.0)
            self.workers = max((sizes[member] for member in family - {self.process}), default=0.0)
            time.sleep(1)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("archive-run"))
    parser.add_argument("--sentences", type=int, default=generated.SENTENCES)
    parser.add_argument("--across", action="store_true")
    parser.add_argument("--jobs", default="")
    parser.add_argument("--scheduler", default="")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    manifest = asked.folder / f"pairs-{asked.count}-{asked.sentences}.jsonl"
    generated.write(manifest, asked.count, asked.sentences)
    command = [sys.executable, "-m", "tui", "check", "--pairs", str(manifest.resolve()), "--format", "jsonl"]
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
    digest, done, tenth, early = hashlib.sha256(), 0, max(1, asked.count // 10), (0.0, 0.0)
    for line in process.stdout:
        digest.update(line)
        done += 1
        if done == min(1000, asked.count):
            early = (watch.parent, watch.workers)
        if done % tenth == 0 and done <= asked.count:
            now = time.perf_counter()
            pace, last = (now - last) / tenth * 1000, now
            held = f"parent {watch.parent:5.0f} MB, largest worker {watch.workers:5.0f} MB"
            print(f"{done:8d} pairs   {pace:7.2f} ms a pair   {held}", flush=True)
    code = process.wait()
    seconds = time.perf_counter() - begin
    print(
        f"exit {code}, {done - 1} records in {seconds:.0f} s, {(done - 1) / seconds:.1f} pairs/s; "
        f"sha256 {digest.hexdigest()}"
    )
    grown = (watch.parent - early[0], watch.workers - early[1])
    print(f"memory since 1,000 pairs: parent {grown[0]:+.0f} MB, largest worker {grown[1]:+.0f} MB")
    return code


if __name__ == "__main__":
    sys.exit(main())
