"""A lexicon learned from sentences that are known to render each other: which words keep company beyond chance.

Pairs of an English word and a target stem are kept when Dunning's log-likelihood ratio of their co-occurrence is
significant (T. Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence", 1993) and each is among the
best few partners of the other.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import log

from glossary.alignment.lexicon import bases, stem
from glossary.text.words import words

SIGNIFICANT = 10.83  # chi-square, one degree of freedom, p < .001
LEAST = 2  # times a pair must have been met
PARTNERS = 3
LONGEST = 60  # words of a sentence that are looked at


@dataclass(frozen=True, slots=True)
class Learned:
    """An English word, the target word that renders it in its most frequent form, and how often they met."""

    english: str
    target: str
    count: int


def learn(units: Iterable[tuple[str, str]], lang: str) -> tuple[Learned, ...]:
    """What aligned sentences (English, target) teach, by English word; linear in the text.

    >>> pairs = [("The tank burned.", "Танк сгорел."), ("A tank stopped.", "Танк встал."), ("He slept.", "Он спал.")]
    >>> ("tank", "танк") in [(one.english, one.target) for one in learn(pairs * 5, "ru")]
    True
    """
    english: Counter[str] = Counter()
    target: Counter[str] = Counter()
    both: Counter[tuple[str, str]] = Counter()
    forms: dict[str, Counter[str]] = {}
    total = 0
    sentences = [(_content(source, "en"), target) for source, target in units]
    vocabulary = {word for found, _ in sentences for word in found}
    for found, target_text in sentences:
        total += 1
        ours = list(dict.fromkeys(_singular(word, vocabulary) for word in found))
        theirs = _content(target_text, lang)
        for word in theirs:
            forms.setdefault(stem(word), Counter())[word] += 1
        stems = list(dict.fromkeys(map(stem, theirs)))
        english.update(ours)
        target.update(stems)
        both.update((word, found) for word in ours for found in stems)
    scored = {
        pair: ratio
        for pair, count in both.items()
        if count >= LEAST
        and count * 2 * total > english[pair[0]] * target[pair[1]]
        and (ratio := likelihood_ratio(count, english[pair[0]], target[pair[1]], total)) >= SIGNIFICANT
    }
    chosen = _mutual(scored)
    return tuple(Learned(word, forms[found].most_common(1)[0][0], both[word, found]) for word, found in sorted(chosen))


def _content(text: str, lang: str) -> list[str]:
    """The words of a sentence that may teach something, each once: three letters and more, no digits."""
    found = (word.folded for word in words(text, lang)[:LONGEST])
    return list(dict.fromkeys(word for word in found if len(word) > 2 and word.isalpha()))


def _singular(word: str, vocabulary: set[str]) -> str:
    """The word without its s, if that form was met too."""
    return next((base for base in bases(word)[1:] if base in vocabulary), word) if word.endswith("s") else word


def likelihood_ratio(both: int, one: int, other: int, total: int) -> float:
    """-2 log lambda of a two-by-two table."""
    cells = (both, one - both, other - both, total - one - other + both)
    margins = ((one, other), (one, total - other), (total - one, other), (total - one, total - other))
    return 2 * sum(
        cell * log(cell * total / (row * column))
        for cell, (row, column) in zip(cells, margins, strict=True)
        if cell > 0
    )


def _mutual(scored: dict[tuple[str, str], float]) -> set[tuple[str, str]]:
    """The pairs that are among the best partners of both their words."""
    best: dict[tuple[int, str], list[tuple[float, tuple[str, str]]]] = {}
    for pair, ratio in scored.items():
        for side in (0, 1):
            best.setdefault((side, pair[side]), []).append((-ratio, pair))
    kept = {key: {pair for _, pair in sorted(found)[:PARTNERS]} for key, found in best.items()}
    return {pair for pair in scored if all(pair in kept[side, pair[side]] for side in (0, 1))}
