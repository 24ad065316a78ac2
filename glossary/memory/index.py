"""Which kept quotes or sentences share telling words with a text: FTS5 over beginnings of stems.

The index is contentless and keeps no positions (a few bytes an entry); how many entries hold a term is counted beside
it, so that a query asks for rare terms only: frequent ones cost a hundred times as much and tell nothing. Terms for a
wording are taken for rare and not counted: there are as many of them as texts, in no order that a table could keep.
"""

import math
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from heapq import nlargest
from itertools import combinations

from glossary.memory.keys import is_wording
from glossary.memory.store import Memory

BUDGET = 6_000
"""How many entries one query may read of terms that are asked for alone: half a microsecond each."""

PAIRED = 6
"""How many of the terms that are too frequent for that are asked for two at a time; SQLite intersects them."""

INTERSECTED = 1_000_000
"""How many entries all intersections of a query may run through: some 25 nanoseconds each."""

SHARED = 10_000
"""How many entries they may find together, by what is expected of two terms that have nothing to do with each other."""

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
    counts = Counter(term for _, terms in entries for term in terms.split() if not is_wording(term))
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
    left, frequent = BUDGET, list[tuple[str, float, int]]()
    wordings = [(1, term) for term in unique if is_wording(term)]
    for n, term in wordings + sorted((n, term) for term, n in counted):
        weight = math.log(1 + total / n)
        if n > left:
            frequent.append((term, weight, n))
            continue
        left -= n
        for number in _holding(memory, place, f'"{term}"'):
            scores[number] = scores.get(number, 0.0) + weight
    paired = frequent[:PAIRED]
    run, found = INTERSECTED, SHARED
    for (one, first, n), (other, second, more) in sorted(
        combinations(paired, 2), key=lambda two: two[0][2] * two[1][2]
    ):
        if n + more <= run and n * more / total <= found:
            numbers = _holding(memory, place, f'"{one}" AND "{other}"')
            run, found = run - n - more, found - len(numbers)
            for number in numbers:
                scores[number] = scores.get(number, 0.0) + (first + second) / (len(paired) - 1)
    best = nlargest(limit, zip(scores.values(), scores.keys(), strict=True))
    return [number for _, number in best]


def holding(memory: Memory, place: str, terms: Sequence[str]) -> list[int]:
    """The newest rows that have all of these terms."""
    return _holding(memory, place, " AND ".join(f'"{term}"' for term in terms))


def _holding(memory: Memory, place: str, query: str) -> list[int]:
    """The newest rows that a query finds."""
    table = _INDEX[place]
    rows = memory.rows(f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rowid DESC LIMIT {BUDGET}", query)
    return [number for (number,) in rows]
