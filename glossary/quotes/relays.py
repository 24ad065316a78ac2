"""What a translator should do about the way quotes came: find the original, translate from it, find out.

One finding for each chain: the quotes of one speaker on one occasion share it. The wording is hedged below high
confidence, and nothing is said of speakers about whom the text is silent.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from glossary.findings import Evidence, Finding, Severity
from glossary.quotes import cues, outlets
from glossary.quotes.cues import nation, unnaming
from glossary.quotes.descriptions import describe, medium
from glossary.quotes.stems import stem, tokens, weights
from glossary.quotes.testimony import area_of, masked
from glossary.quotes.values import Provenance, Quote
from glossary.text.numbers import figures
from glossary.text.spans import Document

_DATE = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)? )?"
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?: \d{1,2}(?:st|nd|rd|th)?)?(?:,? \d{4})?\b|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
)
_NAME = re.compile(r"\b[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*")

Way = tuple[str, str, tuple[str, ...]]
"""Language, origin and hands: what the quotes of a chain have in common."""


@dataclass(frozen=True, slots=True)
class Chain:
    """The quotes of one speaker that came the same way."""

    quotes: tuple[Quote, ...]
    provenance: Provenance
    speaker: str


def provenance_findings(
    document: Document, quotes: Sequence[Quote], traces: Sequence[Provenance | None], target_lang: str
) -> tuple[Finding, ...]:
    """Findings quote-relay, quote-third-language and quote-origin-unsure, one for each chain, in the order of the text.

    `traces` belong to `quotes` one by one, as `trace` returns them.
    """
    findings = []
    for chain in _chains(document, quotes, traces):
        finding = _finding(document, chain, target_lang)
        if finding is not None:
            findings.append(finding)
    return tuple(findings)


def _chains(document: Document, quotes: Sequence[Quote], traces: Sequence[Provenance | None]) -> list[Chain]:
    """Quotes grouped by speaker and way; nested quotes are left to the quote around them.

    Quotes of somebody who is not named (the man, commander in a headline) join the one named speaker of that way; all
    voices of one recorded call are one chain, since there is one recording to look for.
    """
    text = masked(document.text, [quote for quote in quotes if quote.speech])
    groups: dict[tuple[Way, str], list[tuple[Quote, Provenance]]] = {}
    labels: dict[tuple[Way, str], str] = {}
    for quote, chain in zip(quotes, traces, strict=True):
        if chain is None or quote.level > 1:
            continue
        way = (chain.speaker_lang, chain.origin, tuple(who.name for who in chain.intermediaries))
        label = _label(document, text, quote)
        name = _last_name(label) or _last_name(quote.speaker or "")
        key = (way, "" if chain.origin == "intercept" and chain.intermediaries else name)
        groups.setdefault(key, []).append((quote, chain))
        if (bool(name), len(label)) > (bool(_last_name(labels.get(key, ""))), len(labels.get(key, ""))):
            labels[key] = label
    for way, name in list(groups):
        named = [other for other in groups if other[0] == way and other[1]]
        if not name and len(named) == 1:
            members = sorted(groups[named[0]] + groups.pop((way, name)), key=lambda pair: pair[0].n)
            groups[named[0]] = members
    return sorted(
        (
            Chain(tuple(quote for quote, _ in members), members[0][1], labels.get(key, ""))
            for key, members in groups.items()
        ),
        key=lambda chain: chain.quotes[0].n,
    )


def _label(document: Document, text: str, quote: Quote) -> str:
    """The speaker as the sentence describes them: at most eight words, no pronoun, no medium."""
    described = describe(text, quote, area_of(document, text, quote))
    for chunk in described.chunks[:1]:
        words = chunk.of(document.text).strip(" ,()—–\n").split()
        label = " ".join(words)
        if 0 < len(words) <= 8 and not medium(label) and words[0].casefold() not in unnaming():
            return label
        if words and words[0].casefold() in ("a", "an", "the") and 1 < len(words) <= 9 and not medium(label):
            return label
    speaker = quote.speaker or ""
    return "" if speaker.casefold() in unnaming() or medium(speaker) else speaker


def _last_name(speaker: str) -> str:
    """The last capitalised name of a speaker, or nothing for somebody who is not named."""
    names = [name for name in _NAME.findall(speaker) if nation(name) is None and not _common(name)]
    return names[-1].split()[-1].removesuffix("’s").removesuffix("'s") if names else ""


def _common(name: str) -> bool:
    """Whether a capitalised word is only a noun that begins a line: `Soldier claims …`."""
    return len(name.split()) == 1 and bool(cues.people(name.casefold(), 0, len(name)))


def _finding(document: Document, chain: Chain, target_lang: str) -> Finding | None:
    way = chain.provenance
    sure = way.confidence == "high"
    if way.verdict == "find_original":
        rule, severity = "quote-relay", None if sure else Severity.WARNING
    elif way.verdict == "translate_from_original":
        if not sure and not way.alternatives:
            return None
        rule, severity = "quote-third-language", None if sure else Severity.INFO
    elif way.alternatives:
        return _unsure(document, chain)
    else:
        return None
    search = _search(document, chain, target_lang)
    several = len(chain.quotes) > 1
    parts = ["several"] if several else []
    if not sure:
        parts.append("unsure")
    if search:
        parts.append("search")
    if rule == "quote-relay" and parts == [] and way.translations == 1:
        parts = ["one"]
    return Finding(
        rule,
        source=chain.quotes[0].span,
        variant="-".join(parts) or "default",
        params={**_params(document, chain), "search": "; ".join(search)},
        suggestions=search,
        evidence=_evidence(chain),
        severity=severity,
    )


def _unsure(document: Document, chain: Chain) -> Finding:
    way = chain.provenance
    languages = " or ".join(cues.language_name(lang) for lang in (way.speaker_lang, *way.alternatives))
    return Finding(
        "quote-origin-unsure",
        source=chain.quotes[0].span,
        variant="several" if len(chain.quotes) > 1 else "default",
        params={**_params(document, chain), "languages": languages},
        evidence=_evidence(chain),
    )


def _params(document: Document, chain: Chain) -> dict[str, str]:
    way = chain.provenance
    return {
        "count": str(len(chain.quotes)),
        "speaker": _tidy(chain.speaker) or "The speaker",
        "language": cues.language_name(way.speaker_lang),
        "chain": itinerary(way),
        "translations": str(way.translations),
        "quote": " ".join(chain.quotes[0].span.of(document.text).split()),
    }


def _tidy(speaker: str) -> str:
    words = re.sub(r"^(?:a|an|the) ", "", " ".join(speaker.split()))
    return words[:1].upper() + words[1:]


def itinerary(way: Provenance) -> str:
    """A chain in words: origin if known, intermediaries, languages: `intercept → SBU → Reuters; ru → en → uk`."""
    occasion = [] if way.origin == "unknown" else [way.origin.replace("_", " ")]
    steps = [*occasion, *(who.name for who in way.intermediaries)]
    return "; ".join(" → ".join(part) for part in (steps, way.path) if part)


def _evidence(chain: Chain) -> tuple[Evidence, ...]:
    way = chain.provenance
    found = [Evidence("source", quote.span, "quoted") for quote in chain.quotes]
    found.extend(Evidence("source", span, note) for span, note in zip(way.cues, way.notes, strict=True))
    return tuple(sorted(found, key=lambda evidence: (evidence.span, evidence.note)))


def _search(document: Document, chain: Chain, target_lang: str) -> tuple[str, ...]:
    """What to type to find the original: speaker and occasion, then names, figures, rare words."""
    way = chain.provenance
    lang = way.speaker_lang
    if not way.cues and way.origin == "unknown":
        return ()
    named = re.sub(r"^(?:The|A|An|One|Two) ", "", chain.speaker)
    names = [name for name in _NAME.findall(named) if nation(name) is None]
    speaker = names[-1] if names else ""
    through = [_called(who.name, lang) for who in way.intermediaries if who.role not in ("translator", "interpreter")]
    date = _dated(document, chain.quotes[0])
    occasion = cues.search_noun(lang, way.origin)
    first = " ".join(part for part in (speaker, occasion, *through, date) if part)
    quoted = " ".join(quote.span.of(document.text) for quote in chain.quotes)
    numbers = [figure.span.of(quoted) for figure in figures(quoted, "en") if figure.kind == "quantity"]
    parts = {part.casefold(): part for part in (*through[:1], *reversed(numbers), *reversed(_rare(quoted)), speaker)}
    second = " ".join(part for part in reversed(parts.values()) if part)
    return tuple(dict.fromkeys(query for query in (first, second) if len(query.split()) > 1))


def _called(name: str, lang: str) -> str:
    """An intermediary as the speaker's language calls it."""
    if lang not in ("ru", "uk"):
        return name
    listed = outlets.named(name)
    aliases = outlets.aliases(listed, lang) if listed else ()
    return aliases[0] if aliases else name


def _dated(document: Document, quote: Quote) -> str:
    number = document.sentence_at(quote.span.start)
    if number is None:
        return ""
    area = document.sentences[number].span
    match = _DATE.search(document.text, area.start, area.end)
    return match.group() if match else ""


def _rare(text: str) -> list[str]:
    """The telling words of a quote: names first, then long words that are not frequent; at most four."""
    light = weights("en")
    words = [word for word in tokens(text, "en") if len(word) > 3 and light.get(stem(word, "en"), 1.0) >= 1.0]
    once = {word.casefold(): word for word in reversed(words)}
    return sorted(once.values(), key=lambda word: (-len(word), word))[:4]
