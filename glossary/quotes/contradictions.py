"""What in two renderings of one utterance cannot both be true: negation, roles, direction, numbers, opposites.

Similar words hide exactly these differences, so they are looked for one by one. Each check answers only when the rest
of the two strings agrees.

    >>> [found.kind for found in contradictions("Мы отступаем", "Мы не отступаем", "ru")]
    ['negation']
    >>> contradictions("Никого не осталось", "Не осталось никого", "ru")
    ()
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from glossary.quotes.analysis import SCOPE, Analysis, Lists, analysis, denies, is_numeric, lists, sides_of
from glossary.quotes.stems import common_beginning, stem, synonyms, tokens
from glossary.text.recent import WORDS

_REACH = 3
_LONG = 12
_ROLES_WORDS = 20
_SOFT = str.maketrans("яюиіїє", "ауыиие")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two things that cannot both be true. `kind` is negation, swap, direction, number or opposite; `one` and `other`
    are the words of the first and of the second string that differ (empty: nothing there answers to it)."""

    kind: str
    one: str
    other: str


def contradictions(a: str, b: str, lang: str) -> tuple[Contradiction, ...]:
    """The contradictions between two strings that render one utterance, in the order of the checks."""
    known = lists(lang)
    if known is None:
        return ()
    long = max(len(tokens(a, lang)), len(tokens(b, lang))) > _ROLES_WORDS
    if long and not _marked(a, lang) and not _marked(b, lang):
        return ()
    one, other = analysis(a, lang), analysis(b, lang)
    if not one.content or not other.content or one.words == other.words:
        return ()
    agreement = _agreement(one, other, lang)
    found = [
        *_numbers(one, other, agreement, lang),
        *_pivoted(one, other, known),
        *_directed(one, other, known),
        *(_roles(one, other, lang, known) if agreement >= 0.8 else ()),
        *_negated(one, other, agreement, lang),
    ]
    if not found:
        found = list(_opposed(one, other, agreement, known))
    return tuple(found)


def _marked(text: str, lang: str) -> bool:
    """Whether a string has words that a contradiction can hang on; long strings without any need no closer look."""
    return any(_telling(word, lang) for word in tokens(text, lang))


@lru_cache(maxsize=WORDS)
def _telling(word: str, lang: str) -> bool:
    known = lists(lang)
    if known is None:
        return False
    return (
        denies(word, known)
        or word in known.concord
        or word in known.pivotal
        or is_numeric(word, lang)
        or stem(word, lang) in known.fire
        or bool(sides_of(word, stem(word, lang), known))
    )


def _near(key: str, others: frozenset[str], lang: str) -> bool:
    """Whether a stem, one that begins like it, or a synonym is among `others`."""
    if key in others:
        return True
    groups = synonyms(lang)
    mine = groups.get(key, frozenset())
    beginning = key[:4]
    for candidate in others:
        near = len(key) >= 4 and candidate.startswith(beginning)
        if near and 2 * common_beginning(key, candidate) >= 0.75 * (len(key) + len(candidate)):
            return True
        if mine and mine & groups.get(candidate, frozenset()):
            return True
    return False


def _agreement(one: Analysis, other: Analysis, lang: str) -> float:
    """The share of weighty stems of the shorter string that the longer has too, 0 to 1."""
    small, large = (one, other) if len(one.content) <= len(other.content) else (other, one)
    shared = sum(_near(key, large.content, lang) for key in sorted(small.content))
    return shared / len(small.content)


def _lengths_differ(one: Analysis, other: Analysis) -> bool:
    sizes = sorted((len(one.words), len(other.words)))
    return sizes[1] > 1.6 * sizes[0] + 1


def _negated(one: Analysis, other: Analysis, agreement: float, lang: str) -> Iterator[Contradiction]:
    """A word denied in one string and stated in the other, when the strings differ in how often they deny."""
    if bool(one.negators) == bool(other.negators) and len(one.negators) % 2 == len(other.negators) % 2:
        return
    if agreement < (0.75 if _lengths_differ(one, other) else 0.6):
        return
    for first, second, turned in ((one, other, False), (other, one, True)):
        stated = frozenset(
            key
            for at, key in enumerate(second.stems)
            if second.heavy[at] and not any(at in scope for scope in second.denied)
        )
        denied = frozenset(second.stems[at] for scope in second.denied for at in scope)
        for at, scope in zip(first.negators, first.denied, strict=True):
            if _lengths_differ(one, other) and not _inside(at, first, second):
                continue
            for place in sorted(scope):
                key = first.stems[place]
                if _near(key, denied, lang) or (denied and key not in stated):
                    continue  # `мы не намерены собирать`, `собирать мы не планируем`: both deny
                if _near(key, stated, lang) and _neighbours(place, first, second):
                    words = " ".join(first.words[min(at, place) : max(at, place) + 1])
                    answer = _wording(key, second)
                    yield Contradiction("negation", *((answer, words) if turned else (words, answer)))
                    return


