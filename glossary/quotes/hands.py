"""Through whom words came: those who released, interpreted, were told, reported or translated them."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from glossary.quotes import cues, outlets
from glossary.quotes.descriptions import MASK, QUOTED_AS, WORD
from glossary.quotes.values import Intermediary
from glossary.text.recent import recent
from glossary.text.sieves import Sieve, sieve
from glossary.text.spans import Span

PUBLISHED, INTERPRETED, TOLD, CITED, REPORTED, TRANSLATED = range(6)
"""The order of hands in a chain, nearest the speaker first."""

_HEAD = 90
_TAIL = 70
_AFTER = (
    r"^(?:'s (?:\w+ ){0,3})?(?: (?:(?:news|press|state|telegraph|wire) )*"
    r"(?:agency|service|directorate|department|unit|command|press service|channel|newspaper|magazine|daily|tabloid"
    r"|website|site|outlet|portal|broadcaster|television|radio|podcast))?,? ?"
    r"(?:(?:in|of|for) (?:[A-Z][\w-]+ ?){1,2}(?:(?:region|oblast|district) ?)?,? ?)?"
    r"(?:(?:on \w+day|late|early|earlier|this week|last week|this month|yesterday|today)(?: \w+day)? )?"
    r"(?:which |who |has |had |have |later |first |also |then |earlier |that |it |says |said |claims |claimed )*"
)
_DESCRIBED = re.compile(r"\s*(?:[\w'.-]+\s){0,5}[\"'“‘«]?")
_CLAUSE = re.compile(r"\b(?:that|who|when|as|after|because)\b")
_AIR = sieve(
    r"\b(?:[Oo]n|to|told|by|[Dd]uring)\s(?P<name>(?:(?:the|a|an|live|its|his)\s)?"
    r"(?:(?!(?:for|of|about|with|and|in|from|at)\b)[\w'-]+\s){0,3}?"
    r"(?:television|TV|radio|telethon|telemarathon|airwaves)"
    r"(?: (?:show|programme|program|channel|station|marathon))?)\b"
)


_ACCORDING = sieve(r"\b[Aa]ccording to")
_DONE_BY = sieve(
    r"\b(?!arrang|organi|attend|captur|guard|escort|supervis|train|occupi|controll|kill|wound|attack|shell|us|host|hit)"
    r"(?:[a-z]+ed|put out|made public|shown|given|sent|played|read out|found)"
    r"(?: (?:to|with) (?:[a-z]+|(?:[Tt]he )?[A-Z][\w'.-]*(?: [A-Z][\w'.-]*){0,3}))?"
    r"(?: (?:on|in|late|early|last|this|earlier|yesterday|today|first)(?: \w+){0,3}?)? by"
)
_NAMED_NEXT = re.compile(r"\s[A-Z]")
_MEMORY = 50  # organisations named before that are remembered
_TELEVISION = re.compile(r"(?:\btelevision|(?:^|\b[a-z]+ )TV|\btelethon|\btelemarathon)$")
_WHICH = re.compile(r"^[ ,]*(?:which )?")
_ON_AIR = ("broadcaster", "channel")
_SHOW = re.compile(r"\b(?:talk show|show)\b")
_OWN_WORDS = re.compile(
    r"(?:issued|released|published|put out|posted) (?:a|an|the|its|another)(?: [\w-]+){0,2}"
    r" (?:statement|communiqu[ée]|bulletin|release|update)\b"
)
_OWN_READOUT = re.compile(
    r"\b(?:readout|statement|communiqu[ée]|press release|bulletin)(?: \w+ \w+)? "
    r"(?:published|issued|released|posted) by (?:the )?$"
)
_CALLED = re.compile(r",? \(?(?:the |known as (?:the )?|or (?:the )?)?")
_BY = re.compile(r"\bby (?:the |a |an )?(?:[A-Z][\w-]+'s )?$")
_OF = re.compile(r" by (?:(?! by ).)* of ")
_TOLD = re.compile(r"(?:told|to)\s")
_PERSON = re.compile(r"\s?(?P<name>[A-Z][\w'-]+(?: [A-Z][\w'-]+)?)")


@dataclass(frozen=True, slots=True)
class Hand:
    """An intermediary, its place in the chain and in the text, and what it did: told, quoted, reported, released."""

    order: int
    who: Intermediary
    span: Span
    note: str


@recent(512)
def find_hands(
    original: str, text: str, area: Span, found: tuple[outlets.Mention, ...]
) -> tuple[tuple[Hand, ...], outlets.Mention | None]:
    """The intermediaries a sentence names, and the outlet the words were given to.

    `text` is the masked text, `original` the same as read, `found` the organisations named in `area`. Kept like them.
    """
    hands: list[Hand] = []
    told: outlets.Mention | None = None
    named = _full_names(text, area, found)
    heard_of = bool(cues.phrases("words", "medium").search(text, area.start, area.end))
    for at, mention in enumerate(named):
        if _part_of_other(text, named, at):
            continue
        hand = _hand(original, text, area, mention, heard_of)
        if hand is not None:
            told = mention if hand.note == "told" and told is None else told
            hands.append(hand)
    quoted = QUOTED_AS.search(text, area.start, area.end)
    if (
        quoted is not None
        and all(hand.note != "quoted" for hand in hands)
        and not _taken(hands, Span(*quoted.span("name")))
    ):
        name = Span(*quoted.span("name"))
        lang = cues.language_of(name.of(text)) or "en"
        hands.append(Hand(REPORTED, Intermediary(_without_article(name.of(original)), lang, "outlet"), name, "quoted"))
    if told is None:
        hands.extend(_interviewers(original, text, area))
    hands.extend(_interpreters(original, text, area, named))
    hands.extend(_by_people(original, text, area, named))
    kin = cues.pattern("shared").search(text, area.start, area.end)
    if kin is not None:
        hands.append(Hand(PUBLISHED, Intermediary(kin["who"], "", "publisher"), Span(*kin.span("who")), "released"))
    if all(hand.order != TOLD for hand in hands):
        hands.extend(hand for hand in _on_air(original, text, area) if not _taken(hands, hand.span))
    return tuple(hands), told


def _part_of_other(text: str, named: Sequence[outlets.Mention], at: int) -> bool:
    """Whether an outlet is only named with another: the show 60 Minutes of Rossiya 1, Radio Liberty of its part."""
    before, mention = named[at - 1] if at else None, named[at]
    if before is not None and cues.pattern("show_of").fullmatch(text, before.name.end, mention.name.start):
        return True
    after = named[at + 1] if at + 1 < len(named) else None
    if after is not None and not mention.organisation.known and after.organisation.known:
        alike = (mention.organisation.role in outlets.PRESS) == (after.organisation.role in outlets.PRESS)
        if alike and _CALLED.fullmatch(text, mention.span.end, after.span.start):
            return True  # the foreign intelligence service, the BND
    press = after is not None and {mention.organisation.role, after.organisation.role} <= outlets.PRESS
    return press and after is not None and text[mention.name.end - 2 : after.name.start] == "'s "


def _interviewers(original: str, text: str, area: Span) -> Iterator[Hand]:
    """A person who asked: the blogger Maksym Holub; Volodymyr Zolkin, a Ukrainian blogger."""
    person = cues.phrases("interviews", "interviewer").search(text, area.start, area.end)
    match = cues.pattern("interviewed").search(text, area.start, area.end)
    trade = ""
    if person is not None:
        match, trade = _PERSON.match(text, person.end(), area.end), person.group()
        nation = next(cues.found("nationalities", text, person.start(), person.end()), None)
        if match is None and nation is not None and not text[person.end()].isalpha():  # told a Ukrainian reporter
            place = Span(nation.span.start, person.end())
            yield Hand(TOLD, Intermediary(place.of(original), nation.value, "outlet"), place, "told")
            return
    elif match is None:
        match = cues.pattern("called").search(text, area.start, area.end)
        trade = match["trade"] if match is not None else ""
    if match is not None:
        name = Span(*match.span("name"))
        yield Hand(TOLD, Intermediary(name.of(original), cues.language_of(trade) or "en", "outlet"), name, "told")


def _interpreters(original: str, text: str, area: Span, found: Sequence[outlets.Mention]) -> Iterator[Hand]:
    """Who put the words into another language in between: an interpreter, somebody by name, subtitles."""
    interpreter = cues.phrases("mediators", "interpreter").search(text, area.start, area.end)
    named = cues.pattern("by_name").search(text, area.start, area.end)
    if interpreter is not None:
        word = "translator" if "translator" in interpreter.group() else "interpreter"
        place = Span(*interpreter.span())
        yield Hand(INTERPRETED, Intermediary(word, "en", "interpreter"), place, "interpreted")
    elif named is not None:
        name = Span(*named.span("name"))
        if not any(mention.span.overlaps(name) for mention in found):
            yield Hand(INTERPRETED, Intermediary(name.of(original), "en", "interpreter"), name, "interpreted")
    subtitles = cues.pattern("subtitled").search(text, area.start, area.end)
    if subtitles is not None:
        who = Intermediary("subtitles", "en", "translator")
        yield Hand(TRANSLATED, who, Span(*subtitles.span()), "translated")


def _by_people(original: str, text: str, area: Span, found: Sequence[outlets.Mention]) -> Iterator[Hand]:
    """People without a name who recorded or passed on what was said: picked up by volunteers."""
    for match in cues.pattern("by_people").finditer(text, area.start, area.end):
        who = Span(*match.span("who"))
        if not any(mention.span.overlaps(who) for mention in found):
            lang = cues.language_of(who.of(text)) or ""
            yield Hand(PUBLISHED, Intermediary(who.of(original), lang, "publisher"), who, "released")


def _on_air(original: str, text: str, area: Span) -> Iterator[Hand]:
    """A broadcaster that has no name: on live television, told Polish radio."""
    programme = cues.pattern("programme").search(text, area.start, area.end)
    if programme is not None:
        name = Span(*programme.span("before" if programme["before"] else "after"))
        yield Hand(TOLD, Intermediary(name.of(original), "", "outlet"), name, "on air")
        return
    air = _AIR.search(text, area.start, area.end)
    if air is None:
        return
    called = re.sub(r"^(?:the|a|an|live|its|his)\s", "", air["name"])
    if " " in called and "intercept" not in called and not cues.pattern("listeners").search(called):
        who = Intermediary(called, cues.language_of(called) or "", "outlet")
        radio = _TOLD.match(air.group()) and not _TELEVISION.search(called)
        yield Hand(TOLD, who, Span(*air.span("name")), "told" if radio else "on air")


def _taken(hands: Sequence[Hand], span: Span) -> bool:
    return any(hand.span.overlaps(span) for hand in hands)


def _full_names(text: str, area: Span, found: Sequence[outlets.Mention]) -> list[outlets.Mention]:
    """`found` with outlets spoken of again (the broadcaster, the Courier) taken for those named before."""
    result = list(found)
    earlier: tuple[outlets.Mention, ...] | None = None
    for match in cues.phrases("following", "outlet", False).finditer(text, area.start, area.end):
        place = Span(*match.span())
        if any(place.overlaps(mention.span) for mention in found) or _NAMED_NEXT.match(text, match.end()):
            continue
        earlier = _press(text, area) if earlier is None else earlier
        if earlier:
            result.append(outlets.Mention(earlier[-1].organisation, place, place))
    for match in cues.phrases("following", "service", False).finditer(text, area.start, area.end):
        place = Span(*match.span())
        if any(place.overlaps(mention.span) for mention in result) or _NAMED_NEXT.match(text, match.end()):
            continue
        named = _named(text)
        named = named[: bisect_left(named, area.start, key=lambda mention: mention.span.start)][-_MEMORY:]
        others = [mention for mention in named if mention.organisation.role not in outlets.PRESS]
        unnamed = outlets.Organisation(match.group().removeprefix("the "), "", "service", False)
        if others or not text.startswith("'", place.end):
            result.append(outlets.Mention(others[-1].organisation if others else unnamed, place, place))
    for at, mention in enumerate(result):
        if not mention.organisation.known and " " not in mention.organisation.name:
            earlier = _press(text, area) if earlier is None else earlier
            ending = f" {mention.organisation.name}"
            full = next((other for other in reversed(earlier) if other.organisation.name.endswith(ending)), None)
            if full is not None:
                result[at] = replace(mention, organisation=full.organisation)
    return result


def _press(text: str, area: Span) -> tuple[outlets.Mention, ...]:
    """The outlets named a little before a sentence."""
    named = _named(text)
    before = named[: bisect_left(named, area.start, key=lambda mention: mention.span.start)][-_MEMORY:]
    return tuple(mention for mention in before if mention.organisation.role in outlets.PRESS)


@recent(4)
def _named(text: str) -> tuple[outlets.Mention, ...]:
    """All organisations named in a text."""
    return outlets.mentions(text, 0, len(text))


def _hand(original: str, text: str, area: Span, mention: outlets.Mention, heard_of: bool) -> Hand | None:
    """What a named organisation has to do with the quote; None if it only happens to be named."""
    role = mention.organisation.role
    press = role in outlets.PRESS
    head = text[max(area.start, mention.span.start - _HEAD) : mention.span.start]
    tail = text[mention.name.end : mention.name.end + _TAIL]
    name = _without_article(mention.name.of(original))
    again = name.islower() or mention.organisation.name.endswith(f" {name}")
    if again or (press and mention.organisation.known):
        name = mention.organisation.name
    who = Intermediary(
        name, mention.organisation.lang, "agency" if role == "agency" else "outlet" if press else "publisher"
    )
    if cues.pattern("translation_by").search(head):
        return Hand(TRANSLATED, replace(who, lang="en", role="translator"), mention.span, "translated")
    if not press and _OWN_READOUT.search(head):
        return None
    ended = _nearest(head, role)
    if press:
        did = _of_press(text, mention, name, head, tail, ended)
        if did is not None:
            order, note = did
            if note == "released":
                who = replace(who, role="publisher")
            return Hand(order, who, mention.span, note) if note else None
    if role == "channel" and _ends(_ACCORDING, head):
        return None  # the channel speaks for itself
    if press and (cues.pattern("first").match(tail) or _retold(text, area, mention)):
        return Hand(REPORTED, who, mention.span, "reported")
    named_by = ended == "reports"
    by = _BY.search(head) is not None  # provided to the Post by the service
    if not press and (by or not named_by) and heard_of and _ends(_DONE_BY, head) and not _OF.search(head):
        return Hand(PUBLISHED, who, mention.span, "released")
    does = _does("reporting", tail)
    if not named_by and not does:
        return None
    if not press and does and _OWN_WORDS.search(tail):
        return None  # a ministry that issued a statement speaks itself
    releasing = bool(cues.phrases("words", "releasing").search(f"{head[-45:]} {does}" if named_by else does))
    releasing = releasing or bool(cues.phrases("words", "giving").search(does))
    if not press and does and not cues.pattern("medium").search(text, area.start, area.end):
        releasing = False  # a ministry that posts speaks itself
    if press and (role != "channel" or not releasing):
        return Hand(REPORTED, who, mention.span, "reported")
    if releasing:
        return Hand(PUBLISHED, Intermediary(who.name, who.lang, "publisher"), mention.span, "released")
    return None


def _of_press(
    text: str, mention: outlets.Mention, name: str, head: str, tail: str, ended: str
) -> tuple[int, str] | None:
    """What the words around an outlet say it did: its place in the chain and a note, empty if it is no hand at all."""
    role = mention.organisation.role
    if cues.pattern("viewers").search(head):
        return TOLD, "on air"
    if role == "institute" and cues.pattern("hosts").fullmatch(name):
        return TOLD, ""  # told from its platform
    if ended in ("air", "reports") and cues.pattern("footage_shown").search(head):
        return PUBLISHED, "released"
    if ended == "verbs":
        return TOLD, "on air" if _aired(text, mention) else "told"
    if cues.pattern("ran_interview").match(tail):
        return TOLD, "told"
    if role in _ON_AIR and ended == "air":
        return TOLD, "on air"
    met = cues.pattern("journalist_met").match(tail) or cues.phrases("interviews", "spoke_to").match(
        _WHICH.sub("", tail)
    )
    around = cues.pattern("shown_head").search(head) and cues.pattern("shown_tail").match(tail)
    theirs = cues.pattern("journalist").match(tail) and cues.pattern("to_journalist").search(head)
    if met or around or (theirs and ended != "reports"):
        return TOLD, "told"
    if cues.pattern("own_sources").match(tail):
        return TOLD, ""
    if _does("quoting", tail) or cues.pattern("rendered_as").match(tail):
        return REPORTED, "quoted"
    return (CITED, "reported") if ended == "cites" else None


def _does(what: str, tail: str) -> str:
    """The verb right after a name, if it is one of a list; an empty string otherwise."""
    start = re.match(_AFTER, tail)
    match = cues.phrases("words", what).match(tail, start.end() if start else 0)
    if match is None or tail[match.end() :].startswith(" by "):
        return ""  # `the order, obtained by …`
    return match.group()


def _retold(text: str, area: Span, mention: outlets.Mention) -> bool:
    """Whether an outlet says of somebody else that they spoke: `KCNA said Kim had praised …`, `…, Agentstvo noted.`"""
    if cues.pattern("said_that").match(text, mention.name.end, area.end):
        return MASK not in text[area.start : mention.span.start]
    head = text[area.start : mention.span.start]
    others = WORD.findall(head.replace(MASK, " "))
    closing = head.rstrip().endswith((",", f"{MASK}”", '"')) or re.search(r", (?:[\w'-]+ ){0,4}$", head)
    return (
        len(others) > 3 and bool(closing) and bool(cues.pattern("noted_after").match(text, mention.name.end, area.end))
    )


def _aired(text: str, mention: outlets.Mention) -> bool:
    """Whether what somebody told was said on the air: a show, or television that has no name."""
    organisation = mention.organisation
    if _SHOW.search(text, mention.span.start, mention.name.end + 12):
        return True
    name = organisation.name
    return not organisation.known and bool(_TELEVISION.search(name) or (name.endswith(" TV") and cues.nation(name)))


def _nearest(head: str, role: str) -> str:
    """Which list of phrases the one at the end of `head` is of, the nearest to the name; an empty string for none."""
    names = ("reports", "cites", "air", "verbs") if role in _ON_AIR else ("reports", "cites", "verbs")
    end, at = max((_ended(cues.phrases("interviews", name), head), at) for at, name in enumerate(names))
    return names[at] if end >= 0 else ""


def _ends(pattern: Sieve, head: str) -> bool:
    """Whether a phrase stands at the end of `head`, up to five words of description before the name."""
    return _ended(pattern, head) >= 0


def _ended(pattern: Sieve, head: str) -> int:
    """Where the phrase at the end of `head` ends, -1 if there is none."""
    last = None
    for match in pattern.finditer(head):
        last = match
    if last is None:
        return -1
    rest = head[last.end() :]
    stands = not _CLAUSE.search(rest) and not cues.verbal(rest) and _DESCRIBED.fullmatch(rest)
    return last.end() if stands else -1


def _without_article(name: str) -> str:
    return re.sub(r"^[Tt]he ", "", name).rstrip(".,")
