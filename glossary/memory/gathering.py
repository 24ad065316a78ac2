"""What of a finished pair is worth keeping: its quotes with their renderings, and the beads that are sure."""

from collections.abc import Mapping

from glossary.examination import Examined
from glossary.memory.keys import digest
from glossary.memory.values import Article, KeptQuote, Unit
from glossary.quotes.descriptions import medium
from glossary.quotes.renderings import renderings, tidy
from glossary.quotes.values import Quote

SURE = 0.9
"""Beads at or above this probability become units of the translation memory."""

LONGEST = 2_000
"""Code points of a unit; what is longer was never split into sentences."""


def gathered(examined: Examined, date: str = "", link: str = "") -> Article:
    """The article that an examined pair makes, without what is a draft still. Raises ValueError if it has no target."""
    alignment, target = examined.alignment, examined.target
    if alignment is None or target is None:
        raise ValueError("a finished pair has a target")
    units = dict[Unit, None]()
    for number, bead in enumerate(alignment.beads):
        if bead.paired and (bead.pinned or bead.score >= SURE) and number not in examined.drafts:
            sides = (
                " ".join(" ".join(span.of(document.text) for span in spans).split())
                for document, spans in (
                    (alignment.source, alignment.source_spans(number)),
                    (alignment.target, alignment.target_spans(number)),
                )
            )
            unit = Unit(next(sides), next(sides))
            if len(unit.source) <= LONGEST and len(unit.target) <= LONGEST and "[[" not in unit.target:
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


def renderings_of(examined: Examined) -> Mapping[int, str]:
    """What renders each source quote that is linked, without the words of the author."""
    study, target = examined.quotes, examined.target
    if target is None:
        return {}
    found = renderings(study.source, study.target, study.links, target.text)
    return {number: rendering.text for number, rendering in found.items()}


def speaker_of(quote: Quote) -> str:
    """Who says it; nobody if the text only names the call or the post that the words come from."""
    return "" if quote.speaker is None or medium(quote.speaker) else quote.speaker


def _quotes(examined: Examined) -> tuple[KeptQuote, ...]:
    text = examined.source.text
    rendered = renderings_of(examined)
    found = []
    for quote in examined.quotes.source:
        words = tidy(quote.span.of(text))
        if not quote.speech or not words:
            continue
        bead = examined.alignment.bead_at_source(quote.span.start) if examined.alignment else None
        drafted = bead is not None and bead in examined.drafts
        chain = quote.provenance
        known = chain is not None and chain.confidence == "high"
        found.append(
            KeptQuote(
                words,
                "" if drafted else rendered.get(quote.n, ""),
                speaker_of(quote),
                chain.speaker_lang if chain is not None and known else "",
                " ".join(quote.carrier.of(text).split()) if quote.carrier else "",
                quote.kind,
                quote.span.start,
                quote.span.end,
            )
        )
    return tuple(found)
