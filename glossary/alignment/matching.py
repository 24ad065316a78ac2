"""Which types of one document may render which types of the other."""

from collections import defaultdict
from dataclasses import dataclass

from glossary.alignment.lexicon import Lexicon, stem
from glossary.alignment.tokens import LATIN, MARK, NAME, NUMBER, WORD, Type, Types
from glossary.text import names

COGNATE, TERM, KNOWN, DRAFT = "cognate", "lexicon", "known", "draft"
_COGNATE_LETTERS = 5
_COGNATE_PREFIX = 4
_COGNATE_LIKENESS = 0.55
_NAME_LIKENESS = 0.72


@dataclass(frozen=True, slots=True)
class Match:
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
    known_source, known_target = _lexical(source, target, lexicon, found)
    _names(source, target, found)
    _cognates(source, target, found)
    pairs = tuple(Match(s, t, kind) for (s, t), kind in found.items())
    return pairs, known_source, known_target


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
    source: Types, target: Types, lexicon: Lexicon, found: dict[tuple[int, int], str]
) -> tuple[frozenset[int], frozenset[int]]:
    wanted: dict[str, list[int]] = defaultdict(list)
    known_source = set()
    for number, item in enumerate(source.items):
        if item.kind in (WORD, NAME):
            renderings = lexicon.renderings(item.text)
            if renderings:
                known_source.add(number)
                for stem in renderings:
                    wanted[stem].append(number)
    known_target = set()
    for number, item in enumerate(target.items):
        if item.kind in (WORD, NAME):
            known = lexicon.stems_of(item.text)
            if known:
                known_target.add(number)
                for known_stem in known:
                    for other in wanted.get(known_stem, ()):
                        found.setdefault((other, number), TERM)
    return frozenset(known_source), frozenset(known_target)


def _names(source: Types, target: Types, found: dict[tuple[int, int], str]) -> None:
    """Capitalised words by equal skeleton, then by likeness of sound."""
    by_skeleton: dict[str, list[int]] = defaultdict(list)
    for number, item in enumerate(target.items):
        if item.kind in (NAME, WORD):
            for skeleton in names.skeletons(item.text):
                if len(skeleton) > 1:
                    by_skeleton[skeleton].append(number)
    for number, item in enumerate(source.items):
        if item.kind == NAME:
            for skeleton in names.skeletons(item.text):
                for other in by_skeleton.get(skeleton, ()):
                    same = target.items[other].kind == NAME
                    if same or len(skeleton) > 2:
                        found.setdefault((number, other), NAME)
    _alike(source, target, found)


def _alike(source: Types, target: Types, found: dict[tuple[int, int], str]) -> None:
    from rapidfuzz import process
    from rapidfuzz.distance import Indel

    left = [n for n, item in enumerate(source.items) if item.kind == NAME and len(item.text) > 3]
    right = [n for n, item in enumerate(target.items) if item.kind == NAME and len(item.text) > 3]
    if not left or not right:
        return
    table = process.cdist(
        [names.transliterate(source.items[n].text) for n in left],
        [names.transliterate(names.stem(target.items[n].text)) for n in right],
        scorer=Indel.normalized_similarity,
        score_cutoff=_NAME_LIKENESS,
    )
    for row, column in zip(*table.nonzero(), strict=True):
        found.setdefault((left[int(row)], right[int(column)]), NAME)


def _cognates(source: Types, target: Types, found: dict[tuple[int, int], str]) -> None:
    by_prefix: dict[str, list[int]] = defaultdict(list)
    for number, item in enumerate(target.items):
        if item.kind in (WORD, NAME) and len(item.text) >= _COGNATE_LETTERS:
            by_prefix[names.transliterate(item.text)[:_COGNATE_PREFIX]].append(number)
    for number, item in enumerate(source.items):
        if item.kind in (WORD, NAME) and len(item.text) >= _COGNATE_LETTERS:
            for other in by_prefix.get(names.transliterate(item.text)[:_COGNATE_PREFIX], ()):
                if (number, other) not in found:
                    likeness = names.likeness(item.text, target.items[other].text)
                    if likeness >= _COGNATE_LIKENESS:
                        found[number, other] = COGNATE
