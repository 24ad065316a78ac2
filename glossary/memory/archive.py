"""Has this been quoted before, and how was it rendered then?

Candidates share rare words with the quote; glossary.quotes.likeness says which of them are renderings of one utterance.
Over a whole archive most candidates are not, so more is asked than inside one article: a higher score, the higher the
more quotes there are, no two speakers with different names, and of short quotes the same speaker, the same clause
around them, or nearly the same telling words.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from glossary.examination import Examined
from glossary.findings import Evidence, Finding
from glossary.memory import index
from glossary.memory.gathering import renderings_of, source_digest, speaker_of
from glossary.memory.keys import normalised, terms
from glossary.memory.persons import same_person, speaker_terms, strangers
from glossary.memory.store import Memory
from glossary.quotes.cues import language_name
from glossary.quotes.renderings import tidy
from glossary.quotes.values import Quote

SAME = 0.65
"""At or above this Dice coefficient two quotes of one speaker, or in one carrier clause, are of one utterance."""

SAME_UNKNOWN = 0.75
"""The same where one of the speakers is not named."""

SAME_SHORT = 0.85
"""The same where the quote is short, too; it must be telling as well."""

MANY, STRICTER = 100_000, 0.05
"""From how many quotes on, and by how much for ten times as many, two must be more alike than that."""

SURE = 0.8
"""Below this coefficient a match is hedged."""

SHORT = 8
"""Quotes of at most this many words need the same speaker or carrier clause, or telling words and `SAME_SHORT`."""

TELLING = 3.0
"""The weight of telling words that identical wording, or short quotes, need when nothing else is known."""

TELLING_PART = 8.0
"""The weight that a part of a longer quote needs unless one person said both: common phrases stand in many quotes."""

_CARRIER = 0.7
_LOOKED_AT = 20
_CANDIDATES = 500
_PART = 0.9


@dataclass(frozen=True, slots=True)
class Match:
    """A kept quote that is (`sure`) or seems to be of the same utterance, with what renders it.

    `status` is that of the rendering; `original` (in `original_lang`) and `link` are filled where it was found;
    `part`: one of the two is only a part of the other.
    """

    text: str
    score: float
    sure: bool
    part: bool
    speaker: str
    article: str
    date: str
    source_digest: str
    rendering: str
    rendering_lang: str
    status: str
    original: str = ""
    original_lang: str = ""
    link: str = ""
    lang: str = "en"


def search(
    memory: Memory, text: str, lang: str, *, speaker: str = "", carrier: str = "", limit: int = 10
) -> tuple[Match, ...]:
    """The kept quotes in `lang` that are of one utterance with `text`, the likeliest first, then the latest."""
    from glossary.quotes.likeness import profile

    own = terms(text, lang)
    here = profile(text, lang)
    if not here.stems:
        return ()
    found = []
    stricter = _stricter(memory)
    for row in _rows(memory, _nearest(memory, own, speaker_terms(speaker), lang), lang):
        kept = Match(row[0], 0.0, False, False, *row[2:])
        match = judged(text, lang, speaker, carrier, kept, row[1], stricter)
        if match is not None:
            found.append(match)
    return ranked(found)[:limit]


def ranked(found: Iterable[Match]) -> tuple[Match, ...]:
    """Matches, the likeliest first, then the latest."""
    latest = sorted(found, key=lambda match: match.date, reverse=True)
    return tuple(sorted(latest, key=lambda match: (not match.sure, match.part, -round(match.score, 2))))


def mentions(memory: Memory, words: str, lang: str, limit: int = 10) -> tuple[Match, ...]:
    """The kept quotes that have all these words, in any form, on either side; the latest first."""
    own = terms(words, lang)[:-1]
    if not own:
        return ()
    numbers = index.holding(memory, "quote", own)[:limit]
    matches = [Match(row[0], 0.0, False, False, *row[2:]) for row in _rows(memory, numbers, "")]
    return tuple(sorted(matches, key=lambda match: match.date, reverse=True))


def _nearest(memory: Memory, own: Sequence[str], speaker: Sequence[str], lang: str) -> list[int]:
    """Of the candidates those with the most terms in common, weighed by what they do not have in common too."""
    numbers = index.near(memory, "quote", (*own, *speaker), _CANDIDATES)
    marks = ",".join("?" * len(numbers))
    rows = memory.rows(f"SELECT id, terms FROM quote WHERE id IN ({marks})", *numbers)
    wanted = set(own)
    place = {number: at for at, number in enumerate(numbers)}

    def overlap(row: tuple[int, str]) -> tuple[float, int]:
        theirs = {term for term in row[1].split() if term.startswith((lang, "w"))}
        common = len(wanted & theirs)
        return -(common / len(wanted) + common / max(1, len(theirs))), place[row[0]]

    return [row[0] for row in sorted(rows, key=overlap)[:_LOOKED_AT]]


def _rows(memory: Memory, numbers: Sequence[int], lang: str) -> list[tuple[str, ...]]:
    """Everything of these quotes, if they are in this language (empty: in any)."""
    marks = ",".join("?" * len(numbers))
    rows = memory.rows(
        "SELECT quote.text, quote.carrier, coalesce(speaker.name, ''), coalesce(article.name, ''),"
        " coalesce(article.date, ''), coalesce(article.source_digest, ''), coalesce(rendering.text, ''),"
        " coalesce(rendering.lang, ''), coalesce(rendering.status, ''), coalesce(utterance.text, ''),"
        " coalesce(utterance.lang, ''), coalesce(utterance.link, ''), quote.lang FROM quote"
        " LEFT JOIN speaker ON speaker.id = quote.speaker LEFT JOIN article ON article.id = quote.article"
        " LEFT JOIN rendering ON rendering.quote = quote.id LEFT JOIN utterance ON utterance.id = quote.utterance"
        f" WHERE quote.id IN ({marks}) AND ? IN (quote.lang, '') ORDER BY quote.id DESC",
        *numbers,
        lang,
    )
    return [tuple(row) for row in rows]


def _stricter(memory: Memory) -> float:
    """By how much scores must be higher, because among many quotes a stranger may be as like as a rewording."""
    quotes = memory.rows("SELECT max(rowid) FROM quote")[0][0] or 1
    return max(0.0, STRICTER * math.log10(quotes / MANY))


def judged(
    text: str, lang: str, speaker: str, carrier: str, kept: Match, kept_carrier: str, stricter: float = 0.0
) -> Match | None:
    """The candidate with its score if it is, or seems to be, of one utterance with `text`; `stricter` is added to what
    the score must reach."""
    from glossary.quotes.likeness import compare, dice, profile

    if strangers(speaker, kept.speaker):
        return None
    one, other = profile(text, lang), profile(kept.text, lang)
    same = same_person(speaker, kept.speaker)
    if one.stems == other.stems:
        if not same and one.mass < TELLING and not _alike(carrier, kept_carrier, lang):
            return None
        return replace(kept, score=1.0, sure=same or len(one.stems) > SHORT)
    known = same or _alike(carrier, kept_carrier, lang)
    score = dice(text, kept.text, lang)
    short = min(len(one.stems), len(other.stems)) <= SHORT
    least = SAME if known else SAME_SHORT if short else SAME_UNKNOWN
    if score >= least + stricter and (known or not short or min(one.mass, other.mass) >= TELLING):
        contradicted = bool(compare(text, kept.text, lang).contradictions)
        return replace(kept, score=score, sure=same and score >= SURE and not contradicted)
    weighty = min(one.mass, other.mass) >= (TELLING if same else TELLING_PART)
    if weighty and _covered(one.stems, other.stems) >= _PART and compare(text, kept.text, lang).part:
        return replace(kept, score=score, part=True)
    return None


def _covered(one: Sequence[str], other: Sequence[str]) -> float:
    """How much of the shorter sequence the longer one has."""
    short, long = sorted((set(one), set(other)), key=len)
    return len(short & long) / max(1, len(short))


def _alike(one: str, other: str, lang: str) -> bool:
    from glossary.quotes.likeness import compare

    return bool(one) and bool(other) and compare(one, other, lang).score >= _CARRIER


def archive_findings(examined: Examined, memory: Memory) -> tuple[Finding, ...]:
    """Findings quote-archive: quotes that were rendered otherwise in an earlier article, or whose original is known.

    One finding for each cluster and earlier rendering, in the order of the text. Pure but for reading the memory.
    """
    target = examined.target
    if target is None:
        return ()
    own = source_digest(examined)
    findings, said = [], set[tuple[int, str]]()
    rendered = renderings_of(examined)
    for quote in examined.quotes.source:
        rendering = rendered.get(quote.n, "")
        if not quote.speech or not rendering:
            continue
        match = _telling(examined, quote, rendering, target.lang, own, memory)
        if match is None:
            continue
        mark = (-1 - quote.n if quote.cluster is None else quote.cluster, match.original or match.rendering)
        if mark not in said:
            said.add(mark)
            findings.append(archive_finding(examined, quote, match, rendering))
    return tuple(findings)


def _telling(examined: Examined, quote: Quote, rendering: str, lang: str, own: str, memory: Memory) -> Match | None:
    """The match to tell of: an original that was found in the language of the target, else the likeliest and latest
    rendering if it differs, else an original in a third language, without a rendering."""
    matches = _matches(examined, quote, memory)
    now = normalised(rendering, lang)
    for match in matches:
        if match.original and match.original_lang == lang:
            return None if _within(now, normalised(match.original, lang)) else match
    return differing(matches, rendering, lang, own) or next(
        (
            replace(match, rendering="")
            for match in matches
            if match.original and match.sure and match.original_lang not in ("", examined.source.lang)
        ),
        None,
    )


def differing(matches: Iterable[Match], rendering: str, lang: str, own: str) -> Match | None:
    """The first match from another article than `own` (a digest of its source), if it was rendered otherwise."""
    now = normalised(rendering, lang)
    for match in matches:
        if match.rendering_lang == lang and match.rendering and match.source_digest != own:
            earlier = normalised(match.rendering, lang)
            alike = _within(now, earlier) if match.part else now == earlier
            return None if alike else match
    return None


def originals(examined: Examined, memory: Memory) -> dict[int, Match]:
    """For the numbers of source quotes what is kept of the originals of their utterances, in whatever language."""
    found = {}
    for quote in examined.quotes.source:
        if quote.speech:
            match = next((match for match in _matches(examined, quote, memory) if match.original), None)
            if match is not None:
                found[quote.n] = match
    return found


def _matches(examined: Examined, quote: Quote, memory: Memory) -> tuple[Match, ...]:
    text = examined.source.text
    carrier = " ".join(quote.carrier.of(text).split()) if quote.carrier else ""
    return search(
        memory, tidy(quote.span.of(text)), examined.source.lang, speaker=speaker_of(quote), carrier=carrier, limit=30
    )


def _within(one: str, other: str) -> bool:
    """Whether one of two normalised texts stands in the other."""
    return f" {one} " in f" {other} " or f" {other} " in f" {one} "


def archive_finding(examined: Examined, quote: Quote, match: Match, rendering: str) -> Finding:
    """What to say of a quote that was rendered otherwise before, or whose original is known."""
    targets = dict(examined.quotes.links).get(quote.n, ())
    spans = sorted(other.span for other in examined.quotes.target if other.n in targets)
    params = {"now": rendering, "article": match.article or "no article"}
    suggestions: tuple[str, ...] = (match.original,)
    here = examined.target is not None and match.original_lang == examined.target.lang
    if match.original and (here or not match.rendering):
        variant, params = "original", {**params, "original": match.original, "link": match.link or "no link"}
        if not here:
            variant, suggestions = "original-elsewhere", ()
            params["language"] = language_name(match.original_lang)
    else:
        suggestions = (match.rendering,)
        params = {**params, "earlier": match.rendering, "date": match.date}
        variant = "accepted" if match.status == "accepted" else "default"
        if not match.sure:
            variant = "unsure"
        if not match.date:
            variant = "undated" if match.sure else "unsure-undated"
    note = match.text if normalised(match.text, "en") != normalised(quote.span.of(examined.source.text), "en") else ""
    bead = examined.alignment.bead_at_source(quote.span.start) if examined.alignment else None
    return Finding(
        "quote-archive",
        bead=bead,
        source=quote.span,
        target=spans[0] if spans else None,
        variant=variant,
        params=params,
        suggestions=suggestions,
        evidence=(Evidence("source", quote.span, f"then: “{note}”"),) if note else (),
    )
