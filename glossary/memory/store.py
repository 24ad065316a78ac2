"""The file: opening it, its tables, transactions, and what can be wrong with it.

Write-ahead log, so that readers never wait; every change is one immediate transaction, so that two programs that write
take turns and neither loses anything. Not for network drives: SQLite's locks are not safe there.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Any

from glossary.errors import InputError

APPLICATION = 0x546F6C6D
"""`Tolm`: written into the file, so that no other program's database is taken for a memory."""

PATIENCE = 5.0
"""Seconds to wait for another program that writes."""

TABLES: dict[str, tuple[str, ...]] = {
    "article": ("id", "digest", "source_digest", "target_digest", "name", "source_lang", "target_lang", "date", "link",
                "version"),
    "speaker": ("id", "key", "name", "lang"),
    "utterance": ("id", "digest", "status", "lang", "text", "link"),
    "quote": ("id", "article", "utterance", "speaker", "lang", "start", "end", "text", "carrier", "kind", "terms"),
    "rendering": ("id", "quote", "lang", "text", "status"),
    "unit": ("id", "article", "source_lang", "target_lang", "source", "target", "words", "terms"),
    "decision": ("id", "digest", "key", "rule", "verdict", "scope", "article", "lang", "sources", "renderings",
                 "reason", "original", "link", "at", "version"),
}  # fmt: skip
"""Every table that holds what cannot be made again, with its columns; the indexes are made from these."""

SCHEMA = """
CREATE TABLE article(
    id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, source_digest TEXT NOT NULL, target_digest TEXT NOT NULL,
    name TEXT NOT NULL, source_lang TEXT NOT NULL, target_lang TEXT NOT NULL, date TEXT NOT NULL, link TEXT NOT NULL,
    version INTEGER NOT NULL);
CREATE TABLE speaker(
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, lang TEXT NOT NULL);
CREATE TABLE utterance(
    id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, status TEXT NOT NULL CHECK(status IN ('found', 'searched')),
    lang TEXT NOT NULL, text TEXT NOT NULL, link TEXT NOT NULL);
CREATE TABLE quote(
    id INTEGER PRIMARY KEY, article INTEGER REFERENCES article ON DELETE CASCADE,
    utterance INTEGER REFERENCES utterance ON DELETE SET NULL, speaker INTEGER REFERENCES speaker ON DELETE SET NULL,
    lang TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL, carrier TEXT NOT NULL,
    kind TEXT NOT NULL, terms TEXT NOT NULL);
CREATE TABLE rendering(
    id INTEGER PRIMARY KEY, quote INTEGER NOT NULL REFERENCES quote ON DELETE CASCADE, lang TEXT NOT NULL,
    text TEXT NOT NULL, status TEXT NOT NULL CHECK(status IN ('proposed', 'accepted')));
CREATE TABLE unit(
    id INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE, source_lang TEXT NOT NULL,
    target_lang TEXT NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL, words TEXT NOT NULL, terms TEXT NOT NULL);
CREATE TABLE decision(
    id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, key TEXT NOT NULL, rule TEXT NOT NULL, verdict TEXT NOT NULL,
    scope TEXT NOT NULL, article TEXT NOT NULL, lang TEXT NOT NULL, sources TEXT NOT NULL, renderings TEXT NOT NULL,
    reason TEXT NOT NULL, original TEXT NOT NULL, link TEXT NOT NULL, at TEXT NOT NULL, version INTEGER NOT NULL);
CREATE INDEX article_source ON article(source_digest, target_lang);
CREATE INDEX quote_article ON quote(article);
CREATE INDEX quote_speaker ON quote(speaker);
CREATE INDEX rendering_quote ON rendering(quote);
CREATE INDEX unit_article ON unit(article);
CREATE INDEX unit_words ON unit(words, target_lang);
CREATE INDEX decision_key ON decision(key);
CREATE TABLE frequency(place TEXT NOT NULL, term TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY(place, term))
    WITHOUT ROWID;
CREATE VIRTUAL TABLE quote_index USING fts5(terms, content='', detail=none, tokenize='unicode61 remove_diacritics 0');
CREATE VIRTUAL TABLE unit_index USING fts5(terms, content='', detail=none, tokenize='unicode61 remove_diacritics 0');
"""

SEQUENTIAL = """
DROP INDEX unit_words;
DELETE FROM frequency WHERE length(term) = 16 AND term GLOB 'w*';
"""
"""Keys in no order make a transaction write all of the table that they are in: wordings are found in FTS5 alone."""

MIGRATIONS: tuple[str, ...] = (SCHEMA, SEQUENTIAL)
"""MIGRATIONS[n] makes version n + 1 of the schema out of version n. Only ever appended to."""


class DamageError(InputError):
    """The file is not, or no longer, a whole SQLite database; `glossary.memory.rescue` saves what is readable."""


