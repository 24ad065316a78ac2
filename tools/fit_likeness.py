"""Fits the weights of glossary/data/likeness.toml: run as `python tools/fit_likeness.py [--check]`.

The data are the project's own: tests/samples/renderings.LANG.jsonl, quotes each put by several translators (and some of
them in part), or literally by several machines (`machine-…`). Two versions of one quote are an example for; a version
with the most alike versions of other quotes, with its neighbours in the file and with others by chance, are examples
against. All that were taken wrongly for the same count `FALSE` times all that were missed, and a short quote that was
missed `MISSED` times a longer one.
Neighbours are of one speech, and those that were put literally often turn each other's claim round, which is for
`contradictions` to tell: they count little. A ridge logistic regression over all three languages, by Newton's method.
Printed is also what is reached at `SAME` on quotes left out.
"""

import argparse
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from glossary.data import FOLDER
from glossary.quotes.likeness import FEATURES, TABLE, compare_features, dice, profile

SAMPLES = Path(__file__).parents[1] / "tests" / "samples"
LANGS = ("en", "ru", "uk")
RIDGE = 10.0
FALSE, MISSED = 6.0, 3.0
NEAR, ALIKE, BESIDE, CHANCE = 25, 4, 2, 2
LITTLE, EASY = 0.2, 0.5
FOLDS = 5
SHORT = 8  # words
HEADER = f"""# Weights of the regression that says whether two strings render one utterance (quotes/likeness.py).
# source: fitted by {Path(__file__).name} on tests/samples/renderings.*.jsonl
# licence: GPL-3.0-or-later

"""

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Version:
    """One rendering of a quote, `number` in the file of its language."""

    lang: str
    number: int
    group: str
    text: str
    literal: bool


@dataclass(frozen=True)
class Example:
    """Two strings of one language: their features, whether they render one quote, how much the example counts."""

    lang: str
    groups: tuple[str, str]
    features: tuple[float, ...]
    same: bool
    short: bool
    weight: float


def versions(lang: str) -> list[Version]:
    """The renderings of one language."""
    lines = (SAMPLES / f"renderings.{lang}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line]
    literal = {row["group"] for row in rows if row["version"].startswith("machine")}
    numbers = {group: n for n, group in enumerate(dict.fromkeys(row["group"] for row in rows))}
    return [Version(lang, numbers[row["group"]], row["group"], row["text"], row["group"] in literal) for row in rows]


def bag(one: str, other: str, lang: str) -> float:
    """What the stems of two strings have in common: quick, for finding neighbours."""
    first, second = profile(one, lang), profile(other, lang)
    shared = sum(min(weight, second.weighed.get(key, 0.0)) for key, weight in first.weighed.items())
    return shared / (first.mass + second.mass)


def example(one: Version, other: Version, weight: float) -> Example:
    """Two versions as an example."""
    same = one.group == other.group
    beside = not same and abs(one.number - other.number) <= 1
    short = max(len(version.text.split()) for version in (one, other)) <= SHORT
    counts = weight * (LITTLE if beside and one.literal and other.literal else 1.0)
    features = compare_features(one.text, other.text, one.lang)
    return Example(one.lang, (one.group, other.group), features, same, short, counts)


def examples(lang: str) -> Iterator[Example]:
    """The examples of one language, the same on every run."""
    chance = random.Random(1)
    known = versions(lang)
    yield from (example(one, other, 1.0) for one, other in combinations(known, 2) if one.group == other.group)
    met = set[frozenset[str]]()
    for one in known:
        others = [other for other in known if other.group != one.group]
        near = sorted(others, key=lambda other: -bag(one.text, other.text, lang))[:NEAR]
        alike = sorted(near, key=lambda other: -dice(one.text, other.text, lang))[:ALIKE]
        beside = [other for other in others if abs(other.number - one.number) <= 2]
        easy = chance.sample(beside, BESIDE) + chance.sample(others, CHANCE)
        for other, weight in [(other, 1.0) for other in alike] + [(other, EASY) for other in easy]:
            pair = frozenset((one.text, other.text))
            if pair not in met:
                met.add(pair)
                yield example(one, other, weight)


def fitted(rows: list[Example]) -> tuple[float, ...]:
    """Intercept and weights of the features."""
    x = np.array([row.features for row in rows])
    same = np.array([row.same for row in rows])
    counts = np.array([row.weight for row in rows])
    counts[same] *= 0.5 * len(rows) / counts[same].sum()
    counts[~same] *= 0.5 * len(rows) / counts[~same].sum() * FALSE
    counts[[row.same and row.short for row in rows]] *= MISSED
    mean, spread = x.mean(axis=0), x.std(axis=0)
    x = np.hstack([np.ones((len(rows), 1)), (x - mean) / spread])
    ridge = np.full(x.shape[1], RIDGE)
    ridge[0] = 0.001
    weights = np.zeros(x.shape[1])
    for _ in range(40):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ (counts * (p - same)) + ridge * weights
        weights -= np.linalg.solve((x * (counts * p * (1 - p))[:, None]).T @ x + np.diag(ridge), slope)
    plain = weights[1:] / spread
    return (round(float(weights[0] - plain @ mean), 3), *(round(float(weight), 3) for weight in plain))


def likely(row: Example, weights: tuple[float, ...]) -> bool:
    """Whether the regression takes the two for one quote."""
    first, *rest = weights
    return first + sum(weight * value for weight, value in zip(rest, row.features, strict=True)) >= 0


def f1(rows: list[Example], said: list[bool]) -> float:
    """2 · right / (said + same)."""
    right = sum(row.same and yes for row, yes in zip(rows, said, strict=True))
    return 2 * right / max(1, sum(said) + sum(row.same for row in rows))


def report(rows: list[Example]) -> None:
    """Print what is reached on quotes left out, all and short, by language."""
    folds: dict[str, int] = {}
    for row in rows:
        for group in row.groups:
            folds.setdefault(group, len(folds) // 3 % FOLDS)  # siblings stay together, nearly always
    said: dict[int, bool] = {}
    for fold in range(FOLDS):
        weights = fitted([row for row in rows if all(folds[group] != fold for group in row.groups)])
        said |= {n: likely(row, weights) for n, row in enumerate(rows) if folds[row.groups[0]] == fold}
    for lang in LANGS:
        for name, kept in (("all", False), ("short", True)):
            chosen = [n for n, row in enumerate(rows) if row.lang == lang and (row.short or not kept)]
            score = f1([rows[n] for n in chosen], [said[n] for n in chosen])
            print(f"{lang} {name}: F1 {score:.3f} of {len(chosen)} pairs of quotes left out")


def main() -> None:
    """Fit, say what is reached, write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args()
    rows = [example for lang in LANGS for example in examples(lang)]
    report(rows)
    named = zip(("bias", *FEATURES), fitted(rows), strict=True)
    text = HEADER + "".join(f"{name} = {value}\n" for name, value in named)
    if options.check:
        print(text)
    else:
        (FOLDER / TABLE).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
