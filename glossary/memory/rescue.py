"""A damaged file: set aside as it is, and what can still be read of it put into a new one."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from glossary.errors import InputError
from glossary.memory import index
from glossary.memory.store import TABLES, DamageError, Memory, explained, open_memory

_MAGIC = b"SQLite format 3\0"
_ENDINGS = (".sqlite", ".sqlite3", ".db")
_STALE = 120.0
_PROBES = 200_000
_SATELLITES = ("-wal", "-shm")
# What is left of articles of which nothing but quotes and units can be read: they stay, undated.
_LOST = """
INSERT INTO article(id, digest, source_digest, target_digest, name, source_lang, target_lang, date, link, version)
SELECT id, 'lost-' || id, '', '', 'an article that was lost', max(source), max(target), '', '', 0 FROM (
    SELECT quote.article AS id, quote.lang AS source, coalesce(rendering.lang, '') AS target FROM quote
        LEFT JOIN rendering ON rendering.quote = quote.id WHERE quote.article IS NOT NULL
    UNION ALL SELECT article, source_lang, target_lang FROM unit)
WHERE id NOT IN (SELECT id FROM article) GROUP BY id
"""


@dataclass(frozen=True, slots=True)
class Repaired:
    """Where the damaged file went, and how many rows of each table were saved."""

    kept_as: Path
    rows: dict[str, int]


def opened_whole(path: Path, *, create: bool = True, thorough: bool = True) -> tuple[Memory, Repaired | None]:
    """Open a memory, repaired first if it is damaged; without `thorough` only what opening meets counts as damage.

    Raises as `open_memory` does.
    """
    repaired = None
    try:
        memory = open_memory(path, create=create)
        if not thorough or memory.whole():
            return memory, None
        memory.close()
    except DamageError:
        if not _looks_like_a_memory(path):
            raise InputError("this is no memory", str(path), "choose another `--memory FILE`") from None
    repaired = repair(path)
    return open_memory(path), repaired


def _looks_like_a_memory(path: Path) -> bool:
    """Whether a file that cannot be opened may be set aside: never a text that was named by mistake."""
    with path.open("rb") as file:
        return path.suffix in _ENDINGS or file.read(len(_MAGIC)) == _MAGIC


def repair(path: Path) -> Repaired | None:
    """Set a damaged memory aside and rebuild it; None if it is whole (another program may have been faster).

    Raises InputError if there is no space or no permission; the damaged file is then where it was.
    """
    with _alone(path):
        try:
            with open_memory(path, create=False) as memory:
                if memory.whole():
                    return None
        except DamageError:
            pass
        fresh = path.with_name(f"{path.name}.rebuilding")
        _unlinked(fresh)
        try:
            with open_memory(fresh) as memory:
                saved = _copied(path, memory)
                memory.compact()
            kept_as = _set_aside(path)
            os.replace(fresh, path)
        except OSError as error:
            raise InputError(
                f"cannot be repaired: {error.strerror}", str(path), "make room, or give `--memory FILE`"
            ) from error
        finally:
            _unlinked(fresh)
    return Repaired(kept_as, saved)


def _copied(path: Path, memory: Memory) -> dict[str, int]:
    """Every row that can be read, into an empty memory; rows that lost what they belong to are left out."""
    saved = {}
    with memory.transaction() as connection:
        connection.execute("PRAGMA defer_foreign_keys = ON")
        for table, columns in TABLES.items():
            marks = ", ".join("?" * len(columns))
            names = ", ".join(f'"{column}"' for column in columns)
            for row in _readable(path, table, names):
                try:
                    connection.execute(f"INSERT OR IGNORE INTO {table}({names}) VALUES ({marks})", row)
                except sqlite3.IntegrityError:  # a cell that was overwritten
                    continue
        connection.execute("UPDATE quote SET speaker = NULL WHERE speaker NOT IN (SELECT id FROM speaker)")
        connection.execute("UPDATE quote SET utterance = NULL WHERE utterance NOT IN (SELECT id FROM utterance)")
        connection.execute(_LOST)
        connection.execute("DELETE FROM rendering WHERE quote NOT IN (SELECT id FROM quote)")
        # An article may have lost quotes: when it is added again it must not be taken for known.
        connection.execute("UPDATE article SET digest = 'saved-' || digest, target_digest = ''")
        for table in ("quote", "unit"):
            index.enter(connection, table, connection.execute(f"SELECT id, terms FROM {table}").fetchall())
        for table in TABLES:
            saved[table] = int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
    return saved


def _readable(path: Path, table: str, names: str) -> Iterator[tuple[object, ...]]:
    """The rows of a table from both ends up to where they break, then what single look-ups find between."""
    source = f"file:{path.resolve().as_posix().replace('%', '%25').replace('?', '%3f').replace('#', '%23')}?mode=ro"
    try:
        with closing(sqlite3.connect(source, uri=True)) as connection:
            connection.text_factory = lambda cell: cell.decode("utf-8", "replace")
            low, high, seen = 0, 0, set[object]()
            for direction in ("ASC", "DESC"):
                query = f"SELECT id, {names} FROM {table} NOT INDEXED ORDER BY id {direction}"
                try:
                    for number, *row in connection.execute(query):
                        if number in seen:
                            return
                        seen.add(number)
                        low, high = (number, high) if direction == "ASC" else (low, number)
                        yield tuple(row)
                    return
                except sqlite3.DatabaseError:
                    continue
            for number in range(low + 1, min(high, low + _PROBES)):
                try:
                    for row in connection.execute(f"SELECT {names} FROM {table} NOT INDEXED WHERE id = ?", (number,)):
                        yield tuple(row)
                except sqlite3.DatabaseError:
                    continue
    except sqlite3.DatabaseError:
        return


def _set_aside(path: Path) -> Path:
    """Rename the file, with its log, to a name that is free."""
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    for ending in _SATELLITES:
        beside = path.with_name(path.name + ending)
        if beside.exists():
            os.replace(beside, aside.with_name(aside.name + ending))
    os.replace(path, aside)
    return aside


def _unlinked(path: Path) -> None:
    for ending in ("", *_SATELLITES):
        path.with_name(path.name + ending).unlink(missing_ok=True)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """One program repairs at a time; a mark that is older than two minutes was left by one that died."""
    mark = path.with_name(f"{path.name}.repair")
    end = time.monotonic() + _STALE
    while True:
        try:
            os.close(os.open(mark, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            break
        except FileExistsError:
            try:
                stale = time.time() - mark.stat().st_mtime > _STALE
            except FileNotFoundError:
                continue
            if stale:
                mark.unlink(missing_ok=True)
            elif time.monotonic() > end:
                raise explained(sqlite3.OperationalError("locked"), path) from None
            else:
                time.sleep(0.05)
        except OSError as error:
            raise InputError(f"cannot be repaired: {error.strerror}", str(path), "give `--memory FILE`") from error
    try:
        yield
    finally:
        mark.unlink(missing_ok=True)
