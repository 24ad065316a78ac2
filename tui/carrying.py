"""Edits carried over to texts that changed outside: found again by their words, never by their offsets."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from glossary.alignment.beads import Pin
from glossary.project import Edit, PinBeads, Project, Retarget
from glossary.text.spans import Span


@dataclass(frozen=True, slots=True)
class Carried:
    """Edits for the new texts, and how many of the old changes found no place there."""

    edits: tuple[Edit, ...]
    lost: int


def carried(edited: Project, saved: str, fresh: Project) -> Carried:
    """What was edited in `edited`, whose target was `saved` on disk, as edits of `fresh`.

    A changed line is replaced where the same line still stands, nearest to its old place; pins go to where their
    sentences are now.
    """
    target = edited.pair.target
    if target is None or fresh.pair.target is None:
        return Carried(edited.waivers, len(edited.pins))
    retargets, lost = _lines(saved, target.text, fresh.pair.target.text)
    project = fresh
    for edit in retargets:
        project = project.applied(edit)
    now = project.pair.target
    pins: list[Pin] = []
    for pin in edited.pins:
        source = _places(pin.source, edited.pair.source.text, fresh.pair.source.text)
        there = _places(pin.target, target.text, now.text if now else "")
        if source is None or there is None:
            lost += 1
        else:
            pins.append(Pin(source, there))
    pinned = (PinBeads(tuple(pins)),) if pins else ()
    return Carried((*retargets, *pinned, *edited.waivers), lost)


def _lines(before: str, after: str, fresh: str) -> tuple[tuple[Retarget, ...], int]:
    """The way from `before` to `after` as replacements in `fresh`, the last place first."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    starts = [0]
    for line in old:
        starts.append(starts[-1] + len(line))
    found: list[Retarget] = []
    lost = 0
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        # Lines put in between others are found by the line before them.
        first = a if b > a else max(0, a - 1)
        anchor, text = "".join(old[first:b]), "".join((*old[first:a], *new[c:d]))
        place = _nearest(fresh, anchor, starts[first])
        if place is None or any(place.overlaps(edit.span) for edit in found):
            lost += 1
        elif fresh[place.start : place.end] != text:
            found.append(Retarget(place, text))
    return tuple(sorted(found, key=lambda edit: edit.span, reverse=True)), lost


def _places(spans: Sequence[Span], before: str, now: str) -> tuple[Span, ...] | None:
    found: list[Span] = []
    for span in spans:
        place = _nearest(now, span.of(before), span.start)
        if place is None:
            return None
        found.append(place)
    return tuple(found)


def _nearest(text: str, words: str, start: int) -> Span | None:
    """The occurrence of `words` nearest to `start`."""
    if not words.strip():
        return None
    after = text.find(words, max(0, start))
    before = text.rfind(words, 0, max(0, start) + len(words))
    places = [place for place in (before, after) if place >= 0]
    if not places:
        return None
    place = min(places, key=lambda p: abs(p - start))
    return Span(place, place + len(words))
