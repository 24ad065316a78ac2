"""On what occasion something was probably said, where no phrase is known that tells it.

A multinomial logistic regression over the clues of glossary.quotes.vicinity, which add up. Its weights are fitted by
tools/fit_likely.py on passages written for this project.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from glossary import data
from glossary.quotes.vicinity import Token, Vicinity, clues, part_of
from glossary.text.recent import recent
from glossary.text.spans import Span

TABLE = "likely_occasions.csv"
UNKNOWN = "unknown"
OCCASIONS = (
    "address", "broadcast", "document", "intercept", "official_statement", "outlet_interview", "own_interview",
    "press_briefing", "social_post", "speech", "telegram", UNKNOWN, "video_statement",
)  # fmt: skip
"""What the regression chooses among, in the order of the columns of its table."""

_WORD = 4  # letters of a cue that is shown
SCALE = 1000.0
"""Clues count in tenths and weights are written in hundredths, so that sums are of whole numbers."""

Sums = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Occasion:
    """The likeliest occasion, and how likely it is (0 to 1)."""

    origin: str
    share: float


def likely_occasion(around: Vicinity) -> Occasion:
    """The likeliest occasion of a quote; `unknown` is one of those it may be."""
    sums = _weights()[1][0] * 10 + _weighed("own", around.own)
    for part, span in around.others:
        sums = sums + _weighed_stretch(part, around.text, span.start, span.end)
    odds = np.exp((sums - sums.max()) / SCALE)
    best = int(odds.argmax())
    return Occasion(OCCASIONS[best], float(odds[best] / odds.sum()))


def telling(around: Vicinity, origin: str) -> Span | None:
    """The words in the sentence of a quote and beside it that speak most for an occasion; None if none do."""
    rows, weights = _weights()
    column = OCCASIONS.index(origin)
    best, place = 0.0, None
    for part, read in around.parts():
        for clue, value, where in clues(part, read) if part != "near" else ():
            row = rows.get(clue)
            if row is not None and len(where) >= _WORD:  # an article says nothing to a reader
                told = value * float(weights[row, column])
                best, place = (told, where) if told > best else (best, place)
    return place


@recent(1024)
def _weighed_stretch(part: str, text: str, start: int, end: int) -> Sums:
    """The same of a sentence, kept for the other quotes near it."""
    return _weighed(part, part_of(part, text, start, end))


def _weighed(part: str, read: tuple[Token, ...]) -> Sums:
    """What the clues of one part speak for each occasion."""
    rows, weights = _weights()
    known = [(row, value) for clue, value, _ in clues(part, read) if (row := rows.get(clue)) is not None]
    if not known:
        return np.zeros(len(OCCASIONS), dtype=np.int64)
    found = np.array(known, dtype=np.int64)
    return np.asarray(found[:, 1] @ weights[found[:, 0]])


@cache
def _weights() -> tuple[Mapping[str, int], NDArray[np.int16]]:
    """Clue → its row, and the weights, one row a clue and one column an occasion; row 0 is the intercept."""
    names, numbers = [], []
    for row in data.read(TABLE):
        names.append(row["clue"])
        numbers.append(row["weights"])
    table = np.fromstring(" ".join(numbers), dtype=np.int16, sep=" ").reshape(len(names), len(OCCASIONS))
    return {name: number for number, name in enumerate(names)}, table
