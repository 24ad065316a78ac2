"""The words around a quote, as clues: those of its sentence, of the sentences beside it, of those near it.

Names of organisations stand for their sort (`@agency`), the words of quotes for a mark (`Q`): what is told of a quote
is told in the same words whoever speaks.
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
SINGLE, DOUBLE, TRIPLE = (10, 8, 6), (7, 6, 0), (6, 5, 0)
"""What one word, two in a row and three count in the sentence of the quote, in the one before, in the one after."""
ANYWHERE = 4
BACK, ON = 4, 3  # sentences before and after that belong to the vicinity

Token = tuple[str, Span]


@dataclass(frozen=True, slots=True)
class Vicinity:
    """The words of the sentence of a quote, of the one before, of the one after, and of a few on both sides."""

    own: tuple[Token, ...]
    before: tuple[Token, ...]
    after: tuple[Token, ...]
    around: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Clue:
    """How much a clue counts, in tenths, and where it stands."""

    value: int
    place: Span


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


def vicinity(document: Document, text: str, area: Span, quote: Span) -> Vicinity:
    """The vicinity of the quote at `quote` (marks included) in the sentences of `area`; `text` is the masked text."""
    around = near(document, area)
    spans = {number: document.sentences[number].span for number in around.numbers}
    read = {number: tokens(text, span.start, span.end) for number, span in spans.items()}
    own = (*tokens(text, area.start, min(quote.start, area.end)), ("Q", quote), *tokens(text, quote.end, area.end))
    return Vicinity(
        own,
        read.get(around.first - 1, ()),
        read.get(around.last + 1, ()),
        tuple(token for sentence in read.values() for token in sentence),
    )


def clues(vicinity: Vicinity) -> Mapping[str, Clue]:
    """The clues of a vicinity: `o:told_@agency`, `p:recording`, `x:telegram` (o: own sentence, p: the one before,
    n: the one after, P and N: the same where they hold other quotes, x: near)."""
    found: dict[str, Clue] = {}

    def add(clue: str, value: int, place: Span) -> None:
        if value and (clue not in found or found[clue].value < value):
            found[clue] = Clue(value, place)

    for at, (where, read) in enumerate((("o", vicinity.own), ("p", vicinity.before), ("n", vicinity.after))):
        one, two, three = (SINGLE, DOUBLE, TRIPLE)[at]
        quoting = at > 0 and any(word == "Q" for word, _ in read)
        signs = (where.upper(),) if quoting else (where, "x")  # what tells of another quote tells less of this one
        for word, place in read:
            for sign in signs:
                add(f"{sign}:{word}", one, place)
        for (first, start), (second, end) in pairwise(read):
            for sign in signs:
                add(f"{sign}:{first}_{second}", two, Span(start.start, end.end))
        for (first, start), (second, _), (third, end) in zip(read, read[1:], read[2:], strict=False):
            add(f"{where}:{first}_{second}_{third}", three, Span(start.start, end.end))
    for word, place in vicinity.around:
        add(f"x:{word}", ANYWHERE, place)
    return found


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
