"""Text → paragraphs → sentences.

A line break always ends a sentence: headlines, captions and list items have no full stop. Inside a line, every run of
`. ! ? …` is a candidate; what stands before it (an abbreviation, an initial, a number) and after it (a capital, a dash,
a closing quotation mark) decides. Quotation marks do not protect what is inside: a quote of three sentences is three
sentences. The rules follow those of razdel (A. Kukushkin, MIT licence) where it does better than anything else.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from functools import cache

from glossary import data
from glossary.text.compact import Paragraphs, Sentences
from glossary.text.spans import Document, Paragraph, Sentence, Span

_LINE = re.compile("[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BREAK = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")

CLOSERS = "\"'”’»“›)\\]}*_"
_OPENERS = "\"'“”„‘‚«‹(\\[{*_"
_DASHES = "—–―-"

_CANDIDATE = re.compile(rf"(?P<stop>[.!?…]+(?:\ \.)*)(?P<close>(?:[{CLOSERS}]|\[\d{{1,3}}\])*)(?P<gap>\s*)")
# What the next sentence, if it is one, begins with.
_AHEAD = re.compile(
    rf"(?P<open>[{_OPENERS}]*)(?P<dash>[{_DASHES}]?)\s{{0,3}}(?P<open2>[{_OPENERS}]*)"
    r"(?P<word>[^\W_]{0,30})(?P<rest>(?:['’ʼ-][^\W_]{1,30})?\.?)"
)
_BEFORE = re.compile(
    r"(?:[^\W\d_]{1,6}\.[ \u00a0\u202f\u2009]?|[^\W\d_]{1,6}[ \u00a0\u202f\u2009]){0,3}"
    r"[^\W\d_]+(?:[-/][^\W\d_]+)*$"
)
_LAST_WORD = re.compile(r"[^\W_]+$")
_DOTTED = re.compile(r"(?:^|[^\w])(?:[^\W\d_]\.[ \u00a0\u202f\u2009]?)+[^\W\d_]$")
_NUMBER_BEFORE = re.compile(r"(?:\d|\b[IVXLХІ]{1,6}[ \u00a0\u202f\u2009])[ \u00a0\u202f\u2009]?$")
_ITEM = re.compile(r"[(*_#>\s•–-]{0,8}(?:\d{1,3}|[^\W\d_]|[ivxIVX]{1,5})(?:\.\d{1,3}){0,3}$")
_FIGURE = re.compile("[0-9.,:–-]{1,12}|[IVXLХІ]{1,6}")
_NAME_AND_VERB = re.compile(r"(?P<name>(?:[A-Z][\w.'’-]{0,30} ){1,4})(?P<verb>[a-z]{2,20})\b")
_DOMAIN = re.compile(
    r"(?:com|org|net|info|gov|mil|int|edu|eu|ua|ru|uk|us|su|by|рф|укр|io|me|tv|fm|js|ai|co|txt|md|html?|pdf|docx?|csv|exe)\b",
    re.IGNORECASE,
)
_CLOCK_FOLLOWS = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:ET|[ECMP][SD]T|GMT|UTC|BST|CES?T|EES?T|MSK)\b|(?:January|February|March|April|May|June|July|August"
    r"|September|October|November|December)\b|\S{1,15} [Tt]ime\b"
)


def document(text: str, lang: str | None = None, name: str = "") -> Document:
    """Cut `text` into paragraphs and sentences; without `lang` the language is detected (`und` if unsure).

    >>> d = document("Gen. Bondar left at 5 a.m. Nobody spoke.", "en")
    >>> [d.sentence(n) for n in range(len(d.sentences))]
    ['Gen. Bondar left at 5 a.m.', 'Nobody spoke.']
    """
    if lang is None:
        from glossary.text import language

        lang = language.detect(text).lang
    if lang not in ("en", "ru", "uk"):
        lang = "und"
    paragraphs: list[Paragraph] = []
    sentences: list[Sentence] = []
    for line in _LINE.finditer(text):
        if line.group().isspace():
            continue
        first = len(sentences)
        number = len(paragraphs)
        sentences.extend(Sentence(span, number) for span in sentence_spans(text, line.start(), line.end(), lang))
        span = Span(sentences[first].span.start, sentences[-1].span.end)
        paragraphs.append(Paragraph(span, first, len(sentences)))
    return Document(text, lang, tuple(paragraphs), tuple(sentences), name)


def edited(before: Document, place: Span, words: str) -> Document:
    """`document` of the text in which `place` was replaced by `words`: only the lines that are touched are cut anew.
    Its sentences are compact.

    >>> d = document("He left.\\nNobody spoke.", "en")
    >>> [s.span.start for s in edited(d, Span(0, 2), "She").sentences]
    [0, 10]
    """
    text = before.text[: place.start] + words + before.text[place.end :]
    by, lines, old = len(words) - len(place), before.paragraphs, before.sentences
    first = _untouched(before, place.start)
    last = bisect_left(lines, place.end, key=lambda line: line.span.start)
    while last < len(lines) and not _BREAK.search(text, place.end + by, lines[last].span.start + by):
        last += 1
    start = lines[first - 1].span.end if first else 0
    end = lines[last].span.start + by if last < len(lines) else len(text)
    fresh = document(text[start:end], before.lang)
    kept, left = (lines[first - 1].last if first else 0), (lines[last].first if last < len(lines) else len(old))
    paragraphs = Paragraphs.of(lines).replaced(
        slice(first, last),
        [Paragraph(p.span.shifted(start), p.first + kept, p.last + kept) for p in fresh.paragraphs],
        by,
        kept + len(fresh.sentences) - left,
    )
    sentences = Sentences.of(old).replaced(
        slice(kept, left),
        [Sentence(s.span.shifted(start), s.paragraph + first) for s in fresh.sentences],
        by,
        first + len(fresh.paragraphs) - last,
    )
    return Document(text, before.lang, paragraphs, sentences, before.name)


def _untouched(before: Document, place: int) -> int:
    """How many paragraphs from the start are kept apart from `place` by a line break."""
    count = bisect_right(before.paragraphs, place, key=lambda p: p.span.end)
    while count and not _BREAK.search(before.text, before.paragraphs[count - 1].span.end, place):
        count -= 1
    return count


def sentence_spans(text: str, start: int, end: int, lang: str) -> Iterator[Span]:
    """The sentences of one line `[start, end)` of `text`, which holds something besides white space."""
    while text[start].isspace():
        start += 1
    while text[end - 1].isspace():
        end -= 1
    quotes, counted = 0, start
    for candidate in _CANDIDATE.finditer(text, start, end):
        if candidate.end() >= end:
            break
        if candidate.start() < start:
            continue
        cut = candidate.end("close")
        if not candidate["gap"] and '"' in candidate["close"]:
            # Glued on both sides, the mark closes if one is open in this line, and opens otherwise.
            quotes += text.count('"', counted, candidate.start("close"))
            counted = candidate.start("close")
            if quotes % 2 == 0:
                cut = candidate.end("stop")
        if cut > start and _ends(text, start, end, candidate, lang):
            yield Span(start, cut)
            start = candidate.end() if cut == candidate.end("close") else cut
    yield Span(start, end)


def _ends(text: str, start: int, end: int, candidate: re.Match[str], lang: str) -> bool:
    """Whether the sentence that began at `start` ends with `candidate`."""
    stop, close = candidate["stop"], candidate["close"]
    at = candidate.start()
    ahead = _AHEAD.match(text, candidate.end(), end)
    assert ahead is not None  # every part of the pattern may be empty
    word = ahead["word"]
    if at > start and text[at - 1] in "([" and close[:1] in (")", "]"):
        return False  # (!), […]
    if not candidate["gap"]:
        return _ends_glued(text, start, at, candidate, ahead)
    if not word:
        after = text[ahead.end() : ahead.end() + 1]
        return after not in (",", ";", ":", ".", "!", "?", "…", ")", "]", "»", "”") or bool(ahead["open"])
    opened = bool(ahead["open"] or ahead["open2"])
    quoted = any(mark in "\"'”’»“›" for mark in close)
    if ahead["dash"] and not ahead["open"] and quoted:
        return False  # «…!» — сказал он; «…!» — Бондар
    if word[0].islower() and not _brand(word) and not (opened and not ahead["dash"] and stop == "."):
        return False
    if stop != ".":
        return not (quoted and _attributed(text, ahead.start("word"), end, lang))
    return not _abbreviated(text, start, at, close, ahead, lang)


def _brand(word: str) -> bool:
    """Whether a word in lower case may begin a sentence: iPhone, eBay."""
    return len(word) > 2 and word[0].isascii() and word[1].isupper() and word[2].islower()


def _ends_glued(text: str, start: int, at: int, candidate: re.Match[str], ahead: re.Match[str]) -> bool:
    """Whether a sentence ends where no white space follows: `2022.Stringer/AFP`, `сказал он.«Мы`, `?!Но`."""
    word, close = ahead["word"], candidate["close"]
    if not word or not word[0].isupper():
        return False
    before = text[max(start, at - 40) : at].rsplit(None, 1)[-1:] or [""]
    token = before[0]
    if not token or "@" in token or "/" in token or token.casefold().startswith("www"):
        return False
    if ahead["dash"] == "-" and text[ahead.end("dash")].isalpha():
        return False  # U.S.-China
    if close or ahead["open"] or ahead["dash"] or "!" in candidate["stop"] or "?" in candidate["stop"]:
        return len(token) > 1 or not token.isalpha()
    if ahead["rest"].endswith(".") and text[ahead.end() : ahead.end() + 1].isalnum():
        return False  # Report.Final.pdf
    last = token[-1]
    if last.isdigit():
        return len(word) > 1 and (word[1].islower() or len(word) > 3) and not _versioned(token)
    if not last.islower() and last not in '»”")’':
        return False
    if last.isalpha() and (len(token.rsplit(".", 1)[-1]) < 3 or _DOMAIN.match(word)):
        return False
    return len(candidate["stop"]) != 1 or candidate["stop"] == "…" or not _kind_of(token, "und")


def _versioned(token: str) -> bool:
    """Whether digits before a full stop belong to a designation: `v2`, `9K37`."""
    return not token.strip('(«“"„').replace(",", "").replace(".", "").isdigit()


def _abbreviated(text: str, start: int, at: int, close: str, ahead: re.Match[str], lang: str) -> bool:
    """Whether the full stop at `at`, followed by white space and a capital or digit, only marks an abbreviation."""
    before = text[max(start, at - 40) : at]
    word = ahead["word"]
    digit = word[0].isdigit()
    opener = not digit and word.casefold() in starters() and not ahead["rest"].endswith(".")
    if at - start < 24 and _ITEM.match(before) and start + len(before) == at:
        return not opener or len(before.strip("(*_#>•–- ")) < 4
    last = _LAST_WORD.search(before)
    if last is None:
        return False
    if any(mark in "\"'”’»“›" for mark in close):
        return False
    kind = _kind_of(before, lang)
    if kind == "measure":
        kind = "tail" if _NUMBER_BEFORE.search(before[: last.start()]) else "head"
    if kind == "head":
        return True
    if kind == "number":
        return digit
    if kind == "either":
        return not opener
    if kind == "tail" and _only_a_date(text[start:at]):
        return True  # В 2022 г. Россия…
    if kind == "tail":
        clock = before[-3:].casefold() in ("a.m", "p.m") and _CLOCK_FOLLOWS.match(text, ahead.start("word"))
        return digit or bool(clock)
    if last.group().isdigit():
        return digit and len(last.group()) <= 2 and len(word) <= 2
    if _DOTTED.search(before):
        return digit or not opener
    return len(last.group()) == 1 and last.group().isupper() and not digit and not opener


def _only_a_date(piece: str) -> bool:
    """Whether a sentence would be no more than `В 2022 г`, `У XX ст`."""
    parts = piece.split(None, 3)
    return len(parts) == 3 and parts[0].casefold() in starters() and bool(_FIGURE.fullmatch(parts[1]))


def _attributed(text: str, at: int, end: int, lang: str) -> bool:
    """Whether an English attribution begins at `at`, with a name: `“Who?” Col. Harlow asked`."""
    found = _NAME_AND_VERB.match(text, at, end) if lang == "en" else None
    if found is None or found["verb"] not in _speech_verbs():
        return False
    first = found["name"].split()[0]
    return first == "I" or first.casefold() not in starters()


@cache
def _speech_verbs() -> frozenset[str]:
    """English verbs of saying and nothing else, as they stand after a name."""
    rows = [row for row in data.rows("speech_verbs.csv") if row["lang"] == "en" and row["manner"] == "neutral"]
    return frozenset(" ".join(f"{row['past']} {row['present']}" for row in rows).split())


def _kind_of(before: str, lang: str) -> str:
    """The kind of abbreviation that `before` ends with (its own full stop left out), empty if it is none."""
    table = _abbreviations(lang)
    match = _BEFORE.search(before)
    if match is None:
        return ""
    for tail in _tails(match.group()):
        kind = table.get(tail) or (len(tail) > 1 and table.get(tail.casefold()))
        if kind:
            return kind
    return ""


def _tails(before: str) -> Iterator[str]:
    """The ends of `before` that begin a word, longest first, without white space: т.е after `и т. е`."""
    starts = [0] + [m.end() for m in re.finditer(r"[ \u00a0\u202f\u2009.]+", before)]
    for start in starts:
        yield re.sub(r"[ \u00a0\u202f\u2009]+", "", before[start:])


@cache
def _abbreviations(lang: str) -> Mapping[str, str]:
    """Kind by abbreviation, white space and the last full stop removed; English ones count in every language."""
    wanted = {"en": ("en",), "ru": ("ru", "en"), "uk": ("uk", "en")}.get(lang, ("en", "ru", "uk"))
    kinds: dict[str, str] = {}
    for row in data.rows("abbreviations.csv"):
        if row["lang"] in wanted:
            kinds.setdefault(row["abbreviation"].replace(" ", "").removesuffix("."), row["kind"])
    return kinds


@cache
def starters() -> frozenset[str]:
    """Function words that, capitalised, begin a sentence rather than a name."""
    return frozenset(row["word"] for row in data.rows("function_words.csv") if row["starts"] == "yes")
