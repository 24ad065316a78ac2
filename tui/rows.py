"""What the grid shows: one row per bead, each side a cell of safe text with marks. Values, no widgets.

Rows are made when they are first asked for, so that a long pair costs no more to open than a short one.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from glossary.alignment.beads import Alignment, Bead
from glossary.findings import Finding, Severity
from glossary.project import Retarget
from glossary.text.drafted import unconfirmed
from glossary.text.spans import Document, Span
from tui.safe_text import flowing

if TYPE_CHECKING:
    from glossary.examination import Examined

# They stand in the text, behind the words: an exclamation mark would be read as one of its own.
GLYPHS: Mapping[Severity, str] = {Severity.ERROR: "✗", Severity.WARNING: "▴", Severity.INFO: "~"}
KINDS: Mapping[Severity, str] = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"}
WEIGHT_STYLES: Mapping[Severity, str] = {
    Severity.ERROR: "bold $text-error",
    Severity.WARNING: "bold $text-warning",
    Severity.INFO: "bold $text-primary",
}
# Findings about whole rows: the gutter says so, the text stays readable.
WHOLE_ROW = ("untranslated", "added", "doubtful-bead")
_SIGNS = {GLYPHS[severity]: KINDS[severity] for severity in Severity}
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_ACCEPTED = ("preferred", "admitted")
_GAP = " ⋯ "
_SCREENFUL = 20_000  # characters; more than any terminal shows at once
_LINE = re.compile(r"[^\s][^\r\n]*")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch `[start, end)` of a cell's text and what it is: quote, term, draft, info, warning, error, current, or a
    sign (`sign-error`…) that was put in and is not in the text."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Piece:
    """`length` characters that stand at `shown` in the cell and at `offset` in the document."""

    shown: int
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One side of a row: safe text, where it comes from, and its marks in the order in which they are painted."""

    text: str = ""
    pieces: tuple[Piece, ...] = ()
    marks: tuple[Mark, ...] = ()

    def place(self, span: Span) -> Iterable[tuple[int, int]]:
        """Where the parts of a span of the document are in this cell."""
        for piece in self.pieces:
            start = max(span.start, piece.offset)
            end = min(span.end, piece.offset + piece.length)
            if start < end:
                yield piece.shown + start - piece.offset, piece.shown + end - piece.offset

    def offset(self, place: int) -> int | None:
        """The offset in the document of the character at `place`, None if the cell shows nothing of the document."""
        at = bisect_right(self.pieces, place, key=lambda piece: piece.shown) - 1
        if at < 0:
            return None
        piece = self.pieces[at]
        return piece.offset + min(place - piece.shown, piece.length)

    def after(self, edit: Retarget) -> "Cell":
        """The cell where it stands after an edit elsewhere in the text."""
        if not self.pieces or self.pieces[0].offset < edit.span.end:
            return self
        by = len(edit.text) - len(edit.span)
        pieces = (Piece(piece.shown, piece.offset + by, piece.length) for piece in self.pieces)
        return Cell(self.text, tuple(pieces), self.marks)


@dataclass(frozen=True, slots=True)
class Row:
    """A bead as shown. `severity` is the worst of its findings; `fresh` rows open a paragraph.

    `sure` is the score of the alignment, None while there is none or nothing to align. `label` stands in the gutter
    instead of the number.
    """

    source: Cell
    target: Cell
    severity: Severity | None = None
    sure: float | None = None
    pinned: bool = False
    fresh: bool = False
    label: int | None = None


class _Rows(dict[int, Row]):
    """Rows by number, made when they are first asked for."""

    def __init__(self, make: Callable[[int], Row]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, number: int) -> Row:
        row = self[number] = self._make(number)
        return row


