"""Is one word derived from another: танк and танковый, лётчик and лётчица, обстріл and обстріляти, ґрунт and грунт?

No dictionary of derivation is behind this: two words are kin if they share a stem, give or take the consonant and
vowel changes of the two languages, and what follows the stem is a suffix. Used only to soften an alarm.
"""

from functools import cache, lru_cache

from glossary import data
from glossary.text import slavic

VOWELS = "аеиоуыэюяіїєёьй"
# The sounds that change before suffixes, made one.
LEVEL = {
    "ru": str.maketrans({"ч": "к", "ц": "к", "ж": "г", "ш": "х", "щ": "ст", "ё": "е"}),
    "uk": str.maketrans({"ч": "к", "ж": "г", "ш": "х", "щ": "ст", "ґ": "г", "ц": "к", "з": "г"}),
}
LONG, SHORT = 5, 3


@lru_cache(maxsize=1 << 14)
def stem(lemma: str, lang: str) -> str:
    """The lemma without its ending: vowels, ь and й at the end; of verbs also -ть, -ти, -ся."""
    word = lemma
    for ending in ("ться", "тися", "ть", "ти", "ся"):
        if len(word) > len(ending) + 3 and word.endswith(ending):
            word = word[: -len(ending)]
            break
    shortened = word.rstrip(VOWELS)
    for suffix in ("енн", "анн", "ени", "ани"):
        if len(shortened) > len(suffix) + 3 and shortened.endswith(suffix):
            shortened = shortened[: -len(suffix)].rstrip(VOWELS)
            break
    if len(shortened) > 5 and shortened[-1] == "к" and shortened[-2] in "иоеі":
        shortened = shortened[:-2]
    return shortened if len(shortened) >= SHORT else word


@lru_cache(maxsize=1 << 14)
def _levelled(word: str, lang: str) -> str:
    return word.translate(LEVEL[lang])


@cache
def _suffixes(lang: str) -> tuple[str, ...]:
    return tuple(row["suffix"] for row in data.rows("derivation.csv") if row["lang"] == lang)


def akin(word: str, lemma: str, lang: str) -> bool:
    """Whether a word (any form) is derived from `lemma`, or from the same stem.

    >>> akin("танковая", "танк", "ru"), akin("київських", "київ", "uk"), akin("таможня", "танк", "ru")
    (True, True, False)
    """
    root = _levelled(stem(lemma, lang), lang)
    return any(_shares(_levelled(candidate, lang), root, lang) for candidate in slavic.lemmas(word, lang))


def _shares(candidate: str, root: str, lang: str) -> bool:
    if not candidate.startswith(root):
        return _alternates(candidate, root, lang)
    rest = candidate[len(root) :]
    return len(root) >= LONG or not rest or rest.startswith(_suffixes(lang))


def _alternates(candidate: str, root: str, lang: str) -> bool:
    """Whether only the last vowel of the stem differs: фронт, but бій and бойовий, Київ and Києва."""
    if len(root) < SHORT + 1:
        return False
    for place in (len(root) - 2, len(root) - 3):
        if place > 1 and root[place] in "іїеоє":
            for vowel in ("і", "о", "е", "є", "ї", ""):
                changed = root[:place] + vowel + root[place + 1 :]
                if len(changed) >= SHORT + 1 and candidate.startswith(changed):
                    rest = candidate[len(changed) :]
                    return len(changed) >= LONG or rest.startswith(_suffixes(lang))
    return False


def clipped(word: str, first: str, second: str, lang: str) -> bool:
    """Whether a word is made of the beginning of one lemma and the whole of another: Балтфлота, артудар, авіаудар.

    >>> clipped("балтфлота", "балтийский", "флот", "ru"), clipped("флотилия", "балтийский", "флот", "ru")
    (True, False)
    """
    root = _levelled(stem(second, lang), lang)
    for candidate in slavic.lemmas(word, lang):
        levelled = _levelled(candidate, lang)
        at = levelled.find(root, SHORT)
        if at >= SHORT and len(levelled) - at - len(root) <= 3:
            head = levelled[:at].rstrip(VOWELS)
            if len(head) >= SHORT - 1 and _levelled(first, lang).startswith(head):
                return True
    return False
