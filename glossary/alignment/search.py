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

SOURCE_ALONE, TARGET_ALONE = -1, -2
_PAD = 5
_NEVER = -1e9


@dataclass(frozen=True, slots=True)
class Step:
    """A bead on a path: shape number (SOURCE_ALONE, TARGET_ALONE below zero) and where it begins."""

    shape: int
    source: int
    target: int


@dataclass(frozen=True, slots=True)
class Path:
    """A way through a rectangle from corner to corner, and its score."""

    steps: tuple[Step, ...]
    score: float


def best_path(scores: Scores, weights: Weights) -> Path:
    """The best path through a rectangle (Viterbi)."""
    import numpy as np

    n, m = scores.beads.shape[1] - 1, scores.beads.shape[2] - 1
    if not n or not m:
        steps = [Step(SOURCE_ALONE, i, 0) for i in range(n)] + [Step(TARGET_ALONE, n, j) for j in range(m)]
        return Path(tuple(steps), weights.null_open + weights.null_next * (n + m - 1) if steps else 0.0)
    sheared, offsets, width = _sheared(scores)
    paired = np.full((n + m + 1 + _PAD, width), -np.inf)
    alone, best = paired.copy(), paired.copy()
    paired[_PAD, _PAD] = best[_PAD, _PAD] = 0.0
    came = np.full((n + m + 1, n + 1), -1, dtype=np.int8)
    came_alone = came.copy()
    flat = best.reshape(-1)
    options = np.empty((4, n + 1))
    every = np.arange(n + 1)
    for e in range(1, n + m + 1):
        low, high = max(0, e - m), min(n, e)
        size = high - low + 1
        cells, left = slice(low + _PAD, high + 1 + _PAD), slice(low - 1 + _PAD, high + _PAD)
        candidates = flat[every[:size] + ((e + _PAD) * width + low + _PAD) - offsets]
        candidates += sheared[:, e, low : high + 1]
        chosen = candidates.argmax(axis=0)
        paired[e + _PAD, cells] = candidates[chosen, every[:size]]
        came[e, low : high + 1] = chosen
        before = options[:, :size]
        before[0] = paired[e - 1 + _PAD, left] + weights.null_open
        before[1] = alone[e - 1 + _PAD, left] + weights.null_next
        before[2] = paired[e - 1 + _PAD, cells] + weights.null_open
        before[3] = alone[e - 1 + _PAD, cells] + weights.null_next
        chosen = before.argmax(axis=0)
        alone[e + _PAD, cells] = before[chosen, every[:size]]
        came_alone[e, low : high + 1] = chosen
        best[e + _PAD, cells] = np.maximum(paired[e + _PAD, cells], alone[e + _PAD, cells])
    steps = _traced(scores.shapes, came, came_alone, alone > paired)
    return Path(tuple(steps), float(best[n + m + _PAD, n + _PAD]))


def posteriors(scores: Scores, path: Path, weights: Weights) -> list[float]:
    """How probable each bead of the path is among all paths (forward-backward), at `weights.temperature`."""
    import numpy as np

    n, m = scores.beads.shape[1] - 1, scores.beads.shape[2] - 1
    if not n or not m:
        return [1.0] * len(path.steps)
    cooled = np.nan_to_num(scores.beads / weights.temperature, neginf=-np.inf)
    turned = np.full_like(cooled, -np.inf)
    for k, (a, b) in enumerate(scores.shapes):
        if a <= n and b <= m:
            turned[k, : n - a + 1, : m - b + 1] = cooled[k, : n - a + 1, : m - b + 1][::-1, ::-1]
    opened, onward = weights.null_open / weights.temperature, weights.null_next / weights.temperature
    paired, alone = _sums(scores.shapes, cooled, opened, onward)
    paired_after, alone_after = _sums(scores.shapes, turned, opened, onward)
    total = np.logaddexp(paired[n + m, n], alone[n + m, n])
    joined = onward - opened
    found = []
    for step in path.steps:
        i, j = step.source, step.target
        if step.shape >= 0:
            a, b = scores.shapes[step.shape]
            before = np.logaddexp(paired[i + j, i], alone[i + j, i])
            here = cooled[step.shape, i, j]
        else:
            a, b = (1, 0) if step.shape == SOURCE_ALONE else (0, 1)
            before = np.logaddexp(paired[i + j, i], alone[i + j, i] + joined)
            here = opened
        e, x = n + m - i - j - a - b, n - i - a
        gain = joined if step.shape < 0 else 0.0
        after = np.logaddexp(paired_after[e, x], alone_after[e, x] + gain)
        found.append(float(np.exp(min(0.0, before + here + after - total))))
    return found


def _sums(shapes: tuple[tuple[int, int], ...], beads: Floats, opened: float, onward: float) -> tuple[Floats, Floats]:
    """Log sums over all paths to each cell, by sentences consumed and source end: last bead paired, last bead alone."""
    import numpy as np

    n, m = beads.shape[1] - 1, beads.shape[2] - 1
    sheared, offsets, width = _sheared_beads(shapes, beads)
    paired = np.full((n + m + 1 + _PAD, width), _NEVER)
    alone, either = paired.copy(), paired.copy()
    paired[_PAD, _PAD] = either[_PAD, _PAD] = 0.0
    flat = either.reshape(-1)
    every = np.arange(n + 1)
    for e in range(1, n + m + 1):
        low, high = max(0, e - m), min(n, e)
        cells, left = slice(low + _PAD, high + 1 + _PAD), slice(low - 1 + _PAD, high + _PAD)
        candidates = flat[every[: high - low + 1] + ((e + _PAD) * width + low + _PAD) - offsets]
        candidates += sheared[:, e, low : high + 1]
        top = np.maximum(candidates.max(axis=0), _NEVER)
        candidates -= top
        paired[e + _PAD, cells] = top + np.log(np.exp(candidates).sum(axis=0) + 1e-300)
        fresh = np.logaddexp(paired[e - 1 + _PAD, left], paired[e - 1 + _PAD, cells]) + opened
        further = np.logaddexp(alone[e - 1 + _PAD, left], alone[e - 1 + _PAD, cells]) + onward
        alone[e + _PAD, cells] = np.logaddexp(fresh, further)
        either[e + _PAD, cells] = np.logaddexp(paired[e + _PAD, cells], alone[e + _PAD, cells])
    return paired[_PAD:, _PAD:], alone[_PAD:, _PAD:]


def _sheared(scores: Scores) -> tuple[Floats, NDArray[np.int64], int]:
    return _sheared_beads(scores.shapes, scores.beads)


def _sheared_beads(shapes: tuple[tuple[int, int], ...], beads: Floats) -> tuple[Floats, NDArray[np.int64], int]:
    """Scores by shape, sentences consumed at the end of the bead, and source end; offsets back to its beginning."""
    import numpy as np

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
    ends_alone: NDArray[np.bool_],
) -> list[Step]:
    n = came.shape[1] - 1
    i, j = n, came.shape[0] - 1 - n
    is_alone = bool(ends_alone[i + j + _PAD, i + _PAD])
    steps = []
    while i or j:
        if is_alone:
            way = int(came_alone[i + j, i])
            i, j = (i - 1, j) if way < 2 else (i, j - 1)
            is_alone = way % 2 == 1
            steps.append(Step(SOURCE_ALONE if way < 2 else TARGET_ALONE, i, j))
        else:
            k = int(came[i + j, i])
            i, j = i - shapes[k][0], j - shapes[k][1]
            steps.append(Step(k, i, j))
            is_alone = bool(ends_alone[i + j + _PAD, i + _PAD])
    return steps[::-1]