class Page:
    """All rows of a pair, made on demand. `Page.waiting` shows two texts nothing is known of yet, `Page.of` a study."""

    def __init__(
        self,
        texts: Sequence[tuple[str, str]],
        fresh: Sequence[bool],
        make: Callable[[int], Row],
        point: Callable[[int, Finding], Row] | None = None,
        depth: int = 0,
    ) -> None:
        """`make` gives a row, `point` one that points at a finding; `depth` counts the pages below, whose rows it
        shares."""
        self.texts = texts
        self.fresh = fresh
        self.depth = depth
        self._rows = _Rows(make)
        self._point = point

    def __len__(self) -> int:
        return len(self.texts)

    def row(self, number: int, current: Finding | None = None) -> Row:
        """Row `number`; `current` is the finding to point at, and is not remembered."""
        if current is not None and self._point is not None:
            return self._point(number, current)
        return self._rows[number]

    @staticmethod
    def waiting(source: str, target: str) -> "Page":
        """The lines of both texts side by side, empty ones left out, before anything is known of the alignment."""
        left, right = ([Span(*m.span()) for m in _LINE.finditer(text)] for text in (source, target))
        count = max(len(left), len(right))

        def make(number: int) -> Row:
            cells = [cell_of(text, spans[number : number + 1], ()) for text, spans in ((source, left), (target, right))]
            return Row(cells[0], cells[1], fresh=number > 0)

        rows = [make(n) for n in range(count)]
        return Page([(r.source.text, r.target.text) for r in rows], [n > 0 for n in range(count)], make)

    @staticmethod
    def empty() -> "Page":
        """A page without rows."""
        return Page((), (), lambda _: Row(Cell(), Cell()))

    @staticmethod
    def of(study: "Examined") -> "Page":
        """The beads of a study with terms, quotes and findings marked."""
        marks = _Marks(study)
        numbers = range(len(marks.alignment.beads))
        texts = [(marks.source(n).text, marks.target(n).text) for n in numbers]
        return Page(texts, [marks.fresh(n) for n in numbers], marks.row, marks.row)

    def renewed(self, study: "Examined", rows: Set[int], edit: Retarget | None = None) -> "Page":
        """This page for another study with the same beads, in which only `rows` look another way; `edit` is what the
        target's text has changed by."""
        marks = _Marks(within(study, rows))
        made = {n: marks.row(n) for n in rows}
        texts, fresh = list(self.texts), list(self.fresh)
        for n, row in made.items():
            texts[n], fresh[n] = (row.source.text, row.target.text), row.fresh
        earlier = self._rows  # and not this page: the study behind it is done with

        def make(number: int) -> Row:
            if number in made:
                return made[number]
            row = earlier[number]
            return row if edit is None else replace(row, target=row.target.after(edit))

        def point(number: int, current: Finding) -> Row:
            return _Marks(within(study, {number})).row(number, current)

        return Page(texts, fresh, make, point, self.depth + 1)


def within(study: "Examined", rows: Set[int]) -> "Examined":
    """A study with only what shows in these rows, and little more."""
    alignment = study.alignment or source_alone(study.source)
    reach = [
        document.cover([n for row in rows for n in getattr(alignment.beads[row], side)])
        for side, document in (("source", alignment.source), ("target", alignment.target))
    ]

    def shows(source: Span | None, target: Span | None) -> bool:
        return any(
            a is not None and b is not None and a.overlaps(b) for a, b in zip((source, target), reach, strict=True)
        )

    quotes = study.quotes
    return replace(
        study,
        terms=tuple(use for use in study.terms if use.bead in rows),
        findings=tuple(f for f in study.findings if f.bead in rows or shows(f.source, f.target)),
        quotes=replace(
            quotes,
            source=tuple(quote for quote in quotes.source if shows(quote.outer, None)),
            target=tuple(quote for quote in quotes.target if shows(None, quote.outer)),
        ),
        marks=(),
    )


