"""English word forms by closed-form rules: plurals, possessives, -ed, -ing, and a table of what is irregular.

There is no dictionary behind this: `forms` builds every form a word could have, `lemmas` inverts it. Both err
on the side of too many, which is harmless where a glossary or a lexicon decides what is looked up.
"""

from collections.abc import Iterator
from functools import cache, lru_cache

from glossary import data

VOWELS = frozenset("aeiou")
SIBILANTS = ("s", "x", "z", "ch", "sh")
PARTS_OF_SPEECH = ("noun", "verb")


@lru_cache(maxsize=1 << 14)
def lemmas(word: str) -> frozenset[str]:
    """Every lemma `word` can be a form of by rule or table, itself included; lower case, no possessive.

    >>> sorted(lemmas("servicemen")), "withdraw" in lemmas("withdrew"), "supply" in lemmas("Supplies")
    (['serviceman', 'servicemen'], True, True)
    """
    base = without_possessive(word.casefold())
    return frozenset({base, *(candidate for candidate in _candidates(base) if base in forms(candidate))})


@lru_cache(maxsize=1 << 14)
def forms(lemma: str, pos: str = "") -> frozenset[str]:
    """The forms of a word, itself included, lower case.

    `pos` is `noun`, `verb`, `fixed` (the word as it is), or anything else for noun and verb together.

    >>> sorted(forms("ship", "noun")), "shipped" in forms("ship"), sorted(forms("shoot", "verb"))
    (['ship', 'ships'], True, ['shoot', 'shooting', 'shoots', 'shot'])
    """
    base = without_possessive(lemma.casefold())
    found = {base}
    if pos == "fixed" or not base:
        return frozenset(found)
    for wanted in (pos,) if pos in PARTS_OF_SPEECH else PARTS_OF_SPEECH:
        irregular = _irregular().get((base, wanted))
        if irregular is not None:
            found.update(irregular)
        elif wanted == "noun":
            found.update(_plurals(base))
        else:
            found.update(_verb_forms(base))
    return frozenset(found)


def without_possessive(word: str) -> str:
    """The word without a final ’s or apostrophe (U+0027 or U+2019)."""
    for ending in ("'s", "’s", "'", "’"):
        if word.endswith(ending) and len(word) > len(ending):
            return word[: -len(ending)]
    return word


@cache
def _irregular() -> dict[tuple[str, str], tuple[str, ...]]:
    table = data.rows("english_irregular.csv")
    return {(row["lemma"], row["pos"]): tuple(row["forms"].split(";")) for row in table}


@cache
def _irregular_lemmas() -> dict[str, tuple[str, ...]]:
    lemmas_of: dict[str, list[str]] = {}
    for (lemma, _), irregular_forms in _irregular().items():
        for form in irregular_forms:
            lemmas_of.setdefault(form, []).append(lemma)
    return {form: tuple(dict.fromkeys(found)) for form, found in lemmas_of.items()}


@cache
def past_forms() -> frozenset[str]:
    """The forms of irregular verbs other than their lemmas: words that are surely verbs or participles."""
    return frozenset(form for (_, pos), forms_of in _irregular().items() if pos == "verb" for form in forms_of[2:])


def _candidates(word: str) -> Iterator[str]:
    yield from _irregular_lemmas().get(word, ())
    if (word, "noun") in _irregular() and word in _irregular()[word, "noun"]:
        return
    if word.endswith("men"):
        yield word[:-3] + "man"
    if word.endswith("s") and not word.endswith("ss"):
        yield word[:-1]
        if word.endswith("es"):
            yield word[:-2]
        if word.endswith("ies"):
            yield word[:-3] + "y"
    for ending in ("ed", "ing"):
        stem = word.removesuffix(ending)
        if stem == word or not any(letter in VOWELS or letter == "y" for letter in stem):
            continue
        yield stem
        yield stem + "e"
        if len(stem) > 2 and stem[-1] == stem[-2]:
            yield stem[:-1]
        if stem.endswith("i"):
            yield stem[:-1] + "y"


def _plurals(word: str) -> tuple[str, ...]:
    if word.endswith("man") and len(word) > 4:
        return (word[:-3] + "men",)
    if not word[-1].isalpha():
        return (word + "s",)
    if word.endswith(SIBILANTS):
        return (word + "es",)
    if word.endswith("o"):
        return (word + "s", word + "es")
    if word.endswith("y") and word[-2:-1] not in VOWELS and len(word) > 1:
        return (word[:-1] + "ies",)
    return (word + "s",)


def _verb_forms(word: str) -> tuple[str, ...]:
    third = _plurals(word) if not word.endswith("man") else (word + "s",)
    if word.endswith("ee"):
        return (*third, word + "d", word + "ing")
    if word.endswith("ie"):
        return (*third, word + "d", word[:-2] + "ying")
    if word.endswith("e"):
        return (*third, word + "d", word[:-1] + "ing")
    if word.endswith("y") and word[-2:-1] not in VOWELS and len(word) > 1:
        return (*third, word[:-1] + "ied", word + "ing")
    plain, doubled = (word + "ed", word + "ing"), (word + word[-1] + "ed", word + word[-1] + "ing")
    if not _may_double(word):
        return (*third, *plain)
    return (*third, *doubled) if _syllables(word) == 1 else (*third, *plain, *doubled)


def _may_double(word: str) -> bool:
    """Whether the word ends in one consonant after one vowel letter (stop, transfer, travel)."""
    if len(word) < 3 or word[-1] in VOWELS or word[-1] in "wxyhj" or not word[-1].isalpha():
        return False
    return word[-2] in VOWELS and (word[-3] not in VOWELS or word[-3:-1] == "ui")


def _syllables(word: str) -> int:
    groups, inside = 0, False
    for letter in word:
        vowel = letter in VOWELS or letter == "y"
        groups += vowel and not inside
        inside = vowel
    return groups
