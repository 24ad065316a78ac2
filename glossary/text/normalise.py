"""Folded text: one spelling for things that look or mean the same, with a map back to the text as read.

Folding composes letters (NFC), drops stress marks and invisible characters, makes one apostrophe, one hyphen and one
space of their many kinds, drops the dots of ё in Russian only, and drops case.
"""

import re
import unicodedata
from array import array
from dataclasses import dataclass, field
from functools import lru_cache

from glossary.text.recent import WORDS
from glossary.text.spans import Span

# Combining marks of the Latin, Greek and Cyrillic scripts, as the inside of a character class.
MARKS = "\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
# Soft hyphen, zero-width and joining characters, bidi controls, variation selectors, byte-order mark.
INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
APOSTROPHES = "'’ʼ`‘‛′´ʹ＇"
HYPHENS = "\u2010\u2011\u2012\u2212\ufe63\uff0d"
SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"

_APOSTROPHE_INSIDE = re.compile(f"(?<=[^\\W\\d_])[{APOSTROPHES}](?=[^\\W\\d_])")
_UNEVEN = re.compile(f"[{MARKS}{INVISIBLE}]")
# At most 30 marks to a letter: canonical reordering is quadratic in CPython.
_CLUSTER = re.compile(f"(?s:.)[{MARKS}]{{1,30}}|[{MARKS}{INVISIBLE}]")
_DROPPED = re.compile(f"[{INVISIBLE}\u0300\u0301]")


def _single_characters() -> dict[int, str]:
    table = {ord(hyphen): "-" for hyphen in HYPHENS}
    for first, last in ((0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x202F, 0x202F), (0x205F, 0x205F)):
        table |= dict.fromkeys(range(first, last + 1), " ")
    # Stressed letters that exist in one piece.
    return table | {0x3000: " ", 0x0450: "е", 0x045D: "и", 0x0400: "Е", 0x040D: "И"}


