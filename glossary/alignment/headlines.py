"""Headlines and captions without a full stop, glued to the sentence after them, cut off by evidence of both sides.

Punctuation cannot find them. What can: a capital where no name is (a function word, a word that is small elsewhere),
a run of capitals that ends, the same words before the place on both sides, and lengths that agree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import log

from glossary.alignment.beads import Alignment
from glossary.alignment.cuts import with_cuts
from glossary.alignment.lexicon import Lexicon
from glossary.alignment.matching import matches
from glossary.alignment.tokens import function_words, normal_word, offsets, types
from glossary.text.spans import Document, Span

_WORD = re.compile(r"[^\W_]+(?:['’ʼ.-][^\W_]+)*")
_OPENING = re.compile(
    r"""(?<=[^\W_]) (?P<gap> ["”“»’')\]]* \s+ ) ["“„«‘(\[]* (?=[A-ZА-ЯЁЄІЇҐ]|["“„«(]\d)""", re.VERBOSE
)
OBJECTS = frozenset(("me", "it", "them", "her", "him", "us", "это", "це"))
_SMALL = re.compile(r"(?<![^\W_])[^\W\dA-ZА-ЯЁЄІЇҐ_][^\W\d_]{2,}")
LONGEST_HEAD, SHORTEST_HEAD, SHORTEST_REST = 220, 12, 25
MOST_PLACES = 24
LEAST = 1.5
LEAST_AT_TOP = -2.0  # an article that begins with a full paragraph most likely has its headline in it
FULL = 3
# Log odds that a sentence begins at a place, by what is seen there; set by hand on the development half.
BASE = -2.0
FUNCTION_WORD = 4.0
SMALL_ELSEWHERE = 2.5
AFTER_FUNCTION_WORD = -6.0
AFTER_SMALL = 0.5
AFTER_CAPITAL = -2.5
AFTER_NUMBER = -1.5
SAID_BEFORE = 0.7
FIRST_AGAIN = 1.5
NEW_NAME = -1.5
CAPITALS_END = 3.0
SENTENCE_END = 3.0
SAME_SIDE, OTHER_SIDE = 0.3, -1.2
LENGTH_SPREAD = 0.4
MOST_TIED = 5.0  # what words on the right side of a cut may bring at most


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence may be cut, and how much the text itself speaks for it (log odds)."""

    offset: int
    score: float


def without_glued_headlines(alignment: Alignment, lexicon: Lexicon) -> tuple[Document, Document] | None:
    """Both documents with glued headlines cut off, None if there are none.

    Looked at are sentences that begin a paragraph on either side, with the sentences they are aligned to.
    """
    source, target = alignment.source, alignment.target
    small: tuple[frozenset[str], frozenset[str]] | None = None
    cuts: tuple[list[int], list[int]] = ([], [])
    for bead in alignment.beads:
        if not bead.paired or bead.pinned or len(bead.source) > 2 or len(bead.target) > 2:
            continue
        if not (_begins(source, bead.source[0]) or _begins(target, bead.target[0])):
            continue
        small = small or (_small(source), _small(target))
        spans = _run(source, bead.source), _run(target, bead.target)
        top = bead.source[0] == bead.target[0] == 0 and _full(source) and _full(target)
        found = _best_cut(alignment, spans, small, lexicon, LEAST_AT_TOP if top else LEAST)
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


def _run(document: Document, numbers: tuple[int, ...]) -> tuple[Span, ...]:
    return tuple(document.sentences[number].span for number in numbers)


def _small(document: Document) -> frozenset[str]:
    """The words that occur without a capital."""
    return frozenset(normal_word(word) for word in _SMALL.findall(document.text))


def _best_cut(
    alignment: Alignment,
    spans: tuple[tuple[Span, ...], tuple[Span, ...]],
    small: tuple[frozenset[str], frozenset[str]],
    lexicon: Lexicon,
    least: float,
) -> tuple[int, int] | None:
    """The pair of offsets at which both sides of a bead are best cut, None if none reaches `least`."""
    source, target = alignment.source, alignment.target
    places = _places(source, spans[0], small[0]), _places(target, spans[1], small[1])
    if not places[0] or not places[1]:
        return None
    if max(place.score for place in places[0]) + max(place.score for place in places[1]) + MOST_TIED < least:
        return None
    tied = _ties(alignment, spans, lexicon)
    whole = [Span(side[0].start, side[-1].end) for side in spans]
    best, chosen = least, None
    for p in places[0]:
        head, rest = p.offset - whole[0].start, whole[0].end - p.offset
        for q in places[1]:
            score = p.score + q.score
            score -= 0.5 * (log((q.offset - whole[1].start) / head) / LENGTH_SPREAD) ** 2
            score -= 0.5 * (log((whole[1].end - q.offset) / rest) / LENGTH_SPREAD) ** 2
            if score <= best - MOST_TIED:
                continue
            tie = 0.0
            for here, there in tied:
                before = here < p.offset
                tie += SAME_SIDE if any((other < q.offset) == before for other in there) else OTHER_SIDE
            score += min(tie, MOST_TIED)
            if score > best:
                best, chosen = score, (p.offset, q.offset)
    return chosen


def _ties(
    alignment: Alignment, spans: tuple[tuple[Span, ...], tuple[Span, ...]], lexicon: Lexicon
) -> list[tuple[int, list[int]]]:
    """For each token of one side with a match on the other, where it stands and where its matches stand."""
    source, target = alignment.source, alignment.target
    whole = [Span(side[0].start, side[-1].end) for side in spans]
    numbers = [
        [n for n in range(len(document.sentences)) if n in wanted]
        for document, wanted in (
            (source, {source.sentence_at(span.start) for span in spans[0]}),
            (target, {target.sentence_at(span.start) for span in spans[1]}),
        )
    ]
    left, right = types(source, numbers[0]), types(target, numbers[1])
    here, there = offsets(source.text, whole[0], source.lang), offsets(target.text, whole[1], target.lang)
    partners: dict[int, list[int]] = {}
    for match in matches(left, right, lexicon)[0]:
        partners.setdefault(match.source, []).extend(there.get(right.items[match.target].text, ()))
    return [
        (place, others)
        for number, others in partners.items()
        if others
        for place in here.get(left.items[number].text, ())
    ]


def _places(document: Document, spans: tuple[Span, ...], small: frozenset[str]) -> list[Place]:
    """Where the first of these sentences may be cut; the beginning of the second is a place of its own."""
    text, first = document.text, spans[0]
    low, high = first.start + SHORTEST_HEAD, min(first.start + LONGEST_HEAD, first.end - SHORTEST_REST)
    found = [
        Place(opening.end("gap"), _speaks(text, first.start, opening, small, document.lang))
        for opening in _OPENING.finditer(text, low, high)
    ]
    found = sorted(found, key=lambda place: (-place.score, place.offset))[:MOST_PLACES]
    if len(spans) > 1:
        found.append(Place(spans[1].start, SENTENCE_END))
    return found


def _speaks(text: str, start: int, opening: re.Match[str], small: frozenset[str], lang: str) -> float:
    """The log odds that a sentence begins at an opening, by the words around it."""
    stop = function_words(lang)
    head = _WORD.findall(text, start, opening.start("gap"))
    following = _WORD.match(text, opening.end())
    if not head or following is None:
        return AFTER_FUNCTION_WORD
    word, before = following[0], head[-1]
    folded, folded_before = normal_word(word), normal_word(before)
    titled = lang == "en" and _capitals(head) > 0.7
    score = BASE
    if folded_before in stop and folded_before not in OBJECTS:
        score += AFTER_FUNCTION_WORD
    if (word[1:].islower() or len(word) == 1) and folded in stop and word != "I":
        score += FUNCTION_WORD
    elif word[1:].islower() and folded in small:
        score += SMALL_ELSEWHERE
    if before[0].isdigit():
        score += AFTER_NUMBER if folded not in stop else 0.0
    elif before[0].isupper():
        score += 0.0 if titled else AFTER_CAPITAL
    else:
        score += AFTER_SMALL
    if folded not in stop and folded in map(normal_word, head):
        score += FIRST_AGAIN if folded == normal_word(head[0]) else SAID_BEFORE
    elif folded not in stop and folded not in small and not word[0].isdigit():
        score += NEW_NAME
    if titled:
        after = _WORD.findall(text, following.end(), following.end() + 60)[:7]
        score += CAPITALS_END if _capitals(after) < 0.5 else -CAPITALS_END
    return score


def _capitals(words: list[str]) -> float:
    """The share of longer words with a capital."""
    long = [word for word in words if len(word) > 3]
    return sum(word[0].isupper() for word in long) / len(long) if len(long) > 1 else 0.0
