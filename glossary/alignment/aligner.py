"""align: two documents in, beads out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from glossary.alignment.beads import Alignment, Bead
from glossary.alignment.evidence import Evidence, Scores, gather, rectangle
from glossary.alignment.lexicon import Lexicon
from glossary.alignment.paragraphs import with_paragraphs
from glossary.alignment.search import Step, best_path
from glossary.alignment.tokens import types
from glossary.alignment.weights import DEFAULT, Weights
from glossary.text.spans import Document

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Raw:
    """A bead before calibration."""

    source: tuple[int, ...]
    target: tuple[int, ...]


def align(
    source: Document,
    target: Document,
    pins: Iterable[object] = (),
    *,
    lexicon: Lexicon | None = None,
    weights: Weights = DEFAULT,
) -> Alignment:
    """Find which sentences of `target` render which of `source`."""
    if lexicon is None:
        lexicon = Lexicon.bundled(target.lang)
    evidence = gather(types(source), types(target), lexicon, (_breaks(source), _breaks(target)), weights)
    n, m = len(source.sentences), len(target.sentences)
    scores, steps = solve(evidence, (0, n), (0, m), weights)
    beads = []
    for raw in _raw(scores, steps):
        beads.append(Bead(raw.source, raw.target, 0.9))
    return Alignment(source, target, tuple(beads))


def solve(
    evidence: Evidence, rows: tuple[int, int], columns: tuple[int, int], weights: Weights
) -> tuple[Scores, list[Step]]:
    """Scores and best path of a rectangle, paragraphs learned on the first path."""
    import numpy as np

    scores = rectangle(evidence, rows, columns, weights)
    nulls = (np.zeros(rows[1] - rows[0] + 1), np.zeros(columns[1] - columns[0] + 1))
    steps, _ = best_path(scores, nulls, weights)
    improved = with_paragraphs(scores, steps, evidence, rows, columns, weights)
    if improved is not None:
        scores = improved
        steps, _ = best_path(scores, nulls, weights)
    return scores, steps


def _breaks(document: Document) -> list[bool]:
    firsts = {paragraph.first for paragraph in document.paragraphs}
    return [number in firsts for number in range(len(document.sentences))]


def _raw(scores: Scores, steps: list[Step]) -> list[Raw]:
    found = []
    for step in steps:
        i, j = step.source, step.target
        if step.shape == -1:
            found.append(Raw((i,), ()))
        elif step.shape == -2:
            found.append(Raw((), (j,)))
        elif step.shape == len(scores.shapes) - 1:
            found += [Raw((i,), (j + 1,)), Raw((i + 1,), (j,))]
        else:
            a, b = scores.shapes[step.shape]
            found.append(Raw(tuple(range(i, i + a)), tuple(range(j, j + b))))
    return found
