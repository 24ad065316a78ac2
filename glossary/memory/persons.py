"""Who is who among speakers: names as keys, and whether two descriptions may mean one person."""

from glossary.quotes.cues import nation, phrases, unnaming
from glossary.quotes.stems import tokens
from glossary.text.names import transliterate


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
    return "" if all(word in unnaming() for word in words) else "~" + " ".join(words)


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
    return bool(first & second or {transliterate(name) for name in first} & {transliterate(name) for name in second})
