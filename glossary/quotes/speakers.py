"""Who is quoted: the clause beside a quote, the word that says it is speech, and the name or description in it."""

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cache

from glossary.quotes import verbs
from glossary.quotes.kinds import Setting
from glossary.quotes.outlets import PRESS, mentions
from glossary.text.spans import Document, Span

_REACH = 300
_BACK = 4  # sentences before a pronoun in which whom it means is looked for
_PASSIVE = re.compile(r"\b(?:been|was|were|be|being|is|are|get|got) (?:\w+ly )?$")
_OWNED = re.compile(
    r"(?:[’']s|s[’']|\b(?:its|his|their|our|my|your|the|a|an|these|those|such)"
    r"|\bin (?:\w+[’']s|the|its|his|her|their) (?:\w+ )?\w+) $",
    re.IGNORECASE,
)
"""What makes a noun of the form of a verb: the military's answer, the claims."""
_QUOTED = re.compile(r"\b(?:was|were|is|are|been) (?:also |later )?(?:quoted|cited)(?: by [^,“”\"\n]{2,60})? as $")
"""Between who is quoted and how: `Morozov was quoted by RIA as saying`."""
_SHOWN = re.compile(r"^.*\b(?:has|have|had|hears?|heard|shows?|showed) (?=(?:an?|him|her|them|the) )", re.DOTALL)
"""What a recording does to who speaks in it: `the clip has a sergeant telling his cousin`."""
_STOP = re.compile(
    r"(?<!\b[A-Z])(?<!\b(?:Lt|Mr|Ms|Dr|St))(?<!\b(?:Col|Gen|Maj|Sgt|Mrs|Adm|Cpl|Pvt|Gov))(?<!\bCapt)[.!?…;\n]\s"
)
_OPENING = re.compile(r"\s*(?:[A-Z][a-z]+(?:ing|ed)|Shown|Seen|Heard) [a-z]")
_OPENING_CLAUSE = re.compile(
    r"(?:(?:[A-Z][a-z]+(?:ing|ed)|Shown|Seen|Heard) [a-z][^,“”\"\n]{2,80}, "
    r"|(?:In|At|On|During|After|Before|By|For|From|With) [^“”\"\n]{2,150}?, (?=[A-Z][\w’'-]+ [A-Z]))"
)
"""A participle that opens a sentence before its subject: `Captured near Orikhiv, the soldier told`."""
_PARTICIPLE = re.compile(r"(?:\w{2,}ing|asked|reached|interviewed|quoted)\b")
_INVERTED = re.compile(r"(?<=[,”\"] )(?:said|says|according to) (?P<name>[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,3})")
_IN_MARKS = re.compile(r"\s*[«„“][^\W\d_][^«»„“”\n]{0,30}[»“”](?=\s)")
_OBLIQUE = re.compile(r"[а-яёіїєґ]{2,}(?:[нкшщ](?:ом|ем)|[нвлр]ых|[кнш]их|[нкшщ]ими|[нвлр]ыми|ого|его|ому|ему)")
"""An adjective in a case in which no subject stands, in Russian and Ukrainian."""
_LANGUAGES = ("en", "ru", "uk")
_CAPITALISED = re.compile(r"\b[A-ZА-ЯІЇЄҐ][a-zа-яіїєґ’'ʼ-]+")
_NAMES_FIRST = re.compile(r"[A-ZА-ЯІЇЄҐ][\w’'ʼ-]*\.?(?: [A-ZА-ЯІЇЄҐ][\w’'ʼ-]*)*")

_NEWCOMER = re.compile(
    r"(?P<noun>(?:A|An|The|His|Her|Their|Another) (?!few |number |day |week |month |year )[^,.;:“”\"\n]{2,60}"
    r"|[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3}(?=, (?:(?:an?|the|who) |\d\d, ))),"
    r"(?: who(?:se)? [^,.;:“”\"\n]{2,80},| (?P<name>[A-Z][\w’'.-]*(?: [A-Z][\w’'-]*){0,3}),)?"
)
"""Somebody who begins a sentence and is new: `A Canadian surgeon, Dr. Nair, agreed`, `Gennady, a
retired driver, was blunter`."""


_IN_A_ROLE = re.compile(
    r"(?P<role>(?:[A-Z][\w’'-]* )?(?:[a-z][\w’'-]* ){1,3})(?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)+)(?=,| [a-z])"
)
"""Somebody who begins a sentence with what they are: `Army medic Yaryna Kobets keeps`."""


