"""Fits the weights of glossary/data/likeness.toml: run as `python tools/fit_likeness.py [--check]`.

The data are the project's own: tests/samples/renderings.LANG.jsonl, quotes each put by several translators (and some of
them in part). Two versions of one quote are an example for, a version and the most alike versions of other quotes are
examples against; one taken wrongly for the same counts as two that were missed. A ridge logistic regression over all
three languages, each with an intercept and a deviation of its own that the ridge holds small, by Newton's method.
Printed is also what is reached at `SAME` on quotes left out.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from glossary.data import FOLDER
from glossary.quotes.likeness import FEATURES, TABLE, compare_features, dice

SAMPLES = Path(__file__).parents[1] / "tests" / "samples"
LANGS = ("en", "ru", "uk")
RIDGE, DEVIATION = 3.0, 30.0
FALSE = 2.0  # what a false match counts beside one that was missed
NEIGHBOURS = 4
FOLDS = 5
SHORT = 8  # words
HEADER = f"""# Weights of the regression that says whether two strings render one utterance (quotes/likeness.py).
# source: fitted by {Path(__file__).name} on tests/samples/renderings.*.jsonl
# licence: GPL-3.0-or-later
"""

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """Two strings of one language: their features, whether they render one quote, how much the example counts."""

    lang: str
    groups: tuple[str, str]
    features: tuple[float, ...]
    same: bool
    short: bool


def examples(lang: str) -> Iterator[Example]:
    """The examples of one language."""
    lines = (SAMPLES / f"renderings.{lang}.jsonl").read_text(encoding="utf-8").splitlines()
    versions = [json.loads(line) for line in lines if line]

    def example(one: dict[str, str], other: dict[str, str]) -> Example:
        found = compare_features(one["text"], other["text"], lang)
        short = max(len(version["text"].split()) for version in (one, other)) <= SHORT
        groups = (one["group"], other["group"])
        return Example(lang, groups, found, groups[0] == groups[1], short)

    for one, other in combinations(versions, 2):
        if one["group"] == other["group"]:
            yield example(one, other)
    for one in versions:
        others = [other for other in versions if other["group"] != one["group"]]
        others.sort(key=lambda other: -dice(one["text"], other["text"], lang))
        yield from (example(one, other) for other in others[:NEIGHBOURS])


def design(rows: list[Example]) -> Matrix:
    """The common columns, then those of each language."""
    x = np.zeros((len(rows), (1 + len(LANGS)) * (1 + len(FEATURES))))
    for number, row in enumerate(rows):
        values = (1.0, *row.features)
        own = (1 + LANGS.index(row.lang)) * len(values)
        x[number, : len(values)] = values
        x[number, own : own + len(values)] = values
    return x


def fitted(rows: list[Example]) -> dict[str, tuple[float, ...]]:
    """Intercept and weights by language."""
    x, y = design(rows), np.array([float(row.same) for row in rows])
    counts = np.array([0.5 / y.mean() if row.same else FALSE * 0.5 / (1 - y.mean()) for row in rows])
    width = 1 + len(FEATURES)
    ridge = np.array([RIDGE] * width + [DEVIATION] * width * len(LANGS))
    ridge[0] = 0.001
    weights = np.zeros(x.shape[1])
    for _ in range(40):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ (counts * (p - y)) + ridge * weights
        step = np.linalg.solve((x * (counts * p * (1 - p))[:, None]).T @ x + np.diag(ridge), slope)
        weights -= step
    common = weights[:width]
    return {
        lang: tuple(round(float(w), 3) for w in common + weights[(1 + n) * width : (2 + n) * width])
        for n, lang in enumerate(LANGS)
    }


def likely(row: Example, weights: dict[str, tuple[float, ...]]) -> bool:
    """Whether the regression takes the two for one quote."""
    first, *rest = weights[row.lang]
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
    text = HEADER
    for lang, weights in fitted(rows).items():
        named = zip(("bias", *FEATURES), weights, strict=True)
        text += f"\n[{lang}]\n" + "".join(f"{name} = {value}\n" for name, value in named)
    if options.check:
        print(text)
    else:
        (FOLDER / TABLE).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
