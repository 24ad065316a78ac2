"""Passages that moved: what the monotone search left alone on both sides is compared once more, wherever it stands.

A crossing costs; the further it goes, the more evidence it needs. A run of neighbours that move together pays once.
"""

from __future__ import annotations

from dataclasses import replace
from math import log
from typing import TYPE_CHECKING

from glossary.alignment.evidence import Direction, Evidence, Scores, rectangle
from glossary.alignment.weights import Weights
from glossary.alignment.windows import Found

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

MOST = 300
BATCH = 60
SHAPES = ((1, 1), (1, 2), (2, 1))


def rescued(found: list[Found], evidence: Evidence, weights: Weights) -> list[Found]:
    """The beads with passages that moved joined; order is not kept."""
    sources = [bead.source[0] for bead in found if not bead.target]
    targets = [bead.target[0] for bead in found if not bead.source]
    beads = list(found)
    for first in range(0, len(sources), MOST):
        some = sources[first : first + MOST]
        if not targets:
            break
        middle = int(len(targets) * (first + len(some) / 2) / len(sources))
        low = max(0, min(middle - MOST // 2, len(targets) - MOST))
        joined = _joined(some, targets[low : low + MOST], evidence, weights, _passed(found))
        used_source = {unit for bead in joined for unit in bead.source}
        used_target = {unit for bead in joined for unit in bead.target}
        beads = [
            bead
            for bead in beads
            if not (not bead.target and bead.source[0] in used_source)
            and not (not bead.source and bead.target[0] in used_target)
        ] + joined
        targets = [unit for unit in targets if unit not in used_target]
    return beads


def widened(found: list[Found], evidence: Evidence, weights: Weights) -> list[Found]:
    """The beads with lone source neighbours of those that cross taken in where that is worth it; order is not kept.

    The search weighs this for the beads on its path; those that cross it takes one to one.
    """
    alone = {bead.source[0]: bead for bead in found if not bead.target}
    offers = [
        (bead, alone[unit])
        for bead in found
        if bead.crossing and (len(bead.source) + 1, len(bead.target)) in weights.priors
        for unit in (bead.source[0] - 1, bead.source[-1] + 1)
        if unit in alone
    ]
    lonely = frozenset(alone)
    options = [
        option
        for first in range(0, len(offers), BATCH)
        for option in _wider(offers[first : first + BATCH], lonely, evidence, weights)
    ]
    wider: dict[Found, Found] = {}
    gone: set[Found] = set()
    for gain, bead, lone, grown in sorted(options, key=lambda option: -option[0]):
        if gain > 0 and bead not in wider and lone not in gone:
            wider[bead] = grown
            gone.add(lone)
    return [wider.get(bead, bead) for bead in found if bead not in gone]


def _wider(
    offers: list[tuple[Found, Found]], alone: frozenset[int], evidence: Evidence, weights: Weights
) -> list[tuple[float, Found, Found, Found]]:
    """For each offer of a bead and a lone sentence what joining them gains, the two, and the bead they make."""
    sources = sorted({unit for pair in offers for bead in pair for unit in bead.source})
    targets = sorted({unit for bead, _ in offers for unit in bead.target})
    scores = rectangle(_only(evidence, sources, targets), (0, len(sources)), (0, len(targets)), weights)
    options = []
    for bead, lone in offers:
        grown = replace(bead, source=tuple(sorted(bead.source + lone.source)))
        place, before = (
            (
                scores.shapes.index((len(each.source), len(each.target))),
                sources.index(each.source[0]),
                targets.index(each.target[0]),
            )
            for each in (grown, bead)
        )
        beside = lone.source[0] - 1 in alone or lone.source[0] + 1 in alone
        saved = weights.null_next if beside else weights.null_open
        gain = float(scores.beads[place] - scores.beads[before]) - saved
        options.append((gain, bead, lone, _scored(grown, scores, place)))
    return options


def _scored(bead: Found, scores: Scores, place: tuple[int, int, int]) -> Found:
    words, length, score = (float(table[place]) for table in (scores.words, scores.length, scores.beads))
    return replace(bead, words=words, length=length, score=score)


def _passed(found: list[Found]) -> tuple[dict[int, int], dict[int, int]]:
    """For each source and each target unit the number of paired beads before it."""
    sources: dict[int, int] = {}
    targets: dict[int, int] = {}
    passed = 0
    for bead in found:
        sources.update(dict.fromkeys(bead.source, passed))
        targets.update(dict.fromkeys(bead.target, passed))
        passed += bool(bead.source and bead.target)
    return sources, targets


def _joined(
    sources: list[int],
    targets: list[int],
    evidence: Evidence,
    weights: Weights,
    passed: tuple[dict[int, int], dict[int, int]],
) -> list[Found]:
    few = replace(weights, priors={shape: weights.priors[shape] for shape in SHAPES})
    scores = rectangle(_only(evidence, sources, targets), (0, len(sources)), (0, len(targets)), few)
    options = []
    for shape in SHAPES:
        k = scores.shapes.index(shape)
        gains = scores.beads[k] - weights.null_next * sum(shape)  # its sentences are alone no longer
        for i, j in zip(*(gains > weights.move_least).nonzero(), strict=True):
            options.append((float(gains[i, j]), k, int(i), int(j)))
    chains = _chains(options, scores, sources, targets)
    taken_source: set[int] = set()
    taken_target: set[int] = set()
    joined: list[Found] = []
    for total, chain in chains:
        distance = abs(passed[0][sources[chain[0][2]]] - passed[1][targets[chain[0][3]]])
        if not distance or total < weights.move_open + weights.move_far * log(distance):
            continue
        units = [_units(step, scores, sources, targets) for step in chain]
        here = {unit for source, _ in units for unit in source}
        there = {unit for _, target in units for unit in target}
        if here & taken_source or there & taken_target:
            continue
        taken_source |= here
        taken_target |= there
        for (_, *place), (source, target) in zip(chain, units, strict=True):
            joined.append(_scored(Found(source, target, 0.5, crossing=True), scores, (place[0], place[1], place[2])))
    return joined


Option = tuple[float, int, int, int]


def _chains(
    options: list[Option], scores: Scores, sources: list[int], targets: list[int]
) -> list[tuple[float, list[Option]]]:
    """Runs of options that follow each other on both sides, and their single members, the best first."""
    best: dict[tuple[int, int], tuple[float, list[Option]]] = {}
    chains: list[tuple[float, list[Option]]] = []
    for option in sorted(options, key=lambda option: (option[2], option[3], option[1])):
        score, k, i, j = option
        a, b = scores.shapes[k]
        if sources[i + a - 1] - sources[i] != a - 1 or targets[j + b - 1] - targets[j] != b - 1:
            continue
        before = best.get((sources[i], targets[j]), (0.0, []))
        chain = (before[0] + score, [*before[1], option])
        chains.append(chain)
        end = (sources[i] + a, targets[j] + b)
        if chain[0] > best.get(end, (0.0, []))[0]:
            best[end] = chain
    return sorted(chains, key=lambda chain: (-chain[0], chain[1][0][2:]))


def _units(
    option: Option, scores: Scores, sources: list[int], targets: list[int]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    _, k, i, j = option
    a, b = scores.shapes[k]
    return tuple(sources[i : i + a]), tuple(targets[j : j + b])


def _only(evidence: Evidence, sources: list[int], targets: list[int]) -> Evidence:
    """The evidence between chosen units, renumbered; how common words are is still counted in the whole."""
    import numpy as np

    n, m = len(evidence.source_length), len(evidence.target_length)
    rows, columns = np.full(n, -1), np.full(m, -1)
    rows[sources], columns[targets] = np.arange(len(sources)), np.arange(len(targets))
    return Evidence(
        _chosen(evidence.forward, rows, columns),
        _chosen(evidence.backward, columns, rows),
        evidence.source_length[sources],
        evidence.target_length[targets],
        evidence.source_break[sources],
        evidence.target_break[targets],
        evidence.length_ratio,
        None if evidence.source_kind is None else evidence.source_kind[sources],
        None if evidence.target_kind is None else evidence.target_kind[targets],
        draft_forward=None if evidence.draft_forward is None else _chosen(evidence.draft_forward, rows, columns),
        draft_backward=None if evidence.draft_backward is None else _chosen(evidence.draft_backward, columns, rows),
    )


def _chosen(side: Direction, here: Ints, there: Ints) -> Direction:
    import numpy as np

    count = np.bincount(side.match_type, minlength=len(side.rate))
    own, other = here[side.sentence_at], there[side.match_sentence]
    return replace(
        side,
        type_at=side.type_at[own >= 0],
        sentence_at=own[own >= 0],
        match_type=side.match_type[other >= 0],
        match_sentence=other[other >= 0],
        share=np.asarray((count + 0.3) / (len(there) + 0.6), dtype=np.float64),
    )
