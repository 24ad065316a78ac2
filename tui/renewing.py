"""Which rows another examination changes, and the page with only these made anew. Values, no widgets."""

from collections.abc import Iterable, Sequence, Set
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from glossary.alignment.beads import Alignment
from tui.painting import DOUBTFUL
from tui.rows import Page

if TYPE_CHECKING:
    from glossary.examination import Examined
    from glossary.text.spans import Span
    from tui.checking import Rechecked

FEW = 300  # rows up to which they are made one by one
DEEP = 12  # pages that may lie upon each other
T = TypeVar("T")


class Pages:
    """The pages that were made of a pair last, by what they show: the next one shares their rows."""

    def __init__(self) -> None:
        self._base: tuple[Examined, Page] | None = None  # what patches are made of
        self._last: tuple[Examined, Page] | None = None

    def after_edit(self, done: "Rechecked") -> Page:
        """The page of what became of an examination by an edit."""
        known = next((made for made in (self._base, self._last) if made is not None and made[0] is done.before), None)
        self._base = known if known is not None else (done.before, Page.of(done.before))
        page = self._base[1].renewed(done.after, edited_rows(done), done.patch.stretch.edit)
        self._last = done.after, page
        return page

    def after_check(self, study: "Examined") -> Page:
        """The page of an examination of the whole pair; the one before it if no row has changed."""
        page = self._renewed(study) or Page.of(study)
        self._base = self._last = study, page
        return page

    def _renewed(self, study: "Examined") -> Page | None:
        if self._last is None or self._last[1].depth >= DEEP:
            return None
        before, page = self._last
        rows = changed_rows(before, study)
        if rows is None or len(rows) > FEW:
            return None
        return page.renewed(study, rows) if rows else page


def edited_rows(done: "Rechecked") -> frozenset[int]:
    """The rows that a patch changes."""
    before, after, patch = done.before, done.after, done.patch
    old, new = before.alignment, after.alignment
    if old is None or new is None:
        return frozenset()
    rows = set(patch.inner) | set(patch.stretch.beads) | set(old.by_target[slice(*patch.stretch.gone)])
    if patch.quotes is not None:
        rows |= _rows(old, "target", (quote.outer for quote in before.quotes.target[slice(*patch.quotes.gone)]))
        rows |= _rows(new, "target", (quote.outer for quote in patch.quotes.quotes))
    return frozenset(rows)


def changed_rows(before: "Examined", after: "Examined") -> frozenset[int] | None:
    """The rows that look another way; None if the beads are others, or the texts."""
    old, new = before.alignment, after.alignment
    if old is None or new is None or old.source.text != new.source.text or _written(before) != _written(after):
        return None
    if old.source.sentences != new.source.sentences or old.target.sentences != new.target.sentences:
        return None
    if len(old.beads) != len(new.beads):
        return None
    rows: set[int] = set()
    for number, (one, other) in enumerate(zip(old.beads, new.beads, strict=True)):
        if one.source != other.source or one.target != other.target:
            return None
        if one.pinned != other.pinned or (one.score < DOUBTFUL) != (other.score < DOUBTFUL):
            rows.add(number)
    for finding in (*_others(before.findings, after.findings), *_others(after.findings, before.findings)):
        rows |= {finding.bead} if finding.bead is not None else set()
        rows |= _rows(new, "source", [finding.source] if finding.source is not None else ())
        rows |= _rows(new, "target", [finding.target] if finding.target is not None else ())
    rows |= {use.bead for use in (*_others(before.terms, after.terms), *_others(after.terms, before.terms))}
    for side in ("source", "target"):
        ours, theirs = getattr(before.quotes, side), getattr(after.quotes, side)
        rows |= _rows(new, side, (quote.outer for quote in chain(_others(ours, theirs), _others(theirs, ours))))
    return frozenset(rows)


def _written(study: "Examined") -> str:
    return study.pair.target.text if study.pair.target is not None else ""


def _others(ours: Sequence[T], theirs: Sequence[T]) -> Sequence[T]:
    """Of two lists, what of ours is not the very same at the same distance from the beginning or the end of theirs."""
    if ours is theirs:
        return ()
    most = min(len(ours), len(theirs))
    first = next((n for n in range(most) if ours[n] is not theirs[n]), most)
    last = next((n for n in range(most - first) if ours[-1 - n] is not theirs[-1 - n]), most - first)
    return ours[first : len(ours) - last]


def _rows(alignment: Alignment, side: str, spans: "Iterable[Span]") -> Set[int]:
    """The rows of the sentences that these spans touch."""
    document = alignment.source if side == "source" else alignment.target
    numbers = alignment.by_source if side == "source" else alignment.by_target
    return {numbers[n] for span in spans for n in document.touched(span)}
