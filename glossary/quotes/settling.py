"""Which language somebody spoke, all that the text says of it weighed."""

from dataclasses import replace

from glossary.quotes.hands import INTERPRETED, PUBLISHED, TOLD
from glossary.quotes.testimony import ELSEWHERE, NAMED, NATION, NOTHING, OFFICE, PLACE, SURNAME, Reading, Tongue

SLAVIC = frozenset(("ru", "uk"))
_FLUENT = frozenset(("da", "et", "fi", "lt", "lv", "nl", "no", "sv"))
"""Languages whose officials mostly speak English to the foreign press."""
_UN = frozenset(("ar", "es", "fr", "ru", "zh"))
_OTHER_SIDE = {"uk": "ru", "ru": "uk"}
_FOUND = ("document", "intercept", "video_statement")


def settled(reading: Reading, article: str, at_war: bool) -> Tongue:
    """The speaker's language, all evidence weighed; `at_war`: the article names one of the two countries."""
    tongue, native = reading.tongue, reading.native
    if tongue is not None and tongue.rank == NAMED:
        return tongue
    captured = _captured(reading, at_war)
    if captured is not None:
        return captured
    relayed = reading.origin in _FOUND or any(hand.order == INTERPRETED for hand in reading.hands)
    if native is not None and native.lang not in SLAVIC and relayed:
        native = None  # the interpreter worked for the outlet, the letter was only shown to it
    named = any(not word.startswith(("~", "@")) for word in reading.key)
    elsewhere = tongue is not None and tongue.note == ELSEWHERE and tongue.lang in SLAVIC
    if elsewhere and named and not reading.local:
        tongue = None  # Karen Ostrander, of her weeks in a hospital in eastern Ukraine
    foreign = native is not None and native.lang not in SLAVIC
    if foreign and native is not None and tongue is not None and tongue.note == ELSEWHERE and not reading.local:
        return replace(native, confidence="low", alternatives=(article,))  # `he had gone to Ukraine`, told El País
    if native is not None and (tongue is None or (tongue.rank > NATION and {native.lang, tongue.lang} <= SLAVIC)):
        if tongue is not None:
            return replace(native, alternatives=_others(tongue, native.lang))
        return native if native.lang in SLAVIC else replace(native, confidence="low", alternatives=(article,))
    if tongue is None:
        return _unspoken(reading, article)
    if native is not None and native.lang != tongue.lang and {native.lang, tongue.lang} <= SLAVIC:
        return replace(tongue, confidence="low", alternatives=(native.lang,))
    if tongue.lang in _FLUENT and reading.origin in ("press_briefing", "speech", "social_post") and not reading.at_home:
        return replace(tongue, lang="en", confidence="low", alternatives=(tongue.lang,))
    if reading.forum and tongue.rank in (NATION, OFFICE) and tongue.lang != "ru" and not reading.hands:
        return replace(tongue, lang="en", confidence="low", alternatives=(tongue.lang,))
    if reading.mission and reading.abroad and reading.origin == "social_post":
        return replace(tongue, lang="en", confidence="low", alternatives=(tongue.lang,))
    if reading.abroad and tongue.lang not in ("en", "ru"):
        if reading.origin == "social_post":
            return replace(tongue, lang="en", confidence="low", alternatives=(tongue.lang,))
        return replace(tongue, confidence="low", alternatives=("en", *tongue.alternatives))
    return _foreign(reading, tongue, article)


def _captured(reading: Reading, at_war: bool) -> Tongue | None:
    """The language of intercepted calls and of prisoners, whatever else is near; None for others."""
    tongue = reading.tongue
    if reading.origin == "intercept" and at_war and (tongue is None or tongue.rank > NATION):
        return Tongue("ru", "high", OFFICE, (reading.origin_cue,) if reading.origin_cue else (), "an intercepted call")
    released = [hand for hand in reading.hands if hand.order == PUBLISHED and hand.who.lang in SLAVIC]
    if (
        reading.origin == "intercept"
        and released
        and tongue is not None
        and not any(map(reading.area.contains, tongue.cues))
    ):
        theirs = _OTHER_SIDE[released[0].who.lang]
        if tongue.lang != theirs and tongue.rank > NAMED:  # the Ukrainian service that made a call public
            return Tongue(theirs, "high", OFFICE, (released[0].span,), "a call of the other side", (tongue.lang,))
    if reading.origin == "intercept" and tongue is not None and tongue.rank >= PLACE and tongue.lang not in SLAVIC:
        return replace(tongue, lang="ru", alternatives=("uk",))  # where the call was made public
    if reading.captive and tongue is not None and tongue.rank == PLACE and tongue.lang == "uk":
        return replace(tongue, lang="ru", alternatives=("uk",))  # where the prisoner is held, not where he is from
    publisher = next((hand for hand in reading.hands if hand.order == PUBLISHED), None)
    if publisher is not None and reading.captive and (tongue is None or tongue.rank > NATION):
        other = _OTHER_SIDE.get(publisher.who.lang)
        if other:
            return Tongue(other, "high", OFFICE, (publisher.span,), "a captive of the other side")
    return None


def _unspoken(reading: Reading, article: str) -> Tongue:
    """The language of somebody of whom the text says nothing, from the hands and the occasion alone."""
    interpreted = next((hand.span for hand in reading.hands if hand.order == INTERPRETED), None)
    if interpreted is not None:
        return Tongue("uk", "low", SURNAME, (interpreted,), "an interpreter", ("ru",))
    abroad = reading.origin in _FOUND  # whoever obtains a letter did not write it
    press = next(
        (
            hand
            for hand in reading.hands
            if hand.who.lang not in ("", article)
            and hand.order >= TOLD
            and (hand.order > TOLD or hand.who.role != "agency" or hand.who.lang in SLAVIC)
            and (hand.who.lang in SLAVIC or not abroad)
        ),
        None,
    )
    if press is None and (reading.captive or reading.origin == "intercept"):
        place = (reading.origin_cue,) if reading.origin_cue else ()
        return Tongue("ru", "low", SURNAME, place, "a captive or a call", ("uk",))
    if press is not None:
        return Tongue(press.who.lang, "low", SURNAME, (press.span,), press.who.name)
    if reading.origin == "telegram":
        return Tongue("ru", "low", SURNAME, (reading.origin_cue,) if reading.origin_cue else (), "Telegram", ("uk",))
    return Tongue(article if article in ("en", "ru", "uk") else "en", "low", NOTHING)


def _foreign(reading: Reading, tongue: Tongue, article: str) -> Tongue:
    """A nationality that is neither side's says little of the language in which somebody spoke to the English press."""
    if tongue.rank != NATION or tongue.lang in ("en", *SLAVIC) or reading.native is not None:
        return tongue
    if reading.origin not in ("", "outlet_interview", "own_interview", "speech", "press_briefing", "document"):
        return tongue
    if any(hand.order == INTERPRETED or hand.who.lang not in ("", article) for hand in reading.hands):
        return tongue
    state = reading.profession == "state"
    if reading.profession and not (state and tongue.lang in _UN):
        return replace(tongue, lang=article, confidence="low", alternatives=(tongue.lang,))
    if reading.origin in ("outlet_interview", "own_interview"):
        return replace(tongue, confidence="low", alternatives=(article, *tongue.alternatives))
    return tongue


def _others(tongue: Tongue, lang: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(other for other in (tongue.lang, *tongue.alternatives) if other != lang))