_PLAIN = _single_characters()
_RUSSIAN = _PLAIN | {ord("ё"): "е", ord("Ё"): "Е"}


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text and where each of its characters comes from.

    `length` is the length of the original in code points. `starts` and `ends` hold, for each folded character, the
    half-open range of the original it stands for; both are None when the two texts correspond one to one.
    """

    text: str
    length: int
    starts: "array[int] | None" = field(default=None, repr=False)
    ends: "array[int] | None" = field(default=None, repr=False)

    def span(self, start: int, end: int) -> Span:
        """The range of the original that the folded range `[start, end)` stands for.

        A stress mark belongs to its letter; other dropped characters belong to a range only when they are inside.
        """
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"not a range of the folded text: [{start}, {end})")
        if self.starts is None or self.ends is None:
            return Span(start, end)
        first = self.starts[start] if start < len(self.starts) else self.length
        return Span(first, self.ends[end - 1] if end > start else first)


def fold(text: str, lang: str | None = None) -> Folded:
    """Fold `text`; only in Russian (`lang` "ru") ё becomes е.

    >>> fold("Бое\u0301припасы", "ru").text, fold("Під’їзд", "uk").text, fold("155‑MM", "en").text
    ('боеприпасы', "під'їзд", '155-mm')
    """
    table = _RUSSIAN if lang == "ru" else _PLAIN
    if not _UNEVEN.search(text):
        even = text.translate(table).casefold()
        if len(even) == len(text):
            return Folded(_APOSTROPHE_INSIDE.sub("'", even), len(text))
    parts: list[str] = []
    starts, ends = array("l"), array("l")
    done = 0
    for cluster in _CLUSTER.finditer(text):
        _fold_even(text, done, cluster.start(), table, parts, starts, ends)
        letters = _DROPPED.sub("", unicodedata.normalize("NFC", cluster.group())).translate(table).casefold()
        letters = unicodedata.normalize("NFC", letters)  # the i of ﬁ may have a mark
        parts.append(letters)
        starts.extend([cluster.start()] * len(letters))
        ends.extend([cluster.end()] * len(letters))
        done = cluster.end()
    _fold_even(text, done, len(text), table, parts, starts, ends)
    return Folded(_APOSTROPHE_INSIDE.sub("'", "".join(parts)), len(text), starts, ends)


def _fold_even(
    text: str,
    start: int,
    end: int,
    table: dict[int, str],
    parts: list[str],
    starts: "array[int]",
    ends: "array[int]",
) -> None:
    """Fold `[start, end)`, which holds no marks and nothing to drop, onto the lists."""
    even = text[start:end].translate(table)
    letters = even.casefold()
    parts.append(letters)
    if len(letters) == len(even):
        starts.extend(range(start, end))
        ends.extend(range(start + 1, end + 1))
        return
    for at, letter in enumerate(even, start):
        for _ in letter.casefold():
            starts.append(at)
            ends.append(at + 1)


@lru_cache(maxsize=WORDS)
def fold_word(word: str, lang: str | None = None) -> str:
    """The folded form of one word, with look-alikes of the other alphabet repaired (see `mixed_script`)."""
    if _CYRILLIC_WORD.fullmatch(word):
        return word.translate(_RUSSIAN if lang == "ru" else _PLAIN).casefold()
    folded = fold(word, lang).text
    if folded.isascii():
        return folded
    mixed = mixed_script(word)
    return fold(mixed.repaired, lang).text if mixed else folded


# The same shape in both alphabets. Lower-case Latin k, m, t, b, h differ from к, м, т, в, н, and are left out.
_LATIN = "ABCEHIKMOPTXYÏËaceiopxyïë"
_CYRILLIC = "АВСЕНІКМОРТХУЇЁасеіорхуїё"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)
_LATIN_LETTER = re.compile("[A-Za-zÀ-ÖØ-öø-ɏ]")
_CYRILLIC_LETTER = re.compile("[Ѐ-ҁҊ-ԯ]")
_CYRILLIC_WORD = re.compile("[Ѐ-ҁҊ-ԯ]+")
_RUN = re.compile(f"(?:[^\\W\\d_]|[{MARKS}{INVISIBLE}])+")


@dataclass(frozen=True, slots=True)
class MixedScript:
    """A word in which letters of one alphabet stand in for look-alikes of the other.

    `strangers` are their offsets in the word, `script` the alphabet the word belongs to (`Cyrillic` or `Latin`),
    `repaired` the word with the strangers replaced.
    """

    word: str
    strangers: tuple[int, ...]
    script: str
    repaired: str


def mixed_script(word: str) -> MixedScript | None:
    """Find look-alikes of the wrong alphabet in `word`, None if there are none.

    Only unbroken runs of letters are looked at, so that `Т-72Б3`, `TikTok-канал` and `iPhone'ом` are in order; and
    only runs in which all letters of one alphabet could be letters of the other, so `VIPка` is.
    """
    if word.isascii() or not (_LATIN_LETTER.search(word) and _CYRILLIC_LETTER.search(word)):
        return None
    repaired = word
    script = ""
    for run in _RUN.finditer(word):
        stranger_script = _strangers(run.group())
        if not stranger_script:
            continue
        script = "Cyrillic" if stranger_script == "Latin" else "Latin"
        table = _TO_CYRILLIC if script == "Cyrillic" else _TO_LATIN
        letters = _LATIN_LETTER if script == "Cyrillic" else _CYRILLIC_LETTER
        fixed = letters.sub(lambda letter: letter.group().translate(table), run.group())  # noqa: B023
        repaired = repaired[: run.start()] + fixed + repaired[run.end() :]
    if not script:
        return None
    strangers = tuple(n for n, (old, new) in enumerate(zip(word, repaired, strict=True)) if old != new)
    return MixedScript(word, strangers, script, repaired)


def _strangers(run: str) -> str:
    """The alphabet of the letters in `run` that should belong to the other one; empty if there are none."""
    latin = _LATIN_LETTER.findall(run)
    cyrillic = _CYRILLIC_LETTER.findall(run)
    if not latin or not cyrillic:
        return ""
    latin_strange = all(letter in _LATIN for letter in latin)
    cyrillic_strange = all(letter in _CYRILLIC for letter in cyrillic)
    if latin_strange and (not cyrillic_strange or len(latin) <= len(cyrillic)):
        return "Latin"
    return "Cyrillic" if cyrillic_strange else ""


_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b-\u200f\u061c\u180e\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)


def hidden_characters(text: str) -> tuple[Span, ...]:
    """Runs of characters that show nothing and may mislead: controls, zero-width characters, bidi controls.

    White space of any width is not hidden, nor is the soft hyphen; an emoji keeps its zero-width joiner.
    """
    return tuple(
        Span(run.start(), run.end())
        for run in re.finditer(f"{_HIDDEN.pattern}+", text)
        if not (run.group() == "\u200d" and _joins_emoji(text, run.start()))
    )


def _joins_emoji(text: str, at: int) -> bool:
    """Whether the joiner at `at` stands before a pictograph, as in a family or a flag."""
    return at + 1 < len(text) and unicodedata.category(text[at + 1]) == "So"
