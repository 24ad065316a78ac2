"""align: two documents in, beads out."""

from __future__ import annotations

from collections.abc import Iterable

from glossary.alignment.beads import Alignment, Bead, Pin
from glossary.alignment.confidence import probabilities
from glossary.alignment.evidence import gather
from glossary.alignment.lexicon import Lexicon
from glossary.alignment.moves import rescued
from glossary.alignment.tokens import types
from glossary.alignment.weights import DEFAULT, Weights
from glossary.alignment.windows import Found, search
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
    found = _ordered(rescued(search(evidence, (0, 0), opposite, weights), evidence, weights))
    sure = probabilities(found, evidence)
    beads = (Bead(bead.source, bead.target, p) for bead, p in zip(found, sure, strict=True))
    return Alignment(source, target, tuple(beads))


def _ordered(found: list[Found]) -> list[Found]:
    """Beads by their first source sentence; what only the target has stands behind what it follows there."""
    by_target: dict[int, int] = {}
    for bead in found:
        for unit in bead.target:
            by_target[unit] = bead.source[0] if bead.source else -1
    place: dict[int, int] = {}
    last = -1
    for unit in sorted(by_target):
        last = by_target[unit] if by_target[unit] >= 0 else last
        place[unit] = last
    return sorted(
        found,
        key=lambda bead: (bead.source[0], -1) if bead.source else (place[bead.target[0]], bead.target[0]),
    )


def _breaks(document: Document) -> list[bool]:
    firsts = {paragraph.first for paragraph in document.paragraphs}
    return [number in firsts for number in range(len(document.sentences))]
