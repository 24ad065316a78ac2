"""The words of an English article that say in which language, where and through whom something was said.

Lists and phrases are in data/cues.toml; here they are compiled and looked up.
"""

import re
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from sys import intern
from typing import Any

from glossary import data
from glossary.text.recent import recent
from glossary.text.sieves import Sieve, Sieves, sieve, sieves
from glossary.text.spans import Span

_BETWEEN = re.compile(r";(?![^\[\]]*\])")  # what separates entries, and is no character of a class
_WORDS = re.compile(r"[^\W_]+(?:[.’'-]+[^\W_]+)*\.?")


_PASSED_ON = re.compile(
    r"\b(?:reported|published|released|translated|subtitled|carried|appeared|summari[sz]ed|retold|rendered|quoted)"
    r"(?: [\w'-]+){0,3} in\b"
)


_MEDIATOR = re.compile(r"\b(?:by|through|via|with) (?:an?|the|his|her|their|our|my) (?:[\w'-]+ ){1,4}who (?:also )?$")
"""What stands before `speaks English` where somebody who passed the words on is meant."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A place in the text that says something, and what: a language, an origin, a role."""

    value: str
    span: Span
    note: str


@cache
def _table() -> Mapping[str, Any]:
    return data.toml("cues.toml")


def _list(cell: str) -> tuple[str, ...]:
    return tuple(entry.strip() for entry in _BETWEEN.split(cell) if entry.strip())


def _pattern(phrase: str) -> str:
    """A phrase of the table as a regular expression: * for the end of a word, apostrophes straight."""
    source = re.sub(r"(?<=[A-Za-z)])\*", "[a-z'-]*", phrase.strip().replace("’", "'"))
    if source.startswith("(") and ")" in source:
        return f"(?i:{source[1:]}"
    return f"[{source[0].upper()}{source[0]}]{source[1:]}" if source[:1].islower() else source


@cache
def origins() -> tuple[tuple[str, Sieves], ...]:
    """Origin and its patterns, in the order in which they are tried."""
    return tuple(
        (origin, sieves([_pattern(entry) for entry in _list(cell)], r"(?<![\w-])", r"(?![\w-])"))
        for origin, cell in _table()["origins"].items()
    )


@cache
def choice(name: str) -> Sieves:
    """One of the longer lists of expressions of the table."""
    return sieves(_table()["choices"][name])


@cache
def own() -> Sieves:
    """Phrases that say that somebody spoke to the writer."""
    return sieves([_pattern(entry) for entry in _list(_table()["interviews"]["own"])], r"(?<![\w-])")


@cache
def phrases(table: str, key: str, case: bool = True) -> Sieve:
    """One list of the table as one pattern."""
    listed = sorted(_list(_table()[table][key]), key=len, reverse=True)
    return sieve(r"(?<![\w-])(?:" + "|".join(map(_pattern, listed)) + ")", 0 if case else re.IGNORECASE)


@cache
def pattern(name: str) -> Sieve:
    """One of the regular expressions of the table."""
    return sieve(_table()["patterns"][name])


@cache
def offices() -> tuple[tuple[str, Sieve], ...]:
    """Language and the pattern of offices and genres that belong to it."""
    return tuple((lang, phrases("offices", lang)) for lang in _table()["offices"])


@cache
def language_name(lang: str) -> str:
    """The English name of a language: `language_name("uk") == "Ukrainian"`; the code itself if it has none."""
    names = _list(_table()["languages"].get(lang, ""))
    return names[0] if names else lang


