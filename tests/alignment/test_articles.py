"""Renderings as editors make them: twelve articles with gold beads, and how many of the beads are found.

Strict F1: the beads found are laid over the pieces of the gold. A piece of the source and one of the target belong
together if one bead touches both (six letters or digits, or half of the piece); pieces that belong together make a
bead, a piece that belongs to none is a bead alone. A bead counts if the gold has just the same one.
"""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from glossary.alignment import Alignment, Bead, align, unrelated
from glossary.service import Settings, resources
from glossary.text.segment import document
from glossary.text.spans import Document, Span

ARTICLES = Path(__file__).parents[1] / "samples" / "articles"
PAIRS = tuple(sorted(path.name.removesuffix(".gold.tsv") for path in ARTICLES.glob("*.gold.tsv")))
GOAL = 0.95
TOUCH = 6
BLOCK = 3
MEDIC = pytest.mark.xfail(strict=False, reason="the last bead of a moved block, a quote without names, is not found")

Side = frozenset[int]
Link = tuple[Side, Side]


@dataclass(frozen=True)
class Article:
    """A pair: both texts, the cells of its gold beads."""

    name: str
    source: Document
    target: Document
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Gold:
    """The pieces of both sides as spans of letters and digits, and the beads as numbers of pieces."""

    source: tuple[Span, ...]
    target: tuple[Span, ...]
    beads: tuple[Link, ...]


@cache
def read(pair: str) -> Article:
    name, lang = pair.split(".")
    source, target = (
        document((ARTICLES / f"{name}.{side}.txt").read_text(encoding="utf-8"), name=f"{name}.{side}.txt")
        for side in ("en", lang)
    )
    rows = (ARTICLES / f"{pair}.gold.tsv").read_text(encoding="utf-8").splitlines()
    cells = [row.split("\t") for row in rows]
    assert all(len(row) == 2 and any(row) for row in cells)
    return Article(pair, source, target, tuple((row[0], row[1]) for row in cells))


def squeezed(text: str) -> str:
    """Letters and digits only."""
    return "".join(character for character in text if character.isalnum())


def pieces(cell: str, lang: str, alone: bool) -> list[list[str]]:
    """The sentences of a cell, squeezed; those that follow each other in the text together.

    Without a counterpart the parts of a caption are not told apart.
    """
    runs = [run for run in cell.split(" ¦ ") if run]
    if alone:
        return [[squeezed(run)] for run in runs]
    return [[squeezed(sentence) for sentence in sentences(run, lang)] for run in runs]


def sentences(run: str, lang: str) -> Iterator[str]:
    """Cut by our own rules, save within brackets: what a sentence quotes there is a part of it."""
    doc = document(run, lang)
    held = ""
    for number in range(len(doc.sentences)):
        held += doc.sentence(number)
        if held.count("(") <= held.count(")"):
            yield held
            held = ""
    if held:
        yield held


def placed(text: str, runs: Sequence[list[list[str]]]) -> list[list[Span]]:
    """Where the pieces of each cell stand in a squeezed text, the longest runs placed first, none over another."""
    taken = bytearray(len(text))
    spans: list[list[Span]] = [[] for _ in runs]
    order = sorted(
        ((number, run) for number, cell in enumerate(runs) for run in cell), key=lambda one: -len("".join(one[1]))
    )
    for number, run in order:
        whole = "".join(run)
        start = text.find(whole)
        while start >= 0 and any(taken[start : start + len(whole)]):
            start = text.find(whole, start + 1)
        assert start >= 0, f"not in the text, or not once more: {whole}"
        taken[start : start + len(whole)] = b"\1" * len(whole)
        for piece in run:
            spans[number].append(Span(start, start + len(piece)))
            start += len(piece)
    assert all(taken), f"in no bead: {text[taken.index(0) :][:60]}"
    return spans


