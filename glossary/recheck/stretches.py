"""Which sentences of the target an edit made new, and to which beads they belong."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from difflib import SequenceMatcher

from glossary.alignment.beads import Alignment, Bead
from glossary.project import Retarget, replacement
from glossary.text.drafted import without_marks
from glossary.text.segment import edited
from glossary.text.spans import Document, Span

MOST = 60  # sentences that may be new at once


@dataclass(frozen=True, slots=True)
class Stretch:
    """What an edit did to the sentences of an alignment's target.

    `edit` is the edit of its text (drafts' marks are blanks there). The sentences `gone` gave way to the sentences
    `fresh` (both half-open, in the old and in the new numbering); `beads` has the bead of each fresh one.
    """

    edit: Retarget
    gone: tuple[int, int]
    fresh: tuple[int, int]
    beads: tuple[int, ...]

    @property
    def more(self) -> int:
        """By how much the numbers of the sentences behind the edit grow."""
        return self.fresh[1] - self.gone[1]


def stretch(alignment: Alignment, before: Document, after: Document, bead: int | None) -> Stretch | None:
    """What the edit that made `after` of the target `before` did; `alignment` is that of `before`.

    Fresh sentences go to the beads of those they took the place of, sentences out of nowhere to `bead`. None if that
    cannot be told: too much is new, or the alignment had cut a sentence in the edited lines.
    """
    edit = replacement(alignment.target.text, without_marks(after.text))
    now = document_after(alignment, before, after, edit)
    old, new = alignment.target.sentences, now.sentences
    first, last = _lines(alignment.target, edit.span)
    if not _as_read(alignment.target, before, first, last):
        return None
    more = len(new) - len(old)
    first, last = first, max(first, last)
    while first < min(last, last + more) and old[first].span.end <= edit.span.start and old[first] == new[first]:
        first += 1
    by = len(edit.text) - len(edit.span)
    while (
        last > first and last + more > first and _behind(old[last - 1].span, new[last + more - 1].span, edit.span, by)
    ):
        last -= 1
    if max(last - first, last + more - first) > MOST:
        return None
    beads = _owners(alignment, now, (first, last), (first, last + more), bead)
    return None if beads is None else Stretch(edit, (first, last), (first, last + more), beads)


def _behind(before: Span, after: Span, place: Span, by: int) -> bool:
    """Whether a sentence stands behind the edit and is the same as before."""
    return before.start >= place.end and before.start + by == after.start and before.end + by == after.end


def document_after(alignment: Alignment, before: Document, after: Document, edit: Retarget) -> Document:
    """The target as aligned, after the edit: `after` itself if the alignment took all sentences as they were read."""
    target = alignment.target
    if target.text == before.text and target.sentences == before.sentences:
        return after
    return edited(target, edit.span, edit.text)


def aligned_after(alignment: Alignment, done: Stretch, document: Document) -> Alignment | None:
    """The beads with the fresh sentences in the places of those that are gone; None if a bead would be empty."""
    first, last = done.gone
    taken: dict[int, list[int]] = {}
    for fresh, owner in enumerate(done.beads, done.fresh[0]):
        taken.setdefault(owner, []).append(fresh)
    touched = taken.keys() | {alignment.by_target[n] for n in range(first, last)}
    beads = list(alignment.beads)
    for number, bead in enumerate(beads):
        if number in touched or (done.more and bead.target and bead.target[-1] >= last):
            kept = [n if n < first else n + done.more for n in bead.target if not first <= n < last]
            numbers = tuple(sorted((*kept, *taken.get(number, ()))))
            if not numbers and not bead.source:
                return None
            beads[number] = Bead(bead.source, numbers, bead.score, bead.pinned)
    return Alignment(alignment.source, document, tuple(beads))


def _lines(document: Document, place: Span) -> tuple[int, int]:
    """The sentences of all lines that an edit of `place` can cut anew, half-open; a line more on both sides."""
    lines = document.paragraphs
    first = max(0, bisect_left(lines, place.start, key=lambda line: line.span.end) - 1)
    last = min(len(lines), bisect_right(lines, place.end, key=lambda line: line.span.start) + 1)
    if first >= last:
        return len(document.sentences), len(document.sentences)
    return lines[first].first, lines[last - 1].last


def _as_read(target: Document, before: Document, first: int, last: int) -> bool:
    """Whether the alignment left the sentences of these lines as they were read."""
    if target.text != before.text or target.sentences is before.sentences or first == last:
        return True
    spans = [sentence.span for sentence in target.sentences[first:last]]
    read = bisect_left(before.sentences, spans[0].start, key=lambda sentence: sentence.span.start)
    return spans == [sentence.span for sentence in before.sentences[read : read + len(spans)]]


def _owners(
    alignment: Alignment, now: Document, gone: tuple[int, int], fresh: tuple[int, int], bead: int | None
) -> tuple[int, ...] | None:
    """The bead of each fresh sentence; None where a search has to find out."""
    old = [alignment.target.sentence(n) for n in range(*gone)]
    new = [now.sentence(n) for n in range(*fresh)]
    of = [alignment.by_target[n] for n in range(*gone)]
    found: list[int] = []
    for _, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        shared = of[a:b]
        if c < d and not shared:
            shared = [bead] if bead is not None else found[-1:] or _beside(alignment, now, fresh[0])
            if not shared:
                return None
        elif bead is not None and bead in shared and d - c < b - a:
            shared = [bead]
        elif min(b - a, d - c) > 1 and b - a != d - c and len(set(shared)) > 1:
            return None
        found += [shared[n * len(shared) // (d - c)] for n in range(d - c)]
    return tuple(found)


def _beside(alignment: Alignment, now: Document, number: int) -> list[int]:
    """The bead of the sentence before, if it is of the same paragraph."""
    if not number or now.sentences[number - 1].paragraph != now.sentences[number].paragraph:
        return []
    return [alignment.by_target[number - 1]]
