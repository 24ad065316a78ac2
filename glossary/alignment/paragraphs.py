"""Paragraphs as evidence, trusted as far as they have been seen to agree."""

from __future__ import annotations

from dataclasses import replace

from glossary.alignment.evidence import Evidence, Scores
from glossary.alignment.search import Path, Step, best_paths
from glossary.alignment.weights import Weights

LINES = 0.7  # the share of paragraphs of one sentence from which on a line is taken for a sentence


def with_paragraphs(
    scores: Scores,
    steps: tuple[Step, ...],
    evidence: Evidence,
    rows: tuple[int, int],
    columns: tuple[int, int],
    weights: Weights,
) -> Scores | None:
    """The scores with what breaks say, learned on a first path; None if there are no breaks to learn from.

    Counts how often a bead begins at a break on both sides, on one, on none; each cell's log ratio against chance is
    added where a bead begins. A break inside a bead counts against it as often as breaks begin beads.
    """
    import numpy as np

    source = evidence.source_break[rows[0] : rows[1]]
    target = evidence.target_break[columns[0] : columns[1]]
    if source[1:].sum() == 0 or target[1:].sum() == 0:
        return None
    table = np.full((2, 2), 0.5)
    for step in steps:
        if step.shape >= 0 and step.source and step.target:
            table[int(source[step.source]), int(target[step.target])] += 1
    total = table.sum()
    chance = table.sum(axis=1, keepdims=True) * table.sum(axis=0, keepdims=True) / total
    ratio = weights.paragraph * np.log(table / chance)
    n, m = len(source), len(target)
    begins = np.zeros((n + 1, m + 1))
    begins[:n, :m] = ratio[source.astype(int)[:, None], target.astype(int)[None, :]]
    begins[0, :] = begins[:, 0] = 0.0
    agree = float(ratio[1, 1] + ratio[0, 0]) / 2
    beads = scores.beads + begins
    inner_source = np.concatenate((source.astype(float), [0.0]))
    inner_target = np.concatenate((target.astype(float), [0.0]))
    for k, (a, b) in enumerate(scores.shapes[:-1]):
        for offset in range(1, a):
            beads[k, : n + 1 - offset, :] -= weights.inside * max(agree, 0.0) * inner_source[offset:, None]
        for offset in range(1, b):
            beads[k, :, : m + 1 - offset] -= weights.inside * max(agree, 0.0) * inner_target[None, offset:]
    return replace(scores, beads=beads)


def inside_paragraphs(
    scores: Scores,
    path: Path,
    evidence: Evidence,
    rows: tuple[int, int],
    columns: tuple[int, int],
    weights: Weights,
) -> Path:
    """The best path that keeps to paragraphs one by one if both sides have as many and it costs little."""
    import numpy as np

    source = [*np.flatnonzero(evidence.source_break[rows[0] : rows[1]]).tolist(), rows[1] - rows[0]]
    target = [*np.flatnonzero(evidence.target_break[columns[0] : columns[1]]).tolist(), columns[1] - columns[0]]
    if len(source) != len(target) or len(source) < 3 or source[0] or target[0]:
        return path
    parts = [
        (i, j, _part(scores, (i, i2), (j, j2)))
        for i, i2, j, j2 in zip(source, source[1:], target, target[1:], strict=False)
    ]
    paths = best_paths([part for _, _, part in parts], weights)
    total = sum(found.score for found in paths)
    loss = weights.paragraph_loss + weights.paragraph_loss_each * len(parts)
    if total <= path.score - loss:
        return path
    single = sum(part.beads.shape[1:] == (2, 2) for _, _, part in parts) / len(parts)
    cost = max(weights.null_inside, weights.null_inside_each * len(parts)) if single > LINES else 0.0
    if cost:
        strict = replace(weights, null_open=weights.null_open + cost)
        paths = best_paths([part for _, _, part in parts], strict)
    steps = [
        Step(step.shape, step.source + i, step.target + j)
        for (i, j, _), found in zip(parts, paths, strict=True)
        for step in found.steps
    ]
    return Path(tuple(steps), total)


def _part(scores: Scores, rows: tuple[int, int], columns: tuple[int, int]) -> Scores:
    """The scores of the beads that lie inside a part of the rectangle."""
    import numpy as np

    n, m = rows[1] - rows[0], columns[1] - columns[0]
    window = (slice(None), slice(rows[0], rows[1] + 1), slice(columns[0], columns[1] + 1))
    beads = scores.beads[window].copy()
    for k, (a, b) in enumerate(scores.shapes):
        beads[k, max(n - a + 1, 0) :] = -np.inf
        beads[k, :, max(m - b + 1, 0) :] = -np.inf
    return Scores(scores.shapes, beads, scores.words[window], scores.length[window])
