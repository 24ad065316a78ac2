"""Offsets into a text exactly as it was read: spans, sentences, paragraphs, documents. Never copies of the text."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from sys import intern


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range `[start, end)` of Unicode code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The part of `text` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        """Whether `other` lies inside."""
        return self.start <= other.start and other.end <= self.end

    def shifted(self, by: int) -> "Span":
        """The same length, `by` code points further on."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, headline, caption or list item, without the white space around it; `paragraph` is a number."""

    span: Span
    paragraph: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of sentences between line breaks; `first` and `last` number its sentences, half-open."""

    span: Span
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Document:
    """A text as read, with its language (`en`, `ru`, `uk` or `und`) and where its sentences are.

    Sentences are in order, do not overlap, and hold every character that is not white space. Both sequences are tuples,
    or arrays of numbers that behave as if they were (see glossary.text.compact).
    """

    text: str
    lang: str
    paragraphs: Sequence[Paragraph]
    sentences: Sequence[Sentence]
    name: str = ""

    def __hash__(self) -> int:
        """By the text alone: caches ask for it again and again, and a text remembers its own."""
        return hash((self.text, self.lang, self.name))

    def sentence(self, number: int) -> str:
        """The text of one sentence; for equal sentences the very same, which caches keep once."""
        return intern(self.sentences[number].span.of(self.text))

    def sentence_at(self, offset: int) -> int | None:
        """The number of the sentence that holds the code point at `offset`, None for the white space between."""
        number = bisect_right(self.sentences, offset, key=lambda s: s.span.start) - 1
        if number >= 0 and offset < self.sentences[number].span.end:
            return number
        return None

    def touched(self, span: Span) -> range:
        """The numbers of the sentences that share text with `span`."""
        first = bisect_right(self.sentences, span.start, key=lambda s: s.span.end)
        last = first
        while last < len(self.sentences) and self.sentences[last].span.start < span.end:
            last += 1
        return range(first, last)

    def cover(self, numbers: Sequence[int]) -> Span | None:
        """The span from the first to the last of these sentences, None if there are none."""
        if not numbers:
            return None
        spans = [self.sentences[n].span for n in numbers]
        return Span(min(s.start for s in spans), max(s.end for s in spans))

    def line_column(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both counted from 1, lines ending in LF, CR or CRLF."""
        before = self.text[:offset].replace("\r\n", "\n").replace("\r", "\n")
        return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
