"""Whether a rendering turned what was said: denied what was stated, or put the words into another person's mouth.

Both prefer silence: other languages deny and name persons in other places.
"""

import re
from dataclasses import dataclass
from functools import cache

from glossary import data
from glossary.quotes import verbs

_TWO_DENIALS = re.compile(r"n[’']t\b[^.!?;:]{1,40}\b(?:and|or)\b (?:\w+ )?\w+n[’']t\b")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")
_SHORTEST, _LONGEST = 3, 22  # words of what is compared


@dataclass(frozen=True, slots=True)
class Turned:
    """A denial that only the source has (`lost`) or only the rendering, and its word."""

    word: str
    lost: bool


@dataclass(frozen=True, slots=True)
class _Words:
    negators: frozenset[str]
    nearly: frozenset[str]
    stems: tuple[str, ...]
    harmless: tuple[str, ...]
    first: frozenset[str]
    third: frozenset[str]
    single: frozenset[str]
    several: frozenset[str]


@cache
def _words(lang: str) -> _Words | None:
    table = data.toml("quote_integrity.toml").get(lang)
    if table is None:
        return None

    def words(key: str) -> frozenset[str]:
        return frozenset(verbs.plain(word) for word in table[key].split() if not word.endswith("-"))

    return _Words(
        words("negators"),
        words("nearly"),
        tuple(verbs.plain(word[:-1]) for word in table["nearly"].split() if word.endswith("-")),
        tuple(verbs.plain(phrase.strip()) for phrase in table.get("harmless", "").split(";") if phrase.strip()),
        words("first"),
        words("third"),
        words("single"),
        words("several"),
    )


@dataclass(frozen=True, slots=True)
class _Denials:
    """The negators of a text, whether a word in it may deny without being one, and how many words it has."""

    negators: tuple[str, ...]
    nearly: bool
    length: int


def negation(source: str, target: str, langs: tuple[str, str]) -> Turned | None:
    """What only one of a quote and its rendering denies, None if nothing is sure; `langs` are theirs.

    Quotes of several sentences are compared sentence by sentence where both have as many.

    >>> negation("We will not leave.", "Мы уйдём.", ("en", "ru"))
    Turned(word='not', lost=True)
    """
    ones, others = _SENTENCE.split(source.strip()), _SENTENCE.split(target.strip())
    if len(ones) != len(others):
        ones, others = [source], [target]
    for one, other in zip(ones, others, strict=True):
        turned = _turned(one, other, langs)
        if turned is not None:
            return turned
    return None


def _turned(source: str, target: str, langs: tuple[str, str]) -> Turned | None:
    one, other = _denials(source, langs[0]), _denials(target, langs[1])
    fitting = _SHORTEST <= one.length <= _LONGEST and _SHORTEST <= other.length <= _LONGEST
    if not fitting or "?" in source:
        return None
    if one.negators and not other.negators and not other.nearly:
        return Turned(one.negators[0], True)
    if other.negators and not one.negators and not one.nearly:
        return Turned(other.negators[0], False)
    if len(one.negators) == 2 and len(other.negators) == 1 and _TWO_DENIALS.search(source) and not other.nearly:
        return Turned(one.negators[1], True)
    return None


def _denials(text: str, lang: str) -> _Denials:
    known = _words(lang)
    plain = " ".join(verbs.plain(m.group()) for m in verbs.WORD.finditer(text))
    if known is None:
        return _Denials((), True, len(plain.split()))
    whole = plain
    for phrase in known.harmless:
        plain = f" {plain} ".replace(f" {phrase} ", " ").strip()
    words = plain.split()
    negators = tuple(w for w in words if w in known.negators or (lang == "en" and w.endswith("n't")))
    nearly = any(w not in known.negators and (w in known.nearly or w.startswith(known.stems)) for w in words)
    return _Denials(negators, nearly or plain != whole, len(words))


def person(source: str, target: str, langs: tuple[str, str]) -> tuple[str, str] | None:
    """The words of a quote and of its rendering that speak of different persons, None if none surely do."""
    one, other = _words(langs[0]), _words(langs[1])
    if one is None or other is None:
        return None
    said = [verbs.plain(m.group()) for m in verbs.WORD.finditer(source)]
    rendered = [verbs.plain(m.group()) for m in verbs.WORD.finditer(target)]
    alone, joined = [w for w in said if w in one.single], [w for w in rendered if w in other.several]
    if alone and joined and not any(w in one.several for w in said) and not any(w in other.single for w in rendered):
        return alone[0], joined[0]
    first = [w for w in said if w in one.first]
    third = [w for w in rendered if w in other.third]
    several = any(w in ("we", "us", "our", "ours") for w in first)
    if several:
        third = [w for w in third if w in ("они", "вони", "их", "їх", "им", "їм", "ними")]
    elif len(said) > 8:
        return None
    if first and third and not any(w in one.third for w in said) and not any(w in other.first for w in rendered):
        return first[0], third[0]
    return None
