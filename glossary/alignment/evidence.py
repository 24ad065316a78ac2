"""What speaks for a pair of sentences: naive Bayes over matched words, the lengths, the paragraphs.

Every score is the logarithm of how much more probable the sight is if the sentences render each other than if they
are unrelated; so "no counterpart" needs no cost of its own beyond a prior (research: Gale and Church 1993 for beads,
here with words as evidence as in Moore 2002 and hunalign).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from glossary.alignment.lexicon import Lexicon
from glossary.alignment.matching import KNOWN, Match, alike, matches
from glossary.alignment.tokens import MARK, OPEN_END, Types
from glossary.alignment.weights import Weights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

CROSSING = (2, 2)
WIDEST = 4


@dataclass(frozen=True, slots=True)
class Direction:
    """One document's types as seen from the other.

    `type_at`, `sentence_at`: each occurrence (a type counts once a sentence), sorted by type. `match_type`,
    `match_sentence`: sentences of the other document that hold a match of the type, sorted, without repeats.
    `rate`: share of matches found in the right sentence, by type; `malus`: what a type without any match costs.
    `share`: how large a part of the other side matches the type, if that cannot be counted in the rectangle.
    """

    type_at: Ints
    sentence_at: Ints
    match_type: Ints
    match_sentence: Ints
    rate: Floats
    malus: Floats
    share: Floats | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """All evidence between two documents, before it is cut to a rectangle of sentences.

    `source_words` and `target_words` are the types of all words in the order they stand, and the sentence of each.
    """

    forward: Direction
    backward: Direction
    source_length: Floats
    target_length: Floats
    source_break: Bools
    target_break: Bools
    length_ratio: float = 0.0
    source_kind: Ints | None = None
    target_kind: Ints | None = None
    titled: bool = False
    draft_forward: Direction | None = None
    draft_backward: Direction | None = None
    source_words: tuple[Ints, Ints] | None = None
    target_words: tuple[Ints, Ints] | None = None


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of a rectangle of sentences. `beads[k, i, j]` belongs to bead shape `shapes[k]` that begins at source
    sentence i and target sentence j of the rectangle; the last shape is the crossing pair of neighbours. -inf where a
    bead does not fit."""

    shapes: tuple[tuple[int, int], ...]
    beads: Floats
    words: Floats
    length: Floats


def gather(
    source: Types,
    target: Types,
    lexicon: Lexicon,
    breaks: tuple[Any, Any],
    weights: Weights,
    kinds: tuple[Any, Any] | None = None,
    draft: Types | None = None,
) -> Evidence:
    """Collect the evidence.

    `breaks` says for both sides before which sentences a paragraph begins, `kinds` which are boilerplate of what kind,
    `draft` what the source sentences say in the target language as far as that is known.
    """
    import numpy as np

    pairs, known_source, known_target = matches(source, target, lexicon)
    here, there = _occurrences(source), _occurrences(target)
    met = _met(pairs, weights)
    drafted = (None, None) if draft is None else _drafted(draft, target, weights)
    return Evidence(
        _direction(source, here, there, met, known_source, weights),
        _direction(target, there, here, (met[1], met[0], met[2]), known_target, weights),
        np.array(source.lengths, dtype=float),
        np.array(target.lengths, dtype=float),
        np.array(breaks[0], dtype=bool),
        np.array(breaks[1], dtype=bool),
        weights.verbosity.get(target.lang, 0.0) - weights.verbosity.get(source.lang, 0.0),
        None if kinds is None else np.array(kinds[0], dtype=np.int64),
        None if kinds is None else np.array(kinds[1], dtype=np.int64),
        _begins_open(source) and _begins_open(target),
        drafted[0],
        drafted[1],
        _standing(source),
        _standing(target),
    )


def _standing(types: Types) -> tuple[Ints, Ints]:
    import numpy as np

    counts = [len(line) for line in types.lines]
    words = np.fromiter(chain.from_iterable(types.lines), dtype=np.int64, count=sum(counts))
    return words, np.repeat(np.arange(len(counts)), counts)


def _drafted(draft: Types, target: Types, weights: Weights) -> tuple[Direction, Direction]:
    here, there = _occurrences(draft), _occurrences(target)
    met = _met(alike(draft, target), weights)
    return (
        _direction(draft, here, there, met, frozenset(), weights),
        _direction(target, there, here, (met[1], met[0], met[2]), frozenset(), weights),
    )


def _begins_open(types: Types) -> bool:
    """Whether the first sentence has no full stop: a headline, which a headline renders however freely."""
    return any(item.text == OPEN_END and item.sentences[0] == 0 for item in types.items)


