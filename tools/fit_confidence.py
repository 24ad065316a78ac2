"""Fits the weights of glossary/data/confidence.toml: run as `python tools/fit_confidence.py [--seeds 40] [--check]`.

The data are the project's own: the beads of tests/samples/articles, laid out anew as lines and as paragraphs, as they
stand or without what the editor moved and left out, and spoiled: sentences left out on either side, passages of other
articles put in, neighbours exchanged, full stops lost. All of it follows from the seeds. A bead is right if the pieces
of gold it touches on one side are those it touches on the other, and are one. Two ridge logistic regressions, for
paired beads and for lone sentences, by Newton's method. Printed is also what they reach on articles left out.
"""

import argparse
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from glossary.alignment import Alignment, aligner
from glossary.alignment.confidence import ALONE, PAIRED, TABLE, features
from glossary.data import FOLDER
from glossary.service import Settings, resources
from glossary.text.segment import document

ARTICLES = Path(__file__).parents[1] / "tests" / "samples" / "articles"
HEADER = f"""# Weights of the two logistic regressions that say how sure a bead is (glossary/alignment/confidence.py).
# source: fitted by {Path(__file__).name} on beads of tests/samples/articles, laid out and spoiled in many ways
# licence: GPL-3.0-or-later
"""
LEFT_OUT, DROPPED, STOP_LOST = 0.06, 0.05, 0.04
FOREIGN = 10_000  # numbers of cells put in from elsewhere
RIDGE = 3.0
FOLDS = 6
TOUCH = 6

Cells = tuple[tuple[str, str], ...]
Piece = tuple[tuple[int, int] | None, tuple[int, int] | None]
Row = tuple[str, bool, dict[str, float]]


@dataclass(frozen=True)
class Article:
    """The gold of a pair: its cells in source order, and where each stands in the target."""

    name: str
    lang: str
    cells: Cells
    places: tuple[int, ...]


@dataclass(frozen=True)
class Laid:
    """A made-up pair: both texts, and the gold as spans (None where there is no counterpart)."""

    article: str
    lang: str
    source: str
    target: str
    gold: tuple[Piece, ...]


def articles() -> list[Article]:
    """All articles with gold."""
    found = []
    for path in sorted(ARTICLES.glob("*.gold.tsv")):
        name, lang = path.name.removesuffix(".gold.tsv").split(".")
        text = " ".join((ARTICLES / f"{name}.{lang}.txt").read_text(encoding="utf-8").split())
        rows = [row.split("\t") for row in path.read_text(encoding="utf-8").splitlines()]
        cells = tuple((row[0].replace(" ¦ ", " "), row[1].replace(" ¦ ", " ")) for row in rows)
        places = tuple(text.find(" ".join(target.split())[:40]) if target else -1 for _, target in cells)
        found.append(Article(f"{name}.{lang}", lang, cells, places))
    return found


def laid(article: Article, others: Sequence[Article], chance: random.Random, *, moved: bool, lines: bool) -> Laid:
    """One spoiled layout of an article; unless `moved`, of a stretch of it without what the editor changed."""
    cells: dict[int, tuple[str, str]] = dict(enumerate(article.cells))
    source = [n for n in cells if cells[n][0] and (moved or cells[n][1])]
    if not moved and len(source) > 26:
        first = chance.randrange(len(source) - 22)
        source = source[first : first + chance.randint(12, 22)]
    target = [n for n in (cells if moved else source) if cells[n][1]]
    if moved:
        target.sort(key=lambda n: article.places[n])
    linked = set(source) & set(target)
    for side, share in ((target, LEFT_OUT), (source, DROPPED)):
        gone = {n for n in side if n in linked and chance.random() < share}
        linked -= gone
        side[:] = [n for n in side if n not in gone]
    for block in range(chance.randint(1, 2)):
        strange = [cell[1] for cell in chance.choice(others).cells if cell[1]]
        size = chance.randint(1, 3)
        first, at = chance.randrange(len(strange) - size), chance.randrange(len(target) + 1)
        for step in range(size):
            number = FOREIGN + 100 * block + step
            cells[number] = ("", strange[first + step])
            target.insert(at + step, number)
    near = [n for n in range(len(target) - 1) if target[n] < FOREIGN and target[n + 1] < FOREIGN]
    if len(target) >= 8 and near:
        n = chance.choice(near)
        target[n], target[n + 1] = target[n + 1], target[n]
    if not lines:
        for n in sorted({*source, *target}):
            if chance.random() < STOP_LOST:
                cells[n] = (_open(cells[n][0]), _open(cells[n][1]))
    texts = [_text([cells[n][side] for n in order], chance, lines) for side, order in ((0, source), (1, target))]
    spans = [dict(zip(order, text[1], strict=True)) for order, text in zip((source, target), texts, strict=True)]
    pieces: list[Piece] = [(spans[0][n], spans[1][n]) for n in source if n in linked]
    pieces += [(spans[0][n], None) for n in source if n not in linked]
    pieces += [(None, spans[1][n]) for n in target if n not in linked]
    return Laid(article.name, article.lang, texts[0][0], texts[1][0], tuple(pieces))


def _open(cell: str) -> str:
    """The cell without its full stop."""
    return re.sub(r"[.!?…]+(?=[\"»”’)\]]*$)", "", cell)


def _text(cells: Sequence[str], chance: random.Random, lines: bool) -> tuple[str, list[tuple[int, int]]]:
    """A text of cells, one a line or in paragraphs of two to five after the headline, and the span of each."""
    text, spans, following = "", [], 1
    for number, cell in enumerate(cells):
        if number:
            text += "\n\n" if lines or number == following else " "
        if number == following:
            following += chance.randint(2, 5)
        spans.append((len(text), len(text) + len(cell)))
        text += cell
    return text, spans


