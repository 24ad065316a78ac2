"""Names across alphabets: how a word sounds, roughly, whichever script it is written in.

`Zelensky`, `Зеленский` and `Зеленський` should meet; so should `Kharkiv`, `Харьков` and `Харків`, or `president` and
`президент`. Words are reduced to classes of sounds on which English, Russian and Ukrainian spelling agree: `w` and `в`,
`g`, `h`, `kh`, `г`, `ґ` and `х`, `j` and `дж`, `x` and `кс`, `s`, `z`, `с` and `з` fall together. The idea is that of
Soundex-like keys for transliterated names (Freeman, Condon and Ackerman 2006, NAACL).
"""

import re
from functools import lru_cache

from glossary.text.recent import WORDS

VOWELS = frozenset("aiou")

_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "h", "д": "d", "е": "i", "ё": "io", "є": "i", "ж": "x", "з": "s",
    "и": "i", "і": "i", "ї": "i", "й": "", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ў": "u", "ф": "f", "х": "h", "ц": "s", "ч": "x", "ш": "x", "щ": "x", "ъ": "",
    "ы": "i", "ь": "", "э": "i", "ю": "u", "я": "a",
}  # fmt: skip
_CYRILLIC_PAIR = re.compile(r"дж|тч|шч|тц|\bу(?=[аеиоуыэюяєії])|\bю(?=[аеоу])")
_CYRILLIC_PAIRS = {"дж": "ж", "тч": "ч", "шч": "ч", "тц": "ц", "у": "в", "ю": "ю"}

_LATIN = {
    "a": "a", "b": "b", "c": "k", "d": "d", "e": "i", "f": "f", "g": "h", "h": "h", "i": "i", "j": "x", "k": "k",
    "l": "l", "m": "m", "n": "n", "o": "o", "p": "p", "q": "k", "r": "r", "s": "s", "t": "t", "u": "u", "v": "v",
    "w": "v", "x": "ks", "y": "i", "z": "s", "ß": "s", "æ": "i", "ø": "o", "ł": "l", "đ": "d", "ı": "i",
}  # fmt: skip
_ENGLISH_GROUP = re.compile(
    r"""
      tch|sch|shch|sh|zh|dzh|ch      # one hushing sound
    | ph | th | kh | gh(?=[aeiouy])  # ph sounds f, th is written т
    | gh                             # silent: Vaughan, Burleigh
    | ck | qu
    | ts | tz
    | c(?=[eiy])
    | (?<=[aeiou])h(?=[bcdfgjklmnpqrstvwxz]|$)   # John, Utah
    | j(?=[bcdfghklmnpqrstvwxz]|$)
    | wh | wr | kn(?=[aeiou]) | ps(?=y)
    | ee | oo | ou | ow(?=n|$|l) | ai | ay | ey | ei | ie | ea | au | aw | oe | ia | iy | yi | ya | ye | yu | yo
    | eu | ew | io
    """,
    re.VERBOSE,
)
_ENGLISH_GROUPS = {
    "tch": "x", "sch": "x", "shch": "x", "sh": "x", "zh": "x", "dzh": "x", "ch": "x", "ph": "f", "th": "t", "kh": "h",
    "gh": "", "ck": "k", "qu": "kv", "ts": "s", "tz": "s", "c": "s", "h": "", "j": "", "wh": "v", "wr": "r", "kn": "n",
    "ps": "s", "ee": "i", "oo": "u", "ou": "u", "ow": "ou", "ai": "ai", "ay": "ai", "ey": "i", "ei": "i", "ie": "i",
    "ea": "i", "au": "au", "aw": "o", "oe": "o", "ia": "ia", "iy": "i", "yi": "i", "ya": "a", "ye": "i", "yu": "u",
    "yo": "io", "eu": "iu", "ew": "iu", "io": "io",
}  # fmt: skip
# Spellings that sound in two ways: George and Gilbert, Michelle and Michael and Bach.
_AMBIGUOUS = (
    (re.compile(r"g(?=[eiy])"), "j"),
    (re.compile(r"(?<![ts])ch"), "k"),
    (re.compile(r"(?<![ts])ch"), "kh"),
    (re.compile(r"j"), "kh"),
    (re.compile(r"th"), "s"),
)
_GROUPED = frozenset("AFHIKNORSTUVX")  # what groups of letters are written as until single letters are done
_DOUBLED = re.compile(r"(.)\1+")
_ENDING = re.compile(
    r"""(?<=..)(?:
        ыми|ими|ого|его|ому|ему|ами|ями|ами|ові|еві|єві|ою|ею|єю|ой|ей|ий|ый|ій|ої|ая|яя|ую|юю|ое|ее|их|ых|іх|ах|ях
      | ым|им|ім|ом|ем|єм|ам|ям|ов|ев|ів|ів|ые|ие
      | [аяуюеєоиыіїьй]
    )$""",
    re.VERBOSE,
)


