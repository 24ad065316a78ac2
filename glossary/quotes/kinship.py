"""Which words of one language two translators may choose between, beyond the groups compiled by hand, and how likely.

Two sources: senses of WordNet (English only), and the bilingual lexicon as a pivot: two words that render one word of
the other language are alike, the more so the more often and the earlier they stand there.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from glossary import data
from glossary.quotes.stems import stem, tokens
from glossary.text.recent import WORDS

_SENSE, _PIVOT, _BOTH = 0.4, 0.35, 0.2
_MOST = 0.9
_PARTNERS = {"en": ("ru", "uk"), "ru": ("en",), "uk": ("en",)}

Shelves = tuple[Mapping[str, Mapping[str, float]], Mapping[str, Mapping[str, float]]]


@lru_cache(maxsize=WORDS)
def kin(key: str, lang: str) -> Mapping[str, float]:
    """The stems that may stand for a stem, each with how alike they are (0 to 1); none in other than our languages.

    >>> kin("shelter", "en")["bunker"] > 0.1, "winter" in kin("tank", "en")
    (True, False)
    """
    own, partners = _lexicon(lang)
    shared: dict[str, float] = {}
    for partner, weight in own.get(key, {}).items():
        for other, theirs in partners[partner].items():
            shared[other] = shared.get(other, 0.0) + weight * theirs / len(_PARTNERS[lang])
    found = {other: _PIVOT * min(1.0, value) for other, value in shared.items()}
    senses, members = _senses(lang)
    for other in {other for sense in senses.get(key, ()) for other in members[sense]}:
        found[other] = min(_MOST, found[other] + _SENSE + _BOTH) if other in found else _SENSE
    found.pop(key, None)
    return found


@cache
def _lexicon(lang: str) -> Shelves:
    """The words of the other language that each stem renders, with a weight by rank, and the same the other way."""
    own: dict[str, dict[str, float]] = defaultdict(dict)
    partners: dict[str, dict[str, float]] = defaultdict(dict)
    for row in data.rows("lexicon.csv") if lang in _PARTNERS else ():
        for key, partner, weight in _renderings(row, lang):
            own[key][partner] = partners[partner][key] = max(weight, own[key].get(partner, 0.0))
    return own, partners


def _renderings(row: Mapping[str, str], lang: str) -> Iterable[tuple[str, str, float]]:
    for other in _PARTNERS[lang]:
        for rank, word in enumerate(row[other if lang == "en" else lang].split(";")):
            if word and " " not in word:
                weight = 1 / (1 + rank)
                if lang == "en":
                    yield stem(row["en"], lang), other + word, weight
                else:
                    yield stem(word.replace("ё", "е") if lang == "ru" else word, lang), row["en"], weight


@cache
def _senses(lang: str) -> tuple[Mapping[str, tuple[int, ...]], tuple[tuple[str, ...], ...]]:
    """The senses that each stem has, and the stems of each sense."""
    if lang != "en":
        return {}, ()
    senses: dict[str, list[int]] = defaultdict(list)
    members: list[tuple[str, ...]] = []
    for line in data.toml("synonyms/en_wordnet.toml")["groups"].strip().splitlines():
        keys = tuple(stem(word, lang) for word in tokens(line, lang))
        for key in keys:
            senses[key].append(len(members))
        members.append(keys)
    return {key: tuple(numbers) for key, numbers in senses.items()}, tuple(members)
