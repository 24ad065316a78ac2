"""On what occasion something was probably said, where no phrase is known that tells it.

A multinomial logistic regression over the clues of glossary.quotes.vicinity. Its weights are fitted by
tools/fit_likely.py on passages written for this project.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from glossary import data
from glossary.quotes.vicinity import Clue
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


@dataclass(frozen=True, slots=True)
class Occasion:
    """The likeliest occasion, how likely it is (0 to 1), and the words that speak most for it."""

    origin: str
    share: float
    cue: Span | None


def likely_occasion(clues: Mapping[str, Clue]) -> Occasion:
    """The likeliest occasion of a quote with these clues; `unknown` is one of those it may be."""
    rows, weights = _weights()
    known = [(rows[name], clue) for name, clue in clues.items() if name in rows]
    numbers = [row for row, _ in known]
    counts = np.array([clue.value for _, clue in known], dtype=np.int64)
    scores = (weights[0] * 10 + counts @ weights[numbers]) / SCALE
    odds = np.exp(scores - scores.max())
    best = int(odds.argmax())
    telling = counts * (weights[numbers, best] - weights[numbers].mean(axis=1))
    telling[[len(clue.place) < _WORD for _, clue in known]] = 0  # an article says nothing to a reader
    cue = known[int(telling.argmax())][1].place if known and telling.max() > 0 else None
    return Occasion(OCCASIONS[best], float(odds[best] / odds.sum()), cue)


@cache
def _weights() -> tuple[Mapping[str, int], NDArray[np.int16]]:
    """Clue → its row, and the weights, one row a clue and one column an occasion; row 0 is the intercept."""
    clues, numbers = [], []
    for row in data.read(TABLE):
        clues.append(row["clue"])
        numbers.append(row["weights"])
    table = np.fromstring(" ".join(numbers), dtype=np.int16, sep=" ").reshape(len(clues), len(OCCASIONS))
    return {clue: number for number, clue in enumerate(clues)}, table
