"""Why a person should look at a draft sentence again: what machines are known to do to a text.

Numbers made up, sentences that run on or break off, loops, words left in English, letters of another language, and
renderings that the model itself does not believe in.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from glossary.text.numbers import figures
from glossary.text.words import Word, words

REASONS = {
    "empty": "the machine gave nothing",
    "numbers": "the numbers differ",
    "length": "the length is odd for a rendering of this sentence",
    "loop": "the machine repeats itself",
    "untranslated": "words were left in English",
    "script": "letters of another language",
    "signs": "signs that are no words were lost",
    "marks": "the quotation marks were lost",
    "score": "the model is unsure of this rendering",
    "cut": "the sentence was too long and was translated in parts",
    "term-missing": "a term has not the rendering of the glossary",
    "term-forbidden": "a rendering that the glossary forbids",
    "term-form": "the form of a term was guessed",
    "quote-open": "the original of a quote has to be found",
    "quote-lost": "the machine lost the place of a quote: render the words around it",
    "quote-recalled": "was said in the language of the draft: see that this is the original",
    "memory": "from a similar sentence translated before",
    "language": "this is not English: it was left as it is",
    "no-model": "there is no model for this sentence",
}
# What makes a rendering worse than one that only lacks a term.
SERIOUS = ("empty", "numbers", "length", "loop", "script")
SHORT, LONG = 0.5, 2.2  # target letters for a source letter
ENOUGH = 20  # letters of a sentence whose length says something
UNSURE = -0.6  # mean log-probability of a piece; below, its pieces are about as likely wrong as right
_KINDS = ("quantity", "percent", "year", "time")
_MARKS = frozenset('«»“”„‟"')
_DASHES = ("—", "–", "-")  # Slavic dialogue begins with one and has no marks
_FOREIGN = {"uk": "ыэъё", "ru": "іїєґ"}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why to look again: a key of REASONS, and what exactly."""

    name: str
    note: str = ""

    @property
    def message(self) -> str:
        """One line for a person."""
        return f"{REASONS[self.name]}: {self.note}" if self.note else REASONS[self.name]


def reasons(source: str, target: str, lang: str, score: float = 0.0, cut: bool = False) -> tuple[Reason, ...]:
    """What is suspicious about `target` as a machine's rendering of the English sentence `source`.

    >>> [reason.name for reason in reasons("They fired 57 missiles.", "Они выпустили 75 ракет.", "ru")]
    ['numbers']
    """
    if not source.strip():
        return ()
    if not any(letter.isalnum() for letter in target):
        return (Reason("empty"),) if any(letter.isalnum() for letter in source) else ()
    return tuple(_found(source, target, lang, score, cut))


def _found(source: str, target: str, lang: str, score: float, cut: bool) -> Iterator[Reason]:
    source_words, target_words = words(source, "en"), words(target, lang)
    changed = changed_numbers(source, target, lang)
    if changed:
        yield Reason("numbers", changed)
    ratio = len(target) / len(source)
    if len(source) >= ENOUGH and not SHORT <= ratio <= LONG:
        yield Reason("length", f"{ratio:.1f} times as long")
    loop = _loop(target_words)
    if loop and not _loop(source_words):
        yield Reason("loop", loop)
    left = _untranslated(source_words, target_words)
    if left:
        yield Reason("untranslated", ", ".join(left[:5]))
    script = _script(target_words, target, lang)
    if script:
        yield Reason("script", script)
    lost = Counter(_signs(source)) - Counter(_signs(target))
    if lost:
        yield Reason("signs", " ".join(list(lost)[:5]))
    if _MARKS & set(source) and not _MARKS & set(target) and not target.lstrip().startswith(_DASHES):
        yield Reason("marks")
    if cut:
        yield Reason("cut")
    if score < UNSURE:
        yield Reason("score", f"{score:.1f}")


def changed_numbers(source: str, target: str, lang: str) -> str:
    """The numbers of one side that the other has not, for people; empty if they agree.

    Small numbers in words (one, two, first) come and go in good renderings; they count only where digits are missing.
    """
    ours, theirs = _values(source, "en"), _values(target, lang)
    lost = _missing(ours, theirs)
    made = _missing(theirs, ours)
    parts = []
    if lost:
        parts.append(f"{', '.join(lost)} lost")
    if made:
        parts.append(f"{', '.join(made)} added")
    return "; ".join(parts)


def _values(text: str, lang: str) -> list[tuple[Fraction, str, bool]]:
    return [(f.value, f.span.of(text), f.word) for f in figures(text, lang) if f.kind in _KINDS]


def _missing(here: Sequence[tuple[Fraction, str, bool]], there: Sequence[tuple[Fraction, str, bool]]) -> list[str]:
    left = Counter(value for value, _, _ in there)
    found = []
    for value, text, word in here:
        if left[value]:
            left[value] -= 1
        elif not (word and value <= 12):
            found.append(text)
    return found


def _signs(text: str) -> Iterator[str]:
    """Emoji and other pictures. Degrees, № and ™ lie lower and have renderings in words."""
    return (sign for sign in text if sign > "\u2190" and unicodedata.category(sign) == "So")


def _loop(found: Sequence[Word]) -> str:
    """A run of one to four words that follows itself twice more, or three words met three times; empty if none."""
    folded = [word.folded for word in found]
    for size in range(1, 5):
        run = 0
        for place in range(size, len(folded)):
            run = run + 1 if folded[place] == folded[place - size] else 0
            if run >= 2 * size and any(
                len(word) > 1 and not word.isdigit() for word in folded[place - size + 1 : place + 1]
            ):
                return " ".join(folded[place - size + 1 : place + 1])
    counts = Counter(tuple(folded[n : n + 3]) for n in range(len(folded) - 2))
    return next((" ".join(three) for three, count in counts.items() if count >= 3), "")


def _untranslated(source: Sequence[Word], target: Sequence[Word]) -> list[str]:
    """Latin words of the target that the source has in small letters: names and designations are not meant."""
    plain = {word.folded for word in source if word.text.islower() and len(word.text) >= 3}
    return [word.text for word in target if word.text.isascii() and word.folded in plain]


def _script(found: Sequence[Word], target: str, lang: str) -> str:
    foreign = sorted({letter for letter in target.casefold() if letter in _FOREIGN.get(lang, "")})
    if foreign:
        return " ".join(foreign)
    letters = [letter for letter in target if letter.isalpha()]
    cyrillic = sum("Ѐ" <= letter <= "ӿ" for letter in letters)
    # A short headline may be nothing but names.
    return "not in Cyrillic letters" if len(found) > 3 and cyrillic * 2 < len(letters) else ""
