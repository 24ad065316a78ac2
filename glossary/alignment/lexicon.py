"""Which English words are rendered by which Russian or Ukrainian ones, as stems.

Inflected forms meet as prefixes: a rendering is cut to its stem once, and a word of the text belongs to it if it
begins with the stem and the rest can be an ending. That needs no dictionary of forms in the hot path.
"""

import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from types import MappingProxyType

from glossary import data
from glossary.text.recent import WORDS

LONG_STEM = 5  # from here on a stem may be followed by any letters: украин-ский
LONGEST_REST = 6
SHORTEST_STEM = 2
MOST_ASKED = 1 << 14
LISTS = ("news_words.csv", "lexicon.csv")  # news words, and the large lexicon where it is present
FORMAT = "lexicon 1"

_ENDING = re.compile(
    r"""(?<=...)(?:
        ировать|нуть|нути|увати|ювати|овать|евать|вати|ться|тися|ться|ась|ись|ость|ість
      | ать|ять|еть|ить|оть|уть|ыть|ти|ть|ати|яти|ити|іти|іть|ися
      | (?<=.....)(?:ный|ний|ной|ская|ский|ський)
      | ого|его|ому|ему|ыми|ими|ами|ями|ове|ові|еві
      | ый|ий|ій|ой|ая|яя|ое|ее|ые|ие|ия|ія|ию|ію|ии|ії|ів|ов|ев|ом|ем|єм|ам|ям|ах|ях|ою|ею|ье|ья|ня|ок|ек
      | [аеиіоуыэюяєїйь]
    )$""",
    re.VERBOSE,
)
# What may follow a short stem: endings of nouns, adjectives and verbs of both languages.
_INFLECTION = re.compile(
    r"""(?:[аеиіоуыэюяєїйьё]|ой|ей|ий|ій|ый|ом|ем|єм|ым|им|ім|ам|ям|ах|ях|ых|их|іх|ов|ев|ів|їв|ой|ою|ею|єю|ые|ие|ое|ее|ая|яя|ую|юю
      | ого|его|ому|ему|ыми|ими|ами|ями|ові|еві|ья|ью|ье|ии|ія|ії|ію|ию|ия|ией|иею|ием|ією|ієм
      | л|ла|ло|ли|в|ть|ти|т|ет|ит|ят|ют|ут|ат|ешь|ишь|ем|им|ете|ите|є|ють|уть|ать|ять|ить|ете|ишся|шь|ся
      | ал|ала|ало|али|ил|ила|ило|или|ел|ела|ели|ів|ила|ив|ав|яв|ав|лся|лась|лись|вся|вши|вший
    )?""",
    re.VERBOSE,
)


def stem(rendering: str) -> str:
    """The stem of a casefolded Russian or Ukrainian lemma; of another word the word itself.

    >>> stem("правительство"), stem("сказать"), stem("війна"), stem("україна")
    ('правительств', 'сказ', 'війн', 'україн')
    """
    return _ENDING.sub("", rendering)


@lru_cache(maxsize=WORDS)
def bases(word: str) -> tuple[str, ...]:
    """What a casefolded English word may be a form of, itself first.

    >>> bases("cities"), bases("stopped"), bases("making"), bases("told")
    (('cities', 'city'), ('stopped', 'stop', 'stopp', 'stoppe'), ('making', 'make', 'mak'), ('told', 'tell'))
    """
    word = word.removesuffix("'s").removesuffix("'")
    found = [word, *_irregular().get(word, ())]
    if len(word) > 3:
        if word.endswith(("ies", "ied")):
            found.append(word[:-3] + "y")
        elif word.endswith(("ed", "ing")):
            cut = word[:-2] if word.endswith("ed") else word[:-3]
            if len(cut) > 2 and cut[-1] == cut[-2]:
                found.append(cut[:-1])
            found += [cut, cut + "e"]
        elif word.endswith("es"):
            found += [word[:-1], word[:-2]]
        elif word.endswith("s") and not word.endswith("ss"):
            found.append(word[:-1])
    return tuple(dict.fromkeys(found))


@cache
def _irregular() -> Mapping[str, tuple[str, ...]]:
    """Lemmas by irregular form."""
    table: dict[str, dict[str, None]] = {}
    for row in data.rows("english_irregular.csv"):
        for form in row["forms"].split(";"):
            if form != row["lemma"]:
                table.setdefault(form, {})[row["lemma"]] = None
    return MappingProxyType({form: tuple(lemmas) for form, lemmas in table.items()})


