"""What the rules leave open, filled with what is likely from the words around a quote.

Rules know the phrases that tell an occasion or a hand; reporters have more phrases than anybody lists. Where no rule
speaks, or the words around speak very clearly against one, the likeliest answer is taken; a language found so is never
of more than low confidence. All this was learnt from reports of one war, and is asked only near its countries or its
soldiers.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from glossary.quotes import cues
from glossary.quotes.descriptions import MASK
from glossary.quotes.hands import INTERPRETED, PUBLISHED, REPORTED, TOLD, Hand
from glossary.quotes.likely_hands import Passing, likely_hands
from glossary.quotes.likely_occasions import UNKNOWN, likely_occasion, telling
from glossary.quotes.likely_tongues import likely_tongues, of_the_war
from glossary.quotes.outlets import PRESS
from glossary.quotes.readings import Article, one_language, shared
from glossary.quotes.testimony import PLACE, SURNAME, Reading, Tongue
from glossary.quotes.values import Intermediary
from glossary.quotes.vicinity import near, vicinity
from glossary.text.spans import Span

ENOUGH = 0.2
"""The share of an occasion from which it is taken where the rules find none."""
CLEAR, CLEARER = 0.5, 0.9
"""The share from which it is taken although the rules find another: that somebody spoke to the writer, where no phrase
says so outright; anything else."""
GRAVE = 0.5
"""The least share of an intercepted call, which says that the other side spoke."""
PASSED = 0.6
"""How likely somebody must have passed words on of which the rules say nobody did."""
NEEDED = 0.2
"""The same for words that must have come through somebody: an intercepted call, what was told to an outlet."""
SURER = 0.65
"""The share from which a language is taken although a place near the quote suggests another."""


def weighed(article: Article) -> Article:
    """`article` with occasions, hands and languages that no rule found."""
    document, text = article.document, article.text
    asked = {number for number, one in article.readings.items() if of_the_war(document, text, one.area)}
    readings = {n: _with_occasion(article, one) if n in asked else one for n, one in article.readings.items()}
    readings = one_language(shared(document, article.clusters, readings))
    found = replace(article, readings=readings)
    known = _of_names(readings.values())
    return replace(found, readings={n: _with_tongue(found, one, known, n in asked) for n, one in readings.items()})


def _with_occasion(article: Article, reading: Reading) -> Reading:
    area = reading.area
    around = vicinity(article.document, article.text, area, reading.quote.outer)
    likely = likely_occasion(around)
    inferred = reading.origin == "own_interview" and not cues.own().search(article.text, area.start, area.end)
    least = ENOUGH if not reading.origin else CLEAR if inferred else CLEARER
    least = max(least, GRAVE) if likely.origin == "intercept" else least
    if likely.share >= least and likely.origin not in (UNKNOWN, reading.origin):
        reading = replace(reading, origin=likely.origin, origin_cue=telling(around, likely.origin), likely=True)
    if all(hand.order == INTERPRETED for hand in reading.hands):
        reading = replace(reading, hands=(*reading.hands, *_passed_on(article, reading)))
    return reading


def _passed_on(article: Article, reading: Reading) -> Iterator[Hand]:
    """Who probably passed words on of which the rules say nobody did."""
    found = likely_hands(article.document, article.text, reading)
    found = [one for one in found if not any(hand.span.overlaps(one.span) for hand in reading.hands)]
    beside = _beside(article, reading.area)
    taken = [one for one in found if one.share >= PASSED and beside.contains(one.span) and not one.described]
    needed = {"intercept": True, "outlet_interview": False}.get(reading.origin)
    if needed is not None and not any(_organisation(one, needed) for one in taken):
        fit = [one for one in found if _organisation(one, needed) and not one.described]
        others = [one for one in fit if one.share >= NEEDED and _in_paragraph(article, reading.area, one.span)]
        taken += sorted(others, key=lambda one: -one.share)[:1]
    interpreted = bool(reading.hands)
    for one in taken:
        hand = _hand(article, reading, one)
        if not (interpreted and hand.order == INTERPRETED):
            yield hand


def _beside(article: Article, area: Span) -> Span:
    """The sentences of a quote and those next to them in the paragraph that hold no quotes of their own."""
    document, text = article.document, article.text
    around = near(document, area)
    start, end = area.start, area.end
    paragraph = document.sentences[around.first].paragraph
    for number in (around.first - 1, around.last + 1):
        if number not in around.numbers or document.sentences[number].paragraph != paragraph:
            continue
        span = document.sentences[number].span
        if MASK not in span.of(text):
            start, end = min(start, span.start), max(end, span.end)
    return Span(start, end)


def _in_paragraph(article: Article, area: Span, place: Span) -> bool:
    """Whether a place is in the paragraph in which `area` begins."""
    document = article.document
    numbers = (document.sentence_at(span.start) for span in (area, place))
    return len({document.sentences[number].paragraph for number in numbers if number is not None}) == 1


def _organisation(one: Passing, any_role: bool) -> bool:
    return one.mention is not None and (any_role or one.mention.organisation.role in PRESS)


def _hand(article: Article, reading: Reading, one: Passing) -> Hand:
    if one.mention is None:
        return Hand(INTERPRETED, Intermediary("interpreter", "en", "interpreter"), one.span, "interpreted")
    organisation = one.mention.organisation
    name = organisation.name if organisation.known else one.mention.name.of(article.document.text)
    if organisation.role not in PRESS:
        return Hand(PUBLISHED, Intermediary(name, organisation.lang, "publisher"), one.span, "released")
    who = Intermediary(name, organisation.lang, "agency" if organisation.role == "agency" else "outlet")
    told = reading.origin in ("outlet_interview", "broadcast")
    return Hand(TOLD if told else REPORTED, who, one.span, "told" if told else "reported")


def _of_names(readings: Iterable[Reading]) -> Mapping[str, Tongue]:
    """The best evidence of what the bearer of each name speaks."""
    found: dict[str, Tongue] = {}
    for reading in readings:
        tongue = reading.then or reading.tongue
        if tongue is None or tongue.rank >= SURNAME:
            continue
        for word in reading.key:
            if not word.startswith(("~", "@")) and (word not in found or tongue.rank < found[word].rank):
                found[word] = tongue
    return found


def _with_tongue(article: Article, reading: Reading, known: Mapping[str, Tongue], asked: bool) -> Reading:
    """`reading` with the language of other quotes of the same speaker, or else, if `asked` for, a likely one, where
    nothing says which, or only a place; left alone where none but the article's own is likely."""
    tongue = reading.tongue
    if reading.native is not None or (tongue is not None and tongue.rank != PLACE):
        return reading
    names = sorted(reading.key & known.keys())
    spoken = min((known[name] for name in names), key=lambda one: one.rank, default=None)
    if spoken is not None and (tongue is None or spoken.rank < tongue.rank):
        return replace(reading, tongue=replace(spoken, confidence="low"))
    if not asked:
        return reading
    document = article.document
    first, *others = likely_tongues(document, article.text, reading, article.at_war)
    if tongue is not None and first.share < SURER:
        return reading
    if not first.cues and first.lang == document.lang:
        return replace(reading, tongue=None)
    alternatives = tuple(other.lang for other in others)
    return replace(
        reading, tongue=Tongue(first.lang, "low", SURNAME, first.cues, "what is told around it", alternatives)
    )
