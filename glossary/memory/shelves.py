"""Putting finished articles into the memory, taking them out, counting what is there."""

import sqlite3
from dataclasses import dataclass, replace
from typing import Any

from glossary.memory import index
from glossary.memory.keys import digest, normalised, terms
from glossary.memory.persons import speaker_key, speaker_terms
from glossary.memory.store import Memory
from glossary.memory.values import Article, KeptQuote, Original, Unit

LANGUAGES = ("en", "ru", "uk")


@dataclass(frozen=True, slots=True)
class Stock:
    """How much there is."""

    articles: int
    quotes: int
    renderings: int
    speakers: int
    originals: int
    units: tuple[tuple[str, int], ...]
    decisions: int


def article_digest(article: Article) -> str:
    """What an article is recognised by: both texts, or where they are not known all that is kept of it."""
    if article.source_digest and article.target_digest:
        return digest(article.source_digest, article.target_digest, article.source_lang, article.target_lang)
    return digest(repr(replace(article, version=0, date="", name="", link="")))


def add(memory: Memory, article: Article) -> bool:
    """Keep an article; False if it was there. An earlier version of it (same source, same target language) gives way.

    An article that comes with a version (from an export) gives way itself if the one that is kept is newer.
    """
    return add_all(memory, (article,)) == 1


def add_all(memory: Memory, articles: tuple[Article, ...]) -> int:
    """Keep articles in one transaction; returns how many were new."""
    added = 0
    prepared = [(article, article_digest(article), _prepared(article)) for article in articles]
    with memory.transaction() as connection:
        for article, name, rows in prepared:
            if connection.execute("SELECT 1 FROM article WHERE digest = ?", (name,)).fetchone():
                continue
            rivals = connection.execute(
                "SELECT id, version, date, target_digest FROM article WHERE source_digest = ? AND target_lang = ?"
                " AND source_digest <> ''",
                (article.source_digest, article.target_lang),
            ).fetchall()
            mine = (article.version, article.date, article.target_digest)
            if article.version and any(tuple(rival[1:]) > mine for rival in rivals):
                continue
            version = article.version or next_version(connection, "article")
            accepted = {text for rival in rivals for text in _accepted(connection, rival[0])}
            for rival in rivals:
                remove_article(connection, rival[0])
            _insert(connection, replace(article, version=version), name, rows, accepted)
            added += 1
    return added


def next_version(connection: sqlite3.Connection, table: str) -> int:
    """A number above all that were given, here or in memories that were taken in: a Lamport clock, so that what was
    done later counts, whatever the clocks of two machines say."""
    return int(connection.execute(f"SELECT coalesce(max(version), 0) + 1 FROM {table}").fetchone()[0])


def _prepared(article: Article) -> tuple[list[str], list[tuple[str, str]]]:
    """The terms of the quotes; words and terms of the units: worked out before the file is locked."""
    quotes = []
    for quote in article.quotes:
        found = terms(quote.text, article.source_lang)
        found += terms(quote.rendering, article.target_lang) if quote.rendering else ()
        found += speaker_terms(quote.speaker)
        quotes.append(" ".join(found))
    units = [
        (digest(normalised(unit.source, article.source_lang)), " ".join(terms(unit.source, article.source_lang)))
        for unit in article.units
    ]
    return quotes, units


def _accepted(connection: sqlite3.Connection, article: int) -> list[str]:
    rows = connection.execute(
        "SELECT rendering.text FROM rendering JOIN quote ON quote.id = rendering.quote"
        " WHERE quote.article = ? AND status = 'accepted'",
        (article,),
    )
    return [text for (text,) in rows]


def _insert(
    connection: sqlite3.Connection,
    article: Article,
    name: str,
    rows: tuple[list[str], list[tuple[str, str]]],
    accepted: set[str],
) -> None:
    number = connection.execute(
        "INSERT INTO article(digest, source_digest, target_digest, name, source_lang, target_lang, date, link, version)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (name, article.source_digest, article.target_digest, _clean(article.name), article.source_lang,
         article.target_lang, article.date, article.link, article.version),
    ).lastrowid  # fmt: skip
    quotes = []
    for quote, found in zip(article.quotes, rows[0], strict=True):
        kept = insert_quote(connection, quote, article.source_lang, found, article=number)
        quotes.append((kept, found))
        if quote.rendering:
            status = "accepted" if quote.rendering in accepted else quote.status
            connection.execute(
                "INSERT INTO rendering(quote, lang, text, status) VALUES (?, ?, ?, ?)",
                (kept, article.target_lang, _clean(quote.rendering), status),
            )
    index.enter(connection, "quote", quotes)
    units = []
    for unit, (words, found) in zip(article.units, rows[1], strict=True):
        values = (number, article.source_lang, article.target_lang, _clean(unit.source), _clean(unit.target), words)
        entered = connection.execute(
            "INSERT INTO unit(article, source_lang, target_lang, source, target, words, terms)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (*values, found),
        ).lastrowid
        units.append((entered or 0, found))
    index.enter(connection, "unit", units)


def insert_quote(
    connection: sqlite3.Connection,
    quote: KeptQuote,
    lang: str,
    found: str,
    *,
    article: int | None = None,
    utterance: int | None = None,
) -> int:
    """Put one quote on the shelf, not yet into the index; returns its number."""
    speaker = insert_speaker(connection, quote.speaker, quote.speaker_lang)
    number = connection.execute(
        'INSERT INTO quote(article, utterance, speaker, lang, start, "end", text, carrier, kind, terms)'
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (article, utterance, speaker, lang, quote.start, quote.end, _clean(quote.text), _clean(quote.carrier),
         quote.kind, found),
    ).lastrowid  # fmt: skip
    assert number is not None
    return number