@cache
def _words_of(table: str) -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for lang, cell in _table()[table].items():
        for entry in _list(cell):
            words = tuple(entry.replace("’", "'").split())
            found.setdefault(words[0], []).append((words[1:], lang))
    return {first: tuple(sorted(rest, key=lambda entry: -len(entry[0]))) for first, rest in found.items()}


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The words of a stretch of text with straight apostrophes, where they begin and end in it, the forms under which
    each may be listed (Moscow's, Russians), and all of these. As small as can be: whole articles are kept."""

    words: tuple[str, ...]
    starts: "array[int]"
    ends: "array[int]"
    forms: tuple[tuple[str, ...], ...]
    known: frozenset[str]


@recent(1024)
def _stretch(text: str) -> _Stretch:
    """Read a stretch; several lists are looked for in it."""
    matches = list(_WORDS.finditer(text))
    words = tuple([intern(match.group().replace("’", "'")) for match in matches])
    starts, ends = (array("I", [place(match) for match in matches]) for place in (re.Match.start, re.Match.end))
    forms = tuple([_forms(word) for word in words])
    return _Stretch(words, starts, ends, forms, frozenset().union(*forms))


@lru_cache(maxsize=1 << 14)
def _forms(word: str) -> tuple[str, ...]:
    bare = (word, word.rstrip("."), word.removesuffix("'s"), word.removesuffix("s"), word.removesuffix("'"))
    return tuple(dict.fromkeys(bare))


def found(table: str, text: str, start: int, end: int) -> Iterator[Cue]:
    """The entries of a list of names (nationalities, places, people) in a stretch of text, in order."""
    index = _words_of(table)
    stretch = _stretch(text[start:end])
    if index.keys().isdisjoint(stretch.known):
        return
    plain = stretch.words
    free = 0
    for at, forms in enumerate(stretch.forms):
        if at < free or index.keys().isdisjoint(forms):
            continue
        for key in forms:
            hit = next(
                ((rest, lang) for rest, lang in index.get(key, ()) if plain[at + 1 : at + 1 + len(rest)] == rest),
                None,
            )
            if hit is not None:
                free = at + len(hit[0]) + 1
                yield Cue(hit[1], Span(start + stretch.starts[at], start + stretch.ends[free - 1]), table)
                break


def nation(text: str) -> str | None:
    """The language of the first nationality in a short text, None if it names none."""
    return next((cue.value for cue in found("nationalities", text, 0, len(text))), None)


def language_of(text: str) -> str | None:
    """The language of the first nationality or else the first place in a short text."""
    return nation(text) or next((cue.value for cue in found("places", text, 0, len(text))), None)


@cache
def unnamed() -> Mapping[str, str]:
    """Noun for an organisation that goes without a name (state media, police) → role."""
    return {noun: role for role, cell in _table()["unnamed"].items() for noun in _list(cell)}


@cache
def kinds() -> Mapping[str, str]:
    """Noun for a sort of organisation → role."""
    return {noun: role for role, cell in _table()["kinds"].items() for noun in _list(cell)}


def kind_word(word: str) -> bool:
    """Whether a word is, or is part of, a noun for a sort of organisation."""
    return word in _kind_words()


@cache
def _kind_words() -> frozenset[str]:
    return frozenset(word for noun in kinds() for word in noun.split() if len(word) > 2)


def people(text: str, start: int, end: int) -> tuple[str, ...]:
    """The nouns for people in a stretch of text that a later sentence may take up: the soldier, the man."""
    return tuple(match.group() for match in phrases("words", "people").finditer(text, start, end))


def platform(name: str) -> bool:
    """Whether people post their own words on what is called so: no outlet, whatever noun stands beside it."""
    return bool(pattern("platform").fullmatch(name))


def mastheads() -> tuple[str, ...]:
    """Words that names of newspapers end in."""
    return _list(_table()["words"]["mastheads"])


@cache
def forms(place: str) -> Mapping[str, str]:
    """The words that names of outlets begin (`first`) or end (`last`) with → the language they belong to."""
    return {word: lang for lang, cell in _table()[f"form_{place}"].items() for word in _list(cell)}


@cache
def _domains() -> Mapping[str, str]:
    return {ending: lang for lang, cell in _table()["form_domains"].items() for ending in _list(cell)}


def domain(ending: str) -> str | None:
    """The language of websites whose address ends so; None for what is no such ending."""
    return _domains().get(ending)


@cache
def articles() -> frozenset[str]:
    """Articles that names of outlets in other languages begin with: Le, Der, El."""
    return frozenset(_list(_table()["words"]["articles"]))


@cache
def _no_outlets() -> frozenset[str]:
    return frozenset(_list(_table()["words"]["no_outlets"]))


def no_outlet(name: str) -> bool:
    """Whether what has the form of an outlet's name is a person, a place or a thing: Le Pen, El Salvador."""
    return name in _no_outlets() or (
        len(name.split()) == 2 and nation(name.split()[0]) is not None and name[-2:] == "TV"
    )


@cache
def _finite() -> frozenset[str]:
    return frozenset(_list(_table()["words"]["finite"]))


@cache
def ordinary() -> frozenset[str]:
    """Names of outlets that are also ordinary words or names of people."""
    return frozenset(_list(_table()["words"]["ordinary"]))


def finite(word: str) -> bool:
    """Whether a word is a finite verb that is no noun or participle."""
    return word in _finite()


@cache
def qualifiers() -> frozenset[str]:
    """Adjectives that may stand before such a noun."""
    return frozenset(_list(_table()["words"]["qualifiers"]))


def explicit(text: str, start: int, end: int) -> Iterator[Cue]:
    """Places that name the language in which something was said: `speaking in English`."""
    names = language_names()
    for kind, pattern in _explicit():
        for match in pattern.finditer(text, start, end):
            passed_on = _PASSED_ON.search(text, max(start, match.start() - 30), match.end())
            if not passed_on and not _MEDIATOR.search(text, max(start, match.start() - 60), match.start()):
                yield Cue(names[match["language"]], Span(*match.span()), kind)


@cache
def language_names() -> Mapping[str, str]:
    """The codes of languages by English name."""
    return {name: lang for lang, cell in _table()["languages"].items() for name in _list(cell)}


@cache
def _explicit() -> tuple[tuple[str, Sieve], ...]:
    choice = "|".join(sorted(map(re.escape, language_names()), key=len, reverse=True))
    after = "|".join(sorted(_list(_table()["explicit_end"]["words"])))
    compiled = []
    for kind, template in _table()["explicit"].items():
        source = re.sub(r"(?<=[a-z])\*", "[a-z]*", template).replace("%s", f"(?P<language>{choice})")
        source = source.replace("%e", rf"\b(?!-)(?= (?:{after})\b|\W*$| ?[^\w\s'-]|\s*\n| \d)")
        compiled.append((kind, sieve(source)))
    return tuple(compiled)


@cache
def unnaming() -> frozenset[str]:
    """Words of a description that name nobody: pronouns, titles, ranks."""
    table = data.toml("speakers.toml")
    return frozenset(table["pronouns"].split()) | frozenset(table["titles"].split())


@lru_cache(maxsize=4096)
def nameless(word: str) -> bool:
    """Whether a capitalised word names a place or a people, or stands for somebody named elsewhere (His)."""
    listed = data.toml("speakers.toml")["determiners"].split()
    return word.casefold() in listed or any(True for _ in found("places", word, 0, len(word)))


@cache
def _international() -> frozenset[str]:
    return frozenset(_list(_table()["words"]["international"]))


def international(name: str) -> bool:
    """Whether a Russian given name is borne elsewhere as well, so that only the family name tells."""
    return name in _international()


def place(name: str) -> bool:
    """Whether a name of a people is that of a place: Moscow, for its government."""
    return any(True for _ in found("places", name, 0, len(name)))


_NEXT_NAME = re.compile(r" (?:[A-Z][a-z]+(?:vich|vna|vych|vna) )?(?P<name>[A-Z][A-Za-z'-]+)")
_VERBAL = re.compile(r"\b(?:is|was|were|are|has|had|have|would|will|said|says|told|fired|had|did|do)\b")


def verbal(text: str) -> bool:
    """Whether a stretch has a finite verb, so that it cannot be part of a name."""
    return bool(_VERBAL.search(text))


@cache
def _surnames() -> tuple[tuple[str, "re.Pattern[str]"], ...]:
    return tuple(
        (lang, re.compile(r"\b[A-Z][a-z']{2,}(?:" + "|".join(_list(cell)) + r")\b"))
        for lang, cell in _table()["surnames"].items()
    )


def surname(text: str, span: Span) -> Cue | None:
    """A family name whose ending belongs to one language, after a given name or a title."""
    for lang, pattern in _surnames():
        for match in pattern.finditer(text, span.start, span.end):
            if match.group().casefold() not in unnaming():
                return Cue(lang, Span(*match.span()), "surname")
    return None


def slavic_surname(text: str, at: int) -> bool:
    """Whether the word that follows is a family name of a Russian or Ukrainian form."""
    following = _NEXT_NAME.match(text, at)
    if following is None:
        return False
    name = surname(text, Span(*following.span("name")))
    return name is not None and name.value in ("ru", "uk")


def search_noun(lang: str, origin: str) -> str:
    """What the search for an original of this origin is called in the target language."""
    return str(_table()["search"].get(lang, {}).get(origin, ""))
