"""What the sentence of one quote says of its way here: the speaker's language, the occasion, the hands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from glossary.quotes import cues, descriptions, outlets
from glossary.quotes.descriptions import MASK, WORD, Description
from glossary.quotes.hands import PUBLISHED, TOLD, Hand, find_hands
from glossary.quotes.origins import origin_of
from glossary.quotes.values import Intermediary, Quote
from glossary.text.spans import Document, Span

NAMED, OUTLET, NATION, OFFICE, PERSON, GIVEN, PLACE, SURNAME, NOTHING = range(9)
"""Ranks of evidence for a language, the strongest first."""

ELSEWHERE = "a place elsewhere in the sentence"
_NEAR = 90
_RELATIVE = re.compile(r"\b(?:whom|which|that) (?:the )?(?:[A-Z][\w-]+'s )?$")
_KIN = re.compile(r"\W*(?:his|her|their)\b", re.IGNORECASE)
_SHOUTED = re.compile(r"\b[A-Z]{5,}\b")
_NOT_NEWLINE = re.compile(r"[^\n]")
_PART = re.compile(r"\W*(?:one|another|others|some|a (?:second|third|fourth)(?: \w+)?|one of (?:them|the \w+))\W*")
_PRONOUN = re.compile(r"\b(?:he|she|they|it|its|him|her|them)\b", re.IGNORECASE)
_STUDIED = (
    r"\b(?:stud(?:y|ies|ied|ying)|teach(?:es|ing)?|taught|lectur\w+ (?:on|in)|specialis\w+ in|specializ\w+ in"
    r"|(?:expert|authority|specialist|scholar|historian|books?|professor|analyst|student) (?:on|in|of|about)"
    r"|research\w*|follow(?:s|ed|ing)|cover(?:s|ed|ing)|track(?:s|ed|ing)|analy[sz]es) (?:the |modern |[a-z]+ )?"
)
"""What is said of people who know another country: an expert on Russian artillery."""
NOT_OF_SPEAKER = re.compile(
    r"(?:\b(?:told|against|by|from|with|at|in|into|near|to|on|about|for|toward|towards|fighting|defending|invading)"
    r" (?:the |a |an )?(?:captured |wounded |dead )?|anti-|" + _STUDIED + r")$"
)
_NOT_OF_MEMBER = re.compile(
    r"(?:\b(?:against|by|into|near|to|on|about|for|toward|towards|fighting|defending|invading)"
    r" (?:the |a |an )?(?:captured |wounded |dead )?|anti-)$"
)
_BY_WORD_OF = re.compile(r", according to (?:the |a |an )?(?:[a-z-]+ ){0,2}$")
_OF_PLACE = re.compile(r"\b(?:of|from) (?:the )?(?:[a-z]+ )?$")
ABOUT = re.compile(
    r"(?:'s)? (?:desk|expert|experts|watcher|watchers|specialist|scholar|hand|hawk|policy|program|programme|team|unit"
    r"|studies|correspondent|editor|bureau chief|researcher|historian|portfolio|brief|file|envoy to)\b"
)
"""What is done about a country, by people of another: the Russia desk, a Ukraine expert."""
_ANSWERED = re.compile(r"\b(?:answered|replied|responded|said|put it|wrote|explained|told [^.;]{1,40}|spoke|added)\b")
_ASKS = re.compile(r" (?:has |have |had )?(?:interviewed|spoke (?:to|with)|spoken (?:to|with)|documented|talked to)\b")
_THAT_LANGUAGE = re.compile(r"\bin (?:that|the same|this) (?:language|tongue)\b")
_SWITCHES = re.compile(r"\b(?:before|then|and|until|when|after which)(?: (?:he|she|they|then|soon|quickly|again))*\s?$")
_HANDLED = re.compile(r"(?<!written)(?<!signed)(?<!penned)(?<!sent) by (?:the |a |an )?$")
_TELLS = re.compile(r"\b(?:will|would|has|have|had|is|are|was|were|can|could|must|may|might|did|does|do)\b")
_RELATIVE_CLAUSE = re.compile(r"\W*(?:who|whose|which|that|himself|herself)\b")
_SPEAKS_FOR = re.compile(
    r"\b(?:kept|written|penned|signed|dictated|composed) by (?:the |an? )?$"
    r"|\b(?:advis[eo]r|aide|assistant|counsel|deputy|secretary) to (?:the )?$"
    r"|\b(?:spokes\w+|commander|head|chief|director|secretary) (?:for|of|in|at) (?:the )?$"
)
_CONJOINED = re.compile(r";|, (?:while|but|and|whereas|as|though|although)\b|[.!?][”\"']? (?=[A-Z])")
_GONE = re.compile(r"\b(?:to|into|for|towards?|against|about) (?:[a-z]+ )?$")
_APART = frozenset(("social_post", "telegram", "official_statement", "document", "speech", "press_briefing"))
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
    `goes_on` that they are added to earlier ones; `local` that the speaker is of a sort that belongs to the place;
    `office` that they speak for an institution; `then` is the language in which the speaker went on; `at_home` that
    a parliament or readers at home were spoken to, `forum` that a gathering from many countries was; `likely` that no
    phrase tells the occasion, and it was weighed.
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
    local: bool = False
    office: bool = False
    then: Tongue | None = None
    at_home: bool = False
    forum: bool = False
    likely: bool = False


def masked(text: str, quotes: Sequence[Quote]) -> str:
    """The text with the words of the quotes blanked out and apostrophes straight; the same length.

    What people say must not be taken for what the writer says of them.
    """
    letters = list(text.replace("’", "'"))
    for quote in quotes:
        start = quote.span.start
        for aside in (*quote.asides, Span(quote.span.end, quote.span.end)):
            if start < aside.start:
                letters[start : aside.start] = _NOT_NEWLINE.sub(MASK, text[start : aside.start])
            start = max(start, aside.end)
    return _SHOUTED.sub(_calmed, "".join(letters))


def _calmed(word: "re.Match[str]") -> str:
    """A people in the capitals of a headline as it is written elsewhere: RUSSIAN SOLDIER."""
    plain = word.group().capitalize()
    return plain if cues.nation(plain) is not None else word.group()


def read(document: Document, text: str, quote: Quote) -> Reading:
    """The reading of one quote; `text` is the masked text of the document."""
    area = area_of(document, text, quote)
    bare = len(WORD.findall(text, area.start, area.end)) < 2
    again = cues.pattern("in_it").match(text, area.start) is not None
    described = descriptions.describe(text, quote, area)
    found = outlets.mentions(text, area.start, area.end)
    hands, told = find_hands(document.text, text, area, found)
    stretches = _stretches(text, quote, area)
    hands = _near(hands, stretches)
    if told is not None and not any(hand.span == told.span for hand in hands):
        told = None
    described = _beyond(text, quote, area, described, hands)
    hands = (*hands, *_vouching(document.text, text, quote, area, found, hands))
    origin, cue, hands = _told_here(text, stretches, described, found, hands)
    head = " ".join(chunk.of(text) for chunk in described.chunks)
    first = text[described.chunks[0].start : described.chunks[0].end] if described.chunks else ""
    first = first if descriptions.names(first) else head  # Dame Harriet Locke, who took the floor after him
    sort = descriptions.sort_of(head)
    tongue = tongue_of(text, stretches, described, found, hands)
    if origin == "document" and (tongue is None or tongue.rank >= PLACE):
        tongue = _written_by(text, area, hands) or tongue
    then = _switched(text, quote, stretches[-1])
    if then is not None:
        tongue = _before(document, text, quote, area, then)
        origin, cue = (origin, cue) if origin else ("own_interview", then.cues[0])
    elif tongue is None or tongue.rank != NAMED:
        tongue = _went_over(document, text, area) or tongue
    if cues.pattern("rendered_as").search(text, area.start, quote.outer.start):
        described, head, tongue, origin, cue = Description(), "", None, "", None  # the words of whoever spoke before
    return Reading(
        quote,
        area,
        _names_of(text, quote, described, found, head),
        tongue,
        native_of(told),
        origin,
        cue,
        hands,
        any(hand.note in ("quoted", "reported") for hand in hands),
        bare or again or not (described.own or _named_here(text, quote, area)) or _refers_back(first),
        bare,
        bool(cues.phrases("mediators", "abroad").search(text, area.start, area.end)),
        sort.captive or bool(cues.pattern("interrogated").search(text, area.start, area.end)),
        bool(re.search(r"\b(?:embassy|consulate|permanent mission)\b", head, re.IGNORECASE)),
        any(_KIN.match(chunk.of(text)) for chunk in described.chunks),
        sort.profession,
        bool(cues.phrases("following", "replies").search(text, stretches[0].start, stretches[-1].end)),
        quote.cue is not None and bool(cues.phrases("following", "goes_on").match(text, quote.cue.start)),
        sort.local,
        bool(cues.phrases("words", "holders").search(head)) and not sort.local,
        then,
        cues.pattern("at_home").search(text, area.start, area.end) is not None,
        cues.pattern("forum").search(text, area.start, area.end) is not None,
    )


def _names_of(
    text: str, quote: Quote, described: Description, found: Sequence[outlets.Mention], head: str
) -> frozenset[str]:
    """The names that say who the speaker is; of a pronoun, those of whoever it stands for."""
    key = descriptions.key(text, described, found)
    subject = head.strip(" ,")
    if not described.own or (_PRONOUN.fullmatch(subject) and subject.casefold() != "it"):
        key |= descriptions.names(quote.speaker or "")
    return key


def _told_here(
    text: str,
    stretches: Sequence[Span],
    described: Description,
    found: Sequence[outlets.Mention],
    hands: tuple[Hand, ...],
) -> tuple[str, Span | None, tuple[Hand, ...]]:
    """The occasion as the nearest stretch tells it, its cue, and the hands that belong to it."""
    tries = ((stretch, origin_of(text, stretch, described, found, hands)) for stretch in stretches)
    area = stretches[-1]
    where, (origin, cue) = next(((stretch, found) for stretch, found in tries if found[0]), (area, ("", None)))
    if origin in _APART and where != area:
        hands = tuple(h for h in hands if h.order != TOLD or any(s.contains(h.span) for s in stretches[:-1]))
    if not origin and hands and hands[-1].note == "according":
        return "official_statement", hands[-1].span, hands
    return origin, cue, hands


def _before(document: Document, text: str, quote: Quote, area: Span, then: Tongue) -> Tongue:
    """The language of a quote after which the speaker goes on in another."""
    spoken = (cue for cue in cues.explicit(text, quote.outer.end, area.end) if cue.span.end <= then.cues[0].start)
    cue = next(spoken, None)
    return Tongue(cue.value if cue is not None else document.lang, "high", NAMED, then.cues, "before another language")


def _went_over(document: Document, text: str, area: Span) -> Tongue | None:
    """The language to which the sentence before says somebody switched, or of which it speaks and this one takes it
    up: `Then she switched to Ukrainian. “…”`; `His English is crisp. “…,” he said in that language.`"""
    number = document.sentence_at(area.start)
    before = document.sentences[number - 1].span if number else None
    if before is None or MASK in before.of(text):
        return None
    again = _THAT_LANGUAGE.search(text, area.start, area.end)
    if again is not None:
        names = cues.language_names()
        told = [match for match in WORD.finditer(text, before.start, before.end) if match.group() in names]
        if told:
            place = Span(*told[-1].span())
            return Tongue(names[told[-1].group()], "high", NAMED, (place,), "the language is named")
    for cue in cues.explicit(text, before.start, before.end):
        last = text[cue.span.end : before.end].strip(" .:") == "" and _ANSWERED.search(text, before.start, cue.span.end)
        if cue.note == "switched" or last:
            return Tongue(cue.value, "high", NAMED, (cue.span,), "the language is named")
    return None


def _switched(text: str, quote: Quote, area: Span) -> Tongue | None:
    """The language in which a speaker goes on after a quote: `he joked before switching to Ukrainian`."""
    end = text.find(MASK, quote.outer.end, area.end)
    for cue in cues.explicit(text, quote.outer.end, area.end if end < 0 else end):
        if cue.note == "switched" and _SWITCHES.search(text, quote.outer.end, cue.span.start):
            return Tongue(cue.value, "high", NAMED, (cue.span,), "the language is named")
    return None


def _beyond(text: str, quote: Quote, area: Span, described: Description, hands: Sequence[Hand]) -> Description:
    """The speaker before the quote, where what follows only names who reported: `…”, the agency MTI reported`."""
    reporting = [hand.span for hand in hands if hand.note == "reported" and hand.span.start >= quote.outer.end]
    if not described.chunks or not any(described.chunks[0].overlaps(span) for span in reporting):
        return described
    other = descriptions.describe(text, replace(quote, cue=None, speaker_span=None), area)
    return other if other.own and other.chunks[0].end <= quote.outer.start else described


def _refers_back(head: str) -> bool:
    """Whether a description is of somebody spoken of before: he, the man, one of them, the voice in the recording."""
    again = cues.phrases("following", "again", False).search(head) or _PART.fullmatch(head)
    return bool(again) or descriptions.medium(head) or bool(_PRONOUN.search(head))


def _stretches(text: str, quote: Quote, area: Span) -> tuple[Span, ...]:
    """Where to look for what belongs to this quote: between it and its neighbours first, then in the whole sentence."""
    before = text.rfind(MASK, area.start, quote.outer.start)
    after = text.find(MASK, quote.outer.end, area.end)
    if before < 0 and after < 0:
        return (area,)
    start = min(max(area.start, before + 1), quote.outer.start)
    clauses = list(_CONJOINED.finditer(text, start, quote.outer.start)) if before >= 0 else []
    near = Span(clauses[-1].end() if clauses else start, quote.outer.start)
    end = max(quote.outer.end, area.end if after < 0 else after)
    clause = _CONJOINED.search(text, quote.outer.end, end) if after >= 0 else None
    behind = Span(quote.outer.end, clause.start() if clause is not None else end)
    return (near, behind, area)


def _near(hands: tuple[Hand, ...], stretches: Sequence[Span]) -> tuple[Hand, ...]:
    """The hands of one quote, where another quote of the sentence was told to somebody else."""
    close = tuple(hand for hand in hands if any(stretch.contains(hand.span) for stretch in stretches[:-1]))
    if not any(hand.order == TOLD for hand in close):
        return hands
    return tuple(hand for hand in hands if hand in close or hand.order != TOLD)


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


def _vouching(
    original: str, text: str, quote: Quote, area: Span, found: Sequence[outlets.Mention], hands: Sequence[Hand]
) -> tuple[Hand, ...]:
    """An institution by whose word somebody else said something: `she told rescuers, according to the Service`."""
    cue = quote.cue
    if cue is None or cue.of(text).casefold().startswith("according"):
        return ()
    for mention in found:
        said = _BY_WORD_OF.search(text, max(area.start, mention.span.start - 30), mention.span.start)
        if (
            said is None
            or mention.organisation.role in outlets.PRESS
            or any(h.span.overlaps(mention.span) for h in hands)
        ):
            continue
        who = Intermediary(mention.name.of(original), mention.organisation.lang, "publisher")
        return (Hand(PUBLISHED, who, mention.span, "according"),)
    return ()


def _named_here(text: str, quote: Quote, area: Span) -> bool:
    """Whether the sentence names the speaker, although no verb of speech says so: `the mayor put it differently`."""
    place = quote.speaker_span
    return place is not None and area.contains(place) and bool(descriptions.names(place.of(text)))


def _written_by(text: str, area: Span, hands: Sequence[Hand]) -> Tongue | None:
    """The nationality of whoever wrote a document: a letter found on a Russian soldier."""
    for cue in cues.found("nationalities", text, area.start, area.end):
        head = text[max(area.start, cue.span.start - 30) : cue.span.start]
        named = head.endswith((" in ", "In ")) or _HANDLED.search(head)  # in German; prepared by the Dutch police
        if named or any(cue.span.overlaps(hand.span) for hand in hands) or _HELD.match(text, cue.span.end):
            continue
        return Tongue(cue.value, "low", OFFICE, (cue.span,), cue.span.of(text))
    return None


def native_of(told: outlets.Mention | None) -> Tongue | None:
    """The language of the outlet the words were given to, if it is not English."""
    if told is None or told.organisation.lang in ("", "en"):
        return None
    if told.organisation.role == "agency" and told.organisation.lang not in ("ru", "uk"):
        return None  # AFP asks in every language
    return Tongue(told.organisation.lang, "high", OUTLET, (told.span,), f"told {told.organisation.name}")


def tongue_of(
    text: str,
    stretches: Sequence[Span],
    described: Description,
    found: Sequence[outlets.Mention],
    hands: Sequence[Hand],
) -> Tongue | None:
    """The best evidence of the speaker's language in the sentence."""
    for stretch in stretches:
        spoken = list(cues.explicit(text, stretch.start, stretch.end))
        habits = [cue for cue in spoken if text.startswith("who ", max(0, cue.span.start - 4))]
        for cue in [cue for cue in spoken if cue not in habits] or habits:
            return Tongue(cue.value, "high", NAMED, (cue.span,), "the language is named")
    area = stretches[-1]
    taken = [hand.span for hand in hands]
    owned = [mention.span for mention in found if mention.organisation.known and mention.organisation.lang]
    described = replace(described, chunks=_of_speaker(text, described.chunks))
    for chunk in described.chunks:
        nation = _nationality(text, chunk, [*taken, *owned], NOT_OF_SPEAKER)
        if nation is not None:
            return nation
        seat = cues.pattern("seat").search(text, chunk.start, chunk.end)
        lang = cues.language_of(seat["place"]) if seat is not None else None
        if seat is not None and lang is not None:
            return Tongue(lang, "high", NATION, (Span(*seat.span()),), seat.group())
        for mention in found:
            organisation = mention.organisation
            free = chunk.contains(mention.span) and not any(mention.span.overlaps(span) for span in taken)
            head = text[max(chunk.start, mention.span.start - 30) : mention.span.start]
            barred = NOT_OF_SPEAKER.search(head) or _RELATIVE.search(head)
            if free and not barred and organisation.lang:
                return Tongue(organisation.lang, "high", NATION, (mention.span,), organisation.name)
    for chunk in described.chunks:
        nation = _nationality(text, chunk, taken, _NOT_OF_MEMBER)
        if nation is not None:
            weak = _weak(text, area, described, taken) if cues.place(nation.cues[0].of(text)) else None
            named = weak is not None and weak.rank in (PERSON, GIVEN)  # a British name at a meeting in Kyiv
            return weak if named and weak is not None else replace(nation, confidence="low", rank=PLACE)
    for lang, pattern in cues.offices():
        match = pattern.search(text, area.start, area.end)
        if match is not None:
            return Tongue(lang, "high", OFFICE, (Span(*match.span()),), "office or occasion")
    return _weak(text, area, described, taken)


