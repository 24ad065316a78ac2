"""align: two documents in, beads out."""

from __future__ import annotations

from collections.abc import Iterable

from glossary.alignment.beads import Alignment, Bead, Pin
from glossary.alignment.evidence import gather
from glossary.alignment.lexicon import Lexicon
from glossary.alignment.tokens import types
from glossary.alignment.weights import DEFAULT, Weights
from glossary.alignment.windows import search
from glossary.text.spans import Document


def align(
    source: Document,
    target: Document,
    pins: Iterable[Pin] = (),
    *,
    lexicon: Lexicon | None = None,
    weights: Weights = DEFAULT,
) -> Alignment:
    """Find which sentences of `target` render which of `source`."""
    if lexicon is None:
        lexicon = Lexicon.bundled(target.lang)
    evidence = gather(
        types(source, lexicon.phrases), types(target), lexicon, (_breaks(source), _breaks(target)), weights
    )
    opposite = (len(source.sentences), len(target.sentences))
    found = search(evidence, (0, 0), opposite, weights)
    return Alignment(source, target, tuple(Bead(bead.source, bead.target, bead.posterior) for bead in found))


def _breaks(document: Document) -> list[bool]:
    firsts = {paragraph.first for paragraph in document.paragraphs}
    return [number in firsts for number in range(len(document.sentences))]
