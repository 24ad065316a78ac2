"""Verbs that introduce words somebody said, looked up by form; pronouns of the person who speaks."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from glossary import data
from glossary.text.recent import WORDS

WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")

_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "ё": "е"})


@lru_cache(maxsize=WORDS)
def plain(word: str) -> str:
    """The key under which a word form is looked up: lower case, straight apostrophes, no ё."""
    return word.lower().translate(_APOSTROPHES)


def _past(form: str, lang: str) -> Iterator[str]:
    """The genders and the plural of a past form.

    >>> list(_past("признался", "ru"))
    ['признался', 'призналась', 'признались', 'призналось']
    >>> list(_past("сказав", "uk"))
    ['сказав', 'сказала', 'сказали', 'сказало']
    """
    yield form
    if lang == "ru" and form.endswith("л"):
        yield from (form + "а", form + "и", form + "о")
    elif lang == "ru" and form.endswith("лся"):
        yield from (form[:-2] + "ась", form[:-2] + "ись", form[:-2] + "ось")
    elif lang == "ru" and form.endswith(("с", "г")):
        yield from (form + "ла", form + "ли", form + "ло")
    elif lang == "uk" and form.endswith("вся"):
        for ending in ("лася", "лась", "лися", "лись", "лося"):
            yield form[:-3] + ending
        yield form[:-2] + "сь"
    elif lang == "uk" and form.endswith("в"):
        yield from (form[:-1] + "ла", form[:-1] + "ли", form[:-1] + "ло")


@cache
def forms(lang: str) -> Mapping[str, tuple[str, str]]:
    """Every listed form of the speech verbs of a language, with lemma and manner."""
    found: dict[str, tuple[str, str]] = {}
    for row in data.rows("speech_verbs.csv"):
        if row["lang"] != lang:
            continue
        for form in (*_past(row["past"], lang), *row["present"].split()):
            if form:
                found.setdefault(plain(form), (row["lemma"], row["manner"]))
    return MappingProxyType(found)


def verbs(text: str, lang: str, start: int = 0, end: int | None = None) -> Iterator[tuple[re.Match[str], str, str]]:
    """The speech verbs in a part of a text: match, lemma, manner."""
    known = forms(lang)
    for match in WORD.finditer(text, start, len(text) if end is None else end):
        entry = known.get(plain(match.group()))
        if entry is not None:
            yield match, *entry


@cache
def listed(lang: str, name: str) -> frozenset[str]:
    """A list of small words of a language, as keys of `plain`; empty for other languages."""
    return frozenset(plain(word) for word in data.toml("quote_words.toml").get(lang, {}).get(name, "").split())


@cache
def pattern(lang: str, name: str) -> str:
    """A regular expression of a language; for other languages one that matches nothing."""
    return str(data.toml("quote_words.toml").get(lang, {}).get(name, "(?!)"))


@cache
def _speaking(lang: str) -> frozenset[str]:
    table = data.toml("quote_integrity.toml").get(lang, {})
    own = table.get("own", "").split()
    return frozenset(plain(word) for word in table.get("first", "").split()) - frozenset(own)


def speaks(text: str, lang: str, start: int, end: int) -> bool:
    """Whether a part of a text has a word for "I" or "we"."""
    known = _speaking(lang)
    return bool(known) and any(plain(m.group()) in known for m in WORD.finditer(text, start, end))
