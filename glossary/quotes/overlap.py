"""Which words of one string answer which words of another, when both may render one utterance.

Every word is matched at most once: first equal stems (of several the one that continues what is matched beside it),
then the likest of what is left: common beginnings, synonyms, rare words that are spelled alike. A word weighs what
`rarity` says: from nearly 0 for grammar to 1.
"""

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from glossary import data
from glossary.quotes.kinship import kin
from glossary.quotes.stems import meanings, parts, rarity, stem, telling
from glossary.text.recent import WORDS, recent

_BESIDE = 4  # words
_LETTERS = 3
_NEAR = 0.5  # how much of two stems has to be a common beginning
_SYNONYM = 0.95  # how alike words of one group are
_NAMES = 0.7  # how rare two words, and how alike, so that they may be one name
_NAMED = 0.8
_NAME_LETTERS = 5
_OPENING, _CLOSING = " \"'“”«„‘’(", '"”»’'
_MARKS = ".,!?»\"”“«:;()'’"
_SENTENCE_ENDS = (".", "!", "?", ":", "…")


@dataclass(frozen=True, slots=True)
class Wording:
    """What is compared of one string: words and stems in order, what they weigh, its letter trigrams; the places of
    words written as names, whom the pronouns mean, and whether it begins in the middle of a sentence."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    weights: tuple[float, ...]
    mass: float
    trigrams: Mapping[str, float]
    trigram_mass: float
    joined: str
    names: tuple[int, ...]
    persons: frozenset[str]
    fragment: bool


@dataclass(frozen=True, slots=True)
class Match:
    """Word `here` of the one and word `there` of the other, how alike (0 to 1), by what: stem, beginning, synonym, kin
    or name."""

    here: int
    there: int
    degree: float
    by: str


@recent(1 << 11)
def wording(text: str, lang: str) -> Wording:
    """The wording of a string; kept, because every quote is compared with many others."""
    words = tuple(parts(text, lang))
    stems = tuple(stem(word, lang) for word in words)
    weights = tuple(rarity(key, lang) for key in stems)
    trigrams: dict[str, float] = {}
    for word, key in zip(words, stems, strict=True):
        cut, each = _trigrams(word, key, lang)
        for trigram in cut:
            trigrams[trigram] = trigrams.get(trigram, 0.0) + each
    mass, trigram_mass = math.fsum(weights) or 0.01, math.fsum(trigrams.values()) or 0.01
    whom = _persons(lang)
    return Wording(
        words,
        stems,
        weights,
        mass,
        trigrams,
        trigram_mass,
        " ".join(stems),
        _names(text, words, lang),
        frozenset(whom[word] for word in words if word in whom),
        text.lstrip(_OPENING)[:1].islower(),
    )


def _names(text: str, words: Sequence[str], lang: str) -> tuple[int, ...]:
    """The places of words with a capital that do not begin a sentence: translators seldom leave out or add one."""
    if text[1:].islower():
        return ()
    found = set[str]()
    for before, piece in pairwise(text.split()):
        word = piece.strip(_MARKS)
        if word[:1].isupper() and word[1:2].islower() and not before.rstrip(_CLOSING).endswith(_SENTENCE_ENDS):
            found.update(parts(word, lang))
    return tuple(at for at, word in enumerate(words) if word in found) if found else ()


@cache
def _persons(lang: str) -> Mapping[str, str]:
    """Whom each pronoun means."""
    table = data.toml("pronouns.toml").get(lang, {})
    return {form: whom for whom, forms in table.items() for form in forms.split()}


@lru_cache(maxsize=WORDS)
def _trigrams(word: str, key: str, lang: str) -> tuple[tuple[str, ...], float]:
    """The trigrams of a word with this stem, and what each weighs."""
    framed = f"^{word}$"
    cut = tuple(framed[at : at + 3] for at in range(len(framed) - 2))
    return cut, telling(word, key, lang) / math.sqrt(len(cut))


def matched(one: Wording, other: Wording, lang: str) -> list[Match]:
    """The words of the two that answer each other, in the order of the first."""
    found = _equal(one, other)
    taken = set(found.values())
    left = [at for at in range(len(one.stems)) if at not in found]
    rest = [at for at in range(len(other.stems)) if at not in taken]
    matches = [Match(here, there, 1.0, "stem") for here, there in found.items()]
    if left and rest:
        likest = sorted(_candidates(one, other, left, rest, lang), key=lambda match: -match.degree)
        open_here, open_there = set(left), set(rest)
        for match in likest:
            if match.here in open_here and match.there in open_there:
                open_here.remove(match.here)
                open_there.remove(match.there)
                matches.append(match)
    return sorted(matches, key=lambda match: match.here)


def _equal(one: Wording, other: Wording) -> dict[int, int]:
    """The places of equal stems, the rarest first, each with its place in the other."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, key in enumerate(other.stems):
        places[key].append(at)
    found: dict[int, int] = {}
    stretch = len(other.stems) / max(1, len(one.stems))
    common = [at for at, key in enumerate(one.stems) if key in places]
    for at in sorted(common, key=lambda at: (-one.weights[at], at)):
        free = places[one.stems[at]]
        if free:
            found[at] = free.pop(_nearest(free, _expected(at, found, stretch)))
    return found


def _expected(here: int, found: Mapping[int, int], stretch: float) -> float:
    """Where the other string should have a word, by the next one that is matched, or else by its place in the whole."""
    for distance in range(1, _BESIDE + 1):
        for near in (here - distance, here + distance):
            if near in found:
                return found[near] - near + here
    return here * stretch


def _nearest(places: Sequence[int], wanted: float) -> int:
    """The index of that of the places, which ascend, that is nearest to the one wanted."""
    after = bisect_left(places, wanted)
    if after == len(places) or (after and wanted - places[after - 1] <= places[after] - wanted):
        return after - 1
    return after


def _candidates(one: Wording, other: Wording, left: Sequence[int], rest: Sequence[int], lang: str) -> list[Match]:
    from rapidfuzz.distance import Levenshtein, Prefix

    beginnings: dict[str, list[int]] = defaultdict(list)
    named = []
    groups = []
    for there in rest:
        key = other.stems[there]
        beginnings[key[:_LETTERS]].append(there)
        if of_other := meanings(key, lang):
            groups.append((there, of_other))
        if len(key) >= _NAME_LETTERS and other.weights[there] >= _NAMES:
            named.append(there)
    found = []
    for here in left:
        key = one.stems[here]
        near = set[int]()
        for there in beginnings.get(key[:_LETTERS], ()):
            letters = Prefix.similarity(key, other.stems[there])
            alike = 2 * letters / (len(key) + len(other.stems[there]))
            if letters >= _LETTERS and alike >= _NEAR:
                near.add(there)
                found.append(Match(here, there, alike, "beginning"))
        of_key = meanings(key, lang)
        if of_key:
            for there, of_other in groups:
                if there not in near and of_key & of_other:
                    near.add(there)
                    found.append(Match(here, there, _SYNONYM, "synonym"))
        related = kin(key, lang)
        if related:
            for there in rest:
                degree = related.get(other.stems[there])
                if degree and there not in near:
                    near.add(there)
                    found.append(Match(here, there, degree, "kin"))
        if len(key) >= _NAME_LETTERS and one.weights[here] >= _NAMES:
            for there in named:
                if there not in near:
                    alike = Levenshtein.normalized_similarity(key, other.stems[there], score_cutoff=_NAMES)
                    if alike:
                        found.append(Match(here, there, _NAMED * alike, "name"))
    return found
