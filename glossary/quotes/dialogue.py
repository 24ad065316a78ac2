"""Speech without quotation marks: lines that begin with a dash, and sentences attributed with one.

Also the author's words inside a quote: «Мины, — сказал он, — хуже всего».
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from glossary.quotes import verbs
from glossary.text.spans import Document, Span

# A stop, a dash, and words that go on in lower case: here the author may cut in.
_CUT = re.compile(r"(?P<stop>[,.!?…]{1,3})\s{0,3}[—–―-]\s{1,3}(?=[^\W\d_A-ZА-ЯІЇЄҐЁ])")
_RESUMED = re.compile(r"[,.!?…:;]{0,3}\s{0,3}[—–―-]\s{1,3}")
_CLAUSE_END = re.compile(r"[.!?…]|[,:;]\s{0,3}[—–―-]\s|\s[—–―-]\s|[\r\n]")
_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_DASH = re.compile(r"[^\S\r\n]{0,40}(?P<dash>[—–―-])[\u00a0 \t]{1,3}(?=\S)")
_LONGEST = 160  # code points of an author's clause
_MANNERS = frozenset(["neutral", "loaded", "gesture", "thought"])


@dataclass(frozen=True, slots=True)
class Utterance:
    """Speech without marks: `kind` is dash or unmarked; `carrier` is the author's clause, if there is one."""

    span: Span
    outer: Span
    kind: str
    asides: tuple[Span, ...]
    carrier: Span | None


def _cut_in(text: str, lang: str, start: int, end: int) -> tuple[re.Match[str], int] | None:
    """The first place where the author cuts in: the match at its beginning, and where the clause ends."""
    for match in _CUT.finditer(text, start, end):
        stop = _CLAUSE_END.search(text, match.end(), min(end, match.end() + _LONGEST))
        clause_end = stop.start() if stop else min(end, match.end() + _LONGEST)
        words = [w.end() for w in verbs.WORD.finditer(text, match.end(), clause_end)][:5]
        if words and any(m in _MANNERS for _, _, m in verbs.verbs(text, lang, match.end(), words[-1])):
            return match, clause_end
    return None


def author_clause(text: str, lang: str, start: int, end: int) -> int | None:
    """Where an author's clause begins after which the speech does not go on: `…, — сказал Рид.`"""
    if lang == "en":
        return None
    position = start
    while (cut := _cut_in(text, lang, position, end)) is not None:
        match, clause_end = cut
        resumed = _RESUMED.match(text, clause_end, end)
        if resumed is None or resumed.end() >= end:
            return match.start() + len(match.group("stop").rstrip(","))
        position = resumed.end()
    return None


def asides(text: str, lang: str, content: Span) -> tuple[Span, ...]:
    """The author's words inside a quote, with the dashes around them, in Russian and Ukrainian."""
    if lang == "en":
        return ()
    found: list[Span] = []
    start = content.start
    while True:
        cut = _cut_in(text, lang, start, content.end)
        if cut is None:
            return tuple(found)
        match, clause_end = cut
        resumed = _RESUMED.match(text, clause_end, content.end)
        if resumed is None:
            if not text[clause_end : content.end].strip(" .,!?…"):
                found.append(Span(match.start(), content.end))
            return tuple(found)
        found.append(Span(match.start(), resumed.end()))
        start = resumed.end()


def utterances(document: Document, marked: Sequence[Span]) -> tuple[Utterance, ...]:
    """Dash lines and sentences attributed with a dash, outside the `marked` spans (outer spans of quotes, sorted)."""
    if document.lang == "en":
        return ()
    found: list[Utterance] = []
    text, lang = document.text, document.lang
    for line in _LINE.finditer(text):
        end = line.start() + len(line.group().rstrip())
        dash = _DASH.match(text, line.start(), end)
        if dash is not None:
            replica = _replica(text, lang, dash, end)
            if replica is not None and not _inside(marked, replica.outer):
                found.append(replica)
    taken = [u.outer for u in found]
    for sentence in document.sentences:
        if not _touches(taken, sentence.span):
            plain = _attributed(text, lang, sentence.span)
            if plain is not None and not _touches(marked, plain.span):
                found.append(plain)
    return tuple(sorted(found, key=lambda u: u.span))


def _replica(text: str, lang: str, dash: re.Match[str], end: int) -> Utterance | None:
    start = position = dash.end()
    outer = Span(dash.start("dash"), end)
    inner: list[Span] = []
    carrier: Span | None = None
    content_end = end
    while True:
        cut = _cut_in(text, lang, position, end)
        if cut is None:
            break
        match, clause_end = cut
        carrier = carrier or Span(match.end(), clause_end)
        resumed = _RESUMED.match(text, clause_end, end)
        if resumed is None or resumed.end() >= end:
            content_end = match.start() + len(match.group("stop").rstrip(","))
            break
        inner.append(Span(match.start(), resumed.end()))
        position = resumed.end()
    content = text[start:content_end]
    if not content.strip() or not (content[:1].isupper() or content[:1] in '«„“"….'):
        return None
    speech = carrier is not None or content.rstrip()[-1:] in ("?", "!") or verbs.speaks(text, lang, start, content_end)
    speech = speech or any(verbs.plain(m.group()) in verbs.listed(lang, "you") for m in verbs.WORD.finditer(content))
    long_dash = dash.group("dash") in "—―" and content.rstrip()[-1:] in (".", "…")
    if not (speech or long_dash):
        return None
    return Utterance(Span(start, content_end), outer, "dash", tuple(inner), carrier)


def _attributed(text: str, lang: str, sentence: Span) -> Utterance | None:
    """`Мы держимся, - рассказал командир.`: what stands before the dash was said."""
    cut = _cut_in(text, lang, sentence.start, sentence.end)
    if cut is None:
        return None
    match, clause_end = cut
    first = verbs.WORD.search(text, match.end(), clause_end)
    known = verbs.forms(lang)
    if first is None or known.get(verbs.plain(first.group()), ("", ""))[1] not in ("neutral", "loaded"):
        return None
    end = match.start() + len(match.group("stop").rstrip(",."))
    span = Span(sentence.start, end)
    if len(span) < 2:
        return None
    return Utterance(span, span, "unmarked", (), Span(match.end(), clause_end))


def _inside(marked: Sequence[Span], outer: Span) -> bool:
    """Whether the line lies in a quote, or is one but for its dash and the attribution."""
    return any(m.start <= outer.start + 4 and m.end > outer.start for m in _near(marked, outer))


def _touches(marked: Sequence[Span], span: Span) -> bool:
    return any(m.overlaps(span) for m in _near(marked, span))


def _near(marked: Sequence[Span], span: Span) -> Sequence[Span]:
    low = bisect_left(marked, span.start, key=lambda m: m.start) - 1
    high = bisect_right(marked, span.end, key=lambda m: m.start)
    while low > 0 and marked[low].end <= span.start:
        low -= 1
        if high - low > 50:
            break
    return marked[max(0, low) : high]
