"""The index of a glossary for one pair of languages: where its concepts occur in a text, in any inflected form."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from glossary import data
from glossary.terms import matcher
from glossary.terms.concepts import Concept, Glossary, Rendering
from glossary.terms.matcher import CASED, DOTTED, LINES, TIED, UPPER, Phrase, PhraseTable
from glossary.text import english, slavic
from glossary.text.spans import Span
from glossary.text.words import Word, words

TERM, NOT_COLLOCATION, NOT_CUE, WITH_COLLOCATION, WITH_CUE = range(5)
FORMAT = 7
UNINFLECTED = ("adj", "adjective", "adverb", "adv", "fixed")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A concept met in a text by one of its terms; `status` is that of the rendering (`english` in English)."""

    concept: Concept
    span: Span
    rendering: Rendering
    status: str


@dataclass(frozen=True, eq=False)
class TermIndex:
    """A glossary ready to match English and one target language.

    Labels of English phrases are (concept, kind, number of the English term), those of target phrases (concept,
    number of the rendering). An index is equal to itself only, so that what was found with it can be kept by it.
    """

    glossary: Glossary
    target_lang: str
    english: PhraseTable
    target: PhraseTable

    @cached_property
    def narrower(self) -> dict[str, tuple[str, ...]]:
        """For each concept those that name it as broader."""
        return self.glossary.narrower()

    def find(self, text: str, lang: str) -> tuple[Occurrence, ...]:
        """The concepts whose terms occur in `text` in any form, longest first match, by place.

        `lang` is `en` or the target language of the index; ValueError for another. The whole text is one sentence.
        """
        if lang not in ("en", self.target_lang):
            raise ValueError(f"this index knows en and {self.target_lang}, not {lang}")
        table = self.english if lang == "en" else self.target
        found: dict[tuple[str, Span], Occurrence] = {}
        hits = matcher.hits(table, words(text, lang), text)
        for hit in sorted(hits, key=lambda h: (h.span.start, -h.span.end, h.labels)):
            concept = self.glossary.concepts[hit.labels[0]]
            if lang != "en":
                rendering = concept.renderings[hit.labels[1]]
                found.setdefault((concept.id, hit.span), Occurrence(concept, hit.span, rendering, rendering.status))
            elif hit.labels[1] == TERM:
                rendering = concept.english[hit.labels[2]]
                found.setdefault((concept.id, hit.span), Occurrence(concept, hit.span, rendering, "english"))
        return tuple(found.values())

    def dump(self) -> bytes:
        """Everything but the glossary, as UTF-8 text for a cache."""
        content = self.english.dump() + b"\n" + self.target.dump()
        return b"%s\n%s" % (_first_line(content), content)


def restore(glossary: Glossary, target_lang: str, dumped: bytes) -> TermIndex:
    """The index back from what `TermIndex.dump` gave; ValueError if it is something else."""
    head, _, content = dumped.partition(b"\n")
    if head != _first_line(content):
        raise ValueError("no index of this format, or a damaged one")
    lines = content.split(b"\n")
    source, target = PhraseTable.restore(lines[:LINES]), PhraseTable.restore(lines[LINES:])
    if source.lang != "en" or target.lang != target_lang:
        raise ValueError("an index of another language")
    return TermIndex(glossary, target_lang, source, target)


def _first_line(content: bytes) -> bytes:
    return f"tolmach terms {FORMAT} {hashlib.sha256(content).hexdigest()}".encode("ascii")


def build_index(glossary: Glossary, target_lang: str) -> TermIndex:
    """The index of `glossary` for English and `target_lang` (`ru` or `uk`). Takes seconds for a thousand concepts."""
    concepts = glossary.concepts
    source = matcher.build(_english_phrases(concepts), "en", lambda word, mode: english.forms(word, mode))
    targets = (
        phrase
        for number, concept in enumerate(concepts)
        for place, rendering in enumerate(concept.renderings)
        if rendering.lang == target_lang
        for phrase in target_phrases(rendering, (number, place))
    )
    target = matcher.build(targets, target_lang, lambda word, mode: _target_forms(word, mode, target_lang))
    return TermIndex(glossary, target_lang, source, target)


@cache
def context_words(kind: str) -> frozenset[str]:
    """English words that are of one kind to the matching of terms: function, determiner, follower."""
    return frozenset(row["word"] for row in data.rows("term_context.csv") if row["kind"] == kind)


