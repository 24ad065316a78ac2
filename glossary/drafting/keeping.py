"""Terms kept: how well a rendering by the machine agrees with the glossary, and what is put in where it does not.

First the n-best list is read for the rendering that keeps most terms. What is still forbidden is replaced by an
accepted rendering in the form it had. What is still missing is translated again with a mark in the place of the
English term, and the mark replaced by an accepted rendering in the form that its place asks for.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count

from glossary import data
from glossary.drafting.engine import Hypothesis
from glossary.drafting.reasons import SERIOUS, Reason, reasons
from glossary.terms.concepts import ACCEPTED, Concept, Rendering
from glossary.terms.index import Occurrence, TermIndex
from glossary.terms.inflection import inflect
from glossary.terms.senses import Mention
from glossary.text import english, slavic
from glossary.text.spans import Span
from glossary.text.words import words

# Letters and digits in one run: models copy what they cannot translate, and underscores do not survive all tokenisers.
MARK = re.compile(r"X\d\dY")


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
        return serious, len(self.lacking) + len(self.forbidden), self.rank


def judged(
    source: str, text: str, hypothesis: Hypothesis, rank: int, sought: Sequence[Wanted], index: TermIndex
) -> Choice:
    """`text` as a rendering of the sentence `source`; it is the hypothesis or was made of it."""
    lacking, forbidden = unkept(text, sought, index)
    found = reasons(source, text, index.target_lang, hypothesis.score, hypothesis.cut)
    return Choice(text, hypothesis, rank, lacking, forbidden, found)


def put_in(source: str, choice: Choice, sought: Sequence[Wanted], index: TermIndex) -> Choice:
    """The choice with accepted renderings over the forbidden ones, where their form is certain."""
    text = choice.text
    plurals = {one.concept.id: one.plural for one in sought}
    for one in sorted(choice.forbidden, key=lambda o: o.span.start, reverse=True):
        rendering = one.concept.of(index.target_lang, *ACCEPTED)[0]
        here = words(text, index.target_lang)
        made = inflect(rendering, one.span, here, text, one.rendering.text, plurals[one.concept.id])
        if made.sure:
            text = text[: one.span.start] + made.text + text[one.span.end :]
    if text == choice.text:
        return choice
    better = judged(source, text, choice.hypothesis, choice.rank, sought, index)
    return better if better.key < choice.key else choice


def marks(text: str) -> Callable[[], str]:
    """Marks one after the other, none of which is in `text`."""
    numbers = (f"X{n}Y" for n in count(17, 10) if n < 100)
    spare = (f"X{n}Y" for n in range(10, 100))
    free = (mark for several in (numbers, spare) for mark in several if mark not in text)
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


def restored(text: str, fillings: Mapping[str, Callable[[str, int], str]]) -> str | None:
    """The text with its marks filled, from the last to the first; None unless each came back exactly once.

    A filling gets the text as it is by then and the place of the mark in it.
    """
    if sorted(MARK.findall(text)) != sorted(fillings):
        return None
    for found in sorted(MARK.finditer(text), key=lambda match: match.start(), reverse=True):
        made = fillings[found.group()](text, found.start())
        text = text[: found.start()] + made + text[found.end() :]
    return text


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
        cases, number = _cases(text[:start], lang, plural)
        few = lang == "ru" and _few(text[:start])
        for stand_in, lemma in (pair for case in cases for pair in _stand_ins(lang, case, number)):
            filled = text[:start] + stand_in + text[end:]
            span = Span(start, start + len(stand_in))
            made = inflect(one.rendering, span, words(stand_in, lang, start), filled, lemma, number).text
            found.append(_counted(made, one.rendering) if few else made)
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


def _few(before: str) -> bool:
    """Whether a text ends with a number after which Slavic nouns have a form of their own: 2, 33, 104, not 12."""
    last = before.split()[-1:] if before[-1:].isspace() else []
    return bool(last) and last[0].isdecimal() and last[0][-1] in "234" and last[0][-2:-1] != "1"


def _cases(before: str, lang: str, plural: bool) -> tuple[tuple[str, ...], bool]:
    """The cases possible behind `before`, and the number there."""
    last = before.split()[-1:] if before[-1:].isspace() else []
    word = last[0].casefold() if last else ""
    if word.isdecimal():
        if _few(before):
            return (("gent",), False) if lang == "ru" else (("nomn",), True)
        single = word[-1] == "1" and word[-2:-1] != "1"
        return (("nomn", "accs", "gent"), False) if single else (("gent",), True)
    governed = _prepositions(lang).get(word)
    if governed:
        return governed, plural
    return ("nomn", "accs", "gent", "ablt", "datv"), plural


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
