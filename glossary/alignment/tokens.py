"""The words of a document as an aligner sees them: types, their kinds, and the sentences they occur in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from glossary import data
from glossary.text.numbers import number_words
from glossary.text.spans import Document, Span

NUMBER, LATIN, NAME, WORD, MARK = "number", "latin", "name", "word", "mark"

_TOKEN = re.compile(
    r"""
      (?P<number> \d+ (?: [.,'’ \u00a0\u202f\u2009] \d{3} (?!\d) )* (?: [.,:] \d+ )? )
    | (?P<word> [^\W\d_]+ (?: ['’ʼ] [^\W\d_]+ )* )
    """,
    re.VERBOSE,
)
_SPACES = re.compile(r"['’ \u00a0\u202f\u2009]")
_GROUP = re.compile(r"[.,](?=\d{3}(?!\d))")
_SMALL_NUMBER = 13

NO_PHRASES: Mapping[str, tuple[int, ...]] = MappingProxyType({})
MARKS = (
    ("?", re.compile(r"\?")),
    ("!", re.compile(r"!")),
    (":", re.compile(r":(?!\d)")),
    ("“", re.compile(r"[\"“”„«»]")),
    ("(", re.compile(r"[(\[]")),
    ("%", re.compile(r"%")),
    ("$", re.compile(r"[$€£]")),
    (";", re.compile(r";")),
)


@dataclass(frozen=True, slots=True)
class Type:
    """One word form of a document: casefolded text, kind, sentences it occurs in (ascending, without repeats)."""

    text: str
    kind: str
    sentences: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Types:
    """The types of a document in order of first occurrence, marks last, and the letters and digits per sentence."""

    items: tuple[Type, ...]
    lengths: tuple[int, ...]
    lang: str


@cache
def function_words(lang: str) -> frozenset[str]:
    """Words too frequent to say anything about which sentence renders which."""
    return frozenset(row["word"] for row in data.rows("function_words.csv") if row["lang"] == lang)


def types(document: Document, units: Sequence[int], phrases: Mapping[str, tuple[int, ...]] = NO_PHRASES) -> Types:
    """The types of a document in the sentences `units`, which are numbered anew.

    `phrases` says how many words the lexicon's headwords with this first word have.
    """
    places: dict[str, list[int]] = {}
    capitals: set[str] = set()
    small: set[str] = set()
    numbers: set[str] = set()
    marks: dict[str, list[int]] = {}
    lengths = []
    cyrillic = document.lang in ("ru", "uk")
    words = number_words(document.lang)
    text = document.text
    for number, unit in enumerate(units):
        span = document.sentences[unit].span
        first = True
        line: list[str] = []
        letters = 0
        for found in _TOKEN.finditer(text, span.start, span.end):
            token = found[0]
            letters += len(token)
            if found.lastgroup == "number":
                folded = normal_number(token)
                numbers.add(folded)
            else:
                folded = normal_word(token)
                if token[0].isupper():
                    if not first:
                        capitals.add(folded)
                else:
                    small.add(folded)
                if folded in words:
                    folded = str(words[folded][1])
                    numbers.add(folded)
            first = False
            line.append(folded)
            seen = places.setdefault(folded, [])
            if not seen or seen[-1] != number:
                seen.append(number)
        lengths.append(max(letters, 1))
        for phrase in _phrases(line, phrases):
            places.setdefault(phrase, []).append(number)
        for mark, pattern in MARKS:
            if pattern.search(text, span.start, span.end):
                marks.setdefault(mark, []).append(number)
    stop = function_words(document.lang)
    items = []
    for folded, seen in places.items():
        if folded in numbers:
            kind = NUMBER
        elif folded in stop:
            continue
        elif cyrillic and "a" <= folded[0] <= "z":
            kind = LATIN
        elif folded in capitals and folded not in small:
            kind = NAME
        else:
            kind = WORD
        items.append(Type(folded, kind, tuple(seen)))
    items += [Type(mark, MARK, tuple(seen)) for mark, seen in marks.items()]
    return Types(tuple(items), tuple(lengths), document.lang)


def _phrases(line: list[str], phrases: Mapping[str, tuple[int, ...]]) -> dict[str, None]:
    """The runs of words of a sentence that may be headwords, each once."""
    found: dict[str, None] = {}
    if phrases:
        for at, word in enumerate(line):
            for count in phrases.get(word, ()):
                if at + count <= len(line):
                    found[" ".join(line[at : at + count])] = None
    return found


def offsets(text: str, span: Span, lang: str) -> dict[str, list[int]]:
    """Where each token of a span begins, by the text its type has."""
    words = number_words(lang)
    found: dict[str, list[int]] = {}
    for token in _TOKEN.finditer(text, span.start, span.end):
        folded = normal_number(token[0]) if token.lastgroup == "number" else normal_word(token[0])
        if folded in words:
            folded = str(words[folded][1])
        found.setdefault(folded, []).append(token.start())
    return found


def normal_word(token: str) -> str:
    """A word without case, English possessive, and what spelling leaves open.

    >>> normal_word("Ukraine’s"), normal_word("Её"), normal_word("п’ять")
    ('ukraine', 'ее', "п'ять")
    """
    return token.casefold().replace("ё", "е").replace("’", "'").replace("ʼ", "'").removesuffix("'s")


def normal_number(token: str) -> str:
    """Digits as one language-free string.

    >>> normal_number("100 000"), normal_number("1,000.5"), normal_number("2,5"), normal_number("14:30")
    ('100000', '1000.5', '2.5', '14.30')
    """
    bare = _SPACES.sub("", token)
    bare = _GROUP.sub("", bare) if len(token) > 4 else bare
    return bare.replace(",", ".").replace(":", ".")
