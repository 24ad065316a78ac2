"""All quotes of a document: spans, levels, kinds, speakers."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from glossary.quotes import dialogue, kinds, marks, speakers
from glossary.quotes.stems import stem, tokens
from glossary.quotes.values import Quote
from glossary.text.recent import recent
from glossary.text.spans import Document, Span

_ECHO = 80  # code points of a quote by which it is known again
_GENDERS = {"he": "m", "she": "f", "он": "m", "она": "f", "він": "m", "вона": "f"}


@dataclass(frozen=True, slots=True)
class _Found:
    span: Span
    outer: Span
    closed: bool
    kind: str  # empty: to be decided
    asides: tuple[Span, ...] = ()
    carrier: Span | None = None


@recent(2)
def find_quotes(document: Document) -> tuple[Quote, ...]:
    """The quotes of a document, in order of their opening marks; an outer one before what is nested in it.

    Contents exclude the marks; offsets are code points of `document.text`. Never raises, whatever the marks. The time
    grows linearly with the text.

    >>> from glossary.text.segment import document
    >>> d = document("«Кто стреляет?» — спросила мать.", "ru")
    >>> [(q.span.of(d.text), q.kind, q.speaker) for q in find_quotes(d)]
    [('Кто стреляет?', 'direct', 'мать')]
    """
    text, lang = document.text, document.lang
    pairing = marks.pair(text, lang)
    found = [_Found(p.content, p.outer, p.closed, "", dialogue.asides(text, lang, p.content)) for p in pairing.pairs]
    found = _apart(found)
    outers = sorted(f.outer for f in found)
    for spoken in dialogue.utterances(document, outers):
        found.append(_Found(spoken.span, spoken.outer, True, spoken.kind, spoken.asides, spoken.carrier))
    found.sort(key=lambda f: (f.outer.start, -f.outer.end))
    parents = _parents(found)
    settings = _settings(document, found, parents)
    quotes: list[Quote] = []
    decided = [one.kind or kinds.kind(text, lang, setting) for one, setting in zip(found, settings, strict=True)]
    decided = _echoed(text, lang, found, decided)
    for number, (one, setting, kind) in enumerate(zip(found, settings, decided, strict=True)):
        quote = Quote(number, one.span, one.outer, setting.level, kind, one.closed, one.asides)
        if quote.speech:
            quote = _attributed(text, lang, quote, setting, one.carrier)
        quotes.append(quote)
    return _continued(document, quotes, parents)


def _apart(found: Sequence[_Found]) -> list[_Found]:
    """Pairs without those that begin inside another and end outside: marks so muddled say nothing."""
    kept: list[_Found] = []
    around: list[Span] = []
    for one in found:
        while around and around[-1].end <= one.outer.start:
            around.pop()
        if one.closed and around and one.outer.end > around[-1].end:
            continue
        if one.closed:
            around.append(one.outer)
        kept.append(one)
    return kept


def _echoed(text: str, lang: str, found: Sequence[_Found], decided: Sequence[str]) -> list[str]:
    """Kinds, with short words in marks counted as speech where the same words are speech elsewhere in the text.

    A headline says “furious”, the body says whose word that is. Nor is the second of two coordinated quotes another
    kind than the first.
    """
    keys = []
    for one in found:
        start = text[one.span.start : min(one.span.end, one.span.start + _ECHO)]
        keys.append(tuple(stem(word, lang) for word in tokens(start, lang)))
    spoken = {key for key, kind in zip(keys, decided, strict=True) if kind == "fragment" and 0 < len(key) <= 4}
    kinds_now = list(decided)
    for number, key in enumerate(keys):
        if kinds_now[number] != "scare":
            continue
        beside = number > 0 and kinds_now[number - 1] == "fragment"
        if key in spoken or (beside and kinds.coordinated(text, lang, found[number - 1].outer, found[number].outer)):
            kinds_now[number] = "fragment"
    return kinds_now


def _parents(found: Sequence[_Found]) -> list[int]:
    """For each quote the number of the one it is nested in, -1 for none."""
    result: list[int] = []
    open_now: list[int] = []
    for number, one in enumerate(found):
        while open_now and found[open_now[-1]].outer.end <= one.outer.start:
            open_now.pop()
        while open_now and not found[open_now[-1]].outer.contains(one.outer):
            open_now.pop()
        result.append(open_now[-1] if open_now else -1)
        open_now.append(number)
    return result


def _settings(document: Document, found: Sequence[_Found], parents: Sequence[int]) -> list[kinds.Setting]:
    text = document.text
    starts = [s.span.start for s in document.sentences]
    previous: dict[int, int] = {}
    following: dict[int, int] = {}
    last: dict[int, int] = {}
    for number, parent in enumerate(parents):
        if parent in last:
            previous[number] = last[parent]
            following[last[parent]] = number
        last[parent] = number
    levels: list[int] = []
    result = []
    for number, (one, parent) in enumerate(zip(found, parents, strict=True)):
        levels.append(1 if parent < 0 else levels[parent] + 1)
        low, high = (0, len(text)) if parent < 0 else (found[parent].span.start, found[parent].span.end)
        first, end = _sentence_bounds(document, starts, one.outer)
        first = min(one.outer.start, max(first, low))
        end = max(one.outer.end, min(end, high))
        near_first, near_end = first, end
        if number in previous:
            near_first = min(one.outer.start, max(near_first, found[previous[number]].outer.end))
        if number in following:
            near_end = max(one.outer.end, min(near_end, found[following[number]].outer.start))
        result.append(
            kinds.Setting(
                one.span, one.outer,
                Span(first, one.outer.start), Span(one.outer.end, end),
                Span(near_first, one.outer.start), Span(one.outer.end, near_end),
                levels[-1], one.asides,
            )
        )  # fmt: skip
    return result


def _sentence_bounds(document: Document, starts: Sequence[int], outer: Span) -> tuple[int, int]:
    """Where the sentence begins that holds the opening mark, and where the one ends that holds the closing one.

    A following sentence that goes on in lower case or with a dash still belongs to it: `«Уходим!» — крикнул он.`
    """
    sentences = document.sentences
    if not sentences:
        return outer.start, outer.end
    at = max(0, bisect_right(starts, outer.start) - 1)
    closing = max(0, bisect_left(starts, outer.end) - 1)
    end = max(outer.end, sentences[closing].span.end)
    rest = document.text[outer.end : end].strip(" .,!?…\"'”’»")
    if not rest and closing + 1 < len(sentences):
        following = sentences[closing + 1].span
        head = document.text[following.start : following.start + 3]
        if head[:1].islower() or (head[:1] in "—–-" and head[1:].strip()[:1].islower()):
            end = following.end
    return min(outer.start, sentences[at].span.start), end


def _attributed(text: str, lang: str, quote: Quote, setting: kinds.Setting, carrier: Span | None) -> Quote:
    if carrier is not None:
        setting = replace(setting, asides=(carrier,))
    found = speakers.attribute(text, lang, setting)
    if found.cue is None:
        return quote
    return replace(quote, carrier=found.carrier, cue=found.cue, speaker=found.name, speaker_span=found.place)


def _continued(document: Document, quotes: Sequence[Quote], parents: Sequence[int]) -> tuple[Quote, ...]:
    """Speakers carried on: `he added`, and quotes that stand alone right after another."""
    result: list[Quote] = []
    last: Quote | None = None
    names = speakers.inner_names(document)
    known, gender_before = frozenset[str](), ""
    for quote, parent in zip(quotes, parents, strict=True):
        if not quote.speech or quote.level > 1:
            if quote.speech and parent >= 0 and quote.speaker is None and quote.cue is not None:
                quote = replace(quote, speaker=result[parent].speaker)
            result.append(quote)
            continue
        named = speakers.Attribution(name=quote.speaker)
        since = last.outer.end if last is not None else 0
        gender = _GENDERS.get((quote.speaker or "").casefold(), "")
        other = bool(gender and gender_before and gender != gender_before)
        gender_before = gender or ("" if quote.speaker is not None else gender_before)
        subject = speakers.antecedent(document, since, quote.outer.start, names, known) if named.pronoun else None
        if subject is not None:
            quote = replace(quote, speaker=subject.of(document.text), speaker_span=subject)
        elif last is not None and not other and _goes_on(document, last, quote):
            quote = replace(quote, speaker=last.speaker)
        known |= frozenset(word for word in (quote.speaker or "").split() if word in names)
        result.append(quote)
        if quote.speaker is not None:
            last = quote
    return tuple(result)


def _goes_on(document: Document, one: Quote, other: Quote) -> bool:
    """Whether the second quote is by the speaker of the first: by a pronoun, or beside it and nobody's."""
    if other.speaker is None:
        return _adjacent(document, one, other)
    return speakers.Attribution(name=other.speaker).pronoun


def _adjacent(document: Document, one: Quote, other: Quote) -> bool:
    """Whether nothing but a short clause lies between two quotes: they are by the same speaker."""
    gap = document.text[one.outer.end : other.outer.start]
    lead = gap.rpartition("\n")[2] if "\n" in gap else ""
    if other.kind == "fragment" and len(lead.split()) > 2:
        return False  # a new paragraph says whose words these are, or leaves it open
    return len(gap) < 200 and sum(gap.count(c) for c in ".!?") <= 2
