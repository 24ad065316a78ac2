"""Where and how words were said: in a call, on the air, in a post, to an outlet, as one sentence tells it."""

import re
from collections.abc import Sequence

from glossary.quotes import cues, outlets
from glossary.quotes.descriptions import WORD, Description, sort_of
from glossary.quotes.hands import INTERPRETED, Hand
from glossary.text.sieves import sieve
from glossary.text.spans import Span

Origin = tuple[str, Span | None]
"""One of the origins of the contract, empty if the text does not tell, and the place that says so."""

_FREE = frozenset(("video_statement", "broadcast", "press_briefing", "speech", "document", "official_statement"))
_HEARD = sieve(
    r"\b(?:recordings?|audio|tapes?|(?:[Tt]he|a) (?:call|conversation)"
    r"|(?:phone|telephone|radio) (?:calls?|conversations?|exchanges?))\b"
)
_SEEN = sieve(r"\b(?:[Vv]ideos?|[Cc]lips?|[Ff]ootage|filmed|camera)\b")
_WROTE = re.compile(
    r"\b(?:(?:wrote|writes) (?:[\w'.-]+,? ){1,12}in"
    r"|(?:wrote|[Ww]riting|writes|essay|op-ed|column|article|piece|commentary|blog|reflection) (?:in|for)) "
    r"(?:[Tt]he )?(?:[a-z'-]+ ){0,3}$"
)
_SPOKESMAN = re.compile(
    r"\b(?:spokes\w+|official|source|representative|officer|adviser|aide|member) (?:for|of|at|in|with) "
)
_HOLDER = re.compile(r"(?:'s)? (?:[a-z-]+ ){0,3}[A-Z][a-z]")


def origin_of(
    text: str, area: Span, described: Description, found: Sequence[outlets.Mention], hands: Sequence[Hand]
) -> Origin:
    """Where and how the words were said; the surest signs first. `text` is masked."""
    here = [hand for hand in hands if area.contains(hand.span)]
    released = next((hand for hand in here if hand.note == "released"), None)
    if released is not None and (medium := recorded(text, area)):
        patterns = (pattern for name, pattern in cues.origins() if name == medium)
        said = next((pattern.search(text, area.start, area.end) for pattern in patterns), None)
        return medium, Span(*said.span()) if said is not None else released.span
    own = cues.own().search(text, area.start, area.end)
    asked = next((hand for hand in here if hand.note == "told"), None)
    paper = cues.choice("paper").search(text, area.start, area.end) or _spoken_by("document_speaks", text, described)
    video = cues.pattern("by_video").search(text, area.start, area.end)
    if video is not None:
        return "video_statement", Span(*video.span())
    call = cues.pattern("call_transcript").search(text, area.start, area.end)
    if call is not None:
        return "intercept", Span(*call.span())
    sign = _spoken_by("sign_speaks", text, described)
    if sign is not None:
        return "document", Span(*sign.span())
    if paper is not None and (asked is None or asked.span.start > paper.end()) and not _posted(text, area):
        return "document", Span(*paper.span())
    given = ("outlet_interview", asked.span) if asked is not None else None
    stated = cues.pattern("in_statement").search(text, area.start, area.end)
    if asked is not None and stated is not None:
        return "official_statement", Span(*stated.span())
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
        if match is not None and origin == "official_statement" and _by_holder(text, described, match.start()):
            continue
        if match is not None and not any(span.contains(Span(*match.span())) for span in quoting):
            air = next((hand for hand in here if hand.note == "on air"), None)
            if origin == "video_statement" and air is not None:
                return "broadcast", air.span
            return origin, Span(*match.span())
    return given or _by_speaker(text, area, described, found, hands)


def _spoken_by(what: str, text: str, described: Description) -> "re.Match[str] | None":
    """The thing that is quoted, where it is no person: `said one placard`, `the order read`."""
    first = next(iter(described.chunks), None)
    return None if first is None else cues.pattern(what).match(text, first.start, first.end)


def _posted(text: str, area: Span) -> bool:
    """Whether a letter or a note was put online: then it is a post."""
    online = (pattern for name, pattern in cues.origins() if name in ("telegram", "social_post"))
    return any(pattern.search(text, area.start, area.end) for pattern in online)


def _by_speaker(
    text: str, area: Span, described: Description, found: Sequence[outlets.Mention], hands: Sequence[Hand]
) -> Origin:
    """What follows from who speaks, and through whom: an institution states, a channel and a blogger post.

    A writer who says `we` outside the quotes was there.
    """
    air = next((hand for hand in hands if hand.note == "on air" and area.contains(hand.span)), None)
    if air is not None:
        return "broadcast", air.span
    for chunk in described.chunks[:1]:
        for mention in found:
            alone = len(WORD.findall(text, chunk.start, mention.span.start)) <= 1
            if alone and _states(text, chunk, mention) and not any(mention.span.overlaps(hand.span) for hand in hands):
                return "official_statement", mention.span
            wrote = cues.pattern("writes").match(text, mention.span.end, area.end)
            channel = mention.organisation.role == "channel" and (alone or wrote)
            if channel and (mention.organisation.known or text.find("Telegram", 0, area.end) >= 0):
                return "telegram", mention.span
    for hand in hands:
        shown = hand.note == "reported" and cues.pattern("shown").search(text, hand.span.start, area.end)
        if shown and cues.phrases("words", "air").search(hand.span.of(text)):
            return "broadcast", hand.span
    bloggers = (cues.phrases("words", "blogger").search(text, chunk.start, chunk.end) for chunk in described.chunks)
    blogger = next(filter(None, bloggers), None)
    if blogger is not None:
        return "telegram", Span(*blogger.span())
    interpreted = next((hand for hand in hands if hand.order == INTERPRETED), None)
    if interpreted is not None:
        return "own_interview", interpreted.span
    asked = None if hands else cues.pattern("first_person").search(text, area.start, area.end)
    if asked is None and not hands and _of_the_people(text, area):
        asked = cues.pattern("asked_self").search(text, area.start, area.end)
    return ("own_interview", Span(*asked.span())) if asked is not None else ("", None)


def _of_the_people(text: str, area: Span) -> bool:
    """Whether nobody with an office is spoken of, so that it was the writer who asked."""
    if sort_of(area.of(text)).local:
        return True
    public = next(cues.found("people", text, area.start, area.end), None)
    return public is None and cues.phrases("words", "holders").search(text, area.start, area.end) is None


def _by_holder(text: str, described: Description, at: int) -> bool:
    """Whether a person speaks of whose institution the words before the verb are: a spokesman for the service said."""
    first = next((chunk for chunk in described.chunks[:1] if chunk.start <= at <= chunk.end), None)
    return first is not None and _SPOKESMAN.search(text[first.start : at]) is not None


def _states(text: str, chunk: Span, mention: outlets.Mention) -> bool:
    """Whether an institution speaks itself, and not somebody who holds an office in it."""
    if mention.organisation.role in outlets.PRESS or not chunk.contains(mention.span):
        return False
    holder = cues.phrases("words", "holders").search(text, mention.span.end, chunk.end)
    return holder is None and _HOLDER.match(text, mention.span.end, chunk.end) is None


def recorded(text: str, area: Span) -> str:
    """What a service can have released that somebody is heard or seen in, if a sentence names such a thing."""
    if _SEEN.search(text, area.start, area.end):
        return "video_statement"
    return "intercept" if _HEARD.search(text, area.start, area.end) else ""
