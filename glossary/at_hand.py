"""A translation of the source that is at hand, from a file or from an installed model: evidence for its alignment."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from glossary.files.documents import read_text
from glossary.project import Pair
from glossary.text.segment import document
from glossary.text.spans import Document

if TYPE_CHECKING:
    from glossary.drafting.engine import Engine

MACHINE = "argos"
MOST_SAID = 1 << 16
_said: dict[tuple[str, str], str | None] = {}


def at_hand(pair: Pair, named: str) -> Sequence[str | None] | None:
    """For each source sentence its translation in the file `named`, or by the model of the pair if that is MACHINE.

    None for a pair without a target. Raises InputError if the file cannot be read, CapabilityError without a model.
    """
    if pair.target is None:
        return None
    if named == MACHINE:
        return _by_machine(pair.source, pair.target.lang)
    return by_sentence(read_text(named).text, pair.source, pair.target.lang)


def by_sentence(text: str, source: Document, lang: str) -> list[str | None]:
    """A translation cut up by source sentence: line by line if it has as many lines, else as it aligns.

    >>> source = document("Two drones hit Kharkiv. Nobody was hurt.", "en")
    >>> by_sentence("Два дрони влучили в Харків. Ніхто не постраждав.", source, "uk")
    ['Два дрони влучили в Харків.', 'Ніхто не постраждав.']
    """
    from glossary.alignment import align

    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) == len(source.sentences):
        return list(lines)
    aligned = align(source, document(text, lang))
    found: list[str | None] = [None] * len(source.sentences)
    for bead in aligned.beads:
        said = " ".join(aligned.target.sentence(number) for number in bead.target)
        for number in {source.sentence_at(aligned.source.sentences[sentence].span.start) for sentence in bead.source}:
            if said and number is not None:
                found[number] = f"{found[number]} {said}" if found[number] else said
    return found


def _by_machine(source: Document, lang: str) -> list[str | None]:
    """What the model makes of each sentence; a sentence is translated once in a process."""
    sentences = [source.sentence(number) for number in range(len(source.sentences))]
    new = [sentence for sentence in dict.fromkeys(sentences) if (lang, sentence) not in _said]
    if len(_said) + len(new) > MOST_SAID:
        _said.clear()
        new = list(dict.fromkeys(sentences))
    if new:
        for sentence, found in zip(new, _engine(lang).translate(new), strict=True):
            _said[lang, sentence] = found[0].text if found else None
    return [_said[lang, sentence] for sentence in sentences]


@cache
def _engine(lang: str) -> "Engine":
    from glossary.drafting.engine import Engine
    from glossary.drafting.packages import required

    return Engine(required("en", lang))
