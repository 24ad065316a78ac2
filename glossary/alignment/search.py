"""The dynamic programme: the best way to cover a rectangle of sentences with beads, and how sure each bead is.

Beads are paired shapes, a crossing pair of neighbours, and sentences without counterpart, whose runs cost more to open
than to go on. All cells with the same number of sentences consumed are computed together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from glossary.alignment.evidence import Scores
from glossary.alignment.weights import Weights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_PAD = 5


@dataclass(frozen=True, slots=True)
class Step:
    """A bead on the path: shape number (-1 source alone, -2 target alone), where it begins, its posterior."""

    shape: int
    source: int
    target: int
    posterior: float = 1.0


def best_path(scores: Scores, nulls: tuple[Floats, Floats], weights: Weights) -> tuple[list[Step], float]:
    """The best path through a rectangle and its score; `nulls` adds to the cost of leaving a sentence alone."""
    import numpy as np

    n, m = scores.beads.shape[1] - 1, scores.beads.shape[2] - 1
    sheared, offsets, width = _sheared(scores)
    paired = np.full((n + m + 1 + _PAD, width), -np.inf)
    alone = paired.copy()
    best = paired.copy()
    paired[_PAD, _PAD] = best[_PAD, _PAD] = 0.0
    came = np.full((n + m + 1, n + 1), -1, dtype=np.int8)
    came_alone = np.full((n + m + 1, n + 1), -1, dtype=np.int8)
    flat = best.reshape(-1)
    for e in range(1, n + m + 1):
        low, high = max(0, e - m), min(n, e)
        cells = slice(low + _PAD, high + 1 + _PAD)
        places = np.arange((e + _PAD) * width + low + _PAD, (e + _PAD) * width + high + 1 + _PAD)
        candidates = flat[places - offsets] + sheared[:, e, low : high + 1]
        chosen = candidates.argmax(axis=0)
        paired[e + _PAD, cells] = candidates[chosen, np.arange(high - low + 1)]
        came[e, low : high + 1] = chosen
        left = slice(low - 1 + _PAD, high + _PAD)
        down, across = nulls[0][low : high + 1], nulls[1][e - high : e - low + 1][::-1]
        options = np.stack(
            (
                paired[e - 1 + _PAD, left] + weights.null_open + down,
                alone[e - 1 + _PAD, left] + weights.null_next + down,
                paired[e - 1 + _PAD, cells] + weights.null_open + across,
                alone[e - 1 + _PAD, cells] + weights.null_next + across,
            )
        )
        chosen = options.argmax(axis=0)
        alone[e + _PAD, cells] = options[chosen, np.arange(high - low + 1)]
        came_alone[e, low : high + 1] = chosen
        best[e + _PAD, cells] = np.maximum(paired[e + _PAD, cells], alone[e + _PAD, cells])
    return _traced(scores.shapes, came, came_alone, paired, alone), float(best[n + m + _PAD, n + _PAD])


def _sheared(scores: Scores) -> tuple[Floats, NDArray[np.int64], int]:
    """Scores by shape, sentences consumed at the end of the bead, and source end; offsets back to its beginning."""
    import numpy as np

    shapes, beads = scores.shapes, scores.beads
    n, m = beads.shape[1] - 1, beads.shape[2] - 1
    width = n + 1 + 2 * _PAD
    sheared = np.full((len(shapes), n + m + 1, n + 1), -np.inf)
    i, j = np.arange(n + 1)[:, None], np.arange(m + 1)[None, :]
    for k, (a, b) in enumerate(shapes):
        if a <= n and b <= m:
            sheared[k, (i + j)[a:, b:], np.broadcast_to(i, (n + 1, m + 1))[a:, b:]] = beads[k, : n - a + 1, : m - b + 1]
    offsets = np.array([(a + b) * width + a for a, b in shapes])[:, None]
    return sheared, offsets, width


def _traced(
    shapes: tuple[tuple[int, int], ...],
    came: NDArray[np.int8],
    came_alone: NDArray[np.int8],
    paired: Floats,
    alone: Floats,
) -> list[Step]:
    n = came.shape[1] - 1
    m = came.shape[0] - 1 - n
    i, j = n, m
    is_alone = bool(alone[n + m + _PAD, n + _PAD] > paired[n + m + _PAD, n + _PAD])
    steps = []
    while i or j:
        e = i + j
        if is_alone:
            way = int(came_alone[e, i])
            i, j = (i - 1, j) if way < 2 else (i, j - 1)
            is_alone = way % 2 == 1
            steps.append(Step(-1 if way < 2 else -2, i, j))
        else:
            k = int(came[e, i])
            i, j = i - shapes[k][0], j - shapes[k][1]
            steps.append(Step(k, i, j))
            if i or j:
                is_alone = bool(alone[i + j + _PAD, i + _PAD] > paired[i + j + _PAD, i + _PAD])
    return steps[::-1]
