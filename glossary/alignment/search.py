"""The dynamic programme: the best way to cover a rectangle of sentences with beads, and how sure each bead is.

Beads are paired shapes, a crossing pair of neighbours, and sentences without counterpart, whose runs cost more to open
than to go on. Every paired bead takes at least one source sentence, so a whole row of target positions is computed at
once; only runs of lone target sentences go along the row, and those are a running maximum.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from glossary.alignment.evidence import WIDEST, Scores
from glossary.alignment.weights import Weights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Shapes = tuple[tuple[int, int], ...]

SOURCE_ALONE, TARGET_ALONE = -1, -2
NEVER = -1e9
SMALL = 9  # rows or columns of rectangles that are searched together: paragraphs


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


@dataclass(frozen=True, slots=True)
class Layers:
    """For each cell (source, target sentences consumed) the best score, or log sum, of all ways there.

    `paired`: the last bead is paired (or there is none yet); `alone`: the last sentence is alone.
    """

    paired: Floats
    alone: Floats


def best_path(scores: Scores, weights: Weights) -> Path:
    """The best path through a rectangle (Viterbi)."""
    if scores.beads.shape[1:] == (2, 2):
        return _one_each(scores, weights)
    return _best_of([scores], weights)[0]


def best_paths(parts: Sequence[Scores], weights: Weights) -> list[Path]:
    """The best path through each of some rectangles of the same shapes of beads; small ones are searched together."""
    sizes = [part.beads.shape[1:] for part in parts]
    small = [number for number, size in enumerate(sizes) if size != (2, 2) and max(size) <= SMALL]
    together = dict(zip(small, _best_of([parts[n] for n in small], weights), strict=True)) if small else {}
    return [together.get(number) or best_path(part, weights) for number, part in enumerate(parts)]


def _best_of(parts: Sequence[Scores], weights: Weights) -> list[Path]:
    """The best path through each rectangle; what is right of a smaller one or below has no way back into it."""
    import numpy as np

    shapes, sizes = parts[0].shapes, [part.beads.shape[1:] for part in parts]
    beads = np.full((len(shapes), len(parts), max(n for n, _ in sizes), max(m for _, m in sizes)), -np.inf)
    for number, (part, (n, m)) in enumerate(zip(parts, sizes, strict=True)):
        beads[:, number, :n, :m] = part.beads
    found = _layers(shapes, beads, (weights.null_open, weights.null_next), summed=False)
    paths = []
    for number, (part, (n, m)) in enumerate(zip(parts, sizes, strict=True)):
        layers = Layers(found.paired[:n, number, :m], found.alone[:n, number, :m])
        best = np.maximum(layers.paired, layers.alone)
        paths.append(Path(tuple(_traced(part, layers, best, weights)), float(best[-1, -1])))
    return paths


def _one_each(scores: Scores, weights: Weights) -> Path:
    """The best path where both sides have one sentence."""
    one = scores.shapes.index((1, 1))
    paired, alone = float(scores.beads[one, 0, 0]), weights.null_open + weights.null_next
    if paired >= alone:
        return Path((Step(one, 0, 0),), paired)
    return Path((Step(TARGET_ALONE, 0, 0), Step(SOURCE_ALONE, 0, 1)), alone)


@lru_cache(maxsize=256)
def _ends(shapes: Shapes, tables: int, width: int) -> Ints:
    """Where in the rows of _layers the beads that end in the first begin, by shape and table."""
    import numpy as np

    wide = width + WIDEST
    ends = np.array([((WIDEST - a) * len(shapes) + k) * tables * wide + WIDEST - b for k, (a, b) in enumerate(shapes)])
    found: Ints = ends[:, None, None] + (np.arange(tables) * wide)[:, None] + np.arange(width)
    return found


def _layers(shapes: Shapes, beads: Floats, null: tuple[float, float], *, summed: bool) -> Layers:
    """All cells row by row, as maxima or, if `summed`, as log sums; `null` is the cost to open a lone run, to go on.

    `beads` are several tables at once: (shapes, tables, rows, columns); the layers are (rows, tables, columns).
    """
    import numpy as np

    tables, n, m = beads.shape[1], beads.shape[2] - 1, beads.shape[3] - 1
    opened, onward = null
    paired = np.full((n + 1, tables, m + 1), NEVER)
    alone = paired.copy()
    paired[0, :, 0] = 0.0
    # Rows that beads can still end in, padded on the left: ways[i, k, t, j] = best way to (i, j), bead k begun there.
    ways = np.full((n + 1 + WIDEST, len(shapes), tables, m + 1 + WIDEST), NEVER)
    flat, row_size = ways.reshape(-1), ways[0].size
    ends = _ends(shapes, tables, m + 1)
    slope = onward * np.arange(m + 1)
    join = np.logaddexp if summed else np.maximum
    for i in range(n + 1):
        if i:
            candidates = flat[i * row_size :][ends]
            top = candidates.max(axis=0)
            paired[i] = top + np.log(np.exp(candidates - top).sum(axis=0)) if summed else top
            alone[i] = join(paired[i - 1] + opened, alone[i - 1] + onward)
        across = alone[i].copy()
        across[:, 1:] = join(across[:, 1:], paired[i, :, :-1] + opened)
        alone[i] = join.accumulate(across - slope, axis=1) + slope
        ways[i + WIDEST, :, :, WIDEST:] = beads[:, :, i] + join(paired[i], alone[i])
    return Layers(paired, alone)


def _traced(scores: Scores, layers: Layers, best: Floats, weights: Weights) -> list[Step]:
    """The path backwards: at each cell the way that explains its score best."""
    paired, alone, shapes, beads = layers.paired, layers.alone, scores.shapes, scores.beads
    i, j = best.shape[0] - 1, best.shape[1] - 1
    is_alone = bool(alone[i, j] > paired[i, j])
    steps = []
    while i or j:
        if is_alone:
            ways = [
                (float(layer[x, y]) + cost, x, y, layer is alone)
                for x, y in ((i - 1, j), (i, j - 1))
                if x >= 0 and y >= 0
                for layer, cost in ((alone, weights.null_next), (paired, weights.null_open))
            ]
            _, x, y, is_alone = max(ways, key=lambda way: way[0])
            steps.append(Step(SOURCE_ALONE if x < i else TARGET_ALONE, x, y))
            i, j = x, y
        else:
            options = [
                (best.item(i - a, j - b) + beads.item(k, i - a, j - b), k)
                for k, (a, b) in enumerate(shapes)
                if a <= i and b <= j
            ]
            k = max(options, key=lambda option: option[0])[1]
            i, j = i - shapes[k][0], j - shapes[k][1]
            steps.append(Step(k, i, j))
            is_alone = bool(alone[i, j] > paired[i, j])
    return steps[::-1]


def posteriors(scores: Scores, path: Path, weights: Weights) -> list[float]:
    """How probable each bead of the path is among all paths (forward-backward), at `weights.temperature`."""
    import numpy as np

    n, m = scores.beads.shape[1] - 1, scores.beads.shape[2] - 1
    cooled = np.maximum(scores.beads / weights.temperature, NEVER)
    both = np.full((len(cooled), 2, n + 1, m + 1), NEVER)  # forward, and turned round for the way back
    both[:, 0] = cooled
    for k, (a, b) in enumerate(scores.shapes):
        if a <= n and b <= m:
            both[k, 1, : n - a + 1, : m - b + 1] = cooled[k, : n - a + 1, : m - b + 1][::-1, ::-1]
    null = weights.null_open / weights.temperature, weights.null_next / weights.temperature
    layers = _layers(scores.shapes, both, null, summed=True)
    before, after = (Layers(layers.paired[:, way], layers.alone[:, way]) for way in (0, 1))
    total = np.logaddexp(before.paired[n, m], before.alone[n, m])
    joined = null[1] - null[0]
    found = []
    for step in path.steps:
        i, j = step.source, step.target
        if step.shape >= 0:
            a, b = scores.shapes[step.shape]
            here, gain = cooled[step.shape, i, j], 0.0
        else:
            a, b = (1, 0) if step.shape == SOURCE_ALONE else (0, 1)
            here, gain = null[0], joined
        came = np.logaddexp(before.paired[i, j], before.alone[i, j] + gain)
        x, y = n - i - a, m - j - b
        goes = np.logaddexp(after.paired[x, y], after.alone[x, y] + gain)
        found.append(float(np.exp(min(0.0, came + here + goes - total))))
    return found
