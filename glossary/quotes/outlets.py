"""Organisations that publish, relay or release what others say, as they are named in an English text.

Known names come from data/outlets.csv; unknown ones are recognised by the noun beside them: the Kyiv outlet Dzvin.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from glossary import data
from glossary.data.folders import user_folder
from glossary.errors import ConfigError
from glossary.quotes import cues
from glossary.text.recent import recent
from glossary.text.sieves import Sieve, sieve
from glossary.text.spans import Span

PRESS = frozenset(("outlet", "agency", "broadcaster", "channel", "institute"))
_TOKEN = re.compile(r"[^\W_]+(?:[.’'&+/-]+[^\W_]+)*(?:\+\d)?")
_POSSESSIVE = re.compile(r"[’']s$")
_UNIT = sieve(
    r"(?:\b[A-Z]\w+(?:[’']s)? )?\b(?:\d{1,3}(?:st|nd|rd|th)) (?:(?:Separate|[A-Z][\w-]+) ){0,4}"
    r"(?:Brigade|Battalion|Regiment|Division|Corps|Army)\b"
)
_SECTION = re.compile(
    r"(?:[’']s?)?,?(?: [A-Z]\w+)?(?: (?:the|its))? (?P<language>[A-Z][a-z]+)(?:-language)?"
    r" (?:[Ss]ervice|[Ee]dition|[Ss]ection|desk|bureau|arm|site|website|channel)\b"
)
"""The part of an outlet that works in another language: the BBC's Ukrainian service."""
_BEFORE = re.compile(r"(?:[\w’'.-]+ ){0,3}$")
_COUNTRY = re.compile(
    r" (?P<language>Ukraine|Russia|Poland|Germany|France|Italy|Spain|Japan|Georgia|Kazakhstan|Turkey|Belarus"
    r"|Romania|Hungary|Bulgaria|Serbia|Croatia|Greece|Lithuania|Latvia|Estonia|Finland|Sweden|Norway|Denmark)\b(?!'s)"
)
"""What follows the name of a magazine that appears in many countries: Vogue Ukraine."""
_WITH = "(?:with|for|at|from|who|by)"
"""What makes a description that of a member: Marta Berg, a lawyer with a monitoring group."""
_LONGER = re.compile(r" [A-Z][a-z]")
_HEAD = 60  # characters before a name that are looked at
_SECTION_OF = re.compile(
    r"\b(?P<language>[A-Z][a-z]+)(?:-language)? "
    r"(?:service|edition|section|desk|bureau|arm|site|website|version) of (?:the )?$"
)
_CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĻĽŁŃŅŇŌŐŘŚŞŠŢŤŪŮŰŲŹŻŽȘȚ"
_NAME = rf"(?<![\w'+&-])[{_CAPITAL}][\w'+&-]*(?:\.[A-Z]?\w+)?(?: [{_CAPITAL}][\w'+&-]*){{0,3}}"


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation: name, language, role as in outlets.csv, whether it is listed there."""

    name: str
    lang: str
    role: str
    known: bool = True
    country: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """An organisation named in a text; `span` includes a description before it (public broadcaster Suspilne)."""

    organisation: Organisation
    span: Span
    name: Span


@cache
def _rows() -> tuple[dict[str, str], ...]:
    """The user's own rows, then ours. Raises ConfigError for a row of the user's without a name, language or role."""
    own = data.own_rows("outlets.csv")
    roles = {row["role"] for row in data.rows("outlets.csv")}
    for number, row in enumerate(own, 1):
        if not row.get("name") or not row.get("lang") or row.get("role") not in roles:
            where = f"{user_folder() / 'outlets.csv'}, row {number}"
            raise ConfigError(
                "an outlet needs a name, a language and a role", where, f"roles are {', '.join(sorted(roles))}"
            )
    return (*own, *data.rows("outlets.csv"))


@cache
def _index() -> Mapping[str, tuple[tuple[tuple[str, ...], Organisation], ...]]:
    """First token of a name → its further tokens and the organisation, longest names first."""
    found: dict[str, list[tuple[tuple[str, ...], Organisation]]] = defaultdict(list)
    for row in _rows():
        organisation = Organisation(row["name"], row["lang"], row["role"], True, row.get("country", ""))
        for alias in (row["name"], *row.get("aliases_en", "").split(";")):
            tokens = tuple(_plain(match.group()) for match in _TOKEN.finditer(alias.removeprefix("The ")))
            if tokens:
                found[tokens[0]].append((tokens[1:], organisation))  # of the same length the user's come first
    return {first: tuple(sorted(rest, key=lambda entry: -len(entry[0]))) for first, rest in found.items()}


@cache
def aliases(name: str, lang: str) -> tuple[str, ...]:
    """How a listed organisation is called in ru or uk."""
    for row in _rows():
        if row["name"] == name:
            return tuple(alias for alias in row.get(f"aliases_{lang}", "").split(";") if alias)
    return ()


def named(name: str) -> str:
    """The listed name of an organisation that is called `name` in English; an empty string if it is not listed."""
    found = mentions(name, 0, len(name))
    return found[0].organisation.name if found and found[0].organisation.known else ""


def _plain(token: str) -> str:
    return token.replace("’", "'")


@recent(512)
def mentions(text: str, start: int, end: int) -> tuple[Mention, ...]:
    """The organisations named in a stretch of text, in order and without overlaps; offsets are those of `text`.

    Kept for the quotes of a sentence and those that look at the sentence before.
    """
    tokens = list(_TOKEN.finditer(text, start, end))
    listed, described = list(_listed(text, tokens, start, end)), list(_described(text, start, end))
    unnamed = list(_unnamed(text, start, end))
    chosen: list[Mention] = []
    titled = list(_titled(text, start, end))
    listed = [mention for mention in listed if not cues.pattern("cut").match(text, mention.name.end, end)]
    formed = list(_formed(text, tokens, start))
    for mention in [*listed, *sorted(described, key=lambda m: -len(m.span)), *formed, *titled, *unnamed]:
        if not any(mention.span.overlaps(other.span) for other in chosen):
            chosen.append(mention)
    return tuple(sorted(chosen, key=lambda m: m.span))


def _listed(text: str, tokens: Sequence["re.Match[str]"], start: int, end: int) -> Iterator[Mention]:
    index = _index()
    plain = [_plain(match.group()) for match in tokens]
    at = 0
    while at < len(tokens):
        size = 0
        bare = plain[at].removesuffix("'s")
        if bare not in index and plain[at] not in index:
            at += 1
            continue
        choices = index.get(plain[at], ())
        if bare != plain[at]:
            choices = (*choices, *index.get(bare, ()))
        for rest, organisation in choices:
            size = len(rest) + 1
            given = [*plain[at : at + size]]
            given[-1:] = [_POSSESSIVE.sub("", given[-1])] if given else []
            wanted = [plain[at] if not rest else _POSSESSIVE.sub("", plain[at]), *rest]
            if given[1:] == wanted[1:] or plain[at + 1 : at + size] == list(rest):
                span = Span(tokens[at].start(), tokens[at + size - 1].end())
                if size == 1 and bare in cues.ordinary() and not _meant(text, span, start, end):
                    size = 0
                    continue
                if organisation.role in PRESS:
                    organisation, span = _section(text, organisation, span, start, end)
                yield Mention(organisation, _with_description(text, span, start), span)
                break
            size = 0
        at += max(1, size)


def _meant(text: str, name: Span, start: int, end: int) -> bool:
    """Whether an outlet is meant by a word that is mostly another: told the Mirror, a Times reporter."""
    longer = _LONGER.match(text, name.end, end) and text[name.end - 2 : name.end] != "'s"
    if longer and _COUNTRY.match(text, name.end, end) is None:
        return False  # Kurier Wschodni
    return bool(
        cues.pattern("introduced").search(text, max(start, name.start - _HEAD), name.start)
        or cues.pattern("journalist").match(text, name.end, end)
        or cues.pattern("journalist_met").match(text, name.end, end)
        or _SECTION_OF.search(text[max(start, name.start - _HEAD) : name.start])
    )


def _section(text: str, whole: Organisation, name: Span, start: int, end: int) -> tuple[Organisation, Span]:
    """The part of an outlet that works in another language, where one is named: the Ukrainian edition of Forbes."""
    behind = _SECTION.match(text, name.end, end)
    before = None if behind is not None else _SECTION_OF.search(text[max(start, name.start - _HEAD) : name.start])
    found = behind or before or _COUNTRY.match(text, name.end, end)
    spoken = cues.language_of(found["language"]) if found is not None else None
    if found is None or spoken is None:
        return whole, name
    title = f"{whole.name} {found['language']}"
    span = Span(name.start, found.end()) if found is not before else Span(name.start - len(found.group()), name.end)
    return Organisation(title, spoken, whole.role, True, whole.country), span


@cache
def _before_name() -> "re.Pattern[str]":
    """What may describe an organisation right before its name: Ukraine’s public broadcaster."""
    kinds = "|".join(sorted((re.escape(kind) for kind in cues.kinds()), key=len, reverse=True))
    return re.compile(rf"(?:\b[\w’'-]+ ){{0,3}}\b(?:{kinds}) $", re.IGNORECASE)


def _with_description(text: str, name: Span, start: int) -> Span:
    head = text[max(start, name.start - _HEAD) : name.start]
    match = _before_name().search(head)
    if match is None:
        return name
    described = match.group()
    words = list(re.finditer(r"\S+ ", described))
    keep = len(described)
    for word in reversed(words):
        plain = word.group().strip()
        if plain[:1].isupper() or plain.casefold() in cues.qualifiers() or cues.kind_word(plain):
            keep = word.start()
        else:
            break
    return Span(name.start - (len(described) - keep), name.end)


@cache
def _mastheads() -> Sieve:
    words = "|".join(cues.mastheads())
    return sieve(rf"\b(?:[A-Z][\w'-]+ ){{1,3}}(?:[A-Z]\w+-)?(?:{words})\b|(?<=\bthe )(?:{words})\b")


def _titled(text: str, start: int, end: int) -> Iterator[Mention]:
    """Newspapers by their names: the Kyiv Courier. A name of English words is taken for an English paper."""
    for match in _mastheads().finditer(text, start, end):
        first = match.start() + (4 if match.group().startswith("The ") else 0)
        span = Span(first, match.end())
        yield Mention(Organisation(span.of(text), "en", "outlet", False), span, span)


def _formed(text: str, tokens: Sequence["re.Match[str]"], start: int) -> Iterator[Mention]:
    """Organisations known by the form of their names: Radio Prague, Gazeta Lubuska, told Le Progrès, sever.ru."""
    first, last = cues.forms("first"), cues.forms("last")
    words = [token.group() for token in tokens]
    if first.keys().isdisjoint(words) and last.keys().isdisjoint(words) and "." not in "".join(words):
        return
    before: re.Match[str] | None = None
    for token in tokens:
        word = token.group()
        joined = before is not None and text[before.end() : token.start()] == " " and _named_so(word)
        lang = cues.domain(word.rpartition(".")[2].casefold()) if "." in word else None
        if lang is not None:
            yield _mention(word, lang, Span(*token.span()))
        elif before is not None and joined and before.group() in first:
            yield from _first_word(text, start, Span(before.start(), token.end()), first[before.group()])
        elif before is not None and joined and word in last and _named_so(before.group()):
            yield from _first_word(text, start, Span(before.start(), token.end()), last[word])
        before = token


def _named_so(word: str) -> bool:
    return word[:1].isupper() or word[:1].isdigit()


def _first_word(text: str, start: int, span: Span, lang: str) -> Iterator[Mention]:
    """The outlet whose name has a known form; one that begins with an article only where outlets are spoken of."""
    name = _POSSESSIVE.sub("", span.of(text))
    if name.split()[0] in cues.articles():
        head = text[max(start, span.start - 30) : span.start]
        if head.strip() and not cues.pattern("press_before").search(head):
            return
    if not cues.no_outlet(name):
        yield _mention(name, (cues.language_of(name) or lang) if lang == "en" else lang, span)


def _mention(name: str, lang: str, span: Span) -> Mention:
    aired = cues.phrases("words", "air").search(name) is not None
    role = "broadcaster" if aired else "agency" if "Agen" in name or "Newswire" in name else "outlet"
    return Mention(Organisation(name, lang, role, False), span, span)


@cache
def _anonymous() -> Sieve:
    nouns = "|".join(sorted((re.escape(noun) for noun in cues.unnamed()), key=len, reverse=True))
    return sieve(
        rf"\b(?P<name>(?:(?:[A-Z][\w'’-]+|regional|local|military|national|state|city) ){{0,3}}(?P<noun>{nouns}))\b"
    )


def _unnamed(text: str, start: int, end: int) -> Iterator[Mention]:
    """Organisations without a name: Ukrainian intelligence, the regional police, the 47th Mechanized Brigade."""
    for match in _UNIT.finditer(text, start, end):
        span = Span(*match.span())
        yield Mention(Organisation(match.group(), cues.language_of(match.group()) or "", "army", False), span, span)
    for match in _anonymous().finditer(text, start, end):
        lang = cues.language_of(match["name"]) or ""
        if lang or len(match["name"].split()) > 1:
            span = Span(*match.span("name"))
            yield Mention(Organisation(match["name"], lang, cues.unnamed()[match["noun"]], False), span, span)


@cache
def _describing() -> Sieve:
    behind = cues.pattern("kind_behind").pattern.pattern
    kinds = "|".join(sorted((re.escape(kind) for kind in cues.kinds()), key=len, reverse=True))
    return sieve(
        rf"\b(?P<kind>{kinds})(?P<called>,? (?:called |named )?)(?P<name>{_NAME})"
        rf"|(?<=\b[Tt]he )(?P<name_before>{_NAME}) (?P<kind_behind>{behind})\b(?! [A-Z\d])"
        rf"|(?P<name_first>{_NAME}), (?:a|an|the) (?P<after>(?:(?!{_WITH} )[\w’'.-]+ ){{0,4}}?)"
        rf"(?P<kind_after>{kinds})\b"
    )


def _described(text: str, start: int, end: int) -> Iterator[Mention]:
    for match in _describing().finditer(text, start, end):
        if match["kind"]:
            noun, name = match["kind"], "name"
            head = text[max(start, match.start() - _HEAD) : match.start()]
            before = "".join(match.group() for match in _BEFORE.finditer(head))
            if "," in match["called"]:
                continue
            words: list[str] = []
            for word in reversed(before.split()):
                if not (word[:1].isupper() or word.casefold() in cues.qualifiers() or cues.kind_word(word)):
                    break
                words.insert(0, word)
            first = match.start("kind") - (len(" ".join(words)) + 1 if words else 0)
            described = " ".join(words)
        elif match["kind_behind"]:
            noun, described, name = match["kind_behind"], match["name_before"], "name_before"
            if cues.nation(described.split()[-1]) is not None or cues.nameless(described.split()[-1]):
                continue  # the Kyiv newspaper
            first = match.start(name)
        else:
            noun, described, name = match["kind_after"], match["after"], "name_first"
            first = match.start(name)
        role = cues.kinds()[noun]
        if role == "publisher" and name == "name":
            continue
        title = _POSSESSIVE.sub("", match[name])
        if cues.platform(title) or (len(title.split()) == 1 and cues.nation(title) is not None):
            continue
        lang = cues.language_of(described) or ""
        yield Mention(
            Organisation(title, lang, role, False), Span(max(start, first), match.end(name)), Span(*match.span(name))
        )
