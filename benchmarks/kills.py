"""Is anything lost when processes are killed? Run as `python benchmarks/kills.py [PAIRS] [WORKERS] [PARENTS]`.

Generated pairs are checked in one process; then in two while workers are killed with signal 9, one after the other,
until WORKERS (50) are dead (over as many runs as that takes); then with a ledger while the whole run is killed PARENTS
(10) times and started again. The bytes must be the same each time. Linux.
"""

import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import generated

ROOT = Path(__file__).parents[1]


def started(manifest: Path, output: Path, *more: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "tui", "check", "--pairs", str(manifest), "--format", "jsonl", "-o", str(output)]
    return subprocess.Popen([*command, "--no-memory", "--fail-on", "never", *more], cwd=ROOT)


def workers(process: "subprocess.Popen[bytes]") -> list[int]:
    """The worker processes of a run."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if not entry.name.isdigit() or b"spawn_main" not in (entry / "cmdline").read_bytes():
                continue
            if int((entry / "stat").read_text().rsplit(") ", 1)[1].split()[1]) == process.pid:
                found.append(int(entry.name))
        except (OSError, IndexError):
            continue
    return found


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def worker_kills(manifest: Path, folder: Path, wanted: int, expected: str, choose: random.Random) -> int:
    """Kill workers until `wanted` are dead; returns how many runs came out otherwise than `expected`."""
    killed = wrong = runs = 0
    while killed < wanted:
        process = started(manifest, folder / "workers.jsonl", "--jobs", "2")
        while process.poll() is None and killed < wanted:
            time.sleep(choose.uniform(0.3, 3.0))
            if victims := workers(process):
                os.kill(choose.choice(victims), signal.SIGKILL)
                killed += 1
        runs += 1
        wrong += process.wait() != 0 or digest(folder / "workers.jsonl") != expected
    print(f"{killed} workers killed in {runs} run(s): {wrong} differ from one process", flush=True)
    return wrong


def parent_kills(manifest: Path, folder: Path, wanted: int, expected: str, choose: random.Random) -> int:
    """Kill the run `wanted` times; returns 1 if the last came out otherwise than `expected`."""
    ledger = folder / "ledger.sqlite"
    killed = 0
    for _ in range(wanted):
        process = started(manifest, folder / "parents.jsonl", "--jobs", "2", "--ledger", str(ledger))
        time.sleep(choose.uniform(1.0, 6.0))
        killed += process.poll() is None
        process.kill()
        process.wait()
    half = (folder / "parents.jsonl").exists() and killed == wanted
    process = started(manifest, folder / "parents.jsonl", "--jobs", "2", "--ledger", str(ledger))
    wrong = int(process.wait() != 0 or digest(folder / "parents.jsonl") != expected or half)
    print(
        f"{killed} runs killed and gone on with: {'differs from' if wrong else 'same bytes as'} one process", flush=True
    )
    return wrong


def main() -> int:
    given = [int(number) for number in sys.argv[1:4]]
    count, of_workers, of_parents = given + [600, 50, 10][len(given) :]
    choose = random.Random(1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        manifest = folder / "pairs.jsonl"
        generated.write(manifest, count)
        assert started(manifest, folder / "serial.jsonl", "--jobs", "1").wait() == 0
        expected = digest(folder / "serial.jsonl")
        wrong = worker_kills(manifest, folder, of_workers, expected, choose)
        wrong += parent_kills(manifest, folder, of_parents, expected, choose)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