@cache
def gold(pair: str) -> Gold:
    article = read(pair)
    sides: list[tuple[Span, ...]] = []
    numbers: list[list[Side]] = []
    for side, doc in enumerate((article.source, article.target)):
        runs = [pieces(cell[side], doc.lang, not cell[1 - side]) for cell in article.cells]
        spans = placed(squeezed(doc.text), runs)
        order = sorted(span for cell in spans for span in cell)
        sides.append(tuple(order))
        numbers.append([frozenset(order.index(span) for span in cell) for cell in spans])
    return Gold(sides[0], sides[1], tuple(zip(*numbers, strict=True)))


@cache
def aligned(pair: str) -> Alignment:
    article = read(pair)
    lexicon = resources(Settings("align", memory=False)).lexicon(article.target.lang)
    return align(article.source, article.target, lexicon=lexicon)


def touched(doc: Document, sentences: Iterable[int], parts: Sequence[Span]) -> list[int]:
    """The pieces of the gold that these sentences touch."""
    found = []
    counts = letters_before(doc)
    spans = [doc.sentences[n].span for n in sentences]
    for number, part in enumerate(parts):
        shared = sum(max(0, min(part.end, counts[span.end]) - max(part.start, counts[span.start])) for span in spans)
        if shared >= TOUCH or 2 * shared >= len(part) > 0:
            found.append(number)
    return found


@cache
def letters_before(doc: Document) -> tuple[int, ...]:
    """How many letters and digits stand before each offset."""
    counts = [0]
    for character in doc.text:
        counts.append(counts[-1] + character.isalnum())
    return tuple(counts)


def projected(alignment: Alignment, to: Gold) -> frozenset[Link]:
    """The beads found, over the pieces of the gold."""
    groups = [({number}, set[int]()) for number in range(len(to.source))]
    groups += [(set[int](), {number}) for number in range(len(to.target))]
    for bead in alignment.beads:
        source = touched(alignment.source, bead.source, to.source)
        target = touched(alignment.target, bead.target, to.target)
        if source and target:
            hit = [one for one in groups if not one[0].isdisjoint(source) or not one[1].isdisjoint(target)]
            rest = [one for one in groups if one not in hit]
            groups = [*rest, (set().union(*(one[0] for one in hit)), set().union(*(one[1] for one in hit)))]
    return frozenset((frozenset(source), frozenset(target)) for source, target in groups)


def strict_f1(pairs: Iterable[str]) -> float:
    """2 · right / (found + gold) over all beads of these pairs."""
    right = total = 0
    for pair in pairs:
        found = projected(aligned(pair), gold(pair))
        right += len(found & set(gold(pair).beads))
        total += len(found) + len(gold(pair).beads)
    return 2 * right / total


def moved_blocks(pair: str) -> Iterator[list[Link]]:
    """Runs of at least `BLOCK` gold beads that stand elsewhere in the target: not in the longest chain that rises."""
    beads = [bead for bead in gold(pair).beads if all(bead)]
    places = [min(target) for _, target in beads]
    best: list[list[int]] = []
    for number, place in enumerate(places):
        before = [(len(chain), chain) for chain in best if places[chain[-1]] < place]
        best.append([*max(before, default=(0, []))[1], number])
    kept = set(max((len(chain), chain) for chain in best)[1])
    block: list[Link] = []
    for number, bead in enumerate(beads):
        if number not in kept:
            block.append(bead)
        if (number in kept or number == len(beads) - 1) and block:
            if len(block) >= BLOCK:
                yield block
            block = []


def test_there_are_twelve() -> None:
    assert len(PAIRS) == 12
    assert sum(pair.endswith(".ru") for pair in PAIRS) == sum(pair.endswith(".uk") for pair in PAIRS) == 6


@pytest.mark.parametrize("pair", PAIRS)
def test_the_languages_are_recognised(pair: str) -> None:
    assert (read(pair).source.lang, read(pair).target.lang) == ("en", pair.split(".")[1])


