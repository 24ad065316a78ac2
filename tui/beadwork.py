"""Corrections of the alignment as edits: merge, split, move, pin, "no counterpart". Pure."""

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
