"""What of a finished pair is worth keeping: its quotes with their renderings, and the beads that are sure."""

from glossary.examination import Examined
from glossary.memory.keys import digest
from glossary.memory.values import Article, KeptQuote, Unit
from glossary.quotes.descriptions import medium
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


def rendering_of(examined: Examined, number: int) -> str:
    """What renders this source quote: the linked target quotes in their order, or an empty text.

    Words of the author inside them are left out. Where one target quote renders as many source quotes as it has pieces
    («А, — сказал он. — Б» for “A,” he said. “B”), each has its own piece.
    """
    target = examined.target
    if target is None:
        return ""
    quotes = {quote.n: quote for quote in examined.quotes.target}
    links = dict(examined.quotes.links)
    linked = sorted((quotes[n] for n in links.get(number, ()) if n in quotes), key=lambda quote: quote.span)
    pieces = [piece for quote in linked for piece in _pieces(quote, target.text)]
    if len(linked) == 1:
        sharing = sorted(n for n, found in examined.quotes.links if found == (linked[0].n,))
        if len(sharing) == len(pieces):
            return pieces[sharing.index(number)]
    return " … ".join(pieces) if len(linked) > 1 else " ".join(pieces)


def _pieces(quote: Quote, text: str) -> list[str]:
    """The words of a quote without those of the author between them."""
    cuts = [quote.span.start, *(at for aside in quote.asides for at in (aside.start, aside.end)), quote.span.end]
    stretches = (text[start:end] for start, end in zip(cuts[::2], cuts[1::2], strict=True))
    return [words for stretch in stretches if (words := tidy(stretch.strip().strip("—–-")))]


def speaker_of(quote: Quote) -> str:
    """Who says it; nobody if the text only names the call or the post that the words come from."""
    return "" if quote.speaker is None or medium(quote.speaker) else quote.speaker


def tidy(text: str) -> str:
    """A quote as it is shown: on one line, without the comma that belongs to the sentence around it."""
    return " ".join(text.split()).rstrip(",; ")


def _quotes(examined: Examined) -> tuple[KeptQuote, ...]:
    text = examined.source.text
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
                "" if drafted else rendering_of(examined, quote.n),
                speaker_of(quote),
                chain.speaker_lang if chain is not None and known else "",
                " ".join(quote.carrier.of(text).split()) if quote.carrier else "",
                quote.kind,
                quote.span.start,
                quote.span.end,
            )
        )
    return tuple(found)
