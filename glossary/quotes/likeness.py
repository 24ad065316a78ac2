"""Are two strings of one language renderings of one utterance, and do they contradict each other?

    >>> found = compare("worse than Grozny", "It’s worse here than Grozny was, brother", "en")
    >>> found.score > 0.5, found.part
    (True, True)

A logistic regression joins nine features: the weighted Dice coefficient of stems, with credit for common beginnings and
synonyms; how much of the lighter string is contained; letter trigrams; edit ratios; lengths. Its weights are fitted by
tools/fit_likeness.py on renderings written for this project.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from glossary import data
from glossary.quotes.contradictions import Contradiction, contradictions
from glossary.quotes.stems import meanings, parts, stem, weights
from glossary.text.recent import WORDS, recent

SAME = 0.5
"""At or above this score two strings are taken for renderings of one utterance."""

_NEAR = 0.6
_SYNONYM = 0.95
_WORTH_CONTRADICTING = 0.2
_PART_MASS = 2.0  # what a part of a longer string has to weigh, and how likely it has to be
_SURE_PART = 0.96

TABLE = "likeness.toml"
FEATURES = (
    "dice", "ratio", "token_set", "dice_by_size", "trigrams", "length", "size", "contained_by_size", "shared",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Likeness:
    """How likely (0 to 1) two strings render one utterance; whether one is only a part of the other; and what in them
    cannot both be true."""

    score: float
    part: bool
    contradictions: tuple[Contradiction, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """What is compared of one string: its stems in order, what they weigh, its letter trigrams."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    weighed: dict[str, float]
    mass: float
    trigrams: dict[str, float]
    trigram_mass: float
    joined: str


@recent(1 << 11)
def profile(text: str, lang: str) -> Profile:
    """The profile of a string; kept, because every quote is compared with many others."""
    known = weights(lang)
    weighed: dict[str, float] = {}
    trigrams: dict[str, float] = {}
    words, stems = tuple(parts(text, lang)), []
    for token in words:
        key = stem(token, lang)
        weight = known.get(key)
        if weight is None:
            weight = 1.0 + 0.05 * min(8, max(0, len(token) - 4))
        stems.append(key)
        weighed[key] = weighed.get(key, 0.0) + weight
        cut = _trigrams(token)
        each = weight / math.sqrt(len(cut))
        for trigram in cut:
            trigrams[trigram] = trigrams.get(trigram, 0.0) + each
    return Profile(
        words,
        tuple(stems),
        weighed,
        sum(weighed.values()) or 0.01,
        trigrams,
        sum(trigrams.values()) or 0.01,
        " ".join(stems),
    )


@lru_cache(maxsize=WORDS)
def _trigrams(token: str) -> tuple[str, ...]:
    framed = f"^{token}$"
    return tuple(framed[at : at + 3] for at in range(len(framed) - 2))


def compare(a: str, b: str, lang: str) -> Likeness:
    """How alike two strings of one language are; `lang` is en, ru or uk (others are compared without word lists)."""
    one, other = _ordered(profile(a, lang), profile(b, lang))
    if not one.stems or not other.stems:
        return Likeness(1.0 if a.strip() == b.strip() else 0.0, False, ())
    shared = _shared(one, other, lang)
    score = _probability(one, other, shared, lang)
    if one.stems == other.stems:
        score = max(score, 0.99)
    elif score < SAME and one.mass >= _PART_MASS:
        score = max(score, _as_part(one, other, lang))
    contained = shared / one.mass
    part = contained >= 0.6 and one.mass < 0.75 * other.mass and _contiguous(one.stems, other.stems)
    worth = score >= _WORTH_CONTRADICTING or contained >= 0.6
    return Likeness(score, part, contradictions(a, b, lang) if worth else ())


def _ordered(one: Profile, other: Profile) -> tuple[Profile, Profile]:
    """The lighter first, whichever way round they came."""
    return (one, other) if (one.mass, one.joined) <= (other.mass, other.joined) else (other, one)


