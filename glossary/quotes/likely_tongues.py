"""Which language somebody probably spoke of whom the text says nothing outright.

Every language that something near the quote speaks for (a people, a place, a name, an outlet), and the two of the war
and the article's own, is a candidate; a conditional logistic regression weighs what speaks for each, by where it
stands. Its weights are fitted by tools/fit_likely.py on passages written for this project.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from glossary import data
from glossary.quotes import cues, descriptions, outlets
from glossary.quotes.settling import SLAVIC
from glossary.quotes.testimony import ABOUT, NOT_OF_SPEAKER, Reading
from glossary.quotes.vicinity import near
from glossary.text.recent import recent
from glossary.text.spans import Document, Span

TABLE = "likely_tongues.csv"
_TABLES = ("nationalities", "places", "people", "given", "family")
_ALWAYS = ("en", "ru", "uk")
_NEAR = 60  # characters between a name of the speaker and what may belong to it
_SHOWN = 0.15  # a share from which another language is named


@dataclass(frozen=True, slots=True)
class Candidate:
    """A language that may have been spoken: its share (0 to 1) and the places that speak for it."""

    lang: str
    share: float
    cues: tuple[Span, ...]


def likely_tongues(document: Document, text: str, reading: Reading, at_war: bool) -> list[Candidate]:
    """The languages a quote may have been spoken in, the likeliest first; at least one. `text` is masked."""
    weights = data.weights(TABLE)
    found = tongue_clues(document, text, reading, at_war)
    scores = {lang: sum(weights.get(clue, 0.0) for clue in clues) for lang, clues in found.items()}
    top = max(scores.values())
    odds = {lang: math.exp(score - top) for lang, score in scores.items()}
    total = sum(odds.values())
    ranked = sorted(odds, key=lambda lang: (-odds[lang], lang))
    shown = [lang for at, lang in enumerate(ranked) if at == 0 or odds[lang] / total >= _SHOWN]
    return [Candidate(lang, odds[lang] / total, _places(found[lang], weights)) for lang in shown]


def _places(clues: Mapping[str, Span | None], weights: Mapping[str, float]) -> tuple[Span, ...]:
    """The place that speaks most for a language."""
    told = [(weights.get(clue, 0.0), place) for clue, place in clues.items() if place is not None]
    return (max(told, key=lambda one: (one[0], -one[1].start))[1],) if told else ()


def tongue_clues(
    document: Document, text: str, reading: Reading, at_war: bool
) -> Mapping[str, Mapping[str, Span | None]]:
    """What speaks for each candidate: clue → where it stands, None for what stands nowhere."""
    found: dict[str, dict[str, Span | None]] = {lang: {} for lang in _ALWAYS}
    for cue, where, beside in _located(document, text, reading):
        head = text[max(0, cue.span.start - 30) : cue.span.start]
        against = "-" if NOT_OF_SPEAKER.search(head) or ABOUT.match(text, cue.span.end) else ""
        clues = found.setdefault(cue.value, {})
        sort = cue.note + against
        for clue in (f"{where}:{sort}", f"any:{cue.note}", *([f"near:{sort}"] if beside else ())):
            clues.setdefault(clue, cue.span)
    told = _told(reading, at_war)
    for lang, clues in found.items():
        kind = lang if lang in _ALWAYS else "other"
        clues |= {f"{kind}|{clue}": place for clue, place in tuple(clues.items())}
        clues |= dict.fromkeys((f"{kind}|{what}" for what in ("", *told)), None)
        clues |= dict.fromkeys(_hands(reading, lang, kind), None)
        if all(place is None for place in clues.values()):
            clues[f"{kind}|nothing"] = None
        elif sum(any(where is not None for where in other.values()) for other in found.values()) == 1:
            clues[f"{kind}|only"] = None
    return found


def _told(reading: Reading, at_war: bool) -> Iterator[str]:
    """What is known of the speaker and the occasion, whatever the language."""
    yield f"o={reading.origin}"
    known = {
        "captive": reading.captive, "local": reading.local, "office": reading.office, "abroad": reading.abroad,
        "profession": bool(reading.profession), "war": at_war, "again": reading.follows,
        "named": any(not word.startswith(("~", "@")) for word in reading.key),
    }  # fmt: skip
    yield from (name for name, holds in known.items() if holds)


def _hands(reading: Reading, lang: str, kind: str) -> Iterator[str]:
    """What the outlets say through which the words came."""
    if reading.native is not None:
        yield "native" if reading.native.lang == lang else f"{kind}|not native"
    if any(hand.who.lang == lang for hand in reading.hands):
        yield "hand"


def of_the_war(document: Document, text: str, area: Span) -> bool:
    """Whether something near `area` names one of the two countries, or soldiers. `text` is masked."""
    spans = (document.sentences[number].span for number in near(document, area).numbers)
    return any(_of_the_war(text, span.start, span.end) for span in spans)


@recent(512)
def _of_the_war(text: str, start: int, end: int) -> bool:
    if cues.pattern("war_words").search(text, start, end) is not None:
        return True
    if any(cue.value in SLAVIC for table in _TABLES for cue in cues.found(table, text, start, end)):
        return True
    return any(mention.organisation.lang in SLAVIC for mention in outlets.mentions(text, start, end))


def _located(document: Document, text: str, reading: Reading) -> Iterator[tuple[cues.Cue, str, bool]]:
    """What is near the quote and speaks for a language; where that is; whether it stands beside the speaker's name."""
    quote = reading.quote
    around = near(document, reading.area)
    described = descriptions.describe(text, quote, reading.area)
    for number in around.numbers:
        sentence = document.sentences[number].span
        names = [place for word in reading.key for place in _named(text, sentence, word)]
        for cue in _spoken_for(text, sentence):
            if any(chunk.contains(cue.span) for chunk in described.chunks):
                yield cue, "described", False
            elif quote.speaker_span is not None and quote.speaker_span.overlaps(cue.span):
                yield cue, "speaker", False
            else:
                yield cue, around.where(number, cue.span, quote.outer), any(_beside(cue.span, name) for name in names)


def _beside(one: Span, other: Span) -> bool:
    return one.start - other.end < _NEAR and other.start - one.end < _NEAR


def _named(text: str, sentence: Span, word: str) -> Iterator[Span]:
    """Where a name of the speaker stands in a sentence."""
    if not word.startswith(("~", "@")):
        pattern = re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE)
        yield from (Span(*match.span()) for match in pattern.finditer(text, sentence.start, sentence.end))


@recent(512)
def _spoken_for(text: str, area: Span) -> tuple[cues.Cue, ...]:
    """What in a stretch of text speaks for a language, and what sort of thing it is."""
    found = [cue for table in _TABLES for cue in cues.found(table, text, area.start, area.end)]
    for lang, pattern in cues.offices():
        found += [
            cues.Cue(lang, Span(*match.span()), "office") for match in pattern.finditer(text, area.start, area.end)
        ]
    found += [cues.Cue(cue.value, cue.span, "named") for cue in cues.explicit(text, area.start, area.end)]
    for mention in outlets.mentions(text, area.start, area.end):
        organisation = mention.organisation
        if organisation.lang:
            sort = "press" if organisation.role in outlets.PRESS else "service"
            found.append(cues.Cue(organisation.lang, mention.span, sort))
    surname = cues.surname(text, area)
    return (*found, surname) if surname is not None else tuple(found)