class Memory:
    """An open memory. Threads may share it; processes open it each for themselves."""

    def __init__(self, connection: sqlite3.Connection, path: Path | None) -> None:
        self._connection = connection
        self._lock = RLock()
        self.path = path

    def rows(self, sql: str, *values: object) -> list[Any]:
        """All rows of a query. Raises DamageError, or InputError when the file cannot be read."""
        try:
            with self._lock:
                return self._connection.execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise explained(error, self.path) from error

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Everything in the block, or nothing of it. Raises as `rows` does."""
        with self._lock:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                try:
                    yield self._connection
                    self._connection.execute("COMMIT")
                except BaseException:
                    if self._connection.in_transaction:
                        self._connection.execute("ROLLBACK")
                    raise
            except sqlite3.DatabaseError as error:
                raise explained(error, self.path) from error

    def whole(self) -> bool:
        """Whether SQLite's own quick check finds the file in order."""
        try:
            return bool(self.rows("PRAGMA quick_check(1)") == [("ok",)])
        except DamageError:
            return False

    def compact(self) -> None:
        """Write the file anew without the gaps of what was deleted, so that nothing of it can be read any more."""
        try:
            with self._lock:
                self._connection.execute("VACUUM")
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.DatabaseError as error:
            raise explained(error, self.path) from error

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __enter__(self) -> "Memory":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_memory(path: Path | None, *, create: bool = True) -> Memory:
    """Open the memory at `path` (None: one that is gone when it is closed); an older schema is brought up to date.

    Raises InputError if the file is another program's, of a newer Tolmach, missing (and not to be created) or out of
    reach, DamageError if it is no database.
    """
    if path is not None and not path.exists():
        if not create:
            raise InputError("no such memory", str(path), "make one with `tolmach memory add SOURCE TARGET`")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(
                f"cannot be made: {error.strerror}", str(path), "choose another `--memory FILE`"
            ) from error
    try:
        connection = _connected(path)
    except sqlite3.DatabaseError as error:
        raise explained(error, path) from error
    try:
        _brought_up_to_date(connection, path)
    except sqlite3.DatabaseError as error:
        connection.close()
        raise explained(error, path) from error
    except BaseException:
        connection.close()
        raise
    return Memory(connection, path)


def _connected(path: Path | None) -> sqlite3.Connection:
    name = ":memory:" if path is None else str(path)
    connection = sqlite3.connect(name, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    try:
        connection.execute(
            "PRAGMA page_size = 8192"
        )  # a new file: the schema fits its first page, damage elsewhere spares it
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA synchronous = NORMAL")
        end = time.monotonic() + PATIENCE
        while connection.execute("PRAGMA journal_mode").fetchone()[0] not in ("wal", "memory"):
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                break
            except sqlite3.OperationalError as error:  # the busy timeout does not cover this change
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                    raise
                time.sleep(0.02)
    except BaseException:
        connection.close()
        raise
    return connection


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _brought_up_to_date(connection: sqlite3.Connection, path: Path | None) -> None:
    """Make the tables, or run the migrations that are missing, in one transaction."""
    if _version(connection) == len(MIGRATIONS) and _ours(connection):
        return
    connection.execute("BEGIN IMMEDIATE")
    version = _version(connection)
    foreign = not _ours(connection) and connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if foreign or version > len(MIGRATIONS):
        connection.execute("ROLLBACK")
        if foreign:
            raise InputError("a database of another program", str(path), "choose another `--memory FILE`")
        raise InputError(
            f"written by a newer Tolmach (schema {version}, this one knows {len(MIGRATIONS)})",
            str(path),
            "update Tolmach, or use another `--memory FILE`",
        )
    if version and path is not None:
        _copied(connection, path.with_name(f"{path.name}.schema-{version}"))
    for script in MIGRATIONS[version:]:
        for statement in script.split(";\n"):
            if statement.strip():
                connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    connection.execute("COMMIT")


def _copied(connection: sqlite3.Connection, path: Path) -> None:
    """A copy as it is before a migration: nothing has been written yet in this transaction."""
    name = connection.execute("PRAGMA database_list").fetchone()[2]
    with sqlite3.connect(name) as reading, sqlite3.connect(path) as copy:
        reading.backup(copy)
    reading.close()
    copy.close()


def _ours(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION)


def explained(error: sqlite3.DatabaseError, path: Path | None) -> InputError:
    """The error of SQLite as one of ours."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    where = str(path) if path is not None else "memory"
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return DamageError("the memory is damaged", where, "`tolmach memory stats` saves what is readable")
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return InputError(f"another program has been writing for {PATIENCE:.0f} seconds", where, "try again")
    if code == sqlite3.SQLITE_FULL:
        return InputError("no space left", where, "make room; nothing that was there is lost")
    return InputError(f"cannot be used: {error}", where, "check the path and its permissions, or give `--memory FILE`")