@cache
def martial_subjects() -> frozenset[str]:
    """The subjects whose unambiguous terms speak for an article about war."""
    return frozenset(row["subject"] for row in data.rows("subjects.csv") if row["martial"] == "yes")


@cache
def scanned_subjects() -> frozenset[str]:
    """The subjects whose forbidden renderings are looked for even where the English term is not in the bead."""
    return frozenset(row["subject"] for row in data.rows("subjects.csv") if row["scan"] == "yes")


def _english_phrases(concepts: Iterable[Concept]) -> Iterator[Phrase]:
    for number, concept in enumerate(concepts):
        own: set[str] = set()
        bases = {rendering.text.casefold() for rendering in concept.english}
        for place, rendering in enumerate(concept.english):
            parts = words(rendering.text, "en")
            own.update(lemma for part in parts for lemma in _content_lemmas(part))
            yield from english_phrases(rendering, parts, concept.pos, (number, TERM, place))
        for items, collocation, cue in (
            (concept.english_not, NOT_COLLOCATION, NOT_CUE),
            (concept.english_with, WITH_COLLOCATION, WITH_CUE),
        ):
            for item in items:
                parts = words(item, "en")
                overlapping = any(lemma in own for part in parts for lemma in _content_lemmas(part))
                keys = tuple((part.folded, _any_mode(part)) for part in parts)
                if overlapping and len(parts) == 1:
                    # The term itself: only another form of it says something (generals are persons).
                    if any(parts[0].folded == english_word for english_word in bases):
                        continue
                    keys = ((parts[0].folded, "fixed"),)
                flags = DOTTED if "." in item else 0
                yield Phrase(
                    tuple(part.text for part in parts), keys, (number, collocation if overlapping else cue), flags
                )


def _content_lemmas(word: Word) -> frozenset[str]:
    return frozenset() if word.folded in context_words("function") else english.lemmas(word.folded)


def _any_mode(word: Word) -> str:
    return "fixed" if word.folded in context_words("function") or not word.folded.isalpha() else "both"


def english_phrases(
    rendering: Rendering, parts: tuple[Word, ...], pos: str, labels: tuple[int, ...]
) -> Iterator[Phrase]:
    """The phrases for an English term: as given, and of two words also written as one (airstrike)."""
    if not parts:
        return
    flags = (DOTTED if "." in rendering.text else 0) | (CASED if rendering.cased else 0)
    if _acronym(parts):
        flags |= UPPER
    if "-" in rendering.text and any(part.folded in ("a", "i") for part in parts):
        flags |= TIED
    keys = []
    for place, part in enumerate(parts):
        mode = "noun"
        if rendering.fixed or pos in UNINFLECTED or part.folded in context_words("function"):
            mode = "fixed"
        elif pos == "verb" and place == 0:
            mode = "verb"
        elif not pos and len(parts) == 1 and not flags:
            mode = "both"
        keys.append((part.folded, mode))
    texts = tuple(part.text for part in parts)
    yield Phrase(texts, tuple(keys), labels, flags)
    if len(parts) == 2 and not flags and all(len(p.folded) > 2 and p.folded.isalpha() for p in parts):
        yield Phrase(("".join(texts),), (("".join(p.folded for p in parts), keys[1][1]),), labels, flags)


def target_phrases(rendering: Rendering, labels: tuple[int, ...]) -> Iterator[Phrase]:
    """The phrases for a rendering: each of its words in any form, unless it is fixed or an abbreviation."""
    parts = words(rendering.text, rendering.lang)
    if not parts:
        return
    flags = (DOTTED if "." in rendering.text else 0) | (CASED if rendering.cased else 0)
    if _acronym(parts):
        flags |= UPPER
    keys = tuple((p.folded, "fixed" if rendering.fixed or _upper(p) else "forms") for p in parts)
    yield Phrase(tuple(part.text for part in parts), keys, labels, flags)


def _upper(part: Word) -> bool:
    return part.text.isupper() and sum(map(str.isalpha, part.text)) > 1


def _acronym(parts: tuple[Word, ...]) -> bool:
    return all(part.text.isupper() or part.text.isdigit() for part in parts) and any(map(_upper, parts))


def _target_forms(word: str, mode: str, lang: str) -> frozenset[str]:
    if mode == "fixed" or len(word) < 2 or word.isascii() or not word.replace("'", "").isalpha():
        return frozenset({word})
    return slavic.forms(word, lang)