class _Marks:
    """A study sorted by bead."""

    def __init__(self, study: "Examined") -> None:
        self.alignment = study.alignment or source_alone(study.source)
        self.written = study.pair.target.text if study.pair.target is not None else ""
        self.drafts: dict[int, list[Span]] = defaultdict(list)
        self.findings: dict[int, list[Finding]] = defaultdict(list)
        self.marks: dict[tuple[str, int], list[tuple[Span, str]]] = defaultdict(list)
        self.glyphs: dict[tuple[str, int], list[tuple[int, str]]] = defaultdict(list)
        for one in unconfirmed(self.written, self.alignment.target):
            opened = self.alignment.bead_at_target(one.sentence.start)
            if opened is not None:
                mark = Span(one.mark.start, one.sentence.start)
                self.drafts[opened].append(mark)
                self.marks["target", opened].append((mark, "draft"))
        clusters = {n: number for number, cluster in enumerate(study.quotes.clusters, 1) for n in cluster.quotes}
        rendered: dict[int, int] = {}
        for quote in study.quotes.source:
            self._quote("source", quote.span, clusters.get(quote.n))
        for number, targets in study.quotes.links:
            rendered.update({target: clusters[number] for target in targets if number in clusters})
        for quote in study.quotes.target:
            self._quote("target", quote.span, rendered.get(quote.n))
        for use in study.terms:
            if use.status in _ACCEPTED:
                self._mark("source", Span(*use.source), "term")
                if use.target is not None:
                    self._mark("target", Span(*use.target), "term")
        for finding in sorted(study.findings, key=lambda f: f.weight):
            at = bead_of(finding, self.alignment)
            if at is not None:
                self.findings[at].append(finding)
            for side, span in (("source", finding.source), ("target", finding.target)):
                if span is not None and finding.rule not in WHOLE_ROW:
                    self._mark(side, span, KINDS[finding.weight])
                    self._glyph(side, span.end, GLYPHS[finding.weight])

    def _beads(self, side: str, span: Span) -> Iterable[int]:
        """The beads a span touches, each once, in order."""
        document = self.alignment.source if side == "source" else self.alignment.target
        numbers = self.alignment.by_source if side == "source" else self.alignment.by_target
        first = max(0, bisect_right(document.sentences, span.start, key=lambda s: s.span.start) - 1)
        seen: dict[int, None] = {}
        for sentence in range(first, len(document.sentences)):
            if document.sentences[sentence].span.start >= span.end:
                break
            if document.sentences[sentence].span.overlaps(span):
                seen[numbers[sentence]] = None
        return seen

    def _mark(self, side: str, span: Span, kind: str) -> None:
        for number in self._beads(side, span):
            self.marks[side, number].append((span, kind))

    def _glyph(self, side: str, offset: int, glyph: str) -> None:
        for number in self._beads(side, Span(max(0, offset - 1), offset)):
            known = self.glyphs[side, number]
            # Findings come from the lightest to the heaviest: one glyph per place, the heaviest.
            known[:] = [pair for pair in known if pair[0] != offset or pair[1] in _SUPERSCRIPTS]
            known.append((offset, glyph))

    def _quote(self, side: str, span: Span, cluster: int | None) -> None:
        self._mark(side, span, "quote")
        if cluster is not None:
            digits = "".join(_SUPERSCRIPTS[int(digit)] for digit in str(cluster))
            for number in list(self._beads(side, Span(max(0, span.end - 1), span.end)))[-1:]:
                self.glyphs[side, number].append((span.end, digits))

    def source(self, number: int, current: Finding | None = None) -> Cell:
        document = self.alignment.source
        return self._side("source", document.text, self.alignment.source_spans(number), number, current)

    def target(self, number: int, current: Finding | None = None) -> Cell:
        """The target as it is written, with the marks of drafts, which are blanks to the alignment."""
        found = self.drafts.get(number, ())
        return self._side("target", self.written, (*found, *self.alignment.target_spans(number)), number, current)

    def _side(self, side: str, text: str, spans: Sequence[Span], number: int, current: Finding | None) -> Cell:
        marks = self.marks.get((side, number), [])
        pointed = getattr(current, side) if current is not None and current.rule not in WHOLE_ROW else None
        if pointed is not None:
            marks = [*marks, (pointed, "current")]
        return cell_of(text, _joined(text, spans), marks, self.glyphs.get((side, number), ()))

    def row(self, number: int, current: Finding | None = None) -> Row:
        bead = self.alignment.beads[number]
        return Row(
            self.source(number, current),
            self.target(number, current),
            self.severity(number),
            bead.score if self.written.strip() else None,
            bead.pinned,
            self.fresh(number),
        )

    def severity(self, number: int) -> Severity | None:
        return max((finding.weight for finding in self.findings.get(number, ())), default=None)

    def fresh(self, number: int) -> bool:
        """Whether the row opens a paragraph (of the source, or of the target if there is no source)."""
        bead = self.alignment.beads[number]
        document, sentences = (
            (self.alignment.source, bead.source) if bead.source else (self.alignment.target, bead.target)
        )
        first = min(sentences)
        return number > 0 and (
            first == 0 or document.sentences[first].paragraph != document.sentences[first - 1].paragraph
        )


def beginning(text: str) -> str:
    """As many whole lines of a text as a screen may show: what is painted before the rest is read."""
    end = text.find("\n", _SCREENFUL)
    return text if end < 0 else text[:end]


def source_alone(source: Document) -> Alignment:
    """Beads for a source that has no target yet: every sentence for itself."""
    beads = tuple(Bead((n,), (), 0.0) for n in range(len(source.sentences)))
    return Alignment(source, Document("", "und", (), ()), beads)


def bead_of(finding: Finding, alignment: Alignment) -> int | None:
    """The bead to show for a finding, None if it has no place in either text."""
    if finding.bead is not None and 0 <= finding.bead < len(alignment.beads):
        return finding.bead
    if finding.source is not None:
        return alignment.bead_at_source(finding.source.start)
    if finding.target is not None:
        return alignment.bead_at_target(finding.target.start)
    return None


def _joined(text: str, spans: Sequence[Span]) -> list[Span]:
    """Neighbouring spans as one, so that the white space between sentences is shown as it is."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and not text[found[-1].end : span.start].strip():
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return found


def cell_of(
    text: str,
    spans: Sequence[Span],
    marks: Iterable[tuple[Span, str]],
    glyphs: Sequence[tuple[int, str]] = (),
) -> Cell:
    """A cell of these spans; each glyph is put in after the character before its offset."""
    shown: list[str] = []
    pieces: list[Piece] = []
    signs: list[Mark] = []
    length = 0
    for number, span in enumerate(spans):
        if number:
            shown.append(_GAP)
            length += len(_GAP)
        start = span.start
        for offset, glyph in sorted((pair for pair in glyphs if span.start < pair[0] <= span.end), key=_place):
            pieces.append(Piece(length, start, offset - start))
            shown += (flowing(text[start:offset]), glyph)
            length += offset - start + len(glyph)
            signs.append(Mark(length - len(glyph), length, f"sign-{_SIGNS.get(glyph, 'quote')}"))
            start = offset
        if start < span.end or not span:
            pieces.append(Piece(length, start, span.end - start))
            shown.append(flowing(text[start : span.end]))
            length += span.end - start
    cell = Cell("".join(shown), tuple(pieces))
    placed = [Mark(a, b, kind) for span, kind in marks for a, b in cell.place(span)]
    return Cell(cell.text, cell.pieces, (*placed, *signs))


def _place(pair: tuple[int, str]) -> int:
    return pair[0]