def _probability(one: Profile, other: Profile, shared: float, lang: str) -> float:
    """The regression: how likely two strings of which `shared` is common are one utterance; the lighter first."""
    coefficients = _coefficients(lang)
    features = _features(one, other, shared)
    total = coefficients[0] + sum(weight * value for weight, value in zip(coefficients[1:], features, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@cache
def _coefficients(lang: str) -> tuple[float, ...]:
    """Intercept and weights of the features of a language; others are judged as English is."""
    table = data.toml(TABLE)
    row = table.get(lang, table["en"])
    return (row["bias"], *(row[name] for name in FEATURES))


def compare_features(a: str, b: str, lang: str) -> tuple[float, ...]:
    """What the regression sees of two strings, in the order of FEATURES."""
    one, other = _ordered(profile(a, lang), profile(b, lang))
    return _features(one, other, _shared(one, other, lang))


def _as_part(one: Profile, other: Profile, lang: str) -> float:
    """The likeness of the shorter string and the stretch of the longer that is most like it, if it leaves no doubt."""
    short, long = (one, other) if len(one.stems) <= len(other.stems) else (other, one)
    size = len(short.stems)
    if size < 2 or len(long.stems) < 1.4 * size + 1:
        return 0.0
    known = {key[:4] for key in short.weighed}
    hits = [long.weighed[key] if key[:4] in known else 0.0 for key in long.stems]
    best, stretch = 0.0, (0, 0)
    for width in range(size, min(size + 3, len(hits) + 1)):
        held = math.fsum(hits[:width])
        for end in range(width, len(hits) + 1):
            if end > width:
                held += hits[end - 1] - hits[end - 1 - width]
            if held > best + 1e-9:
                best, stretch = held, (end - width, end)
    words = long.words[stretch[0] : stretch[1]]
    if not words:
        return 0.0
    first, second = _ordered(short, profile(" ".join(words), lang))
    likely = _probability(first, second, _shared(first, second, lang), lang)
    return SAME + (likely - _SURE_PART) / 2 if likely >= _SURE_PART else 0.0


def dice(a: str, b: str, lang: str) -> float:
    """The weighed Dice coefficient of two strings (0 to 1): what they share of the weight of both.

        >>> round(dice("Our tank fired twice", "our own tank fired two times", "en"), 1)
        0.9

    Stricter than the score of `compare` on sentences made after one pattern.
    """
    one, other = _ordered(profile(a, lang), profile(b, lang))
    return 2 * _shared(one, other, lang) / (one.mass + other.mass)


def _shared(one: Profile, other: Profile, lang: str) -> float:
    """The weight of what the lighter string shares with the heavier: equal stems, near stems, synonyms."""
    from rapidfuzz.distance import Prefix

    rest = dict(other.weighed)
    left: list[tuple[str, float]] = []
    shared = 0.0
    for key, weight in one.weighed.items():
        found = rest.get(key)
        if found is None:
            left.append((key, weight))
            continue
        common = min(weight, found)
        shared += common
        if found > common:
            rest[key] = found - common
        else:
            del rest[key]
            if weight > common:
                left.append((key, weight - common))
    if not left or not rest:
        return shared
    beginnings: dict[str, list[str]] = {}
    for key in rest:
        beginnings.setdefault(key[:3], []).append(key)
    for key, weight in left:
        near, degree = "", 0.0
        for candidate in beginnings.get(key[:3], ()):
            letters = Prefix.similarity(key, candidate)
            alike = 2 * letters / (len(key) + len(candidate))
            if letters >= 3 and alike >= _NEAR and alike > degree and candidate in rest:
                near, degree = candidate, alike
        of_key = frozenset() if near else meanings(key, lang)
        if of_key:
            for candidate in rest:
                if of_key & meanings(candidate, lang):
                    near, degree = candidate, _SYNONYM
                    break
        if near:
            shared += degree * min(weight, rest.pop(near))
    return shared


def _features(one: Profile, other: Profile, shared: float) -> tuple[float, ...]:
    from rapidfuzz import fuzz

    small, large = one.trigrams, other.trigrams
    # fsum does not depend on the order of a set, which changes from run to run.
    common = math.fsum([min(small[trigram], large[trigram]) for trigram in small.keys() & large.keys()])
    grams = common / one.trigram_mass
    dice = 2 * shared / (one.mass + other.mass)
    size = math.log(1 + one.mass)
    return (
        dice,
        fuzz.ratio(one.joined, other.joined) / 100,
        fuzz.token_set_ratio(one.joined, other.joined) / 100,
        dice * size,
        grams,
        math.log(other.mass / one.mass),
        size,
        shared / one.mass * size,
        math.log(1 + shared),
    )


def _contiguous(part: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether what the two share stands close together in the longer one: at most one and a half times the part."""
    wanted: dict[str, Any] = dict.fromkeys(part)
    places = [at for at, key in enumerate(whole) if key in wanted]
    if not places:
        return False
    window = max(len(part) + 2, len(part) * 3 // 2)
    needed = max(1, math.ceil(0.6 * len(set(part) & set(whole))))
    start = 0
    for end, place in enumerate(places):
        while place - places[start] >= window:
            start += 1
        if len({whole[at] for at in places[start : end + 1]}) >= needed:
            return True
    return False
