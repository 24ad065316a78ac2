"""How sure a bead is: a small logistic regression over what the search saw.

Posteriors alone are too sure of themselves: an omitted sentence beside an inserted one makes a fine wrong pair. The
evidence in the bead, its rivals and its neighbours correct that.
"""

from __future__ import annotations

from math import exp, log, sqrt

from glossary.alignment.evidence import Evidence
from glossary.alignment.windows import Found

# Fitted by logistic regression on beads of the development half of the benchmark, all layouts together, right or wrong.
PAIRED = {
    "bias": -2.11,
    "posterior": 1.26,
    "words": 0.56,
    "length": 0.15,
    "rival": -0.47,
    "lead": -0.11,
    "several": -1.78,
    "crossing": -0.34,
    "short": 1.77,
    "beside alone": 0.39,
    "beside same side": 0.57,
    "unsure neighbours": -0.03,
    "edge": -0.96,
    "open": -1.34,
}
ALONE = {
    "bias": 2.49,
    "posterior": 0.88,
    "rival": -0.43,
    "short": -1.66,
    "beside alone": 0.15,
    "beside other side": -0.18,
    "beside same side": 0.33,
    "unsure neighbours": 0.92,
    "edge": -0.43,
}
_MOST, _LEAST = 0.999, 0.02


def probabilities(found: list[Found], evidence: Evidence, opens: list[float]) -> list[float]:
    """For each bead, in document order, the probability that it is right.

    `opens` says how much a bead's sentences look like two glued together (log odds).
    """
    sure = []
    for number, bead in enumerate(found):
        before = found[number - 1] if number else None
        after = found[number + 1] if number + 1 < len(found) else None
        seen = features(bead, before, after, evidence, opens[number])
        weights = PAIRED if bead.source and bead.target else ALONE
        total = sum(weight * seen[name] for name, weight in weights.items())
        sure.append(round(min(_MOST, max(_LEAST, 1 / (1 + exp(-max(-30.0, min(30.0, total)))))), 4))
    return sure


def features(
    bead: Found, before: Found | None, after: Found | None, evidence: Evidence, opens: float
) -> dict[str, float]:
    """What the regression looks at; each of the order of one."""
    letters = sum(evidence.source_length[unit] for unit in bead.source)
    letters += sum(evidence.target_length[unit] for unit in bead.target)
    sides = bool(bead.source) + bool(bead.target)
    size = sqrt(letters / sides / 100)
    neighbours = [other for other in (before, after) if other is not None]
    return {
        "bias": 1.0,
        "posterior": _logit(bead.posterior) / 4,
        "words": max(-2.0, min(3.0, bead.words / (4 * size))),
        "length": max(-2.0, min(2.0, bead.length / 2)),
        "rival": max(-2.0, min(4.0, bead.rival / 4)),
        "lead": max(-3.0, min(4.0, (bead.score - bead.rival) / 6)),
        "several": float(len(bead.source) > 1 or len(bead.target) > 1),
        "crossing": float(bead.crossing),
        "short": 1 / (size + 0.3),
        "beside alone": float(sum(not (other.source and other.target) for other in neighbours)),
        "beside other side": float(
            sum(bool(other.source) != bool(bead.source) and not (other.source and other.target) for other in neighbours)
        ),
        "beside same side": float(
            sum(
                bool(other.source) == bool(bead.source) and bool(other.target) == bool(bead.target)
                for other in neighbours
            )
        ),
        "unsure neighbours": min((_logit(other.posterior) for other in neighbours), default=4.0) / 4,
        "edge": float(len(neighbours) < 2),
        "open": max(-4.0, opens) / 3,
    }


def _logit(p: float) -> float:
    p = min(0.9995, max(0.0005, p))
    return log(p / (1 - p))
