"""Projects and what was found in them as bytes, for the pipe between the screen and the process that checks.

Sentences and beads go as arrays of numbers: a long pair has tens of thousands of them, and unpacking objects one by one
would hold up the screen.
"""

import io
import pickle
import time
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
from glossary.quotes.values import QuoteStudy
from glossary.text.compact import Paragraphs, Sentences
from glossary.text.drafted import without_marks
from glossary.text.spans import Document, Span

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
    paragraphs, sentences = Paragraphs.of(document.paragraphs), Sentences.of(document.sentences)
    return document.text, document.lang, document.name, paragraphs.columns, sentences.columns


def full_document(flat: Sequence[Any]) -> Document:
    """The document of `flat_document`, its sentences still as numbers."""
    text, lang, name, paragraphs, sentences = flat
    return Document(text, lang, Paragraphs(*paragraphs), Sentences(*sentences), name)


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


# ── what was found: beads as numbers, no text that the other side has, and no value that it expects ──

PIECE = 250  # values that are unpacked in one go, while the screen waits


def flat_examined(examined: Examined, expected: Examined | None = None) -> tuple[object, ...]:
    """What was found, without the pair, and but for what the other side `expected`.

    Documents are left out where the alignment cut no sentence; so is what was found of the quotes, which is with the
    findings.
    """
    alignment, pair = examined.alignment, examined.pair
    lists = tuple(
        _differing(now, then)
        for now, then in zip(_lists(examined), _lists(expected) if expected else ((),) * 7, strict=True)
    )
    small = bare(pair), examined.unrelated, dict(examined.drafts)
    if alignment is None:
        return None, None, None, lists, small
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
    return source, target, numbers, lists, small


def full_examined(flat: Sequence[Any], pair: Pair, expected: Examined | None = None) -> Examined:
    """The examination of `pair` that `flat_examined` made; lists of `expected` itself where they are the same."""
    source, target, numbers, lists, (_, unrelated, drafts) = flat
    whole = [
        _completed(differing, then)
        for differing, then in zip(lists, _lists(expected) if expected else ((),) * 7, strict=True)
    ]
    terms, findings, marks, *quotes = whole
    study = QuoteStudy(quotes[0], quotes[1], quotes[2], quotes[3], ())
    alignment = None
    if numbers is not None and pair.target is not None:
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
        alignment = Alignment(documents[0], documents[1], beads)
    return Examined(pair, alignment, terms, study, findings, unrelated, drafts, marks)


def _lists(examined: Examined) -> tuple[tuple[Any, ...], ...]:
    """All that there is much of: terms, findings, fingerprints, and of the quotes both sides, links and clusters."""
    quotes = examined.quotes
    return (
        examined.terms,
        examined.findings,
        examined.marks,
        quotes.source,
        quotes.target,
        quotes.links,
        quotes.clusters,
    )


def _differing(now: Sequence[Any], then: Sequence[Any]) -> tuple[int, int, list[bytes]]:
    """How many values at the beginning and at the end are those of `then`, and the others, packed piece by piece."""
    most = min(len(now), len(then))
    first = next((n for n in range(most) if now[n] != then[n]), most)
    last = next((n for n in range(most - first) if now[-1 - n] != then[-1 - n]), most - first)
    rest = now[first : len(now) - last]
    return first, last, [packed(rest[n : n + PIECE]) for n in range(0, len(rest), PIECE)]


def _completed(differing: tuple[int, int, list[bytes]], then: tuple[Any, ...]) -> tuple[Any, ...]:
    first, last, pieces = differing
    if not pieces and first + last == len(then):
        return then
    between: list[Any] = []
    for piece in pieces:
        between += unpacked(piece)
        time.sleep(0)  # the screen's turn
    return (*then[:first], *between, *then[len(then) - last :])


def _flat_sides(sides: Iterable[tuple[int, ...]]) -> tuple[Numbers, Numbers]:
    """How many sentences each bead has, and which."""
    listed = list(sides)
    return array("l", map(len, listed)), array("l", chain.from_iterable(listed))


def _sides(counts: Numbers, numbers: Numbers) -> Iterable[tuple[int, ...]]:
    for start, end in pairwise(accumulate(counts, initial=0)):
        yield tuple(numbers[start:end])
