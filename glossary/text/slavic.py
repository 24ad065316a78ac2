"""Russian and Ukrainian word forms, from pymorphy3 and its dictionaries.

The method is Korobov 2015, doi:10.1007/978-3-319-26123-2_31. The analyser of a language is loaded once per
process, on first use. Every word that goes in or comes out is folded: lower case, ё as е in Russian, any
apostrophe as U+0027, no stress marks.
"""

import re
import sys
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from glossary import data

CONSONANTS = frozenset("бвгґджзклмнпрстфхцчшщ")
_CYRILLIC_WORD = re.compile(r"[а-яёіїєґ][а-яёіїєґ'-]{0,59}")
LANGUAGES = ("ru", "uk")
APOSTROPHES = str.maketrans(dict.fromkeys("’ʼ`‘′´", "'"))
# A name reading of a common word (Рота, Бригада) only adds noise.
NAME_TAGS = frozenset({"Name", "Surn", "Patr", "Abbr", "Init", "Infr", "Slng", "Arch", "Erro", "Dist"})


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a word form: lemma, part of speech, grammemes by pymorphy3's (OpenCorpora) names."""

    word: str
    lemma: str
    pos: str
    grammemes: frozenset[str]
    score: float
    known: bool

    def has(self, *wanted: str) -> bool:
        """Whether the reading has all of these grammemes."""
        return self.grammemes.issuperset(wanted)


@cache
def morphology(lang: str) -> Any:
    """The pymorphy3 analyser of `ru` or `uk`; ValueError for any other language."""
    if lang not in LANGUAGES:
        raise ValueError(f"no morphology for {lang!r}")
    from importlib import import_module

    import pymorphy3

    from glossary.text.dictionaries import mapped

    with mapped():
        # Without a path, all packages there are would be looked through for dictionaries.
        return pymorphy3.MorphAnalyzer(import_module(f"pymorphy3_dicts_{lang}").get_path(), lang)


@cache
def versions(lang: str) -> str:
    """The versions of analyser and dictionary, for keys of caches; read without loading either."""
    return f"pymorphy3 {_version('pymorphy3')}, pymorphy3-dicts-{lang} {_version(f'pymorphy3-dicts-{lang}')}"


def _version(package: str) -> str:
    """The version of an installed package by the name of its metadata folder: importlib.metadata loads slowly."""
    for folder in sys.path:
        found = sorted(Path(folder).glob(f"{package.replace('-', '_')}-*.dist-info")) if folder else []
        if found:
            return found[-1].name.removesuffix(".dist-info").partition("-")[2]
    from importlib.metadata import version

    return version(package)


def fold(word: str, lang: str) -> str:
    """A single word folded the way the dictionaries need it."""
    if word.isascii():
        return word.translate(APOSTROPHES).casefold()
    plain = word.translate(APOSTROPHES)
    if not plain.isascii() and any(mark in plain for mark in ("\u0300", "\u0301", "\u00ad")):
        plain = plain.replace("\u0300", "").replace("\u0301", "").replace("\u00ad", "")
    plain = unicodedata.normalize("NFC", plain).casefold()
    return plain.replace("ё", "е") if lang == "ru" else plain


@lru_cache(maxsize=1 << 14)
def readings(word: str, lang: str) -> tuple[Reading, ...]:
    """All readings of a word form, likeliest first; guesses if no dictionary has the word."""
    found: dict[tuple[str, frozenset[str]], Reading] = {}
    for parse in _parses(fold(word, lang), lang):
        tag = parse.tag
        reading = Reading(
            parse.word,
            fold(parse.normal_form, lang),
            str(tag.POS or ""),
            _with_case(tag.grammemes, lang),
            parse.score,
            parse.is_known,
        )
        found.setdefault((reading.lemma, reading.grammemes), reading)
    return tuple(found.values())


@lru_cache(maxsize=1 << 14)
def lemmas(word: str, lang: str) -> tuple[str, ...]:
    """Every lemma the word form can belong to, likeliest first, no doubles.

    >>> lemmas("танків", "uk"), lemmas("боеприпасов", "ru")
    (('танок', 'танк'), ('боеприпас',))
    """
    return tuple(dict.fromkeys(reading.lemma for reading in readings(word, lang))) or (fold(word, lang),)


def known(word: str, lang: str) -> bool:
    """Whether the dictionary has the word form."""
    return any(parse.is_known for parse in _parses(fold(word, lang), lang))


