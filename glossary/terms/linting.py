"""The glossary checked against itself."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from glossary import data
from glossary.terms.concepts import ACCEPTED, Concept, Glossary, LintFinding, Rendering
from glossary.text import slavic
from glossary.text.words import words

LANGUAGES = ("ru", "uk")
_FOREIGN = {"ru": re.compile("[іїєґІЇЄҐ]"), "uk": re.compile("[ыэъёЫЭЪЁ]")}
_MIXED = re.compile(r"[A-Za-z][Ѐ-ӿ]|[Ѐ-ӿ][A-Za-z]")


def lint(glossary: Glossary) -> tuple[LintFinding, ...]:
    """What is wrong with a glossary, in the order of its rows; the reader's problems first.

    Errors make a check say something false (a rendering both right and wrong), warnings make it noisy, notes are
    worth a look (a word no dictionary knows).
    """
    found = list(glossary.problems)
    subjects = frozenset(row["subject"] for row in data.rows("subjects.csv"))
    for concept in glossary:
        found += _row(concept, glossary, subjects)
        for lang in LANGUAGES:
            found += _renderings(concept, lang)
    found += _duplicates(glossary)
    return tuple(sorted(found, key=lambda f: (f.origin, f.line, f.column, f.rule, f.message)))


def _finding(concept: Concept, rule: str, message: str, severity: str = "warning") -> LintFinding:
    return LintFinding(f"glossary-{rule}", message, concept.origin, concept.line, 1, concept.id, severity)


def _row(concept: Concept, glossary: Glossary, subjects: frozenset[str]) -> Iterator[LintFinding]:
    if concept.subject not in subjects:
        yield _finding(concept, "subject", f"unknown subject {concept.subject!r}")
    if not concept.source:
        yield _finding(concept, "source", "no source")
    for broader in concept.broader:
        if broader not in glossary.by_id:
            yield _finding(concept, "broader", f"the broader concept {broader!r} does not exist", "error")
        elif broader == concept.id:
            yield _finding(concept, "broader", "the concept is its own broader concept", "error")
    for lang in LANGUAGES:
        if concept.of(lang) and concept.preferred(lang) is None:
            yield _finding(concept, "preferred", f"{lang}: renderings but no preferred one")


def _renderings(concept: Concept, lang: str) -> Iterator[LintFinding]:
    accepted = concept.of(lang, *ACCEPTED)
    forbidden = concept.of(lang, "forbidden")
    yield from _letters((*accepted, *concept.of(lang, "other")), concept, lang)
    keys = {_key(r): r for r in accepted}
    for r in forbidden:
        if not r.reason:
            yield _finding(concept, "reason", f"{lang}: «{r.text}» is forbidden without a reason")
        key = _key(r)
        if key in keys and keys[key].text == r.text:
            yield _finding(concept, "accepted-forbidden", f"{lang}: «{r.text}» is both accepted and forbidden", "error")
            continue
        for right in accepted:
            inner = _key(right)
            if _is_form(r, right, lang):
                message = f"{lang}: forbidden «{r.text}» is a form of accepted «{right.text}»"
                yield _finding(concept, "forbidden-form", message, "error")
            elif len(inner) < len(key) and any(key[n : n + len(inner)] == inner for n in range(len(key))):
                message = f"{lang}: accepted «{right.text}» is a part of forbidden «{r.text}»"
                yield _finding(concept, "nested-forbidden", message, "info")


def _key(rendering: Rendering) -> tuple[str, ...]:
    return tuple(word.folded for word in words(rendering.text, rendering.lang))


def _is_form(wrong: Rendering, right: Rendering, lang: str) -> bool:
    """Whether the wrong rendering would be found wherever the right one is inflected so."""
    one, other = _key(wrong), _key(right)
    if len(one) != len(other) or not one or wrong.text == right.text:
        return False
    if right.fixed or right.text.isupper() or wrong.cased or right.cased:
        return one == other and not wrong.cased and not right.cased
    return all(a == b or a in slavic.forms(b, lang) for a, b in zip(one, other, strict=True))


def _letters(renderings: Iterable[Rendering], concept: Concept, lang: str) -> Iterator[LintFinding]:
    for r in renderings:
        if _FOREIGN[lang].search(r.text):
            message = f"{lang}: «{r.text}» has letters that {'Russian' if lang == 'ru' else 'Ukrainian'} has not"
            yield _finding(concept, "foreign-letters", message, "error")
        if _MIXED.search(r.text):
            message = f"{lang}: «{r.text}» mixes Latin and Cyrillic letters in a word"
            yield _finding(concept, "foreign-letters", message, "error")
        if r.fixed or r.status == "other":
            continue
        for word in words(r.text, lang):
            letters = word.text.replace("’", "'")
            cyrillic = not letters.isascii() and letters.replace("'", "").isalpha()
            if cyrillic and len(letters) > 1 and not word.text.isupper() and not slavic.known(word.text, lang):
                message = f"{lang}: no dictionary has «{word.text}»; its forms are guessed (= keeps a form fixed)"
                yield _finding(concept, "unknown-word", message, "info")


def _duplicates(glossary: Glossary) -> Iterator[LintFinding]:
    """English terms that stand for several concepts of one part of speech."""
    owners: dict[tuple[tuple[str, ...], str], list[Concept]] = defaultdict(list)
    for concept in glossary:
        for r in concept.english:
            key = tuple(word.folded for word in words(r.text, "en")), concept.pos
            if concept not in owners[key][-1:]:
                owners[key].append(concept)
    for (parts, _), concepts in owners.items():
        for later in concepts[1:]:
            first = concepts[0]
            message = f"English “{' '.join(parts)}” stands for {first.id!r} too (line {first.line})"
            yield _finding(later, "duplicate-english", message)