class _Table(dict[int, str]):
    """A table for str.translate that leaves out what it does not know."""

    def __missing__(self, letter: int) -> str:
        return ""


_CYRILLIC_TABLE = _Table({ord(letter): sounds for letter, sounds in _CYRILLIC.items()})
_LATIN_TABLE = _Table(
    {ord(letter): sounds for letter, sounds in _LATIN.items()} | {ord(group): group.lower() for group in _GROUPED}
)
_CONSONANTS = {ord(vowel): None for vowel in VOWELS}


def cyrillic(word: str) -> bool:
    """Whether the word has a Cyrillic letter."""
    return any("\u0400" <= letter <= "\u052f" for letter in word)


@lru_cache(maxsize=WORDS)
def transliterate(word: str) -> str:
    """The sound classes of a casefolded word, vowels included, as Latin letters.

    >>> transliterate("zelensky"), transliterate("зеленский"), transliterate("зеленський")
    ('silinski', 'silinski', 'silinski')
    """
    if cyrillic(word):
        word = _CYRILLIC_PAIR.sub(lambda found: _CYRILLIC_PAIRS[found[0]], word)
        return word.translate(_CYRILLIC_TABLE)
    word = _ENGLISH_GROUP.sub(lambda found: _ENGLISH_GROUPS[found[0]].upper(), word)
    return word.translate(_LATIN_TABLE)


@lru_cache(maxsize=WORDS)
def skeletons(word: str) -> tuple[str, ...]:
    """The consonant skeletons of a casefolded word: as it stands and, in Cyrillic, without its case ending.

    A vowel at the beginning is kept as `a`, doubled letters count once.

    >>> skeletons("kharkiv"), skeletons("харькова"), skeletons("одессе"), skeletons("odesa")
    (('hrkv',), ('hrkv', 'hrk'), ('ads',), ('ads',))
    """
    found = [_skeleton(transliterate(word))]
    if cyrillic(word):
        once = _ENDING.sub("", word)
        found += [_skeleton(transliterate(once)), _skeleton(transliterate(_ENDING.sub("", once)))]
    else:
        found += [_skeleton(transliterate(letter.sub(other, word))) for letter, other in _AMBIGUOUS]
    return tuple(dict.fromkeys(skeleton for skeleton in found if skeleton))


def _skeleton(sounds: str) -> str:
    head = "a" if sounds[:1] in VOWELS else ""
    return _DOUBLED.sub(r"\1", head + sounds.translate(_CONSONANTS))


def likeness(first: str, second: str) -> float:
    """How alike two casefolded words sound, 0 to 1; endings of the Cyrillic word count little.

    >>> likeness("schumacher", "шумахера") > 0.7 > likeness("london", "минск")
    True
    """
    from rapidfuzz.distance import Indel

    a, b = transliterate(stem(first)), transliterate(stem(second))
    return float(Indel.normalized_similarity(a, b))


@lru_cache(maxsize=WORDS)
def stem(word: str) -> str:
    """A casefolded Cyrillic word without its case ending; other words unchanged.

    >>> stem("украиной"), stem("киев"), stem("london")
    ('украин', 'ки', 'london')
    """
    return _ENDING.sub("", word) if cyrillic(word) else word
