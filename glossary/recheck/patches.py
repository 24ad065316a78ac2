"""What a look at the window says, and the last examination with that put into it."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from glossary.alignment.beads import Alignment
from glossary.examination import Examined
from glossary.findings import Evidence, Finding, order
from glossary.project import Pair, Retarget, moved
from glossary.quotes.values import Quote, QuoteStudy
from glossary.recheck.stretches import Stretch, aligned_after, document_after
from glossary.terms.concepts import TermUse
from glossary.text.drafted import unconfirmed
from glossary.text.spans import Span

LOCAL = frozenset(
    {
        "term-forbidden", "term-missing", "term-possible",
        "number-mismatch", "mixed-script", "hidden-character",
        "quote-marks-lost", "quote-marks-gained", "quote-unclosed", "quote-split", "quote-number", "quote-negation",
        "quote-person", "quote-bracket", "quote-ellipsis", "quote-profanity",
    }
)  # fmt: skip
"""The rules that judge a bead, or a quote in it, by itself and its neighbours."""
_ONE_SIDE = frozenset({"mixed-script", "hidden-character", "quote-unclosed"})


def local(finding: Finding) -> bool:
    """Whether the finding depends on the target of its bead and of the beads beside it, and on nothing else."""
    return finding.rule in LOCAL and not (finding.rule in _ONE_SIDE and finding.target is None)


@dataclass(frozen=True, slots=True)
class QuotePatch:
    """Quotes around an edit: those of the target `gone` (half-open numbers) gave way to `quotes`, and `links` to those
    of the source quotes `source` (half-open numbers)."""

    gone: tuple[int, int]
    quotes: tuple[Quote, ...]
    source: tuple[int, int]
    links: tuple[tuple[int, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Patch:
    """What an edit changed. The local findings and the terms of the beads `inner` give way to `findings` and `terms`,
    which are in order and by their places in the edited text.

    `marks` are the fingerprints of the findings once some were left out, else empty.
    """

    stretch: Stretch
    inner: frozenset[int]
    terms: tuple[TermUse, ...] = ()
    findings: tuple[Finding, ...] = ()
    quotes: QuotePatch | None = None
    marks: tuple[str, ...] = ()


def patched(before: Examined, patch: Patch, pair: Pair) -> Examined:
    """The examination `before` after the edit that made `pair`. Raises ValueError if the patch is of another one."""
    alignment, target = before.alignment, before.pair.target
    if alignment is None or target is None or pair.target is None:
        raise ValueError("there is no target to patch")
    done = patch.stretch
    document = document_after(alignment, target, pair.target, done.edit)
    now = aligned_after(alignment, done, document)
    if now is None:
        raise ValueError("the patch leaves a bead empty")
    findings, marks = _findings(before, patch, now)
    drafts = {
        now.by_target[number]: one.origin
        for one in unconfirmed(pair.target.text, document)
        for number in document.touched(one.sentence)
    }
    study = _study(before.quotes, patch)
    return Examined(pair, now, _terms(before.terms, patch), study, findings, before.unrelated, drafts, marks)


def _findings(before: Examined, patch: Patch, now: Alignment) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """The findings in report order, with their fingerprints if these are known."""
    edit, inner, old = patch.stretch.edit, patch.inner, before.findings
    marked = len(before.marks) == len(old) and len(patch.marks) == len(patch.findings)
    marks: Sequence[str] = before.marks if marked else ("",) * len(old)
    fresh = tuple(zip(patch.findings, patch.marks if marked else ("",) * len(patch.findings), strict=True))
    first = bisect_left(old, min(inner, default=0), key=_bead)
    last = bisect_left(old, max(inner, default=-1) + 1, key=_bead)
    kept = [
        (_moved(finding, edit), mark)
        for finding, mark in zip(old[first:last], marks[first:last], strict=True)
        if finding.bead not in inner or not (local(finding) or _answered(finding, now))
    ]
    middle = sorted((*kept, *fresh), key=lambda one: order(one[0])) if inner else kept
    findings = (
        *(_moved(finding, edit) for finding in old[:first]),
        *(finding for finding, _ in middle),
        *(_moved(finding, edit) for finding in old[last:]),
    )
    return findings, (*marks[:first], *(mark for _, mark in middle), *marks[last:]) if marked else ()


def _answered(finding: Finding, now: Alignment) -> bool:
    """Whether a sentence was found to have no counterpart, and its bead has one now."""
    return finding.rule in ("untranslated", "added") and now.beads[finding.bead or 0].paired


def _bead(finding: Finding) -> int:
    return finding.bead if finding.bead is not None else -1


def _moved(finding: Finding, edit: Retarget) -> Finding:
    """The finding where it stands after the edit."""
    place, start = finding.target, edit.span.start
    if place is not None and place.end > start:
        finding = replace(finding, target=moved(place, edit))
    if any(e.side == "target" and e.span.end > start for e in finding.evidence):
        evidence = (
            Evidence(e.side, moved(e.span, edit), e.note) if e.side == "target" else e for e in finding.evidence
        )
        finding = replace(finding, evidence=tuple(evidence))
    return finding


def _terms(uses: Sequence[TermUse], patch: Patch) -> tuple[TermUse, ...]:
    edit, inner = patch.stretch.edit, patch.inner
    first = bisect_left(uses, min(inner, default=0), key=_bead_of)
    last = bisect_left(uses, max(inner, default=-1) + 1, key=_bead_of)
    kept = _moved_uses((use for use in uses[first:last] if use.bead not in inner), edit)
    middle = sorted((*kept, *patch.terms), key=_bead_of)
    return (*_moved_uses(uses[:first], edit), *middle, *_moved_uses(uses[last:], edit))


def _bead_of(use: TermUse) -> int:
    return use.bead


def _moved_uses(uses: Iterable[TermUse], edit: Retarget) -> Iterable[TermUse]:
    by = len(edit.text) - len(edit.span)
    for use in uses:
        target = use.target
        if target is None or target[1] <= edit.span.start:
            yield use
            continue
        if target[0] >= edit.span.end:
            target = target[0] + by, target[1] + by
        else:
            span = moved(Span(*target), edit)
            target = span.start, span.end
        yield TermUse(use.concept, use.source, target, use.bead, use.status, use.english, use.rendering)


def _study(study: QuoteStudy, patch: Patch) -> QuoteStudy:
    """The quotes of both sides after the edit; what was found of them is with the findings of the examination."""
    edit, done = patch.stretch.edit, patch.quotes
    first, last = done.gone if done is not None else (len(study.target), len(study.target))
    fresh = done.quotes if done is not None else ()
    more = first + len(fresh) - last
    target = (
        *(_moved_quote(quote, edit, 0) for quote in study.target[:first]),
        *fresh,
        *(_moved_quote(quote, edit, more) for quote in study.target[last:]),
    )
    links = list(study.links)
    if done is not None:
        left = bisect_left(links, done.source[0], key=lambda link: link[0])
        right = bisect_left(links, done.source[1], key=lambda link: link[0])
        others = (
            [(n, tuple(t + more if t >= last else t for t in ts if not first <= t < last)) for n, ts in part]
            for part in (links[:left], links[right:])
        )
        before, after = others
        links = [*before, *done.links, *after]
    return QuoteStudy(study.source, target, tuple(links), study.clusters, ())


def _moved_quote(quote: Quote, edit: Retarget, more: int) -> Quote:
    """A target quote, its number `more` higher, where it stands after the edit."""
    spans = (quote.outer, quote.carrier, quote.cue, quote.speaker_span)
    if not more and all(span is None or span.end <= edit.span.start for span in spans):
        return quote
    carrier, cue, speaker = (moved(span, edit) if span is not None else None for span in spans[1:])
    return Quote(
        quote.n + more,
        moved(quote.span, edit),
        moved(quote.outer, edit),
        quote.level,
        quote.kind,
        quote.closed,
        tuple(moved(span, edit) for span in quote.asides),
        carrier,
        cue,
        quote.speaker,
        speaker,
        quote.cluster,
        quote.provenance,
    )
