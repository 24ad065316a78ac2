"""Utterances that an article quotes more than once, and what their renderings say of each other.

A cluster holds quotes of one utterance: the same words again, a fragment of a longer quote, or another wording of what
one person said. Two people who use the same common words are not a cluster.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from glossary import data
from glossary.findings import Evidence, Finding
from glossary.quotes.contradictions import Contradiction, contradictions
from glossary.quotes.cues import nation
from glossary.quotes.likeness import SAME, Profile, compare, profile
from glossary.quotes.outlets import PRESS, mentions
from glossary.quotes.renderings import Rendering, renderings, tidy
from glossary.quotes.stems import common_beginning, parts, stem, synonyms, tokens, weights
from glossary.quotes.values import Cluster, Quote
from glossary.text.recent import recent
from glossary.text.spans import Document, Span

Links = Sequence[tuple[int, tuple[int, ...]]]

_CROWDED = 60
_ONE_WORD = 0.95
_FRAGMENT = 1.9
_PLAIN_FRAGMENT = 3.0
_RUN = 4  # words in a row, which in a headline are a quote of the text though they are common
_VERSION = 2.5
_SURE = 0.75
_CERTAIN = 0.82
_PLAIN = 1.3
_HELD_SURELY = 0.33
_HELD, _HELD_BY_PART = 0.45, 0.75
_WEIGHTY = 0.2


@dataclass(frozen=True, slots=True)
class Edge:
    """Why two quotes (numbers, in order) are of one utterance: `exact`, `part` or `version`; `sure` unless hedged."""

    one: int
    other: int
    kind: str
    sure: bool


@recent(4)
def find_clusters(source_quotes: tuple[Quote, ...], source: Document) -> tuple[Cluster, ...]:
    """The clusters of at least two quotes, in the order of their first quotes; numbers are those of the quotes."""
    edges = _edges(source_quotes, source)
    names = {quote.n: _names(quote) for quote in source_quotes}
    home = {quote.n: quote.n for quote in source_quotes}
    members = {quote.n: [quote.n] for quote in source_quotes}
    versions: set[int] = set()
    for edge in sorted(edges, key=lambda edge: (edge.kind == "part", edge.one, edge.other)):
        one, other = sorted((home[edge.one], home[edge.other]))
        if one != other:
            both_grown = len(members[one]) > 1 and len(members[other]) > 1
            if edge.kind == "part" and both_grown and not edge.sure:
                continue
            if any(_strangers(names[a], names[b]) for a in members[one] for b in members[other]):
                continue
            for number in members[other]:
                home[number] = one
            members[one] += members.pop(other)
        if edge.kind == "version":
            versions.add(edge.one)
    found = []
    for numbers in members.values():
        if len(numbers) > 1:
            kind = "versions" if versions.intersection(numbers) else "repetition"
            found.append(Cluster(kind, tuple(sorted(numbers))))
    return tuple(sorted(found, key=lambda cluster: cluster.quotes))


def _edges(quotes: Sequence[Quote], source: Document) -> list[Edge]:
    """The pairs of quotes that are of one utterance; only quotes that share a telling word are looked at."""
    lang = source.lang if source.lang in ("en", "ru", "uk") else "en"
    light = weights(lang)
    groups = synonyms(lang)
    speech = [quote for quote in quotes if quote.speech and len(quote.span)]
    holders: dict[str, list[Quote]] = defaultdict(list)
    for quote in speech:
        for key in dict.fromkeys(profile(quote.span.of(source.text), lang).stems):
            if light.get(key, 1.0) > _WEIGHTY:
                for entry in (key[:4], *(f"#{group}" for group in sorted(groups.get(key, ())))):
                    if not holders[entry] or holders[entry][-1] is not quote:
                        holders[entry].append(quote)
    pairs = {
        (one.n, other.n): (one, other)
        for entry in holders.values()
        if len(entry) <= _CROWDED
        for at, one in enumerate(entry)
        for other in entry[at + 1 :]
    }
    found = []
    for _, (one, other) in sorted(pairs.items()):
        if one.outer.overlaps(other.outer) or _strangers(_names(one), _names(other)):
            continue
        edge = _edge(one, other, source, lang)
        if edge is not None:
            found.append(edge)
    return found


def _edge(one: Quote, other: Quote, source: Document, lang: str) -> Edge | None:
    a, b = one.span.of(source.text), other.span.of(source.text)
    first, second = profile(a, lang), profile(b, lang)
    same_speaker = _same_speaker(one, other)
    if first.stems == second.stems:
        needed = _ONE_WORD if same_speaker or len(first.stems) > 1 else 1.0
        return Edge(one.n, other.n, "exact", True) if first.mass >= needed else None
    likeness = compare(a, b, lang)
    shared = _shared_mass(first, second, lang)
    small = min(first.mass, second.mass)
    opening = _teases(one, other, source)
    if likeness.part and _run(first.stems, second.stems):
        enough = small >= (_FRAGMENT if same_speaker or opening else _PLAIN_FRAGMENT)
        word = small >= 1.0 and opening and same_speaker
        run = min(len(first.stems), len(second.stems))
        words = (small >= 1.0 and run >= _RUN and opening) or (small >= _FRAGMENT and run > _RUN)
        if enough or word or words:
            return Edge(one.n, other.n, "part", enough and (same_speaker or small >= _PLAIN_FRAGMENT))
        return None
    certain = likeness.score >= _CERTAIN and a.endswith("?") == b.endswith("?")
    if likeness.score < SAME or (likeness.score < _SURE and not (same_speaker or opening)):
        return None
    telling = _FRAGMENT - 0.4 if same_speaker or (opening and likeness.score >= _SURE) else _VERSION
    if shared < (_PLAIN if certain else telling):
        return None
    held = sorted((shared / first.mass, shared / second.mass))
    enough = held[0] >= (_HELD_SURELY if certain else _HELD)
    if not enough and not (likeness.part and held[1] >= _HELD_BY_PART):
        return None
    return Edge(one.n, other.n, "version", same_speaker or certain)


def _shared_mass(first: Profile, second: Profile, lang: str) -> float:
    """The weight of telling stems both have, grammar left out."""
    light = weights(lang)
    return sum(
        min(weight, second.weighed[key])
        for key, weight in first.weighed.items()
        if key in second.weighed and light.get(key, 1.0) > _WEIGHTY
    )


def _run(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the shorter sequence stands in the longer as it is."""
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    size = len(short)
    return any(tuple(long[at : at + size]) == tuple(short) for at in range(len(long) - size + 1))


