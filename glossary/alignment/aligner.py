"""align: two documents in, beads out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeVar

from glossary.alignment.adaptation import adapted
from glossary.alignment.beads import Alignment, Bead, Pin
from glossary.alignment.boilerplate import kinds
from glossary.alignment.confidence import probabilities
from glossary.alignment.evidence import Evidence, gather
from glossary.alignment.headlines import CLOSED, Reader, openness, reader, without_glued_headlines
from glossary.alignment.lexicon import Lexicon
from glossary.alignment.moves import rescued, widened
from glossary.alignment.pins import Pinned, corners, fix
from glossary.alignment.repeats import set_aside
from glossary.alignment.tokens import types, types_of
from glossary.alignment.weights import DEFAULT, Weights
from glossary.alignment.windows import Found, search
from glossary.text.spans import Document

NEAR = 1  # sentences between a pin and the free path, up to which the pin is no question
BENT = 12.0  # how much a pin may cost the path (log odds) before it is taken for a passage that moved

_LETTER = re.compile(r"[^\W_]")
Sided = TypeVar("Sided", Bead, Found)


def align(
    source: Document,
    target: Document,
    pins: Sequence[Pin] = (),
    *,
    lexicon: Lexicon | None = None,
    draft: Sequence[str | None] | None = None,
    weights: Weights = DEFAULT,
) -> Alignment:
    """Find which sentences of `target` render which of `source`.

    `pins` hold beads fixed; they may cut inside a sentence, cross each other, or say "no counterpart". `lexicon` is
    the hand lists of the package unless given. `draft` holds for each source sentence a translation from anywhere
    (None where there is none): its words count as evidence, nothing else. Raises ValueError if it has another length.
    The documents of the answer may have more sentences than those given:
    pins cut, and evidence cuts off a headline that ran into the first sentence. Time and memory grow linearly.

    >>> from glossary.text.segment import document
    >>> source = document("Two drones hit Kharkiv. Nobody was hurt.", "en")
    >>> target = document("Два дрони влучили в Харків. Ніхто не постраждав.", "uk")
    >>> [(bead.source, bead.target) for bead in align(source, target).beads]
    [((0,), (0,)), ((1,), (1,))]
    """
    if lexicon is None:
        lexicon = Lexicon.bundled(target.lang)
    if draft is not None and len(draft) != len(source.sentences):
        raise ValueError("a draft has one entry for each source sentence")
    drafted = (source, draft) if draft is not None and any(draft) else None
    searched = _searched(fix(source, target, pins), lexicon, weights, drafted)
    readers = reader(searched.pinned.source, lexicon), reader(searched.pinned.target, lexicon)
    cut = without_glued_headlines(searched.alignment, readers, lexicon)
    if cut is not None:
        searched = _searched(fix(*cut, pins), lexicon, weights, drafted)
    return _weighed(searched, readers)


@dataclass(frozen=True, slots=True)
class _Searched:
    """What the search found, in document order and before calibration; `alignment` holds raw posteriors as scores.

    `rows` and `columns` are the sentence numbers of the units.
    """

    alignment: Alignment
    pinned: Pinned
    rows: list[int]
    columns: list[int]
    evidence: Evidence
    found: list[Found]


def _searched(
    pinned: Pinned, lexicon: Lexicon, weights: Weights, drafted: tuple[Document, Sequence[str | None]] | None
) -> _Searched:
    pinned = set_aside(pinned)
    source, target = pinned.source, pinned.target
    rows = _free(source, [bead.source for bead in pinned.beads])
    columns = _free(target, [bead.target for bead in pinned.beads])
    evidence = gather(
        types(source, rows, lexicon.phrases),
        types(target, columns),
        lexicon,
        (_breaks(source, rows), _breaks(target, columns)),
        weights,
        (kinds(source, rows), kinds(target, columns)),
        None if drafted is None else types_of(_drafts(*drafted, source, rows), target.lang),
    )
    found = _between(corners(pinned.beads, rows, columns), (len(rows), len(columns)), evidence, weights)
    weights = adapted(weights, [(len(bead.source), len(bead.target)) for bead in found if bead.source and bead.target])
    found = _ordered(widened(rescued(found, evidence, weights), evidence, weights))
    alignment = _complete(pinned, rows, columns, found, [bead.posterior for bead in found])
    return _Searched(alignment, pinned, rows, columns, evidence, found)


def _drafts(before: Document, draft: Sequence[str | None], source: Document, rows: list[int]) -> list[str]:
    """The draft of each unit: that of the sentence it was before it was cut."""
    numbers = [before.sentence_at(source.sentences[row].span.start) for row in rows]
    return ["" if number is None else draft[number] or "" for number in numbers]


def _weighed(searched: _Searched, readers: tuple[Reader, Reader]) -> Alignment:
    """The alignment with calibrated scores."""
    pinned, rows, columns, found = searched.pinned, searched.rows, searched.columns, searched.found
    source = replace(readers[0], document=pinned.source)
    target = replace(readers[1], document=pinned.target)
    opens = [
        max(
            max((openness(source, rows[unit]) for unit in bead.source), default=CLOSED),
            max((openness(target, columns[unit]) for unit in bead.target), default=CLOSED),
        )
        if bead.source and bead.target
        else CLOSED
        for bead in found
    ]
    return _complete(pinned, rows, columns, found, probabilities(found, searched.evidence, opens))


def _complete(
    pinned: Pinned, rows: list[int], columns: list[int], found: list[Found], scores: list[float]
) -> Alignment:
    beads = [
        Bead(tuple(rows[unit] for unit in bead.source), tuple(columns[unit] for unit in bead.target), score)
        for bead, score in zip(found, scores, strict=True)
    ]
    complete = _attached([*beads, *pinned.beads], pinned.source, pinned.target)
    return Alignment(pinned.source, pinned.target, tuple(_ordered(complete)))


def _free(document: Document, pinned: list[tuple[int, ...]]) -> list[int]:
    """The sentences to be searched: not pinned, and with a letter or a digit."""
    taken = {number for numbers in pinned for number in numbers}
    return [
        number
        for number, sentence in enumerate(document.sentences)
        if number not in taken and _LETTER.search(document.text, sentence.span.start, sentence.span.end)
    ]


def _attached(beads: list[Bead], source: Document, target: Document) -> list[Bead]:
    """The beads with the sentences without letters (a dash, asterisks) added to a neighbour's bead."""
    done = []
    for document, side in ((source, 0), (target, 1)):
        held = {n for bead in beads for n in (bead.source, bead.target)[side]}
        lost = [n for n in range(len(document.sentences)) if n not in held]
        if not lost:
            continue
        of = {n: number for number, bead in enumerate(beads) for n in (bead.source, bead.target)[side]}
        for n in lost:
            near = next((m for m in (n - 1, n + 1) if m in of and not beads[of[m]].pinned), None)
            if near is None:
                done.append(Bead((n,), (), 0.5) if side == 0 else Bead((), (n,), 0.5))
                continue
            number = of[n] = of[near]
            bead = beads[number]
            grown = tuple(sorted(((bead.source, bead.target)[side]) + (n,)))
            beads[number] = replace(bead, source=grown) if side == 0 else replace(bead, target=grown)
    return beads + done


