"""Quotes prepared for a comparison of what they state: the words that deny and what each denies, figures, opposites."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from itertools import pairwise
from types import MappingProxyType

from glossary import data
from glossary.quotes.stems import stem, tokens, weights
from glossary.text.numbers import figures, number_words
from glossary.text.recent import WORDS, recent

_CONTENT = 0.2
SCOPE = 4


@dataclass(frozen=True, slots=True)
class Lists:
    """The word lists of a language."""

    negators: frozenset[str]
    concord: frozenset[str]
    harmless: tuple[str, ...]
    grammar: frozenset[str]
    modals: frozenset[str]
    pivots: tuple[tuple[str, ...], ...]
    pivotal: frozenset[str]
    directions: Mapping[str, str]
    fire: frozenset[str]
    passive: frozenset[str]
    replies: "re.Pattern[str]"
    opposites: Mapping[str, tuple[tuple[int, int], ...]]


@dataclass(frozen=True, slots=True)
class Analysis:
    """A string prepared for the checks: folded words, stems, the places of its negators and what each denies."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    heavy: tuple[bool, ...]
    negators: tuple[int, ...]
    denied: tuple[frozenset[int], ...]
    content: frozenset[str]
    text: str
    lang: str
    numeric: bool

    @property
    def numbers(self) -> tuple[tuple[Fraction, str, str], ...]:
        """Value, wording and the stem of the word after it of every figure that can be compared."""
        return _quantities(self.text, self.lang) if self.numeric else ()


@cache
def lists(lang: str) -> Lists | None:
    """The word lists of en, ru and uk; None for any other language."""
    if lang not in ("en", "ru", "uk"):
        return None
    table = data.toml("opposites.toml")[lang]
    opposites: dict[str, list[tuple[int, int]]] = {}
    for number, line in enumerate(table["opposites"].strip().splitlines()):
        for side, half in enumerate(line.split("|")):
            for word in tokens(half, lang):
                opposites.setdefault(_opposite_key(word, lang), []).append((number, side))

    def words(key: str) -> frozenset[str]:
        return frozenset(table[key].split())

    def phrases(key: str) -> Iterator[str]:
        return (phrase.strip() for phrase in table[key].split(";"))

    return Lists(
        words("negators"),
        words("concord"),
        tuple(sorted(phrases("harmless"), key=len, reverse=True)),
        words("grammar"),
        words("modals"),
        tuple(tuple(phrase.split()) for phrase in phrases("pivots")),
        frozenset(phrase.split()[0] for phrase in phrases("pivots")),
        MappingProxyType({word: way for way in ("from", "towards", "past") for word in words(way)}),
        frozenset(stem(word, lang) for word in words("fire")),
        words("passive"),
        re.compile(rf"\b(?:{'|'.join(table['replies'].split())})\s*[,.!:;—–-]", re.IGNORECASE),
        MappingProxyType({key: tuple(value) for key, value in opposites.items()}),
    )


def _opposite_key(word: str, lang: str) -> str:
    """Short words are looked up as they are, because their stems meet other words (мен: меньше, меня)."""
    key = stem(word, lang)
    return key if len(key) >= 4 else f"={word}"


@recent(1 << 11)
def analysis(text: str, lang: str) -> Analysis:
    """A string prepared for the checks; kept, because every quote is compared with many others."""
    known = lists(lang)
    assert known is not None
    light = weights(lang)
    words = tuple(tokens(known.replies.sub(" ", text), lang))
    stems = tuple(stem(word, lang) for word in words)
    heavy = tuple(
        light.get(key, 1.0) > _CONTENT and word not in known.negators and word not in known.concord
        for key, word in zip(stems, words, strict=True)
    )
    negators = _negators(words, known)
    denied = tuple(_scope(at, heavy, negators, words) for at in negators)
    content = frozenset(key for key, counts in zip(stems, heavy, strict=True) if counts)
    return Analysis(
        words, stems, heavy, negators, denied, content, text, lang, any(is_numeric(word, lang) for word in words)
    )


def _negators(words: tuple[str, ...], known: Lists) -> tuple[int, ...]:
    """The places of the words that deny. Concord counts once: никто не, ничего не; harmless phrases do not count."""
    skipped: set[int] = set()
    joined = f" {' '.join(words)} "
    if not any(word in known.concord or denies(word, known) for word in words):
        return ()
    for phrase in known.harmless:
        if f" {phrase} " in joined:
            size = phrase.count(" ") + 1
            for at in range(len(words) - size + 1):
                if " ".join(words[at : at + size]) == phrase:
                    skipped.update(range(at, at + size))
    plain = [at for at, word in enumerate(words) if at not in skipped and denies(word, known)]
    alone = [at for at, word in enumerate(words) if at not in skipped and word in known.concord]
    if not plain:
        return tuple(alone[:1])
    cancelled = {
        at
        for first, second in pairwise(plain)
        if second - first == 2 and words[first + 1] in known.modals
        for at in (first, second)
    }
    return tuple(at for at in plain if at not in cancelled)


def denies(word: str, known: Lists) -> bool:
    return word in known.negators or word.endswith("n't")


def _scope(at: int, heavy: tuple[bool, ...], negators: tuple[int, ...], words: tuple[str, ...]) -> frozenset[int]:
    """The places of the words a negator denies: the first weighty word after it; for one at the end, the one before."""
    for place in range(at + 1, min(len(words), at + 1 + SCOPE)):
        if place in negators:
            break
        if heavy[place]:
            return frozenset((place,))
    for place in range(at - 1, max(-1, at - 1 - SCOPE), -1):
        if heavy[place]:
            return frozenset((place,))
    return frozenset()


@recent(1 << 11)
def _quantities(text: str, lang: str) -> tuple[tuple[Fraction, str, str], ...]:
    found = []
    for figure in figures(text, lang):
        rest = text[figure.span.end : figure.span.end + 40]
        if figure.kind in ("designation", "vague", "ordinal", "time") or (figure.word and figure.value <= 1):
            continue
        if re.match(r"[-–‑]\w|\s?[ap]\.?m\b", rest):
            continue  # 2-х, 80-thousandth, 5 p.m.
        after = tokens(rest, lang)
        found.append((figure.value, figure.span.of(text), stem(after[0], lang) if after else ""))
    return tuple(found)


@lru_cache(maxsize=WORDS)
def is_numeric(word: str, lang: str) -> bool:
    """Whether a word is, or has in it, a number."""
    table = number_words(lang)
    return any(part in table or any(letter.isdigit() for letter in part) for part in word.split("-"))


def sides_of(word: str, key: str, known: Lists) -> tuple[tuple[int, int], ...]:
    return known.opposites.get(key if len(key) >= 4 else f"={word}", ())