_OWN_NAME = re.compile(
    r"[^“”\".;\n]{0,60}?\b(?:calls? (?:him|her)self|(?:gave|gives) (?:his|her) (?:first )?name as"
    r"|(?:identified|known|named)(?: only)?(?: as)?|call[- ]?sign|nom de guerre) (?:only )?(?P<name>[A-Z][\w’'-]+)"
)
"""By what name somebody goes who was described first: `a resident, who gave her name as Tamara, told`."""


@cache
def _according(lang: str) -> re.Pattern[str]:
    return re.compile(rf"\b{verbs.pattern(lang, 'according')}\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Attribution:
    """The clause beside a quote, its verb or phrase, and the speaker as named there (None: nobody is)."""

    carrier: Span | None = None
    cue: Span | None = None
    name: str | None = None
    place: Span | None = None

    @property
    def pronoun(self) -> bool:
        """Whether the speaker is only a pronoun, that is, somebody named earlier."""
        return self.name is not None and any(
            verbs.plain(self.name) in verbs.listed(lang, "pronouns") for lang in _LANGUAGES
        )


def attribute(text: str, lang: str, setting: Setting) -> Attribution:
    """The attribution of one quote: inside its marks, after them, before them, then anywhere in the sentence."""
    for aside in setting.asides:
        found = _clause(text, lang, aside, True)
        if found.cue is not None:
            return found
    after = Span(setting.outer.end, max(setting.outer.end, min(setting.near_after.end, setting.outer.end + _REACH)))
    before = Span(
        min(setting.outer.start, max(setting.near_before.start, setting.outer.start - _REACH)), setting.outer.start
    )
    content = setting.content.of(text).rstrip()
    runs_on = text[after.start : after.end].lstrip()[:1] in (",", "—", "–", "-") or content[-1:] in (",", "?", "!", "…")
    introduced = text[before.start : before.end].rstrip()[-1:] in (":", ",")
    wide_before = Span(max(setting.before.start, setting.outer.start - _REACH), setting.outer.start)
    wide_after = Span(setting.outer.end, max(setting.outer.end, min(setting.after.end, setting.outer.end + _REACH)))
    if lang != "en" and text[after.start : after.end].rstrip()[-1:].isalpha() and _IN_MARKS.match(text, after.end):
        after = wide_after  # the outlet in the clause is not the next quote
    tries = [(before, False), (after, True), (wide_before, False), (wide_after, True)]
    if runs_on and not introduced:
        tries = [(after, True), (before, False), (wide_before, False), (wide_after, True)]
    for span, follows in tries:
        found = _clause(text, lang, span, follows)
        if found.cue is not None:
            if follows and lang == "en" and _relays(text, found):
                said = _clause(text, lang, before, False)
                if said.name is not None:  # `Hruska said his country would send “…”, according to Sme`
                    return replace(found, name=said.name, place=said.place)
            return found
    return _labelled(text, before)


def _relays(text: str, found: Attribution) -> bool:
    """Whether who is named passes on what somebody else said: an outlet, an agency, a transcript."""
    if found.place is None:
        return False
    words = {verbs.plain(word) for word in verbs.WORD.findall(found.place.of(text))}
    return _press(text, found.place) or bool(words & verbs.listed("en", "records"))


def _press(text: str, place: Span) -> bool:
    """Whether an outlet or agency is named there."""
    return any(mention.organisation.role in PRESS for mention in mentions(text, place.start, place.end))


def inner_names(document: Document) -> frozenset[str]:
    """The capitalised words that stand inside a sentence somewhere, and nowhere in lower case: names."""
    found = set[str]()
    for sentence in document.sentences:
        found.update(match.group() for match in _CAPITALISED.finditer(sentence.span.of(document.text)) if match.start())
    small = {word for word in verbs.WORD.findall(document.text) if word[0].islower()}
    return frozenset(word for word in found if word.lower() not in small)


def antecedent(
    document: Document, since: int, until: int, names: frozenset[str], known: frozenset[str] = frozenset()
) -> Span | None:
    """Whom `he` means right before offset `until`: the name that begins the nearest sentence, who says something in it,
    or one of the `known` speakers who is named in it.

    Nothing before `since` is looked at. `Savchuk, asked on Thursday, repeated it. “We hold,” he said.` gives Savchuk.
    """
    at = bisect_right(document.sentences, until, key=lambda sentence: sentence.span.start) - 1
    last = at
    while at >= max(0, last - _BACK) and document.sentences[at].span.start >= since:
        start = document.sentences[at].span.start
        opening = _OPENING_CLAUSE.match(document.text, start, document.sentences[at].span.end)
        start = opening.end() if opening is not None and opening.end() < until else start
        newcomer = _NEWCOMER.match(document.text, start, document.sentences[at].span.end)
        if newcomer is not None and newcomer["noun"].startswith("The ") and not newcomer["name"]:
            newcomer = None
        if newcomer is not None and newcomer.end() <= until:
            place = "name" if newcomer["name"] and names & set(newcomer["name"].split()) else "noun"
            return _own_name(document.text, Span(*newcomer.span(place)), document.sentences[at].span.end)
        role = _IN_A_ROLE.match(document.text, start, until)
        if role is not None and not {word.casefold() for word in role["role"].split()} & verbs.listed("en", "stoppers"):
            return Span(*role.span("name"))
        run = _NAMES_FIRST.match(document.text, start, until)
        if run is not None and names & set(run.group().split()):
            words = run.group().split()
            again = words[0] not in names and words[1] in known  # `Вечером Алексей вернулся`
            return Span(start + (run.group().index(words[1]) if again else 0), run.end())
        teller = _teller(document.text, start, min(until, document.sentences[at].span.end))
        if teller is not None:
            return teller
        for told in _INVERTED.finditer(document.text, start, min(until, document.sentences[at].span.end)):
            if names & set(told["name"].split()):
                return Span(*told.span("name"))
        for named in _CAPITALISED.finditer(document.text, start, min(until, document.sentences[at].span.end)):
            if named.group() in known:
                return Span(*named.span())
        at -= 1
    return None


def _teller(text: str, start: int, end: int) -> Span | None:
    """Who says something in a sentence without quotes: `The captured sergeant said that he had signed it`."""
    for verb, _, manner in verbs.verbs(text, "en", start, end):
        if manner in ("thought", "naming") or _OWNED.search(text, max(start, verb.start() - 40), verb.start()):
            continue
        if _PASSIVE.search(text[max(start, verb.start() - 20) : verb.start()]):
            continue
        place = _phrase_before(text, "en", start, verb.start())
        if place is None:
            continue
        if _empty(place.of(text), "en") or Attribution(name=place.of(text)).pronoun:
            return None
        return None if _press(text, place) else _own_name(text, place, end)
    return None


def _labelled(text: str, before: Span) -> Attribution:
    """A label before a colon: `Soldier: “…”`."""
    label = text[before.start : before.end].rstrip()
    match = re.fullmatch(r"\s*(?P<name>[^\W\d_][^:.!?\n]{0,40}):", label)
    if match is None or len(match.group("name").split()) > 5:
        return Attribution()
    start = before.start + match.start("name")
    place = Span(start, start + len(match.group("name")))
    return Attribution(place, Span(place.end, place.end + 1), place.of(text), place)


def _clause(text: str, lang: str, span: Span, follows: bool) -> Attribution:
    """The attribution in a stretch of text that follows or precedes the quote."""
    if len(span) == 0:
        return Attribution()
    phrase = _according(lang).search(text, span.start, span.end)
    found = [
        (m, manner)
        for m, _, manner in verbs.verbs(text, lang, span.start, span.end)
        if not (lang == "en" and _OWNED.search(text, max(span.start, m.start() - 12), m.start()))
    ]
    if follows:
        stop = _STOP.search(text, span.start + 2, span.end)
        limit = stop.start() if stop else span.end
        found = [(m, manner) for m, manner in found if m.start() < limit]
    chosen = [m for m, manner in found if manner != "thought"] or [m for m, _ in found]
    if phrase is not None and (not chosen or phrase.start() < chosen[0].start() or not follows):
        place = _phrase_after(text, lang, phrase.end(), span.end)
        told = Attribution(span, Span(phrase.start(), phrase.end() - 1), place.of(text) if place else None, place)
        if lang != "en" or not any(m.start() > phrase.end() for m in chosen) or not _relays(text, told):
            return told  # else `According to Mediazona, a court heard that …`
    if not chosen:
        return Attribution()
    if lang == "en":
        active = [m for m in chosen if not _PASSIVE.search(text[max(span.start, m.start() - 20) : m.start()])]
        chosen = active or chosen
        chosen = [m for m in chosen if _says(m.group(), lang)] or chosen  # `branded rape claims “fake news”`
    verb = chosen[0] if follows else chosen[-1]
    place = _subject(text, lang, span, verb, follows)
    if (
        not follows
        and len(chosen) > 1
        and (place is None or verbs.plain(place.of(text)) in verbs.listed(lang, "pronouns"))
    ):
        earlier = _subject(text, lang, span, chosen[-2], follows)  # `Koval said that he called it “…”`
        place = earlier or place
    name = re.sub(r"\s+", " ", place.of(text)) if place else None
    return Attribution(span, Span(*verb.span()), name, place)


def _subject(text: str, lang: str, span: Span, verb: re.Match[str], follows: bool) -> Span | None:
    quoted = _QUOTED.search(text, span.start, verb.start()) if lang == "en" else None
    before = _phrase_before(text, lang, span.start, quoted.start() if quoted else verb.start())
    after = _phrase_after(text, lang, verb.end(), span.end)
    named_before = before is not None and not _empty(before.of(text), lang)
    if follows and lang != "en":
        return after if after is not None and not _empty(after.of(text), lang) else before if named_before else None
    if before is not None and named_before:
        return _own_name(text, before, verb.start()) if lang == "en" else before
    lemma = verbs.forms(lang).get(verbs.plain(verb.group()), ("", ""))[0]
    inverted = follows or lang != "en"
    if after is None or _empty(after.of(text), lang) or lemma in verbs.listed(lang, "direct"):
        inverted = False
    return after if inverted else None


def _own_name(text: str, described: Span, end: int) -> Span:
    """The name that follows a description up to `end`, or the description if it has none."""
    words = described.of(text).split()
    if any(word[0].isupper() for word in words[1:]) and words[0] not in ("A", "An", "a", "an"):
        return described
    found = _OWN_NAME.match(text, described.end, end)
    return Span(*found.span("name")) if found else described


def _empty(phrase: str, lang: str) -> bool:
    words = [verbs.plain(w) for w in verbs.WORD.findall(phrase)]
    return not words or words[0] in verbs.listed(lang, "not_speakers")


def _phrase_before(text: str, lang: str, start: int, end: int) -> Span | None:
    """The noun phrase that ends right before a verb: from the last boundary, without adverbs and conjunctions."""
    clause = text[start:end]
    shown = _SHOWN.match(clause) if lang == "en" else None
    cut = shown.end() if shown is not None else 0
    for match in re.finditer(r"[.!?…;:\n\"”»“«„()—–]|\s-\s", clause):
        if match.end() > cut and not (
            match.group() == "." and re.search(r"\b[A-ZА-ЯІЇЄҐ][a-zа-яіїєґ]{0,4}$", clause[: match.start()])
        ):
            cut = match.end()
    chunks = [(m.start(), m.end()) for m in re.finditer(r"[^,]+", clause[cut:]) if m.group().strip()]
    if lang == "en" and len(chunks) > 1 and _OPENING.match(clause, chunks[0][0] + cut):
        chunks.pop(0)
    while chunks:
        first, last = chunks[-1][0] + cut, chunks[-1][1] + cut
        words = list(verbs.WORD.finditer(clause, first, last))
        closed = bool(words) and "," in clause[words[-1].end() :] and len(chunks) > 1
        if lang == "en" and closed and _PARTICIPLE.match(words[0].group()):
            chunks.pop()  # `Beran, speaking in Czech, called`
            continue
        while words and verbs.plain(words[-1].group()) == "as":
            words.pop()  # `quoted him as saying`
        while words and _adverb(words[-1].group(), lang):
            words.pop()
        said = [number for number, word in enumerate(words) if _says(word.group(), lang)]
        if said:  # `Koval said that he called it`, `he said, calling it`
            words = words[said[-1] + 1 :] or words[: said[-1]]
        while words and verbs.plain(words[0].group()) in verbs.listed(lang, "leads"):
            words.pop(0)
        if not words or verbs.plain(words[0].group()) in verbs.listed(lang, "relatives"):
            chunks.pop()
            continue
        if "," in clause[words[-1].end() :] and words[0].group()[0].islower() and len(chunks) > 1:
            chunks.pop()  # an apposition between commas: `Petrenko, a spokeswoman, said`
            continue
        if len(words) > 1 and verbs.plain(words[0].group()) in verbs.listed(lang, "pronouns"):
            words = words[:1]  # `he is heard saying`
        if len(words) > 1 and verbs.plain(words[-1].group()) in verbs.listed(lang, "pronouns"):
            words = words[-1:]  # `hours later she told`
        if len(words) > 7:
            words = _last_names(words) or words[-3:]
        numeral = re.search(r"\d{1,3}-$", clause[: words[0].start()])
        first = numeral.start() if numeral else words[0].start()
        return Span(start + first, start + words[-1].end())
    return None


def _adverb(word: str, lang: str) -> bool:
    return verbs.plain(word) in verbs.listed(lang, "adverbs") or (word.endswith("ly") and word[0].islower())


def _says(word: str, lang: str) -> bool:
    """Whether a word is a speech verb and cannot be a noun (the report, claims)."""
    form = verbs.plain(word)
    known = verbs.forms(lang).get(form)
    if known is None:
        return False
    return lang != "en" or form not in (known[0], known[0] + "s") or form in ("says", "tells", "asks", "adds")


def _last_names(words: list[re.Match[str]]) -> list[re.Match[str]]:
    """The last run of capitalised words, with the small ones between them: General Staff of the Armed Forces."""
    run: list[re.Match[str]] = []
    for word in reversed(words):
        if word.group()[0].isupper() or (run and verbs.plain(word.group()) in ("of", "the", "for", "and")):
            run.insert(0, word)
        elif run:
            break
    while run and not run[0].group()[0].isupper():
        run.pop(0)
    return run


def _phrase_after(text: str, lang: str, start: int, end: int) -> Span | None:
    """The noun phrase that follows a verb: up to a comma, a preposition, or a small word after a name."""
    named = _IN_MARKS.match(text, start, end) if lang != "en" else None
    start = named.end() if named is not None else start  # `сказал «Курьеру» оператор`
    limit = re.compile(r"[,.;:!?…\n\"“”«»„()]|\s[—–-]\s").search(text, start, end)
    while (
        limit is not None
        and limit.group() == "."
        and re.search(r"\b[A-ZА-ЯІЇЄҐ][a-zа-яіїєґ]{0,3}$", text[start : limit.start()])
    ):
        limit = re.compile(r"[,.;:!?…\n\"“”«»„()]|\s[—–-]\s").search(text, limit.end(), end)
    stop = limit.start() if limit else end
    words: list[re.Match[str]] = []
    stoppers = verbs.listed(lang, "stoppers")
    skip = 0
    for match in verbs.WORD.finditer(text, start, stop):
        lower = verbs.plain(match.group())
        oblique = lang != "en" and not words and bool(_OBLIQUE.fullmatch(match.group()))
        if skip and not words:
            skip -= not oblique
            continue
        if oblique:
            skip = 1  # `рассказывает о дружественном огне`: a subject does not stand in such a case
            continue
        if not words and lang != "en" and lower in stoppers and lower not in verbs.listed(lang, "clauses"):
            skip = (
                1 if len(lower) <= 3 and lower not in verbs.listed(lang, "addressed") else 0
            )  # a preposition and its noun
            continue
        if not words and lower in verbs.listed(lang, "adverbs"):
            continue
        if lower in stoppers and not (lang == "en" and lower in ("of", "and", "for") and words):
            break
        if _says(match.group(), lang):
            break
        words.append(match)
        if len(words) == 7:
            break
    while words and verbs.plain(words[-1].group()) in stoppers:
        words.pop()
    if lang != "en":
        words = _without_addressee(words)
    if not words:
        return None
    numeral = re.search(r"\d{1,3}-$", text[max(start, words[0].start() - 4) : words[0].start()])
    return Span(words[0].start() - (len(numeral.group()) if numeral else 0), words[-1].end())


def _without_addressee(words: list[re.Match[str]]) -> list[re.Match[str]]:
    """`рассказал Би-би-си сержант Лыс`: the outlet told is not the speaker."""
    capitals: list[bool] = []
    for word in words:
        inner = word.start() > 0 and word.string[word.start() - 1] == "-"
        capitals.append(capitals[-1] if inner and capitals else word.group()[0].isupper())
    if True in capitals and False in capitals and capitals[0]:
        lower = capitals.index(False)
        if True in capitals[lower:]:
            return words[lower:]
    return words
