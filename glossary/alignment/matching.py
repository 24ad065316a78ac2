"""Which types of one document may render which types of the other."""

from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

from glossary.alignment.lexicon import Lexicon, stem
from glossary.alignment.tokens import LATIN, MARK, NAME, NUMBER, WORD, Type, Types
from glossary.text import names
from glossary.text.recent import WORDS

COGNATE, TERM, KNOWN, DRAFT = "cognate", "lexicon", "known", "draft"
_COGNATE_LETTERS = 5
_COGNATE_PREFIX = 4
_COGNATE_LIKENESS = 0.55
_NAME_LIKENESS = 0.72


class Match(NamedTuple):  # thousands are made for an article: tuples are made three times as fast as dataclasses
    """Types `source` and `target` (numbers into the two Types) may render each other; `kind` says why."""

    source: int
    target: int
    kind: str


def matches(source: Types, target: Types, lexicon: Lexicon) -> tuple[tuple[Match, ...], frozenset[int], frozenset[int]]:
    """All pairs of types that may render each other, and the source and target types the lexicon knows.

    Cost: linear in the number of types, but for names without an equal skeleton, which are compared pairwise.
    """
    found: dict[tuple[int, int], str] = {}
    _equal(source, target, found)
    here, there = _words(source), _words(target)
    known_source, known_target = _lexical(here, there, lexicon, found)
    _sounding(here, there, found)
    pairs = tuple([Match(s, t, kind) for (s, t), kind in found.items()])
    return pairs, known_source, known_target


_Word = tuple[int, str, bool]  # its number among the types, its text, whether it is a name


def _words(types: Types) -> list[_Word]:
    return [(n, text, kind == NAME) for n, (text, kind, _) in enumerate(types.items) if kind in (WORD, NAME)]


@lru_cache(maxsize=WORDS)
def _skeletons(text: str) -> tuple[str, ...]:
    """The skeletons of a word that say something."""
    return tuple([skeleton for skeleton in names.skeletons(text) if len(skeleton) > 1])


@lru_cache(maxsize=WORDS)
def _prefix(text: str) -> str:
    """The sound a cognate begins with."""
    return names.transliterate(text)[:_COGNATE_PREFIX]


def alike(draft: Types, target: Types) -> tuple[Match, ...]:
    """All pairs of types of two texts of one language that are forms of one word, by their stems."""
    by_stem: dict[tuple[str, bool], list[int]] = defaultdict(list)
    for number, item in enumerate(target.items):
        by_stem[_stem(item)].append(number)
    return tuple(
        Match(number, other, MARK if item.kind == MARK else DRAFT)
        for number, item in enumerate(draft.items)
        for other in by_stem.get(_stem(item), ())
    )


def _stem(item: Type) -> tuple[str, bool]:
    return (stem(item.text) if item.kind in (WORD, NAME) else item.text), item.kind == MARK


def _equal(source: Types, target: Types, found: dict[tuple[int, int], str]) -> None:
    """Numbers, marks, Latin strings, and in texts of one language every word."""
    by_text = {(item.text, item.kind == MARK): number for number, item in enumerate(target.items)}
    for number, item in enumerate(source.items):
        other = by_text.get((item.text, item.kind == MARK))
        if other is None:
            continue
        kind = target.items[other].kind
        found[number, other] = item.kind if item.kind in (NUMBER, MARK) else (LATIN if kind in (LATIN, NAME) else TERM)


def _lexical(
    source: list[_Word], target: list[_Word], lexicon: Lexicon, found: dict[tuple[int, int], str]
) -> tuple[frozenset[int], frozenset[int]]:
    met, rendered = lexicon.met, lexicon.rendered
    there: dict[str, list[tuple[int, int]]] = {}
    known_target = set()
    for number, text, _ in target:
        known = met[text]
        if known:
            known_target.add(number)
            for rank, known_stem in enumerate(known):
                there.setdefault(known_stem, []).append((number, rank))
    hits: list[tuple[int, int, int]] = []
    known_source = set()
    for number, text, _ in source:
        renderings = rendered[text]
        if renderings:
            known_source.add(number)
            for rendering in renderings:
                if rendering in there:
                    hits += [(other, rank, number) for other, rank in there[rendering]]
    for other, _, number in sorted(hits):
        found.setdefault((number, other), TERM)
    return frozenset(known_source), frozenset(known_target)


def _sounding(source: list[_Word], target: list[_Word], found: dict[tuple[int, int], str]) -> None:
    """Names that sound alike, by equal skeleton, then nearly; then other words that do."""
    by_skeleton: dict[str, list[_Word]] = {}
    by_prefix: dict[str, list[_Word]] = {}
    for word in target:
        for skeleton in _skeletons(word[1]):
            by_skeleton.setdefault(skeleton, []).append(word)
        if len(word[1]) >= _COGNATE_LETTERS:
            by_prefix.setdefault(_prefix(word[1]), []).append(word)
    sought = [word for word in source if word[2]]
    for number, text, _ in sought:
        for skeleton in _skeletons(text):
            for other, _, named in by_skeleton.get(skeleton, ()):
                if named or len(skeleton) > 2:
                    found.setdefault((number, other), NAME)
    _alike(sought, [word for word in target if word[2]], found)
    for number, text, _ in source:
        if len(text) < _COGNATE_LETTERS:
            continue
        for other, other_text, _ in by_prefix.get(_prefix(text), ()):
            if (number, other) not in found and names.likeness(text, other_text) >= _COGNATE_LIKENESS:
                found[number, other] = COGNATE


def _alike(source: list[_Word], target: list[_Word], found: dict[tuple[int, int], str]) -> None:
    """Names of four letters and more that sound nearly alike."""
    from rapidfuzz import process
    from rapidfuzz.distance import Indel

    left = [word for word in source if len(word[1]) > 3]
    right = [word for word in target if len(word[1]) > 3]
    if not left or not right:
        return
    table = process.cdist(
        [names.transliterate(text) for _, text, _ in left],
        [names.transliterate(names.stem(text)) for _, text, _ in right],
        scorer=Indel.normalized_similarity,
        score_cutoff=_NAME_LIKENESS,
    )
    for row, column in zip(*table.nonzero(), strict=True):
        found.setdefault((left[int(row)][0], right[int(column)][0]), NAME)
