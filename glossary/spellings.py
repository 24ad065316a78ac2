"""One name of the source written in several ways in the target.

A name is a capitalised English word that does not only stand at the beginning of sentences; its rendering is the
capitalised word of the same bead that sounds most like it. Case endings, fleeting vowels and adjectives made of a name
(Київ, Києва, Київська) are one spelling.
"""

from dataclasses import replace
from types import MappingProxyType

from glossary.alignment.beads import Alignment
from glossary.findings import Evidence, Finding
from glossary.text import slavic
from glossary.text.names import cyrillic, likeness
from glossary.text.recent import recent
from glossary.text.spans import Document, Span
from glossary.text.words import Word, words

SHORTEST = 4  # letters
ALIKE = 0.7
ENDING = 2  # letters that differ between the cases of one name
_ADJECTIVES = ("ский", "цкий", "ський", "цький", "зький")
Met = dict[str, list[tuple[Span, Word]]]


def check_spellings(alignment: Alignment) -> tuple[Finding, ...]:
    """name-inconsistent findings: one for each name with differing renderings, at the first that differs."""
    found = []
    for name, met in sorted(_renderings(alignment).items()):
        groups: list[list[tuple[Span, Word]]] = []
        for span, word in met:
            group = next((g for g in groups if _same(g[0][1].folded, word.folded, alignment.target.lang)), None)
            if group is None:
                groups.append([(span, word)])
            else:
                group.append((span, word))
        if len(groups) > 1:
            found.append(_finding(name, groups, alignment))
    return tuple(found)


def _renderings(alignment: Alignment) -> Met:
    """For each name of the source, where it stands and by which word of the target it is rendered."""
    met: Met = {}
    source_names = _names(alignment.source)
    target_names = _names(alignment.target)
    for bead in alignment.beads:
        theirs = [word for n in bead.target for word in target_names[n] if cyrillic(word.folded)]
        for word in (word for n in bead.source for word in source_names[n]):
            scored = sorted(((likeness(word.folded, other.folded), -k) for k, other in enumerate(theirs)), reverse=True)
            if scored and scored[0][0] >= ALIKE:
                met.setdefault(word.text, []).append((word.span, theirs[-scored[0][1]]))
    return met


def _names(document: Document) -> list[list[Word]]:
    """The names of each sentence."""
    found = [_capitalised(document.sentence(number), document.lang) for number in range(len(document.sentences))]
    inside = {word.folded[:SHORTEST] for sentence in found for place, word in sentence if place}
    return [
        [
            replace(word, start=word.start + sentence.span.start)
            for place, word in capitalised
            if place or word.folded[:SHORTEST] in inside
        ]
        for sentence, capitalised in zip(document.sentences, found, strict=True)
    ]


@recent(1024)
def _capitalised(sentence: str, lang: str) -> tuple[tuple[bool, Word], ...]:
    """Capitalised words of a sentence, with whether they stand inside it (not after its beginning or a mark)."""
    found = []
    for word in words(sentence, lang):
        if len(word.text) >= SHORTEST and word.text.istitle() and not any(map(str.isdigit, word.text)):
            before = sentence[max(0, word.start - 2) : word.start]
            found.append((before[-1:].isspace() and (before[:1].isalnum() or before[:1] == ","), word))
    return tuple(found)


def _same(one: str, other: str, lang: str) -> bool:
    """Whether two folded words are forms of one spelling, or one is an adjective made of the name."""
    shared = next((n for n, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), SHORTEST)
    if one.startswith(other) or other.startswith(one) or shared >= max(3, min(len(one), len(other)) - ENDING):
        return True
    lemmas = slavic.lemmas(one, lang), slavic.lemmas(other, lang)
    if set(lemmas[0]) & set(lemmas[1]):
        return True
    adjectives = [any(lemma.endswith(_ADJECTIVES) for lemma in side) for side in lemmas]
    return adjectives[0] != adjectives[1] and shared >= 2


def _finding(name: str, groups: list[list[tuple[Span, Word]]], alignment: Alignment) -> Finding:
    first, second = groups[0][0], groups[1][0]
    forms = ", ".join(f"«{group[0][1].text}» ({len(group)})" for group in groups)
    evidence = tuple(
        Evidence(side, span, note)
        for group in groups
        for side, span, note in (("source", group[0][0], ""), ("target", group[0][1].span, f"{len(group)} times"))
    )
    common = max(groups, key=len)[0][1].text
    return Finding(
        "name-inconsistent",
        alignment.bead_at_source(second[0].start),
        second[0],
        second[1].span,
        params=MappingProxyType({"name": name, "forms": forms, "first": first[1].text, "suggestion_sure": "no"}),
        suggestions=(common,),
        evidence=evidence,
    )
