"""Which language a text is in: letters first, then function words, then langdetect among three languages.

Letters decide whole documents (і ї є ґ against ы э ё), with guards for the siblings that share them: Belarusian,
Serbian, Macedonian, Bulgarian. langdetect runs in a private factory with only the profiles it needs, seeded, on text in
lower case, because its module-level one is random, drops words in capitals and is not safe on first use by threads.
What stays unsure is `und`; nothing is guessed.
"""

import re
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from glossary import data
from glossary.text.display import many
from glossary.text.normalise import fold
from glossary.text.spans import Span

MINIMUM = 20  # letters
FEW = 12  # letters that will do where they are telling
SURE = 0.9
MOST = 0.6  # of the letters of an article whose paragraphs are in several languages
SAMPLE = 2_000  # characters given to langdetect

_NOISE = re.compile(
    r"(?:https?://|www\.)\S{1,500}|[\w.+-]{1,64}@[\w-]{1,64}\.\w[\w.]{0,64}|[@#]\w{1,100}"
    r"|\[\[(?:draft|untranslated|original wanted)[^\[\]]{0,2000}\]\]"  # marks of a draft, in English
)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_SOFT = re.compile(r"дз[еіяюьё]|цц|[аі]ць\b")
_HARD = re.compile("ъ(?![еёюя])")
_LINE = re.compile(r"[^\s][^\r\n]*")
_LATIN = re.compile("[a-zà-öø-ɏ]")
_CYRILLIC = re.compile("[Ѐ-ԯ]")
_SLAVIC = ("en", "ru", "uk", "bg", "mk")
_NEIGHBOURS = ("en", "de", "es", "fr", "pl", "it", "cs", "ro", "tr")
_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True)
class Guess:
    """A language (`en`, `ru`, `uk`, `other`, or `und` if unsure), a probability, and what speaks for it."""

    lang: str
    confidence: float
    evidence: str


def detect(text: str, expected: str | None = None) -> Guess:
    """Say which language `text` is in; of a text of paragraphs in several languages, the one that most of it is in.

    `expected`, the language the project declares, decides only where letters and function words say nothing.

    >>> detect("Зеленський заявив, що переговори ще тривають.").lang
    'uk'
    """
    whole = _judged(text, expected)
    if whole.lang != "und" and not _mixed(text):
        return whole
    return _voted(text, expected) or whole


def paragraphs(text: str, expected: str | None = None) -> tuple[tuple[Span, Guess], ...]:
    """Which language each paragraph (line with something in it) is in; what is unsure alone goes with the whole text.

    >>> [guess.lang for _, guess in paragraphs("He left the town on Friday.\\nОн уехал из города в пятницу.")]
    ['en', 'ru']
    """
    expected = expected or detect(text).lang
    return tuple((span, _judged(span.of(text), expected)) for span in _lines(text))


def _lines(text: str) -> list[Span]:
    return [Span(*found.span()) for found in _LINE.finditer(text)]


def _mixed(text: str) -> bool:
    """Whether a text has a good deal of both alphabets."""
    folded = text.casefold()
    latin, cyrillic = len(_LATIN.findall(folded)), len(_CYRILLIC.findall(folded))
    return 10 * min(latin, cyrillic) > latin + cyrillic


def _voted(text: str, expected: str | None) -> Guess | None:
    """What most paragraphs are in, by letters; None if there are no paragraphs, or none of them is sure."""
    found = _lines(text)
    if len(found) < 2:
        return None
    votes: Counter[str] = Counter()
    for span in found:
        line = span.of(text)
        guess = _judged(line, expected)
        if guess.lang != "und":
            votes[guess.lang] += sum(map(str.isalpha, line))
    if not votes:
        return None
    (lang, most), total = votes.most_common(1)[0], sum(votes.values())
    shares = ", ".join(f"{name} {100 * count // total} %" for name, count in votes.most_common())
    if most < MOST * total:
        return Guess("und", 0.5, f"paragraphs in several languages: {shares}")
    return Guess(lang, max(SURE, most / total), f"by paragraphs: {shares}")


def _judged(text: str, expected: str | None) -> Guess:
    folded = fold(_NOISE.sub(" ", text), None).text
    latin, cyrillic = len(_LATIN.findall(folded)), len(_CYRILLIC.findall(folded))
    letters = sum(map(str.isalpha, folded))
    if letters - latin - cyrillic > max(latin, cyrillic):
        return Guess("other", 0.99, "neither Latin nor Cyrillic letters")
    # A Russian headline may be mostly English names; an English one hardly holds Cyrillic.
    if latin > 3 * cyrillic:
        return _latin(folded, latin, expected)
    return _cyrillic(folded, cyrillic, expected)


