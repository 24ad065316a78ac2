"""How freely a pair renders, learned from the pair itself.

A translation keeps sentences apart, an adaptation joins them; how often is the editor's way, not the language's. What a
first path shows of it moves the priors for the second: empirical Bayes with a beta prior over pairs (H. Robbins, "An
Empirical Bayes Approach to Statistics", 1956), so that a few sentences teach little and many teach much.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from math import log
from types import MappingProxyType

from glossary.alignment.weights import Weights

Shape = tuple[int, int]


def adapted(weights: Weights, shapes: Iterable[Shape]) -> Weights:
    """The weights with the priors of beads that join sentences, as the shapes of the paired beads found teach them.

    >>> from glossary.alignment.weights import DEFAULT
    >>> faithful, free = adapted(DEFAULT, [(1, 1)] * 20), adapted(DEFAULT, [(1, 1), (2, 1)] * 10)
    >>> faithful.priors[2, 1] < DEFAULT.priors[2, 1] < free.priors[2, 1]
    True
    """
    met = list(shapes)
    shifts = [_shift(sum(shape[side] > 1 for shape in met), len(met), weights) for side in (0, 1)]
    priors = {
        shape: prior + max((shifts[side] for side in (0, 1) if shape[side] > 1), default=0.0)
        for shape, prior in weights.priors.items()
    }
    return replace(weights, priors=MappingProxyType(priors))


def _shift(joined: int, beads: int, weights: Weights) -> float:
    """The log ratio of the rate at which sentences are joined here, as far as it is known, to the usual rate."""
    seen = weights.joined_seen
    return log((seen * weights.joined + joined) / ((seen + beads) * weights.joined))
