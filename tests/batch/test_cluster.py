"""The Dask engine: the same bytes as in one process, poison set aside, and clear words where there is no cluster."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from archive import CHECK, environment, started, tolmach, written

pytest.importorskip("distributed")

POISON = """
import works
from glossary.batch.cluster import Cluster
from glossary.batch.engine import DEADLY
if __name__ == "__main__":
    results = list(Cluster("local", 2).run(works.squared_or_killed_by_7, range(40), lambda n, why: (n, why)))
    assert results == [n * n if n != 7 else (7, DEADLY) for n in range(40)], results
    raised = list(Cluster("local", 1).run(works.squared_or_raised_by_5, range(8), lambda n, why: (n, why)))
    assert raised[5] == (5, "RecursionError: too deep for 5"), raised
"""


def test_the_same_bytes_as_in_one_process(tmp_path: Path) -> None:
    written(tmp_path, 40)
    serial = tolmach(tmp_path, *CHECK, "--jobs", 1)
    cluster = tolmach(tmp_path, *CHECK, "--jobs", 2, "--scheduler", "local", "--ledger", "ledger.sqlite")
    assert (cluster.returncode, cluster.stderr) == (0, "")
    assert cluster.stdout == serial.stdout


def test_an_item_that_kills_its_worker_is_set_aside(tmp_path: Path) -> None:
    script = tmp_path / "poison.py"
    script.write_text(POISON, encoding="utf-8")
    paths = os.pathsep.join((str(Path(__file__).parent), environment()["PYTHONPATH"]))
    done = subprocess.run(
        [sys.executable, script],
        env={**environment(), "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense"])
def test_a_scheduler_that_does_not_answer(tmp_path: Path, address: str) -> None:
    written(tmp_path, 2)
    done = tolmach(tmp_path, *CHECK, "--scheduler", address, "-o", "report.jsonl")
    assert done.returncode == 4, done.stderr
    assert f"{address}: no cluster there" in done.stderr
    assert "dask scheduler" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "report.jsonl").exists()


def test_ctrl_c_drains_a_cluster_too(tmp_path: Path) -> None:
    written(tmp_path, 400)
    process = started(tmp_path, "--jobs", 2, "--scheduler", "local", "--ledger", "ledger.sqlite")
    os.killpg(process.pid, signal.SIGINT)
    _, stderr = process.communicate(timeout=120)
    assert process.returncode == 130, stderr.decode()
    assert "Traceback" not in stderr.decode()
    assert "what was checked is kept" in stderr.decode()
