"""Phrases of one language, found in any inflected form: form sets per word position, indexed by the first word.

Every word of every phrase becomes a class of forms; a table maps each form to its classes, so that matching a text
costs one look-up a word and what follows only where a phrase can begin. The table is plain data (`dump`, `restore`),
ready for a cache.
"""

import re
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, overload

from glossary.text.spans import Span
from glossary.text.words import Word

GAP = re.compile(r"\s{1,3}|[-\u2010\u2011\u2012]|\s?[«»\"“”„‘’']{1,2}\s?|\s?[-\u2013/]\s?", re.VERBOSE)
DOTTED_GAP = re.compile(r"\.?\s{0,3}|[-\u2010\u2011\u2012]")
TIED_GAP = re.compile(r"[-\u2010\u2011\u2012]")
NUMBER_HEAD = re.compile(r"[0-9]+(?=[^\W\d_])")
CASED, DOTTED, UPPER, TIED = 1, 2, 4, 8
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


class _Pieces(Sequence[str]):
    """What stands between the spaces of a text: tens of thousands of short strings without the strings."""

    def __init__(self, text: bytes) -> None:
        self._text = text
        self._ends = array("I", accumulate((len(part) + 1 for part in text.split(b" ")), initial=0))

    def __len__(self) -> int:
        return len(self._ends) - 1

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> list[str]: ...

    def __getitem__(self, place: int | slice) -> str | list[str]:
        found = range(len(self))[place]
        if isinstance(found, range):
            return [self[at] for at in found]
        return self._text[self._ends[found] : self._ends[found + 1] - 1].decode("ascii")


@dataclass(frozen=True)
class PhraseTable:
    """The phrases of one language, ready to match.

    `forms` maps a folded form to the numbers of its classes; `starts` lists for each class the phrases that begin
    with it, each as the number of the phrase and the classes of its second and later words; `labels` has the labels
    of each phrase. The values of all three may be text that is taken apart where it is first needed ("7,12";
    "4,12,9;5") and kept in `apart`, and the forms that begin with the same letters one piece of UTF-8 in `packed`, by
    these letters, that goes over into `forms` then: loading costs next to nothing. `flags` has a hexadecimal digit for
    each phrase, `surfaces` the spelling of those with the flag CASED.
    """

    lang: str
    forms: dict[str, Any]
    starts: Sequence[Any]
    labels: Sequence[Any]
    flags: str
    surfaces: dict[int, str]
    packed: dict[bytes, bytes] = field(default_factory=dict, compare=False, repr=False)
    apart: tuple[dict[int, Any], dict[int, Any]] = field(default_factory=lambda: ({}, {}), compare=False, repr=False)

    def classes_of(self, form: str) -> Sequence[int]:
        """The numbers of the classes a folded form belongs to."""
        found = self.forms.get(form)
        if found is None and self.packed:
            self._unpack(_group(form))
            found = self.forms.get(form)
        if found is None:
            return ()
        if isinstance(found, str):
            found = self.forms[form] = _numbers(found)
        return found

    def _unpack(self, group: bytes) -> None:
        """Move the forms of a group from `packed` to `forms`, if they are still there."""
        if packed := self.packed.get(group):
            parts = packed.decode("utf-8", "surrogatepass").split(" ")
            self.forms.update(zip(parts[::2], parts[1::2], strict=True))
            self.packed[group] = b""

    def starting_with(self, number: int) -> Sequence[Sequence[int]]:
        """The phrases that begin with a class."""
        found = self.apart[0].get(number)
        if found is None:
            start = self.starts[number]
            found = tuple(map(_numbers, start.split(";") if start else ())) if isinstance(start, str) else start
            self.apart[0][number] = found
        return found

    def labels_of(self, phrase: int) -> tuple[int, ...]:
        """The labels of a phrase."""
        found = self.apart[1].get(phrase)
        if found is None:
            labels = self.labels[phrase]
            found = self.apart[1][phrase] = _numbers(labels) if isinstance(labels, str) else labels
        return found

    def flags_of(self, phrase: int) -> int:
        """The flags of a phrase, added up."""
        return int(self.flags[phrase], 16)

    def dump(self) -> bytes:
        """The table as LINES lines of UTF-8: the quickest thing to load that holds nothing but text."""
        for group in self.packed:
            self._unpack(group)
        groups: dict[bytes, list[str]] = {}
        for form, classes in sorted(self.forms.items()):
            groups.setdefault(_group(form), []).append(f"{form} {_text(classes)}")
        starts = (start if isinstance(start, str) else ";".join(map(_text, start)) for start in self.starts)
        surfaces = (f"{number} {surface}" for number, surface in self.surfaces.items())
        lines = (
            self.lang.encode("utf-8"),
            b" ".join(groups),
            "\t".join(" ".join(group) for group in groups.values()).encode("utf-8", "surrogatepass"),
            " ".join(starts).encode("ascii"),
            " ".join(map(_text, self.labels)).encode("ascii"),
            self.flags.encode("ascii"),
            "\t".join(surfaces).encode("utf-8", "surrogatepass"),
        )
        return b"\n".join(lines)

    @staticmethod
    def restore(lines: Sequence[bytes]) -> "PhraseTable":
        """The table back from the lines of `dump`; ValueError if they are something else."""
        lang, groups, forms, starts, labels, flags, surfaces = lines
        packed = dict(zip(groups.split(b" "), forms.split(b"\t"), strict=True))
        numbered = (part.partition(" ") for part in surfaces.decode("utf-8", "surrogatepass").split("\t") if part)
        found = PhraseTable(
            lang.decode("utf-8"),
            {},
            _Pieces(starts),
            _Pieces(labels),
            flags.decode("ascii"),
            {int(n): text for n, _, text in numbered},
            packed,
        )
        if len(found.labels) != len(flags):
            raise ValueError("a phrase table of odd sizes")
        return found


