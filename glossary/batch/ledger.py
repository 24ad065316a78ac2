"""What was checked before, so that a run can stop and go on and nothing is checked twice: one SQLite file.

One row per pair and settings: what its texts were, under which glossary it was examined, and what came out. A run
writes it alone (exclusive lock, write-ahead log); rows become durable within a second, a kill loses no more.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from glossary.errors import InputError, UsageError

APPLICATION = 0x546F6C4C
"""`TolL`: written into the file, so that no other database is taken for a ledger."""

SCHEMA = 1
TOGETHER = 500
"""Rows that are made durable together at the latest."""

SECONDS = 1.0
"""Seconds after which they are at the latest."""

_TABLES = (
    "CREATE TABLE glossary(id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, concepts BLOB NOT NULL)",
    "CREATE TABLE pair(place BLOB PRIMARY KEY, texts BLOB NOT NULL, glossary INTEGER NOT NULL, result BLOB NOT NULL,"
    " facts BLOB NOT NULL)",
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What a ledger has of a pair: the digest of its texts, the number of the glossary, the result and the facts."""

    texts: bytes
    glossary: int
    result: bytes
    facts: bytes


class Ledger:
    """An open ledger; close it in the end. All methods raise InputError if the file cannot be used any more."""

    def __init__(self, connection: sqlite3.Connection, path: Path | None) -> None:
        self._connection, self.path = connection, path
        self._waiting, self._since = 0, 0.0

    def kept(self, place: bytes) -> Kept | None:
        """What there is of the pair at this place."""
        with self._explained():
            sql = "SELECT texts, glossary, result, facts FROM pair WHERE place = ?"
            row = self._connection.execute(sql, (place,)).fetchone()
        return Kept(*row) if row is not None else None

    def keep(self, place: bytes, kept: Kept) -> None:
        """Put what came out of a pair in the place of what there was."""
        row = (place, kept.texts, kept.glossary, kept.result, kept.facts)
        self._write("INSERT OR REPLACE INTO pair VALUES (?, ?, ?, ?, ?)", *row)

    def confirm(self, place: bytes, glossary: int) -> None:
        """Say that what there is of a pair holds under this glossary too."""
        self._write("UPDATE pair SET glossary = ? WHERE place = ?", glossary, place)

    def glossaries(self) -> dict[int, bytes]:
        """The packed concepts of every glossary under which a pair was examined."""
        with self._explained():
            rows = self._connection.execute(
                "SELECT id, concepts FROM glossary WHERE id IN (SELECT DISTINCT glossary FROM pair)"
            )
            return dict(rows.fetchall())

    def number(self, digest: str, concepts: bytes) -> int:
        """The number of a glossary, which is kept if it was not."""
        self._write("INSERT OR IGNORE INTO glossary(digest, concepts) VALUES (?, ?)", digest, concepts)
        with self._explained():
            row = self._connection.execute("SELECT id FROM glossary WHERE digest = ?", (digest,)).fetchone()
        return int(row[0])

    def flush(self) -> None:
        """Make everything durable."""
        if self._waiting:
            self._waiting = 0
            with self._explained():
                self._connection.execute("COMMIT")

    def close(self) -> None:
        """Make everything durable and close the file."""
        try:
            self.flush()
            with self._explained():
                if self.path is not None:
                    self._connection.execute(
                        "DELETE FROM glossary WHERE id NOT IN (SELECT DISTINCT glossary FROM pair)"
                    )
        finally:
            self._connection.close()

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.close()
        except InputError:
            if kind is None:
                raise

    def _write(self, sql: str, *values: object) -> None:
        with self._explained():
            if not self._waiting:
                self._connection.execute("BEGIN")
                self._since = time.monotonic()
            self._waiting += 1
            self._connection.execute(sql, values)
        if self._waiting >= TOGETHER or time.monotonic() - self._since > SECONDS:
            self.flush()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            self._waiting = 0
            raise explained(error, self.path) from error


def open_ledger(path: Path | None) -> Ledger:
    """Open or make a ledger; None is one on the disk that is gone when it is closed.

    Raises UsageError if another run has it open or it is no ledger of this version, InputError if it cannot be used.
    """
    try:
        connection = sqlite3.connect(str(path) if path is not None else "", timeout=0, isolation_level=None)
    except sqlite3.Error as error:
        raise explained(error, path) from error
    try:
        _prepare(connection, path)
    except sqlite3.Error as error:
        connection.close()
        raise explained(error, path) from error
    except BaseException:
        connection.close()
        raise
    return Ledger(connection, path)


def _prepare(connection: sqlite3.Connection, path: Path | None) -> None:
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    if path is None:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
    else:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("BEGIN IMMEDIATE")
    found = tuple(connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
    if found == (0, 0) and not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        for statement in _TABLES:
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {SCHEMA}")
    elif found != (APPLICATION, SCHEMA):
        connection.execute("ROLLBACK")
        what = "a ledger of another version" if found[0] == APPLICATION else "a database of another program"
        raise UsageError(what, str(path), "choose another `--ledger FILE`")
    connection.execute("COMMIT")


def explained(error: sqlite3.Error, path: Path | None) -> InputError | UsageError:
    """The error of SQLite as one of ours."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    where = str(path) if path is not None else "temporary files"
    again = "run the same command again: what was checked is kept" if path is not None else "run the command again"
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return UsageError("another run has this ledger open", where, "wait for it, or give this run another ledger")
    if code == sqlite3.SQLITE_FULL:
        return InputError("no space left", where, f"make room and {again}")
    if code == sqlite3.SQLITE_IOERR:
        return InputError(f"the disk does not take what is written ({error})", where, f"make room and {again}")
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return InputError(
            "this is no ledger, or it is damaged", where, "choose another `--ledger FILE`, or delete this if it was one"
        )
    return InputError(f"cannot be used: {error}", where, "check the path and its permissions")
