"""The checks that judge a bead by itself and its neighbours, run on the beads around an edit."""

from bisect import bisect_left
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from glossary.alignment.beads import Alignment, Bead
from glossary.examination import Examined, Resources, once, placed
from glossary.findings import Evidence, Finding
from glossary.project import Pair, moved
from glossary.quotes.values import Quote
from glossary.recheck.patches import Patch, QuotePatch, local
from glossary.recheck.stretches import Stretch, aligned_after, document_after, stretch
from glossary.terms.concepts import TermUse
from glossary.text.spans import Document, Paragraph, Sentence, Span

WIDEST = 150  # sentences of one side that a window may have


@dataclass(frozen=True, slots=True)
class _Window:
    """A part of an alignment as an alignment of its own: its beads, where its texts begin, the sentences it takes."""

    alignment: Alignment
    beads: range
    source: range
    target: range
    starts: tuple[int, int]


def patch(before: Examined, pair: Pair, resources: Resources, bead: int | None = None) -> Patch | None:
    """What the findings around the edit are that made `pair` of the pair of `before`, whose source is the same.

    `bead` is the one the person edits; it takes sentences that stand where there were none. None if an answer needs a
    check of the whole pair. The time depends on the edit, and on the length of the text only as far as places are
    counted.
    """
    alignment, target = before.alignment, before.pair.target
    if alignment is None or target is None or pair.target is None:
        return None
    done = stretch(alignment, target, pair.target, bead)
    if done is None:
        return None
    document = document_after(alignment, target, pair.target, done.edit)
    now = aligned_after(alignment, done, document)
    if now is None:
        return None
    touched = {alignment.by_target[n] for n in range(*done.gone)} | set(done.beads)
    if not touched:
        return Patch(done, frozenset())
    reaches = _reaches(before, done)
    inner = _judged_by(touched, now, done) | _where_quotes_begin(before, now, done, reaches[1])
    window = _window(now, inner, done, reaches)
    return None if window is None else _checked(before, window, now, inner, done, resources)


def _judged_by(touched: Set[int], now: Alignment, done: Stretch) -> frozenset[int]:
    """The beads that are judged by these ones: themselves, their neighbours, and those of the sentences beside."""
    first, last = done.fresh
    near = now.by_target[max(0, first - 1) : last + 1]
    numbers = {number + step for number in touched for step in (-1, 0, 1)} | set(near)
    return frozenset(numbers & set(range(len(now.beads))))


def _where_quotes_begin(before: Examined, now: Alignment, done: Stretch, quotes: Sequence[Span]) -> set[int]:
    """The beads where the quotes begin that reach into the edited sentences: what is wrong with them is told there."""
    first, last = done.fresh
    if first == last:
        return set()
    edited = Span(now.target.sentences[first].span.start, now.target.sentences[last - 1].span.end)
    reaching = {number for number, quote in enumerate(quotes) if quote.overlaps(edited)}
    sources = (number for number, targets in before.quotes.links if not reaching.isdisjoint(targets))
    found = {now.bead_at_target(quotes[number].start) for number in reaching}
    found |= {now.bead_at_source(before.quotes.source[number].span.start) for number in sources}
    return {bead for bead in found if bead is not None}


def _reaches(before: Examined, done: Stretch) -> tuple[list[Span], list[Span]]:
    """The quotes of both sides, which a window must not cut, where they stand after the edit."""
    start = done.edit.span.start
    target = [q.outer if q.outer.end <= start else moved(q.outer, done.edit) for q in before.quotes.target]
    return [q.outer for q in before.quotes.source], target


