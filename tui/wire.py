"""Projects and what was found in them as bytes, for the pipe between the screen and the process that checks.

Sentences and beads go as arrays of numbers: a long pair has tens of thousands of them, and unpacking objects one by one
would hold up the screen.
"""

import io
import pickle
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, chain, pairwise
from types import MappingProxyType
from typing import Any, TypeAlias

from glossary.alignment.beads import Alignment, Bead
from glossary.examination import Examined
from glossary.findings import Severity
from glossary.project import Pair, Project
from glossary.text.drafted import without_marks
from glossary.text.spans import Document, Paragraph, Sentence, Span

Numbers: TypeAlias = "array[int]"
_NOTHING = Document("", "und", (), ())


def _read_only(values: dict[str, str]) -> Mapping[str, str]:
    return MappingProxyType(values)


class _Pickler(pickle.Pickler):
    """Spans without their field names; read-only mappings, which pickle does not know."""

    def reducer_override(self, value: Any) -> Any:
        if type(value) is Span:
            return Span, (value.start, value.end)
        if type(value) is MappingProxyType:
            return _read_only, (dict(value),)
        if type(value) is Severity:
            return Severity, (int(value),)
        return NotImplemented


def packed(value: object) -> bytes:
    """Any value of the core as bytes."""
    buffer = io.BytesIO()
    _Pickler(buffer, pickle.HIGHEST_PROTOCOL).dump(value)
    return buffer.getvalue()


def unpacked(content: bytes) -> Any:
    """The value that `packed` wrote. Only for bytes of our own process."""
    return pickle.loads(content)


# ── documents: the text, and where its paragraphs and sentences are ──


def flat_document(document: Document) -> tuple[object, ...]:
    """A document with its sentences as numbers."""
    paragraphs = array("q", chain.from_iterable((p.span.start, p.span.end, p.last) for p in document.paragraphs))
    sentences = array("q", chain.from_iterable((s.span.start, s.span.end) for s in document.sentences))
    return document.text, document.lang, document.name, paragraphs, sentences


def full_document(flat: Sequence[Any]) -> Document:
    """The document of `flat_document`."""
    text, lang, name, bounds, places = flat
    paragraphs: list[Paragraph] = []
    sentences: list[Sentence] = []
    first = 0
    for number, (start, end, last) in enumerate(zip(bounds[::3], bounds[1::3], bounds[2::3], strict=True)):
        paragraphs.append(Paragraph(Span(start, end), first, last))
        for at in range(2 * first, 2 * last, 2):
            sentences.append(Sentence(Span(places[at], places[at + 1]), number))
        first = last
    return Document(text, lang, tuple(paragraphs), tuple(sentences), name)


def bare(pair: Pair) -> Pair:
    """All of a pair but its texts."""
    return replace(pair, source=_NOTHING, target=None)


def flat_project(project: Project) -> tuple[object, ...]:
    """A project as read: its pair and its pins."""
    pair = project.pair
    target = flat_document(pair.target) if pair.target is not None else None
    return bare(pair), flat_document(pair.source), target, project.pins


def full_project(flat: Sequence[Any]) -> Project:
    """The project of `flat_project`."""
    pair, source, target, pins = flat
    full = replace(pair, source=full_document(source), target=full_document(target) if target else None)
    return Project(full, pins)


# ── what was found: beads as numbers, and no text that the other side has ──


def flat_examined(examined: Examined) -> tuple[object, ...]:
    """What was found, without the pair. Documents are left out where the alignment cut no sentence."""
    alignment, pair = examined.alignment, examined.pair
    rest = replace(examined, pair=bare(pair), alignment=None)
    if alignment is None:
        return None, None, None, rest
    source = None if alignment.source == pair.source else flat_document(replace(alignment.source, text=""))
    same = pair.target is not None and alignment.target == pair.target
    target = None if same else flat_document(replace(alignment.target, text=""))
    beads = alignment.beads
    numbers = (
        _flat_sides(bead.source for bead in beads),
        _flat_sides(bead.target for bead in beads),
        array("d", (bead.score for bead in beads)),
        bytes(bead.pinned for bead in beads),
    )
    return source, target, numbers, rest


def full_examined(flat: Sequence[Any], pair: Pair) -> Examined:
    """The examination of `pair` that `flat_examined` made."""
    source, target, numbers, rest = flat
    found: Examined = rest
    if numbers is None or pair.target is None:
        return replace(found, pair=pair)
    left, right, scores, pinned = numbers
    beads = tuple(
        Bead(a, b, score, bool(pin))
        for a, b, score, pin in zip(_sides(*left), _sides(*right), scores, pinned, strict=True)
    )
    documents = [
        own if flat_side is None else full_document((text, *flat_side[1:]))
        for own, text, flat_side in (
            (pair.source, pair.source.text, source),
            (pair.target, without_marks(pair.target.text), target),
        )
    ]
    return replace(found, pair=pair, alignment=Alignment(documents[0], documents[1], beads))


def _flat_sides(sides: Iterable[tuple[int, ...]]) -> tuple[Numbers, Numbers]:
    """How many sentences each bead has, and which."""
    listed = list(sides)
    return array("l", map(len, listed)), array("l", chain.from_iterable(listed))


def _sides(counts: Numbers, numbers: Numbers) -> Iterable[tuple[int, ...]]:
    for start, end in pairwise(accumulate(counts, initial=0)):
        yield tuple(numbers[start:end])
