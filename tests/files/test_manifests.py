"""Manifests are read line by line: what is broken is named, the rest is read, and nothing is held in memory."""

import io
import json
import tracemalloc
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from glossary.errors import InputError
from glossary.files.pairs import PairEntry, count_lines, entries, entries_of
from glossary.report import Unreadable

ROW = '{"id": "p%d", "source_text": "The tank fired.", "target_text": "Танк выстрелил."}\n'


def ids(found: Iterator[PairEntry | Unreadable]) -> list[str]:
    return [entry.id if isinstance(entry, PairEntry) else f"!{entry.id}" for entry in found]


def test_a_stream_is_read_as_far_as_it_is_asked_for() -> None:
    class Endless(io.RawIOBase):
        """A manifest without an end."""

        given = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
            line = (ROW % self.given).encode()
            self.given += 1
            buffer[: len(line)] = line
            return len(line)

    stream = Endless()
    assert ids(islice(entries_of(io.BufferedReader(stream), Path("-")), 3)) == ["p0", "p1", "p2"]
    assert stream.given < 5_000


def test_a_hundred_thousand_lines_are_never_a_list(tmp_path: Path) -> None:
    manifest = tmp_path / "pairs.jsonl"
    with manifest.open("w", encoding="utf-8") as file:
        file.writelines(ROW % n for n in range(30_000))
    assert count_lines(manifest) == 30_000
    tracemalloc.start()
    assert sum(1 for _ in entries(manifest)) == 30_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_bytes_that_are_no_letters_cost_their_line(tmp_path: Path, mark: str) -> None:
    manifest = tmp_path / "pairs.jsonl"
    lines = [(mark + ROW % 0).encode(), (ROW % 1).encode()[:60] + b"\xff\n", b"\n", (ROW % 2).encode()]
    manifest.write_bytes(b"".join(lines))
    assert ids(entries(manifest)) == ["p0", "!line-2", "p2"]


def test_a_table_in_a_legacy_encoding(tmp_path: Path) -> None:
    manifest = tmp_path / "pairs.csv"
    text = "id,source_text,target_text\n" + "".join(
        f'{n},The tank fired.,"Танк выстрелил, и солдаты пошли вперёд.\nПотом было тихо."\n' for n in range(5)
    )
    manifest.write_bytes(text.encode("cp1251"))
    found = list(entries(manifest))
    assert [entry.target_text for entry in found if isinstance(entry, PairEntry)] == [
        "Танк выстрелил, и солдаты пошли вперёд.\nПотом было тихо."
    ] * 5
    manifest.write_bytes(text.encode("utf-16"))
    assert list(entries(manifest)) == found


def test_what_is_no_manifest(tmp_path: Path) -> None:
    manifest = tmp_path / "pairs.jsonl"
    for content in (b"", b" \n\n", bytes(range(256)) * 8):
        manifest.write_bytes(content)
        with pytest.raises(InputError):
            list(entries(manifest))


def test_a_directory_is_walked_in_the_order_of_paths(tmp_path: Path) -> None:
    for name in ("b", "a/z", "a/y/x", "a.b", "c/d"):
        source = tmp_path / f"{name}.en.txt"
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_text("The tank fired.", encoding="utf-8")
        source.with_name(source.name.replace(".en.", ".uk.")).write_text("Танк вистрілив.", encoding="utf-8")
    (tmp_path / "a.ru.txt").write_text("Танк выстрелил.", encoding="utf-8")
    expected = [
        f"{path.relative_to(tmp_path).as_posix().removesuffix('.en.txt')}.uk"
        for path in sorted(tmp_path.rglob("*.en.txt"))
    ]
    assert ids(entries(tmp_path)) == expected
    assert count_lines(tmp_path) == 5


def test_an_id_that_stands_twice(tmp_path: Path) -> None:
    manifest = tmp_path / "pairs.jsonl"
    manifest.write_text(ROW % 1 + ROW % 2 + ROW % 1 + json.dumps({"id": "p2\udcff", "source": "a"}), encoding="utf-8")
    assert ids(entries(manifest)) == ["p1", "p2", "!p1", "p2\udcff"]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"sorce": "a.txt", "target": "b.txt"}, "unknown field 'sorce'; did you mean `source`?"),
        ({"source": "a.txt", "targt": "b.txt"}, "unknown field 'targt'; did you mean `target`?"),
        ({"source_text": "A.", "target_txt": "Б."}, "unknown field 'target_txt'; did you mean `target_text`?"),
        (
            {"src": "a.txt", "tgt": "b.txt"},
            "no source; give source (a path) or source_text; nothing is known of src, tgt",
        ),
    ],
)
def test_a_misspelt_field_is_named_with_the_nearest(tmp_path: Path, row: dict[str, str], told: str) -> None:
    manifest = tmp_path / "pairs.jsonl"
    manifest.write_text(json.dumps(row) + "\n" + ROW % 1, encoding="utf-8")
    broken, whole = entries(manifest)
    assert isinstance(broken, Unreadable)
    assert f"{broken.what}; {broken.next_step}" == told
    assert broken.where == f"{manifest}:1"
    assert whole.id == "p1"


def test_other_fields_are_left_alone(tmp_path: Path) -> None:
    manifest = tmp_path / "pairs.jsonl"
    row = {"source": "a", "target": "b", "title": "A", "url": "x:y", "source_name": "N", "target_url": "x", "data": 1}
    manifest.write_text(json.dumps(row), encoding="utf-8")
    assert all(isinstance(entry, PairEntry) for entry in entries(manifest))
