"""Terms kept: how well a rendering by the machine agrees with the glossary, and what is put in where it does not.

First the n-best list is read for the rendering that keeps most terms. What is still forbidden is replaced by an
accepted rendering in the form it had. What is still missing is translated again with a mark in the place of the
English term, and the mark replaced by an accepted rendering in the form that its place asks for.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from glossary import data
from glossary.drafting.engine import Hypothesis
from glossary.drafting.reasons import SERIOUS, Reason, reasons
from glossary.terms.concepts import ACCEPTED, Concept, Rendering
from glossary.terms.euphony import fitted
from glossary.terms.index import Occurrence, TermIndex
from glossary.terms.inflection import inflect
from glossary.terms.senses import Mention
from glossary.text import english, slavic
from glossary.text.spans import Span
from glossary.text.words import words

# Letters and digits in one run: models copy what they cannot translate, and underscores do not survive all tokenisers.
MARK = re.compile(r"X\d\dY")
MARGIN = 0.25  # of the mean log-probability of a piece


@dataclass(frozen=True, slots=True)
class KeptTerm:
    """A term of the source sentence and how it came into the draft.

    `way` is `machine` (it was there), `chosen` (in another rendering of the n-best list), `put-in` (over a forbidden
    one), `mark` (through a mark), or `none`. `span` is in the source text.
    """

    concept: str
    span: Span
    way: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """A concept that a sentence mentions: where, in what number (None: unknown), and its accepted rendering."""

    concept: Concept
    span: Span
    plural: bool | None
    rendering: Rendering


def wanted(mentions: Sequence[Mention], text: str, lang: str) -> tuple[Wanted, ...]:
    """The concepts of a sentence that a draft has to keep: those that are certainly meant and have a rendering."""
    found: list[Wanted] = []
    for mention in mentions:
        accepted = mention.concept.of(lang, *ACCEPTED)
        if mention.grounds and accepted and not any(one.span.overlaps(mention.span) for one in found):
            found.append(Wanted(mention.concept, mention.span, _plural(mention, text), accepted[0]))
    return tuple(found)


def _plural(mention: Mention, text: str) -> bool | None:
    if mention.concept.pos not in ("noun", ""):
        return None
    last = mention.span.of(text).split()[-1].casefold()
    singular = mention.concept.english[mention.term].text.split()[-1].casefold()
    if last == singular:
        return None if singular.endswith("s") else False
    return True if last in english.forms(singular, "noun") else None


def unkept(text: str, sought: Sequence[Wanted], index: TermIndex) -> tuple[tuple[Wanted, ...], tuple[Occurrence, ...]]:
    """The concepts of `sought` without an accepted rendering in `text`, and the forbidden renderings of any of them.

    A broader or narrower concept's rendering will do, as it does for the checks.
    """
    if not sought:
        return (), ()
    found = index.find(text, index.target_lang)
    accepted = [one for one in found if one.status in ACCEPTED]
    there = {one.concept.id for one in accepted}
    lacking = []
    for one in sought:
        kin = {one.concept.id, *one.concept.broader, *index.narrower.get(one.concept.id, ())}
        if not kin & there:
            lacking.append(one)
    ids = {one.concept.id for one in sought}
    forbidden = [
        one
        for one in found
        if one.status == "forbidden"
        and one.concept.id in ids
        and not any(other.span.contains(one.span) and len(other.span) > len(one.span) for other in accepted)
    ]
    return tuple(lacking), tuple(forbidden)


@dataclass(frozen=True, slots=True)
class Choice:
    """A rendering with what the glossary and the other checks say of it."""

    text: str
    hypothesis: Hypothesis
    rank: int
    lacking: tuple[Wanted, ...]
    forbidden: tuple[Occurrence, ...]
    reasons: tuple[Reason, ...]

    @property
    def key(self) -> tuple[int, int, int]:
        """The less the better: serious reasons, then terms not kept, then the machine's own order."""
        serious = sum(reason.name in SERIOUS for reason in self.reasons)
        unkept = {one.concept.id for one in self.lacking} | {one.concept.id for one in self.forbidden}
        return serious, len(unkept), self.rank