@cache
def _unnaming() -> frozenset[str]:
    """Words of a speaker's description that name nobody: pronouns, titles, ranks."""
    table = data.toml("speakers.toml")
    return frozenset(table["pronouns"].split()) | frozenset(table["titles"].split())


@cache
def _pronouns() -> frozenset[str]:
    return frozenset(data.toml("speakers.toml")["pronouns"].split())


def _names(quote: Quote) -> frozenset[str]:
    return _named(quote.speaker) if quote.speaker else frozenset()


@recent(4096)
def _named(speaker: str) -> frozenset[str]:
    """The names of people in the description of a speaker, folded."""
    words = speaker.replace("’", "'").split()
    if any(word.casefold() in _pronouns() for word in words):
        return frozenset()
    if len(words) > 1 and words[0][:1].isupper() and words[1][:1].islower():
        words = words[1:]  # a noun that begins a line: `Border governor`, `State television`
    found = [word for word in words if word[:1].isupper() and nation(word) is None]
    press = [one.name.of(speaker) for one in mentions(speaker, 0, len(speaker)) if one.organisation.role in PRESS]
    found = [word for word in found if not any(word in name for name in press)]
    return frozenset(key for word in found for key in tokens(word.removesuffix("'s"), "en") if key not in _unnaming())


def _same_speaker(one: Quote, other: Quote) -> bool:
    return bool(_names(one) & _names(other)) or (
        one.speaker is not None
        and other.speaker is not None
        and one.speaker.casefold() == other.speaker.casefold()
        and one.speaker.casefold() not in _unnaming()
    )


