"""Beads fixed by a person: taken out of the search, which then goes on between them."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from glossary.alignment.beads import Alignment, Bead, Pin
from glossary.alignment.cuts import with_cuts
from glossary.text.spans import Document, Span


@dataclass(frozen=True, slots=True)
class Pinned:
    """Documents cut at the edges of the pins, and the pins as beads; a sentence belongs to the first that names it."""

    source: Document
    target: Document
    beads: tuple[Bead, ...]


def fix(source: Document, target: Document, pins: Sequence[Pin]) -> Pinned:
    """Cut both documents where pins begin and end, and number the sentences of each pin.

    A pin that holds no sentence, or none that is not taken already, is left out.
    """
    source = with_cuts(source, (edge for pin in pins for span in pin.source for edge in (span.start, span.end)))
    target = with_cuts(target, (edge for pin in pins for span in pin.target for edge in (span.start, span.end)))
    taken: tuple[set[int], set[int]] = (set(), set())
    beads = []
    for pin in pins:
        sides = []
        for document, spans, gone in ((source, pin.source, taken[0]), (target, pin.target, taken[1])):
            numbers = sorted({n for span in spans for n in _inside(document, span)} - gone)
            gone.update(numbers)
            sides.append(tuple(numbers))
        if sides[0] or sides[1]:
            beads.append(Bead(sides[0], sides[1], 1.0, pinned=True))
    return Pinned(source, target, tuple(beads))


def _inside(document: Document, span: Span) -> range:
    """The numbers of the sentences that lie within a span."""
    first = bisect_left(document.sentences, span.start, key=lambda sentence: sentence.span.start)
    last = bisect_right(document.sentences, span.end, key=lambda sentence: sentence.span.end)
    return range(first, max(first, last))


def corners(beads: Sequence[Bead], source_units: Sequence[int], target_units: Sequence[int]) -> list[tuple[int, int]]:
    """Where the search must pass: for pins with both sides, how many free units stand before them on each side.

    Of pins that cross each other, the longest chain that does not cross is kept.
    """
    points = sorted(
        (bisect_left(source_units, bead.source[0]), bisect_left(target_units, bead.target[0]))
        for bead in beads
        if bead.paired
    )
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_, column) in enumerate(points):
        place = bisect_right(tails, column)
        before.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [column]
        ends[place : place + 1] = [number]
    chain = []
    number = ends[-1] if ends else -1
    while number >= 0:
        chain.append(points[number])
        number = before[number]
    return chain[::-1]


def changed(before: Alignment, after: Alignment) -> tuple[int, ...]:
    """The beads of `after` that are not in `before`, by the text they hold: what a pin has moved."""
    known = {(before.source_spans(n), before.target_spans(n)) for n in range(len(before.beads))}
    return tuple(n for n in range(len(after.beads)) if (after.source_spans(n), after.target_spans(n)) not in known)
