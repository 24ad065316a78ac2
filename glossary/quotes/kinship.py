"""Which words of one language two translators may choose between, beyond the groups compiled by hand, and how likely.

Two sources: senses of WordNet (English only), and the bilingual lexicon as a pivot: two words that render one word of
the other language are alike, the more so the more often and the earlier they stand there.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby

from glossary import data
from glossary.quotes.stems import split, stem
from glossary.text.recent import WORDS

_SENSE, _PIVOT, _BOTH = 0.4, 0.35, 0.2
_MOST = 0.9
_PARTNERS = {"en": ("ru", "uk"), "ru": ("en",), "uk": ("en",)}


@dataclass(frozen=True, slots=True)
class _Renderings:
    """What renders what, as arrays: row `n` is `[starts[n], starts[n + 1])` of the others and their weights."""

    starts: "array[int]"
    others: "array[int]"
    weights: "array[float]"

    @staticmethod
    def of(numbers: Sequence[int], others: Sequence[int], weights: Sequence[float]) -> "_Renderings":
        """Rows by number, which are all from 0 on; of several weights of the same two words the greatest."""
        starts, row_others, row_weights = array("I", [0]), array("I"), array("d")
        in_rows = sorted(range(len(numbers)), key=numbers.__getitem__)
        for _, places in groupby(in_rows, key=numbers.__getitem__):
            row: dict[int, float] = {}
            for place in places:
                row[others[place]] = max(weights[place], row.get(others[place], 0.0))
            row_others.extend(row)
            row_weights.extend(row.values())
            starts.append(len(row_others))
        return _Renderings(starts, row_others, row_weights)

    def row(self, number: int) -> Iterable[tuple[int, float]]:
        """The others of a word and their weights."""
        start, end = self.starts[number], self.starts[number + 1]
        return zip(self.others[start:end], self.weights[start:end], strict=True)


@lru_cache(maxsize=WORDS)
def kin(key: str, lang: str) -> Mapping[str, float]:
    """The stems that may stand for a stem, each with how alike they are (0 to 1); none in other than our languages.

    >>> kin("shelter", "en")["bunker"] > 0.1, "winter" in kin("tank", "en")
    (True, False)
    """
    numbers, stems, own, partners = _lexicon(lang)
    shared: dict[str, float] = {}
    for partner, weight in own.row(numbers[key]) if key in numbers else ():
        for other, theirs in partners.row(partner):
            shared[stems[other]] = shared.get(stems[other], 0.0) + weight * theirs / len(_PARTNERS[lang])
    found = {other: _PIVOT * min(1.0, value) for other, value in shared.items()}
    senses, members = _senses(lang)
    for alike in {stem(word, lang) for sense in senses.get(key, ()) for word in split(members[sense], lang)}:
        found[alike] = min(_MOST, found[alike] + _SENSE + _BOTH) if alike in found else _SENSE
    found.pop(key, None)
    return found


@cache
def _lexicon(lang: str) -> tuple[Mapping[str, int], Sequence[str], _Renderings, _Renderings]:
    """The numbers of the stems, the stems, and as numbers the words of the other language that each renders, with a
    weight by rank, and the same the other way."""
    keys: dict[str, int] = {}
    partners: dict[str, int] = {}
    left, right, weights = array("I"), array("I"), array("d")
    for row in data.read("lexicon.csv") if lang in _PARTNERS else ():
        for key, partner, weight in _renderings(row, lang):
            left.append(keys.setdefault(key, len(keys)))
            right.append(partners.setdefault(partner, len(partners)))
            weights.append(weight)
    return keys, tuple(keys), _Renderings.of(left, right, weights), _Renderings.of(right, left, weights)


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
def _senses(lang: str) -> tuple[Mapping[str, Sequence[int]], Sequence[str]]:
    """The senses in which each stem stands, and the words of each sense."""
    if lang != "en":
        return {}, ()
    senses: dict[str, array[int]] = defaultdict(lambda: array("I"))
    members = data.toml("synonyms/en_wordnet.toml")["groups"].strip().splitlines()
    for number, line in enumerate(members):
        for word in split(line, lang):
            senses[stem(word, lang)].append(number)
    return dict(senses), members
