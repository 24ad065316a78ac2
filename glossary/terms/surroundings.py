"""Which case, number and gender stand at a place in a Russian or Ukrainian sentence.

The form itself leaves several possibilities open (роты is a genitive, a nominative and an accusative); agreeing
adjectives, prepositions, numbers and the neighbours narrow them down. What they cannot decide stays open.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from glossary import data
from glossary.text import slavic
from glossary.text.slavic import Reading
from glossary.text.words import Word

CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
SECOND_CASES = {"gen2": "gent", "gen1": "gent", "acc2": "accs", "loc2": "loct", "loc1": "loct"}
ADJECTIVES = ("ADJF", "PRTF")
NOMINALS = ("NOUN", "ADJF", "PRTF", "NUMR", "NPRO")
FEW = ("два", "три", "чотири", "обидва")
VERBS = ("VERB", "INFN", "GRND", "PRTS")


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A place for a noun phrase: `case` by pymorphy3's name, `plural`, and the gender of what stands there."""

    case: str
    plural: bool
    gender: str = ""


def slot_of(reading: Reading) -> Slot | None:
    """The slot a nominal reading fills; None for other words and for vocatives."""
    grammemes = reading.grammemes
    case = next((c for c in (*CASES, *SECOND_CASES) if c in grammemes), "")
    if not case:
        return None
    gender = next((g for g in ("masc", "femn", "neut") if g in grammemes), "")
    return Slot(SECOND_CASES.get(case, case), "plur" in grammemes, gender)


@dataclass(frozen=True, slots=True)
class Place:
    """The words `first` to `last` (half-open) of a sentence with its text, the head among them at `head`."""

    words: Sequence[Word]
    text: str
    first: int
    last: int
    head: int
    lang: str

    def broken(self, before: int) -> bool:
        """Whether punctuation stands between word `before` and the next one."""
        gap = self.text[self.words[before].end : self.words[before + 1].start]
        return any(mark in gap for mark in ",.;:—–()!?")


def slots(place: Place, lemmas: Iterable[str], plural: bool | None = None) -> tuple[Slot, ...]:
    """The slots the head can fill at its place: one if the neighbours decide, none if it is no noun or adjective.

    `plural` says what is known of the number from elsewhere (the English term).
    """
    wanted = frozenset(lemmas)
    readings = slavic.readings(place.words[place.head].folded, place.lang)
    nominal = [r for r in readings if r.pos in ("NOUN", *ADJECTIVES) and r.lemma in wanted]
    found = [slot for r in nominal if (slot := slot_of(r)) is not None]
    found = list(dict.fromkeys(found))
    if not found and any("voct" in r.grammemes for r in nominal):
        return (Slot("voct", False),)
    if len({(s.case, s.plural) for s in found}) < 2:
        return tuple(found)
    counted = [s for s in found if s.case == "gent" and not s.plural and s.gender in ("masc", "neut")]
    if counted and paucal(place):
        # Its adjectives stand in the plural (два старых ружья) and would speak against it.
        return tuple(counted)
    found = _agreeing(place, found)
    if nominal[0].pos in ADJECTIVES:
        found = _modifying(place, found)
    if plural is not None:
        found = [s for s in found if s.plural == plural] or found
    preposition, at = _preposition(place)
    if preposition:
        return tuple(_governed(found, preposition))
    found = [s for s in found if s.case != "loct"] or found
    if len(found) > 1:
        found = _counted(place, found, at)
    if len({(s.case, s.plural) for s in found}) > 1:
        found = _beside(place, found, at)
    return tuple(found)


def _agreeing(place: Place, found: list[Slot]) -> list[Slot]:
    """What the adjectives inside the phrase and right before it allow."""
    for number in range(place.head - 1, max(place.first - 3, -1), -1):
        if number < place.first and place.broken(number):
            break
        adjectives = [
            slot
            for r in slavic.readings(place.words[number].folded, place.lang)
            if (r.pos in (*ADJECTIVES, "NPRO") and "Fixd" not in r.grammemes)
            and (slot := slot_of(r)) is not None
            and (slot.gender or slot.plural)
        ]
        if not adjectives:
            break
        agreeing = [s for s in found if any(agree(s, a) for a in adjectives)]
        found = agreeing or found
    return found


def _modifying(place: Place, found: list[Slot]) -> list[Slot]:
    """What the noun allows that an adjective stands before."""
    for number in range(place.last, min(place.last + 3, len(place.words))):
        if place.broken(number - 1):
            break
        readings = slavic.readings(place.words[number].folded, place.lang)
        nouns = [s for r in readings if r.pos == "NOUN" and (s := slot_of(r)) is not None]
        if nouns:
            return [s for s in found if any(agree(noun, s) for noun in nouns)] or found
    return found


def agree(noun: Slot, adjective: Slot) -> bool:
    """Whether an adjective in one slot can belong to a noun in the other."""
    if noun.case != adjective.case or noun.plural != adjective.plural:
        return False
    return noun.plural or not noun.gender or not adjective.gender or noun.gender == adjective.gender


@cache
def _prepositions(lang: str) -> dict[str, tuple[str, ...]]:
    rows = (row for row in data.rows("prepositions.csv") if row["lang"] == lang)
    return {row["preposition"]: tuple(row["cases"].split()) for row in rows}


