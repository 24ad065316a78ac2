"""The right rendering in the right case: a suggestion that can stand where the wrong rendering stood.

The head of the wrong rendering tells case and number; the head of the right one is put into them, its adjectives agree
with it, its other dependents stay. Verbs, participles and adjectives take over tense, person, number and gender.
Where the text leaves two answers open, the dictionary form is given and the answer says that it is unsure.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from glossary.terms.concepts import ACCEPTED, Concept, Rendering
from glossary.terms.surroundings import (
    ADJECTIVES,
    Place,
    Slot,
    agree,
    inside,
    paucal,
    second_locatives,
    slot_of,
    slots,
)
from glossary.text import slavic
from glossary.text.slavic import Reading
from glossary.text.spans import Span
from glossary.text.words import Word, words

# Old, doubled or bookish variants of a form, never to be suggested.
AVOIDED = frozenset(
    {"V-oy", "V-ey", "V-ej", "V-be", "V-bi", "V-en", "Arch", "Infr", "Slng", "Erro", "V-ie", "gen2", "acc2"}
)
VERBAL = (
    *("past", "pres", "futr", "1per", "2per", "3per", "impr", "indc", "infn", "Impe"),
    *("actv", "pssv", "masc", "femn", "neut", "plur"),
)
VOICES = frozenset({"past", "pres", "actv", "pssv"})
FUNCTION = ("PREP", "CONJ", "PRCL")
VERBAL_POS = ("VERB", "INFN", "GRND", "PRTS", "PRTF")


@dataclass(frozen=True, slots=True)
class Inflected:
    """A rendering as it would stand in the text; `sure` says whether the form was decided, or is the dictionary's."""

    text: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a phrase: the number of its word, and how it is read there."""

    number: int
    reading: Reading


def suggestions(
    concept: Concept,
    lang: str,
    wrong: Span | None,
    sentence_words: Sequence[Word],
    text: str,
    wrong_text: str = "",
    plural: bool | None = None,
) -> tuple[tuple[str, ...], bool]:
    """The accepted renderings, the preferred first and inflected like what stands at `wrong`; and whether that is sure.

    `wrong_text` is the wrong rendering as the glossary gives it.
    """
    preferred = next(iter(concept.of(lang, *ACCEPTED)), None)
    if preferred is None:
        return (), False
    if wrong is None:
        return (preferred.text,), False
    inflected = inflect(preferred, wrong, sentence_words, text, wrong_text, plural)
    return (inflected.text,), inflected.sure


def inflect(
    rendering: Rendering,
    wrong: Span,
    sentence_words: Sequence[Word],
    text: str,
    wrong_text: str = "",
    plural: bool | None = None,
) -> Inflected:
    """`rendering` in the form that what stands at `wrong` has; `sentence_words` are those of its sentence in `text`.

    `wrong_text` is the dictionary form of the wrong rendering; `plural` what is known of the number from the English.

    >>> text = "Позиции обстреляли из дружественного огня."
    >>> inflect(Rendering("огонь по своим", "ru", "preferred"), Span(22, 41), words(text, "ru"), text).text
    'огня по своим'
    """
    unsure = Inflected(_capitals(rendering.text, wrong.of(text), rendering), False)
    if rendering.fixed or not _inflectable(rendering):
        return Inflected(unsure.text, True)
    numbers = [n for n, w in enumerate(sentence_words) if wrong.start <= w.start and w.end <= wrong.end]
    if not numbers:
        return unsure
    given = words(wrong_text, rendering.lang) if wrong_text else ()
    lemmas = [slavic.lemmas(w.folded, rendering.lang) for w in given]
    here = sentence_words[numbers[0] : numbers[-1] + 1]
    head = _head([w.folded for w in given], rendering.lang) if len(given) == len(here) else None
    at = head.number if head is not None else _head_in_text(here, rendering.lang)
    if at is None:
        return unsure
    wanted = slavic.lemmas(here[at].folded, rendering.lang)
    if head is not None:
        wanted = (head.reading.lemma,) if head.reading.lemma in wanted else lemmas[at]
    place = Place(sentence_words, text, numbers[0], numbers[-1] + 1, numbers[0] + at, rendering.lang)
    if head is not None and _plural_only(head, given[head.number].folded):
        candidates = _candidates(rendering, place, wanted, None, singular=True)
    else:
        candidates = _candidates(rendering, place, wanted, plural)
    if len(candidates) != 1:
        return unsure
    return Inflected(_capitals(candidates[0], wrong.of(text), rendering), True)


def _plural_only(head: Head, given: str) -> bool:
    """Whether the wrong rendering is a plural in the dictionary already (морские силы): its number says nothing."""
    slot = slot_of(head.reading)
    return slot is not None and slot.plural and given != head.reading.lemma and head.reading.pos == "NOUN"


def _candidates(
    rendering: Rendering, place: Place, wanted: Sequence[str], plural: bool | None, singular: bool = False
) -> list[str]:
    """The different forms the place allows; `singular` puts a plural there into the singular."""
    parts = rendering.text.split()
    target = _head([_bare(part) for part in parts], rendering.lang)
    if target is None:
        return []
    allowed = slots(place, wanted, plural)
    found: list[str] = []
    readings = [r for r in slavic.readings(place.words[place.head].folded, rendering.lang) if r.lemma in wanted]
    if target.reading.pos in VERBAL_POS or target.reading.pos == "ADJF":
        for reading in readings:
            slot = slot_of(reading)
            if slot is not None and slot not in allowed:
                continue
            found.append(_like(parts, target, reading, _surface_case(slot, readings), rendering.lang))
    if target.reading.pos in ("NOUN", *ADJECTIVES) and not any(found):
        few, second = paucal(place), inside(place) and target.reading.lemma in second_locatives()
        for slot in allowed:
            case = "loc2" if slot.case == "loct" and second else slot.case
            used = Slot(case, slot.plural and not singular, slot.gender)
            found.append(in_slot(parts, target, used, rendering.lang, few))
    return [text for text in dict.fromkeys(found) if text]


def _surface_case(slot: Slot | None, readings: Sequence[Reading]) -> Slot | None:
    """An accusative as the nominative or genitive it looks like, so that animacy need not be known."""
    if slot is None or slot.case != "accs":
        return slot
    for case in ("nomn", "gent"):
        like = Slot(case, slot.plural, slot.gender)
        if any(slot_of(r) == like for r in readings):
            return like
    return slot


def in_slot(parts: Sequence[str], head: Head, slot: Slot, lang: str, few: bool = False) -> str:
    """The phrase in a case and number, with agreeing adjectives; empty if some form does not exist.

    `few` says that it follows 2, 3 or 4 in Russian. The case may be `loc2`: в бою, but о бое.
    """
    own = slot_of(head.reading)
    second, case = slot.case == "loc2", "loct" if slot.case == "loc2" else slot.case
    lexeme = slavic.paradigm(_bare(parts[head.number]), lang, head.reading.lemma, head.reading.pos)
    plural_only = own is not None and own.plural
    plural = plural_only or slot.plural
    if plural and not any("plur" in form.grammemes for form in lexeme):
        plural = False
    gender = own.gender if own is not None else ""
    if head.reading.pos in ADJECTIVES and not gender:
        gender = slot.gender
    noun = _form(lexeme, case, plural, gender, head.reading, lang, second)
    if noun is None:
        return ""
    made = list(parts)
    made[head.number] = _dressed(parts[head.number], noun.word)
    animate = "anim" in head.reading.grammemes
    many = plural or (few and case == "gent")
    for number in range(head.number):
        beside = "nomn" if case == "voct" else case
        adjective = agreeing(_bare(parts[number]), beside, many, gender, animate, lang)
        if adjective is None:
            return ""
        made[number] = _dressed(parts[number], adjective)
    return " ".join(made)


def _form(
    lexeme: Sequence[Reading], case: str, plural: bool, gender: str, like: Reading, lang: str, second: bool
) -> Reading | None:
    # A participle or adjective in the place of a noun is a person (нападавший, раненый).
    animate = "anim" in like.grammemes or like.pos in ADJECTIVES
    found = []
    for form in lexeme:
        if form.pos != like.pos or (like.pos == "PRTF" and VOICES & form.grammemes != VOICES & like.grammemes):
            continue
        slot = slot_of(form) or (Slot("voct", "plur" in form.grammemes) if "voct" in form.grammemes else None)
        if slot is None or slot.case != case or slot.plural != plural or AVOIDED & form.grammemes:
            continue
        if not plural and gender and slot.gender and slot.gender != gender:
            continue
        found.append(form)
    if not found:
        return None
    return min(found, key=lambda form: (_variant(form, case, animate, plural, lexeme, lang, second), found.index(form)))


def _variant(
    form: Reading, case: str, animate: bool, plural: bool, lexeme: Sequence[Reading], lang: str, second: bool
) -> int:
    """How little a variant of a form is wanted.

    The second locative goes first in Russian (в бою), in Ukrainian -ові for persons and -у for things, and an
    accusative like the genitive for persons only.
    """
    if case == "loct" and "loc2" in form.grammemes:
        return -1 if second else 1
    if lang != "uk":
        return int("inan" in form.grammemes) if case == "accs" and animate else 0
    if case in ("datv", "loct") and not plural:
        long = form.word.endswith(("ові", "еві", "єві"))
        return 0 if long == animate else 1
    if case == "accs":
        genitive = any(
            r.word == form.word and (s := slot_of(r)) and s.case == "gent" and s.plural == plural for r in lexeme
        )
        return 0 if genitive == animate else 1
    return 0


def agreeing(word: str, case: str, plural: bool, gender: str, animate: bool, lang: str) -> str | None:
    """An adjective agreeing with its noun; unchanged if it is indeclinable or the first part of a compound."""
    readings = slavic.readings(word, lang)
    reading = next((r for r in readings if r.pos in ADJECTIVES or (r.pos == "NPRO" and slot_of(r))), None)
    if reading is None:
        return None
    if "Fixd" in reading.grammemes:
        return word
    chosen: str | None = None
    for form in slavic.paradigm(word, lang, reading.lemma, reading.pos):
        slot = slot_of(form)
        if slot is None or slot.case != case or slot.plural != plural or AVOIDED & form.grammemes:
            continue
        if reading.pos == "PRTF" and not VOICES & form.grammemes <= reading.grammemes:
            continue
        if form.pos != reading.pos or (not plural and slot.gender and slot.gender != gender):
            continue
        if case == "accs" and not _accusative(form, slot, animate, plural, word, lang, reading):
            continue
        if chosen is None or (lang == "uk" and case == "loct" and form.word.endswith("ому")):
            chosen = form.word
    return chosen


def _accusative(form: Reading, slot: Slot, animate: bool, plural: bool, word: str, lang: str, reading: Reading) -> bool:
    """Whether an accusative of an adjective goes with a noun that is or is not animate."""
    if lang == "ru":
        if not plural and slot.gender != "masc":
            return True
        return ("anim" if animate else "inan") in form.grammemes
    if not plural and slot.gender != "masc":
        return True
    cases = [
        s.case
        for r in slavic.paradigm(word, lang, reading.lemma, reading.pos)
        if r.word == form.word and (s := slot_of(r)) and s.plural == plural and s.gender == slot.gender
    ]
    return ("gent" if animate else "nomn") in cases


def _like(parts: Sequence[str], head: Head, wrong: Reading, place: Slot | None, lang: str) -> str:
    """A verb, participle or adjective in the form of `wrong`; empty if its lexeme has no such form."""
    if wrong.pos == "NOUN":
        return ""
    wanted = {g for g in VERBAL if g in wrong.grammemes}
    for form in slavic.paradigm(_bare(parts[head.number]), lang, head.reading.lemma, head.reading.pos):
        if AVOIDED & form.grammemes or not _same_kind(form.pos, wrong.pos):
            continue
        ignored = VOICES if form.pos != wrong.pos or form.pos == "ADJF" else frozenset()
        if form.pos == head.reading.pos and ignored & form.grammemes != ignored & head.reading.grammemes:
            continue
        if {g for g in VERBAL if g in form.grammemes} - ignored != wanted - ignored:
            continue
        slot = slot_of(form)
        if (slot.case if slot else "") != (place.case if place else ""):
            continue
        made = list(parts)
        made[head.number] = _dressed(parts[head.number], form.word)
        return " ".join(made)
    return ""


def _same_kind(one: str, other: str) -> bool:
    return one == other or {one, other} <= {"ADJF", "PRTF"} or {one, other} <= {"ADJS", "PRTS"}


def _head(parts: Sequence[str], lang: str) -> Head | None:
    """The head of a phrase in dictionary form: its first nominative noun behind nothing but adjectives, or its verb."""
    if not parts:
        return None
    for number, part in enumerate(parts):
        readings = slavic.readings(part, lang)
        verb = next((r for r in readings[:3] if _infinitive(r)), None)
        if verb is not None and number == 0:
            return Head(0, verb)
        nominative = [r for r in readings if (s := slot_of(r)) is not None and s.case == "nomn"]
        noun = _noun(nominative)
        adjective = next((r for r in nominative if r.pos in ADJECTIVES or r.pos == "NPRO"), None)
        if adjective is not None and _noun_follows(parts, number, adjective, lang):
            continue
        found = noun or adjective
        return Head(number, found) if found is not None else None
    return None


def _noun(nominative: Sequence[Reading]) -> Reading | None:
    """The noun among nominative readings: common before names, the one whose lemma it is before plurals."""
    nouns = [r for r in nominative if r.pos == "NOUN"]
    return min(
        nouns,
        key=lambda r: (r.lemma != r.word, not r.known, bool({"Surn", "Name", "Abbr"} & r.grammemes), nouns.index(r)),
        default=None,
    )


def _noun_follows(parts: Sequence[str], number: int, adjective: Reading, lang: str) -> bool:
    """Whether the next word is a nominative that agrees with the adjective, or one more adjective."""
    own = slot_of(adjective)
    if number + 1 >= len(parts) or own is None:
        return False
    readings = slavic.readings(parts[number + 1], lang)
    if readings and readings[0].pos in FUNCTION:
        # The dictionary also has в and по as abbreviations of nouns.
        return False
    return any(r.pos in ("NOUN", "ADJF", "PRTF") and (s := slot_of(r)) is not None and agree(s, own) for r in readings)


def _infinitive(reading: Reading) -> bool:
    return reading.pos == "INFN" or (reading.pos == "VERB" and "infn" in reading.grammemes)


def _head_in_text(here: Sequence[Word], lang: str) -> int | None:
    """The head of an inflected phrase whose dictionary form is not known: its first noun, else its last word."""
    for number, word in enumerate(here):
        readings = slavic.readings(word.folded, lang)
        if readings and readings[0].pos in ("NOUN", "VERB", "INFN"):
            return number
    return len(here) - 1 if here else None


def _inflectable(rendering: Rendering) -> bool:
    """Whether any word of the rendering can change: not Latin, not an abbreviation, not introduced by a preposition."""
    parts = rendering.text.split()
    first = slavic.readings(_bare(parts[0]), rendering.lang) if parts else ()
    if first and first[0].pos == "PREP":
        return False
    return any(not part.isascii() and not (part.isupper() and len(part) > 1) for part in map(_bare, parts))


def _bare(part: str) -> str:
    return part.strip('«»"“”„()')


def _dressed(part: str, form: str) -> str:
    """The new form with the quotation marks and the capital of the old one."""
    bare = _bare(part)
    if bare.isupper() and len(bare) > 1:
        form = form.upper()
    elif bare[:1].isupper():
        form = form[:1].upper() + form[1:]
    return part.replace(bare, form) if bare else part


def _capitals(made: str, wrong: str, rendering: Rendering) -> str:
    """A capital at the start if the wrong rendering had one and is not in capitals by its nature."""
    if wrong[:1].isupper() and not (len(wrong) > 1 and wrong.isupper()) and made[:1].islower():
        return made[:1].upper() + made[1:]
    return made.upper() if len(wrong) > 3 and wrong.isupper() and not rendering.fixed else made
