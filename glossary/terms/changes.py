"""Which texts a change of the glossary can touch.

A row acts on a pair only through words: its English terms and collocations met in the source, its renderings met in
the target, and the stems that both give the aligner. So a pair in which neither the old nor the new form of any changed
row is met comes out as before. Where rows changed places, or the first words of English phrases did, more is said to be
touched than is: never less.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from glossary.alignment.lexicon import Lexicon
from glossary.alignment.tokens import types_of, words_of
from glossary.terms import matcher
from glossary.terms.concepts import Concept, Glossary
from glossary.terms.index import TermIndex, build_index
from glossary.terms.matcher import PhraseTable
from glossary.text.spans import Document
from glossary.text.words import words

TARGETS = ("preferred", "admitted", "forbidden")


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """What is different between two glossaries: the rows as they were and as they are, and `firsts`, first words after
    which phrases of other lengths than before are looked for. `everything`: no pair is safe. `digest` names it all."""

    rows: tuple[Concept, ...] = ()
    firsts: frozenset[str] = frozenset()
    everything: bool = False
    digest: str = ""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Change) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def touches(self, source: Document, target: Document | None) -> bool:
        """Whether a pair with these documents can come out otherwise."""
        if self.everything:
            return True
        if not self.rows:
            return False
        if target is None or target.lang not in ("ru", "uk"):
            return True
        index, lexicon = _tables(self, target.lang)
        return (
            _met(index.english, source)
            or _met(index.target, target)
            or _known(self, lexicon, source, lambda text: bool(lexicon.renderings(text)))
            or _known(self, lexicon, target, lambda text: bool(lexicon.stems_of(text)))
        )


def change(before: Iterable[Concept], after: Iterable[Concept]) -> Change:
    """The change from one sequence of concepts to another. Where a row stands in its file does not count."""
    old, new = (
        {concept.id: replace(concept, line=0, origin="") for concept in concepts} for concepts in (before, after)
    )
    same = [name for name in old if old[name] == new.get(name)]
    if same != [name for name in new if old.get(name) == new[name]]:
        return Change(everything=True, digest="everything")
    unchanged = set(same)
    rows = [concept for rows in (old, new) for name, concept in rows.items() if name not in unchanged]
    was, will = _first_words(old.values()), _first_words(new.values())
    firsts = frozenset(first for first in was.keys() | will.keys() if was.get(first) != will.get(first))
    digest = hashlib.sha256(repr((rows, sorted(firsts))).encode("utf-8", "surrogatepass")).hexdigest()
    return Change(tuple(rows), firsts, digest=digest)


def _first_words(concepts: Iterable[Concept]) -> dict[str, tuple[int, ...]]:
    """For the first word of every English phrase the lengths of such phrases, as the aligner knows them."""
    lexicon = Lexicon("").with_pairs((english.text, ["x"]) for concept in concepts for english in concept.english)
    return dict(lexicon.phrases)


@lru_cache(maxsize=64)
def _tables(changed: Change, lang: str) -> tuple[TermIndex, Lexicon]:
    lexicon = Lexicon(lang).with_pairs(
        (english.text, [rendering.text for rendering in concept.of(lang, *TARGETS)])
        for concept in changed.rows
        for english in concept.english
    )
    return build_index(Glossary(changed.rows), lang), lexicon


def _met(table: PhraseTable, document: Document) -> bool:
    for sentence in document.sentences:
        here = words(sentence.span.of(document.text), table.lang, sentence.span.start)
        if matcher.hits(table, here, document.text):
            return True
        # A form that a row brings in hides what the word would be without its ending: NATO's, 155mm.
        if any(table.classes_of(w.folded) for w in here if "'" in w.folded or w.folded[:1].isdigit()):
            return True
    return False


def _known(changed: Change, lexicon: Lexicon, document: Document, asked: Callable[[str], bool]) -> bool:
    sentences: Sequence[str] = [sentence.span.of(document.text) for sentence in document.sentences]
    plain = {word for sentence in sentences for word in words_of(sentence, document.lang)}
    if document.lang == "en" and not changed.firsts.isdisjoint(plain):
        return True
    phrases = {item.text for item in types_of(sentences, document.lang, lexicon.phrases).items}
    return any(map(asked, plain | phrases))
