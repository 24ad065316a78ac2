"""glossary.csv is found from a checkout, a wheel and an sdist."""

import csv
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROBE = "import glossary.data as d, pathlib; p = d.glossary_path(); print(p); print(len(p.read_text('utf-8')))"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An sdist, and a wheel built from that sdist."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        check=True,
        capture_output=True,
    )
    return folder


def test_the_checkout_uses_the_file_at_the_top() -> None:
    from glossary.data import glossary_path

    assert glossary_path() == ROOT / "glossary.csv"


@pytest.mark.slow
def test_an_installed_wheel_finds_its_glossary(built: Path, tmp_path: Path) -> None:
    (wheel,) = built.glob("*.whl")
    home = tmp_path / "venv"
    venv.create(home, system_site_packages=False, with_pip=False)
    (site,) = (home / "lib").glob("python*/site-packages")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    done = subprocess.run([home / "bin" / "python", "-c", PROBE], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    path, size = done.stdout.split()
    assert Path(path) == site / "glossary" / "glossary.csv"
    assert int(size) == len((ROOT / "glossary.csv").read_text(encoding="utf-8"))


@pytest.mark.slow
def test_an_unpacked_sdist_finds_its_glossary(built: Path, tmp_path: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    (folder,) = tmp_path.iterdir()
    done = subprocess.run(
        [sys.executable, "-P", "-c", f"import sys; sys.path[0] = {str(folder)!r}; {PROBE}"],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.split()[0]) == folder / "glossary.csv"


@pytest.mark.slow
def test_the_sdist_has_what_a_build_needs(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}
    assert {"glossary.csv", "glossary/data/demo/intercept.en.txt", "LICENSE", "pyproject.toml", "tui/py.typed"} <= names


def test_the_glossary_has_the_columns_of_the_contract() -> None:
    with (ROOT / "glossary.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = (
        "id,subject,pos,en,en_variants,en_not,en_with,ambiguity,ru,ru_admitted,ru_forbidden,ru_other,uk,uk_admitted,"
        "uk_forbidden,uk_other,severity,policy,broader,definition,note,source,checked"
    )
    assert list(rows[0]) == columns.split(",")
    assert len(rows) >= 300
    assert all(row["source"] and row["ru"] and row["uk"] for row in rows)
