"""Verbs that introduce words somebody said, looked up by form; pronouns of the person who speaks."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from glossary import data

WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")

_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "ё": "е"})


def plain(word: str) -> str:
    """The key under which a word form is looked up: lower case, straight apostrophes, no ё."""
    return word.lower().translate(_APOSTROPHES)


def _past(form: str, lang: str) -> Iterator[str]:
    """The genders and the plural of a past form.

    >>> list(_past("признался", "ru"))
    ['признался', 'призналась', 'признались']
    >>> list(_past("сказав", "uk"))
    ['сказав', 'сказала', 'сказали']
    """
    yield form
    if lang == "ru" and form.endswith("л"):
        yield from (form + "а", form + "и")
    elif lang == "ru" and form.endswith("лся"):
        yield from (form[:-2] + "ась", form[:-2] + "ись")
    elif lang == "ru" and form.endswith(("с", "г")):
        yield from (form + "ла", form + "ли")
    elif lang == "uk" and form.endswith("вся"):
        for ending in ("лася", "лась", "лися", "лись"):
            yield form[:-3] + ending
        yield form[:-2] + "сь"
    elif lang == "uk" and form.endswith("в"):
        yield from (form[:-1] + "ла", form[:-1] + "ли")


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


_SPEAKING = {
    "en": frozenset(["i", "i'm", "i've", "i'd", "i'll", "me", "my", "we", "we're", "we've", "we'll", "us", "our"]),
    "ru": frozenset(
        [
            "я",
            "меня",
            "мне",
            "мной",
            "мною",
            "мой",
            "моя",
            "мое",
            "мои",
            "моего",
            "моей",
            "моих",
            "мы",
            "нас",
            "нам",
            "нами",
            "наш",
            "наша",
            "наше",
            "наши",
            "нашей",
            "наших",
            "нашего",
        ]
    ),
    "uk": frozenset(
        [
            "я",
            "мене",
            "мені",
            "мною",
            "мій",
            "моя",
            "моє",
            "мої",
            "мого",
            "моєї",
            "моїх",
            "ми",
            "нас",
            "нам",
            "нами",
            "наш",
            "наша",
            "наше",
            "наші",
            "нашої",
            "наших",
            "нашого",
        ]
    ),
}


def speaks(text: str, lang: str, start: int, end: int) -> bool:
    """Whether a part of a text has a word for "I" or "we"."""
    known = _SPEAKING.get(lang)
    return known is not None and any(plain(m.group()) in known for m in WORD.finditer(text, start, end))
