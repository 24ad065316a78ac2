"""What the sentences around a quote say of its speaker, its occasion and the hands it went through."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from glossary.quotes import cues, descriptions, outlets, verbs
from glossary.quotes.descriptions import MASK, WORD, Description
from glossary.quotes.hands import INTERPRETED, Hand, find_hands
from glossary.quotes.origins import origin_of, recorded
from glossary.quotes.testimony import (
    GIVEN,
    NAMED,
    NATION,
    NOT_OF_SPEAKER,
    OFFICE,
    PLACE,
    Reading,
    Tongue,
    native_of,
    tongue_of,
)
from glossary.quotes.values import Quote
from glossary.text.recent import recent
from glossary.text.sieves import sieve
from glossary.text.spans import Document, Span

_SIDES = ("uk", "ru")
_LOOKBACK = 1500
_ADDS = re.compile(r"(?:He|She|They) |(?:The|This|That|His|Her|Their)(?P<medium>(?: [\w'-]+){1,3})[ ,]")
_NEW = re.compile(
    r"(?:[A-Z][A-Z, ]+ (?:\([\w ]+\) )?[—–-] )?(?:A|An|One|His|Her|Their|Another|The (?:interpreter|translator),?) "
)
_BARE_NAME = re.compile(r"(?:[A-Z][\w'.-]+ ){0,2}[A-Z][\w'-]+")
_ESTABLISHED = ("intercept", "video_statement")
_WHOM = re.compile(r"(?:'s)? [^.;¤]{0,40}\b(?:him|her|them)\b")
_SCENE = 4  # sentences before that may tell of the scene
_DEFINITE = re.compile(r"\W*(?:(?:the|The|Mr|Mrs|Ms|he|she|they|He|She|They)\b|[A-Z])")
_SAID = sieve(
    r", (?P<who>[^,.;¤]{3,90}) (?:said|says|told [^,.;¤]{1,40}|warned|added|wrote|announced|confirmed)"
    r"(?: on \w+day)?\W*$"
)
_WORD_BEFORE = re.compile(r"(?P<word>\b[a-z]{3,}),? $")
_THE = re.compile(r"\b(?:[Tt]he|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er) (?:[\w'-]+ ){0,4}[a-z]+,? $")
_APPOSITION = re.compile(r", (?:an?|the|who|whose|one|\d)\b")
_FURTHER = 2  # sentences before the one before that are looked at
_AGAIN = re.compile(r"\W*(?:\w+,? )?(?:[Hh]e|[Ss]he|[Tt]hey|[Bb]oth)\b")
_NOW = sieve(
    r"\b(?:says|reads|shouts|calls(?: out)?|cries|asks|replies|adds|whispers|screams|begs|tells|orders|can be heard"
    r"|is heard|goes on|continues|it (?:began|begins|read|said|ended|went|ran|continued))\b"
)
_WITH = re.compile(r"(?:His|Her|Their) ")
_NEXT = re.compile(r" (?P<word>[A-Z][a-z]+)")
_ENDS = re.compile(r"[.!?][”’\"']?\s*$")
_SPEAKS = sieve(r"\b(?:speaks?|spoke|speaking)\b")
_NEAR = 90


def background(document: Document, text: str, number: int) -> Reading | None:
    """What a sentence without quotes establishes for those that follow: a call, a video, the language of somebody."""
    area = document.sentences[number].span
    origin = next(
        (
            (name, Span(*match.span()))
            for name, pattern in cues.origins()
            if (match := pattern.search(text, area.start, area.end))
        ),
        None,
    )
    origin = origin if origin is not None and origin[0] in _ESTABLISHED else None
    medium = recorded(text, area)
    speaks = _SPEAKS.search(text, area.start, area.end)
    named = next(cues.explicit(text, area.start, area.end), None) if origin or medium or speaks else None
    if origin is None and not medium and named is None:
        return None
    found = outlets.mentions(text, area.start, area.end)
    hands, _ = find_hands(document.text, text, area, found)
    released = next((hand for hand in hands if hand.note == "released"), None)
    if origin is None and released is not None and medium:
        origin = medium, released.span
    if origin is None and (named is None or not speaks):
        return None
    described = Description(descriptions.chunks(text, area, False), True)
    if named is not None:
        tongue: Tongue | None = Tongue(named.value, "high", NAMED, (named.span,), "the language is named")
    else:
        tongue = tongue_of(text, (area,), described, found, hands)
    nouns = frozenset(f"~{noun}" for noun in cues.people(text, area.start, area.end))
    key = frozenset(name for name in descriptions.key(text, described, found) if not name.startswith("~")) | nouns
    blank = Quote(-1, Span(area.start, area.start), Span(area.start, area.start), 1, "direct")
    name, place = origin or ("", None)
    return Reading(blank, area, key, tongue, None, name, place, hands, follows=bool(nouns))


def context(document: Document, text: str, reading: Reading) -> Reading | None:
    """What the sentence before says of somebody whom the sentence of the quote only refers back to, and those before
    it as long as each speaks of `he` or `she`."""
    number = document.sentence_at(reading.area.start)
    if number is None or number == 0:
        return None
    before = _sentence_before(document, text, reading, document.sentences[number - 1].span)
    for back in range(number - 2, max(-1, number - 2 - _FURTHER), -1):
        area = document.sentences[back].span
        later = document.sentences[back + 1]
        apart = later.paragraph != document.sentences[back].paragraph or MASK in later.span.of(text)
        if before is None or before.tongue is not None or apart or not _AGAIN.match(text, later.span.start):
            break
        further = _sentence_before(document, text, replace(reading, follows=True), area)
        if further is not None:
            before = replace(
                before,
                key=before.key | further.key,
                tongue=further.tongue,
                origin=before.origin or further.origin,
                origin_cue=before.origin_cue or further.origin_cue,
                captive=before.captive or further.captive,
                local=before.local or further.local,
            )
    return before


def _sentence_before(document: Document, text: str, reading: Reading, area: Span) -> Reading | None:
    """What one sentence says of somebody of whom the sentence of the quote speaks again."""
    nouns = [word.removeprefix("~") for word in reading.key]
    named = any(re.search(rf"\b{re.escape(noun)}\b", area.of(text), re.IGNORECASE) for noun in nouns)
    if not (reading.follows or named or _first_named(document, text, reading, area)):
        return None
    found = outlets.mentions(text, area.start, area.end)
    hands, told = find_hands(document.text, text, area, found)
    described = Description(descriptions.chunks(text, area, False), True)
    origin, cue = origin_of(text, area, described, found, hands)
    if not origin:
        origin, cue = _taken_up(text, area, reading, hands)
    elif origin == "official_statement" and reading.kin:
        origin, cue = "", None  # what its director said is not yet a statement
    closing = _closing(text, area)
    about = closing or descriptions.subject(text, area)
    subject = Description(descriptions.chunks(text, about, False), True)
    speaking = tuple(mention for mention in found if mention.organisation.role not in outlets.PRESS)
    tongue = _named(text, area) if reading.follows else None
    tongue = tongue or _of_noun(text, area, nouns) or tongue_of(text, (about,), subject, speaking, hands)
    if tongue is None and closing is not None:
        about = descriptions.subject(text, area)
        tongue = tongue_of(text, (about,), Description(descriptions.chunks(text, about, False), True), (), hands)
        tongue = tongue if tongue is not None and tongue.rank == PLACE else None  # Japan will send …, the minister said
    if tongue is None or tongue.rank > GIVEN:
        anywhere = tongue_of(text, (area,), described, speaking, hands)
        if anywhere is not None and anywhere.rank == NATION and (closing or cues.place(anywhere.cues[0].of(text))):
            anywhere = None  # `accused the government of helping Moscow`
        tongue = _from(text, area) or anywhere or tongue
    own = reading.tongue
    if own is not None and own.rank == GIVEN and tongue is not None and tongue.lang != own.lang and not reading.follows:
        tongue = None  # `Ukrainian soldiers captured him. “…,” Semyon Volkin said`
    if tongue is not None and tongue.rank > OFFICE and not named and not any(map(about.contains, tongue.cues)):
        tongue = None
    key = descriptions.key(text, described, found)
    sort = descriptions.sort_of(about.of(text))
    return Reading(
        reading.quote, area, key, tongue, native_of(told), origin, cue, hands, captive=sort.captive, local=sort.local
    )


def earlier_scene(document: Document, text: str, reading: Reading) -> tuple[str, Span | None]:
    """The press conference or the rally of which a sentence without quotes told earlier in the paragraph, where the
    speaker is one of those spoken of there: the French president, Mr Macron, he."""
    number = document.sentence_at(reading.area.start)
    if number is None or not _DEFINITE.match(text, reading.quote.outer.end, reading.area.end):
        return "", None
    for back in range(number - 1, max(-1, number - 1 - _SCENE), -1):
        sentence = document.sentences[back]
        if sentence.paragraph != document.sentences[number].paragraph:
            break
        area = sentence.span
        if MASK in area.of(text) or not cues.pattern("scene").search(text, area.start, area.end):
            continue
        for origin, pattern in cues.origins():
            match = pattern.search(text, area.start, area.end) if origin in ("press_briefing", "speech") else None
            if match is not None:
                return origin, Span(*match.span())
    return "", None


def _closing(text: str, area: Span) -> Span | None:
    """Who said what a sentence reports, where that stands at its end: `…, the spokesman for the command said.`"""
    match = _SAID.search(text, area.start, area.end)
    return None if match is None else Span(*match.span("who"))


def _taken_up(text: str, area: Span, reading: Reading, hands: Sequence[Hand]) -> tuple[str, Span | None]:
    """The occasion that two sentences tell together: `He met miners. “…,” he told them`; `… published it. In it, …`"""
    told = cues.pattern("told_them").search(text, reading.area.start, reading.area.end)
    met = cues.pattern("met_people").search(text, area.start, area.end)
    if told is not None and met is not None:
        return "speech", Span(*told.span())
    within = cues.pattern("in_it").match(text, reading.area.start, reading.area.end)
    if within is not None and any(hand.note == "reported" for hand in hands):
        return "document", Span(*within.span())
    return "", None


def _first_named(document: Document, text: str, reading: Reading, before: Span) -> bool:
    """Whether somebody is named here for the first time and not described: the president of whom the sentence before
    spoke."""
    number = document.sentence_at(reading.area.start)
    paragraphs = {document.sentences[at].paragraph for at in (number, (number or 1) - 1) if at is not None}
    place = reading.quote.speaker_span
    known = bool(reading.origin) and reading.tongue is not None and reading.tongue.rank <= OFFICE
    if len(paragraphs) > 1 or place is None or known:
        return False
    name = place.of(text)
    if not _BARE_NAME.fullmatch(name) or MASK in before.of(text) or _introduced_here(text, reading.area, place):
        return False
    since = max(0, reading.area.start - 4 * _LOOKBACK)
    family = re.compile(rf"\b{re.escape(name.split()[-1])}\b")
    return family.search(text, since, reading.area.start) is None


def _introduced_here(text: str, area: Span, name: Span) -> bool:
    """Whether the sentence itself says who somebody is: a hotel manager, Emre Kaya; Emre Kaya, who runs a hotel."""
    head = text[max(area.start, name.start - 40) : name.start]
    before = _WORD_BEFORE.search(head)
    described = before is not None and verbs.plain(before["word"]) not in verbs.forms("en") and not _THE.search(head)
    return described or _APPOSITION.match(text, name.end, area.end) is not None


def _from(text: str, area: Span) -> Tongue | None:
    """Where somebody came from: `Mike Dunleavy came from Ohio to teach Ukrainians`."""
    for match in cues.pattern("came").finditer(text, area.start, area.end):
        for cue in cues.found("places", text, match.start("place"), match.end()):
            if cue.value not in ("ru", "uk"):
                return Tongue(cue.value, "low", OFFICE, (cue.span,), cue.span.of(text))
    return None


def aftermath(document: Document, text: str, reading: Reading) -> Reading | None:
    """What the sentence after a quote adds: `He spoke in Russian`, `The recording was first reported by …`."""
    number = document.sentence_at(max(reading.area.start, reading.area.end - 1))
    if number is None or number + 1 >= len(document.sentences):
        return None
    area = document.sentences[number + 1].span
    if not reading.origin and (own := cues.pattern("translated_words").search(text, area.start, area.end)):
        return Reading(reading.quote, area, frozenset(), _named(text, area), None, "own_interview", Span(*own.span()))
    if (said := _said_there(document, text, reading, area)) is not None:
        return said
    match = _ADDS.match(text, area.start, area.end)
    if match is None or cues.pattern("interprets").search(text, area.start, area.end):
        relayed = _interpreted(document, text, reading, area) or _passed_on(document, text, reading, area)
        if relayed is not None or match is None:
            return relayed or _asked(document, text, reading, area)
    medium = match["medium"] is not None
    tongue = _named(text, area, ("recorded",) if medium else ())
    hands, told = find_hands(document.text, text, area, outlets.mentions(text, area.start, area.end))
    if match["medium"] is not None and not descriptions.medium(match["medium"]):
        return _passed_on(document, text, reading, area)
    if match["medium"] is None and told is None:
        through = MASK not in area.of(text) and cues.pattern("through").search(text, area.start, area.end)
        hands = tuple(hand for hand in hands if hand.order == INTERPRETED) if through else ()
    origin, cue = ("outlet_interview", told.span) if told is not None else ("", None)
    interpreted = next((hand.span for hand in hands if hand.order == INTERPRETED), None)
    if interpreted is not None and not origin and not reading.origin:
        origin, cue = "own_interview", interpreted
    return Reading(reading.quote, area, frozenset(), tongue, native_of(told), origin, cue, hands)


def _said_there(document: Document, text: str, reading: Reading, area: Span) -> Reading | None:
    """The occasion, where only the next sentence tells of it: `He was speaking on the national telethon.`"""
    if reading.origin or MASK in area.of(text) or not cues.pattern("speaking_after").match(text, area.start, area.end):
        return None
    found = outlets.mentions(text, area.start, area.end)
    hands, told = find_hands(document.text, text, area, found)
    origin, cue = origin_of(text, area, Description(), found, hands)
    tongue = _named(text, area)
    if not origin and tongue is None:
        return None
    return Reading(reading.quote, area, frozenset(), tongue, native_of(told), origin, cue, hands)


def _named(text: str, area: Span, kinds: tuple[str, ...] = ()) -> Tongue | None:
    """The language that a sentence names; `kinds`: only in such phrases."""
    for cue in cues.explicit(text, area.start, area.end):
        if not kinds or cue.note in kinds:
            return Tongue(cue.value, "high", NAMED, (cue.span,), "the language is named")
    return None


def _asked(document: Document, text: str, reading: Reading, area: Span) -> Reading | None:
    """Who spoke to the speaker, as the next sentence says: `The BBC spoke to him by phone and in Ukrainian.`"""
    if reading.origin or MASK in area.of(text):
        return None
    hands, told = find_hands(document.text, text, area, outlets.mentions(text, area.start, area.end))
    if told is None or not _WHOM.match(text, told.span.end, area.end):
        return None
    tongue = _named(text, area)
    return Reading(reading.quote, area, frozenset(), tongue, native_of(told), "outlet_interview", told.span, hands)


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
    recording = reading.origin in _ESTABLISHED and cues.pattern("passed").search(text, area.start, area.end)
    heard = cues.pattern("tape").match(text, area.start, area.end)
    heard = heard if reading.origin in ("", "official_statement") else None
    told_of = cues.pattern("words").match(text, area.start, area.end) or cues.pattern("carried_after").search(
        text, area.start, area.end
    )
    if MASK in area.of(text) or not (recording or heard or told_of):
        return None
    hands, _ = find_hands(document.text, text, area, outlets.mentions(text, area.start, area.end))
    passed = tuple(hand for hand in hands if hand.note in ("reported", "released"))
    if heard and any(hand.note == "released" for hand in passed):
        return Reading(reading.quote, area, frozenset(), None, None, "intercept", Span(*heard.span()), passed)
    return Reading(reading.quote, area, frozenset(), hands=passed) if passed else None


def newcomer(document: Document, text: str, reading: Reading) -> Span | None:
    """The sentence before, if it speaks of somebody new: a Russian prisoner, his deputy."""
    number = document.sentence_at(reading.area.start)
    if not number or document.sentences[number - 1].paragraph != document.sentences[number].paragraph:
        return None
    area = document.sentences[number - 1].span
    return area if _NEW.match(text, area.start, area.end) and MASK not in area.of(text) else None


def companion(document: Document, text: str, reading: Reading) -> bool:
    """Whether the sentence before brings in somebody who is with the one who spoke: `His deputy rolled her eyes.`"""
    area = newcomer(document, text, reading)
    return area is not None and _WITH.match(text, area.start) is not None


def introduced(text: str, reading: Reading, area: Span) -> Tongue | None:
    """The nationality of somebody described first, named after: `A Russian prisoner has described … Kuptsov said`."""
    end = min(area.end, area.start + _NEAR)
    lists = (
        ("words", "people"),
        ("words", "holders"),
        ("foreign", "local"),
        ("foreign", "professions"),
        ("words", "blogger"),
    )
    nouns = (cues.phrases(table, name).search(text, area.start, end) for table, name in lists)
    person = min((noun.start() for noun in nouns if noun is not None), default=None)
    verb = next(
        (match for match, _, manner in verbs.verbs(text, "en", area.start, area.end) if manner != "thought"), None
    )
    if person is None or verb is None or verb.start() < person:
        return None
    for cue in cues.found("nationalities", text, area.start, person):
        if not NOT_OF_SPEAKER.search(text[max(area.start, cue.span.start - 30) : cue.span.start]):
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


def seen(document: Document, text: str, reading: Reading) -> Reading:
    """A reading without an occasion of words that are spoken, in the present tense, in a film, a letter or a call of
    which the sentence before tells."""
    number = document.sentence_at(reading.area.start)
    if not number or reading.origin or not _speaks_now(text, reading):
        return reading
    before = document.sentences[number - 1]
    if before.paragraph != document.sentences[number].paragraph or MASK in before.span.of(text):
        return reading
    area = before.span
    for name, origin in (("taped", "intercept"), ("film", "video_statement"), ("script", "document")):
        match = cues.pattern(name).search(text, area.start, area.end)
        if match is not None:
            hands, _ = find_hands(document.text, text, area, outlets.mentions(text, area.start, area.end))
            known = {hand.who.name for hand in reading.hands}
            passed = [hand for hand in hands if hand.note in ("reported", "released") and hand.who.name not in known]
            return replace(reading, origin=origin, origin_cue=Span(*match.span()), hands=(*passed, *reading.hands))
    return reading


def _speaks_now(text: str, reading: Reading) -> bool:
    """Whether the words are said in the present tense: he says, one calls out, an entry reads."""
    cue = reading.quote.cue
    said = cue.of(text).strip() if cue is not None else ""
    now = cues.pattern("present").fullmatch(said)
    return bool(now or _NOW.search(text, reading.quote.outer.end, reading.area.end))


def firsthand(document: Document, text: str, reading: Reading) -> Reading:
    """A reading without an occasion of somebody who `says` so, in the present tense, to a writer who is there."""
    quote, number = reading.quote, document.sentence_at(reading.area.start)
    opens = quote.kind == "direct" or quote.outer.start == reading.area.start
    if reading.origin or not opens or quote.cue is None or any(h.order != INTERPRETED for h in reading.hands):
        return reading
    verb = cues.pattern("present").fullmatch(quote.cue.of(text).strip())
    headline = number == 0 and not _ENDS.search(document.sentences[0].span.of(document.text))
    unknown = not (reading.key or reading.follows) or any(word.startswith("@") for word in reading.key)
    if verb is None or headline or reading.office or unknown:
        return reading
    return replace(reading, origin="own_interview", origin_cue=quote.cue)


def settled_there(text: str, reading: Reading) -> Reading:
    """A speaker of whom nothing is said but that he is a villager or a gunner speaks the language of the place.

    `text` is masked. Somebody with a name that says nothing, and whoever works abroad in English, is left alone.
    """
    named = any(not word.startswith(("~", "@")) for word in reading.key)
    if reading.tongue is not None or reading.profession or (named and not reading.local):
        return reading
    if reading.native is not None and reading.native.lang in _SIDES:
        return reading
    place = _setting(text, reading)
    if place is None and reading.local and reading.native is None and not _abroad(text):
        ours, theirs = ("ru", "uk") if reading.origin == "intercept" or reading.captive else ("uk", "ru")
        return replace(reading, tongue=Tongue(ours, "low", PLACE, (), "a war and no country", (theirs,)))
    if place is None or (reading.native is not None and place.note != "places"):
        return reading
    lang = place.value
    other = tuple(side for side in _SIDES if side != lang)
    return replace(reading, tongue=Tongue(lang, "low", PLACE, (place.span,), "where it was said", other))


@recent(8)
def _abroad(text: str) -> bool:
    """Whether a text is not of a war, or names a country or a people."""
    if cues.pattern("war_words").search(text) is None:
        return True
    return any(True for table in ("places", "nationalities") for _ in _spoken_about(text, table))


def _spoken_about(text: str, table: str) -> Iterator[cues.Cue]:
    """The places or the peoples that a text names, and not as part of the name of a newspaper."""
    for cue in cues.found(table, text, 0, len(text)):
        after = _NEXT.match(text, cue.span.end)
        if after is None or after["word"] not in cues.mastheads():
            yield cue


def _setting(text: str, reading: Reading) -> cues.Cue | None:
    """The place of one of the two countries that an article names most, the last before the quote."""
    named = _settings(text)
    if not named:
        return None
    at = bisect_left(named, reading.area.end, key=lambda cue: cue.span.start)
    return named[max(0, at - 1)]


@recent(8)
def _settings(text: str) -> tuple[cues.Cue, ...]:
    """The places (or else the people) of the country of the two that an article names most, in order; none if it names
    other countries more often."""
    places, peoples = (tuple(_spoken_about(text, table)) for table in ("places", "nationalities"))
    ours = [[cue for cue in found if cue.value in _SIDES] for found in (places, peoples)]
    if 2 * sum(map(len, ours)) <= len(places) + len(peoples):
        return ()
    here = ours[0] or ours[1]
    counts = Counter(cue.value for cue in here)
    return tuple(cue for cue in here if counts[cue.value] == max(counts.values()))