@pytest.mark.parametrize("pair", PAIRS)
def test_gold_covers_both_texts(pair: str) -> None:
    article = read(pair)
    assert 300 <= len(article.source.text.split()) <= 900
    for side, doc in (("source", article.source), ("target", article.target)):
        spans = getattr(gold(pair), side)
        assert [span.start for span in spans] == [0, *(span.end for span in spans[:-1])]
        assert spans[-1].end == len(squeezed(doc.text))


@pytest.mark.parametrize("pair", PAIRS)
def test_sentences_of_the_gold_are_sentences_of_the_text(pair: str) -> None:
    """Where our own cuts fall inside a sentence of the gold, it is a credit or a quote within brackets."""
    article = read(pair)
    for side, doc in (("source", article.source), ("target", article.target)):
        ends = {letters_before(doc)[sentence.span.end] for sentence in doc.sentences}
        assert {span.end for span in getattr(gold(pair), side)} <= ends


@pytest.mark.parametrize("pair", PAIRS)
def test_notes_quote_the_article(pair: str) -> None:
    notes = tomllib.loads((ARTICLES / f"{pair}.notes.toml").read_text(encoding="utf-8"))
    assert len(notes["what"]) >= 3
    for quote in notes["quotes"]:
        assert quote["text"] in read(pair).source.text
        assert quote["speaker"]
        assert quote["speaker_lang"] in ("en", "ru", "uk", "nl", "und")
        assert quote["origin"]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([((0, 1), (0,)), ((2,), (1,))], "01-0 2-1"),
        ([((0,), (0,)), ((1,), ()), ((2,), (1,))], "0-0 1- 2-1"),
        ([((0,), (0,)), ((1, 2), (1,))], "0-0 12-1"),
        ([((0, 1), (0,)), ((2,), ()), ((), (1,))], "01-0 2- -1"),
    ],
)
def test_beads_are_laid_over_the_gold(found: list[tuple[tuple[int, ...], tuple[int, ...]]], expected: str) -> None:
    source, target = (
        document("The bridge fell. Nobody was hurt. It rained.", "en"),
        document("Мост рухнул. Шёл дождь.", "ru"),
    )
    to = Gold((Span(0, 13), Span(13, 26), Span(26, 34)), (Span(0, 10), Span(10, 18)), ())
    alignment = Alignment(source, target, tuple(Bead(*sides, score=1.0) for sides in found))
    links = sorted(projected(alignment, to), key=lambda link: (sorted(link[0]) or [9], sorted(link[1])))
    assert " ".join("-".join("".join(map(str, sorted(side))) for side in link) for link in links) == expected


def test_finer_beads_than_the_gold_are_free() -> None:
    source, target = document("It fell. It rained.", "en"), document("Рухнуло. Шёл дождь.", "ru")
    alignment = Alignment(source, target, (Bead((0,), (0,), 1.0), Bead((1,), (1,), 1.0)))
    whole = Gold((Span(0, 14),), (Span(0, 15),), ())
    assert projected(alignment, whole) == {(frozenset({0}), frozenset({0}))}


@pytest.mark.parametrize("pair", PAIRS)
def test_renderings_belong_to_their_articles(pair: str) -> None:
    assert not unrelated(aligned(pair))


def test_strict_f1() -> None:
    """Measured .966."""
    assert strict_f1(PAIRS) >= GOAL


def test_some_blocks_were_moved() -> None:
    assert sum(1 for pair in PAIRS for _ in moved_blocks(pair)) >= 8


@pytest.mark.parametrize(
    "pair",
    [pytest.param(pair, marks=[MEDIC] if pair == "medic.uk" else []) for pair in PAIRS if any(moved_blocks(pair))],
)
def test_a_block_moved_far_is_not_reported_as_left_out_here_and_added_there(pair: str) -> None:
    found = projected(aligned(pair), gold(pair))
    left_out = {number for source, target in found if not target for number in source}
    added = {number for source, target in found if not source for number in target}
    for block in moved_blocks(pair):
        lost = [bead for bead in block if bead[0] <= left_out and bead[1] <= added]
        assert len(lost) <= len(block) / 4, f"{len(lost)} of {len(block)} beads"
