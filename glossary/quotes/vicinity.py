"""The words around a quote, as clues: those of its sentence, of the sentences beside it, of a few more near it.

Names of organisations stand for their sort (`@agency`), the words of quotes for a mark (`Q`): what is told of a quote
is told in the same words whoever speaks. Each stretch of text gives its clues by itself, so that those of a sentence
are made once for all the quotes near it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from glossary.quotes import outlets
from glossary.quotes.descriptions import MASK
from glossary.text.recent import recent
from glossary.text.spans import Document, Span

_WORD = re.compile(rf"[A-Za-z][\w'-]*|{MASK}+")
_ENDING = re.compile(r"(?:ing|ed|es|s)$")
_LONG = 5  # letters of a word that keeps its ending
BACK, ON = 4, 3  # sentences before and after that are near

Token = tuple[str, Span]

PARTS: Mapping[str, tuple[str, tuple[int, int, int]]] = {
    "own": ("ox", (10, 8, 6)),
    "before": ("px", (7, 6, 0)),
    "before quoting": ("P", (7, 6, 0)),
    "after": ("nx", (6, 5, 0)),
    "after quoting": ("N", (6, 5, 0)),
    "near": ("y", (4, 0, 0)),
}
"""Part of the vicinity → the signs of its clues (x: in any of the three sentences), and what one word, two in a row and
three count, in tenths. What tells of another quote tells less of this one and has signs of its own."""


@dataclass(frozen=True, slots=True)
class Near:
    """The numbers of the sentences near a quote, and the `first` and the `last` of those that hold it."""

    numbers: range
    first: int
    last: int

    def where(self, number: int, place: Span, quote: Span) -> str:
        """Where something stands in sentence `number`: `before 2`, `after 1`, or `ahead` or `behind` the quote."""
        if number < self.first:
            return f"before {min(3, self.first - number)}"
        if number > self.last:
            return f"after {min(2, number - self.last)}"
        return "ahead" if place.end <= quote.start else "behind"


def near(document: Document, area: Span) -> Near:
    """What is near the sentences of `area`."""
    first, last = document.sentence_at(area.start) or 0, document.sentence_at(max(area.start, area.end - 1)) or 0
    return Near(range(max(0, first - BACK), min(len(document.sentences), last + 1 + ON)), first, last)


@dataclass(frozen=True, slots=True)
class Vicinity:
    """The words of the sentences of a quote, with a mark for it, and the other parts, each a stretch of `text`."""

    text: str
    own: tuple[Token, ...]
    others: tuple[tuple[str, Span], ...]

    def parts(self) -> Iterator[tuple[str, tuple[Token, ...]]]:
        """Part and its words."""
        yield "own", self.own
        for part, span in self.others:
            yield part, part_of(part, self.text, span.start, span.end)


def vicinity(document: Document, text: str, area: Span, quote: Span) -> Vicinity:
    """The vicinity of the quote at `quote` (marks included) in the sentences of `area`; `text` is the masked text."""
    around = near(document, area)
    spans = {number: document.sentences[number].span for number in around.numbers}
    here = [
        token
        for number in range(around.first, around.last + 1)
        for token in tokens(text, spans[number].start, spans[number].end)
    ]
    ahead = [token for token in here if token[1].end <= quote.start]
    behind = [token for token in here if token[1].start >= quote.end]
    others = [("near", span) for span in spans.values()]
    for number, part in ((around.first - 1, "before"), (around.last + 1, "after")):
        if number in spans:
            quoting = " quoting" if MASK in spans[number].of(text) else ""
            others.append((part + quoting, spans[number]))
    return Vicinity(text, (*ahead, ("Q", quote), *behind), tuple(others))


def part_of(part: str, text: str, start: int, end: int) -> tuple[Token, ...]:
    """The words of a stretch as a part has them: of what is only near, all as they stand."""
    return tuple(_plainly(text, start, end)) if part == "near" else tokens(text, start, end)


def clues(part: str, words: tuple[Token, ...]) -> Iterator[tuple[str, int, Span]]:
    """The clues of one part, each with what it counts and where it stands: `o:told_@agency`, `p:recording`."""
    signs, (one, two, three) = PARTS[part]
    for sign in signs:
        for word, place in words:
            yield f"{sign}:{word}", one, place
        for (first, start), (second, end) in pairwise(words) if two else ():
            yield f"{sign}:{first}_{second}", two, Span(start.start, end.end)
    for (first, start), (second, _), (third, end) in zip(words, words[1:], words[2:], strict=False) if three else ():
        yield f"{signs[0]}:{first}_{second}_{third}", three, Span(start.start, end.end)


def words(text: str) -> list[str]:
    """The words of a stretch of masked text as clues know them."""
    return [_plain(match.group()) for match in _WORD.finditer(text)]


def _plain(word: str) -> str:
    if word[0] == MASK:
        return "Q"
    word = word.lower()
    return _ENDING.sub("", word) if len(word) > _LONG else word


@recent(512)
def tokens(text: str, start: int, end: int) -> tuple[Token, ...]:
    """The words of a stretch, organisations as their sort."""
    return tuple(_read(text, start, end))


def _read(text: str, start: int, end: int) -> Iterator[Token]:
    for mention in outlets.mentions(text, start, end):
        yield from _plainly(text, start, mention.span.start)
        yield f"@{mention.organisation.role}", mention.span
        start = mention.span.end
    yield from _plainly(text, start, end)


def _plainly(text: str, start: int, end: int) -> Iterator[Token]:
    for match in _WORD.finditer(text, start, end):
        yield _plain(match.group()), Span(*match.span())
