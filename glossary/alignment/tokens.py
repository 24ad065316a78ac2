"""The words of a document as an aligner sees them: types, their kinds, and the sentences they occur in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from glossary import data
from glossary.text.numbers import number_words
from glossary.text.recent import WORDS, recent
from glossary.text.spans import Document, Span

NUMBER, LATIN, NAME, WORD, MARK = "number", "latin", "name", "word", "mark"

_TOKEN = re.compile(
    r"""
      \d+ (?: [.,'’ \u00a0\u202f\u2009] \d{3} (?!\d) )* (?: [.,:] \d+ )?   # a number
    | [^\W\d_]+ (?: ['’ʼ] [^\W\d_]+ )*                                  # a word
    """,
    re.VERBOSE,
)
_SPACES = re.compile(r"['’ \u00a0\u202f\u2009]")
_GROUP = re.compile(r"[.,](?=\d{3}(?!\d))")
_SMALL_NUMBER = 13

NO_PHRASES: Mapping[str, tuple[int, ...]] = MappingProxyType({})
MARKS = ("?", "!", ":", "(", "%", ";", "“", "$")
OPEN_END = "¶"  # a headline, a caption: no full stop
_ENDED = re.compile(r"[.!?…:;]\W*\Z")
_MARK = re.compile(r"[?!:(\[%;\"“”„«»$€£]")
_MARK_CLASS = {"[": "(", '"': "“", "”": "“", "„": "“", "«": "“", "»": "“", "€": "$", "£": "$"}


class Type(NamedTuple):  # thousands are made for an article: tuples are made three times as fast as dataclasses
    """One word form of a document: casefolded text, kind, sentences it occurs in (ascending, without repeats)."""

    text: str
    kind: str
    sentences: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Types:
    """The types of a document in order of first occurrence, marks last, and the letters and digits per sentence.

    `lines` holds for each sentence the types of its words in the order they stand, each once.
    """

    items: tuple[Type, ...]
    lengths: tuple[int, ...]
    lang: str
    lines: tuple[tuple[int, ...], ...] = ()


@cache
def function_words(lang: str) -> frozenset[str]:
    """Words too frequent to say anything about which sentence renders which."""
    return frozenset(row["word"] for row in data.rows("function_words.csv") if row["lang"] == lang)


def types(document: Document, units: Sequence[int], phrases: Mapping[str, tuple[int, ...]] = NO_PHRASES) -> Types:
    """The types of a document in the sentences `units`, which are numbered anew.

    `phrases` says how many words the lexicon's headwords with this first word have.
    """
    return types_of([document.sentence(unit) for unit in units], document.lang, phrases)


def types_of(sentences: Sequence[str], lang: str, phrases: Mapping[str, tuple[int, ...]] = NO_PHRASES) -> Types:
    """The types of sentences in a language."""
    places: dict[str, list[int]] = {}
    capitals: set[str] = set()
    small: set[str] = set()
    marks: dict[str, list[int]] = {}
    lengths = []
    lines = []
    for sentence_number, sentence in enumerate(sentences):
        line = _line(sentence, lang)
        capitals.update(line.capitals)
        small.update(line.small)
        for text in (*line.texts, *_phrases(line.words, phrases)) if phrases else line.texts:
            seen = places.get(text)
            if seen is None:
                places[text] = [sentence_number]
            else:
                seen.append(sentence_number)
        lines.append(line.texts)
        lengths.append(line.length)
        for mark in line.marks:
            marks.setdefault(mark, []).append(sentence_number)
    names = capitals - small
    items = []
    for text, seen in places.items():
        kind = _kind(text, lang)
        items.append(Type(text, NAME if kind == WORD and text in names else kind, tuple(seen)))
    items += [Type(mark, MARK, tuple(seen)) for mark, seen in marks.items()]
    number = {text: place for place, text in enumerate(places)}.__getitem__
    return Types(tuple(items), tuple(lengths), lang, tuple([tuple(map(number, line)) for line in lines]))


@dataclass(frozen=True, slots=True)
class _Line:
    """What one sentence says by itself.

    `words`: all tokens; `texts`: those that are types, each once, number words as digits; `capitals` and `small`: words
    that do not begin the sentence.
    """

    words: tuple[str, ...]
    texts: tuple[str, ...]
    capitals: tuple[str, ...]
    small: tuple[str, ...]
    length: int
    marks: tuple[str, ...]


@recent(1024)
def _line(sentence: str, lang: str) -> _Line:
    """Read a sentence; a second look at the same text, after a cut or for a headline, costs nothing."""
    tokens = _TOKEN.findall(sentence)
    words = [_normal(token) for token in tokens]
    capitals: list[str] = []
    small: list[str] = []
    for token, folded in zip(tokens[1:], words[1:], strict=True):
        (capitals if token[0].isupper() else small).append(folded)
    if tokens and tokens[0][0].islower():
        small.append(words[0])
    marks = dict.fromkeys(_MARK_CLASS.get(mark, mark) for mark in _MARK.findall(sentence))
    if tokens and not _ENDED.search(sentence):
        marks[OPEN_END] = None
    digits, stop = _digits(lang), function_words(lang)
    texts = dict.fromkeys(digits.get(word, word) for word in words if word in digits or word not in stop)
    length = max(sum(map(len, tokens)), 1)
    return _Line(tuple(words), tuple(texts), tuple(capitals), tuple(small), length, tuple(marks))


def words_of(sentence: str, lang: str) -> tuple[str, ...]:
    """The casefolded words and numbers of a sentence, in order."""
    return _line(sentence, lang).words


@cache
def _digits(lang: str) -> Mapping[str, str]:
    return MappingProxyType({word: str(value[1]) for word, value in number_words(lang).items()})


@lru_cache(maxsize=WORDS)
def _kind(text: str, lang: str) -> str:
    """The kind of a word as far as the word alone says it."""
    if text[0].isdigit():
        return NUMBER
    return LATIN if lang in ("ru", "uk") and "a" <= text[0] <= "z" else WORD


def _phrases(line: tuple[str, ...], phrases: Mapping[str, tuple[int, ...]]) -> dict[str, None]:
    """The runs of words of a sentence that may be headwords, each once."""
    found: dict[str, None] = {}
    for at, word in enumerate(line):
        if word in phrases:
            for count in phrases[word]:
                if at + count <= len(line):
                    found[" ".join(line[at : at + count])] = None
    return found


def offsets(text: str, span: Span, lang: str) -> dict[str, list[int]]:
    """Where each token of a span begins, by the text its type has."""
    words = number_words(lang)
    found: dict[str, list[int]] = {}
    for token in _TOKEN.finditer(text, span.start, span.end):
        folded = _normal(token[0])
        if folded in words:
            folded = str(words[folded][1])
        found.setdefault(folded, []).append(token.start())
    return found


@lru_cache(maxsize=WORDS)
def _normal(token: str) -> str:
    return normal_number(token) if token[0].isdigit() else normal_word(token)


@lru_cache(maxsize=WORDS)
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
