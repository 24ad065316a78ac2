"""What of a finished pair is worth keeping: its quotes with their renderings, and the beads that are sure."""

from glossary.examination import Examined
from glossary.memory.keys import digest
from glossary.memory.values import Article, KeptQuote, Unit

SURE = 0.9
"""Beads at or above this probability become units of the translation memory."""

LONGEST = 2_000
"""Code points of a unit; what is longer was never split into sentences."""


def gathered(examined: Examined, date: str = "", link: str = "") -> Article:
    """The article that an examined pair makes. Raises ValueError if it has no target."""
    alignment, target = examined.alignment, examined.target
    if alignment is None or target is None:
        raise ValueError("a finished pair has a target")
    units = dict[Unit, None]()
    for number, bead in enumerate(alignment.beads):
        if bead.paired and (bead.pinned or bead.score >= SURE):
            sides = (
                " ".join(" ".join(span.of(document.text) for span in spans).split())
                for document, spans in (
                    (alignment.source, alignment.source_spans(number)),
                    (alignment.target, alignment.target_spans(number)),
                )
            )
            unit = Unit(next(sides), next(sides))
            if len(unit.source) <= LONGEST and len(unit.target) <= LONGEST:
                units[unit] = None
    return Article(
        examined.pair.id,
        examined.source.lang,
        target.lang,
        date,
        link,
        source_digest(examined),
        digest(target.text),
        _quotes(examined),
        tuple(units),
    )


def source_digest(examined: Examined) -> str:
    """What the source of a pair is recognised by."""
    return digest(examined.pair.source.text)


def rendering_of(examined: Examined, number: int) -> str:
    """What renders this source quote: the linked target quotes in their order, or an empty text."""
    target = examined.target
    if target is None:
        return ""
    quotes = {quote.n: quote for quote in examined.quotes.target}
    linked = dict(examined.quotes.links).get(number, ())
    spans = sorted(quotes[n].span for n in linked if n in quotes)
    return " … ".join(tidy(span.of(target.text)) for span in spans)


def tidy(text: str) -> str:
    """A quote as it is shown: on one line, without the comma that belongs to the sentence around it."""
    return " ".join(text.split()).rstrip(",;")


def _quotes(examined: Examined) -> tuple[KeptQuote, ...]:
    text = examined.source.text
    found = []
    for quote in examined.quotes.source:
        words = tidy(quote.span.of(text))
        if not quote.speech or not words:
            continue
        chain = quote.provenance
        known = chain is not None and chain.confidence == "high"
        found.append(
            KeptQuote(
                words,
                rendering_of(examined, quote.n),
                quote.speaker or "",
                chain.speaker_lang if chain is not None and known else "",
                " ".join(quote.carrier.of(text).split()) if quote.carrier else "",
                quote.kind,
                quote.span.start,
                quote.span.end,
            )
        )
    return tuple(found)