@lru_cache(maxsize=1 << 14)
def forms(word: str, lang: str) -> frozenset[str]:
    """The whole paradigm of a word given as in a glossary, itself included.

    The lexemes whose lemma is the word itself are taken; if there is none (a plural, a genitive in a phrase),
    those of all readings the dictionary knows; of an unknown word, that of the likeliest guess.

    >>> sorted(forms("взвод", "ru"))
    ['взвод', 'взвода', 'взводам', 'взводами', 'взводах', 'взводе', 'взводов', 'взводом', 'взводу', 'взводы']
    """
    base = fold(word, lang)
    found = {base}
    for parse in _lexemes(base, lang):
        # What comes out of a dictionary is folded but for ё.
        found.update(form.word.replace("ё", "е") if lang == "ru" else form.word for form in parse.lexeme)
        if not parse.is_known and parse.tag.POS == "NOUN" and ("Surn" in parse.tag or len(found) < 9):
            found.update(_guessed(base, lang))
    return frozenset(found)


def _parses(base: str, lang: str) -> list[Any]:
    """What the analyser says of a folded word; nothing of what is no Cyrillic word: odd characters make it fail."""
    analyser = morphology(lang)
    return list(analyser.parse(base)) if _CYRILLIC_WORD.fullmatch(base) else []


def _lexemes(base: str, lang: str) -> list[Any]:
    parses = _parses(base, lang)
    dictionary = [p for p in parses if p.is_known]
    common = [p for p in dictionary if not NAME_TAGS & p.tag.grammemes] or dictionary
    if not common:
        own = [p for p in parses if fold(p.normal_form, lang) == base]
        common = [p for p in own if "Surn" not in p.tag.grammemes][:1] or own[:1] or parses[:1]
    own = [p for p in common if fold(p.normal_form, lang) == base]
    chosen: dict[tuple[str, str], Any] = {}
    for parse in own or common:
        chosen.setdefault((parse.normal_form, str(parse.tag.POS)), parse)
    return list(chosen.values())


def _guessed(base: str, lang: str) -> set[str]:
    """Forms by ending alone, for a noun whose guessed paradigm is a surname's or has no plural."""
    if not base.isalpha() or len(base) < 4:
        return set()
    endings = _endings(lang)
    for length in (3, 2, 1):
        if base[-length:] in endings:
            return {base[:-length] + ending for ending in endings[base[-length:]]}
    if base[-1] in CONSONANTS:
        return {base + ending for ending in endings["*"]}
    return set()


@cache
def _endings(lang: str) -> dict[str, tuple[str, ...]]:
    rows = (row for row in data.rows("slavic_endings.csv") if row["lang"] == lang)
    return {row["ending"]: tuple(row["endings"].split(";")) for row in rows}


CASES = frozenset({"nomn", "gent", "datv", "accs", "ablt", "loct", "voct", "gen1", "gen2", "acc2", "loc1", "loc2"})
NAMES = frozenset({"Surn", "Name", "Patr", "Abbr", "Init"})


def _with_case(grammemes: frozenset[str], lang: str) -> frozenset[str]:
    """The Ukrainian dictionary leaves the case out in the first form of some nouns: it is the nominative."""
    if lang != "uk" or "NOUN" not in grammemes or CASES & grammemes:
        return grammemes
    return grammemes | {"nomn"}


@lru_cache(maxsize=8192)
def paradigm(word: str, lang: str, lemma: str, pos: str) -> tuple[Reading, ...]:
    """Every form of the lexeme by which `word` reads as `lemma` and `pos`, spelt as the dictionary spells (with ё).

    Of several lexemes common nouns go before names, things before persons (винищувач), those with a plural before
    those without, and in Ukrainian those with a genitive in -у before those in -а (стан). Empty if there is none.
    """
    found: list[tuple[tuple[bool, ...], int, tuple[Reading, ...]]] = []
    for number, parse in enumerate(_parses(fold(word, lang), lang)):
        if fold(parse.normal_form, lang) != lemma or str(parse.tag.POS or "") != pos:
            continue
        forms_of = tuple(
            Reading(
                form.word, lemma, str(form.tag.POS or ""), _with_case(form.tag.grammemes, lang), 0.0, parse.is_known
            )
            for form in parse.lexeme
        )
        grammemes = parse.tag.grammemes
        genitive = next((r.word for r in forms_of if r.has("gent", "inan") and "plur" not in r.grammemes), "")
        order = (
            bool(NAMES & grammemes),
            lang == "uk" and "anim" in grammemes,
            not any("plur" in r.grammemes for r in forms_of),
            lang == "uk" and genitive.endswith(("а", "я")),
        )
        found.append((order if pos == "NOUN" else (), number, forms_of))
    return min(found, default=((), 0, ()))[2] if found else ()