def _strangers(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two speakers are both named, and not alike."""
    return bool(one) and bool(other) and not one & other


def _teases(one: Quote, other: Quote, source: Document) -> bool:
    """Whether one of the two stands in the headline or the lead and the other further down."""
    places = [source.sentence_at(quote.span.start) for quote in (one, other)]
    first = min((place for place in places if place is not None), default=2)
    return first < 2 and places[0] != places[1]


def _opening(quote: Quote, source: Document) -> bool:
    """Whether the quote stands in the headline or the lead."""
    number = source.sentence_at(quote.span.start)
    return number is not None and number < 2


# What the renderings say


@dataclass(frozen=True, slots=True)
class _Member:
    quote: Quote
    words: str
    rendering: str
    targets: tuple[Span, ...]


def cluster_findings(
    clusters: Sequence[Cluster],
    source: Document,
    target: Document,
    source_quotes: Sequence[Quote],
    target_quotes: Sequence[Quote],
    links: Links,
    target_lang: str,
) -> tuple[Finding, ...]:
    """For each cluster a contradiction or differing versions, and differing renderings: one finding of each."""
    by_number = {quote.n: quote for quote in source_quotes}
    rendered = renderings(source_quotes, target_quotes, links, target.text)
    unrendered = Rendering("", ())
    findings: list[Finding] = []
    for cluster in clusters:
        members = []
        for number in cluster.quotes:
            quote, rendering = by_number[number], rendered.get(number, unrendered)
            members.append(_Member(quote, tidy(quote.span.of(source.text)), rendering.text, rendering.spans))
        contradicted = _contradicting(members, source.lang, target_lang)
        versions = _versions(members, source) if cluster.kind == "versions" else None
        differing = _retranslated(members, source, target_lang) or _part_retranslated(members, source, target_lang)
        if contradicted is not None:  # versions that contradict each other differ; renderings that do are named once
            versions, differing = None, None if contradicted.variant.startswith("rendering") else differing
        findings += filter(None, (contradicted, versions, differing))
    return tuple(findings)


def _evidence(members: Sequence[_Member], notes: Sequence[str]) -> tuple[Evidence, ...]:
    found = []
    for member, note in zip(members, notes, strict=True):
        found.append(Evidence("source", member.quote.span, note))
        found.extend(Evidence("target", span, note) for span in member.targets)
    return tuple(found)


def _pairs(members: Sequence[_Member]) -> Iterator[tuple[_Member, _Member]]:
    for at, one in enumerate(members):
        for other in members[at + 1 :]:
            yield one, other


_WORDS_OF_KIND = {
    "negation": "one of them denies it",
    "swap": "who and whom are exchanged",
    "direction": "the direction is reversed",
    "number": "the figures differ",
    "opposite": "the words are opposites",
}


def difference(found: Contradiction) -> str:
    """A contradiction in words: what kind, and which words."""
    words = " / ".join(f"“{part}”" for part in (found.one, found.other) if part)
    return f"{_WORDS_OF_KIND[found.kind]} ({words})" if words else _WORDS_OF_KIND[found.kind]


def _contradicting(members: Sequence[_Member], lang: str, target_lang: str) -> Finding | None:
    for one, other in _pairs(members):
        for first, second, language, variant in (
            (one.words, other.words, lang if lang in ("en", "ru", "uk") else "en", ""),
            (one.rendering, other.rendering, target_lang, "rendering"),
        ):
            if variant and (not first or not second or _outweighed(one, other)):
                continue
            found = contradictions(first, second, language)
            if not found:
                continue
            sure = _same_speaker(one.quote, other.quote) and found[0].kind != "opposite"
            hedge = "" if sure else "unsure"
            return Finding(
                "quote-contradiction",
                source=other.quote.span,
                target=other.targets[0] if other.targets else None,
                variant="-".join(part for part in (variant, hedge) if part) or "default",
                params={"one": first, "other": second, "difference": difference(found[0])},
                evidence=_evidence((one, other), (found[0].one, found[0].other)),
            )
    return None


def _outweighed(one: _Member, other: _Member) -> bool:
    """Whether one rendering is so much longer that it may hold what the other leaves out."""
    sizes = sorted((len(one.words), len(other.words)))
    return sizes[0] * 2 < sizes[1]


def _versions(members: Sequence[_Member], source: Document) -> Finding | None:
    wordings = list(dict.fromkeys(member.words for member in members))
    if len(wordings) < 2:
        return None
    lang = source.lang if source.lang in ("en", "ru", "uk") else "en"
    sure = all(_same_speaker(members[0].quote, member.quote) for member in members[1:])
    differing = _differing(wordings, lang)
    variant = "-".join(part for part in ("differs" if differing else "", "" if sure else "unsure") if part)
    return Finding(
        "quote-versions",
        source=members[0].quote.span,
        target=members[0].targets[0] if members[0].targets else None,
        variant=variant or "default",
        params={
            "count": str(len(wordings)),
            "versions": "; ".join(f"“{wording}”" for wording in wordings),
            "differences": differing,
        },
        evidence=_evidence(members, [_place(member.quote, source) for member in members]),
    )


def _differing(wordings: Sequence[str], lang: str) -> str:
    """The telling words that not every wording has, wording by wording: “us / own side”."""
    stemmed = [{stem(word, lang): word for word in tokens(wording, lang)} for wording in wordings]
    common = set.intersection(*(set(words) for words in stemmed))
    light = weights(lang)
    found = []
    for words in stemmed:
        own = [word for key, word in words.items() if key not in common and light.get(key, 1.0) > _WEIGHTY]
        found.append(" ".join(own[:5]) or "–")
    return " / ".join(found) if any(part != "–" for part in found) else ""


def _retranslated(members: Sequence[_Member], source: Document, target_lang: str) -> Finding | None:
    """The same English words, whose renderings are not the same words."""
    same: dict[tuple[str, ...], list[_Member]] = defaultdict(list)
    for member in members:
        if member.rendering:
            same[tuple(parts(member.words, "en"))].append(member)
    for group in same.values():
        renderings: dict[tuple[str, ...], str] = {}
        for member in group:
            renderings.setdefault(_stems(member.rendering, target_lang), member.rendering)
        if len(renderings) < 2:
            continue
        headline = any(_opening(member.quote, source) for member in group)
        differing = _differing(list(renderings.values()), target_lang)
        deviating = next(m for m in group if _stems(m.rendering, target_lang) != next(iter(renderings)))
        return Finding(
            "quote-retranslated",
            source=deviating.quote.span,
            target=deviating.targets[0],
            variant="headline" if headline else "default",
            params={
                "quote": group[0].words,
                "count": str(len(group)),
                "places": ", ".join(dict.fromkeys(_place(member.quote, source) for member in group)),
                "renderings": ", ".join(f"«{rendering}»" for rendering in renderings.values()),
                "differences": differing,
            },
            suggestions=tuple(renderings.values()),
            evidence=_evidence(group, [differing] * len(group)),
        )
    return None


def _part_retranslated(members: Sequence[_Member], source: Document, target_lang: str) -> Finding | None:
    """A fragment whose rendering has telling words that the rendering of the whole has not."""
    for part in sorted(members, key=lambda member: len(member.words)):
        for whole in sorted(members, key=lambda member: -len(member.words)):
            if not part.rendering or not whole.rendering or len(part.words) >= len(whole.words):
                continue
            if not _run(parts(part.words, "en"), parts(whole.words, "en")):
                continue
            missing = _missing(part.rendering, whole.rendering, target_lang)
            if not missing:
                continue
            variant = "headline" if _opening(part.quote, source) else "default"
            if len(tokens(part.words, "en")) < 2:
                variant = "unsure"
            return Finding(
                "quote-part-retranslated",
                source=part.quote.span,
                target=part.targets[0],
                variant=variant,
                params={
                    "part": part.words,
                    "whole": whole.words,
                    "rendering_part": part.rendering,
                    "rendering_whole": whole.rendering,
                    "differences": " ".join(missing),
                },
                suggestions=(whole.rendering,),
                evidence=_evidence((part, whole), (" ".join(missing), whole.rendering)),
            )
    return None


def _stems(text: str, lang: str) -> tuple[str, ...]:
    return tuple(stem(word, lang) for word in tokens(text, lang))


def _missing(part: str, whole: str, lang: str) -> tuple[str, ...]:
    """The telling words of `part` that `whole` has in no form."""
    keys = frozenset(_stems(whole, lang))
    light = weights(lang)
    found = []
    for word in tokens(part, lang):
        key = stem(word, lang)
        if light.get(key, 1.0) <= _WEIGHTY or key in keys:
            continue
        least = max(3, min(4, len(key) - 1))
        if not any(common_beginning(key, candidate) >= least for candidate in keys):
            found.append(word)
    return tuple(found)


def _place(quote: Quote, source: Document) -> str:
    """Where a quote stands, in words: headline, or the line counted from 1."""
    if source.sentence_at(quote.span.start) == 0 and len(source.paragraphs) > 1:
        return "headline"
    return f"line {source.line_column(quote.span.start)[0]}"