def right(alignment: Alignment, pair: Laid) -> list[bool | None]:
    """For each bead whether it is right, None if it touches nothing."""
    counts = []
    for text in (pair.source, pair.target):
        before = [0]
        for character in text:
            before.append(before[-1] + character.isalnum())
        counts.append(before)
    found: list[bool | None] = []
    for number in range(len(alignment.beads)):
        sides = (alignment.source_spans(number), alignment.target_spans(number))
        touched = [
            {
                piece
                for piece, gold in enumerate(pair.gold)
                if (span := gold[side]) is not None
                and _touches([(s.start, s.end) for s in sides[side]], span, counts[side])
            }
            for side in (0, 1)
        ]
        if not touched[0] and not touched[1]:
            found.append(None)
        elif touched[0] and touched[1]:
            found.append(touched[0] == touched[1] and len(touched[0]) == 1)
        else:
            found.append(all(None in pair.gold[piece] for piece in touched[0] | touched[1]))
    return found


def _touches(spans: Sequence[tuple[int, int]], piece: tuple[int, int], before: Sequence[int]) -> bool:
    letters = sum(
        max(0, before[min(end, piece[1])] - before[max(start, piece[0])])
        for start, end in spans
        if start < piece[1] and piece[0] < end
    )
    return letters >= TOUCH or 0 < before[piece[1]] - before[piece[0]] <= 2 * letters


def seen(pair: Laid) -> list[Row]:
    """For each bead the kind of regression it belongs to, whether it is right, and its features."""
    held: list[dict[str, float]] = []

    def numbered(*arguments: Any) -> list[float]:
        held[:] = features(*arguments)
        return [float(number) for number in range(len(held))]

    with patch.object(aligner, "probabilities", numbered):
        lexicon = resources(Settings("align", memory=False)).lexicon(pair.lang)
        alignment = aligner.align(document(pair.source, "en"), document(pair.target, pair.lang), lexicon=lexicon)
    return [
        (PAIRED if bead.paired else ALONE, good, held[int(bead.score)])
        for bead, good in zip(alignment.beads, right(alignment, pair), strict=True)
        if good is not None and bead.score.is_integer()
    ]


def pairs(seeds: int) -> Iterator[Laid]:
    """All made-up pairs; those with moves are a tenth."""
    everything = articles()
    for article in everything:
        others = [other for other in everything if other.lang == article.lang and other is not article]
        for seed in range(seeds):
            for lines in (False, True):
                for moved in (False, True) if seed % 10 == 0 else (False,):
                    chance = random.Random(f"{article.name} {seed} {lines} {moved}")
                    yield laid(article, others, chance, moved=moved, lines=lines)


def fitted(rows: Sequence[Row], kind: str) -> dict[str, float]:
    """The weights of one regression."""
    chosen = [row for row in rows if row[0] == kind]
    names = list(chosen[0][2])
    x = np.array([[row[2][name] for name in names] for row in chosen])
    y = np.array([float(row[1]) for row in chosen])
    weights = np.zeros(len(names))
    ridge = np.array([0.001 if name == "bias" else RIDGE for name in names])
    for _ in range(40):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ (p - y) + ridge * weights
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge), slope)
        weights -= step
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


def judged(rows: Sequence[Row], weights: dict[str, dict[str, float]]) -> list[tuple[float, bool]]:
    """Score and truth of each bead."""
    return [
        (float(1 / (1 + np.exp(-sum(weights[kind][name] * value for name, value in row.items())))), good)
        for kind, good, row in rows
    ]


def report(scored: Sequence[tuple[float, bool]]) -> str:
    """AUROC, the share to open for nine errors in ten, expected calibration error over ten bins."""
    ordered = sorted(scored)
    bad = sum(not good for _, good in ordered)
    above = sum(place for place, (_, good) in enumerate(ordered, 1) if good)
    good_count = len(ordered) - bad
    auroc = (above - good_count * (good_count + 1) / 2) / (good_count * bad)
    wrong = list(accumulate(not good for _, good in ordered))
    opened = next(place for place, seen_wrong in enumerate(wrong, 1) if seen_wrong >= 0.9 * bad)
    bins: dict[int, float] = {}
    for p, good in ordered:
        bins[min(9, int(10 * p))] = bins.get(min(9, int(10 * p)), 0.0) + p - good
    error = sum(map(abs, bins.values())) / len(ordered)
    return f"{len(ordered)} beads, {bad} wrong: AUROC {auroc:.3f}, opened {opened / len(ordered):.3f}, ECE {error:.3f}"


def main() -> None:
    """Fit, say what was reached on articles left out, write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=40)
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args()
    made = list(pairs(options.seeds))
    with get_context("spawn").Pool() as pool:
        found = pool.map(seen, made, chunksize=8)
    names = sorted({pair.article for pair in made})
    out: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        held = {name for number, name in enumerate(names) if number % FOLDS == fold}
        rest = [row for pair, rows in zip(made, found, strict=True) if pair.article not in held for row in rows]
        test = [row for pair, rows in zip(made, found, strict=True) if pair.article in held for row in rows]
        out += judged(test, {kind: fitted(rest, kind) for kind in (PAIRED, ALONE)})
    print("articles left out:", report(out))
    everything = [row for rows in found for row in rows]
    weights = {kind: fitted(everything, kind) for kind in (PAIRED, ALONE)}
    print("articles fitted on:", report(judged(everything, weights)))
    text = HEADER
    for kind, table in weights.items():
        text += f"\n[{kind}]\n" + "".join(f"{name} = {value}\n" for name, value in table.items())
    if options.check:
        print(text)
    else:
        (FOLDER / TABLE).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
