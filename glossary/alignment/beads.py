"""Beads: which sentences render which. An Alignment covers every sentence of both sides exactly once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from glossary.text.spans import Document, Span


@dataclass(frozen=True, slots=True)
class Bead:
    """Numbers of source and target sentences that render each other; an empty side means "no counterpart".

    `score` is the calibrated probability (0 to 1) that the bead is right; `pinned` beads were fixed by a person.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    score: float
    pinned: bool = False

    @property
    def paired(self) -> bool:
        """Whether both sides have a sentence."""
        return bool(self.source) and bool(self.target)


@dataclass(frozen=True, slots=True)
class Pin:
    """A bead fixed by a person, as spans of the two texts, so that it can also cut inside a sentence.

    One side may be empty ("no counterpart"); both may not.
    """

    source: tuple[Span, ...]
    target: tuple[Span, ...]


@dataclass(frozen=True)
class Alignment:
    """Two documents and the beads between them.

    The documents may have more sentences than those given to `align`: evidence of the other side can cut a headline
    off the sentence it was glued to. Beads are in the order of their first source sentence; one-sided target beads
    stand where they stand in the target. Beads may cross. Raises ValueError if a sentence is in no bead or in two.
    """

    source: Document
    target: Document
    beads: tuple[Bead, ...]

    def __post_init__(self) -> None:
        for side, document in (("source", self.source), ("target", self.target)):
            numbers = sorted(n for bead in self.beads for n in getattr(bead, side))
            if numbers != list(range(len(document.sentences))):
                raise ValueError(f"the beads do not cover each {side} sentence exactly once")

    @cached_property
    def by_source(self) -> tuple[int, ...]:
        """For each source sentence the number of its bead."""
        return _bead_numbers((bead.source for bead in self.beads), len(self.source.sentences))

    @cached_property
    def by_target(self) -> tuple[int, ...]:
        """For each target sentence the number of its bead."""
        return _bead_numbers((bead.target for bead in self.beads), len(self.target.sentences))

    def source_spans(self, bead: int) -> tuple[Span, ...]:
        """One span per source sentence of the bead."""
        return tuple(self.source.sentences[n].span for n in self.beads[bead].source)

    def target_spans(self, bead: int) -> tuple[Span, ...]:
        """One span per target sentence of the bead."""
        return tuple(self.target.sentences[n].span for n in self.beads[bead].target)

    def bead_at_source(self, offset: int) -> int | None:
        """The bead that holds this code point of the source text."""
        number = self.source.sentence_at(offset)
        return None if number is None else self.by_source[number]

    def bead_at_target(self, offset: int) -> int | None:
        """The bead that holds this code point of the target text."""
        number = self.target.sentence_at(offset)
        return None if number is None else self.by_target[number]


def _bead_numbers(sides: Iterable[Sequence[int]], count: int) -> tuple[int, ...]:
    numbers = [0] * count
    for bead, side in enumerate(sides):
        for sentence in side:
            numbers[sentence] = bead
    return tuple(numbers)
