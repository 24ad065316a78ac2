"""Who is who among speakers: names as keys, and whether two descriptions may mean one person."""

import re
from functools import cache

from glossary import data
from glossary.quotes.stems import tokens

_ALIKE = 0.75


@cache
def _nameless() -> frozenset[str]:
    """Words of a description that name nobody: pronouns, titles, ranks."""
    table = data.toml("speakers.toml")
    return frozenset(table["pronouns"].split()) | frozenset(table["titles"].split())


def names(speaker: str) -> frozenset[str]:
    """The words of a description that are names: `President Volodymyr Zelensky` → volodymyr, zelensky."""
    words = speaker.replace("’", "'").split()
    found = [re.sub(r"'s$", "", word) for word in words if word[:1].isupper() or word[:1].isdecimal()]
    return frozenset(key for word in found for key in tokens(word, "en") if key not in _nameless())


def speaker_key(speaker: str) -> str:
    """What a speaker is kept under: the names sorted; of somebody who is not named the description; nobody: empty."""
    found = names(speaker)
    if found:
        return " ".join(sorted(found))
    words = tokens(speaker, "en")
    return "" if all(word in _nameless() for word in words) else "~" + " ".join(words)


def same_person(one: str, other: str) -> bool:
    """Whether both are named and share a name, spelled alike (Zelensky, Zelenskyy), or both bear one description."""
    first, second = names(one), names(other)
    if not first or not second:
        return bool(speaker_key(one)) and speaker_key(one) == speaker_key(other)
    return _share(first, second)


def strangers(one: str, other: str) -> bool:
    """Whether both are named, and not alike."""
    first, second = names(one), names(other)
    return bool(first) and bool(second) and not _share(first, second)


def _share(first: frozenset[str], second: frozenset[str]) -> bool:
    from rapidfuzz.distance import Levenshtein

    if first & second:
        return True
    return any(
        one[:1] == other[:1]
        and min(len(one), len(other)) > 3
        and Levenshtein.normalized_similarity(one, other) >= _ALIKE
        for one in first
        for other in second
    )
