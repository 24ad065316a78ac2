"""Corrections of the alignment as edits: merge, split, cut, move, pin, "no counterpart". Pure."""

from collections.abc import Iterable

from glossary.alignment.beads import Alignment, Pin
from glossary.project import Edit, PinBeads, Unpin
from glossary.text.spans import Span

Side = tuple[int, ...]


def merged(alignment: Alignment, number: int) -> Edit | None:
    """This bead and the next as one; None at the end."""
    if number + 1 >= len(alignment.beads):
        return None
    one, other = alignment.beads[number], alignment.beads[number + 1]
    return _pins(alignment, [(one.source + other.source, one.target + other.target)])


def split(alignment: Alignment, number: int) -> Edit | None:
    """A bead of several sentences as beads of one to one; what is left over goes to the last. None if it is 1-1."""
    bead = alignment.beads[number]
    source, target = tuple(sorted(bead.source)), tuple(sorted(bead.target))
    count = max(len(source), len(target))
    if count < 2 or not bead.paired:
        return None
    if min(len(source), len(target)) == 1:
        # One against several: the first of them stays, the others stand alone, to be moved.
        rest: list[tuple[Side, Side]] = [((s,), ()) for s in source[1:]] + [((), (t,)) for t in target[1:]]
        return _pins(alignment, [(source[:1], target[:1]), *rest])
    paired = min(len(source), len(target))
    beads = [((source[n],), (target[n],)) for n in range(paired - 1)]
    return _pins(alignment, [*beads, (source[paired - 1 :], target[paired - 1 :])])


def cut(alignment: Alignment, number: int, source: int, target: int) -> Edit | None:
    """A bead as two, cut at these offsets of the two texts, also inside a sentence. None if all would stay together.

    What stands before the offsets is the first bead, what stands after them the second.
    """
    spans = (alignment.source_spans(number), alignment.target_spans(number))
    sides = [
        (_parts(spans[0], 0, source, alignment.source.text), _parts(spans[1], 0, target, alignment.target.text)),
        (_parts(spans[0], source, None, alignment.source.text), _parts(spans[1], target, None, alignment.target.text)),
    ]
    pins = tuple(Pin(*side) for side in sides if side[0] or side[1])
    return PinBeads(pins) if len(pins) == 2 else None


def _parts(spans: Iterable[Span], start: int, end: int | None, text: str) -> tuple[Span, ...]:
    """What of the spans lies between two offsets, without the white space at its edges."""
    found: list[Span] = []
    for span in spans:
        first = max(start, span.start)
        last = span.end if end is None else min(end, span.end)
        part = text[first:last] if first < last else ""
        if part.strip():
            first += len(part) - len(part.lstrip())
            found.append(Span(first, first + len(part.strip())))
    return tuple(found)


def moved(alignment: Alignment, number: int, by: int) -> Edit | None:
    """The first target sentence given to the bead above (`by` -1), or the last to the one below (1)."""
    other = number + by
    if not 0 <= other < len(alignment.beads) or not alignment.beads[number].target:
        return None
    here, there = alignment.beads[number], alignment.beads[other]
    target = tuple(sorted(here.target))
    gone, left = (target[0], target[1:]) if by < 0 else (target[-1], target[:-1])
    return _pins(alignment, [(there.source, (*there.target, gone)), (here.source, left)])


def alone(alignment: Alignment, number: int) -> Edit | None:
    """The two sides of a bead as having no counterpart; None if one side is empty already."""
    bead = alignment.beads[number]
    if not bead.paired:
        return None
    return _pins(alignment, [(bead.source, ()), ((), bead.target)])


def pinned(alignment: Alignment, number: int, pins: tuple[Pin, ...]) -> Edit:
    """The bead fixed as it is, or given back to the search if one of `pins` fixes it."""
    held = tuple(pin for pin in pins if _holds(alignment, number, pin))
    if held:
        return Unpin(held)
    bead = alignment.beads[number]
    return _pins(alignment, [(bead.source, bead.target)])


def _holds(alignment: Alignment, number: int, pin: Pin) -> bool:
    return any(span.overlaps(own) for span in pin.source for own in alignment.source_spans(number)) or any(
        span.overlaps(own) for span in pin.target for own in alignment.target_spans(number)
    )


def _pins(alignment: Alignment, beads: list[tuple[Side, Side]]) -> PinBeads:
    def spans(side: str, numbers: Side) -> tuple[Span, ...]:
        document = alignment.source if side == "source" else alignment.target
        return tuple(document.sentences[n].span for n in sorted(numbers))

    return PinBeads(tuple(Pin(spans("source", a), spans("target", b)) for a, b in beads if a or b))
