"""Long texts piece by piece: a window slides along the path, so that time and memory grow linearly.

Local counts of words are also sharper evidence than those of a whole book.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from glossary.alignment.adaptation import adapted
from glossary.alignment.evidence import Evidence, Scores, rectangle
from glossary.alignment.paragraphs import inside_paragraphs, with_paragraphs
from glossary.alignment.search import SOURCE_ALONE, TARGET_ALONE, Path, Step, best_path, posteriors
from glossary.alignment.weights import Weights

LONG = 200
WINDOW = 120
WIDE = 480
SETTLED = 0.55
IN_A_ROW = 3
NO_RIVAL = -9.0


@dataclass(frozen=True, slots=True)
class Found:
    """A bead of the search, before calibration: its units on both sides, and what spoke for it.

    `words` and `length` are log ratios of the evidence, `score` everything together; `posterior` among all paths;
    `rival` is the best score of any other 1-1 bead with one of these units; `crossing` says that it crosses another.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    posterior: float
    words: float = 0.0
    length: float = 0.0
    score: float = 0.0
    rival: float = 0.0
    crossing: bool = False


def search(evidence: Evidence, corner: tuple[int, int], opposite: tuple[int, int], weights: Weights) -> list[Found]:
    """The beads that cover the rectangle between two corners, in order."""
    found: list[Found] = []
    i, j = corner
    n, m = opposite
    while i < n or j < m:
        if n - i <= LONG and m - j <= LONG:
            return found + _solved(evidence, (i, n), (j, m), weights, whole=True)
        rows, columns = (i, min(n, i + WINDOW)), (j, min(m, j + _columns(n - i, m - j)))
        part = _solved(evidence, rows, columns, weights, whole=False)
        found += part
        i += sum(len(bead.source) for bead in part)
        j += sum(len(bead.target) for bead in part)
    return found


def _columns(rows: int, columns: int) -> int:
    """How many target sentences to look at beside a window of source sentences."""
    return min(columns, WIDE if rows <= WINDOW else WINDOW)


def _solved(
    evidence: Evidence, rows: tuple[int, int], columns: tuple[int, int], weights: Weights, *, whole: bool
) -> list[Found]:
    """The beads of a rectangle; unless `whole`, only up to where the path is settled."""
    scores = rectangle(evidence, rows, columns, weights)
    path = best_path(scores, weights)
    scores = _adapted(scores, path, weights)
    improved = with_paragraphs(scores, path.steps, evidence, rows, columns, weights)
    if improved is not None:
        scores = improved
    path = best_path(scores, weights)
    if improved is not None and whole:
        path = inside_paragraphs(scores, path, evidence, rows, columns, weights)
    kept = path.steps if whole else path.steps[: _settled(path, scores, rows, columns)]
    sure = posteriors(scores, path, weights)
    found = [bead for step, p in zip(kept, sure, strict=False) for bead in _beads(step, p, scores, rows[0], columns[0])]
    return _with_rivals(found, scores, rows[0], columns[0])


def _adapted(scores: Scores, path: Path, weights: Weights) -> Scores:
    """The scores with the priors that the path teaches."""
    import numpy as np

    crossing = len(scores.shapes) - 1
    shapes = [(1, 1) if step.shape == crossing else scores.shapes[step.shape] for step in path.steps if step.shape >= 0]
    priors = adapted(weights, shapes).priors
    shifts = np.array([*(priors[shape] - weights.priors[shape] for shape in scores.shapes[:-1]), 0.0])
    return replace(scores, beads=scores.beads + shifts[:, None, None])


def _with_rivals(found: list[Found], scores: Scores, first_row: int, first_column: int) -> list[Found]:
    """The beads, each with the best score that one of its units has in a 1-1 bead with anything else."""
    import numpy as np

    single = scores.beads[scores.shapes.index((1, 1)), :-1, :-1].copy()
    for bead in found:
        for unit in bead.source:
            for other in bead.target:
                single[unit - first_row, other - first_column] = -np.inf
    most = single.max(axis=1, initial=NO_RIVAL).tolist(), single.max(axis=0, initial=NO_RIVAL).tolist()
    return [
        replace(
            bead,
            rival=max(
                max((most[0][unit - first_row] for unit in bead.source), default=NO_RIVAL),
                max((most[1][unit - first_column] for unit in bead.target), default=NO_RIVAL),
            ),
        )
        for bead in found
    ]


def _settled(path: Path, scores: Scores, rows: tuple[int, int], columns: tuple[int, int]) -> int:
    """How many steps of a window's path to keep: up to the third 1-1 bead in a row past the middle."""
    one = scores.shapes.index((1, 1))
    size = rows[1] - rows[0] + columns[1] - columns[0]
    streak = 0
    past = 0
    for number, step in enumerate(path.steps):
        if step.source + step.target < SETTLED * size:
            past = number + 1
            continue
        streak = streak + 1 if step.shape == one else 0
        if streak == IN_A_ROW:
            return number
    return max(past, 1)


def _beads(step: Step, posterior: float, scores: Scores, first_row: int, first_column: int) -> list[Found]:
    i, j = step.source, step.target
    row, column = first_row + i, first_column + j
    if step.shape == SOURCE_ALONE:
        return [Found((row,), (), posterior)]
    if step.shape == TARGET_ALONE:
        return [Found((), (column,), posterior)]
    one = scores.shapes.index((1, 1))
    if step.shape == len(scores.shapes) - 1:
        return [
            Found((row,), (column + 1,), posterior, *_spoken(scores, one, i, j + 1), crossing=True),
            Found((row + 1,), (column,), posterior, *_spoken(scores, one, i + 1, j), crossing=True),
        ]
    a, b = scores.shapes[step.shape]
    units = tuple(range(row, row + a)), tuple(range(column, column + b))
    return [Found(*units, posterior, *_spoken(scores, step.shape, i, j))]


def _spoken(scores: Scores, shape: int, i: int, j: int) -> tuple[float, float, float]:
    return tuple(float(table[shape, i, j]) for table in (scores.words, scores.length, scores.beads))  # type: ignore[return-value]
