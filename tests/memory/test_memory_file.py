"""The file itself: schema, several programs at once, damage, export and import, what forgetting leaves."""

import json
import sqlite3
import subprocess
import sys
import threading
from collections import deque
from pathlib import Path

import pytest

from glossary import memory
from glossary.errors import InputError
from glossary.memory import Article, DamageError, KeptQuote, Memory, Unit, rescue, store


def article(number: int, rendering: str = "передача") -> Article:
    """A distinct article with three quotes and three units."""
    words = ["bridge", "trench", "tank", "convoy", "village"][number % 5]
    quotes = tuple(
        KeptQuote(f"They left the {words} {number} at dawn, {n} of them", f"{rendering} {n}", f"Speaker{number}")
        for n in range(3)
    )
    units = tuple(Unit(f"Sentence {n} of article {number} is about a {words}.", f"{rendering} {n}") for n in range(3))
    return Article(f"a{number}", "en", "ru", "2024-01-01", "", f"s{number}", f"t{number}{rendering}", quotes, units)


def filled(path: Path, count: int) -> None:
    with memory.open_memory(path) as opened:
        for number in range(count):
            memory.add(opened, article(number))


def lines(path: Path) -> list[str]:
    with memory.open_memory(path, create=False) as opened:
        return list(memory.export_lines(opened))


# Articles


def test_an_article_is_kept_once(opened: Memory) -> None:
    assert memory.add(opened, article(1))
    assert not memory.add(opened, article(1))
    assert memory.stock(opened).quotes == 3


def test_a_new_rendering_of_an_article_takes_its_place(opened: Memory) -> None:
    memory.add(opened, article(1))
    assert memory.add(opened, article(1, "перевод"))
    found = memory.search(opened, article(1).quotes[0].text, "en", speaker="Speaker1")
    assert {match.rendering.split()[0] for match in found} == {"перевод"}
    assert memory.stock(opened).units == (("en→ru", 3),)


# Schema


def test_a_missing_memory_is_only_made_when_asked(path: Path) -> None:
    with pytest.raises(InputError, match="no such memory"):
        memory.open_memory(path, create=False)
    assert not path.exists()


