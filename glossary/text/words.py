"""Words: letters and digits with apostrophes inside, split at hyphens, folded."""

import re
import sys
from dataclasses import dataclass

from glossary.text.normalise import APOSTROPHES, INVISIBLE, MARKS, fold_word
from glossary.text.recent import recent
from glossary.text.spans import Span

_WORD = re.compile(f"[^\\W_]+(?:[{APOSTROPHES}{MARKS}{INVISIBLE}]{{1,4}}[^\\W_]+)*[{MARKS}]*")


@dataclass(frozen=True, slots=True)
class Word:
    """A word: where it is, as written, and folded (normalised, case dropped, look-alikes repaired)."""

    span: Span
    text: str
    folded: str


def words(text: str, lang: str | None = None, offset: int = 0) -> tuple[Word, ...]:
    """The words of `text` in order; `offset` is added to their spans. Kept for sentences that several rooms read, by
    the text alone, so that an edit before it changes nothing.

    >>> [word.folded for word in words("Дрон-камікадзе з’явився", "uk")]
    ['дрон', 'камікадзе', "з'явився"]
    """
    found = _words(text, lang)
    return tuple(Word(word.span.shifted(offset), word.text, word.folded) for word in found) if offset else found


@recent(4096)
def _words(text: str, lang: str | None) -> tuple[Word, ...]:
    found = []
    for match in _WORD.finditer(text):
        word = sys.intern(match.group())  # a text says most of its words more than once
        found.append(Word(Span(*match.span()), word, fold_word(word, lang)))
    return tuple(found)