@dataclass(frozen=True, slots=True)
class _Occurrences:
    """The sentences of all types one after another; type k has `count[k]` of them from `first[k]` on."""

    sentences: Ints
    first: Ints
    count: Ints


def _occurrences(types: Types) -> _Occurrences:
    import numpy as np

    held = [item.sentences for item in types.items]
    count = np.fromiter(map(len, held), dtype=np.int64, count=len(held))
    sentences = np.fromiter(chain.from_iterable(held), dtype=np.int64)
    return _Occurrences(sentences, np.cumsum(count) - count, count)


def _met(pairs: Sequence[Match], weights: Weights) -> tuple[Ints, Ints, Floats]:
    """Of each match the source type, the target type and the rate of its kind."""
    import numpy as np

    size = len(pairs)
    return (
        np.fromiter(map(itemgetter(0), pairs), dtype=np.int64, count=size),
        np.fromiter(map(itemgetter(1), pairs), dtype=np.int64, count=size),
        np.fromiter(map(weights.rates.__getitem__, map(itemgetter(2), pairs)), dtype=float, count=size),
    )


def _direction(
    types: Types,
    here: _Occurrences,
    there: _Occurrences,
    met: tuple[Ints, Ints, Floats],
    known: frozenset[int],
    weights: Weights,
) -> Direction:
    import numpy as np

    own, other, rates = met
    size = len(types.items)
    rate = np.zeros(size)
    np.maximum.at(rate, own, rates)
    found = rate > 0
    kinds = [item.kind for item in types.items]
    costs = {kind: weights.malus.get(kind, 0.0) for kind in set(kinds)}
    malus = np.fromiter(map(costs.__getitem__, kinds), dtype=float, count=size)
    knows = np.fromiter(known, dtype=np.int64, count=len(known))
    malus[knows] = np.maximum(malus[knows], weights.malus[KNOWN])
    marks = np.fromiter([kind == MARK for kind in kinds], dtype=bool, count=size)
    rate[marks & ~found] = weights.rates[MARK]
    at = np.repeat(np.arange(size), here.count)
    told = (found | (malus > 0))[at]
    repeats = there.count[other]
    which = np.arange(repeats.sum()) - np.repeat(np.cumsum(repeats) - repeats - there.first[other], repeats)
    width = int(there.sentences.max(initial=0)) + 1
    matched = np.unique(np.repeat(own, repeats) * width + there.sentences[which])
    return Direction(at[told], here.sentences[told], matched // width, matched % width, rate, malus)


def rectangle(evidence: Evidence, rows: tuple[int, int], columns: tuple[int, int], weights: Weights) -> Scores:
    """Score every bead inside source sentences `rows` and target sentences `columns`, both half-open."""
    import numpy as np

    n, m = rows[1] - rows[0], columns[1] - columns[0]
    forward = _spoken(evidence.forward, evidence.draft_forward, rows, columns, weights)
    backward = _spoken(evidence.backward, evidence.draft_backward, columns, rows, weights)
    shapes = (*weights.priors, CROSSING)
    words = np.zeros((len(shapes), n + 1, m + 1))
    length = np.zeros((len(shapes), n + 1, m + 1))
    beads = np.full((len(shapes), n + 1, m + 1), -np.inf)
    lengths = _lengths(evidence, rows, columns)
    for k, (a, b) in enumerate(shapes[:-1]):
        if a > n or b > m:
            continue
        x, y = n - a + 1, m - b + 1
        words[k, :x, :y] = (_sums(forward[b - 1], a)[:, :y] + _sums(backward[a - 1], b)[:, :x].T) / 2
        length[k, :x, :y] = _length(lengths, (a, b), weights)
        beads[k, :x, :y] = (
            weights.priors[a, b] + weights.evidence * words[k, :x, :y] + weights.length * length[k, :x, :y]
        )
    k, heard = shapes.index((2, 1)), _heard(forward[0], evidence.source_break[rows[0] : rows[1]], weights)
    x, y = heard.shape
    beads[k, :x, :y] += heard * np.clip(length[k, :x, :y] + 1, 0.0, 1.0)
    if evidence.titled and not rows[0] and not columns[0] and n and m:
        _titled(evidence, (n, m), shapes, beads, weights.evidence * words + weights.length * length, weights)
    _unlike(evidence, rows, columns, shapes, beads, weights)
    if n > 1 and m > 1:
        one = shapes.index((1, 1))
        for table in (words, length, beads):
            table[-1, : n - 1, : m - 1] = table[one, : n - 1, 1:m] + table[one, 1:n, : m - 1]
        beads[-1, : n - 1, : m - 1] += weights.crossing - 2 * weights.priors[1, 1]
    return Scores(shapes, beads, words, length)


def _titled(
    evidence: Evidence,
    size: tuple[int, int],
    shapes: tuple[tuple[int, int], ...],
    beads: Floats,
    spoken: Floats,
    weights: Weights,
) -> None:
    """Favour the pair of headlines, whatever they say, over beads that join one with a paragraph after it.

    A headline is written anew more often than rendered; so nothing in it speaks against the pair.
    """
    one = shapes.index((1, 1))
    beads[one, 0, 0] += weights.title - min(0.0, float(spoken[one, 0, 0]))
    for k, (a, b) in enumerate(shapes[:-1]):
        if a > 1 and size[0] > 1 and evidence.source_break[1]:
            beads[k, 0, :] -= weights.title
        if b > 1 and size[1] > 1 and evidence.target_break[1]:
            beads[k, :, 0] -= weights.title


def _heard(table: Floats, begins: Bools, weights: Weights) -> Floats:
    """What to add where two source sentences of a paragraph meet one target sentence that has words of each.

    What was left out has none; so a short sentence with a word or two there was most likely joined to its neighbour.
    """
    import numpy as np

    least = np.minimum(table[:-1], table[1:])
    gain: Floats = weights.heard * np.clip(least + weights.heard_none, 0.0, 1.0)
    return gain * ~begins[1:, None]


def _unlike(
    evidence: Evidence,
    rows: tuple[int, int],
    columns: tuple[int, int],
    shapes: tuple[tuple[int, int], ...],
    beads: Floats,
    weights: Weights,
) -> None:
    """Take off from beads that join boilerplate with anything of another kind."""
    import numpy as np

    if evidence.source_kind is None or evidence.target_kind is None:
        return
    source, target = evidence.source_kind[rows[0] : rows[1]], evidence.target_kind[columns[0] : columns[1]]
    if not source.any() and not target.any():
        return
    n, m = len(source), len(target)
    left, right = _extremes(source), _extremes(target)
    for k, (a, b) in enumerate(shapes[:-1]):
        if a <= n and b <= m:
            least = np.minimum(left[a - 1][0][:, None], right[b - 1][0])
            most = np.maximum(left[a - 1][1][:, None], right[b - 1][1])
            beads[k, : n - a + 1, : m - b + 1] -= weights.unlike * (least != most)


def _extremes(kinds: Ints) -> list[tuple[Ints, Ints]]:
    """The least and the greatest of 1, 2, … WIDEST neighbours."""
    import numpy as np

    found = [(kinds, kinds)]
    for width in range(1, WIDEST):
        least, most = found[-1]
        found.append((np.minimum(least[:-1], kinds[width:]), np.maximum(most[:-1], kinds[width:])))
    return found


def _sums(table: Floats, width: int) -> Floats:
    """Sums over `width` neighbouring rows."""
    if width == 1:
        return table
    import numpy as np

    total = np.cumsum(table, axis=0)
    result: Floats = total[width - 1 :].copy()
    result[1:] -= total[:-width]
    return result


def _spoken(
    side: Direction, draft: Direction | None, rows: tuple[int, int], columns: tuple[int, int], weights: Weights
) -> list[Floats]:
    """The evidence of the words, of which a draft takes its part."""
    words = _words(side, rows, columns, weights)
    if draft is None:
        return words
    drafted = _words(draft, rows, columns, weights)
    return [weights.drafted * own + other for own, other in zip(words, drafted, strict=True)]


def _words(side: Direction, rows: tuple[int, int], columns: tuple[int, int], weights: Weights) -> list[Floats]:
    """Evidence of the words of each row for each run of 1, 2, … WIDEST columns: tables of shape (rows, runs)."""
    import numpy as np

    n, m = rows[1] - rows[0], columns[1] - columns[0]
    if not n or not m:
        return [np.zeros((n, max(m - width, 0))) for width in range(WIDEST)]
    inside = (side.sentence_at >= rows[0]) & (side.sentence_at < rows[1])
    types, sentences = side.type_at[inside], side.sentence_at[inside] - rows[0]
    inside = (side.match_sentence >= columns[0]) & (side.match_sentence < columns[1])
    match_type, at = side.match_type[inside], side.match_sentence[inside] - columns[0]
    count = len(side.rate)
    # Every (width, type, run) in which the type is matched: runs that begin up to width - 1 before a match.
    widths, shifts = np.array([(w, s) for w in range(WIDEST) for s in range(w + 1)]).T[:, :, None]
    begin = at - shifts
    fits = (begin >= 0) & (begin < m - widths)
    seen = np.zeros(WIDEST * count * m, dtype=bool)
    seen[((widths * count + match_type) * m + begin)[fits]] = True
    group, run = np.divmod(seen.nonzero()[0], m)
    found = np.bincount(group, minlength=WIDEST * count).reshape(WIDEST, count)
    runs = np.maximum(m - np.arange(WIDEST), 1)[:, None]
    if side.share is None:
        share = np.clip((found + weights.unseen) / (runs + 2 * weights.unseen), weights.rarest, 1.0)
    else:
        share = 1 - (1 - np.clip(side.share, weights.rarest, 1.0)) ** np.arange(1, WIDEST + 1)[:, None]
    rate = _rate(side.rate, m, weights)
    missed = np.where(found[0] > 0, np.log1p(-rate), -side.malus)
    gain = np.log((rate + (1 - rate) * share) / share) - missed
    base = np.bincount(sentences, weights=missed[types], minlength=n)
    # Each occurrence of a type in a row, joined with each run the type is matched in.
    wanted = (np.arange(WIDEST)[:, None] * count + types).reshape(-1)
    repeats = found.reshape(-1)[wanted]
    first = np.searchsorted(group, wanted)
    which = np.arange(repeats.sum()) - np.repeat(np.cumsum(repeats) - repeats - first, repeats)
    row = np.repeat(np.tile(sentences, WIDEST) + np.repeat(np.arange(WIDEST), len(types)) * n, repeats)
    gains = np.repeat(gain.reshape(-1)[wanted], repeats)
    table: Any = np.bincount(row * m + run[which], weights=gains, minlength=WIDEST * n * m).reshape(WIDEST, n, m)
    scored: Floats = table + base[:, None]
    return [scored[width, :, : max(m - width, 0)] for width in range(WIDEST)]


def _rate(rate: Floats, sentences: int, weights: Weights) -> Floats:
    """The rates for a window of so many sentences: the more there are, the more matches are chance."""
    reach = 1 - (1 - weights.chance) ** max(sentences, 1)
    usual = 1 - (1 - weights.chance) ** weights.usual
    odds: Floats = rate / (1 - rate) * (usual / reach)
    return odds / (1 + odds)


@dataclass(frozen=True, slots=True)
class _Lengths:
    """Lengths of 1, 2, … WIDEST neighbours: source and target, their logarithms, and how unusual a target one is."""

    source: list[Floats]
    target: list[Floats]
    source_log: list[Floats]
    target_log: list[Floats]
    usual: list[Floats]
    spread: float
    ratio: float


def _lengths(evidence: Evidence, rows: tuple[int, int], columns: tuple[int, int]) -> _Lengths:
    import numpy as np

    source, target = evidence.source_length[rows[0] : rows[1]], evidence.target_length[columns[0] : columns[1]]
    mean, spread = _expected(target)
    x = [_sums(source[:, None], width) for width in range(1, WIDEST + 1)]
    y = [_sums(target[:, None], width).T for width in range(1, WIDEST + 1)]
    logs = [np.log(table) for table in y]
    usual = [0.5 * ((log - (mean + np.log(width))) / spread) ** 2 for width, log in enumerate(logs, 1)]
    return _Lengths(x, y, [np.log(table) for table in x], logs, usual, spread, evidence.length_ratio)


def _expected(lengths: Floats) -> tuple[float, float]:
    """Mean and spread of log lengths of single target sentences."""
    import numpy as np

    logs = np.log(lengths)
    if len(logs) < 2:
        return (float(logs.mean()) if len(logs) else 4.0), 0.6
    return float(logs.mean()), max(float(logs.std()), 0.35)


def _length(lengths: _Lengths, shape: tuple[int, int], weights: Weights) -> Floats:
    """What the lengths of such a bead say, wherever it begins."""
    import numpy as np

    a, b = shape[0] - 1, shape[1] - 1
    variance = weights.length_spread**2 + weights.length_spread_short / (lengths.source[a] + lengths.target[b])
    off = lengths.target_log[b] - lengths.source_log[a] - lengths.ratio
    result: Floats = -0.5 * off * off / variance - 0.5 * np.log(variance) + lengths.usual[b] + np.log(lengths.spread)
    return np.minimum(np.maximum(result, -8.0), 4.0)
