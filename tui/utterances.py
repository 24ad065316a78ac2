"""What was said, in all its versions and renderings: the content of the quotes screen, as values."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from glossary.findings import Finding, Severity
from glossary.quotes.values import Provenance, Quote
from glossary.text.spans import Span
from tui.content import Part, composed
from tui.differing import changes
from tui.rows import GLYPHS, KINDS, WEIGHT_STYLES, Page, Row, cell_of
from tui.widgets.listing import Item
from tui.workspace import Workspace

if TYPE_CHECKING:
    from glossary.examination import Examined

_VERDICTS = {
    "find_original": "The speaker spoke the language of this text: find the original words.",
    "translate_from_original": "The words were spoken in a third language: translate from the original.",
    "translate": "Spoken in the language of the source: translate.",
}


@dataclass(frozen=True, slots=True)
class Utterance:
    """Words said once, with every place that quotes them. `kind` is repetition, versions or once."""

    kind: str
    quotes: tuple[Quote, ...]
    renderings: tuple[tuple[Quote, ...], ...]
    number: int | None
    severity: Severity | None


def utterances(examined: "Examined") -> tuple[Utterance, ...]:
    """All utterances of a pair in the order of the source: clusters first met, then what is said once."""
    study = examined.quotes
    targets = {quote.n: quote for quote in study.target}
    links = {n: tuple(targets[t] for t in numbers if t in targets) for n, numbers in study.links}
    by_number = {quote.n: quote for quote in study.source}
    found: list[Utterance] = []
    clustered: set[int] = set()
    for number, cluster in enumerate(study.clusters, 1):
        quotes = tuple(by_number[n] for n in cluster.quotes)
        clustered |= set(cluster.quotes)
        found.append(_utterance(cluster.kind, quotes, links, number, examined))
    found += [
        _utterance("once", (quote,), links, None, examined)
        for quote in study.source
        if quote.speech and quote.n not in clustered
    ]
    return tuple(sorted(found, key=lambda u: (u.number is None, u.quotes[0].span.start)))


def _utterance(
    kind: str,
    quotes: tuple[Quote, ...],
    links: dict[int, tuple[Quote, ...]],
    number: int | None,
    examined: "Examined",
) -> Utterance:
    renderings = tuple(links.get(quote.n, ()) for quote in quotes)
    weights = [
        finding.weight
        for finding in examined.findings
        if finding.rule.startswith("quote-")
        and (
            any(finding.source is not None and finding.source.overlaps(q.outer) for q in quotes)
            or any(finding.target is not None and finding.target.overlaps(t.outer) for r in renderings for t in r)
        )
    ]
    return Utterance(kind, quotes, renderings, number, max(weights, default=None))


def utterance_item(utterance: Utterance, source: str) -> Item:
    """An utterance as one line of the list."""
    glyph = (GLYPHS[utterance.severity], KINDS[utterance.severity]) if utterance.severity else (" ", "")
    count = f"×{len(utterance.quotes)}" if len(utterance.quotes) > 1 else "  "
    text = utterance.quotes[0].span.of(source)
    return Item(((f"{glyph[0]} ", glyph[1]), (f"{count} ", "accent"), (text, "")))


def chain(provenance: Provenance) -> str:
    """The languages the words went through.

    >>> chain(Provenance("ru", "intercept", "high", (), ("ru", "uk", "en", "ru"), "find_original"))
    'ru → uk → en → ru'
    """
    return " → ".join(provenance.path)


def utterance_detail(
    utterance: Utterance, findings: Sequence[Finding] = (), original: tuple[str, str] | None = None, said: str = ""
) -> Content:
    """Who said it, through whom it came, what follows from that, and what was found; `said` is the rendering under the
    cursor, to be compared with the original."""
    quote = utterance.quotes[0]
    kinds = {"repetition": "the same words again", "versions": "differing versions of the same words", "once": ""}
    parts: list[Part] = [(quote.speaker or "speaker not named", "bold")]
    if kinds[utterance.kind]:
        parts.append((f"   {len(utterance.quotes)} times: {kinds[utterance.kind]}", "$text-muted"))
    if quote.provenance is not None:
        parts += _provenance(quote.provenance)
    for finding in findings:
        weight = finding.weight
        parts += ["\n", (f"{GLYPHS[weight]} {finding.code} ", WEIGHT_STYLES[weight]), finding.message]
    if original is not None:
        parts += ["\n", ("original  ", "$text-success")]
        for change in changes(said, original[0]):
            parts.append((change.after, "bold underline") if change.kind in ("changed", "added") else change.after)
        parts.append((f"  {original[1]}", "$text-muted"))
    return composed(*parts)


def _provenance(provenance: Provenance) -> list[Part]:
    """The chain, the hands the words went through, and what follows."""
    parts: list[Part] = ["\n", (chain(provenance), "bold $accent")]
    hands = ", ".join(f"{hand.name} ({hand.role}, {hand.lang})" for hand in provenance.intermediaries)
    translations = "1 translation" if provenance.translations == 1 else f"{provenance.translations} translations"
    parts.append((f"   {translations}, {provenance.origin.replace('_', ' ')}", "$text-muted"))
    if hands:
        parts += ["\n", ("through  ", "$text-muted"), hands]
    parts += ["\n", _VERDICTS.get(provenance.verdict, provenance.verdict)]
    if provenance.confidence == "low":
        parts.append((" Not sure.", "$text-warning"))
    if provenance.notes:
        parts += ["\n", ("seen  ", "$text-muted"), "; ".join(provenance.notes)]
    return parts


def utterance_page(utterance: Utterance, workspace: Workspace) -> Page:
    """Versions and renderings side by side, one row per place, the words that differ from the first row marked."""
    source = workspace.source.text
    target = workspace.target.text if workspace.target is not None else ""
    rows: list[Row] = []
    first = utterance.quotes[0].span.of(source)
    said = _text(utterance.renderings[0], target)
    for quote, renderings in zip(utterance.quotes, utterance.renderings, strict=True):
        spans = [rendering.span for rendering in renderings]
        row = workspace.beads.bead_at_source(quote.span.start)
        rows.append(
            Row(
                cell_of(source, [quote.span], _differing(first, quote.span, source)),
                cell_of(target, spans, _differing(said, spans[0], target) if len(spans) == 1 else ()),
                sure=1.0 if target else None,
                fresh=bool(rows),
                label=row + 1 if row is not None else None,
            )
        )
    return Page([(r.source.text, r.target.text) for r in rows], [r.fresh for r in rows], lambda n: rows[n])


def _text(quotes: Sequence[Quote], text: str) -> str:
    return quotes[0].span.of(text) if quotes else ""


def _differing(first: str, span: Span, text: str) -> list[tuple[Span, str]]:
    """Marks on the words of `span` that `first` does not have."""
    marks: list[tuple[Span, str]] = []
    place = span.start
    for change in changes(first, span.of(text)):
        end = place + len(change.after)
        if change.kind in ("changed", "added") and change.after.strip():
            marks.append((Span(place, end), "warning"))
        place = end
    return marks