def test_a_database_of_another_program_is_left_alone(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE article(x)")
    other.close()
    with pytest.raises(InputError, match="another program"):
        memory.open_memory(path)


def test_a_newer_schema_is_refused(path: Path) -> None:
    filled(path, 1)
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA user_version = 99")
    other.close()
    with pytest.raises(InputError, match="newer"):
        memory.open_memory(path)


def test_an_older_schema_is_brought_up_to_date_and_copied_first(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(path, 2)
    before = lines(path)
    newer = (*store.MIGRATIONS, "ALTER TABLE article ADD COLUMN desk TEXT NOT NULL DEFAULT ''")
    monkeypatch.setattr(store, "MIGRATIONS", newer)
    with memory.open_memory(path) as opened:
        assert opened.rows("PRAGMA user_version") == [(len(newer),)]
        assert opened.rows("SELECT desk FROM article") == [("",), ("",)]
        assert list(memory.export_lines(opened)) == before
    monkeypatch.undo()
    assert lines(path.with_name(f"memory.sqlite.schema-{len(newer) - 1}")) == before


def test_a_memory_of_the_first_schema_is_searched_as_before(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MIGRATIONS", store.MIGRATIONS[:1])
    filled(path, 2)
    counted = "INSERT INTO frequency VALUES ('unit', 'w0123456789abcde', 1)"  # as wordings were then
    with memory.open_memory(path) as opened, opened.transaction() as connection:
        connection.execute(counted)
    monkeypatch.undo()
    quote, unit = article(1).quotes[0], article(1).units[0]
    with memory.open_memory(path) as opened:
        memory.add(opened, article(3))
        assert memory.search(opened, quote.text, "en", speaker=quote.speaker)[0].text == quote.text
        assert memory.suggest(opened, unit.source, "ru")[0].score == 1.0
        assert not opened.rows("SELECT term FROM frequency WHERE length(term) = 16 AND term GLOB 'w*'")


def test_a_failed_change_changes_nothing(opened: Memory) -> None:
    memory.add(opened, article(1))
    with pytest.raises(InputError, match="no such table"), opened.transaction() as connection:
        deque(map(connection.execute, ("DELETE FROM article", "DELETE FROM nowhere")))
    assert memory.stock(opened).articles == 1


# Several at once

WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from test_memory_file import article, memory
for number in range(int(sys.argv[3]), int(sys.argv[3]) + 60):
    with memory.open_memory(Path(sys.argv[2])) as opened:
        assert memory.add(opened, article(number))
"""


def test_two_writers_lose_nothing(path: Path) -> None:
    command = [sys.executable, "-c", WRITER, str(Path(__file__).parent), str(path)]
    writers = [subprocess.Popen([*command, str(start)], stderr=subprocess.PIPE) for start in (0, 1000)]
    for writer in writers:
        _, said = writer.communicate(timeout=60)
        assert writer.returncode == 0, said.decode()
    with memory.open_memory(path, create=False) as opened:
        assert memory.stock(opened).articles == 120
        assert memory.stock(opened).quotes == 360
        assert opened.rows("SELECT count(DISTINCT version) FROM article") == [(120,)]
        for number in (0, 59, 1000, 1059):
            assert memory.search(opened, article(number).quotes[0].text, "en", speaker=f"Speaker{number}")
        assert opened.whole()


def test_threads_share_a_memory(opened: Memory) -> None:
    def write(start: int) -> None:
        for number in range(start, start + 10):
            memory.add(opened, article(number))

    threads = [threading.Thread(target=write, args=(start,)) for start in (0, 100, 200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert memory.stock(opened).articles == 30


def test_a_writer_that_does_not_end_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(path, 1)
    monkeypatch.setattr(store, "PATIENCE", 0.05)
    with (
        memory.open_memory(path) as one,
        memory.open_memory(path) as other,
        one.transaction(),
        pytest.raises(InputError, match="another program"),
    ):
        memory.add(other, article(2))


# Damage


def spoiled(path: Path, start: float, end: float) -> None:
    """Overwrite a part of the file, given in shares of its size, with rubbish."""
    content = bytearray(path.read_bytes())
    first, last = int(len(content) * start), int(len(content) * end)
    content[first:last] = b"\xa5" * (last - first)
    path.write_bytes(content)


@pytest.mark.parametrize("start", [0.2, 0.35, 0.5, 0.65, 0.85])
def test_what_is_readable_of_a_damaged_memory_is_saved(path: Path, start: float) -> None:
    filled(path, 150)
    whole = path.read_bytes()
    spoiled(path, start, start + 0.1)
    broken = path.read_bytes()
    opened, repaired = rescue.opened_whole(path)
    with opened:
        assert repaired is not None
        assert repaired.kept_as.read_bytes() == broken
        assert opened.whole()
        saved = memory.stock(opened)
        assert saved.articles + saved.quotes + dict(saved.units).get("en→ru", 0) > 0.4 * 7 * 150
        for number in range(150):
            memory.add(opened, article(number))
        assert memory.stock(opened).quotes >= 450
        assert memory.search(opened, article(77).quotes[0].text, "en", speaker="Speaker77")
    assert len(whole) == len(broken)


@pytest.mark.parametrize("share", [0.0001, 0.2, 0.6, 0.95])
def test_a_truncated_memory(path: Path, share: float) -> None:
    filled(path, 60)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share) or 1])
    opened, repaired = rescue.opened_whole(path)
    with opened:
        assert repaired is not None
        assert opened.whole()
        for number in range(60):
            memory.add(opened, article(number))
        assert memory.stock(opened).quotes == 180


def test_no_database_at_all(path: Path) -> None:
    path.write_text("this is a note, and no memory. " * 200, encoding="utf-8")
    with pytest.raises(DamageError):
        memory.open_memory(path)
    opened, repaired = rescue.opened_whole(path)
    with opened:
        assert repaired is not None
        assert repaired.kept_as.read_text(encoding="utf-8").startswith("this is a note")
        assert memory.stock(opened).articles == 0
    assert sorted(one.name for one in path.parent.iterdir()) == ["memory.sqlite", "memory.sqlite.damaged-1"]


def test_a_whole_memory_is_not_touched(path: Path) -> None:
    filled(path, 2)
    before = lines(path)
    assert memory.repair(path) is None
    assert lines(path) == before


# Export, import, forgetting


def test_memories_merge_in_either_direction(tmp_path: Path) -> None:
    one, other = tmp_path / "one.sqlite", tmp_path / "other.sqlite"
    with memory.open_memory(one) as first, memory.open_memory(other) as second:
        for number in (1, 2, 3):
            memory.add(first, article(number))
        for number in (3, 4, 5, 6):
            memory.add(second, article(number, "перевод"))
        memory.add(second, article(3, "другой перевод"))
        exported = list(memory.export_lines(first))
        done = memory.import_lines(second, exported)
        assert (done.articles, done.broken) == (2, ())
        memory.import_lines(first, memory.export_lines(second))
        assert list(memory.export_lines(first)) == list(memory.export_lines(second))
        assert memory.import_lines(first, memory.export_lines(second)).articles == 0


def test_broken_lines_are_told_and_the_rest_is_taken(opened: Memory, tmp_path: Path) -> None:
    with memory.open_memory(tmp_path / "other.sqlite") as other:
        memory.add(other, article(1))
        good = list(memory.export_lines(other))
    record = json.loads(good[0])
    bad = [
        "{",
        "[]",
        json.dumps({**record, "schema": 7}),
        json.dumps({**record, "kind": "recipe"}),
        json.dumps({**record, "version": "one"}),
        json.dumps({**record, "version": 10**30}),
        json.dumps({**record, "target_lang": "fr"}),
        json.dumps({**record, "quotes": [{"rendering": "no text"}]}),
        json.dumps({"schema": 1, "kind": "decision", "key": "k", "rule": "r", "verdict": "perhaps"}),
    ]
    done = memory.import_lines(opened, [*bad, "", *good])
    assert [number for number, _ in done.broken] == list(range(1, len(bad) + 1))
    assert done.articles == memory.stock(opened).articles == 1


def test_what_is_forgotten_is_not_in_the_file(path: Path) -> None:
    filled(path, 30)
    secret = "We shelled the orphanage because Zaborovsky ordered it"
    with memory.open_memory(path) as opened:
        quotes = (KeptQuote(secret, "приказ Заборовского", "Private Anton Pylypko"), *article(31).quotes)
        units = (Unit(f"“{secret},” Pylypko said.", "«…», — сказал Пилипко."), *article(31).units)
        memory.add(opened, Article("call", "en", "ru", "2024-02-02", "", "s", "t", quotes, units))
        done = memory.forget(opened, "Pylypko")
        assert (done.speakers, done.quotes, done.units) == (("Private Anton Pylypko",), 1, 1)
        assert not memory.search(opened, secret, "en", speaker="Pylypko")
        assert not memory.suggest(opened, units[0].source, "ru")
        assert memory.search(opened, article(31).quotes[0].text, "en", speaker="Speaker31")
        assert memory.forget(opened, "Pylypko").speakers == ()
        assert opened.whole()
    for file in path.parent.iterdir():
        content = file.read_bytes()
        for word in ("orphanage", "Pylypko", "Заборовск", "enorpha"):
            assert word.encode() not in content, (word, file)
