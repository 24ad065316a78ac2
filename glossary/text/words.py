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
    """A word: where it begins, as written, and folded (normalised, case dropped, look-alikes repaired)."""

    start: int
    text: str
    folded: str

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)

    @property
    def span(self) -> Span:
        """Where it is."""
        return Span(self.start, self.end)


def words(text: str, lang: str | None = None, offset: int = 0) -> tuple[Word, ...]:
    """The words of `text` in order; `offset` is added to their spans. Kept for sentences that several rooms read, by
    the text alone, so that an edit before it changes nothing.

    >>> [word.folded for word in words("Дрон-камікадзе з’явився", "uk")]
    ['дрон', 'камікадзе', "з'явився"]
    """
    found = _words(text, lang)
    return tuple([Word(word.start + offset, word.text, word.folded) for word in found]) if offset else found


@recent(1024)
def _words(text: str, lang: str | None) -> tuple[Word, ...]:
    found = []
    for match in _WORD.finditer(text):
        word = sys.intern(match.group())  # a text says most of its words more than once
        found.append(Word(match.start(), word, fold_word(word, lang)))
    return tuple(found)