def _neighbours(place: int, first: Analysis, second: Analysis) -> bool:
    """Whether long strings agree around the word in question, so that it is the same clause of both."""
    if max(len(first.words), len(second.words)) <= _LONG:
        return True
    mine = {first.stems[at] for at in range(max(0, place - _REACH), min(len(first.stems), place + _REACH + 1))}
    mine = {key for key in mine if key in first.content and key != first.stems[place]}
    for at, key in enumerate(second.stems):
        if key == first.stems[place] or common_beginning(key, first.stems[place]) >= 4:
            theirs = set(second.stems[max(0, at - _REACH - 1) : at + _REACH + 2])
            if len(mine & theirs) >= min(2, len(mine)):
                return True
    return False


def _inside(at: int, first: Analysis, second: Analysis) -> bool:
    """Whether a negator stands among words that both strings have, so that no cut can have taken it away."""
    shared = [place for place, key in enumerate(first.stems) if first.heavy[place] and key in second.content]
    return len(first.words) <= len(second.words) or (bool(shared) and shared[0] < at < shared[-1])


def _wording(key: str, text: Analysis) -> str:
    for word, candidate in zip(text.words, text.stems, strict=True):
        if candidate == key or common_beginning(candidate, key) >= 4:
            return word
    return ""


def _numbers(one: Analysis, other: Analysis, agreement: float, lang: str) -> Iterator[Contradiction]:
    """Figures that only one of the strings has, on both sides."""
    if not one.numeric or not other.numeric or agreement < 0.5 or not one.numbers or not other.numbers:
        return
    mine, theirs = {value for value, _, _ in one.numbers}, {value for value, _, _ in other.numbers}
    if mine == theirs:
        values = [value for value, _, _ in one.numbers], [value for value, _, _ in other.numbers]
        single = len(values[0]) == len(values[1]) == len(mine) > 1
        if single and values[0] != values[1] and _unnumbered(one) == _unnumbered(other):
            yield Contradiction("number", one.numbers[0][1], other.numbers[0][1])
        return
    ours = [number for number in one.numbers if number[0] not in theirs]
    rest = [number for number in other.numbers if number[0] not in mine]
    for number in ours:
        for counter in rest:
            after = (number[2], counter[2])
            single = len(ours) == len(rest) == 1 and not _lengths_differ(one, other)
            counted = _near(after[0], frozenset((after[1],)), lang) if all(after) else single
            if counted and _written(number[1]) != _written(counter[1]):
                yield Contradiction("number", number[1], counter[1])
                return


def _unnumbered(text: Analysis) -> list[str]:
    """The weighty stems in order, numbers left out: five dead, ten wounded."""
    numbers = {word for _, wording, _ in text.numbers for word in wording.casefold().replace("’", "'").split()}
    return [
        key
        for word, key, counts in zip(text.words, text.stems, text.heavy, strict=True)
        if counts and word not in numbers
    ]


def _written(number: str) -> str:
    """The digits of a number without its separators, or its word."""
    return re.sub(r"[\s.,'’]", "", number)


def _pivoted(one: Analysis, other: Analysis, known: Lists) -> Iterator[Contradiction]:
    """Words exchanged around a comparison: “more from us than from them”, “more from them than from us”."""
    for pivot in known.pivots:
        at, there = _find(pivot, one.words), _find(pivot, other.words)
        if at is None or there is None:
            continue
        left, right = _around(one, at, len(pivot), known)
        left_there, right_there = _around(other, there, len(pivot), known)
        moved = (left & right_there) - left_there - right
        back = (right & left_there) - right_there - left
        if moved and back:
            span = slice(max(0, at - _REACH), at + len(pivot) + _REACH)
            span_there = slice(max(0, there - _REACH), there + len(pivot) + _REACH)
            yield Contradiction("swap", " ".join(one.words[span]), " ".join(other.words[span_there]))
            return


def _find(pivot: tuple[str, ...], words: tuple[str, ...]) -> int | None:
    if pivot[0] not in words:
        return None
    for at in range(1, len(words) - len(pivot)):
        if words[at] == pivot[0] and words[at : at + len(pivot)] == pivot:
            return at
    return None