class _Kept(dict[str, tuple[str, ...]]):
    """What `find` says of a word, kept until MOST_ASKED other words were asked about."""

    def __init__(self, find: Callable[[str], tuple[str, ...]]) -> None:
        self.find = find

    def __missing__(self, word: str) -> tuple[str, ...]:
        if len(self) >= MOST_ASKED:
            self.clear()
        found = self[word] = self.find(word)
        return found


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Stems of renderings by casefolded English headword; headwords may be phrases.

    A rendering of several words stands as its longest stem. `stems` holds all stems, `phrases` for the first word of
    each headword of several words how many words such headwords have. `rendered` and `met` are `renderings` and
    `stems_of` as mappings, for those who ask about thousands of words.
    """

    lang: str
    entries: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    stems: frozenset[str] = frozenset()
    phrases: Mapping[str, tuple[int, ...]] = field(default_factory=lambda: MappingProxyType({}))
    rendered: "_Kept" = field(init=False, repr=False, compare=False)
    met: "_Kept" = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        entries, stems = self.entries, self.stems
        object.__setattr__(self, "rendered", _Kept(lambda words: _rendered(words, entries)))
        object.__setattr__(self, "met", _Kept(lambda word: tuple(filter(stems.__contains__, prefixes(word)))))

    @staticmethod
    @cache
    def bundled(lang: str) -> "Lexicon":
        """The hand lists that ship with the package: news words, then the large lexicon where it is present."""
        pairs: list[tuple[str, list[str]]] = []
        for name in LISTS:
            if (data.FOLDER / name).is_file():
                pairs += [(row["en"], row.get(lang, "").split(";")) for row in data.read(name)]
        return Lexicon(lang).with_pairs(pairs)

    def with_pairs(self, pairs: Iterable[tuple[str, Sequence[str]]]) -> "Lexicon":
        """This lexicon and more renderings: a glossary, what a user's confirmed alignments taught."""
        entries = {head: dict.fromkeys(stems) for head, stems in self.entries.items()}
        for english, renderings in pairs:
            head = " ".join(_SPLIT.split(english.casefold().strip().replace("’", "'")))
            for rendering in renderings:
                found = longest_stem(rendering)
                if head and found:
                    entries.setdefault(head, {})[found] = None
        return _lexicon(self.lang, {head: tuple(stems) for head, stems in entries.items()})

    def dump(self) -> str:
        """The lexicon as text, one headword a line, for `restore`."""
        lines = ["\t".join((head, *stems)) for head, stems in self.entries.items()]
        return "\n".join((f"{FORMAT}\t{self.lang}\t{len(lines)}", *lines, ""))

    @staticmethod
    def restore(text: str) -> "Lexicon":
        """The lexicon of a `dump`. Raises ValueError if the text is none, or not all of one."""
        first, *lines, last = text.split("\n")
        mark, lang, count = first.split("\t")
        if mark != FORMAT or last or not count.isdecimal() or int(count) != len(lines):
            raise ValueError("not the text of a lexicon")
        entries = {}
        for line in lines:
            head, *stems = line.split("\t")
            entries[head] = tuple(stems)
        return _lexicon(lang, entries)

    def renderings(self, words: str) -> tuple[str, ...]:
        """The stems by which a casefolded English word or phrase, its last word in any form, may be rendered."""
        return self.rendered[words]

    def stems_of(self, word: str) -> tuple[str, ...]:
        """The known stems to which a casefolded Cyrillic word may belong, longest first."""
        return self.met[word]

    def __len__(self) -> int:
        return len(self.entries)


def _rendered(words: str, entries: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    head, space, last = words.rpartition(" ")
    return tuple(stem for base in bases(last) for stem in entries.get(head + space + base, ()))


def _lexicon(lang: str, entries: dict[str, tuple[str, ...]]) -> Lexicon:
    """The lexicon of these entries; of two lexicons in one process most words are the same."""
    entries = {sys.intern(head): tuple(map(sys.intern, stems)) for head, stems in entries.items()}
    phrases: dict[str, dict[int, None]] = {}
    for head in entries:
        if " " in head:
            phrases.setdefault(head.partition(" ")[0], {})[head.count(" ") + 1] = None
    return Lexicon(
        lang,
        MappingProxyType(entries),
        frozenset(stem for stems in entries.values() for stem in stems),
        MappingProxyType({first: tuple(counts) for first, counts in phrases.items()}),
    )


_SPLIT = re.compile(r"[\s.-]+")
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")


def longest_stem(rendering: str) -> str:
    """The longest stem of a rendering of one or several words, empty if it has no word."""
    folded = rendering.casefold().replace("ё", "е").replace("’", "'").replace("ʼ", "'")
    if folded.isalpha():
        return stem(folded)
    return max(map(stem, _WORD.findall(folded)), key=len, default="")


@lru_cache(maxsize=WORDS)
def prefixes(word: str) -> tuple[str, ...]:
    """The stems a casefolded Cyrillic word may belong to, longest first.

    >>> prefixes("войну")
    ('войну', 'войн')
    """
    found = [word]
    for length in range(len(word) - 1, max(SHORTEST_STEM, len(word) - LONGEST_REST) - 1, -1):
        if length >= LONG_STEM or fits(word, length):
            found.append(word[:length])
    return tuple(found)


@lru_cache(maxsize=WORDS)
def _ending(rest: str) -> bool:
    return _INFLECTION.fullmatch(rest) is not None


def fits(word: str, length: int) -> bool:
    """Whether what follows the first `length` letters of a word can be an ending."""
    return _ending(word[length:])