def _between(
    points: list[tuple[int, int]], opposite: tuple[int, int], evidence: Evidence, weights: Weights
) -> list[Found]:
    """The beads of the rectangles between the points.

    A point at which the evidence loses much against the free path is a passage that moved, and does not bend the path.
    """
    free = search(evidence, (0, 0), opposite, weights)
    if not points:
        return free
    path, worth = _path(free), _worth(free, weights)
    kept = []
    for point in points:
        near = min(abs(point[0] - i) + abs(point[1] - j) for i, j in path) <= NEAR
        if near or _worth(_through([point], opposite, evidence, weights), weights) > worth - BENT:
            kept.append(point)
    return _through(kept, opposite, evidence, weights)


def _through(
    points: list[tuple[int, int]], opposite: tuple[int, int], evidence: Evidence, weights: Weights
) -> list[Found]:
    ways = pairwise([(0, 0), *points, opposite])
    return [bead for here, there in ways for bead in search(evidence, here, there, weights)]


def _worth(found: list[Found], weights: Weights) -> float:
    """The score of a path, a run of lone sentences counted as one."""
    total, alone = 0.0, False
    for bead in found:
        paired = bool(bead.source and bead.target)
        total += bead.score if paired else weights.null_next if alone else weights.null_open
        alone = not paired
    return total


def _path(found: list[Found]) -> list[tuple[int, int]]:
    i = j = 0
    points = [(0, 0)]
    for bead in found:
        i, j = i + len(bead.source), j + len(bead.target)
        points.append((i, j))
    return points


def _ordered(found: list[Sided]) -> list[Sided]:
    """Beads by their first source sentence; what only the target has stands behind what it follows there."""
    by_target: dict[int, int] = {}
    for bead in found:
        for unit in bead.target:
            by_target[unit] = bead.source[0] if bead.source else -1
    place: dict[int, int] = {}
    last = -1
    for unit in sorted(by_target):
        last = by_target[unit] if by_target[unit] >= 0 else last
        place[unit] = last
    return sorted(
        found,
        key=lambda bead: (bead.source[0], -1) if bead.source else (place[bead.target[0]], bead.target[0]),
    )


def _breaks(document: Document, units: list[int]) -> list[bool]:
    """Whether each unit is the first of its paragraph."""
    paragraphs = [document.sentences[unit].paragraph for unit in units]
    return [number == 0 or paragraphs[number - 1] != paragraph for number, paragraph in enumerate(paragraphs)]
