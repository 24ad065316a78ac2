"""Who is who among speakers: names as keys, and whether two descriptions may mean one person."""

from functools import lru_cache
from itertools import groupby

from glossary.memory.keys import digest
from glossary.quotes.cues import nation, phrases, unnaming
from glossary.quotes.stems import tokens
from glossary.text.names import transliterate


@lru_cache(maxsize=10_000)
def names(speaker: str) -> frozenset[str]:
    """The words of a description that are names.

    >>> sorted(names("President Volodymyr Zelensky"))
    ['volodymyr', 'zelensky']
    >>> sorted(names("Russian soldier")), sorted(names("Soldier"))
    ([], [])
    """
    words = [word.removesuffix("'s") for word in speaker.replace("’", "'").split() if word[:1].isupper()]
    found = [word for word in words if nation(word) is None]
    keys = [key for word in found for key in tokens(word, "en") if key not in unnaming()]
    return frozenset(key for key in keys if not phrases("words", "people").fullmatch(key))


def speaker_key(speaker: str) -> str:
    """What a speaker is kept under: the names sorted; of somebody who is not named the description; nobody: empty."""
    found = names(speaker)
    if found:
        return " ".join(sorted(found))
    words = tokens(speaker, "en")
    telling = [word for word in words if word not in unnaming()]
    return "~" + " ".join(telling) if telling else ""


def speaker_terms(speaker: str) -> tuple[str, ...]:
    """What a speaker's quotes are found by in the index: how the names sound; without names, the description."""
    found = names(speaker)
    if found:
        return tuple(f"s{_sound(name)}" for name in sorted(found))
    key = speaker_key(speaker)
    return ("s" + digest(key)[:15],) if key else ()


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
    return bool(first & second or {_sound(name) for name in first} & {_sound(name) for name in second})


def _sound(name: str) -> str:
    """How a name sounds, in letters that the index keeps together; doubled letters count once."""
    sounds = "".join(letter for letter, _ in groupby(transliterate(name)) if letter.isascii() and letter.isalnum())
    return sounds or digest(name)[:15]
