"""The short word before a replacement in the form that its first sounds ask for: о дружественном → об огне.

The rules are data (glossary/data/preposition_forms.csv), and only what is firm is in them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from glossary import data
from glossary.findings import Finding, replaceable
from glossary.text.spans import Document, Span

_BEFORE = re.compile(r"(?:^|(?<=[^\w'’ʼ-]))(\w{1,3})[ \u00a0]+$")
_FIRST = re.compile(r"[«„“\"(]*([^\W\d_]+)")
_VOWELS = frozenset("аоуеиіыэёюяєї")
_REACH = 12  # characters before the span that can hold a short word and the end of the word before it


@dataclass(frozen=True, slots=True)
class _Form:
    form: str
    after: tuple[str, ...]
    before: re.Pattern[str]


@cache
def _forms(lang: str) -> dict[str, Sequence[_Form]]:
    """The rows for every word that has forms, in their order."""
    found: dict[str, list[_Form]] = {}
    for row in data.rows("preposition_forms.csv"):
        if row["lang"] == lang:
            one = _Form(row["form"], tuple(row["after"].split()), re.compile(row["before"]))
            for form in row["forms"].split():
                found.setdefault(form, []).append(one)
    return dict(found)


def fitted(text: str, span: Span, new: str, lang: str) -> tuple[Span, str]:
    """Where `new` goes instead of what stands at `span`, and with what before it.

    The span begins earlier when the preposition or conjunction before it has another form before `new`. Abbreviations,
    numbers and words in Latin letters leave it alone: how they are read aloud is not known.

    >>> text = "Речь идёт о дружественном огне."
    >>> span, new = fitted(text, Span(12, 30), "огне по своим", "ru")
    >>> text[:span.start] + new + text[span.end:]
    'Речь идёт об огне по своим.'
    """
    start = max(0, span.start - _REACH)
    short, first = _BEFORE.search(text[start : span.start]), _FIRST.match(new)
    if short is None or first is None or (len(first[1]) > 1 and first[1].isupper()) or first[1].isascii():
        return span, new
    word = short[1]
    sound = _sound(text[: start + short.start(1)][-3:])
    for one in _forms(lang).get(word.lower(), ()):
        if (not one.after or sound in one.after) and one.before.match(first[1].lower()):
            if one.form in ("=", word.lower()):
                break
            form = one.form.capitalize() if word[0].isupper() else one.form
            at = start + short.start(1)
            return Span(at, span.end), form + text[at + len(word) : span.start] + new
    return span, new


def replacements(finding: Finding, target: Document) -> tuple[tuple[Span, str], ...]:
    """What each suggestion of a finding puts where, as it will stand in the text: the short word before it and its
    first letter fit. None if the suggestions are nothing to put in.
    """
    place = finding.target
    if place is None or not replaceable(finding):
        return ()
    opens = place.of(target.text)[:1].isupper()
    texts = (text[:1].upper() + text[1:] if opens and text[:1].islower() else text for text in finding.suggestions)
    return tuple(fitted(target.text, place, text, target.lang) for text in texts)


def _sound(before: str) -> str:
    """What the text before a word ends in, for the ear: vowel, consonant or pause."""
    last = before.rstrip(" \u00a0")[-1:].lower()
    if not last.isalpha():
        return "pause"
    return "vowel" if last in _VOWELS else "consonant"
