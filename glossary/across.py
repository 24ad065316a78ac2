"""What only shows across the articles of a run: a concept rendered otherwise than elsewhere, a quote rendered otherwise
than before. A second pass over compact records on the disk; no text of an article is held.

A rendering is told of where it is a slip: most articles have another one, and it stands in few of them. What stands in
many is usage, and a matter for the glossary's editor and not for every article.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import groupby, pairwise
from types import MappingProxyType, TracebackType
from typing import Any

from glossary.examination import Examined
from glossary.findings import Finding, Severity, order
from glossary.memory.archive import Match, archive_finding, differing, judged, ranked
from glossary.memory.gathering import gathered, renderings_of
from glossary.memory.keys import terms
from glossary.memory.values import KeptQuote
from glossary.terms.concepts import ACCEPTED, Glossary
from glossary.terms.consistency import NAMES, abbreviates
from glossary.text.recent import forget_texts
from glossary.text.spans import Span

SHARE = 0.1
"""A rendering that stands in more than this share of the articles with the term is usage and no slip."""

FEW = 3
"""In so many articles a rendering may always stand and be a slip."""

CLEAR = 10
"""From so many articles on a slip in running prose is a warning; names are one from the second article."""

FREQUENT = 64
"""Two neighbouring words that stand in so many quotes of the run say nothing about who said what."""

CANDIDATES = 12

TOGETHER = 100
"""After so many articles what was found in their quotes is forgotten: many are met again soon, few after a thousand."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What of an examined pair matters to the others of a run.

    `terms` are concept, English term and rendering of every accepted use, each once; `source` is a digest.
    """

    lang: str = ""
    source: str = ""
    terms: tuple[tuple[str, str, str], ...] = ()
    quotes: tuple[KeptQuote, ...] = ()


@dataclass(frozen=True, slots=True)
class Slip:
    """A rendering that stands in few articles, and the `lead` that stands in `others` of all `articles`."""

    concept: str
    english: str
    rendering: str
    lead: str
    others: int
    articles: int


@dataclass(frozen=True, slots=True)
class Extras:
    """What the other pairs of the run say of one: slips, and for the spans of source quotes how they were rendered."""

    slips: tuple[Slip, ...] = ()
    quotes: tuple[tuple[Span, Match], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.slips or self.quotes)


def facts_of(examined: Examined) -> Facts:
    """The facts of a pair; none of a source alone."""
    if examined.alignment is None or examined.target is None:
        return Facts()
    article = gathered(examined)
    used = ((u.concept, u.english, u.rendering) for u in examined.terms if u.status in ACCEPTED and u.rendering)
    quotes = tuple(quote for quote in article.quotes if quote.rendering)
    return Facts(article.target_lang, article.source_digest, tuple(dict.fromkeys(used)), quotes)


class Tally:
    """The book of a run: `read` the facts of all pairs in their order, then ask for the `extras` of each."""

    def __init__(self, share: float = SHARE) -> None:
        """`share` is that of SHARE."""
        self.share = share
        self._book = sqlite3.connect("", isolation_level=None)
        self._book.execute("PRAGMA journal_mode = OFF")
        self._book.execute("PRAGMA synchronous = OFF")
        for statement in _TABLES:
            self._book.execute(statement)

    def __enter__(self) -> "Tally":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._book.close()

    def read(self, pairs: Iterable[tuple[int, str, Facts]]) -> None:
        """Take in the facts of pairs with their places in the run and their names."""
        self._book.execute("BEGIN")
        for place, name, facts in pairs:
            rows = [(facts.lang, *term, place) for term in facts.terms]
            self._book.executemany("INSERT OR IGNORE INTO used VALUES (?, ?, ?, ?, ?)", rows)
            self._read_quotes(place, name, facts)
            if place % TOGETHER == 0:
                forget_texts()
        self._find_slips()
        self._book.execute("COMMIT")

    def extras(self, place: int) -> Extras:
        """What there is to say of a pair."""
        slips = self._book.execute(
            "SELECT concept, english, rendering, lead, others, articles FROM slip WHERE place = ?", (place,)
        )
        quotes = self._book.execute(
            f"SELECT start, stop, {', '.join(_MATCH)} FROM echo JOIN quote ON quote.id = echo.quote WHERE place = ?"
            " ORDER BY start, stop",
            (place,),
        )
        return Extras(
            tuple(Slip(*row) for row in slips),
            tuple((Span(*row[:2]), _match(row[2:])) for row in quotes),
        )

    def _read_quotes(self, place: int, name: str, facts: Facts) -> None:
        keyed = [(quote, _grams(quote.text, facts.lang)) for quote in facts.quotes]
        for quote, grams in keyed:
            numbers = dict[int, int]()
            matches = []
            for number, row in self._nearest(grams):
                match = judged(quote.text, "en", quote.speaker, quote.carrier, _match(row[1:]), row[0])
                if match is not None:
                    matches.append(match)
                    numbers[id(match)] = number
            told = differing(ranked(matches), quote.rendering, facts.lang, facts.source)
            if told is not None:
                self._book.execute(
                    "INSERT OR IGNORE INTO echo VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (place, quote.start, quote.end, numbers[id(told)], told.score, told.sure, told.part),
                )
        for quote, grams in keyed:
            values = (quote.text, quote.carrier, quote.speaker, name, facts.source, quote.rendering, facts.lang)
            new = self._book.execute(_NEW_QUOTE, values).lastrowid
            self._book.executemany("INSERT OR IGNORE INTO gram VALUES (?, ?)", [(gram, new) for gram in grams])

    def _nearest(self, grams: Sequence[int]) -> list[tuple[int, tuple[str, ...]]]:
        """The earlier quotes with most neighbouring words in common, the latest first among equals."""
        common: Counter[int] = Counter()
        for place, gram in enumerate(grams):
            sql = "SELECT quote FROM gram WHERE hash = ? ORDER BY quote DESC LIMIT ?"
            rows = self._book.execute(sql, (gram, FREQUENT)).fetchall()
            if place == 0:  # the wording as a whole
                common.update({number: len(grams) for (number,) in rows[:CANDIDATES]})
            elif len(rows) < FREQUENT:
                common.update(number for (number,) in rows)
        least = min(2, len(grams) - 1)
        near = sorted((-count, -number) for number, count in common.items() if count >= least)[:CANDIDATES]
        columns = ", ".join(column for column in _MATCH if column not in _SCORES)
        found = []
        for _, number in near:
            sql = f"SELECT carrier, {columns} FROM quote WHERE id = ?"
            row = self._book.execute(sql, (-number,)).fetchone()
            found.append((-number, (row[0], row[1], 0.0, False, False, *row[2:])))
        return found

    def _find_slips(self) -> None:
        counted = self._book.execute(
            "SELECT lang, concept, english, rendering, count(*), min(place) FROM used GROUP BY 1, 2, 3, 4"
        )
        for (lang, concept, english), group in groupby(counted.fetchall(), key=lambda row: row[:3]):
            renderings = sorted(group, key=lambda row: (-row[4], row[5]))
            if len(renderings) > 1:
                self._tell(lang, concept, english, [(row[3], row[4]) for row in renderings])

    def _tell(self, lang: str, concept: str, english: str, renderings: list[tuple[str, int]]) -> None:
        """Write down the slips of a term; the rendering of most articles comes first in `renderings`."""
        term = (lang, concept, english)
        sql = "SELECT count(DISTINCT place) FROM used WHERE lang = ? AND concept = ? AND english = ?"
        (articles,) = self._book.execute(sql, term).fetchone()
        lead, others = renderings[0]
        if others * 2 < articles:
            return
        for rendering, count in renderings[1:]:
            if count <= max(FEW, self.share * articles) and not abbreviates(rendering, lead):
                self._book.execute(_NEW_SLIPS, (lead, others, articles, *term, rendering, lead))


_TABLES = (
    "CREATE TABLE used(lang TEXT, concept TEXT, english TEXT, rendering TEXT, place INTEGER,"
    " PRIMARY KEY(lang, concept, english, rendering, place)) WITHOUT ROWID",
    "CREATE TABLE slip(place INTEGER, concept TEXT, english TEXT, rendering TEXT, lead TEXT, others INTEGER,"
    " articles INTEGER, PRIMARY KEY(place, concept, english, rendering)) WITHOUT ROWID",
    "CREATE TABLE quote(id INTEGER PRIMARY KEY, text TEXT, carrier TEXT, speaker TEXT, article TEXT, source TEXT,"
    " rendering TEXT, lang TEXT)",
    "CREATE TABLE gram(hash INTEGER, quote INTEGER, PRIMARY KEY(hash, quote)) WITHOUT ROWID",
    "CREATE TABLE echo(place INTEGER, start INTEGER, stop INTEGER, quote INTEGER, score REAL, sure INTEGER,"
    " part INTEGER, PRIMARY KEY(place, start, stop)) WITHOUT ROWID",
)
_NEW_QUOTE = "INSERT INTO quote(text, carrier, speaker, article, source, rendering, lang) VALUES (?, ?, ?, ?, ?, ?, ?)"
# An article that has the leading rendering too mixes them: that is told of without the others.
_NEW_SLIPS = (
    "INSERT INTO slip SELECT place, concept, english, rendering, ?, ?, ? FROM used AS here"
    " WHERE lang = ? AND concept = ? AND english = ? AND rendering = ? AND NOT EXISTS (SELECT 1 FROM used"
    " WHERE lang = here.lang AND concept = here.concept AND english = here.english AND rendering = ?"
    " AND place = here.place)"
)
_SCORES = ("score", "sure", "part")
_MATCH = ("text", *_SCORES, "speaker", "article", "source", "rendering", "quote.lang")


def _match(row: Sequence[Any]) -> Match:
    """The match in a row of _MATCH; nothing is known of dates in a run."""
    text, score, sure, part, speaker, article, source, rendering, lang = row
    return Match(text, score, bool(sure), bool(part), speaker, article, "", source, rendering, lang, "proposed")


def _grams(text: str, lang: str) -> list[int]:
    """Numbers for the wording of a quote and for each two neighbouring telling words, by target language."""
    *telling, wording = terms(text, "en")
    grams = dict.fromkeys(f"{lang} {gram}" for gram in (wording, *(" ".join(two) for two in pairwise(telling))))
    return [int.from_bytes(blake2b(gram.encode(), digest_size=8).digest(), "big", signed=True) for gram in grams]


def with_extras(examined: Examined, extras: Extras, glossary: Glossary) -> Examined:
    """The examined pair with the findings that the rest of the run makes."""
    if not extras:
        return examined
    found = (*examined.findings, *_slip_findings(examined, extras.slips, glossary), *_echoes(examined, extras.quotes))
    return replace(examined, findings=tuple(sorted(found, key=order)))


def _slip_findings(examined: Examined, slips: Iterable[Slip], glossary: Glossary) -> Iterator[Finding]:
    target = examined.target
    assert target is not None
    for slip in slips:
        wanted = (slip.concept, slip.english, slip.rendering)
        use = next(u for u in examined.terms if (u.concept, u.english, u.rendering) == wanted and u.target)
        assert use.target is not None
        source, rendered = Span(*use.source), Span(*use.target)
        params = {
            "concept": slip.english,
            "source": source.of(examined.source.text),
            "target": rendered.of(target.text),
            "earlier": slip.lead,
            "others": str(slip.others),
            "articles": str(slip.articles),
        }
        weighty = glossary.by_id[slip.concept].subject in NAMES or slip.articles >= CLEAR
        yield Finding(
            "term-inconsistent",
            use.bead,
            source,
            rendered,
            "across",
            MappingProxyType(params),
            slip.concept,
            (slip.lead,),
            severity=None if weighty else Severity.INFO,
        )


def _echoes(examined: Examined, quotes: Iterable[tuple[Span, Match]]) -> Iterator[Finding]:
    """One finding for each cluster and earlier rendering, in the order of the text."""
    said = set[tuple[int, str]]()
    matches, renderings = dict(quotes), renderings_of(examined)
    for quote in examined.quotes.source:
        match = matches.get(quote.span)
        if match is None or not quote.speech:
            continue
        mark = (-1 - quote.n if quote.cluster is None else quote.cluster, match.rendering)
        if mark not in said:
            said.add(mark)
            yield archive_finding(examined, quote, match, renderings.get(quote.n, ""))
