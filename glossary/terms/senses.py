"""Is it this concept here? The senses of English words: the domain of the article, collocations, cues, titles, names.

A concept has an ambiguity of 0 (always this concept), 1 (needs an article about war) or 2 (needs a cue in the
sentence). Every English term met becomes a Mention; its `grounds` say what let it through, and are empty where
nothing did.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from glossary import data
from glossary.terms import matcher
from glossary.terms.concepts import Concept
from glossary.terms.index import (
    NOT_COLLOCATION,
    NOT_CUE,
    TERM,
    WITH_COLLOCATION,
    WITH_CUE,
    TermIndex,
    context_words,
    martial_subjects,
)
from glossary.terms.matcher import Hit
from glossary.text import english
from glossary.text.recent import recent
from glossary.text.spans import Document, Span
from glossary.text.words import Word, words

DOMAINS = ("military", "auto", "none")
# An article is about war if it has so many distinct unambiguous martial concepts, and one in every fourth sentence;
# a passage of another article is if so many are within so many sentences.
ENOUGH, DENSE = 3, 4
AROUND, WINDOW = 2, 3
# Content words that may stand between a term and what speaks for it "beside" it: fewer than this.
BESIDE = 2


@dataclass(frozen=True, slots=True)
class Mention:
    """An English term met in the source. `first` and `last` number its words in the sentence, half-open.

    `grounds` names the rule that says it is this concept (empty: nothing says so); `strong` says that a cue stands
    right beside it, so that not even another-sense rendering clears it; `military` says
    whether the article or the sentences around are about war.
    """

    concept: Concept
    number: int
    term: int
    span: Span
    sentence: int
    first: int
    last: int
    grounds: str = ""
    strong: bool = False
    military: str = ""


@recent(4)
def mentions(document: Document, index: TermIndex, domain: str = "auto") -> tuple[Mention, ...]:
    """Every mention of a concept in the sentences of an English document, by place; ValueError for odd domains.

    Kept while the other side is edited.
    """
    if domain not in DOMAINS:
        raise ValueError(f"the domain is military, auto or none, not {domain!r}")
    found = [_in_sentence(document.sentence(number), index) for number in range(len(document.sentences))]
    martial = [{m.concept.id for m in ms if _certain(m)} for _, ms, _ in found]
    military = _military(martial, domain)
    return tuple(
        _gated(mention, sentence_words, hits, around, military[number], (number, document.sentences[number].span.start))
        for number, (sentence_words, around, hits) in enumerate(found)
        for mention in around
    )


def within(found: Sequence[Mention], sentences: range, start: int) -> tuple[Mention, ...]:
    """The mentions in these sentences, by their places in the part of the text that begins at `start` with the first.

    What the whole article is about stays with them.
    """
    first, last = (bisect_left(found, n, key=lambda m: m.sentence) for n in (sentences.start, sentences.stop))
    return tuple(
        replace(m, span=m.span.shifted(-start), sentence=m.sentence - sentences.start) for m in found[first:last]
    )


def _certain(mention: Mention) -> bool:
    return mention.concept.ambiguity == 0 and mention.concept.subject in martial_subjects()


def _military(martial: Sequence[set[str]], domain: str) -> list[str]:
    """For each sentence `article` if the article is about war, `around` if only its surroundings are, else nothing."""
    if domain != "auto":
        return ["article" if domain == "military" else ""] * len(martial)
    everywhere: set[str] = set().union(*martial) if martial else set()
    if len(everywhere) < ENOUGH:
        return [""] * len(martial)
    if sum(bool(met) for met in martial) * DENSE >= len(martial):
        return ["article"] * len(martial)
    verdicts = []
    for number in range(len(martial)):
        near = set().union(*martial[max(0, number - WINDOW) : number + WINDOW + 1])
        verdicts.append("around" if len(near) >= AROUND else "")
    return verdicts


@recent(512)
def _in_sentence(text: str, index: TermIndex) -> tuple[tuple[Word, ...], tuple[Mention, ...], tuple[Hit, ...]]:
    """The words of a sentence, the longest terms met in it, and all phrases; places count from its beginning."""
    sentence_words = words(text, "en")
    hits = matcher.hits(index.english, sentence_words, text)
    if not hits:
        return sentence_words, (), ()
    mentions_here: dict[tuple[int, int, int], Mention] = {}
    for hit in sorted((h for h in hits if h.labels[1] == TERM), key=lambda h: (h.first, -h.last, h.labels)):
        if _denied(hit, hits) or _hyphenated(hit, sentence_words, text, index):
            continue
        concept = index.glossary.concepts[hit.labels[0]]
        mention = Mention(concept, hit.labels[0], hit.labels[2], hit.span, 0, hit.first, hit.last)
        mentions_here.setdefault((hit.labels[0], hit.first, hit.last), mention)
    longest = tuple(m for m in mentions_here.values() if not _nested(m, mentions_here.values()))
    return sentence_words, longest, tuple(hits)


def _denied(hit: Hit, hits: Iterable[Hit]) -> bool:
    """Whether a collocation or cue says that it is another sense, and no longer one beside it that it is this one."""
    against = supporting = 0
    for other in hits:
        if other.labels[0] != hit.labels[0]:
            continue
        kind, length = other.labels[1], other.last - other.first
        if kind == NOT_CUE or (kind == NOT_COLLOCATION and other.span.overlaps(hit.span)):
            against = max(against, length)
        elif kind == WITH_COLLOCATION and other.span.overlaps(hit.span):
            supporting = max(supporting, length)
    return against > 0 and against >= supporting


def _nested(mention: Mention, others: Iterable[Mention]) -> bool:
    """Whether a longer term holds the mention, or one that begins before it and is no shorter takes a part of it."""
    for other in others:
        if other.span.contains(mention.span) and len(other.span) > len(mention.span):
            return True
        before = other.first < mention.first < other.last < mention.last
        if before and other.last - other.first >= mention.last - mention.first:
            return True
    return False


@cache
def _prefixes() -> frozenset[str]:
    return frozenset(row["prefix"] for row in data.rows("hyphen_prefixes.csv"))


def _hyphenated(hit: Hit, sentence_words: Sequence[Word], text: str, index: TermIndex) -> bool:
    """Whether the term is only a part of a hyphenated word that means something else (counter-battery).

    An ambiguous term inside any hyphenated word is left alone, unless a name stands before it (Russian-occupied).
    """
    ambiguous = index.glossary.concepts[hit.labels[0]].ambiguity > 0
    if hit.first > 0 and text[hit.span.start - 1 : hit.span.start] == "-":
        before = sentence_words[hit.first - 1]
        if before.end == hit.span.start - 1 and (
            before.folded in _prefixes() or (ambiguous and not before.text[:1].isupper())
        ):
            return True
    if hit.last < len(sentence_words) and text[hit.span.end : hit.span.end + 1] == "-":
        return ambiguous and sentence_words[hit.last].start == hit.span.end + 1
    return False


def _gated(
    mention: Mention,
    sentence_words: Sequence[Word],
    hits: Sequence[Hit],
    around: Sequence[Mention],
    military: str,
    place: tuple[int, int],
) -> Mention:
    """The mention with its grounds, in the document: `place` is the number of its sentence and where that begins."""
    grounds, strong = _grounds(mention, sentence_words, hits, around, military)
    number, start = place
    span = mention.span.shifted(start)
    return replace(mention, span=span, sentence=number, grounds=grounds, strong=strong, military=military)


def _grounds(
    mention: Mention, sentence_words: Sequence[Word], hits: Sequence[Hit], around: Sequence[Mention], military: str
) -> tuple[str, bool]:
    """What lets the mention through, and whether that stands right beside it."""
    concept = mention.concept
    own = [h for h in hits if h.labels[0] == mention.number]
    collocations = [h for h in own if h.labels[1] == WITH_COLLOCATION and h.span.overlaps(mention.span)]
    certain = [m for m in around if m is not mention and m.concept.id != concept.id and _speaks(m, military)]
    beside = any(_distance(m, mention, sentence_words) < BESIDE for m in certain)
    if any(not _weak(h, mention, sentence_words) for h in collocations):
        return "collocation", True
    if concept.ambiguity == 0:
        return "always", beside
    if collocations and military:
        return "collocation", beside
    if _adjectival(mention, sentence_words):
        return "", False
    if concept.subject == "rank" and (title := _title(mention, sentence_words)) is not None:
        return ("title" if title and (military or certain) else ""), beside
    if _named(mention, sentence_words):
        return "", False
    if any(h.labels[1] == WITH_CUE for h in own):
        return "cue", beside
    if beside:
        return "neighbour", True
    if concept.ambiguity == 1 and military:
        return ("domain" if military == "article" else "passage"), False
    if certain and (concept.ambiguity == 1 or military):
        return "sentence", False
    return "", False


def _speaks(mention: Mention, military: str) -> bool:
    """Whether a mention speaks for the military sense of its neighbours; in a war article ambiguous ones too."""
    if mention.concept.subject not in martial_subjects():
        return False
    return mention.concept.ambiguity == 0 or (military != "" and mention.concept.ambiguity == 1)


def _distance(one: Mention, other: Mention, sentence_words: Sequence[Word]) -> int:
    """How many words with content stand between two mentions."""
    first, last = min(one.last, other.last), max(one.first, other.first)
    return sum(word.folded not in _function_words() for word in sentence_words[first:last])


def _weak(hit: Hit, mention: Mention, sentence_words: Sequence[Word]) -> bool:
    """Whether a collocation adds nothing but function words to the term (charges for): then it proves little."""
    return all(
        word.folded in _function_words()
        for number, word in enumerate(sentence_words[hit.first : hit.last], hit.first)
        if not mention.first <= number < mention.last
    ) and (hit.first, hit.last) != (mention.first, mention.last)


@cache
def _function_words() -> frozenset[str]:
    rows = data.rows("function_words.csv")
    return context_words("function") | {row["word"] for row in rows if row["lang"] == "en"}


def _adjectival(mention: Mention, sentence_words: Sequence[Word]) -> bool:
    """Whether an ambiguous noun that is an adjective too stands before a noun of its own (an offensive joke)."""
    own = sentence_words[mention.last - 1]
    if mention.concept.pos != "noun" or mention.last == len(sentence_words) or not own.text.islower():
        return False
    if not own.folded.endswith(tuple(context_words("adjectival"))):
        return False
    after = sentence_words[mention.last]
    if after.folded in _function_words() or not after.text.islower() or after.start != own.end + 1:
        return False
    return not after.folded.endswith(("ed", "ly")) and after.folded not in english.past_forms()


def _title(mention: Mention, sentence_words: Sequence[Word]) -> bool | None:
    """Whether a rank is a person's: before a name, or after a determiner and before the end of the noun phrase.

    None if the form decides nothing.
    """
    after = sentence_words[mention.last] if mention.last < len(sentence_words) else None
    before = sentence_words[mention.first - 1] if mention.first else None
    own = sentence_words[mention.first]
    if own.text[:1].isupper() and after is not None and after.text[:1].isupper() and not after.text.isupper():
        return True
    if own.text[:1].islower() and after is not None and after.folded.isalpha():
        return after.text[:1].isupper() or after.folded in context_words("follower")
    if before is not None and before.folded in context_words("determiner"):
        return True
    return None


def _named(mention: Mention, sentence_words: Sequence[Word]) -> bool:
    """Whether an ambiguous term with a capital inside a sentence is (a part of) a proper name."""
    own = sentence_words[mention.first]
    if mention.first == 0 or not own.text[:1].isupper() or own.text.isupper():
        return False
    if any(part.islower() for part in (w.text for w in sentence_words[mention.first : mention.last])):
        return False
    lower = sum(word.text[:1].islower() for word in sentence_words)
    # In a headline with capitals everywhere a capital says nothing.
    return lower * 2 >= len(sentence_words) and mention.concept.subject not in ("rank", "unit")


_MARKS = re.compile(r"[«»“”„\"]")


def quoted_ranges(text: str, document: Document) -> tuple[list[int], list[int]]:
    """The starts and ends of what stands in quotation marks, paragraph by paragraph."""
    starts: list[int] = []
    ends: list[int] = []
    for paragraph in document.paragraphs:
        opened: int | None = None
        for mark in _MARKS.finditer(text, paragraph.span.start, paragraph.span.end):
            if opened is None and mark.group() not in "»":
                opened = mark.end()
            elif opened is not None and mark.group() not in "«„":
                starts.append(opened)
                ends.append(mark.start())
                opened = None
    return starts, ends


def is_quoted(span: Span, ranges: tuple[list[int], list[int]]) -> bool:
    """Whether the span lies inside one of the ranges of `quoted_ranges`."""
    starts, ends = ranges
    place = bisect_right(starts, span.start) - 1
    return place >= 0 and span.end <= ends[place]
