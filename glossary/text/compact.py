"""Sentences and paragraphs as arrays of numbers: for texts that are kept in many versions and seldom read through.

A Sentence with its Span takes two hundred bytes, here it takes twelve, and an edit moves thousands of them in no time.
Each look makes the value anew: who reads a whole text again and again is better off with the tuples of `document`.
"""

from abc import abstractmethod
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias, TypeVar, overload

from glossary.text.spans import Document, Paragraph, Sentence, Span

Numbers: TypeAlias = "array[int]"
Value = TypeVar("Value")
_KIND = "I"


class _Compact(Sequence[Value]):
    """Values made of the numbers in `columns`, all of one length. Equal to a tuple of the same values."""

    __slots__ = ("columns",)

    def __init__(self, *columns: Numbers) -> None:
        self.columns = columns

    @abstractmethod
    def _at(self, place: int) -> Value: ...

    def __len__(self) -> int:
        return len(self.columns[0])

    @overload
    def __getitem__(self, place: int) -> Value: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Value, ...]: ...

    def __getitem__(self, place: int | slice) -> Value | tuple[Value, ...]:
        found = range(len(self))[place]
        return self._at(found) if isinstance(found, int) else tuple(map(self._at, found))

    def __iter__(self) -> Iterator[Value]:
        return map(self._at, range(len(self)))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, type(self)):
            return self.columns == other.columns
        return isinstance(other, tuple) and tuple(self) == other

    __hash__ = None  # type: ignore[assignment]


class Sentences(_Compact[Sentence]):
    """Sentences as the columns start, end, paragraph."""

    __slots__ = ()

    @staticmethod
    def of(sentences: Sequence[Sentence]) -> "Sentences":
        """These sentences."""
        if isinstance(sentences, Sentences):
            return sentences
        return Sentences(
            array(_KIND, [s.span.start for s in sentences]),
            array(_KIND, [s.span.end for s in sentences]),
            array(_KIND, [s.paragraph for s in sentences]),
        )

    def _at(self, place: int) -> Sentence:
        starts, ends, paragraphs = self.columns
        return Sentence(Span(starts[place], ends[place]), paragraphs[place])

    def replaced(self, gone: slice, fresh: Sequence[Sentence], by: int, more: int) -> "Sentences":
        """With `fresh` in the place of those that are `gone`; later ones lie `by` code points and `more` paragraphs
        further on."""
        return Sentences(*_joined(self, gone, Sentences.of(fresh), (by, by, more)))


class Paragraphs(_Compact[Paragraph]):
    """Paragraphs as the columns start, end, last; each begins with the sentence at which the one before it ends."""

    __slots__ = ()

    @staticmethod
    def of(paragraphs: Sequence[Paragraph]) -> "Paragraphs":
        """These paragraphs."""
        if isinstance(paragraphs, Paragraphs):
            return paragraphs
        return Paragraphs(
            array(_KIND, [p.span.start for p in paragraphs]),
            array(_KIND, [p.span.end for p in paragraphs]),
            array(_KIND, [p.last for p in paragraphs]),
        )

    def _at(self, place: int) -> Paragraph:
        starts, ends, lasts = self.columns
        return Paragraph(Span(starts[place], ends[place]), lasts[place - 1] if place else 0, lasts[place])

    def replaced(self, gone: slice, fresh: Sequence[Paragraph], by: int, more: int) -> "Paragraphs":
        """With `fresh` in the place of those that are `gone`; later ones lie `by` code points and `more` sentences
        further on."""
        return Paragraphs(*_joined(self, gone, Paragraphs.of(fresh), (by, by, more)))


def _joined(
    kept: _Compact[Value], gone: slice, fresh: _Compact[Value], shifts: tuple[int, int, int]
) -> Iterable[Numbers]:
    for column, new, by in zip(kept.columns, fresh.columns, shifts, strict=True):
        yield column[: gone.start] + new + shifted(column[gone.stop :], by)


def shifted(numbers: Numbers, by: int) -> Numbers:
    """Each number and `by`."""
    return array(_KIND, [number + by for number in numbers]) if by else numbers


def compact(document: Document) -> Document:
    """The document with its sentences and paragraphs as numbers."""
    paragraphs, sentences = Paragraphs.of(document.paragraphs), Sentences.of(document.sentences)
    return Document(document.text, document.lang, paragraphs, sentences, document.name)


def spread(document: Document) -> Document:
    """The same with tuples, for those who read it through."""
    paragraphs, sentences = tuple(document.paragraphs), tuple(document.sentences)
    return Document(document.text, document.lang, paragraphs, sentences, document.name)
