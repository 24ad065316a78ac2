"""What people answered to findings, and an examined pair in the light of it.

A decision is kept under the words it was about. It holds when the text moves and when the program runs again, and no
longer when a rendering changes. Decisions are only ever added; of those on one question the latest counts.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from glossary.errors import UsageError
from glossary.examination import Examined
from glossary.findings import Finding, order
from glossary.memory.archive import archive_findings
from glossary.memory.gathering import speaker_of
from glossary.memory.keys import article_key, digest, finding_key, finding_words, normalised
from glossary.memory.shelves import insert_original, next_version
from glossary.memory.store import Memory
from glossary.memory.values import SCOPES, VERDICTS, Decision, Original
from glossary.quotes.renderings import tidy
from glossary.text.language import detect

_COLUMNS = "key, rule, verdict, scope, article, lang, sources, renderings, reason, original, link, at, version"
_GAP = "\x1e"


def decide(
    memory: Memory,
    examined: Examined,
    finding: Finding,
    verdict: str,
    *,
    scope: str = "always",
    reason: str = "",
    original: str = "",
    original_lang: str = "",
    link: str = "",
) -> Decision:
    """Keep the answer to a finding of this pair.

    `accept`: the rendering stands, and says so when it is met again. `dismiss`: not worth telling, `here` or `always`.
    `found`: the original is `original` (in `original_lang`, by default what its letters say), to be had at `link`; from
    now on renderings are held against it. `not-found`: it was sought in vain. Raises UsageError for anything else.
    """
    if verdict not in VERDICTS[:-1] or scope not in SCOPES:
        raise UsageError(
            f"no such verdict or scope: {verdict!r} {scope!r}", "", f"use one of {', '.join(VERDICTS[:-1])}"
        )
    if verdict == "found" and not original.strip():
        raise UsageError("the original that was found is empty", "", "give its text")
    lang = _target_lang(examined)
    sources, renderings = finding_words(finding, examined.quotes, examined.source, examined.target, lang)
    decision = Decision(
        finding_key(finding, sources, renderings, lang),
        finding.rule,
        verdict,
        scope,
        article_key(examined.source, lang) if scope == "here" else "",
        lang,
        sources,
        renderings,
        reason,
        original,
        link,
        datetime.now(UTC).isoformat(timespec="seconds"),
    )
    with memory.transaction() as connection:
        decision = replace(decision, version=next_version(connection, "decision"))
        insert_decision(connection, decision)
        if verdict in ("found", "not-found") and finding.source is not None:
            tongue = original_lang or _written_in(original, spoken_in(examined, finding) or lang)
            insert_original(connection, _original(examined, finding, decision, tongue))
        if verdict == "accept":
            _accept(connection, lang, renderings)
    return decision


def spoken_in(examined: Examined, finding: Finding) -> str:
    """The language in which the original of a finding's quote would be, if its chain is sure of that; else empty."""
    place = finding.source
    chains = (q.provenance for q in examined.quotes.source if place is not None and q.outer.overlaps(place))
    sure = (chain.speaker_lang for chain in chains if chain is not None and chain.confidence == "high")
    return next(sure, "")


def _written_in(original: str, spoken: str) -> str:
    """The language of an original: one that is told by its letters, else the one it was `spoken` in."""
    found = detect(original, spoken).lang
    return found if found in ("en", "ru", "uk") else spoken


def _original(examined: Examined, finding: Finding, decision: Decision, lang: str) -> Original:
    assert finding.source is not None
    speakers = [speaker_of(quote) for quote in examined.quotes.source if quote.span.overlaps(finding.source)]
    return Original(
        tidy(finding.source.of(examined.source.text)),
        examined.source.lang,
        "found" if decision.verdict == "found" else "searched",
        lang if decision.verdict == "found" else "",
        decision.original,
        decision.link,
        next(filter(None, speakers), ""),
    )


def _accept(connection: sqlite3.Connection, lang: str, renderings: Iterable[str]) -> None:
    """Mark the renderings of these words as accepted wherever they are kept."""
    wanted = set(renderings)
    rows = connection.execute("SELECT id, text FROM rendering WHERE lang = ? AND status = 'proposed'", (lang,))
    accepted = [(number,) for number, text in rows if normalised(text, lang) in wanted]
    connection.executemany("UPDATE rendering SET status = 'accepted' WHERE id = ?", accepted)


def insert_decision(connection: sqlite3.Connection, decision: Decision) -> bool:
    """Add a decision as it is; False if it was there."""
    name = digest(*(str(value) for value in _values(decision)))
    values = (name, *_values(decision))
    cursor = connection.execute(
        f"INSERT OR IGNORE INTO decision(digest, {_COLUMNS}) VALUES ({', '.join('?' * len(values))})", values
    )
    return cursor.rowcount == 1


def retract(memory: Memory, decision: Decision) -> None:
    """Take a decision back: the finding is told again."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with memory.transaction() as connection:
        version = next_version(connection, "decision")
        insert_decision(connection, replace(decision, verdict="retracted", at=now, version=version))


def decisions(memory: Memory, *keys: str, every: bool = False) -> tuple[Decision, ...]:
    """The decisions that count, on these keys or on all, the oldest first; `every`: also those that were overruled."""
    condition = f"WHERE key IN ({','.join('?' * len(keys))})" if keys else ""
    rows = memory.rows(f"SELECT {_COLUMNS} FROM decision {condition} ORDER BY version, at, verdict, digest", *keys)
    found = [_decision(*row) for row in rows]
    if every:
        return tuple(found)
    latest = {(decision.key, decision.article): decision for decision in found}
    return tuple(sorted((d for d in latest.values() if d.verdict != "retracted"), key=lambda d: (d.version, d.key)))


def consulted(examined: Examined, memory: Memory) -> Examined:
    """The examined pair with what the archive says of its quotes, and without the findings that were answered."""
    if not examined.quotes.source and not examined.findings:
        return examined
    findings = sorted((*examined.findings, *archive_findings(examined, memory)), key=order)
    lang = _target_lang(examined)
    keys = []
    for finding in findings:
        words = finding_words(finding, examined.quotes, examined.source, examined.target, lang)
        keys.append(finding_key(finding, *words, lang))
    here = article_key(examined.source, lang)
    answered = {d.key for d in _on(memory, keys) if d.scope == "always" or d.article == here}
    kept = tuple(finding for finding, key in zip(findings, keys, strict=True) if key not in answered)
    return replace(examined, findings=kept)


def _on(memory: Memory, keys: list[str]) -> list[Decision]:
    unique = list(dict.fromkeys(keys))
    return [d for at in range(0, len(unique), 500) for d in decisions(memory, *unique[at : at + 500])]


def _target_lang(examined: Examined) -> str:
    return examined.target.lang if examined.target is not None else examined.pair.target_lang


def _values(decision: Decision) -> tuple[str | int, ...]:
    return (
        decision.key, decision.rule, decision.verdict, decision.scope, decision.article, decision.lang,
        _GAP.join(decision.sources), _GAP.join(decision.renderings), decision.reason, decision.original,
        decision.link, decision.at, decision.version,
    )  # fmt: skip


def _decision(*row: Any) -> Decision:
    """The decision in a row of _COLUMNS."""
    sources, renderings = (tuple(cell.split(_GAP)) if cell else () for cell in row[6:8])
    return Decision(*(*row[:6], sources, renderings, *row[8:]))
