"""Headlines and captions without a full stop, glued to the sentence after them, cut off by evidence of both sides.

Punctuation cannot find them. What can: a capital where no name is (a function word, a word that is small elsewhere),
a run of capitals that ends, the same words before the place on both sides, and lengths that agree.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from math import log

from glossary.alignment.beads import Alignment, Bead
from glossary.alignment.cuts import with_cuts
from glossary.alignment.lexicon import Lexicon, prefixes
from glossary.alignment.matching import matches
from glossary.alignment.tokens import function_words, normal_word, offsets, types
from glossary.text.spans import Document, Span

_WORD = re.compile(r"[^\W_]+(?:['’ʼ.-][^\W_]+)*")
_OPENING = re.compile(r"""(?<=[^\W_]) (?P<gap> ["”»’')\]]* \s+ ) (?=[A-ZА-ЯЁЄІЇҐ])""", re.VERBOSE)
NO_BEGINNING = frozenset(("I", "Є"))
OBJECTS = frozenset(("me", "it", "them", "her", "him", "us", "это", "це"))
_SMALL = re.compile(r"(?<![^\W_])[^\W\dA-ZА-ЯЁЄІЇҐ_][^\W\d_]{2,}")
_CAPITAL = re.compile(r"(?<=[^\W_] )[A-ZА-ЯЁЄІЇҐ][^\W\d_]+")
LONGEST_HEAD, SHORTEST_HEAD, SHORTEST_REST = 220, 12, 25
MOST_PLACES = 24
LEAST = 1.0
LEAST_AT_TOP = -2.0  # an article that begins with a full paragraph most likely has its headline in it
FULL = 3
LEAST_INSIDE = 1.5
# Log odds that a sentence begins at a place, by what is seen there; set by hand on the development half.
BASE = -2.0
FUNCTION_WORD = 4.0
FUNCTION_WORD_OF_NAME = 1.0  # The Hill
TITLE = 5  # words that show whether a headline is written in capitals
SMALL_ELSEWHERE = 2.5
COMMON_WORD = 2.0
CLOSED = -6.0
AFTER_FUNCTION_WORD = -6.0
AFTER_SMALL = 0.5
AFTER_CAPITAL = -3.0
AFTER_NUMBER = -1.5
SAID_BEFORE = 0.7
FIRST_AGAIN = 1.5
NEW_NAME = -1.5
CAPITALS_END = 3.0
SENTENCE_END = 3.0
SAID_TWICE, SAME_SIDE, OTHER_SIDE = 0.8, 0.05, -1.2
LENGTH_SPREAD = 0.4
MOST_TIED = 5.0  # what words on the right side of a cut may bring at most


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence may be cut, and how much the text itself speaks for it (log odds)."""

    offset: int
    score: float


def without_glued_headlines(
    alignment: Alignment, readers: tuple[Reader, Reader], lexicon: Lexicon
) -> tuple[Document, Document] | None:
    """Both documents with glued headlines cut off, None if there are none.

    Looked at is the first sentence of each bead; where a paragraph begins, and most of all at the top of an article
    without a headline of its own, less evidence is needed. A sentence that is a whole line of several is left alone.
    """
    source, target = alignment.source, alignment.target
    cuts: tuple[list[int], list[int]] = ([], [])
    for bead in alignment.beads:
        if not bead.paired or bead.pinned or len(bead.source) > 2 or len(bead.target) > 2:
            continue
        spans = _run(source, bead.source), _run(target, bead.target)
        places = _places(readers[0], spans[0]), _places(readers[1], spans[1])
        begins = _begins(source, bead.source[0]) or _begins(target, bead.target[0])
        top = bead.source[0] == bead.target[0] == 0 and _full(source) and _full(target)
        least = LEAST_AT_TOP if top else LEAST if begins else LEAST_INSIDE
        found = _best_cut(alignment, bead, places, lexicon, least)
        if found is not None:
            cuts[0].append(found[0])
            cuts[1].append(found[1])
    if not cuts[0]:
        return None
    done = with_cuts(source, cuts[0]), with_cuts(target, cuts[1])
    grown = len(done[0].sentences) + len(done[1].sentences) - len(source.sentences) - len(target.sentences)
    return done if grown else None


def _begins(document: Document, number: int) -> bool:
    return document.paragraphs[document.sentences[number].paragraph].first == number


def _full(document: Document) -> bool:
    """Whether the first paragraph is more than a headline."""
    return document.paragraphs[0].last >= FULL


def _whole_paragraph(document: Document, spans: tuple[Span, ...]) -> bool:
    number = document.sentence_at(spans[0].start)
    paragraph = document.paragraphs[document.sentences[number].paragraph] if number is not None else None
    return paragraph is not None and paragraph.last - paragraph.first == 1


def _run(document: Document, numbers: tuple[int, ...]) -> tuple[Span, ...]:
    return tuple(document.sentences[number].span for number in numbers)


@dataclass(frozen=True, slots=True)
class Reader:
    """A document with what its own capitals teach: words that occur without one, and names in mid-sentence."""

    document: Document
    small: frozenset[str]
    names: frozenset[str]
    lexicon: Lexicon
    places: dict[Span, tuple[Place, ...]] = field(default_factory=dict, compare=False)  # found before, by sentence

    def common(self, word: str) -> bool:
        """Whether a casefolded word is in the lexicon and not used as a name here."""
        if word in self.names:
            return False
        if self.document.lang == "en":
            return bool(self.lexicon.renderings(word))
        return any(len(prefix) > 3 and prefix in self.lexicon.stems for prefix in prefixes(word))


def reader(document: Document, lexicon: Lexicon) -> Reader:
    """Read the capitals of a document. Linear in the text."""
    small = frozenset(normal_word(word) for word in set(_SMALL.findall(document.text)))
    capitals = Counter(map(normal_word, _CAPITAL.findall(document.text)))
    names = frozenset(word for word, count in capitals.items() if count > 1 and word not in small)
    return Reader(document, small, names, lexicon)


def openness(reader: Reader, number: int) -> float:
    """How much a sentence looks like two: the log odds of its best place for a cut, at least CLOSED."""
    places = _places(reader, (reader.document.sentences[number].span,))
    return max((place.score for place in places), default=CLOSED)


def _best_cut(
    alignment: Alignment,
    bead: Bead,
    places: tuple[list[Place], list[Place]],
    lexicon: Lexicon,
    least: float,
) -> tuple[int, int] | None:
    """The pair of offsets at which both sides of a bead are best cut, None if none reaches `least`."""
    if not places[0] or not places[1]:
        return None
    if max(place.score for place in places[0]) + max(place.score for place in places[1]) + MOST_TIED < least:
        return None
    tied = _ties(alignment, bead, lexicon)
    whole = (
        alignment.source.cover(bead.source) or Span(0, 0),
        alignment.target.cover(bead.target) or Span(0, 0),
    )
    best, chosen = least, None
    for p in places[0]:
        head, rest = p.offset - whole[0].start, whole[0].end - p.offset
        for q in places[1]:
            score = p.score + q.score
            score -= 0.5 * (log((q.offset - whole[1].start) / head) / LENGTH_SPREAD) ** 2
            score -= 0.5 * (log((whole[1].end - q.offset) / rest) / LENGTH_SPREAD) ** 2
            if score <= best - MOST_TIED:
                continue
            score += min(sum(_agrees(here, there, p.offset, q.offset) for here, there in tied), MOST_TIED)
            if score > best:
                best, chosen = score, (p.offset, q.offset)
    return chosen


def _agrees(here: list[int], there: list[int], p: int, q: int) -> float:
    """What a word and its matches say of a cut: said on both sides of it in both texts, or torn apart by it."""
    sides = [(min(places) < at, max(places) >= at) for places, at in ((here, p), (there, q))]
    if sides[0] != sides[1]:
        return OTHER_SIDE
    return SAID_TWICE if all(sides[0]) else SAME_SIDE


def _ties(alignment: Alignment, bead: Bead, lexicon: Lexicon) -> list[tuple[list[int], list[int]]]:
    """For each word of the source side with a match on the other, where it stands and where its matches stand."""
    source, target = alignment.source, alignment.target
    left, right = types(source, bead.source), types(target, bead.target)
    here = offsets(source.text, source.cover(bead.source) or Span(0, 0), source.lang)
    there = offsets(target.text, target.cover(bead.target) or Span(0, 0), target.lang)
    partners: dict[int, list[int]] = {}
    for match in matches(left, right, lexicon)[0]:
        partners.setdefault(match.source, []).extend(there.get(right.items[match.target].text, ()))
    return [
        (here[left.items[number].text], others)
        for number, others in partners.items()
        if others and left.items[number].text in here
    ]


def _places(reader: Reader, spans: tuple[Span, ...]) -> list[Place]:
    """Where the first of these sentences may be cut, the best first; last the beginning of the second."""
    document = reader.document
    if not spans or (_whole_paragraph(document, spans) and document.paragraphs[-1].last > len(spans)):
        return []
    first = spans[0]
    if first not in reader.places:
        low, high = first.start + SHORTEST_HEAD, min(first.start + LONGEST_HEAD, first.end - SHORTEST_REST)
        found = [
            Place(opening.end("gap"), _speaks(reader, first.start, opening))
            for opening in _OPENING.finditer(document.text, low, high)
        ]
        ordered = sorted(found, key=lambda place: (-place.score, place.offset))
        reader.places[first] = tuple(ordered[:MOST_PLACES])
    second = [Place(spans[1].start, SENTENCE_END)] if len(spans) > 1 else []
    return [*reader.places[first], *second]


def _speaks(reader: Reader, start: int, opening: re.Match[str]) -> float:
    """The log odds that a sentence begins at an opening, by the words around it."""
    text, lang = reader.document.text, reader.document.lang
    stop = function_words(lang)
    head = _WORD.findall(text, start, opening.start("gap"))
    following = _WORD.match(text, opening.end())
    if not head or following is None:
        return AFTER_FUNCTION_WORD
    word, before = following[0], head[-1]
    folded, folded_before = normal_word(word), normal_word(before)
    after = _WORD.findall(text, following.end(), following.end() + 60)[:7]
    titled = lang == "en" and len(head) >= TITLE and _capitals(head) > 0.7
    score = BASE
    if folded_before in stop and folded_before not in OBJECTS:
        score += AFTER_FUNCTION_WORD
    if (word[1:].islower() or len(word) == 1) and folded in stop and word not in NO_BEGINNING:
        score += FUNCTION_WORD if not after or after[0].islower() or titled else FUNCTION_WORD_OF_NAME
    elif word[1:].islower() and folded in reader.small:
        score += SMALL_ELSEWHERE
    elif word[1:].islower() and reader.common(folded):
        score += COMMON_WORD
    if before[0].isdigit():
        score += AFTER_NUMBER if folded not in stop else 0.0
    elif before[0].isupper():
        score += 0.0 if titled else AFTER_CAPITAL
    else:
        score += AFTER_SMALL
    if folded not in stop and folded in map(normal_word, head):
        if folded == normal_word(head[0]):
            score += FIRST_AGAIN
        elif titled or not before[0].isupper():
            score += SAID_BEFORE
    elif folded not in stop and folded not in reader.small and not reader.common(folded):
        score += NEW_NAME
    if titled:
        score += CAPITALS_END if _capitals(after) < 0.5 else -CAPITALS_END
    return score


def _capitals(words: list[str]) -> float:
    """The share of longer words with a capital."""
    long = [word for word in words if len(word) > 3]
    return sum(word[0].isupper() for word in long) / len(long) if len(long) > 1 else 0.0
