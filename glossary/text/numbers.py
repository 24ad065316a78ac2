"""Numbers in three languages: digits and words, as values that can be compared across languages.

100,000 / 100 000 / 100 тысяч / сто тысяч are one value; so are 2.5 million and 2,5 млн. What looks like a number and
is part of a name (Т-72, F-16) is told apart by `kind`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, lru_cache
from itertools import pairwise
from types import MappingProxyType

from glossary import data
from glossary.text.recent import recent
from glossary.text.spans import Span

KINDS = ("quantity", "percent", "year", "time", "designation", "ordinal", "vague")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and where it stands. `kind` is one of KINDS; `word` says that it was written in words.

    `value` is exact; a time of day is in minutes after midnight. `vague` figures (dozens, десятки) stand for no exact
    value and are never compared.
    """

    span: Span
    value: Fraction
    kind: str
    word: bool = False


_TOKEN = re.compile(
    r"""
    (?P<designation> (?<!\w) [^\W\d_]{0,4} [A-ZА-ЯҐЄІЇ] [^\W\d_]{0,2} -? \d+ (?!\d) )
  | (?P<time>   (?<![\w.,:]) (?:[01]?\d|2[0-3]) : [0-5]\d (?![\d:]) )
  | (?P<digits> (?<!\w) (?<!\d[.,]) (?:
        \d{1,3} (?: [ \u00a0\u202f\u2009'’] \d{3} )+ (?!\d) (?: [.,] \d{1,2} (?!\d) )?
      | \d{1,3} (?: , \d{3} )+ (?!\d) (?: \. \d+ )?
      | \d{1,3} (?: \. \d{3} ){2,} (?!\d)
      | \d+ (?: [.,] \d+ )?
    ) )
  | (?P<roman>  (?<!\w) [IVX]{2,6} (?!\w) )
  | (?P<word>   [^\W\d_]+ (?: ['’ʼ] [^\W\d_]+ )* )
    """,
    re.VERBOSE,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_NUMERAL = re.compile(r"\d|[IVX]{2}")  # in all that is a number and no word
_GAP = re.compile(r"[ \t\u00a0\u202f\u2009]*-?[ \t\u00a0\u202f\u2009]*")
_AND = re.compile(r"\s+and\s+")
_RANGE = re.compile(r"\s*(?:to|or|до|по|или|або|чи|[-–—])\s*")
_PERCENT = re.compile(r"\s*(?:%|per\s?cent\b|процент|відсот|%-)", re.IGNORECASE)
_HOUR = re.compile(r"\s*([ap])\.?\s?m\b", re.IGNORECASE)
_SUFFIX = re.compile(r"(k|bn|m|tn)\b|[ \u00a0]?(bn|mln|m)\b", re.IGNORECASE)
_SUFFIX_VALUES = {"k": 1000, "m": 10**6, "mln": 10**6, "bn": 10**9, "tn": 10**12}
_ROMAN = {"I": 1, "V": 5, "X": 10}
_SINGULAR_SCALES = frozenset(("тысяча", "тысячу", "миллион", "миллиард", "тисяча", "тисячу", "мільйон", "мільярд"))
_ZERO = Fraction(0)
_ADDS = {"unit": 10, "teen": 100, "ten": 100, "hundred": 1000}


@cache
def number_words(lang: str) -> Mapping[str, tuple[str, Fraction]]:
    """Number word → (class, value) for a language, from number_words.csv; stems are left out."""
    table: dict[str, tuple[str, Fraction]] = {}
    for row in data.rows("number_words.csv"):
        if row["lang"] == lang and row["class"] != "stem":
            for form in row["forms"].split(";"):
                table.setdefault(form, (row["class"], Fraction(row["value"])))
    return MappingProxyType(table)


@lru_cache(maxsize=1024)
def stems(lang: str, value: Fraction) -> tuple[str, ...]:
    """Beginnings of words that contain the small number `value` (двух- in двухдневный)."""
    return tuple(
        stem
        for row in data.rows("number_words.csv")
        if row["lang"] == lang and row["class"] == "stem" and Fraction(row["value"]) == value
        for stem in row["forms"].split(";")
    )


@dataclass(slots=True)
class _Sum:
    """A number being read: `total` of finished thousands, `group` below, `room` the size that still fits."""

    start: int
    end: int
    total: Fraction
    group: Fraction
    room: Fraction
    scale: Fraction
    word: bool
    kind: str
    seen: str


def figures(text: str, lang: str, offset: int = 0) -> tuple[Figure, ...]:
    """The figures of `text` in order; spans are shifted by `offset`. Linear in the length of the text."""
    found = _figures(text, lang)
    return tuple(replace(figure, span=figure.span.shifted(offset)) for figure in found) if offset else found


@recent(1 << 14)
def _figures(text: str, lang: str) -> tuple[Figure, ...]:
    if not _NUMERAL.search(text) and not _has_number_word(text, lang):
        return ()
    sums = list(_sums(text, lang))
    for left, right in pairwise(sums):
        if (
            left.kind == "quantity"
            and not left.scale
            and right.scale
            and _RANGE.fullmatch(text[left.end : right.start][:12])
        ):
            left.group *= right.scale  # 340 to 500 million
    return tuple(Figure(Span(s.start, s.end), s.total + s.group, s.kind, s.word) for s in sums)


def _has_number_word(text: str, lang: str) -> bool:
    """Whether a word of a text without numerals is a number."""
    return not number_words(lang).keys().isdisjoint(map(_folded, _WORD.findall(text)))


def _folded(word: str) -> str:
    return word.casefold().replace("ё", "е").replace("’", "'").replace("ʼ", "'")


def _sums(text: str, lang: str) -> Iterator[_Sum]:
    open_sum: _Sum | None = None
    words = number_words(lang)
    for match in _TOKEN.finditer(text):
        if open_sum is not None and match.start() < open_sum.end:
            continue  # a suffix that was taken into the number
        new = _start(match, words)
        if open_sum is not None:
            if new is not None and _joined(text, open_sum.end, match.start(), lang) and _extended(open_sum, new):
                continue
            if new is None and match.group("word") and match.group().lower() == "and" and lang == "en":
                continue
            yield _closed(text, open_sum)
        open_sum = new
        if new is not None and match.lastgroup == "digits":
            _scaled_by_suffix(text, new)
    if open_sum is not None:
        yield _closed(text, open_sum)


def _start(match: re.Match[str], words: Mapping[str, tuple[str, Fraction]]) -> _Sum | None:
    """The sum that a token begins, None if it is no number."""
    zero, start, end, token = _ZERO, match.start(), match.end(), match.group()
    match match.lastgroup:
        case "word":
            folded = _folded(token)
            if folded not in words:
                return None
            return _start_word(folded, *words[folded], start, end)
        case "digits":
            value = _digits(token)
            plain = token.isdecimal() and len(token) == 4 and 1000 <= value <= 2100
            return _Sum(start, end, zero, value, zero, zero, False, "year" if plain else "quantity", "digits")
        case "designation":
            number = re.search(r"\d+", token)
            value = Fraction(int(number.group())) if number else zero
            return _Sum(start, end, zero, value, zero, zero, False, "designation", "designation")
        case "time":
            hours, minutes = token.split(":")
            value = Fraction(int(hours) * 60 + int(minutes))
            return _Sum(start, end, zero, value, zero, zero, False, "time", "time")
        case _:
            return _Sum(start, end, zero, Fraction(_roman(token)), zero, zero, True, "ordinal", "roman")


def _start_word(word: str, kind: str, value: Fraction, start: int, end: int) -> _Sum:
    zero = Fraction(0)
    if kind == "scale":
        exact = word in _SINGULAR_SCALES or word.isascii()
        return _Sum(start, end, value, zero, value, value, True, "quantity" if exact else "vague", "scale")
    if kind == "vague":
        return _Sum(start, end, zero, value, zero, zero, True, "vague", kind)
    if kind == "ordinal":
        return _Sum(start, end, zero, value, zero, zero, True, "ordinal", kind)
    room = {"unit": 1, "teen": 1, "ten": 10, "hundred": 100}.get(kind, 0)
    return _Sum(start, end, zero, value, Fraction(room), zero, True, "quantity", kind)


def _joined(text: str, end: int, start: int, lang: str) -> bool:
    if start - end > 8:
        return False
    gap = text[end:start]
    return bool(_GAP.fullmatch(gap)) or (lang == "en" and bool(_AND.fullmatch(gap)))


def _extended(left: _Sum, right: _Sum) -> bool:
    """Take the number word `right` into `left` if grammar allows: двадцать пять, 100 тысяч, two hundred and five."""
    if right.seen == "scale" and left.seen not in (
        "scale",
        "ordinal",
        "vague",
        "roman",
        "designation",
        "time",
    ):
        if left.group and (left.scale == 0 or right.scale < left.scale):
            left.total += left.group * right.scale
            left.group, left.scale, left.room = Fraction(0), right.scale, right.scale
            left.kind = "quantity"
        else:
            return False
    elif right.seen == "times" and left.seen == "unit":
        left.group, left.room = left.group * 100, Fraction(100)
    elif right.seen in _ADDS or right.seen == "ordinal":
        if left.seen in (
            "digits",
            "ordinal",
            "vague",
            "collective",
            "share",
            "exact",
            "roman",
            "designation",
            "time",
        ):
            return False
        if right.group >= left.room or (left.seen == "times" and right.seen == "hundred"):
            return False
        left.group += right.group
        left.room = right.room if right.seen in _ADDS else Fraction(0)
        left.kind = "ordinal" if right.seen == "ordinal" else left.kind
    else:
        return False
    left.end, left.seen = right.end, right.seen
    return True


def _scaled_by_suffix(text: str, number: _Sum) -> None:
    """$2.5bn, 100K: a scale glued to the digits."""
    suffix = _SUFFIX.match(text, number.end)
    if suffix and number.kind in ("quantity", "year"):
        name = (suffix.group(1) or suffix.group(2)).lower()
        if name == "m" and suffix.group() != "m" and suffix.group() != "M":
            return
        money = text[max(0, number.start - 1) : number.start] in ("$", "€", "£")
        if name == "m" and not money:
            return  # metres
        number.group *= _SUFFIX_VALUES[name]
        number.kind, number.end = "quantity", suffix.end()


def _closed(text: str, number: _Sum) -> _Sum:
    if number.kind in ("quantity", "year", "ordinal") and _PERCENT.match(text, number.end):
        number.kind = "percent"
    elif number.kind in ("quantity", "time"):
        half = _HOUR.match(text, number.end)
        value = number.total + number.group
        if half and value < (13 if number.kind == "quantity" else 780):
            minutes = value if number.kind == "time" else _minutes(value)
            minutes %= 720
            number.group, number.total = minutes + (720 if half.group(1).lower() == "p" else 0), Fraction(0)
            number.kind = "time"
    return number


def _minutes(value: Fraction) -> Fraction:
    """5.30 pm: the fraction is minutes."""
    hours = value.numerator // value.denominator
    return Fraction(hours * 60) + (value - hours) * 100


def _digits(token: str) -> Fraction:
    """The value of a run of digits with separators, English or continental."""
    bare = re.sub(r"[ \u00a0\u202f\u2009'’]", "", token)
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", bare):
        bare = bare.replace(",", "")
    elif re.fullmatch(r"\d{1,3}(\.\d{3}){2,}", bare):
        bare = bare.replace(".", "")
    return Fraction(bare.replace(",", ".")[:60])


def _roman(token: str) -> int:
    values = [_ROMAN[letter] for letter in token]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