def _window(now: Alignment, inner: Set[int], done: Stretch, quotes: tuple[list[Span], list[Span]]) -> _Window | None:
    """The smallest part of an alignment that holds `inner`, a bead more on both sides, whole paragraphs and quotes."""
    lo, hi = max(0, min(inner) - 1), min(len(now.beads), max(inner) + 2)
    first, last = done.fresh
    while True:
        sides = []
        for side, document, of, spans in (
            ("source", now.source, now.by_source, quotes[0]),
            ("target", now.target, now.by_target, quotes[1]),
        ):
            numbers = [n for bead in now.beads[lo:hi] for n in getattr(bead, side)]
            if side == "target":
                numbers += range(first, last)
            if not numbers or len(numbers) > WIDEST:
                return None
            held = _whole(document, min(numbers), max(numbers) + 1, spans)
            if len(held) > WIDEST:
                return None
            sides.append(held)
            owners = [of[n] for n in held]
            lo, hi = min(lo, *owners), max(hi, max(owners) + 1)
        source, target = sides
        numbers = [n for bead in now.beads[lo:hi] for n in bead.source]
        others = [n for bead in now.beads[lo:hi] for n in bead.target]
        if sorted(numbers) == list(source) and sorted(others) == list(target):
            break
    beads = tuple(
        Bead(
            tuple(n - source.start for n in bead.source),
            tuple(n - target.start for n in bead.target),
            bead.score,
            bead.pinned,
        )
        for bead in now.beads[lo:hi]
    )
    left, right = part(now.source, source), part(now.target, target)
    starts = _start(now.source, source), _start(now.target, target)
    return _Window(Alignment(left, right, beads), range(lo, hi), source, target, starts)


def _whole(document: Document, first: int, last: int, quotes: Sequence[Span]) -> range:
    """These sentences with the rest of their paragraphs, and of the quotes that reach into them."""
    while True:
        first = document.paragraphs[document.sentences[first].paragraph].first
        last = document.paragraphs[document.sentences[last - 1].paragraph].last
        start, end = document.sentences[first].span.start, document.sentences[last - 1].span.end
        cut = [q for q in quotes if (q.start < start < q.end) or (q.start < end < q.end)]
        if not cut or last - first > WIDEST:
            return range(first, last)
        reach = document.touched(Span(min(q.start for q in cut), max(q.end for q in cut)))
        if first <= reach.start and reach.stop <= last:
            return range(first, last)
        first, last = min(first, reach.start), max(last, reach.stop)


def _start(document: Document, sentences: range) -> int:
    return document.paragraphs[document.sentences[sentences.start].paragraph].span.start


def part(document: Document, sentences: range) -> Document:
    """These sentences, which are whole paragraphs, as a document of their own."""
    head = document.sentences[sentences.start].paragraph
    tail = document.sentences[sentences.stop - 1].paragraph + 1
    start, end = document.paragraphs[head].span.start, document.paragraphs[tail - 1].span.end
    paragraphs = (
        Paragraph(p.span.shifted(-start), p.first - sentences.start, p.last - sentences.start)
        for p in document.paragraphs[head:tail]
    )
    held = (
        Sentence(s.span.shifted(-start), s.paragraph - head)
        for s in document.sentences[sentences.start : sentences.stop]
    )
    return Document(document.text[start:end], document.lang, tuple(paragraphs), tuple(held), document.name)


# ── the checks ──


def _checked(
    before: Examined, window: _Window, now: Alignment, inner: frozenset[int], done: Stretch, resources: Resources
) -> Patch:
    """What the rooms say of a window, by its places in the whole texts."""
    alignment, parts, found = window.alignment, resources.parts, list[Finding]()
    uses: tuple[TermUse, ...] = ()
    quoted: QuotePatch | None = None
    if "terms" in parts:
        from glossary.terms import check_terms
        from glossary.terms.senses import mentions, within

        index = resources.term_index(now.target.lang)
        known = within(mentions(now.source, index, resources.domain), window.source, window.starts[0])
        study = check_terms(alignment, index, resources.domain, known)
        found += study.findings
        uses = tuple(_use(use, window) for use in study.uses if use.bead + window.beads.start in inner)
    if "quotes" in parts:
        quoted, more = _quotes(before, window, done, resources.profanity)
        found += more
    if "figures" in parts:
        from glossary.figures import check_figures

        found, figures = once(found, check_figures(alignment))
        found += figures
    if "script" in parts:
        from glossary.script import script_findings

        found += script_findings(alignment.target, "target")
    findings = tuple(
        _located(one, window, now.target)
        for one in placed(found, alignment)
        if local(one) and one.bead is not None and one.bead + window.beads.start in inner
    )
    return Patch(done, inner, uses, findings, quoted)


