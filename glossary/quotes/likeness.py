"""Are two strings of one language renderings of one utterance, and do they contradict each other?

    >>> found = compare("worse than Grozny", "It’s worse here than Grozny was, brother", "en")
    >>> found.score > 0.5, found.part
    (True, True)

A logistic regression joins what the words that answer each other (glossary.quotes.overlap) say: how much of both
strings they hold, how they were matched, how many follow one another, what has no answer (the rarest word, names,
persons), letter trigrams, lengths. Its weights are fitted by tools/fit_likeness.py on renderings written for this
project.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from glossary import data
from glossary.quotes.contradictions import Contradiction, contradictions
from glossary.quotes.overlap import Match, Wording, matched, wording
from glossary.quotes.stems import parts, stem, telling
from glossary.text.recent import recent

SAME = 0.5
"""At or above this score two strings are taken for renderings of one utterance."""

_WORTH_CONTRADICTING = 0.2

TABLE = "likeness.toml"
FEATURES = (
    "dice", "dice_by_size", "contained", "contained_by_size", "held", "by_stem", "by_synonym", "by_beginning", "shared",
    "continued", "run", "left_log", "rarest_left", "name_left", "name_left_other", "person_left", "ratio", "token_set",
    "trigrams", "size", "words", "length", "fragment", "english",
)  # fmt: skip
"""What the regression sees of two strings, `one` the lighter and `other` the heavier; see `_features`."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How likely (0 to 1) two strings render one utterance; whether one is only a part of the other; and what in them
    cannot both be true."""

    score: float
    part: bool
    contradictions: tuple[Contradiction, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """What a string says as a whole: its stems in order, and how telling they are."""

    stems: tuple[str, ...]
    weighed: dict[str, float]
    mass: float


@recent(1 << 11)
def profile(text: str, lang: str) -> Profile:
    """The profile of a string; kept, because every quote is compared with many others."""
    weighed: dict[str, float] = {}
    stems = []
    for word in parts(text, lang):
        key = stem(word, lang)
        stems.append(key)
        weighed[key] = weighed.get(key, 0.0) + telling(word, key, lang)
    return Profile(tuple(stems), weighed, sum(weighed.values()) or 0.01)


def compare(a: str, b: str, lang: str) -> Likeness:
    """How alike two strings of one language are; `lang` is en, ru or uk (others are compared without word lists)."""
    one, other = _ordered(wording(a, lang), wording(b, lang))
    if not one.stems or not other.stems:
        return Likeness(1.0 if a.strip() == b.strip() else 0.0, False, ())
    matches = matched(one, other, lang)
    score = _probability(_features(one, other, matches, lang))
    if one.stems == other.stems:
        score = max(score, 0.99)
    contained = _shared(one, other, matches) / one.mass
    part = contained >= 0.6 and one.mass < 0.75 * other.mass and _contiguous(one.stems, other.stems)
    worth = score >= _WORTH_CONTRADICTING or contained >= 0.6
    return Likeness(score, part, contradictions(a, b, lang) if worth else ())


def _ordered(one: Wording, other: Wording) -> tuple[Wording, Wording]:
    """The lighter first, whichever way round they came."""
    keys = [(wording.mass, wording.joined, wording.names, wording.fragment) for wording in (one, other)]
    return (one, other) if keys[0] <= keys[1] else (other, one)


def _probability(features: Sequence[float]) -> float:
    """The regression: how likely two strings of these features are one utterance."""
    first, *rest = _coefficients()
    total = first + math.fsum(weight * value for weight, value in zip(rest, features, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@cache
def _coefficients() -> tuple[float, ...]:
    """Intercept and weights of the features, the same for all languages."""
    table = data.toml(TABLE)
    return tuple(float(table[name]) for name in ("bias", *FEATURES))


def compare_features(a: str, b: str, lang: str) -> tuple[float, ...]:
    """What the regression sees of two strings, in the order of FEATURES."""
    one, other = _ordered(wording(a, lang), wording(b, lang))
    return _features(one, other, matched(one, other, lang), lang)


def dice(a: str, b: str, lang: str) -> float:
    """The weighed Dice coefficient of two strings (0 to 1): what they share of the weight of both.

        >>> round(dice("Our tank fired twice", "our own tank fired two times", "en"), 1)
        0.9

    Stricter than the score of `compare` on sentences made after one pattern.
    """
    one, other = _ordered(wording(a, lang), wording(b, lang))
    return 2 * _shared(one, other, matched(one, other, lang)) / (one.mass + other.mass)


def _shared(one: Wording, other: Wording, matches: Sequence[Match]) -> float:
    return math.fsum(_weight(one, other, match) for match in matches)


def _weight(one: Wording, other: Wording, match: Match) -> float:
    """What a match weighs: the less of its two words, as far as they are alike."""
    return match.degree * min(one.weights[match.here], other.weights[match.there])


def _features(one: Wording, other: Wording, matches: Sequence[Match], lang: str) -> tuple[float, ...]:
    """Named in FEATURES: what is shared of both, by what kinds of matches, its order and density, what is left over;
    a fragment may leave much of the other. English, of shorter and more frequent words, has an intercept of its own."""
    from rapidfuzz import fuzz

    held = [_weight(one, other, match) for match in matches]
    by = dict.fromkeys(("stem", "synonym", "kin", "beginning", "name"), 0.0)
    for match, weight in zip(matches, held, strict=True):
        by[match.by] += weight
    shared = math.fsum(held)
    size = math.log(1 + one.mass)
    dice, contained = 2 * shared / (one.mass + other.mass), shared / one.mass
    here, there = {match.here for match in matches}, {match.there for match in matches}
    left = [weight for at, weight in enumerate(one.weights) if at not in here]
    left_other = [weight for at, weight in enumerate(other.weights) if at not in there]
    return (
        dice,
        dice * size,
        contained,
        contained * size,
        shared / other.mass,
        by["stem"] / one.mass,
        by["synonym"] / one.mass,
        by["beginning"] / one.mass,
        math.log(1 + shared),
        _continued(one, matches) / one.mass,
        _run(matches, held) / one.mass,
        math.log(1 + math.fsum(left)),
        max(left, default=0.0),
        0.0 if here.issuperset(one.names) else 1.0,
        0.0 if there.issuperset(other.names) else 1.0,
        float(len(one.persons - other.persons)),
        fuzz.ratio(one.joined, other.joined) / 100,
        fuzz.token_set_ratio(one.joined, other.joined) / 100,
        _trigrams(one, other),
        size,
        math.log(1 + len(one.stems)),
        len(one.stems) / len(other.stems),
        math.fsum(left_other) / other.mass if one.fragment else 0.0,
        1.0 if lang == "en" else 0.0,
    )


def _trigrams(one: Wording, other: Wording) -> float:
    """The share of the letter trigrams of the lighter that the heavier has."""
    small, large = one.trigrams, other.trigrams
    # fsum does not depend on the order of a set, which changes from run to run.
    return math.fsum([min(small[key], large[key]) for key in small.keys() & large.keys()]) / one.trigram_mass


def _continued(one: Wording, matches: Sequence[Match]) -> float:
    """The weight of matches that are followed by the next in both strings, or nearly so."""
    total = 0.0
    for match, after in pairwise(matches):
        step, there = after.here - match.here, after.there - match.there
        if step <= 3 and 0 < there <= step + 1:
            total += min(one.weights[match.here], one.weights[after.here]) + 0.1
    return total


def _run(matches: Sequence[Match], held: Sequence[float]) -> float:
    """What the heaviest stretch of matches weighs that follow one another in both strings, at most a word apart."""
    heaviest = run = 0.0
    before: Match | None = None
    for match, weight in zip(matches, held, strict=True):
        close = before is not None and match.here - before.here <= 2 and 0 < match.there - before.there <= 2
        run = run + weight if close else weight
        heaviest = max(heaviest, run)
        before = match
    return heaviest


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