def insert_speaker(connection: sqlite3.Connection, name: str, lang: str) -> int | None:
    """The number of a speaker, who is entered if new; None for nobody."""
    key = speaker_key(name)
    if not key:
        return None
    connection.execute(
        "INSERT INTO speaker(key, name, lang) VALUES (?, ?, ?)"
        " ON CONFLICT(key) DO UPDATE SET lang = CASE lang WHEN '' THEN excluded.lang ELSE lang END",
        (key, _clean(name), lang),
    )
    return int(connection.execute("SELECT id FROM speaker WHERE key = ?", (key,)).fetchone()[0])


def insert_original(connection: sqlite3.Connection, original: Original) -> bool:
    """Keep what is known of the original of a quote; False if it was known. What was found outdoes what was sought."""
    name = digest(original.status, normalised(original.quote, original.quote_lang), original.lang, original.text)
    if connection.execute("SELECT 1 FROM utterance WHERE digest = ?", (name,)).fetchone():
        return False
    number = connection.execute(
        "INSERT INTO utterance(digest, status, lang, text, link) VALUES (?, ?, ?, ?, ?)",
        (name, original.status, original.lang, _clean(original.text), _clean(original.link)),
    ).lastrowid
    quote = KeptQuote(original.quote, speaker=original.speaker)
    found = " ".join((*terms(original.quote, original.quote_lang), *speaker_terms(original.speaker)))
    kept = insert_quote(connection, quote, original.quote_lang, found, utterance=number)
    index.enter(connection, "quote", [(kept, found)])
    return True


def remove_quotes(connection: sqlite3.Connection, condition: str, *values: object) -> int:
    """Delete the quotes that a condition describes, with their renderings and index entries; returns how many."""
    rows = connection.execute(f"SELECT id, terms FROM quote WHERE {condition}", values).fetchall()
    index.remove(connection, "quote", rows)
    connection.executemany("DELETE FROM quote WHERE id = ?", [(number,) for number, _ in rows])
    return len(rows)


def remove_units(connection: sqlite3.Connection, numbers: list[int]) -> None:
    """Delete units with their index entries."""
    rows = [
        row
        for number in numbers
        for row in connection.execute("SELECT id, terms FROM unit WHERE id = ?", (number,)).fetchall()
    ]
    index.remove(connection, "unit", rows)
    connection.executemany("DELETE FROM unit WHERE id = ?", [(number,) for number, _ in rows])


def remove_article(connection: sqlite3.Connection, number: int) -> None:
    """Delete an article with its quotes and units."""
    remove_quotes(connection, "article = ?", number)
    units = connection.execute("SELECT id FROM unit WHERE article = ?", (number,)).fetchall()
    remove_units(connection, [unit for (unit,) in units])
    connection.execute("DELETE FROM article WHERE id = ?", (number,))


def articles(memory: Memory) -> list[Article]:
    """All articles, in an order that does not depend on when they came in: by date, then by their texts."""
    found = []
    heads = memory.rows(
        "SELECT id, name, source_lang, target_lang, date, link, source_digest, target_digest, version FROM article"
        " ORDER BY date, digest"
    )
    for number, *head in heads:
        quotes = memory.rows(
            "SELECT quote.text, coalesce(rendering.text, ''), coalesce(speaker.name, ''), coalesce(speaker.lang, ''),"
            " quote.carrier, quote.kind, quote.start, quote.\"end\", coalesce(rendering.status, 'proposed')"
            " FROM quote LEFT JOIN rendering ON rendering.quote = quote.id LEFT JOIN speaker"
            " ON speaker.id = quote.speaker WHERE quote.article = ? ORDER BY quote.id",
            number,
        )
        units = memory.rows("SELECT source, target FROM unit WHERE article = ? ORDER BY id", number)
        kept = tuple(KeptQuote(*row) for row in quotes), tuple(Unit(*row) for row in units)
        found.append(Article(*(*head[:-1], *kept, head[-1])))
    return found


def originals(memory: Memory) -> list[Original]:
    """All originals that were found or sought, in a fixed order."""
    rows: list[Any] = memory.rows(
        "SELECT quote.text, quote.lang, utterance.status, utterance.lang, utterance.text, utterance.link,"
        " coalesce(speaker.name, '') FROM utterance JOIN quote ON quote.utterance = utterance.id"
        " LEFT JOIN speaker ON speaker.id = quote.speaker ORDER BY utterance.digest"
    )
    return [Original(*row) for row in rows]


def stock(memory: Memory) -> Stock:
    """How many of everything the memory holds."""

    def count(what: str) -> int:
        return int(memory.rows(f"SELECT count(*) FROM {what}")[0][0])

    units = memory.rows("SELECT source_lang || '→' || target_lang, count(*) FROM unit GROUP BY 1 ORDER BY 1")
    return Stock(
        count("article"),
        count("quote WHERE article IS NOT NULL"),
        count("rendering"),
        count("speaker"),
        count("utterance WHERE status = 'found'"),
        tuple(units),
        count("decision"),
    )


def _clean(text: str) -> str:
    """Text that SQLite can hold as UTF-8 and give back whole: lone surrogates are marked."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "�")
