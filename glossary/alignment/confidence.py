"""How sure a bead is: a small logistic regression over what the search saw.

Posteriors alone are too sure of themselves: an omitted sentence beside an inserted one makes a fine wrong pair, and a
sentence of which only the middle is rendered may hold another. Rivals, lengths, and words at the edges of a bead that
nothing renders correct that. The weights are fitted by tools/fit_confidence.py on the project's own articles.
"""

from __future__ import annotations

from math import exp, log, sqrt
from typing import TYPE_CHECKING

from glossary import data
from glossary.alignment.evidence import Direction, Evidence
from glossary.alignment.windows import Found

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

TABLE = "confidence.toml"
PAIRED, ALONE = "paired", "alone"
EDGE = 8  # unrendered words at an edge that count as one
_MOST, _LEAST = 0.999, 0.02


def probabilities(found: list[Found], evidence: Evidence, opens: list[float]) -> list[float]:
    """For each bead, in document order, the probability that it is right.

    `opens` says how much a bead's sentences look like two glued together (log odds).
    """
    table = data.toml(TABLE)
    sure = []
    for bead, seen in zip(found, features(found, evidence, opens), strict=True):
        weights = table[PAIRED if bead.source and bead.target else ALONE]
        total = sum(weight * seen[name] for name, weight in weights.items())
        sure.append(round(min(_MOST, max(_LEAST, 1 / (1 + exp(-max(-30.0, min(30.0, total)))))), 4))
    return sure


def features(found: list[Found], evidence: Evidence, opens: list[float]) -> list[dict[str, float]]:
    """What the regression looks at, bead by bead; each of the order of one."""
    lone = 3 * sum(not (bead.source and bead.target) for bead in found) / max(len(found), 1)
    edges = _edges(found, evidence)
    return [
        _of_pair(bead, evidence, opens[number], edges[number])
        if bead.source and bead.target
        else _of_one(bead, found[max(number - 1, 0) : number] + found[number + 1 : number + 2], evidence, lone)
        for number, bead in enumerate(found)
    ]


def _of_pair(bead: Found, evidence: Evidence, opens: float, edges: float) -> dict[str, float]:
    letters = [
        sum(float(lengths[unit]) for unit in units)
        for lengths, units in ((evidence.source_length, bead.source), (evidence.target_length, bead.target))
    ]
    begins = bool(evidence.source_break[bead.source[0]]), bool(evidence.target_break[bead.target[0]])
    return {
        "bias": 1.0,
        "posterior": _logit(bead.posterior) / 4,
        "length": max(-2.0, min(2.0, bead.length / 2)),
        "lead": max(-3.0, min(4.0, (bead.score - bead.rival) / 6)),
        "several": float(len(bead.source) > 1 or len(bead.target) > 1),
        "short": _short(sum(letters) / 2),
        "open": max(-4.0, opens) / 3,
        "ratio": abs(log((letters[1] + 5) / (letters[0] + 5)) - evidence.length_ratio),
        "breaks": float(begins[0] != begins[1]),
        "edges": edges,
    }


def _of_one(bead: Found, neighbours: list[Found], evidence: Evidence, lone: float) -> dict[str, float]:
    letters = sum(float(evidence.source_length[unit]) for unit in bead.source)
    letters += sum(float(evidence.target_length[unit]) for unit in bead.target)
    return {
        "bias": 1.0,
        "posterior": _logit(bead.posterior) / 4,
        "rival": max(-2.0, min(4.0, bead.rival / 4)),
        "short": _short(letters),
        "unsure": min((_logit(other.posterior) for other in neighbours), default=4.0) / 4,
        "lone": lone,
        "breaks": float(
            evidence.source_break[bead.source[0]] if bead.source else evidence.target_break[bead.target[0]]
        ),
    }


def _short(letters: float) -> float:
    return 1 / (sqrt(letters / 100) + 0.3)


def _logit(p: float) -> float:
    p = min(0.9995, max(0.0005, p))
    return log(p / (1 - p))


def _edges(found: list[Found], evidence: Evidence) -> list[float]:
    """For each bead how many words at its edges, on the side that has more of them, nothing on the other side renders.

    Zero for beads with one side. Words before the first rendered one and after the last are counted apart.
    """
    import numpy as np

    if evidence.source_words is None or evidence.target_words is None:
        return [0.0] * len(found)
    source = _beads_of([bead.source for bead in found], len(evidence.source_length))
    target = _beads_of([bead.target for bead in found], len(evidence.target_length))
    ours = _unrendered(evidence.source_words, evidence.forward, source, target, len(found))
    theirs = _unrendered(evidence.target_words, evidence.backward, target, source, len(found))
    most = np.minimum(np.maximum(ours, theirs) / EDGE, 2.0).sum(axis=0)
    return [
        float(edge) if bead.source and bead.target else 0.0 for bead, edge in zip(found, most.tolist(), strict=True)
    ]


def _beads_of(sides: list[tuple[int, ...]], count: int) -> Ints:
    """For each unit the number of its bead."""
    import numpy as np

    beads = np.zeros(count, dtype=np.int64)
    for number, units in enumerate(sides):
        beads[list(units)] = number
    return beads


def _unrendered(words: tuple[Ints, Ints], side: Direction, own: Ints, other: Ints, count: int) -> Ints:
    """Of each bead the number of words before the first and after the last that has a match in it; shape (2, beads)."""
    import numpy as np

    kinds, beads = words[0], own[words[1]]
    order = np.argsort(beads, kind="stable")
    kinds, beads = kinds[order], beads[order]
    matched = np.isin(kinds * count + beads, side.match_type * count + other[side.match_sentence])
    place = np.arange(len(beads))
    first = np.searchsorted(beads, np.arange(count))
    end = np.searchsorted(beads, np.arange(count), side="right")
    lead, last = end.copy(), first - 1
    np.minimum.at(lead, beads[matched], place[matched])
    np.maximum.at(last, beads[matched], place[matched])
    found: Ints = np.array([lead - first, end - 1 - last])
    return found