def _around(text: Analysis, at: int, size: int, known: Lists) -> tuple[frozenset[str], frozenset[str]]:
    def stems(start: int, end: int) -> frozenset[str]:
        return frozenset(
            text.stems[place]
            for place in range(max(0, start), min(end, len(text.words)))
            if text.words[place] not in known.grammar
        )

    return stems(at - _REACH, at), stems(at + size, at + size + _REACH)


def _directed(one: Analysis, other: Analysis, known: Lists) -> Iterator[Contradiction]:
    """Fire from something, fire on it, and fire past it."""
    first, second = _aims(one, known), _aims(other, known)
    for key in sorted(first.keys() & second.keys()):
        if first[key][0] != second[key][0]:
            yield Contradiction("direction", first[key][1], second[key][1])
            return


def _aims(text: Analysis, known: Lists) -> dict[str, tuple[str, str]]:
    """What fire goes from, towards or past, by stem, and the wording."""
    found: dict[str, tuple[str, str]] = {}
    fired = next((at for at, key in enumerate(text.stems) if key in known.fire), None)
    if fired is None:
        return found
    for at in range(fired + 1, min(len(text.words), fired + 4)):
        word = text.words[at]
        if word in known.directions:
            for place in range(at + 1, min(len(text.words), at + 1 + SCOPE)):
                if text.heavy[place]:
                    wording = " ".join(text.words[at : place + 1])
                    found.setdefault(text.stems[place], (known.directions[word], wording))
            return found
    return found


def _roles(one: Analysis, other: Analysis, lang: str, known: Lists) -> Iterator[Contradiction]:
    """Who and whom exchanged, the rest of the words being the same."""
    first = [at for at, heavy in enumerate(one.heavy) if heavy]
    second = [at for at, heavy in enumerate(other.heavy) if heavy]
    keys = [one.stems[at] for at in first]
    others = [_matched(other.stems[at], keys) for at in second]
    if not 3 <= len(keys) <= 8 or sorted(keys) != sorted(others) or len(set(keys)) != len(keys):
        return
    if known.passive & (set(one.words) ^ set(other.words)):
        return
    moved = [n for n, (key, counter) in enumerate(zip(keys, others, strict=True)) if key != counter]
    if lang == "en":
        if len(moved) == 2 and moved[1] - moved[0] > 1:
            yield Contradiction("swap", _stretch(one, first, moved), _stretch(other, second, moved))
        return
    if len(moved) == 2:
        pair = [(one.words[first[n]], other.words[second[others.index(keys[n])]]) for n in moved]
        if all(form != counter for form, counter in pair) and moved[1] - moved[0] > 1:
            yield Contradiction("swap", _stretch(one, first, moved), _stretch(other, second, moved))
    elif not moved:
        changed = [n for n in range(len(keys)) if one.words[first[n]] != other.words[second[n]]]
        if len(changed) == 2:
            x, y = changed
            before = [one.words[first[n]][len(keys[n]) :].translate(_SOFT) for n in (x, y)]
            after = [other.words[second[n]][len(keys[n]) :].translate(_SOFT) for n in (x, y)]
            if before[0] == after[1] and before[1] == after[0] and before[0] != before[1]:
                yield Contradiction("swap", _stretch(one, first, changed), _stretch(other, second, changed))


def _matched(key: str, keys: list[str]) -> str:
    """The one of `keys` that `key` is a form of, or `key` itself."""
    if key in keys:
        return key
    near = [mine for mine in keys if common_beginning(mine, key) >= max(4, min(len(mine), len(key)))]
    return near[0] if len(near) == 1 else key


def _stretch(text: Analysis, places: list[int], numbers: list[int]) -> str:
    return " ".join(text.words[places[numbers[0]] : places[numbers[-1]] + 1])


def _opposed(one: Analysis, other: Analysis, agreement: float, known: Lists) -> Iterator[Contradiction]:
    """A word in one string and its opposite in the other, when both deny equally often."""
    if len(one.negators) != len(other.negators) or agreement < 0.5 or _lengths_differ(one, other):
        return
    for word, key in zip(one.words, one.stems, strict=True):
        if key in other.stems:
            continue
        for number, side in sides_of(word, key, known):
            for opposed, counter in zip(other.words, other.stems, strict=True):
                if counter in one.stems or (number, 1 - side) not in sides_of(opposed, counter, known):
                    continue
                if not _both(number, one, known) and not _both(number, other, known):
                    yield Contradiction("opposite", word, opposed)
                    return


def _both(number: int, text: Analysis, known: Lists) -> bool:
    """Whether a string has both sides of a pair: rather early than late."""
    sides = {
        side
        for word, key in zip(text.words, text.stems, strict=True)
        for line, side in sides_of(word, key, known)
        if line == number
    }
    return len(sides) == 2