def _of_speaker(text: str, chunks: Sequence[Span]) -> tuple[Span, ...]:
    """The parts of a description up to another clause: `Britain will train Ukrainians, the minister said`."""
    for at, chunk in enumerate(chunks):
        clause = at and len(WORD.findall(text, chunk.start, chunk.end)) > 3 and _TELLS.search(chunk.of(text))
        if clause and not _RELATIVE_CLAUSE.match(chunk.of(text)):
            return tuple(chunks[:at])
    return tuple(chunks)


def _nationality(text: str, chunk: Span, taken: Sequence[Span], barred: "re.Pattern[str]") -> Tongue | None:
    for cue in cues.found("nationalities", text, chunk.start, chunk.end):
        if any(cue.span.start < span.end and span.start <= cue.span.end + 1 for span in taken):
            continue  # Ukraine's Main Directorate of Intelligence
        if _HELD.match(text, cue.span.end) or _ASKS.match(text, cue.span.end):
            continue
        head = text[max(chunk.start, cue.span.start - 30) : cue.span.start]
        if _SPEAKS_FOR.search(head) or not (barred.search(head) or _RELATIVE.search(head)):
            return Tongue(cue.value, "high", NATION, (cue.span,), cue.span.of(text))
    return None


def _weak(text: str, area: Span, described: Description, taken: Sequence[Span]) -> Tongue | None:
    """Names and places: never more than low confidence."""
    others = {"uk": ("ru",), "ru": ("uk",)}
    for chunk in described.chunks:
        for cue in cues.found("places", text, chunk.start, chunk.end):
            about = ABOUT.match(text, cue.span.end)
            of = _OF_PLACE.search(text, max(chunk.start, cue.span.start - 20), cue.span.start)
            if of and cue.value in others and not about:
                return Tongue(cue.value, "low", PERSON, (cue.span,), "a place", others[cue.value])
    for table, rank in (("people", PERSON), ("given", GIVEN)):
        for chunk in described.chunks:
            for cue in cues.found(table, text, chunk.start, chunk.end):
                other = others["uk"] if cue.value == "uk" else ()
                return Tongue(cue.value, "low", rank, (cue.span,), "a name only", other)
    if not described.own:
        return None
    for cue in cues.found("places", text, area.start, area.end):
        gone = _GONE.search(text[max(area.start, cue.span.start - 20) : cue.span.start])
        gone = gone or ABOUT.match(text, cue.span.end)
        if not gone and not any(cue.span.overlaps(span) for span in taken):
            other = others["uk"] if cue.value == "uk" else ()
            its = any(chunk.contains(cue.span) for chunk in described.chunks)
            return Tongue(cue.value, "low", PLACE, (cue.span,), "a place" if its else ELSEWHERE, other)
    for chunk in described.chunks:
        family = next(cues.found("family", text, chunk.start, chunk.end), None)
        surname = family or cues.surname(text, chunk)
        if surname is not None:
            return Tongue(surname.value, "low", SURNAME, (surname.span,), "a name only", others.get(surname.value, ()))
    return None
