"""Phrases of one language, found in any inflected form: form sets per word position, indexed by the first word.

Every word of every phrase becomes a class of forms; a table maps each form to its classes, so that matching a text
costs one look-up a word and what follows only where a phrase can begin. The table is plain data (`dump`, `restore`),
ready for a cache.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from glossary.text.spans import Span
from glossary.text.words import Word

GAP = re.compile(r"\s{1,3}|[-\u2010\u2011\u2012]|\s?[«»\"“”„‘’']{1,2}\s?|\s?[-\u2013/]\s?", re.VERBOSE)
DOTTED_GAP = re.compile(r"\.?\s{0,3}|[-\u2010\u2011\u2012]")
TIED_GAP = re.compile(r"[-\u2010\u2011\u2012]")
NUMBER_HEAD = re.compile(r"[0-9]+(?=[^\W\d_])")
CASED, DOTTED, UPPER, TIED = 1, 2, 4, 8
STRIDE = 3
LOOKALIKES = str.maketrans("abcehikmoptxy", "авсенікмортху")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase to look for: its words, the class key of each, what it stands for, and how strictly it is matched.

    `labels` are free numbers of the caller. `flags` adds up CASED (capitals must be kept), UPPER (an acronym: all
    capitals, a plural s allowed), DOTTED (an abbreviation: full stops may stand between its words), TIED (a hyphen
    must: A-bomb is not a bomb).
    """

    words: tuple[str, ...]
    keys: tuple[tuple[str, str], ...]
    labels: tuple[int, ...]
    flags: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase met in a text: where (code points; numbers of words, half-open) and the labels of the phrase.

    `lookalike` says that Latin letters had to be read as Cyrillic ones.
    """

    span: Span
    first: int
    last: int
    labels: tuple[int, ...]
    lookalike: bool = False


@dataclass(frozen=True)
class PhraseTable:
    """The phrases of one language, ready to match.

    `forms` maps a folded form to the numbers of its classes; `starts` lists for each class the phrases that begin
    with it, each as the number of the phrase and the classes of its second and later words. Both hold text that is
    taken apart where it is first needed ("7" or "7,12"; "4" or "4,12,9;5"), so that loading costs next to nothing.
    `labels` has STRIDE numbers for each phrase, `flags` and `surfaces` one entry.
    """

    lang: str
    forms: dict[str, Any]
    starts: list[Any]
    labels: list[int]
    flags: list[int]
    surfaces: list[str]

    def classes_of(self, form: str) -> Sequence[int]:
        """The numbers of the classes a folded form belongs to."""
        found = self.forms.get(form)
        if found is None:
            return ()
        if isinstance(found, str):
            found = self.forms[form] = tuple(map(int, found.split(",")))
        return found

    def starting_with(self, number: int) -> Sequence[Sequence[int]]:
        """The phrases that begin with a class."""
        found = self.starts[number]
        if isinstance(found, str):
            found = tuple(tuple(map(int, phrase.split(","))) for phrase in found.split(";")) if found else ()
            self.starts[number] = found
        return found  # type: ignore[no-any-return]

    def labels_of(self, phrase: int) -> tuple[int, ...]:
        """The labels of a phrase."""
        return tuple(self.labels[phrase * STRIDE : (phrase + 1) * STRIDE])

    def dump(self) -> dict[str, Any]:
        """The table as JSON-ready data: long strings, which load faster than many small ones."""
        phrases = (start if isinstance(start, str) else ";".join(map(_joined_numbers, start)) for start in self.starts)
        return {
            "lang": self.lang,
            "forms": " ".join(self.forms),
            "classes": " ".join(map(_joined_numbers, self.forms.values())),
            "starts": " ".join(phrases),
            "labels": self.labels,
            "flags": self.flags,
            "surfaces": self.surfaces,
        }

    @staticmethod
    def restore(content: dict[str, Any]) -> "PhraseTable":
        """The table back from `dump`'s data; KeyError, TypeError, AttributeError or ValueError if it is not."""
        forms = dict(zip(content["forms"].split(" "), content["classes"].split(" "), strict=True))
        labels, flags, surfaces = (list(content[name]) for name in ("labels", "flags", "surfaces"))
        if not len(labels) == STRIDE * len(flags) == STRIDE * len(surfaces):
            raise ValueError("a phrase table of odd sizes")
        return PhraseTable(str(content["lang"]), forms, content["starts"].split(" "), labels, flags, surfaces)


def _joined_numbers(numbers: str | Sequence[int]) -> str:
    return numbers if isinstance(numbers, str) else ",".join(map(str, numbers))


def build(phrases: Iterable[Phrase], lang: str, forms_of: Callable[[str, str], Iterable[str]]) -> PhraseTable:
    """A table of `phrases`; `forms_of(word, mode)` gives the folded forms of a class key."""
    classes: dict[tuple[str, str], int] = {}
    starts: list[list[tuple[int, ...]]] = []
    labels: list[int] = []
    flags: list[int] = []
    surfaces: list[str] = []
    found: dict[str, list[int]] = {}
    for phrase in phrases:
        numbers = []
        for key in phrase.keys:
            if key not in classes:
                classes[key] = len(starts)
                starts.append([])
                for form in sorted(forms_of(*key)):
                    found.setdefault(form, []).append(classes[key])
            numbers.append(classes[key])
        if numbers:
            starts[numbers[0]].append((len(flags), *numbers[1:]))
            labels += (*phrase.labels, 0, 0, 0)[:STRIDE]
            flags.append(phrase.flags)
            surfaces.append(" ".join(phrase.words) if phrase.flags & CASED else "")
    return PhraseTable(
        lang, {form: tuple(n) for form, n in found.items()}, [tuple(p) for p in starts], labels, flags, surfaces
    )