def judged(
    source: str, text: str, hypothesis: Hypothesis, rank: int, sought: Sequence[Wanted], index: TermIndex
) -> Choice:
    """`text` as a rendering of the sentence `source`; it is the hypothesis or was made of it."""
    lacking, forbidden = unkept(text, sought, index)
    found = reasons(source, text, index.target_lang, hypothesis.score, hypothesis.cut)
    return Choice(text, hypothesis, rank, lacking, forbidden, found)


def chosen(choices: Sequence[Choice]) -> Choice:
    """The best of an n-best list in the machine's order.

    A rendering further down is taken only where the machine believes in it nearly as much, and has the same names:
    down there sentences get another town as easily as another term.
    """
    first = choices[0]
    names = _names(first.text)
    near = [
        one
        for one in choices
        if one.key[0] < first.key[0]
        or (one.hypothesis.score > first.hypothesis.score - MARGIN and _names(one.text) == names)
    ]
    return min(near or [first], key=lambda choice: choice.key)


def _names(text: str) -> list[str]:
    """The beginnings of the capitalised words, apart from their endings."""
    return sorted(word.folded[:4] for word in words(text)[1:] if word.text[:1].isupper())


def put_in(source: str, choice: Choice, sought: Sequence[Wanted], index: TermIndex) -> Choice:
    """The choice with accepted renderings over the forbidden ones, where their form is certain."""
    text = choice.text
    plurals = {one.concept.id: one.plural for one in sought}
    for one in sorted(choice.forbidden, key=lambda o: o.span.start, reverse=True):
        rendering = one.concept.of(index.target_lang, *ACCEPTED)[0]
        here = words(text, index.target_lang)
        made = inflect(rendering, one.span, here, text, one.rendering.text, plurals[one.concept.id])
        if made.sure:
            place, new = fitted(text, one.span, made.text, index.target_lang)
            text = text[: place.start] + new + text[place.end :]
    if text == choice.text:
        return choice
    better = judged(source, text, choice.hypothesis, choice.rank, sought, index)
    return better if better.key < choice.key else choice


def marks(text: str) -> Callable[[], str]:
    """Marks one after the other, none of which is in `text`."""
    numbers = dict.fromkeys((*range(17, 100, 10), *range(10, 100)))
    free = (mark for mark in (f"X{n}Y" for n in numbers) if mark not in text)
    return lambda: next(free, "")


def marked(sentence: str, start: int, places: Sequence[Span]) -> tuple[str, tuple[str, ...]]:
    """The sentence, which begins at `start` of its text, with a mark over each place (spans of the text, in order).

    A sentence with more places than there are marks keeps what it has at the later ones, and the marks are "".
    """
    mark = marks(sentence)
    names = [mark() for _ in places]
    made = sentence
    for place, name in sorted(zip(places, names, strict=True), reverse=True):
        if name:
            made = made[: place.start - start] + name + made[place.end - start :]
    return made, tuple(names)


def restored(text: str, fillings: Mapping[str, Callable[[str, int], str]], lang: str) -> str | None:
    """The text with its marks filled, from the last to the first; None unless each came back exactly once.

    A filling gets the text as it is by then and the place of the mark in it; the short word before it takes the form
    that it asks for.
    """
    if sorted(MARK.findall(text)) != sorted(fillings):
        return None
    for found in sorted(MARK.finditer(text), key=lambda match: match.start(), reverse=True):
        made = fillings[found.group()](text, found.start())
        place, new = fitted(text, Span(*found.span()), made, lang)
        text = text[: place.start] + new + text[place.end :]
    return text


def replaced(text: str, names: Iterable[str], prior: str) -> Mapping[str, Span]:
    """What stood in `prior`, a rendering without marks, where the marks of `text` stand, if the rest is the same.

    >>> replaced("Сбито 5 X17Y ночью.", ["X17Y"], "Сбито 5 ракет ночью.")
    {'X17Y': Span(start=8, end=13)}
    """
    wanted = set(names)
    found = [match for match in MARK.finditer(text) if match.group() in wanted]
    spans: dict[str, Span] = {}
    at = after = 0
    for number, match in enumerate(found):
        before = text[after : match.start()]
        if not prior.startswith(before, at):
            return {}
        start = at + len(before)
        after = match.end()
        following = text[after : found[number + 1].start()] if number + 1 < len(found) else text[after:]
        at = len(prior) - len(following) if number + 1 == len(found) else prior.find(following, start)
        if at <= start or not prior.startswith(following, at):
            return {}
        spans[match.group()] = Span(start, at)
    return spans


