"""`tolmach terms suggest` as an editor meets it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
EN = "The plasma mortar fired at a tank on day {n}.\n\nIt rained for {n} days, and the road was closed.\n"
RU = "Плазменный миномёт на {n}-й день выстрелил по танку.\n\n{n} дней шёл дождь, и дорогу закрыли.\n"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Five articles with a term that no glossary has."""
    for n in range(11, 16):
        (tmp_path / f"a{n}.en.txt").write_text(EN.format(n=n), encoding="utf-8")
        (tmp_path / f"a{n}.ru.txt").write_text(RU.format(n=n), encoding="utf-8")
    return tmp_path


def test_text_csv_and_jsonl(tolmach: Run, archive: Path) -> None:
    done = tolmach("terms", "suggest", archive)
    assert done.code == 0
    assert "plasma mortar  5× in 5 articles" in done.out
    assert "ru плазменный миномёт  5×" in done.out
    rows = [json.loads(line) for line in tolmach("terms", "suggest", archive, "--format", "jsonl").out.splitlines()]
    assert rows[0]["term"] == "plasma mortar"
    assert rows[0]["contexts"][0]["article"] == "a11.ru"
    own = archive / "own.csv"
    assert tolmach("terms", "suggest", archive, "--format", "csv", "-o", own).code == 0
    assert "плазменный миномёт" in tolmach("terms", "find", "plasma mortars", "--glossary", own).out
    assert "plasma mortar" not in tolmach("terms", "suggest", archive, "--glossary", own).out


def test_an_unreadable_article_is_named(tolmach: Run, archive: Path) -> None:
    (archive / "a11.ru.txt").write_bytes(b"")
    done = tolmach("terms", "suggest", archive)
    assert done.code == 3
    assert "a11.ru.txt" in done.err
    assert "plasma mortar  4× in 4 articles" in done.out


def test_the_same_bytes_from_two_processes(tolmach: Run, archive: Path) -> None:
    one = tolmach("terms", "suggest", archive, "--jobs", 1, "--format", "jsonl").out
    assert tolmach("terms", "suggest", archive, "--jobs", 2, "--format", "jsonl").out == one