def hits(table: PhraseTable, words: Sequence[Word], text: str) -> list[Hit]:
    """Every phrase of the table in `words`, which are the words of (a part of) `text`, by place; nested ones too."""
    classes = [_classes(table, word.folded) for word in words]
    found: list[Hit] = []
    for place, options in enumerate(classes):
        if options:
            found.extend(_beginning(table, words, text, classes, place, options, False))
        if table.lang != "en" and (cyrillic := _lookalike(table, words, place)):
            found.extend(_beginning(table, words, text, classes, place, cyrillic, True))
        if place + 1 < len(words):
            found.extend(_joined(table, words, place, text))
    return found


def _beginning(
    table: PhraseTable,
    words: Sequence[Word],
    text: str,
    classes: Sequence[Sequence[int]],
    place: int,
    options: Sequence[int],
    lookalike: bool,
) -> Iterable[Hit]:
    """The phrases whose first word is that at `place`, read as one of the classes `options`."""
    for option in options:
        for start in table.starting_with(option):
            last = _follow(start, classes, place)
            if last and _allowed(table, start[0], words, place, last, text):
                span = Span(words[place].span.start, words[last - 1].span.end)
                yield Hit(span, place, last, table.labels_of(start[0]), lookalike)


def _classes(table: PhraseTable, folded: str) -> Sequence[int]:
    found = table.classes_of(folded)
    if found or not folded:
        return found
    if "'" in folded:
        # A possessive (NATO's), or a Slavic ending after an apostrophe (HIMARS'ів).
        return table.classes_of(folded[: folded.rindex("'")])
    if folded[0].isdigit() and (head := NUMBER_HEAD.match(folded)):
        return table.classes_of(head.group())
    return ()


def _lookalike(table: PhraseTable, words: Sequence[Word], place: int) -> Sequence[int]:
    """Classes of a short Latin word before a number, read as Cyrillic: T-72 typed with a Latin T."""
    word = words[place].folded
    if len(word) > 3 or not word.isascii() or not word.isalpha() or place + 1 == len(words):
        return ()
    if not words[place + 1].folded[:1].isdigit():
        return ()
    return table.classes_of(word.translate(LOOKALIKES))


def _follow(start: Sequence[int], classes: Sequence[Sequence[int]], place: int) -> int:
    """Where the phrase ends (one past its last word), 0 if it is not here."""
    at = place + 1
    if at + len(start) - 1 > len(classes):
        return 0
    for wanted in start[1:]:
        if wanted not in classes[at]:
            return 0
        at += 1
    return at


def _allowed(table: PhraseTable, number: int, words: Sequence[Word], first: int, last: int, text: str) -> bool:
    flags = table.flags[number]
    gap = TIED_GAP if flags & TIED else DOTTED_GAP if flags & DOTTED else GAP
    for at in range(first, last - 1):
        if not gap.fullmatch(text, words[at].span.end, words[at + 1].span.start):
            return False
    if table.lang == "en" and not flags & UPPER and last - first == 1 and _abbreviation(words, first):
        return False
    if flags & UPPER:
        return all(_capital(word) for word in words[first:last])
    if flags & CASED:
        wanted = table.surfaces[number].split(" ")
        return all(
            not part[:1].isupper() or word.text[:1].isupper()
            for part, word in zip(wanted, words[first:last], strict=True)
        )
    return True


def _abbreviation(words: Sequence[Word], place: int) -> bool:
    """Whether a short word stands in capitals among words that do not: an acronym, not the common word (ORC, AID)."""
    text = words[place].text
    if not 1 < len(text) < 6 or not text.isupper():
        return False
    beside = (*words[max(0, place - 2) : place], *words[place + 1 : place + 3])
    return any(word.text.islower() for word in beside)


def _capital(word: Word) -> bool:
    """Whether an acronym is written as one: NATO, POWs, MANPADS; of four letters and more also Nato."""
    text = word.text.removesuffix("s")
    return text.isupper() or text[:1].isdigit() or (len(text) > 3 and text[:1].isupper())


def _joined(table: PhraseTable, words: Sequence[Word], place: int, text: str) -> Iterable[Hit]:
    """One-word phrases written in two: cease-fire, cease fire for ceasefire (with a space in English only)."""
    left, right = words[place], words[place + 1]
    gap = text[left.span.end : right.span.start]
    if gap not in ("-", "\u2010", "\u2011") and not (gap == " " and table.lang == "en"):
        return
    if len(left.folded) < 3 or len(right.folded) < 3:
        return
    for option in table.classes_of(left.folded + right.folded):
        for start in table.starting_with(option):
            if len(start) == 1 and not table.flags[start[0]]:
                span = Span(left.span.start, right.span.end)
                yield Hit(span, place, place + 2, table.labels_of(start[0]))