LINES = 7


def _group(form: str) -> bytes:
    """The letters by which a form is filed: few enough to load, enough to leave a few dozen forms together."""
    return form[:4].encode("utf-8", "surrogatepass")


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split(",")))


def _text(numbers: str | Sequence[int]) -> str:
    return numbers if isinstance(numbers, str) else ",".join(map(str, numbers))


def build(phrases: Iterable[Phrase], lang: str, forms_of: Callable[[str, str], Iterable[str]]) -> PhraseTable:
    """A table of `phrases`; `forms_of(word, mode)` gives the folded forms of a class key."""
    classes: dict[tuple[str, str], int] = {}
    starts: list[list[tuple[int, ...]]] = []
    labels: list[tuple[int, ...]] = []
    flags: list[int] = []
    surfaces: dict[int, str] = {}
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
            if phrase.flags & CASED:
                surfaces[len(flags)] = " ".join(phrase.words)
            labels.append(phrase.labels)
            flags.append(phrase.flags)
    digits = "".join(f"{flag:x}" for flag in flags)
    classes_of = {form: tuple(classes_here) for form, classes_here in found.items()}
    return PhraseTable(lang, classes_of, [tuple(p) for p in starts], list(labels), digits, surfaces)


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
                span = Span(words[place].start, words[last - 1].end)
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
    flags = table.flags_of(number)
    gap = TIED_GAP if flags & TIED else DOTTED_GAP if flags & DOTTED else GAP
    for at in range(first, last - 1):
        if not gap.fullmatch(text, words[at].end, words[at + 1].start):
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
    gap = text[left.end : right.start]
    if gap not in ("-", "\u2010", "\u2011") and not (gap == " " and table.lang == "en"):
        return
    if len(left.folded) < 3 or len(right.folded) < 3:
        return
    for option in table.classes_of(left.folded + right.folded):
        for start in table.starting_with(option):
            if len(start) == 1 and not table.flags_of(start[0]):
                span = Span(left.start, right.end)
                yield Hit(span, place, place + 2, table.labels_of(start[0]))