def _quotes(before: Examined, window: _Window, done: Stretch, profanity: str) -> tuple[QuotePatch, Sequence[Finding]]:
    """The quotes of the window's target, their links, and what became of those of its source."""
    from glossary.quotes.extraction import find_quotes
    from glossary.quotes.integrity import integrity_findings, unclosed_findings
    from glossary.quotes.links import find_links

    alignment, (source_start, target_start) = window.alignment, window.starts
    old = before.quotes
    first = bisect_left(old.source, source_start, key=_opening)
    last = bisect_left(old.source, source_start + len(alignment.source.text), key=_opening)
    mine = [_quote(q, -source_start, -first) for q in old.source[first:last]]
    theirs = find_quotes(alignment.target)
    links = find_links(mine, theirs, alignment)
    found = [
        *unclosed_findings(alignment.target, theirs, "target"),
        *integrity_findings(mine, theirs, links, alignment, profanity),
    ]
    start, end = _between(before, window.target, done)
    gone = bisect_left(old.target, start, key=_opening), bisect_left(old.target, end, key=_opening)
    return (
        QuotePatch(
            gone,
            tuple(_quote(q, target_start, gone[0]) for q in theirs),
            (first, last),
            tuple((n + first, tuple(t + gone[0] for t in ts)) for n, ts in links),
        ),
        found,
    )


def _between(before: Examined, window: range, done: Stretch) -> tuple[int, int]:
    """Where the window was in the target before the edit: from the sentence before it to the one behind it."""
    assert before.target is not None  # it was edited
    sentences = before.target.sentences
    first, last = window.start, window.stop - done.more
    start = sentences[first - 1].span.end if first else 0
    return start, sentences[last].span.start if last < len(sentences) else len(before.target.text) + 1


def _opening(quote: Quote) -> int:
    return quote.outer.start


def _quote(quote: Quote, by: int, numbers: int) -> Quote:
    """The quote `by` code points further on, its number `numbers` higher."""
    carrier, cue, speaker = (
        span.shifted(by) if span and span.start + by >= 0 else None  # `he` may be named before the window
        for span in (quote.carrier, quote.cue, quote.speaker_span)
    )
    provenance = quote.provenance
    if provenance is not None:
        provenance = replace(provenance, cues=())  # nothing here looks at them, and they may lie outside
    return replace(
        quote,
        n=quote.n + numbers,
        span=quote.span.shifted(by),
        outer=quote.outer.shifted(by),
        asides=tuple(span.shifted(by) for span in quote.asides),
        carrier=carrier,
        cue=cue,
        speaker_span=speaker,
        provenance=provenance,
    )


def _use(use: TermUse, window: _Window) -> TermUse:
    source, target = window.starts
    return replace(
        use,
        source=(use.source[0] + source, use.source[1] + source),
        target=(use.target[0] + target, use.target[1] + target) if use.target is not None else None,
        bead=use.bead + window.beads.start,
    )


def _located(finding: Finding, window: _Window, target: Document) -> Finding:
    """A finding of the window by its places in the whole texts."""
    params = finding.params
    by = dict(zip(("source", "target"), window.starts, strict=True))
    source = finding.source.shifted(by["source"]) if finding.source is not None else None
    place = finding.target.shifted(by["target"]) if finding.target is not None else None
    if "line" in params and place is not None:
        line, column = target.line_column(place.start)
        params = {**params, "line": str(line), "column": str(column)}
    assert finding.bead is not None  # none is taken without
    return replace(
        finding,
        bead=finding.bead + window.beads.start,
        source=source,
        target=place,
        params=params,
        evidence=tuple(Evidence(e.side, e.span.shifted(by[e.side]), e.note) for e in finding.evidence),
    )
