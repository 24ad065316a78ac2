"""Who is said to have spoken: the words of a sentence that describe the speaker of a quote.

The speaker as found by the extraction is a starting point; a recording, a report or an outlet that passes words on is
not their speaker.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from glossary.quotes import cues, outlets, verbs
from glossary.quotes.values import Quote
from glossary.text.sieves import sieve
from glossary.text.spans import Span

MASK = "¤"
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_NAME = r"(?<![\w'.&-])(?:[Tt]he )?[A-Z][\w'.&-]*(?: (?:of|for|the|and|on)(?= )| [A-Z][\w'.&-]*){0,6}"
QUOTED_AS = sieve(
    rf"(?P<name>{_NAME}) (?:later |also |has |had )?"
    r"(?:quoted|cited|quotes|cites) (?P<whom>[^¤.;]{1,80}?) as (?:saying|telling|claiming|writing)"
)
_CITING = sieve(r",? citing (?P<whom>[^¤.;,]{1,80})")
_ACCORDING = re.compile(r"[\s,\"'”]*according to (?P<whom>[^,.;:¤]{1,80})", re.IGNORECASE)
_WHO = sieve(
    r"\b(?:interview|conversation|call|talk|meeting|chat|letter|message|video) (?:with|of|from|to) "
    r"(?P<whom>[^,.;¤]{2,60}), who (?:has |had |also |later )*$"
)
_PASSIVE = re.compile(r"\b(?:been|was|were|being|is|are|be)\s(?:\w+ly\s)?$|\b(?:which|to)\s$")
_CHUNKS = 4
_SURNAME_NEXT = re.compile(r" [A-Z]")
_DETERMINERS = frozenset(
    [
        "a",
        "an",
        "the",
        "his",
        "her",
        "its",
        "their",
        "our",
        "two",
        "three",
        "four",
        "some",
        "many",
        "several",
        "most",
        "one",
        "of",
        "recently",
    ]
)


@dataclass(frozen=True, slots=True)
class Description:
    """What describes a speaker, as chunks between commas, the likeliest first; `own` if the sentence has any."""

    chunks: tuple[Span, ...] = ()
    own: bool = False


@dataclass(frozen=True, slots=True)
class Sort:
    """What sort of person a description is of: in captivity; of a `profession` whose work abroad is done in English
    (`state` for those who speak for one); a `local`, who is likely to be of the place."""

    captive: bool
    profession: str
    local: bool


def sort_of(head: str) -> Sort:
    """The sort of person that words describe (and not that of their lawyer)."""
    match = cues.phrases("interviews", "captive").search(head)
    captive = match is not None and not re.search(r"\b(?:for|of|about) (?:the |a )?$", head[: match.start()])
    trades = (name for name in ("state", "professions") if cues.phrases("foreign", name, False).search(head))
    local = cues.phrases("foreign", "local", False).search(head) or cues.phrases("foreign", "slavic").search(head)
    return Sort(captive, next(trades, ""), bool(local))


def describe(text: str, quote: Quote, area: Span) -> Description:
    """Where the speaker is described: before the verb of speech, or after an inverted one. `text` is masked."""
    start = max(area.start, text.rfind(MASK, area.start, quote.outer.start) + 1)
    end = text.find(MASK, quote.outer.end, area.end)
    before, after = Span(start, max(start, quote.outer.start)), Span(quote.outer.end, area.end if end < 0 else end)
    if quote.asides:
        after = quote.asides[0]
    for pattern in (QUOTED_AS, _CITING):
        match = pattern.search(text, before.start, before.end)
        if match is not None:
            return Description(chunks(text, Span(*match.span("whom")), False), True)
    behind = quote.cue is not None and after.contains(quote.cue)
    if behind and quote.kind == "fragment" and _verb(text, before, quote) is not None:
        behind = False  # `he told deputies it was “…”, two who attended said`
    tries = [after, before] if behind else [before, after]
    for stretch in tries:
        found = _in_stretch(text, quote, stretch)
        if found is not None:
            return found
    place = quote.speaker_span
    if place is not None and area.contains(place) and not medium(place.of(text)):
        return Description((place,), True)
    if len(WORD.findall(text, before.start, before.end)) >= 3:
        return Description(chunks(text, before, False), True)
    if text.startswith(":", quote.outer.end):  # a headline: `‘I came for a month’: a Scottish medic's third winter`
        return Description(chunks(text, Span(quote.outer.end + 1, after.end), False)[:1])
    return Description()


def _in_stretch(text: str, quote: Quote, stretch: Span) -> Description | None:
    according = _ACCORDING.match(text, stretch.start, stretch.end)
    if according is not None:
        if not medium(according["whom"]):
            return Description(chunks(text, Span(according.start("whom"), stretch.end), False), True)
        stretch = Span(according.end(), stretch.end)  # `According to a readout, Mr Putin said`
    verb = _verb(text, stretch, quote)
    if verb is None:
        return None
    ahead = Span(stretch.start, verb.start)
    whom = _WHO.search(text, ahead.start, ahead.end)
    if whom is not None:
        return Description(chunks(text, Span(*whom.span("whom")), False), True)
    if WORD.search(text, ahead.start, ahead.end):
        return Description(chunks(text, _last_clause(text, ahead), True, quote.speaker_span), True)
    return Description(chunks(text, Span(verb.end, stretch.end), False, quote.speaker_span), True)


def key(text: str, described: Description, found: Sequence[outlets.Mention]) -> frozenset[str]:
    """The names in the description of a speaker, folded; without names the last two nouns, marked with ~."""
    names = set()
    for chunk in described.chunks[:2]:
        for match in WORD.finditer(text, chunk.start, chunk.end):
            word = match.group().removesuffix("'s")
            if not word[:1].isupper() or len(word) < 3 or cues.nation(word) is not None or cues.nameless(word):
                continue
            if match.start() == chunk.start and word.endswith("ing") and not _SURNAME_NEXT.match(text, match.end()):
                continue  # Speaking in Russian
            if any(mention.span.start <= match.start() < mention.span.end for mention in found):
                continue
            if word.casefold() not in cues.unnaming():
                names.add(word.casefold())
    if not names and described.chunks:
        first = described.chunks[0]
        names.update(f"@{one.organisation.name.casefold()}" for one in found if first.contains(one.name))
    if not names and described.chunks:
        nouns = [word.casefold() for word in WORD.findall(described.chunks[0].of(text)) if word.islower()]
        names.update(f"~{noun}" for noun in [noun for noun in nouns if len(noun) > 3][-2:])
    return frozenset(names)


def names(speaker: str) -> frozenset[str]:
    """The names in a speaker as the extraction gives it, folded."""
    words = (word.removesuffix("'s") for word in WORD.findall(speaker.replace("’", "'")))
    found = (word for word in words if word[:1].isupper() and len(word) > 2 and cues.nation(word) is None)
    folded = (word.casefold() for word in found if word.casefold() not in cues.unnaming())
    return frozenset(f"~{word}" if cues.people(word, 0, len(word)) else word for word in folded)


def subject(text: str, area: Span) -> Span:
    """Of whom a sentence speaks: what stands before its first finite verb. `text` is masked.

    >>> text = "Sgt. Mike Dunleavy of Ohio came to teach Ukrainians."
    >>> subject(text, Span(0, len(text))).of(text)
    'Sgt. Mike Dunleavy of Ohio '
    """
    start, comma = area.start, text.find(",", area.start, area.end)
    first = WORD.search(text, area.start, area.end)
    if comma > 0 and first is not None and cues.pattern("opens_clause").fullmatch(first.group()):
        start = comma + 1  # `Asked why he stayed, Father Andrii shrugged`
    before, area = "", Span(start, area.end)
    for match in WORD.finditer(text, area.start, area.end):
        word = match.group()
        past = word.endswith("ed") and word.islower() and before and before not in _DETERMINERS
        if before and (cues.finite(word) or past):
            return Span(area.start, match.start())
        before = word.casefold()
    return area


def medium(words: str) -> bool:
    """Whether words name a recording or a report: something that speech is found in, not somebody who speaks."""
    return bool(cues.phrases("words", "medium").search(words))


def _verb(text: str, stretch: Span, quote: Quote) -> Span | None:
    """The verb of speech in a stretch whose subject is the speaker: the last before a quote, the first after it."""
    found = []
    for match, _, manner in verbs.verbs(text, "en", stretch.start, stretch.end):
        head = text[stretch.start : match.start()]
        if manner != "thought" and not _PASSIVE.search(head[-24:]):
            found.append(Span(*match.span()))
    cue = quote.cue
    if cue is not None and stretch.contains(cue) and not medium(quote.speaker or "") and (not found or cue in found):
        head = text[stretch.start : cue.start]
        if not _PASSIVE.search(head[-24:]) and not cue.of(text).casefold().startswith("according"):
            return cue
    if not found:
        return None
    return found[-1] if stretch.start < quote.outer.start else found[0]


def _last_clause(text: str, span: Span) -> Span:
    """What follows the last semicolon, colon or line break."""
    cut = max(text.rfind(mark, span.start, span.end) for mark in ";:\n")
    return span if cut < 0 else Span(cut + 1, span.end)


def chunks(text: str, span: Span, backwards: bool, place: Span | None = None) -> tuple[Span, ...]:
    """The parts between commas and brackets; those that hold the named speaker first, then from the verb outwards."""
    bounds = [span.start, *(at + 1 for at in range(span.start, span.end) if text[at] in ",()—–"), span.end]
    parts = [Span(a, b) for a, b in pairwise(bounds) if text[a:b].strip(" ,()—–")]
    if backwards:
        parts.reverse()
    if place is not None:
        parts.sort(key=lambda part: not part.overlaps(place))
    return tuple(parts[:_CHUNKS])
