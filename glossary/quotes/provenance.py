"""The way a quote came: from the speaker's mouth through publishers, interpreters and outlets to this article.

What the article says outright is read by rules (glossary.quotes.readings); where they are silent, what is likely from
the words around (glossary.quotes.weighing). In order of weight: a language that is named; the language of the outlet
the words were given to; the nationality of the speaker; the office; names and places, which never count for more than
low confidence.

    >>> from glossary.text.segment import document
    >>> from glossary.quotes.extraction import find_quotes
    >>> text = document("A Russian soldier says “go home” in a call intercepted by the SBU.", "en")
    >>> chain = trace(text, find_quotes(text), "ru")[0]
    >>> chain.path, chain.verdict
    (('ru', 'en', 'ru'), 'find_original')
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from glossary.quotes import cues
from glossary.quotes.contradictions import contradictions
from glossary.quotes.hands import TRANSLATED, Hand
from glossary.quotes.readings import Article, read_article
from glossary.quotes.relays import provenance_findings
from glossary.quotes.settling import settled
from glossary.quotes.testimony import Reading
from glossary.quotes.values import Cluster, Intermediary, Provenance, Quote
from glossary.quotes.weighing import weighed
from glossary.text.recent import recent
from glossary.text.spans import Document, Span

__all__ = ["provenance_findings", "trace"]

_REVERSED = ("swap", "direction")
_GLUED = re.compile(r"\b[a-z]{4,}[A-Z][a-z]+\b")


def trace(document: Document, quotes: Sequence[Quote], target_lang: str) -> tuple[Provenance | None, ...]:
    """The chain of every quote, in the order of `quotes`; None for words in marks that nobody is quoted as saying."""
    article, outside = _read(document, tuple(quotes))
    readings = article.readings
    return tuple(
        _provenance(readings[quote.n], document.lang, target_lang, outside, article.at_war)
        if quote.n in readings
        else None
        for quote in quotes
    )


@recent(4)
def _read(document: Document, quotes: tuple[Quote, ...]) -> tuple[Article, Hand | None]:
    """An article read, whatever language it is rendered into, and who brought it here.

    Kept for the other renderings of the same article, and while one is edited.
    """
    article = weighed(read_article(document, quotes))
    return article, _outside(document, article.text, quotes, article.clusters)


def _outside(document: Document, text: str, quotes: Sequence[Quote], clusters: Sequence[Cluster]) -> Hand | None:
    """A sign that the article itself came through somebody unknown: where to read the original, words run together,
    versions of one utterance that reverse each other's sense."""
    who = Intermediary("unknown translator", "", "translator")
    match = cues.phrases("mediators", "outside").search(text)
    if match is not None:
        return Hand(TRANSLATED, who, Span(*match.span()), "the article came from elsewhere")
    glued = list(_GLUED.finditer(text))
    if len(glued) > 1:
        return Hand(TRANSLATED, who, Span(*glued[0].span()), "words run together")
    spoken = {quote.n: quote for quote in quotes}
    for cluster in clusters:
        for one, other in pairwise(cluster.quotes):
            first, second = (spoken[number].span.of(document.text) for number in (one, other))
            if any(found.kind in _REVERSED for found in contradictions(first, second, document.lang)):
                return Hand(TRANSLATED, who, spoken[other].span, "versions reverse each other's sense")
    return None


def _provenance(reading: Reading, article: str, target_lang: str, outside: Hand | None, at_war: bool) -> Provenance:
    tongue = settled(reading, article, at_war)
    hands = sorted(reading.hands, key=lambda hand: hand.order)
    if outside is not None:
        hands.append(outside)
    people: list[Intermediary] = []
    path = [tongue.lang]
    for hand in hands:
        lang = hand.who.lang or (article if hand.order == TRANSLATED else path[-1])
        people.append(replace(hand.who, lang=lang))
        if hand.who.role in ("outlet", "agency"):
            path.append(lang)
    path += [article, target_lang]
    path = [lang for at, lang in enumerate(path) if at == 0 or lang != path[at - 1]]
    verdict = "translate_from_original"
    if tongue.lang == target_lang:
        verdict = "find_original"
    elif tongue.lang == article:
        verdict = "translate"
    noted = [(span, tongue.note) for span in tongue.cues]
    if reading.origin_cue is not None:
        occasion = reading.origin.replace("_", " ")
        noted.append((reading.origin_cue, f"likely {occasion}" if reading.likely else occasion))
    noted.extend((hand.span, f"{hand.note}: {hand.who.name}") for hand in hands)
    noted = sorted(dict.fromkeys(noted))
    return Provenance(
        tongue.lang,
        reading.origin or "unknown",
        tongue.confidence,
        tuple(people),
        tuple(path),
        verdict,
        tuple(span for span, _ in noted),
        tuple(note for _, note in noted),
        tongue.alternatives,
    )
