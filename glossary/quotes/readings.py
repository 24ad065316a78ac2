"""All quotes of an article read together: what is told of one speaker or one utterance holds wherever it is quoted.

Each quote is read from its own sentence first (glossary.quotes.testimony), then from the sentences around it
(glossary.quotes.surroundings), then from the other quotes of its speaker, its scene and its utterance.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from glossary.quotes import cues
from glossary.quotes.clusters import find_clusters
from glossary.quotes.descriptions import MASK
from glossary.quotes.hands import INTERPRETED
from glossary.quotes.settling import SLAVIC
from glossary.quotes.surroundings import (
    aftermath,
    background,
    companion,
    context,
    earlier_scene,
    firsthand,
    introduced,
    newcomer,
    seen,
    settled_there,
    spoken_of,
)
from glossary.quotes.testimony import (
    GIVEN,
    NAMED,
    NOTHING,
    OFFICE,
    PLACE,
    SURNAME,
    Reading,
    masked,
    read,
)
from glossary.quotes.values import Cluster, Quote
from glossary.text.spans import Document, Span

_OPENING = 5
_OCCASIONS = 20  # of one speaker, looked through for a language that is named
_SCENES = ("speech", "press_briefing", "intercept")


@dataclass(frozen=True, slots=True)
class Article:
    """An article of which every quote was read: its masked text, what is one utterance, the reading of each quote by
    its number, the languages of the places and peoples it names."""

    document: Document
    text: str
    clusters: tuple[Cluster, ...]
    readings: Mapping[int, Reading]
    peoples: frozenset[str]

    @property
    def at_war(self) -> bool:
        """Whether it is of the war: one of the two countries is named, or an outlet or a service of theirs."""
        hands = (hand.who.lang for reading in self.readings.values() for hand in reading.hands)
        return bool(self.peoples & SLAVIC) or any(lang in SLAVIC for lang in hands)


def read_article(document: Document, quotes: tuple[Quote, ...]) -> Article:
    """What the text says outright of every quote that is speech."""
    speech = [quote for quote in quotes if quote.speech]
    text = masked(document.text, speech)
    backgrounds = tuple(_backgrounds(document, text, speech))
    readings = _one_by_one(document, text, speech, backgrounds)
    clusters = find_clusters(quotes, document)
    readings = _occasions(document, text, readings, backgrounds)
    readings = one_language(shared(document, clusters, readings))
    readings = {number: seen(document, text, reading) for number, reading in readings.items()}
    readings = _going_on({number: firsthand(document, text, reading) for number, reading in readings.items()})
    peoples = frozenset(
        cue.value for table in ("nationalities", "places") for cue in cues.found(table, text, 0, len(text))
    )
    readings = {number: _plausible(text, reading, peoples) for number, reading in readings.items()}
    readings = {number: settled_there(text, reading) for number, reading in readings.items()}
    return Article(document, text, clusters, readings, peoples)


def _one_by_one(
    document: Document, text: str, speech: Sequence[Quote], backgrounds: Sequence[Reading]
) -> dict[int, Reading]:
    """The readings in the order of the text, each with what those before it and the sentences around it tell."""
    readings: dict[int, Reading] = {}
    done: list[Reading] = []
    ahead = list(backgrounds)
    for quote in speech:
        while ahead and ahead[0].area.start < quote.outer.start:
            established = _established(ahead.pop(0), done)
            after = aftermath(document, text, established)
            done.append(established if after is None else _added(established, after))
        reading = read(document, text, quote)
        between = context(document, text, reading) if _interrupted(document, text, reading, done) else None
        if between is not None and (between.origin or between.tongue is not None):
            reading = _filled(reading, between)
            reading = _filled(reading, done[-1]) if reading.bare and not reading.origin else reading
        else:
            reading = _introduced(document, text, reading, done) or _inherited(reading, done)
        if not reading.origin or _guessed(reading) or reading.tongue is None or reading.tongue.rank > OFFICE:
            before = context(document, text, reading)
            reading = reading if before is None else _filled(reading, before)
        after = aftermath(document, text, reading)
        reading = reading if after is None else _added(reading, after)
        if reading.tongue is None or reading.tongue.rank >= PLACE:
            reading = replace(reading, tongue=spoken_of(text, reading) or reading.tongue)
        if reading.goes_on and done and done[-1].quote.n >= 0 and _named_now(reading, done[-1]):
            first = replace(done[-1], key=done[-1].key | reading.key)  # `a conscript said “…”. Belyaev added: “…”`
            readings[first.quote.n] = done[-1] = first
            reading = _filled(reading, first)
        readings[quote.n] = reading
        done.append(reading)
    return readings


def _going_on(readings: Mapping[int, Reading]) -> dict[int, Reading]:
    """Quotes of which nothing is said belong to the one before: `“Habit,” says Liudmyla. “I swept here before.”`"""
    found = dict(readings)
    before: Reading | None = None
    for number in sorted(found):
        reading = found[number]
        if reading.bare and not reading.origin and before is not None and before.origin == "own_interview":
            found[number] = reading = replace(reading, origin=before.origin, origin_cue=before.origin_cue)
        before = reading
    return found


def _interrupted(document: Document, text: str, reading: Reading, done: Sequence[Reading]) -> bool:
    """Whether a sentence without quotes stands between `it said` and the last quote."""
    number = document.sentence_at(reading.area.start)
    named = any(not word.startswith("~") for word in reading.key)
    if not number or not done or named or not reading.follows:
        return False
    before = document.sentences[number - 1].span
    return MASK not in before.of(text) and done[-1].area.end <= before.start


def _guessed(reading: Reading) -> bool:
    """Whether only an interpreter says that the writer was there."""
    return reading.origin == "own_interview" and any(
        hand.order == INTERPRETED and hand.span == reading.origin_cue for hand in reading.hands
    )


def _named_now(reading: Reading, before: Reading) -> bool:
    """Whether a speaker without a name gets one in the next quote."""
    fresh = any(not word.startswith("~") for word in reading.key)
    return fresh and bool(before.key) and all(word.startswith("~") for word in before.key)


def _backgrounds(document: Document, text: str, speech: Sequence[Quote]) -> list[Reading]:
    """The readings of sentences without quotes that establish something, in order."""
    quoting = {document.sentence_at(at) for quote in speech for at in (quote.outer.start, max(0, quote.outer.end - 1))}
    found = (background(document, text, n) for n in range(len(document.sentences)) if n not in quoting)
    return [reading for reading in found if reading is not None]


def _established(reading: Reading, done: Sequence[Reading]) -> Reading:
    """A background joined to the one right before it: the soldier of the call is the Aleksei who speaks Russian."""
    for before in reversed(done[-2:]):
        if before.quote.n < 0 and before.key & reading.key:
            return replace(_filled(reading, before), key=before.key | reading.key)
    return reading


def _plausible(text: str, reading: Reading, spoken_of: frozenset[str]) -> Reading:
    """`reading` without a language that only a name suggests, in an article that is not about those who speak it."""
    tongue = reading.tongue
    if tongue is None or not tongue.cues or tongue.rank not in (GIVEN, SURNAME):
        return reading
    if tongue.rank == GIVEN and tongue.lang in ("uk", "en"):
        return reading  # spellings such as Yevhen and Halyna are Ukrainian wherever they stand
    if tongue.rank == GIVEN and cues.slavic_surname(text, tongue.cues[0].end):
        return reading  # Yevgeny Kabanov
    english = tongue.rank == GIVEN and cues.pattern("english_surname").match(text, tongue.cues[0].end)
    if english and cues.international(tongue.cues[0].of(text)):
        return replace(reading, tongue=None)  # Boris Johnson
    wanted = SLAVIC if tongue.lang in SLAVIC else {tongue.lang}
    if not spoken_of and reading.local and wanted == SLAVIC:
        return reading  # Ivan Rybak, in a text that names no country at all
    return reading if spoken_of & wanted else replace(reading, tongue=None)


def _inherited(reading: Reading, earlier: Sequence[Reading]) -> Reading:
    """What earlier quotes of the same speaker said, where the sentence itself is silent."""
    for before in reversed(earlier):
        if before.area == reading.area and not reading.key:
            return _filled(reading, before)
        if reading.key & before.key:
            return _filled(reading, before)
    named = any(not word.startswith("~") for word in reading.key)
    if reading.follows and earlier and not named:
        return _filled(reading, earlier[-1])
    weak = reading.tongue is None or reading.tongue.rank >= SURNAME
    if reading.kin and weak and earlier and earlier[-1].tongue is not None:
        return replace(reading, tongue=replace(earlier[-1].tongue, confidence="low", rank=PLACE))
    return reading


def _introduced(document: Document, text: str, reading: Reading, done: Sequence[Reading]) -> Reading | None:
    """`reading` of somebody of whom the sentence before speaks for the first time; None if nobody new is there."""
    area = newcomer(document, text, reading)
    if area is None or (done and done[-1].area == area):
        return None
    if any(reading.key & before.key for before in done):
        return None
    named = any(not word.startswith("~") for word in reading.key)
    weak = reading.tongue is None or reading.tongue.rank > OFFICE
    tongue = introduced(text, reading, area) if named and weak and not reading.kin else None
    if tongue is not None:
        return replace(reading, tongue=tongue)
    return reading if reading.follows and not named else None


def _occasions(
    document: Document, text: str, readings: Mapping[int, Reading], ahead: Sequence[Reading]
) -> dict[int, Reading]:
    """Quotes without an occasion of their own take that of the scene: a reply is given where the other spoke, and
    voices without a name are heard in the recording of which their paragraph speaks."""
    found = dict(readings)
    before: Reading | None = None
    for number in sorted(found):
        reading = found[number]
        near = before is not None and _paragraph(document, before.area) == _paragraph(document, reading.area)
        if not reading.origin and near and before is not None and _answers(document, text, reading, before):
            hands = before.hands if before.origin == "intercept" else ()
            reading = replace(reading, origin=before.origin, origin_cue=before.origin_cue, hands=reading.hands or hands)
        heckled = near and before is not None and reading.replies and reading.origin == before.origin == "speech"
        heckled = heckled or (near and reading.origin == "own_interview" and companion(document, text, reading))
        spoken = before.tongue if heckled and before is not None else None
        if spoken is not None and reading.tongue is None and spoken.rank != NAMED and not reading.hands:
            reading = replace(reading, tongue=replace(spoken, confidence="low", rank=PLACE))  # in the same house
        if not reading.origin and not reading.hands:
            there, cue = earlier_scene(document, text, reading)
            reading = replace(reading, origin=there, origin_cue=cue)
        if all(word.startswith("~") for word in reading.key) and not _holds_office(reading):
            here = _paragraph(document, reading.area)
            scenes = (one for one in ahead if one.origin and _paragraph(document, one.area) == here)
            scene = next((one for one in scenes if reading.origin in ("", one.origin)), None)
            reading = reading if scene is None else _filled(replace(reading, relayed=True), scene)
        if reading.origin != readings[number].origin and (after := aftermath(document, text, reading)) is not None:
            reading = _added(reading, after)
        found[number] = before = reading
    return _one_call(_same_hands(document, found), ahead)


def _answers(document: Document, text: str, reading: Reading, before: Reading) -> bool:
    """Whether words belong to the scene of those before: a reply, or the other voice of a call."""
    if before.origin == "own_interview":
        return reading.replies or reading.goes_on or reading.kin or companion(document, text, reading)
    if before.origin not in _SCENES:
        return False
    return reading.replies or (before.origin == "intercept" and reading.kin)


def _one_call(readings: Mapping[int, Reading], ahead: Sequence[Reading]) -> dict[int, Reading]:
    """A call whose hands are not named where it is quoted is the one the article told of before, or else tells of."""
    told = [one for one in (*ahead, *readings.values()) if one.origin == "intercept" and one.hands]
    told.sort(key=lambda one: one.area)
    found = dict(readings)
    for number, reading in readings.items():
        if told and reading.origin == "intercept" and not reading.hands:
            at = bisect_right(told, reading.area, key=lambda one: one.area)
            found[number] = replace(reading, hands=told[max(0, at - 1)].hands)
    return found


def _holds_office(reading: Reading) -> bool:
    return any(cues.phrases("words", "holders").fullmatch(word, 1) for word in reading.key if word.startswith("~"))


def _same_hands(document: Document, readings: Mapping[int, Reading]) -> dict[int, Reading]:
    """What a paragraph quotes from a recorded call came through the same hands."""
    found = dict(readings)
    calls: dict[int | None, list[int]] = {}
    for number, reading in found.items():
        if reading.origin == "intercept":
            calls.setdefault(_paragraph(document, reading.area), []).append(number)
    for numbers in calls.values():
        known = {hand.who.name: hand for number in reversed(numbers) for hand in reversed(found[number].hands)}
        for number in numbers:
            own = _hand_names(found[number])
            more = tuple(hand for name, hand in reversed(known.items()) if name not in own)
            found[number] = replace(found[number], hands=(*found[number].hands, *more))
    return found


def _paragraph(document: Document, area: Span) -> int | None:
    number = document.sentence_at(area.start)
    return None if number is None else document.sentences[number].paragraph


def one_language(readings: Mapping[int, Reading]) -> dict[int, Reading]:
    """Once a language is named, it holds for every quote of that speaker from that occasion."""
    found = dict(readings)
    named: dict[str, list[Reading]] = {}
    for reading in readings.values():
        if reading.tongue is not None and reading.tongue.rank == NAMED and reading.then is None:
            for word in sorted(reading.key):
                if len(named.setdefault(word, [])) < _OCCASIONS:
                    named[word].append(reading)
    for number, reading in readings.items():
        if reading.tongue is not None and reading.tongue.rank == NAMED:
            continue
        others = (other for word in sorted(reading.key) if not word.startswith("~") for other in named.get(word, ()))
        for other in others:
            if reading.origin == other.origin and _hand_names(reading) <= _hand_names(other):
                found[number] = replace(reading, tongue=other.tongue)
                break
    return found


def _hand_names(reading: Reading) -> frozenset[str]:
    return frozenset(hand.who.name for hand in reading.hands)


def _filled(reading: Reading, source: Reading) -> Reading:
    """`reading` with the language, the occasion and the hands of `source` wherever it has none of its own."""
    tongue, spoken = reading.tongue, source.then or source.tongue
    if spoken is not None and (tongue is None or spoken.rank < min(tongue.rank, OFFICE if reading.bare else NOTHING)):
        inherits = not (spoken.rank == NAMED and reading.origin and reading.origin != source.origin)
        tongue = spoken if inherits else tongue
    key = source.key | reading.key if reading.follows else reading.key
    if source.origin == "outlet_interview" and _guessed(reading) and not reading.kin:
        reading = replace(reading, origin="", origin_cue=None)
    recorded = reading.origin == source.origin and reading.origin in ("intercept", "video_statement")
    if reading.origin and not reading.relayed and not recorded:
        more = tuple(hand for hand in source.hands if hand.order == INTERPRETED) if reading.follows else ()
        known = {hand.order for hand in reading.hands}
        return replace(
            reading,
            tongue=tongue,
            key=key,
            hands=(*reading.hands, *more) if INTERPRETED not in known else reading.hands,
            captive=reading.captive or source.captive,
            local=reading.local or source.local,
        )
    own = {hand.who.name for hand in reading.hands}
    return replace(
        reading,
        tongue=tongue,
        key=key,
        origin=reading.origin or source.origin,
        origin_cue=reading.origin_cue or source.origin_cue,
        hands=(*(hand for hand in source.hands if hand.who.name not in own), *reading.hands),
        native=reading.native or source.native,
        abroad=reading.abroad or source.abroad,
        captive=reading.captive or source.captive,
        local=reading.local or source.local,
    )


def _added(reading: Reading, after: Reading) -> Reading:
    """`reading` with what the next sentence adds: a language that is named, more hands."""
    known = {hand.who.name for hand in reading.hands}
    return replace(
        reading,
        tongue=after.tongue or reading.tongue,
        native=reading.native or after.native,
        origin="intercept" if after.origin == "intercept" else reading.origin or after.origin,
        origin_cue=reading.origin_cue or after.origin_cue,
        hands=(*reading.hands, *(hand for hand in after.hands if hand.who.name not in known)),
    )


def shared(document: Document, clusters: Sequence[Cluster], readings: Mapping[int, Reading]) -> dict[int, Reading]:
    """Headlines and teasers take the way from the fullest quote of their utterance, or from the same speaker below."""
    found = dict(readings)
    for cluster in clusters:
        members = [found[number] for number in cluster.quotes if number in found]
        fullest = max(members, key=lambda reading: (bool(reading.origin), len(reading.hands), -reading.quote.n))
        for reading in members:
            if reading is not fullest and fullest.origin and not reading.origin:
                found[reading.quote.n] = _filled(replace(reading, bare=True), fullest)
        told = [reading.tongue for reading in members if reading.tongue is not None and reading.tongue.rank <= OFFICE]
        for reading in members if told else ():
            own = found[reading.quote.n]
            if own.tongue is None:
                found[reading.quote.n] = replace(own, tongue=min(told, key=lambda tongue: tongue.rank))
    ordered = [found[number] for number in sorted(found)]
    for reading in ordered:
        number = document.sentence_at(reading.quote.span.start)
        if not reading.origin and reading.key and number is not None and number < _OPENING:
            later = [other for other in ordered if other.origin and other.quote.n > reading.quote.n]
            akin = [other for other in later if _akin(reading.key, other.key) and _told_below(document, reading, other)]
            if akin:
                found[reading.quote.n] = _filled(replace(reading, bare=True), akin[0])
        elif reading.origin == "intercept" and not reading.hands and number is not None and number < _OPENING:
            same = [other for other in ordered if other.origin == "intercept" and other.hands]
            if same:
                found[reading.quote.n] = replace(reading, hands=same[0].hands)
    return found


def _told_below(document: Document, reading: Reading, other: Reading) -> bool:
    """Whether a quote tells more of what a headline or a teaser quotes: not where one paragraph has both."""
    apart = _paragraph(document, reading.area) != _paragraph(document, other.area)
    return reading.bare or other.goes_on or apart


def _akin(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool({word.removeprefix("~") for word in one} & {word.removeprefix("~") for word in other})