def _latin(folded: str, letters: int, expected: str | None) -> Guess:
    hits = _function_words(folded, ("en",))["en"]
    words = len(_WORD.findall(folded))
    if hits >= 3 and hits >= 0.22 * words:
        return Guess("en", 0.99, f"{hits} English function words of {words}")
    if letters < MINIMUM:
        if hits or expected == "en":
            return Guess("en", SURE, "few Latin letters, English expected or an English word among them")
        return Guess("und", 0.5, f"only {many(letters, 'letter')}")
    lang, probability = _langdetect(folded, _NEIGHBOURS)
    if lang == "en" and (probability >= SURE or hits or expected == "en" or folded.isascii()):
        return Guess("en", max(probability, SURE), f"langdetect, {hits} English function words of {words}")
    if lang != "en" and probability > 0.99 and letters >= 40 and hits <= 0.06 * words:
        return Guess("other", probability, f"Latin letters; reads like {lang}")
    if hits >= 0.2 * words or (expected == "en" and probability < 0.99):
        return Guess("en", SURE, f"Latin letters, {hits} English function words of {words}")
    return Guess("und", 0.5, f"Latin letters; perhaps {lang}")


def _cyrillic(folded: str, letters: int, expected: str | None) -> Guess:
    if letters == 0:
        return Guess("und", 0.0, "no letters")
    count = {group: sum(map(folded.count, group)) for group in ("ў", "ђћљњџјѓќѕ", "іїєґ", "ыэё")}
    ukrainian, russian = count["іїєґ"], count["ыэё"]
    hits = _function_words(folded, ("ru", "uk", "be", "bg"))
    sibling = _sibling(folded, letters, count, hits)
    if sibling is not None:
        return sibling
    if not ukrainian and not russian and (count["ў"] or count["ђћљњџјѓќѕ"]):
        return Guess("und", 0.5, "a letter that neither Russian nor Ukrainian has")
    # и or щ keeps Belarusian out, and then fewer letters will do.
    enough = MINIMUM if not re.search("[ищїєґ]", folded) else FEW
    if letters >= enough:
        if ukrainian >= 2 and ukrainian >= 4 * russian:
            return Guess("uk", 0.999, f"{ukrainian} letters і ї є ґ, {russian} letters ы э ё")
        if russian >= 2 and russian >= 4 * ukrainian:
            return Guess("ru", 0.999, f"{russian} letters ы э ё, {ukrainian} letters і ї є ґ")
    for lang, other in (("ru", "uk"), ("uk", "ru")):
        own, strange = (russian, ukrainian) if lang == "ru" else (ukrainian, russian)
        against = max(hits[other], hits["be"], hits["bg"])
        # A name of the other language may be among the words.
        bearable = 0 if hits[lang] < 2 else own if hits[lang] < 3 else own + 1
        certain = hits[lang] > 1 or (letters >= MINIMUM and (own or lang == "uk" or not _reads_like_a_sibling(folded)))
        if hits[lang] >= 4 * against and hits[lang] and strange <= bearable and letters >= enough and certain:
            sure = 0.98 if hits[lang] > 1 else 0.92
            return Guess(lang, sure, f"{hits[lang]} function words and endings against {against}")
    return _without_words(folded, letters, ukrainian, russian, expected)


