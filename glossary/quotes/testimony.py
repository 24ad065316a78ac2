"""What the sentence of one quote says of its way here: the speaker's language, the occasion, the hands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from glossary.quotes import cues, descriptions, outlets, verbs
from glossary.quotes.descriptions import MASK, WORD, Description
from glossary.quotes.hands import INTERPRETED, Hand, find_hands
from glossary.quotes.values import Quote
from glossary.text.spans import Document, Span

NAMED, OUTLET, NATION, OFFICE, PERSON, GIVEN, PLACE, SURNAME, NOTHING = range(9)
"""Ranks of evidence for a language, the strongest first."""

_NEAR = 90
_LOOKBACK = 1500
_FREE = frozenset(("video_statement", "broadcast", "press_briefing", "speech", "document", "official_statement"))
_ADDS = re.compile(r"(?:He|She|They) |(?:The|This|That|His|Her|Their)(?P<medium>(?: [\w'-]+){1,3})[ ,]")
_HEARD = re.compile(
    r"\b(?:recordings?|audio|tapes?|(?:[Tt]he|a) (?:call|conversation)"
    r"|(?:phone|telephone|radio) (?:calls?|conversations?|exchanges?))\b"
)
_SEEN = re.compile(r"\b(?:videos?|clips?|footage|filmed|camera)\b")
_INTERPRETS = re.compile(
    r"\b(?:act|serv)(?:ed|ing|es|s) as (?:(?:an|the|his|her|their|our) )?(?:interpreter|translator)\b"
    r"|\b(?:interpreted|translated) for (?:him|her|them|us|me)\b"
)
_RELATIVE = re.compile(r"\b(?:whom|which|that) (?:the )?(?:[A-Z][\w-]+'s )?$")
_WROTE = re.compile(r"\b(?:wrote|writing|writes) (?:in|for) (?:the )?$")
_PASSED = re.compile(
    r"\bthe (?:recording|tape|call|audio|conversation|intercept|video|clip|footage|calls|tapes|transcript|exchange)\b",
    re.IGNORECASE,
)
_NEW = re.compile(r"(?:[A-Z][A-Z, ]+ (?:\([\w ]+\) )?[—–-] )?(?:A|An|One|His|Her|Their|Another) ")
_ESTABLISHED = ("intercept", "video_statement")
_SPEAKS = re.compile(r"\b(?:speaks?|spoke|speaking)\b")
_KIN = re.compile(r"\W*(?:his|her|their)\b", re.IGNORECASE)
_PART = re.compile(r"\W*(?:one|another|others|some|a (?:second|third|fourth)(?: \w+)?|one of (?:them|the \w+))\W*")
_PRONOUN = re.compile(r"\b(?:he|she|they|it|him|her|them)\b", re.IGNORECASE)
_NOT_OF_SPEAKER = re.compile(
    r"(?:\b(?:against|by|from|with|at|in|into|near|to|on|about|for|toward|towards|fighting|defending|invading)"
    r" (?:the |a |an )?(?:captured |wounded |dead )?|anti-)$"
)
_NOT_OF_MEMBER = re.compile(
    r"(?:\b(?:against|by|into|near|to|on|about|for|toward|towards|fighting|defending|invading)"
    r" (?:the |a |an )?(?:captured |wounded |dead )?|anti-)$"
)
_HELD = re.compile(r"-(?:held|occupied|controlled|language|made|supplied|style|run|built|designed)\b")


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language somebody may have spoken: how sure (`high` or `low`), the rank of the evidence, where it says so, and
    what else it may have been."""

    lang: str
    confidence: str
    rank: int
    cues: tuple[Span, ...] = ()
    note: str = ""
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What the sentence of one quote says.

    `key` holds names of the speaker; `native` is the language of the outlet the words were given to; `relayed` says
    that an outlet passes on what was said elsewhere; `follows` that the speaker was spoken of before; `bare` that there
    is only the quote; `abroad` that the words may have been meant for English ears; `captive` that somebody is in
    captivity; `mission` that an embassy speaks; `kin` that the speaker is somebody's: his adviser, her husband;
    `profession` names work that is done in English abroad; `replies` says that the words answer others,
    `goes_on` that they are added to earlier ones.
    """

    quote: Quote
    area: Span
    key: frozenset[str]
    tongue: Tongue | None = None
    native: Tongue | None = None
    origin: str = ""
    origin_cue: Span | None = None
    hands: tuple[Hand, ...] = ()
    relayed: bool = False
    follows: bool = False
    bare: bool = False
    abroad: bool = False
    captive: bool = False
    mission: bool = False
    kin: bool = False
    profession: str = ""
    replies: bool = False
    goes_on: bool = False


def masked(text: str, quotes: Sequence[Quote]) -> str:
    """The text with the words of the quotes blanked out and apostrophes straight; the same length.

    What people say must not be taken for what the writer says of them.
    """
    letters = list(text.replace("’", "'"))
    for quote in quotes:
        start = quote.span.start
        for aside in (*quote.asides, Span(quote.span.end, quote.span.end)):
            for at in range(start, aside.start):
                if letters[at] != "\n":
                    letters[at] = MASK
            start = max(start, aside.end)
    return "".join(letters)


def read(document: Document, text: str, quote: Quote) -> Reading:
    """The reading of one quote; `text` is the masked text of the document."""
    area = area_of(document, text, quote)
    bare = len(WORD.findall(text, area.start, area.end)) < 2
    described = descriptions.describe(text, quote, area)
    found = outlets.mentions(text, area.start, area.end)
    hands, told = find_hands(document.text, text, area, found)
    stretches = _stretches(text, quote, area)
    origin, cue = "", None
    for stretch in stretches:
        origin, cue = _origin(text, stretch, described, found, hands)
        if origin:
            break
    head = " ".join(chunk.of(text) for chunk in described.chunks)
    key = descriptions.key(text, described, found)
    if not described.own or _PRONOUN.fullmatch(head.strip(" ,")):
        key |= descriptions.names(quote.speaker or "")
    again = bool(cues.phrases("following", "again", False).search(head)) or bool(_PART.fullmatch(head))
    return Reading(
        quote,
        area,
        key,
        _tongue(text, stretches, described, found, hands),
        _native(told),
        origin,
        cue,
        hands,
        any(hand.note in ("quoted", "reported") for hand in hands),
        bare or not described.own or again or descriptions.medium(head) or bool(_PRONOUN.search(head)),
        bare,
        bool(cues.phrases("mediators", "abroad").search(text, area.start, area.end)),
        _captive(head),
        bool(re.search(r"\b(?:embassy|consulate|permanent mission)\b", head, re.IGNORECASE)),
        any(_KIN.match(chunk.of(text)) for chunk in described.chunks),
        _profession(head),
        bool(cues.phrases("following", "replies").search(text, stretches[0].start, stretches[-1].end)),
        quote.cue is not None and bool(cues.phrases("following", "goes_on").match(text, quote.cue.start)),
    )


def _profession(head: str) -> str:
    for name in ("state", "professions"):
        match = cues.phrases("foreign", name, False).search(head)
        if match is not None:
            return name
    return ""


def _captive(head: str) -> bool:
    """Whether the description of the speaker is of somebody in captivity (and not of their lawyer)."""
    match = cues.phrases("interviews", "captive").search(head)
    return match is not None and not re.search(r"\b(?:for|of|about) (?:the |a )?$", head[: match.start()])


def background(document: Document, text: str, number: int) -> Reading | None:
    """What a sentence without quotes establishes for those that follow: a call, a video, the language of somebody."""
    area = document.sentences[number].span
    origin = next(
        (
            (name, Span(*match.span()))
            for name, pattern in cues.origins()
            if name in _ESTABLISHED and (match := pattern.search(text, area.start, area.end))
        ),
        None,
    )
    named = next(cues.explicit(text, area.start, area.end), None)
    found = outlets.mentions(text, area.start, area.end)
    hands, _ = find_hands(document.text, text, area, found)
    released = next((hand for hand in hands if hand.note == "released"), None)
    if origin is None and released is not None and (recorded := _recorded(text, area)):
        origin = recorded, released.span
    if origin is None and (named is None or not _SPEAKS.search(text, area.start, area.end)):
        return None
    described = Description(descriptions.chunks(text, area, False), True)
    if named is not None:
        tongue: Tongue | None = Tongue(named.value, "high", NAMED, (named.span,), "the language is named")
    else:
        tongue = _tongue(text, (area,), described, found, hands)
    nouns = frozenset(f"~{noun}" for noun in cues.people(text, area.start, area.end))
    key = frozenset(name for name in descriptions.key(text, described, found) if not name.startswith("~")) | nouns
    blank = Quote(-1, Span(area.start, area.start), Span(area.start, area.start), 1, "direct")
    name, place = origin or ("", None)
    return Reading(blank, area, key, tongue, None, name, place, hands, follows=bool(nouns))


def context(document: Document, text: str, reading: Reading) -> Reading | None:
    """What the sentence before says of somebody whom the sentence of the quote only refers back to."""
    number = document.sentence_at(reading.area.start)
    if number is None or number == 0:
        return None
    area = document.sentences[number - 1].span
    nouns = [word.removeprefix("~") for word in reading.key]
    named = any(re.search(rf"\b{re.escape(noun)}\b", area.of(text), re.IGNORECASE) for noun in nouns)
    if not (reading.follows or named):
        return None
    found = outlets.mentions(text, area.start, area.end)
    hands, told = find_hands(document.text, text, area, found)
    described = Description(descriptions.chunks(text, area, False), True)
    origin, cue = _origin(text, area, described, found, hands)
    tongue = _of_noun(text, area, nouns) or _tongue(text, (area,), described, found, hands)
    if tongue is not None and tongue.rank > OFFICE and not named:
        tongue = None
    key = descriptions.key(text, described, found)
    return Reading(reading.quote, area, key, tongue, _native(told), origin, cue, hands)


def aftermath(document: Document, text: str, reading: Reading) -> Reading | None:
    """What the sentence after a quote adds: `He spoke in Russian`, `The recording was first reported by …`."""
    number = document.sentence_at(max(reading.area.start, reading.area.end - 1))
    if number is None or number + 1 >= len(document.sentences):
        return None
    area = document.sentences[number + 1].span
    match = _ADDS.match(text, area.start, area.end)
    if match is None or _INTERPRETS.search(text, area.start, area.end):
        relayed = _interpreted(document, text, reading, area) or _passed_on(document, text, reading, area)
        if relayed is not None or match is None:
            return relayed
    medium = match["medium"] is not None
    tongue = next(
        (
            Tongue(cue.value, "high", NAMED, (cue.span,), "the language is named")
            for cue in cues.explicit(text, area.start, area.end)
        ),
        None,
    )
    hands, told = find_hands(document.text, text, area, outlets.mentions(text, area.start, area.end))
    if match["medium"] is not None and not descriptions.medium(match["medium"]):
        return _passed_on(document, text, reading, area)
    if match["medium"] is None and told is None:
        hands = ()
    if medium:
        tongue = None
    origin, cue = ("outlet_interview", told.span) if told is not None else ("", None)
    return Reading(reading.quote, area, frozenset(), tongue, _native(told), origin, cue, hands)


def _interpreted(document: Document, text: str, reading: Reading, area: Span) -> Reading | None:
    """An interpreter of whom the next sentence tells: `Her grandson acted as interpreter.`"""
    if reading.origin not in ("", "own_interview", "outlet_interview") or MASK in area.of(text):
        return None
    hands, _ = find_hands(document.text, text, area, ())
    relayed = tuple(hand for hand in hands if hand.order == INTERPRETED)
    if not relayed or not _NEW.match(text, area.start, area.end):
        return None
    origin = reading.origin or "own_interview"
    return Reading(reading.quote, area, frozenset(), None, None, origin, relayed[0].span, relayed)


def spoken_of(text: str, reading: Reading) -> Tongue | None:
    """The nationality of the last soldier, man or woman before `the soldier`, whom nothing else introduces."""
    if not any(word.startswith("~") and cues.people(word, 1, len(word)) for word in reading.key):
        return None
    since = max(0, reading.area.start - _LOOKBACK)
    people = cues.phrases("words", "people").finditer(text, since, reading.area.start)
    for noun in reversed(list(people)):
        near = list(cues.found("nationalities", text, max(since, noun.start() - 40), noun.start()))
        if near and len(WORD.findall(text, near[-1].span.end, noun.start())) <= 1:
            return Tongue(near[-1].value, "low", OFFICE, (near[-1].span,), near[-1].span.of(text))
    return None


def _passed_on(document: Document, text: str, reading: Reading, area: Span) -> Reading | None:
    """Who passed on a recording, as a later sentence says: `The Sun, which first reported on the tape, said …`."""
    if reading.origin not in _ESTABLISHED or not _PASSED.search(text, area.start, area.end) or MASK in area.of(text):
        return None
    hands, _ = find_hands(document.text, text, area, outlets.mentions(text, area.start, area.end))
    passed = tuple(hand for hand in hands if hand.note in ("reported", "released"))
    return Reading(reading.quote, area, frozenset(), hands=passed) if passed else None


def newcomer(document: Document, text: str, reading: Reading) -> Span | None:
    """The sentence before, if it speaks of somebody new: a Russian prisoner, his deputy."""
    number = document.sentence_at(reading.area.start)
    if not number or document.sentences[number - 1].paragraph != document.sentences[number].paragraph:
        return None
    area = document.sentences[number - 1].span
    return area if _NEW.match(text, area.start, area.end) and MASK not in area.of(text) else None


def introduced(text: str, reading: Reading, area: Span) -> Tongue | None:
    """The nationality of somebody described first, named after: `A Russian prisoner has described … Kuptsov said`."""
    people = list(cues.phrases("words", "people").finditer(text, area.start, min(area.end, area.start + _NEAR)))
    verb = next(
        (match for match, _, manner in verbs.verbs(text, "en", area.start, area.end) if manner != "thought"), None
    )
    if not people or verb is None or verb.start() < people[0].start():
        return None
    for cue in cues.found("nationalities", text, area.start, people[0].start()):
        if not _NOT_OF_SPEAKER.search(text[max(area.start, cue.span.start - 30) : cue.span.start]):
            return Tongue(cue.value, "high", NATION, (cue.span,), cue.span.of(text))
    return None


def _of_noun(text: str, area: Span, nouns: Sequence[str]) -> Tongue | None:
    """The nationality right before one of the nouns that describe the speaker: a Russian soldier … the soldier."""
    for noun in sorted(nouns):
        for match in re.finditer(rf"\b{re.escape(noun)}\b", area.of(text), re.IGNORECASE):
            end = area.start + match.start()
            found = list(cues.found("nationalities", text, max(area.start, end - 40), end))
            if found and len(WORD.findall(text, found[-1].span.end, end)) <= 2:
                return Tongue(found[-1].value, "high", NATION, (found[-1].span,), found[-1].span.of(text))
    return None


def _stretches(text: str, quote: Quote, area: Span) -> tuple[Span, ...]:
    """Where to look for what belongs to this quote: between it and its neighbours first, then in the whole sentence."""
    before = text.rfind(MASK, area.start, quote.outer.start)
    after = text.find(MASK, quote.outer.end, area.end)
    if before < 0 and after < 0:
        return (area,)
    near = Span(min(max(area.start, before + 1), quote.outer.start), quote.outer.start)
    behind = Span(quote.outer.end, max(quote.outer.end, area.end if after < 0 else after))
    return (near, behind, area)


def area_of(document: Document, text: str, quote: Quote) -> Span:
    """The sentences that hold the quote; also the one before, if it introduces a quote that stands alone."""
    first = document.sentence_at(quote.outer.start)
    last = document.sentence_at(max(quote.outer.start, quote.outer.end - 1))
    first = document.sentence_at(quote.span.start) if first is None else first
    if first is None:
        return quote.outer
    last = first if last is None or last < first else last
    start = min(quote.outer.start, document.sentences[first].span.start)
    end = max(quote.outer.end, document.sentences[last].span.end)
    if quote.carrier is not None and quote.carrier.start - end < _NEAR:
        start, end = min(start, quote.carrier.start), max(end, quote.carrier.end)
    if len(WORD.findall(text, start, end)) < 2 and first > 0:
        before = document.sentences[first - 1].span
        if before.of(text).rstrip().endswith(":"):
            start = before.start
    return Span(start, end)


def _origin(
    text: str,
    area: Span,
    described: Description,
    found: Sequence[outlets.Mention],
    hands: Sequence[Hand],
) -> tuple[str, Span | None]:
    """Where and how the words were said, and the place that says so; an empty string if the text does not tell."""
    released = next((hand for hand in hands if hand.note == "released" and area.contains(hand.span)), None)
    if released is not None and (recorded := _recorded(text, area)):
        said = next(
            (pattern.search(text, area.start, area.end) for name, pattern in cues.origins() if name == recorded), None
        )
        return recorded, Span(*said.span()) if said is not None else released.span
    own = cues.phrases("interviews", "own").search(text, area.start, area.end)
    asked = next((hand for hand in hands if hand.note == "told" and area.contains(hand.span)), None)
    given = ("outlet_interview", asked.span) if asked is not None else None
    if asked is not None and _WROTE.search(text, area.start, asked.span.start):
        return "document", asked.span
    if asked is not None and asked.span.of(text).casefold().find("telegram") >= 0:
        return "outlet_interview", asked.span  # told a channel, and not posted on it
    if given is None and own is not None:
        given = ("own_interview", Span(*own.span()))
    quoting = [hand.span for hand in hands if hand.note in ("quoted", "released")]
    for origin, pattern in cues.origins():
        if origin in _FREE and given is not None:
            return given
        match = pattern.search(text, area.start, area.end)
        if match is not None and not any(span.contains(Span(*match.span())) for span in quoting):
            return origin, Span(*match.span())
    if given is not None:
        return given
    air = next((hand for hand in hands if hand.note == "on air" and area.contains(hand.span)), None)
    if air is not None:
        return "broadcast", air.span
    for chunk in described.chunks[:1]:
        for mention in found:
            official = mention.organisation.role not in outlets.PRESS and chunk.contains(mention.span)
            alone = len(WORD.findall(text, chunk.start, mention.span.start)) <= 1
            if official and alone and not any(mention.span.overlaps(hand.span) for hand in hands):
                return "official_statement", mention.span
            if mention.organisation.role == "channel" and alone and "Telegram" in text[: area.end]:
                return "telegram", mention.span
    interpreted = next((hand for hand in hands if hand.order == INTERPRETED), None)
    return ("own_interview", interpreted.span) if interpreted else ("", None)


def _recorded(text: str, area: Span) -> str:
    """What a service can have released that somebody is heard or seen in, if a sentence names such a thing."""
    if _SEEN.search(text, area.start, area.end):
        return "video_statement"
    return "intercept" if _HEARD.search(text, area.start, area.end) else ""


def _native(told: outlets.Mention | None) -> Tongue | None:
    """The language of the outlet the words were given to, if it is not English."""
    if told is None or told.organisation.lang in ("", "en"):
        return None
    return Tongue(told.organisation.lang, "high", OUTLET, (told.span,), f"told {told.organisation.name}")


def _tongue(
    text: str,
    stretches: Sequence[Span],
    described: Description,
    found: Sequence[outlets.Mention],
    hands: Sequence[Hand],
) -> Tongue | None:
    """The best evidence of the speaker's language in the sentence."""
    for stretch in stretches:
        for cue in cues.explicit(text, stretch.start, stretch.end):
            return Tongue(cue.value, "high", NAMED, (cue.span,), "the language is named")
    area = stretches[-1]
    taken = [hand.span for hand in hands]
    for chunk in described.chunks:
        nation = _nationality(text, chunk, taken, _NOT_OF_SPEAKER)
        if nation is not None:
            return nation
        for mention in found:
            organisation = mention.organisation
            free = chunk.contains(mention.span) and not any(mention.span.overlaps(span) for span in taken)
            head = text[max(chunk.start, mention.span.start - 30) : mention.span.start]
            barred = _NOT_OF_SPEAKER.search(head) or _RELATIVE.search(head)
            if free and not barred and organisation.lang:
                return Tongue(organisation.lang, "high", NATION, (mention.span,), organisation.name)
    for chunk in described.chunks:
        nation = _nationality(text, chunk, taken, _NOT_OF_MEMBER)
        if nation is not None:
            return replace(nation, confidence="low", rank=PLACE)
    for lang, pattern in cues.offices():
        match = pattern.search(text, area.start, area.end)
        if match is not None:
            return Tongue(lang, "high", OFFICE, (Span(*match.span()),), "office or occasion")
    return _weak(text, area, described, taken)


