"""Which kept quotes or sentences share telling words with a text: FTS5 over beginnings of stems.

The index is contentless and keeps no positions (a few bytes an entry); how many entries hold a term is counted beside
it, so that a query asks for rare terms only: frequent ones cost a hundred times as much and tell nothing.
"""

import math
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence

from glossary.memory.store import Memory

BUDGET = 4_000
"""How many entries of the index one query may read."""

ENOUGH = 12
"""How many terms of a query are asked for at most, the rarest first."""

_INDEX = {"quote": "quote_index", "unit": "unit_index"}


def enter(connection: sqlite3.Connection, place: str, entries: Iterable[tuple[int, str]]) -> None:
    """Enter rows (number, terms joined by spaces) of `place`, quote or unit."""
    listed = list(entries)
    connection.executemany(f"INSERT INTO {_INDEX[place]}(rowid, terms) VALUES (?, ?)", listed)
    _count(connection, place, listed, 1)


def remove(connection: sqlite3.Connection, place: str, entries: Iterable[tuple[int, str]]) -> None:
    """Take rows out again; their terms must be those they were entered with."""
    listed = list(entries)
    table = _INDEX[place]
    connection.executemany(f"INSERT INTO {table}({table}, rowid, terms) VALUES ('delete', ?, ?)", listed)
    _count(connection, place, listed, -1)
    connection.execute("DELETE FROM frequency WHERE place = ? AND n <= 0", (place,))


def optimise(connection: sqlite3.Connection) -> None:
    """Merge the index into one piece; what was taken out leaves the file."""
    for table in _INDEX.values():
        connection.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")


def _count(connection: sqlite3.Connection, place: str, entries: Sequence[tuple[int, str]], sign: int) -> None:
    counts = Counter(term for _, terms in entries for term in terms.split())
    connection.executemany(
        "INSERT INTO frequency VALUES (?, ?, ?) ON CONFLICT(place, term) DO UPDATE SET n = n + excluded.n",
        [(place, term, sign * n) for term, n in sorted(counts.items())],
    )


def near(memory: Memory, place: str, terms: Sequence[str], limit: int) -> list[int]:
    """The numbers of at most `limit` rows that share the most and rarest terms; the best first, then the newest."""
    unique = list(dict.fromkeys(terms))
    marks = ",".join("?" * len(unique))
    counted = memory.rows(f"SELECT term, n FROM frequency WHERE place = ? AND term IN ({marks})", place, *unique)
    total = memory.rows(f"SELECT max(rowid) FROM {place}")[0][0] or 1
    scores: dict[int, float] = {}
    left = BUDGET
    for n, term in sorted((n, term) for term, n in counted)[:ENOUGH]:
        if n > left and scores:
            break
        weight = math.log(1 + total / n)
        for (number,) in memory.rows(
            f"SELECT rowid FROM {_INDEX[place]} WHERE {_INDEX[place]} MATCH ? ORDER BY rowid DESC LIMIT ?",
            f'"{term}"',
            BUDGET,
        ):
            scores[number] = scores.get(number, 0.0) + weight
        left -= n
    best = sorted(scores, key=lambda number: (-scores[number], -number))
    return best[:limit]