def _preposition(place: Place) -> tuple[tuple[str, ...], int]:
    """The cases of the preposition before the phrase, and the number of the word that stands left of the phrase and its
    adjectives (-1: none, or punctuation is between)."""
    at = place.first - 1
    while at >= 0 and place.first - at <= 4:
        if place.broken(at):
            return (), -1
        folded = place.words[at].folded
        compound = f"{place.words[at - 1].folded}-{folded}" if at else ""
        governed = _prepositions(place.lang).get(compound) or _prepositions(place.lang).get(folded)
        if governed:
            return governed, at
        readings = slavic.readings(folded, place.lang)
        if not readings or (readings[0].pos not in (*ADJECTIVES, "NPRO") and "Apro" not in readings[0].grammemes):
            return (), at
        at -= 1
    return (), at


def _governed(found: list[Slot], cases: Sequence[str]) -> list[Slot]:
    for case in cases:
        allowed = [s for s in found if s.case == case]
        if allowed:
            return allowed
    return found


def _counted(place: Place, found: list[Slot], at: int) -> list[Slot]:
    """After a number: the genitive, in Ukrainian after 2 to 4 the nominative plural."""
    if at < 0:
        return found
    word = place.words[at].folded
    readings = slavic.readings(word, place.lang)
    if not (word.isdigit() or any(r.pos == "NUMR" for r in readings)):
        return found
    digits = word[-1:] in ("2", "3", "4") and word[-2:-1] != "1"
    if place.lang == "uk" and (digits or any(r.lemma in FEW for r in readings)):
        return [s for s in found if s.plural and s.case in ("nomn", "accs")] or found
    return [s for s in found if s.case == "gent"] or found


@cache
def _government(lang: str) -> dict[str, str]:
    return {row["verb"]: row["case"] for row in data.rows("government.csv") if row["lang"] == lang}


def paucal(place: Place) -> bool:
    """Whether the phrase follows 2, 3 or 4 in Russian: the noun in the genitive singular, its adjectives in the plural
    (два ударных вертолёта)."""
    if place.lang != "ru" or not place.first or place.broken(place.first - 1):
        return False
    word = place.words[place.first - 1].folded
    if word.isdigit():
        return word[-1] in "234" and word[-2:-1] != "1"
    return any(r.lemma in ("два", "три", "четыре", "оба") for r in slavic.readings(word, "ru") if r.pos == "NUMR")


@cache
def second_locatives() -> frozenset[str]:
    """The Russian nouns that have a second locative in good prose (в бою, but в штабе)."""
    return frozenset(row["noun"] for row in data.rows("second_locatives.csv"))


def inside(place: Place) -> bool:
    """Whether the preposition right before the phrase is в or на: Russian has a second locative after them."""
    return place.first > 0 and place.words[place.first - 1].folded in ("в", "во", "на")


def _beside(place: Place, found: list[Slot], at: int) -> list[Slot]:
    """What the neighbours suggest: a genitive after a noun, an accusative after a verb, a nominative before one."""
    cases = {s.case for s in found}
    left = slavic.readings(place.words[at].folded, place.lang) if at >= 0 else ()
    nominal_left = bool(left) and left[0].pos == "NOUN" and left[0].known and not slavic.NAMES & left[0].grammemes
    if nominal_left and "gent" in cases:
        return [s for s in found if s.case == "gent"]
    governed = next((_government(place.lang)[r.lemma] for r in left if r.lemma in _government(place.lang)), "")
    if not governed and at > 0 and place.words[at - 1].folded == "не" and left and left[0].pos in VERBS:
        governed = "gent" if "accs" not in cases else ""
    if governed in cases:
        return [s for s in found if s.case == governed]
    if left and left[0].pos in VERBS and not _passive(left[0]):
        verbal = _after_verb(place, left[0], found, at)
        if verbal:
            return verbal
    finite = _verb_after(place)
    if finite is not None and "nomn" in cases:
        agreeing = [s for s in found if s.case == "nomn" and _fits(s, finite)]
        if agreeing:
            return agreeing
    if at < 0 and "nomn" in cases:
        return [s for s in found if s.case == "nomn"]
    return found


def _passive(verb: Reading) -> bool:
    return verb.pos == "PRTS" or verb.lemma.endswith(("ся", "сь"))


def _after_verb(place: Place, verb: Reading, found: list[Slot], at: int) -> list[Slot]:
    """An object; or a subject, where the verb agrees and takes no object or has no other subject before it."""
    subjects = [s for s in found if s.case == "nomn" and _fits(s, verb)]
    if "intr" in verb.grammemes:
        return subjects
    finite = verb.pos == "VERB" and "infn" not in verb.grammemes
    if subjects and finite and not _subject_before(place, at, verb):
        return subjects
    return [s for s in found if s.case == "accs"]


def _subject_before(place: Place, at: int, verb: Reading) -> bool:
    """Whether a nominative that agrees with the verb stands before it in its clause."""
    for number in range(at - 1, max(at - 6, -1), -1):
        if place.broken(number):
            return False
        for reading in slavic.readings(place.words[number].folded, place.lang)[:3]:
            slot = slot_of(reading)
            if reading.pos in ("NOUN", "NPRO") and slot is not None and slot.case == "nomn" and _fits(slot, verb):
                return True
    return False


def _verb_after(place: Place) -> Reading | None:
    """The finite verb that follows the phrase in the same clause."""
    for number in range(place.last, min(place.last + 5, len(place.words))):
        if place.broken(number - 1):
            return None
        for reading in slavic.readings(place.words[number].folded, place.lang)[:2]:
            if reading.pos in ("VERB", "PRTS") and "infn" not in reading.grammemes:
                return reading
    return None


def _fits(slot: Slot, verb: Reading) -> bool:
    """Whether a subject in this slot agrees with the verb."""
    if ("plur" in verb.grammemes) != slot.plural:
        return False
    gender = next((g for g in ("masc", "femn", "neut") if g in verb.grammemes), "")
    return slot.plural or not gender or not slot.gender or gender == slot.gender
