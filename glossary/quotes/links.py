"""Which target quote renders which source quote, over the beads of an alignment.

Candidates share a bead or stand in neighbouring ones. Each pair is scored by the beads it shares, the words that
render each other (lexicon, names, numbers), length, place in the bead, kind and level; pairs are taken from the best
down, then quotes that were split or merged are completed. A quote without a good partner stays unlinked.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from glossary.alignment.beads import Alignment
from glossary.alignment.lexicon import Lexicon, prefixes
from glossary.quotes.values import Quote
from glossary.text import names
from glossary.text.numbers import figures
from glossary.text.spans import Document
from glossary.text.words import words

LEAST = 1.0  # the score from which two quotes are linked
LEAST_NEAR = 1.5  # the same for quotes in neighbouring beads
LEAST_ALONE = 0.4  # the same for speech that has no rival in its bead, on either side
_WIDEST = 40  # candidates looked at for one quote
_DEVIATION = 0.45  # of the logarithm of the ratio of lengths
_FUNCTION = 3  # letters up to which a word is not compared

_KINDS: Mapping[tuple[str, str], float] = {
    ("speech", "speech"): 0.3,
    ("title", "title"): 0.4,
    ("scare", "scare"): 0.2,
    ("speech", "scare"): -0.05,
    ("scare", "title"): -0.3,
    ("speech", "title"): -0.7,
}


@dataclass(frozen=True, slots=True)
class _Side:
    """What is compared of one quote: its beads with weights, words, figures, relative place."""

    quote: Quote
    beads: Mapping[int, float]
    words: tuple[str, ...]
    figures: frozenset[object]
    place: float
    kind: str

    @property
    def length(self) -> int:
        return max(1, len(self.quote.span) - sum(len(a) for a in self.quote.asides))


def find_links(
    source_quotes: Sequence[Quote], target_quotes: Sequence[Quote], alignment: Alignment
) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """For each source quote in marks its number and those of the target quotes that render it, if there are any."""
    left = [_side(q, alignment.source, alignment, True) for q in source_quotes if q.kind != "unmarked"]
    right = [_side(q, alignment.target, alignment, False) for q in target_quotes if q.kind != "unmarked"]
    lexicon = Lexicon.bundled(alignment.target.lang)
    pairs = sorted(_scored(left, right, lexicon), key=lambda p: (-p[0], p[1], p[2]))
    partner: dict[int, int] = {}
    taken: dict[int, int] = {}
    for _, s, t in pairs:
        if s not in partner and t not in taken:
            partner[s], taken[t] = t, s
    _uncross(left, right, partner, {(s, t): value for value, s, t in pairs})
    _left_over(left, right, partner, lexicon)
    linked = {s: [t] for s, t in partner.items()}
    _split(left, right, linked, lexicon)
    _merged(left, right, linked, lexicon)
    return tuple(
        (side.quote.n, tuple(sorted(right[t].quote.n for t in linked.get(number, ()))))
        for number, side in enumerate(left)
    )


def spoken(quote: Quote, text: str) -> str:
    """The speaker's words alone: the author's are left out, their place is held by spaces."""
    pieces = []
    at = quote.span.start
    for aside in quote.asides:
        pieces += [text[at : aside.start], " " * len(aside)]
        at = aside.end
    return "".join(pieces) + text[at : quote.span.end]


def _side(quote: Quote, document: Document, alignment: Alignment, source: bool) -> _Side:
    numbers = alignment.by_source if source else alignment.by_target
    beads: dict[int, float] = defaultdict(float)
    first = document.sentence_at(quote.span.start)
    if first is None and document.sentences:
        first = document.sentence_at(quote.outer.start)
    number = first if first is not None else len(document.sentences)
    place = 0.5
    while number < len(document.sentences) and document.sentences[number].span.start < quote.span.end:
        span = document.sentences[number].span
        shared = min(span.end, quote.span.end) - max(span.start, quote.span.start)
        if shared > 0:
            beads[numbers[number]] += shared
        number += 1
    if first is not None:
        bead = alignment.beads[numbers[first]]
        cover = document.cover(bead.source if source else bead.target)
        if cover is not None and len(cover):
            place = (quote.span.start + min(quote.span.end, cover.end) - 2 * cover.start) / (2 * len(cover))
    total = sum(beads.values()) or 1.0
    content = spoken(quote, document.text)
    found = tuple(dict.fromkeys(w.folded for w in words(content, document.lang) if len(w.text) > _FUNCTION))
    values = frozenset(f.value for f in figures(content, document.lang) if f.kind not in ("vague", "designation"))
    kind = "speech" if quote.speech else quote.kind
    return _Side(quote, {b: n / total for b, n in beads.items()}, found[:200], values, place, kind)


def _scored(left: Sequence[_Side], right: Sequence[_Side], lexicon: Lexicon) -> list[tuple[float, int, int]]:
    by_bead: dict[int, list[int]] = defaultdict(list)
    for number, side in enumerate(right):
        for bead in side.beads:
            by_bead[bead].append(number)
    found = []
    for s, side in enumerate(left):
        near: dict[int, None] = {}
        for bead in side.beads:
            for neighbour in (bead, bead - 1, bead + 1):
                rivals = by_bead.get(neighbour, [])
                if len(rivals) > _WIDEST:
                    middle = int(side.place * len(rivals))
                    rivals = rivals[max(0, middle - _WIDEST // 2) : middle + _WIDEST // 2]
                near.update(dict.fromkeys(rivals))
        for t in near:
            shared = _shared_beads(side, right[t])
            value = _score(side, right[t], shared, lexicon)
            if value >= (LEAST if shared else LEAST_NEAR):
                found.append((value, s, t))
    return found


def _shared_beads(one: _Side, other: _Side) -> float:
    return sum(min(weight, other.beads.get(bead, 0.0)) for bead, weight in one.beads.items())


def _score(one: _Side, other: _Side, shared: float, lexicon: Lexicon) -> float:
    kinds = _KINDS.get((one.kind, other.kind), _KINDS.get((other.kind, one.kind), 0.0))
    ratio = math.log((other.length + 4) / (one.length + 4))
    length = math.exp(-(ratio**2) / (2 * _DEVIATION**2))
    place = 1 - 2 * abs(one.place - other.place) if shared else 0.0
    level = 0.1 if one.quote.level == other.quote.level else -0.15
    numbers = 0.0
    if one.figures or other.figures:
        numbers = 0.4 if one.figures & other.figures else -0.3
    covered, known = _covered(one.words, other.words, lexicon)
    content = 1.5 * (covered / known - 0.25) * min(1.0, known / 3) if known else 0.0
    if known >= 3 and not covered:
        content -= 0.3
    return 0.7 * shared + content + 0.8 * length + 0.4 * max(-0.5, place) + kinds + level + numbers


def _covered(source: Sequence[str], target: Sequence[str], lexicon: Lexicon) -> tuple[int, int]:
    """How many source words have a counterpart among the target words, of how many for which that can be told."""
    stems: set[str] = set()
    for word in target:
        stems.update(prefixes(word))
    sounds = {key for word in target for key in names.skeletons(word) if len(key) > 2}
    covered = known = 0
    for word in source:
        renderings = lexicon.renderings(word)
        alike = bool(sounds) and any(key in sounds for key in names.skeletons(word))
        if renderings or alike:
            known += 1
            covered += alike or any(r in stems for r in renderings)
    return covered, known


def _uncross(
    left: Sequence[_Side], right: Sequence[_Side], partner: dict[int, int], scores: Mapping[tuple[int, int], float]
) -> None:
    """Exchanges partners that cross for no good reason: quotes of one bead keep their order."""
    ordered = sorted(partner)
    for s, following in pairwise(ordered):
        t, other = partner[s], partner[following]
        if t < other or not (left[s].beads.keys() & left[following].beads.keys()):
            continue
        if left[s].quote.level != left[following].quote.level:
            continue
        straight = scores.get((s, other)), scores.get((following, t))
        if straight[0] is None or straight[1] is None:
            continue
        if straight[0] + straight[1] > scores[s, t] + scores[following, other] - 0.35:
            partner[s], partner[following] = other, t


def _left_over(left: Sequence[_Side], right: Sequence[_Side], partner: dict[int, int], lexicon: Lexicon) -> None:
    """Links speech that is all that is left of a bead on both sides, though the renderings differ much."""
    free: tuple[dict[int, list[int]], dict[int, list[int]]] = (defaultdict(list), defaultdict(list))
    taken = set(partner.values())
    for sides, used, found in ((left, partner.keys(), free[0]), (right, taken, free[1])):
        for number, side in enumerate(sides):
            if number not in used and side.kind == "speech" and side.beads:
                found[max(side.beads, key=lambda bead: side.beads[bead])].append(number)
    for bead, sources in free[0].items():
        targets = free[1].get(bead, [])
        if len(sources) == len(targets) == 1:
            one, other = left[sources[0]], right[targets[0]]
            same = one.quote.level == other.quote.level
            if same and _score(one, other, _shared_beads(one, other), lexicon) >= LEAST_ALONE:
                partner[sources[0]] = targets[0]


def _split(left: Sequence[_Side], right: Sequence[_Side], linked: dict[int, list[int]], lexicon: Lexicon) -> None:
    """Adds the second part of quotes that became two."""
    taken = {t for ts in linked.values() for t in ts}
    owner = {t: s for s, ts in linked.items() for t in ts}
    for t, side in enumerate(right):
        if t in taken or side.kind != "speech":
            continue
        for near in _neighbours(right, t):
            s = owner.get(near)
            if s is None or left[s].kind != "speech" or right[near].quote.level != side.quote.level:
                continue
            if not _shared_beads(left[s], side) or len(linked[s]) > 1:
                continue
            if _completes(left[s], right[near], side, lexicon, True):
                linked[s].append(t)
                taken.add(t)
                break


def _merged(left: Sequence[_Side], right: Sequence[_Side], linked: dict[int, list[int]], lexicon: Lexicon) -> None:
    """Adds source quotes that became a part of a longer target quote."""
    for s, side in enumerate(left):
        if s in linked or side.kind != "speech":
            continue
        for near in _neighbours(left, s):
            if len(linked.get(near, ())) != 1:
                continue
            t = linked[near][0]
            if left[near].quote.level != side.quote.level or not _shared_beads(side, right[t]):
                continue
            if _completes(right[t], left[near], side, lexicon, False):
                linked[s] = [t]
                break


def _neighbours(sides: Sequence[_Side], number: int) -> list[int]:
    """The nearest quotes of the same level, before and after."""
    found = []
    for step in (-1, 1):
        other = number + step
        while 0 <= other < len(sides) and abs(other - number) < 4:
            if sides[other].quote.level == sides[number].quote.level:
                found.append(other)
                break
            other += step
    return found


def _completes(whole: _Side, part: _Side, rest: _Side, lexicon: Lexicon, split: bool) -> bool:
    """Whether two quotes together are nearer to a third than the first of them alone, in length and in words."""
    alone = abs(math.log(part.length / whole.length))
    if whole.quote.asides and not split and (part.length + rest.length) / whole.length < 1.8:
        return True  # the author's words stand inside the target quote, between two quotes of the source
    together = abs(math.log((part.length + rest.length) / whole.length))
    if together > alone or together > 0.5:
        return False
    covered, known = _covered(whole.words, rest.words, lexicon) if split else _covered(rest.words, whole.words, lexicon)
    reachable = min(known, len(rest.words)) if split else known
    if not reachable:
        return alone - together >= 0.3
    return covered > 0 and covered >= 0.25 * reachable