def forms(one: Wanted, text: str, start: int, lang: str) -> tuple[str, ...]:
    """The forms of an accepted rendering that can stand for the mark at `start` of `text`, the likeliest first.

    A preposition or a number before the mark narrows the cases; a stand-in noun is put there in each of them, and the
    rendering takes over its form.
    """
    if one.rendering.fixed:
        return (one.rendering.text,)
    mark = MARK.match(text, start)
    end = mark.end() if mark else start
    found: list[str] = []
    numbers = (one.plural,) if one.plural is not None else (False, True)
    for plural in numbers:
        for case, number, mixed in _cases(text[:start], lang, plural):
            for stand_in, lemma in _stand_ins(lang, case, number):
                filled = text[:start] + stand_in + text[end:]
                span = Span(start, start + len(stand_in))
                made = inflect(one.rendering, span, words(stand_in, lang, start), filled, lemma, number).text
                found.append(_counted(made, one.rendering) if mixed else made)
    at_start = not any(letter.isalnum() for letter in text[:start])
    if at_start:
        found = [form[:1].upper() + form[1:] for form in found]
    return tuple(dict.fromkeys(found))


def _counted(made: str, rendering: Rendering) -> str:
    """A Russian genitive singular as it stands after 2, 3 and 4: adjectives are in the plural, 3 крылатых ракеты."""
    many = Span(0, len("ракет"))
    plural = inflect(rendering, many, words("ракет", "ru"), "ракет", "ракета", True).text
    parts, others = made.split(), plural.split()
    if len(parts) != len(others):
        return made
    first = (slavic.readings(part.casefold(), "ru")[:1] for part in parts)
    adjectival = [bool(found) and found[0].pos in ("ADJF", "PRTF") for found in first]
    return " ".join(b if adjective else a for a, b, adjective in zip(parts, others, adjectival, strict=True))


def _few(number: str) -> bool:
    """Whether a number asks for forms of its own, as 2, 33 and 104 do in Slavic languages and 12 does not."""
    return number[-1:] in tuple("234") and number[-2:-1] != "1"


def _cases(before: str, lang: str, plural: bool) -> tuple[tuple[str, bool, bool], ...]:
    """The case and number of what can stand behind `before`, and whether a Russian adjective there is in the plural."""
    tail = before.split()[-2:] if before[-1:].isspace() else []
    word = tail[-1].casefold() if tail else ""
    prepositions = _prepositions(lang)
    if not word.isdecimal():
        governed = prepositions.get(word, ("nomn", "accs", "gent", "ablt", "datv"))
        return tuple((case, plural, False) for case in governed)
    if word[-1] == "1" and word[-2:-1] != "1":
        return tuple((case, False, False) for case in ("nomn", "accs", "gent", "ablt"))
    counted = ("gent", True, False)
    if _few(word):
        counted = ("gent", False, True) if lang == "ru" else ("nomn", True, False)
    governed = prepositions.get(tail[0].casefold(), ("accs", "ablt")) if len(tail) > 1 else ("accs",)
    return tuple(dict.fromkeys(counted if case in ("nomn", "accs") else (case, True, False) for case in governed))


@cache
def _stand_ins(lang: str, case: str, plural: bool) -> tuple[tuple[str, str], ...]:
    """Forms that name a case and number, with their dictionary form."""
    number = "plural" if plural else "singular"
    looks = ("nomn", "gent") if plural and case == "accs" else (case,)
    return tuple(
        (row["form"], row["lemma"])
        for look in looks
        for row in data.rows("stand_ins.csv")
        if (row["lang"], row["number"], row["case"]) == (lang, number, look)
    )


@cache
def _prepositions(lang: str) -> dict[str, tuple[str, ...]]:
    rows = (row for row in data.rows("prepositions.csv") if row["lang"] == lang)
    return {row["preposition"]: tuple(row["cases"].split()) for row in rows}