def _nationality(text: str, chunk: Span, taken: Sequence[Span], barred: "re.Pattern[str]") -> Tongue | None:
    for cue in cues.found("nationalities", text, chunk.start, chunk.end):
        if any(cue.span.overlaps(span) for span in taken) or _HELD.match(text, cue.span.end):
            continue
        head = text[max(chunk.start, cue.span.start - 30) : cue.span.start]
        if not barred.search(head) and not _RELATIVE.search(head):
            return Tongue(cue.value, "high", NATION, (cue.span,), cue.span.of(text))
    return None


def _weak(text: str, area: Span, described: Description, taken: Sequence[Span]) -> Tongue | None:
    """Names and places: never more than low confidence."""
    others = {"uk": ("ru",), "ru": ("uk",)}
    for table, rank in (("people", PERSON), ("given", GIVEN)):
        for chunk in described.chunks:
            for cue in cues.found(table, text, chunk.start, chunk.end):
                other = others["uk"] if cue.value == "uk" else ()
                return Tongue(cue.value, "low", rank, (cue.span,), "a name only", other)
    if not described.own:
        return None
    for cue in cues.found("places", text, area.start, area.end):
        if not any(cue.span.overlaps(span) for span in taken):
            other = others["uk"] if cue.value == "uk" else ()
            return Tongue(cue.value, "low", PLACE, (cue.span,), "a place", other)
    for chunk in described.chunks:
        surname = cues.surname(text, chunk)
        if surname is not None:
            return Tongue(surname.value, "low", SURNAME, (surname.span,), "a name only", others.get(surname.value, ()))
    return None
