"""Light stems of words in three languages, for telling renderings of one utterance apart from other sentences.

A stem here is only a key for comparing: no dictionary is asked, because comparing thousands of pairs a second leaves no
time for morphology, and a common beginning of two stems makes up for most of what a stemmer leaves on.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from sys import intern

from glossary import data
from glossary.text.numbers import number_words
from glossary.text.recent import WORDS, recent

TIERS = (("function", 0.18), ("frequent", 0.45), ("common", 0.7), ("known", 0.88))

UNMET = 0.91
_FIGURE, _LEAST_RARE = 0.8, 0.06
_EVERYWHERE, _NOWHERE = 7.6, 3.0  # Zipf values of the most frequent word, and of one that weighs 1

_WORD = re.compile(r"[^\W_]+(?:['’ʼ`\-‐‑][^\W_]+)*")
_DROPPED = {0xAD: None, 0x301: None, 0x200B: None, 0x200C: None, 0x200D: None, 0xFEFF: None}
_FOLDED = {ord(letter): "'" for letter in "’ʼ`ʹ‘´"} | {ord("‐"): "-", ord("‑"): "-"} | _DROPPED
_YO = {ord("ё"): "е"}
_VOWELS = {"en": frozenset("aeiouy"), "ru": frozenset("аеиоуыэюя"), "uk": frozenset("аеиоуіїєюя")}
_LEAST = 3
_CONTRACTED = {"ll": "will", "re": "are", "ve": "have", "m": "am", "d": "would"}
_CONTRACTED_VERBS = {"won't": "will", "can't": "can", "shan't": "shall"}
_DOUBLED = re.compile(r"([b-df-hj-km-np-tvwxz])\1$")


@recent(1 << 13)
def tokens(text: str, lang: str) -> tuple[str, ...]:
    """The words of `text` in lower case, apostrophes and hyphens unified, stress marks and soft hyphens gone."""
    return tuple([intern(word) for word in split(text, lang)])


def split(text: str, lang: str) -> list[str]:
    """The same, not kept: for our own lists, which are read once."""
    folded = text.casefold().translate(_FOLDED)
    if lang == "ru":
        folded = folded.translate(_YO)
    return _WORD.findall(folded)


def parts(text: str, lang: str) -> list[str]:
    """The words as they are compared: split at hyphens, contractions written out, number words as figures."""
    return [part for token in tokens(text, lang) for part in _parts(token, lang)]


@lru_cache(maxsize=WORDS)
def _parts(token: str, lang: str) -> tuple[str, ...]:
    if "-" in token:
        return tuple(part for piece in token.split("-") for part in _parts(piece, lang))
    if lang == "en" and "'" in token:
        if token.endswith("n't"):
            return (_CONTRACTED_VERBS.get(token, token[:-3]), "not")
        head, _, tail = token.rpartition("'")
        return (head, _CONTRACTED[tail]) if tail in _CONTRACTED else (head,) if tail == "s" else (token,)
    number = number_words(lang).get(token)
    if number is not None and number[0] in ("unit", "teen", "ten", "hundred", "collective") and number[1] > 1:
        return (str(number[1]),)
    return (token,)


@lru_cache(maxsize=WORDS)
def stem(word: str, lang: str) -> str:
    """The stem of one folded word: `stem("танками", "ru") == stem("танков", "ru")`."""
    if lang == "en":
        return _english(word)
    if lang in ("ru", "uk"):
        return _slavic(word, lang)
    return word


@cache
def weights(lang: str) -> Mapping[str, float]:
    """How much a stem says about which utterance it stands in, for the frequent words of the language; others: 1."""
    found: dict[str, float] = {}
    if lang not in ("en", "ru", "uk"):
        return found
    tiers = data.toml(f"frequent/{lang}.toml")
    for tier, weight in TIERS:
        for entry in tiers[tier].split():
            for word in split(entry, lang):
                found.setdefault(stem(word, lang), weight)
                if "'" in word:
                    found.setdefault(word, weight)
    return found


def telling(word: str, key: str, lang: str) -> float:
    """The weight of a word with this stem; of words that are not frequent the longer tell a little more."""
    weight = weights(lang).get(key)
    return 1.0 + 0.05 * min(8, max(0, len(word) - 4)) if weight is None else weight


@cache
def _frequencies(lang: str) -> Mapping[str, float]:
    """How common the stems of the language are, on the Zipf scale."""
    if lang not in ("en", "ru", "uk"):
        return {}
    steps = data.toml(f"frequencies/{lang}.toml")
    return {key: float(step) for step, keys in steps.items() for key in keys.split()}


def rarity(key: str, lang: str) -> float:
    """How much a stem weighs when two wordings are compared: nearly 0 for grammar, up to `UNMET` for a stem that no
    table counts. Figures lie between: two utterances of one speaker may well share them."""
    if key.isdecimal():
        return _FIGURE
    zipf = _frequencies(lang).get(key)
    return UNMET if zipf is None else max(_LEAST_RARE, (_EVERYWHERE - zipf) / (_EVERYWHERE - _NOWHERE))


@cache
def synonyms(lang: str) -> Mapping[str, frozenset[int]]:
    """The groups of interchangeable words each stem stands in; empty for other languages."""
    found: dict[str, set[int]] = {}
    if lang in ("en", "ru", "uk"):
        for number, line in enumerate(data.toml(f"synonyms/{lang}.toml")["groups"].strip().splitlines()):
            for word in split(line, lang):
                found.setdefault(stem(word, lang), set()).add(number)
    return {key: frozenset(groups) for key, groups in found.items()}


@lru_cache(maxsize=WORDS)
def meanings(key: str, lang: str) -> frozenset[int]:
    """The groups of a stem, or else of the stem without its last letters (произойд-, произой-)."""
    groups = synonyms(lang)
    for size in (len(key), *range(len(key) - 1, max(_LEAST, len(key) - 3), -1)):
        if key[:size] in groups:
            return groups[key[:size]]
    return frozenset()


def common_beginning(first: str, second: str) -> int:
    """How many letters the two words have in common from the start."""
    for position, (one, other) in enumerate(zip(first, second, strict=False)):
        if one != other:
            return position
    return min(len(first), len(second))


@cache
def _endings(lang: str) -> tuple[frozenset[str], int, tuple[str, ...]]:
    table = data.toml("endings.toml")[lang]
    endings = frozenset(table["endings"].replace("ё", "е").split())
    return endings, max(map(len, endings)), tuple(table["reflexive"].split())


def _slavic(word: str, lang: str) -> str:
    endings, longest, reflexive = _endings(lang)
    if word.endswith(reflexive) and len(word) > _LEAST + 2:
        word = word[:-2]
    vowels = _VOWELS[lang]
    for size in range(min(longest, len(word) - _LEAST), 0, -1):
        if word[-size:] in endings:
            rest = word[:-size]
            if vowels.intersection(rest):
                return rest
    return word


@cache
def _irregular() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for row in data.rows("english_irregular.csv"):
        for form in row["forms"].split(";"):
            found.setdefault(form, row["lemma"])
    return found


def _english(word: str) -> str:
    word = word.removesuffix("'s").removesuffix("'")
    word = _irregular().get(word, word)
    if len(word) < _LEAST:
        return word
    if word.endswith("ies") and len(word) > _LEAST + 1:
        word = word[:-3] + "y"
    elif word.endswith(("sses", "shes", "ches", "xes", "zes")):
        word = word[:-2]
    elif word.endswith("s") and len(word) > _LEAST and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ingly", "edly", "ing", "ied", "ed", "ly"):
        if word.endswith(ending):
            rest = word[: -len(ending)]
            if len(rest) >= _LEAST and _VOWELS["en"].intersection(rest):
                word = _DOUBLED.sub(r"\1", rest) + ("y" if ending == "ied" else "")
                break
    word = word.removesuffix("e") if len(word) > _LEAST else word
    if len(word) > _LEAST + 2:
        word = word.removesuffix("is") + "iz" if word.endswith("is") else word.replace("our", "or")
    return word[:-1] + "i" if word.endswith("y") else word