def _sibling(folded: str, letters: int, count: Mapping[str, int], hits: Mapping[str, int]) -> Guess | None:
    """Belarusian, Bulgarian, Serbian or Macedonian, if the text is in one of them; None if nothing says so.

    Belarusian has і beside ы and neither и nor щ; Bulgarian has ъ before consonants and at the end of words, where
    Russian has had none since 1918.
    """
    # A name or a quoted word of the sibling in a long article is no guard: its letters must be frequent.
    rare = letters / 250
    ukrainian, russian = count["іїєґ"], count["ыэё"]
    strangers = sum(map(folded.count, "ищїєґъ"))
    if count["ў"] >= max(2, rare) or (count["ў"] and not strangers):
        return Guess("other", 0.99, "the letter ў: Belarusian")
    own = russian or _SOFT.search(folded)
    if folded.count("і") and own and not strangers and letters >= 12:
        return Guess("other", 0.95, "і beside ы, э, дз or ць, and no и: Belarusian")
    if hits["be"] > max(hits["ru"], hits["uk"]) and not strangers and letters >= MINIMUM:
        return Guess("other", 0.95, f"{hits['be']} Belarusian function words and endings, and no и")
    if count["ђћљњџјѓќѕ"] >= max(2, rare):
        return Guess("other", 0.99, "letters of Serbian or Macedonian")
    hard = len(_HARD.findall(folded))
    # A Russian text may name the newspaper «Коммерсантъ».
    least = 1 if letters < 250 and hits["bg"] >= hits["ru"] else 2
    if russian <= 1 and ukrainian <= 1 and hard >= max(least, rare):
        return Guess("other", 0.99, "ъ where Russian has none: Bulgarian")
    few = max(1, letters // 100)
    telling = hits["bg"] > max(hits["ru"], hits["uk"]) and (hits["bg"] > 1 or not russian)
    if russian <= few and ukrainian <= few and telling and letters >= MINIMUM:
        return Guess("other", 0.95, f"{hits['bg']} Bulgarian or Macedonian function words and endings")
    return None


def _reads_like_a_sibling(folded: str) -> bool:
    """Whether langdetect takes a text for Bulgarian or Macedonian."""
    return _langdetect(folded, _SLAVIC)[0] in ("bg", "mk")


def _without_words(folded: str, letters: int, ukrainian: int, russian: int, expected: str | None) -> Guess:
    """Cyrillic text in which neither letters nor function words decide."""
    if bool(ukrainian) != bool(russian):
        lang = "uk" if ukrainian else "ru"
        if expected == lang:
            return Guess(lang, 0.95, "letters, as expected")
    elif not ukrainian and expected in ("ru", "uk"):
        return Guess(expected, SURE, "nothing speaks against the expected language")
    if letters < MINIMUM:
        return Guess("und", 0.5, f"only {many(letters, 'letter')}")
    lang, probability = _langdetect(folded, _SLAVIC)
    if (lang == "ru" and ukrainian) or (lang == "uk" and russian):
        return Guess("und", 0.5, "letters and langdetect disagree")
    # langdetect takes Ukrainian without its own letters for Russian; in longer text they would have shown up.
    if (lang == "uk" and probability >= SURE) or (lang == "ru" and probability >= SURE and (russian or letters >= 45)):
        return Guess(lang, probability, "langdetect")
    if lang in ("bg", "mk") and probability >= 0.999 and letters >= 40 and not ukrainian and not russian:
        return Guess("other", probability, "langdetect: Bulgarian or Macedonian")
    return Guess("und", 0.5, "nothing decides")


def _function_words(folded: str, langs: tuple[str, ...]) -> Mapping[str, int]:
    """How many words of the text are function words, or end as words do, in only one of the languages."""
    lists, tails = distinctive(), endings()
    words = _WORD.findall(folded)
    return {
        lang: sum(word in lists[lang] or (len(word) > 5 and word.endswith(tails[lang])) for word in words)
        for lang in langs
    }


@cache
def distinctive() -> Mapping[str, frozenset[str]]:
    """Function words by language, without those that two of the lists share."""
    lists: dict[str, set[str]] = {lang: set() for lang in ("en", "ru", "uk", "be", "bg", "other")}
    for row in data.rows("function_words.csv"):
        lists[row["lang"]].add(fold(row["word"], None).text)
    return {
        lang: frozenset(own - set().union(*(other for name, other in lists.items() if name != lang)))
        for lang, own in lists.items()
    }


@cache
def endings() -> Mapping[str, tuple[str, ...]]:
    """Endings by language that the other two do not have."""
    return {lang: tuple(w[1:] for w in sorted(words) if w.startswith("-")) for lang, words in distinctive().items()}


def _langdetect(folded: str, langs: tuple[str, ...]) -> tuple[str, float]:
    """The most probable of `langs` by langdetect, and its probability; `und` if it finds no letters."""
    from langdetect.lang_detect_exception import LangDetectException

    with _LOCK:
        factory = _factory(langs)
        # The random generator of a detector is seeded from the factory when it runs: one at a time.
        detector = factory.create()
        detector.append(_without_surrogates(folded[:SAMPLE]))
        try:
            found = detector.get_probabilities()
        except LangDetectException:
            return "und", 0.0
    return (found[0].lang, float(found[0].prob)) if found else ("und", 0.0)


def _without_surrogates(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


@cache
def _factory(langs: tuple[str, ...]) -> Any:
    """A langdetect factory of our own with only these profiles and a fixed seed; call it under the lock."""
    import langdetect
    from langdetect.detector_factory import DetectorFactory

    factory = DetectorFactory()
    folder = Path(langdetect.__file__).parent / "profiles"
    factory.load_json_profile([(folder / lang).read_text(encoding="utf-8") for lang in langs])
    factory.seed = 0
    return factory
