"""`tolmach doctor` names what is missing or in the way."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def test_all_is_well(tolmach: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = tolmach("doctor")
    assert done.code == 0
    assert "✓ glossary: " in done.out
    assert "✓ no other package is called 'tui'" in done.out
    assert "✓ settings: the defaults" in done.out
    assert "no memory yet" in done.out
    assert "→ `tolmach check` needs no screen" in done.out


def test_broken_settings_and_glossaries(tolmach: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tolmach.toml").write_text("domian = 'auto'", encoding="utf-8")
    done = tolmach("doctor")
    assert done.code == 2
    assert "did you mean `domain`?" in done.out
    (tmp_path / "own.csv").write_text("en,ru\nhowitzer,гаубица\nmortar,\n", encoding="utf-8")
    (tmp_path / "tolmach.toml").write_text("glossaries = ['own.csv']\nmemory = 'own.csv'", encoding="utf-8")
    done = tolmach("doctor")
    assert done.code == 2
    assert "✗ glossary: 1 rows are broken" in done.out
    assert "✗ memory: " in done.out


@pytest.mark.parametrize("first", [True, False])
def test_another_package_of_the_same_name(tmp_path: Path, first: bool) -> None:
    other = tmp_path / "site" / "tui"
    other.mkdir(parents=True)
    (other / "__init__.py").write_text("", encoding="utf-8")
    metadata = tmp_path / "site" / "screens-1.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: screens\nVersion: 1\n", encoding="utf-8")
    (metadata / "RECORD").write_text("tui/__init__.py,,\n", encoding="utf-8")
    (metadata / "top_level.txt").write_text("tui\n", encoding="utf-8")
    place = "sys.path.insert(0, folder)" if first else "sys.path.append(folder)"
    script = (
        f"import sys; folder = {str(tmp_path / 'site')!r}; {place}\n"
        "from glossary.cli import main\nsys.exit(main(['doctor']))"
    )
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, encoding="utf-8", cwd=tmp_path, env=environment
    )
    assert done.returncode == (4 if first else 0), done.stderr
    expected = "✗ another 'tui' (of screens) hides ours" if first else "– another 'tui' (of screens) in "
    assert expected in done.stdout
    assert "environment of its own" in done.stdout
