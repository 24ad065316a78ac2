"""A project: a pair of texts and the edits a person made to it. Undo drops the last edit; the journal is this on disk.

Merging, splitting and moving beads are all pins: the beads that the person wants, fixed, and the rest searched again.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import assert_never

from glossary.alignment.beads import Pin
from glossary.text.segment import edited
from glossary.text.spans import Document, Span


@dataclass(frozen=True, slots=True)
class Pair:
    """A source document and its rendering. While there is none, `target_lang` says what language it will be in.

    `notes` are what the reader of the report should know of how the texts were read. `date` is when the article
    appeared: YYYY-MM or YYYY-MM-DD, empty if that is not known.
    """

    id: str
    source: Document
    target: Document | None = None
    target_lang: str = ""
    notes: tuple[str, ...] = ()
    date: str = ""


@dataclass(frozen=True, slots=True)
class Retarget:
    """Replace `span` of the target text as it is now by `text`."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class PinBeads:
    """Fix these beads; pins that share text with one of them are dropped."""

    pins: tuple[Pin, ...]


@dataclass(frozen=True, slots=True)
class Unpin:
    """Give these beads back to the search."""

    pins: tuple[Pin, ...]


@dataclass(frozen=True, slots=True)
class Waive:
    """Hide findings with a reason; `key` is a fingerprint, or a concept id or rule name in the wider scopes.

    `scope` is here, concept or rule.
    """

    key: str
    reason: str
    scope: str = "here"


Edit = Retarget | PinBeads | Unpin | Waive


@dataclass(frozen=True, slots=True)
class Project:
    """A pair as it stands after the edits. Build with `Project.of(pair, edits)`, go on with `applied`."""

    pair: Pair
    pins: tuple[Pin, ...] = ()
    waivers: tuple[Waive, ...] = ()
    edits: tuple[Edit, ...] = ()

    @staticmethod
    def of(pair: Pair, edits: tuple[Edit, ...] = ()) -> "Project":
        """The project that these edits make of `pair`. Raises ValueError if an edit lies outside the text."""
        project = Project(pair)
        for edit in edits:
            project = project.applied(edit)
        return project

    def applied(self, edit: Edit) -> "Project":
        """This project with one more edit. Raises ValueError if it lies outside the text."""
        done = replace(self, edits=(*self.edits, edit))
        match edit:
            case Retarget():
                return _retargeted(done, edit)
            case PinBeads():
                kept = (pin for pin in self.pins if not any(_share_text(pin, new) for new in edit.pins))
                return replace(done, pins=(*kept, *edit.pins))
            case Unpin():
                return replace(done, pins=tuple(pin for pin in self.pins if pin not in edit.pins))
            case Waive():
                return replace(done, waivers=(*self.waivers, edit))
            case _:
                assert_never(edit)


def _share_text(one: Pin, other: Pin) -> bool:
    return any(a.overlaps(b) for a in one.source for b in other.source) or any(
        a.overlaps(b) for a in one.target for b in other.target
    )


def _retargeted(project: Project, edit: Retarget) -> Project:
    target = project.pair.target
    if target is None:
        raise ValueError("there is no target text to edit")
    if edit.span.end > len(target.text):
        raise ValueError(f"the edit ends at {edit.span.end}, the text at {len(target.text)}")
    pins = tuple(replace(pin, target=tuple(moved(span, edit) for span in pin.target)) for pin in project.pins)
    pair = replace(project.pair, target=edited(target, edit.span, edit.text))
    return replace(project, pair=pair, pins=pins)


def moved(span: Span, edit: Retarget) -> Span:
    """Where a span of the target lies after the edit; an edit inside it makes it longer or shorter."""
    by = len(edit.text) - len(edit.span)
    if edit.span.end <= span.start:
        return span.shifted(by)
    if edit.span.start >= span.end:
        return span
    start = min(span.start, edit.span.start)
    return Span(start, max(start, max(span.end, edit.span.end) + by))


def replacement(before: str, after: str) -> Retarget:
    """The edit that makes `after` of `before`: the smallest stretch to replace, of equal ones the last.

    >>> replacement("Танк горів.", "Танки горів.")
    Retarget(span=Span(start=4, end=4), text='и')
    """
    shorter = min(len(before), len(after))
    start = _agreed(shorter, lambda low, high: before[low:high] == after[low:high])
    ends = len(before), len(after)
    end = _agreed(
        shorter - start,
        lambda low, high: before[ends[0] - high : ends[0] - low] == after[ends[1] - high : ends[1] - low],
    )
    return Retarget(Span(start, len(before) - end), after[start : len(after) - end])


def _agreed(most: int, alike: Callable[[int, int], bool]) -> int:
    """The greatest length up to `most` at which two texts are alike: pieces are compared, never letters."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if alike(low, middle) else (low, middle - 1)
    return low
