"""When an article appeared: from the manifest, else from its id or its path."""

import json
from pathlib import Path

import pytest

from glossary.files.dates import date_in
from glossary.files.pairs import PairEntry, entries, load
from glossary.report import Unreadable


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("2023-04-17-bridge.en.txt", "2023-04-17"),
        ("bridge_2023_04_17", "2023-04-17"),
        ("archive/2023/04/17/bridge", "2023-04-17"),
        ("archive/2023-04/bridge", "2023-04"),
        ("20230417bridge", "2023-04-17"),
        ("bridge-20231", ""),
        ("bridge-2023-13-01", ""),
        ("120230417", ""),
        ("bridge-155", ""),
        ("2023", ""),
    ],
)
def test_a_date_in_a_name(name: str, date: str) -> None:
    assert date_in(name) == date


def test_the_manifest_says_it_best(tmp_path: Path) -> None:
    row = {"source_text": "We came.", "target_text": "Мы пришли.", "source_lang": "en", "target_lang": "ru"}
    rows = [
        {"id": "2022-01-01", "date": "2023-04", **row},
        {"id": "2022-01-02", **row},
        {"id": "x", "date": "soon", **row},
    ]
    manifest = tmp_path / "pairs.jsonl"
    manifest.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    first, second, third = entries(manifest)
    assert isinstance(first, PairEntry)
    assert isinstance(second, PairEntry)
    assert isinstance(third, Unreadable)
    assert (load(first).date, load(second).date) == ("2023-04", "2022-01-02")
    assert "YYYY-MM-DD" in third.next_step
