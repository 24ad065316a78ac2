"""Whole runs as a user starts them: killed, interrupted, out of space, over broken manifests. Real processes."""

import json
import os
import resource
import signal
import subprocess
import time
from pathlib import Path

import pytest
from archive import CHECK, ENGLISH, RUSSIAN, command, environment, row, started, tolmach, written

from glossary.batch.ledger import open_ledger

COUNT = 200


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a manifest of pairs."""
    path = tmp_path_factory.mktemp("runs")
    written(path, COUNT)
    return path


@pytest.fixture(scope="module")
def serial(folder: Path) -> str:
    """What a run in one process, undisturbed, writes."""
    done = tolmach(folder, *CHECK, "--jobs", 1)
    assert done.returncode == 0, done.stderr
    return done.stdout


def ended(process: "subprocess.Popen[bytes]") -> tuple[int, str]:
    """The exit code and stderr."""
    _, stderr = process.communicate(timeout=120)
    return process.returncode, stderr.decode()


def kept(path: Path) -> int:
    """How many pairs a ledger has."""
    import sqlite3

    with sqlite3.connect(path) as connection:
        count = connection.execute("SELECT count(*) FROM pair").fetchone()[0]
    connection.close()
    return int(count)


def test_ctrl_c_drains_and_the_same_command_goes_on(folder: Path, serial: str, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.sqlite"
    process = started(folder, "--jobs", 2, "--ledger", ledger)
    os.killpg(process.pid, signal.SIGINT)
    code, stderr = ended(process)
    assert code == 130, stderr
    assert "finishing what is under way" in stderr
    assert f"what was checked is kept in {ledger}" in stderr
    assert "Traceback" not in stderr
    assert 0 < kept(ledger) < COUNT
    done = tolmach(folder, *CHECK, "--jobs", 2, "--ledger", ledger)
    assert (done.returncode, done.stdout) == (0, serial)


def test_a_second_ctrl_c_stops_at_once_and_the_run_goes_on_later(folder: Path, serial: str, tmp_path: Path) -> None:
    ledger, report = tmp_path / "ledger.sqlite", tmp_path / "report.jsonl"
    process = started(folder, "--jobs", 2, "--ledger", ledger)
    os.killpg(process.pid, signal.SIGINT)
    time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    code, stderr = ended(process)
    assert code == 130, stderr
    assert "Traceback" not in stderr
    done = tolmach(folder, *CHECK, "--jobs", 2, "--ledger", ledger, "-o", report)
    assert (done.returncode, report.read_text(encoding="utf-8")) == (0, serial)


@pytest.mark.parametrize("across", ["--across", "--no-across"])
def test_kill_9_of_the_run_itself(folder: Path, tmp_path: Path, across: str) -> None:
    ledger = tmp_path / "ledger.sqlite"
    arguments = (*CHECK, "--jobs", 2, "--ledger", ledger, across)
    for _ in range(2):
        process = subprocess.Popen(command(*arguments), cwd=folder, env=environment(), stdout=subprocess.DEVNULL)
        end = time.monotonic() + 60
        while not (ledger.exists() and ledger.with_name("ledger.sqlite-wal").exists()) and time.monotonic() < end:
            time.sleep(0.05)
        time.sleep(1.5)
        process.kill()
        process.wait()
    done = tolmach(folder, *arguments)
    assert (done.returncode, done.stdout) == (0, tolmach(folder, *CHECK, "--jobs", 1, across).stdout)


def workers_of(process: "subprocess.Popen[bytes]") -> list[int]:
    """The worker processes of a run."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rsplit(") ", 1)[1].split()[1])
                line = (entry / "cmdline").read_bytes()
            except (OSError, IndexError):
                continue
            if parent == process.pid and b"spawn_main" in line:
                found.append(int(entry.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds the workers in /proc")
def test_kill_9_of_workers(folder: Path, serial: str) -> None:
    process = started(folder, "--jobs", 2)
    killed = 0
    for _ in range(3):
        for worker in workers_of(process)[:1]:
            os.kill(worker, signal.SIGKILL)
            killed += 1
        time.sleep(0.5)
    stdout, stderr = process.communicate(timeout=120)
    assert process.returncode == 0, stderr.decode()
    assert killed
    assert serial[:1] + stdout.decode() == serial


def test_a_ledger_that_another_run_has_open(folder: Path, tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger.sqlite"):
        done = tolmach(folder, *CHECK, "--ledger", tmp_path / "ledger.sqlite")
    assert done.returncode == 2
    assert "another run has this ledger open" in done.stderr
    assert done.stdout == ""


def short_of_space(folder: Path, *arguments: object) -> "subprocess.CompletedProcess[str]":
    """A run that may not make a file larger than 50,000 bytes: the limit of the system stands for a full disk."""
    return subprocess.run(
        command(*CHECK, "--jobs", 1, *arguments),
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=120,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000)),
    )


def test_no_space_for_the_ledger(folder: Path, serial: str, tmp_path: Path) -> None:
    """The report goes to a pipe, which has no size: early or late, the ledger alone is too large."""
    ledger = tmp_path / "ledger.sqlite"
    limited = short_of_space(folder, "--ledger", ledger)
    assert limited.returncode == 3, limited.stderr
    assert "Traceback" not in limited.stderr
    assert "run the same command again" in limited.stderr
    done = tolmach(folder, *CHECK, "--ledger", ledger)
    assert (done.returncode, done.stdout) == (0, serial)


def test_no_space_for_the_report(folder: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    limited = short_of_space(folder, "-o", report)
    assert limited.returncode == 3, limited.stderr
    assert "Traceback" not in limited.stderr
    assert f"{report}: File too large" in limited.stderr
    assert not list(tmp_path.iterdir())


def test_resume_has_a_ledger_of_its_own(folder: Path, serial: str, tmp_path: Path) -> None:
    os.environ["XDG_STATE_HOME"], before = str(tmp_path), os.environ["XDG_STATE_HOME"]
    try:
        for _ in range(2):
            done = tolmach(folder, *CHECK, "--resume")
            assert (done.returncode, done.stdout) == (0, serial)
    finally:
        os.environ["XDG_STATE_HOME"] = before
    (ledger,) = (tmp_path / "tolmach" / "ledgers").glob("pairs-*.sqlite")
    assert kept(ledger) == COUNT


def test_a_manifest_with_broken_lines_names_each_and_checks_the_rest(tmp_path: Path) -> None:
    rows = [json.dumps(row(number), ensure_ascii=False).encode() for number in range(60)]
    (tmp_path / "latin.ru.txt").write_bytes(b"\x81\x8d\x8f\x90\x9d" * 30 + b"\xff\xfe\x98" * 20)
    broken = {
        3: b'{"id": "p3", "source": "nowhere.en.txt", "target": "nowhere.ru.txt"}',
        11: json.dumps({"id": "p11", "source_text": ENGLISH, "target": "latin.ru.txt"}).encode(),
        20: json.dumps({"id": "p20", "source_text": RUSSIAN, "target_text": ENGLISH}).encode(),
        33: json.dumps(row(32)).encode(),
        47: b'{"id": "p47", "source_text": "\xff\xfe", "target_text": "x"}',
        52: b'{"id": "p52", ',
    }
    for number, line in broken.items():
        rows[number] = line
    (tmp_path / "pairs.jsonl").write_bytes(b"\n".join(rows) + b"\n")
    done = tolmach(tmp_path, *CHECK, "--jobs", 2)
    assert done.returncode == 3, done.stderr
    records = [json.loads(line) for line in done.stdout.splitlines()[:-1]]
    assert len(records) == 60
    errors = {number: record["error"] for number, record in enumerate(records) if "error" in record}
    assert errors.keys() == broken.keys()
    named = ("nowhere.en.txt", "latin.ru.txt", "source is in Russian", "stands twice", "not UTF-8", "not valid JSON")
    for error, words in zip(errors.values(), named, strict=True):
        assert words in error["what"] + error["where"]
        assert error["next_step"]
