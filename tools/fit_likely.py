"""Fits the tables of glossary/data that say what is likely of a quote: run as `python tools/fit_likely.py [--check]`.

The data are the project's own: tests/samples/provenance*.jsonl, passages with the occasion, the language and the hands
of every quote. Three regressions, all by Adam on the penalised likelihood, from zero, so that the same samples give the
same tables: one of many classes for occasions, a conditional one for languages (candidates of one quote against each
other), a plain one for hands. Printed is also what each reaches on passages left out.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glossary.data import FOLDER
from glossary.quotes import likely_hands, likely_occasions, likely_tongues
from glossary.quotes.extraction import find_quotes
from glossary.quotes.likely_occasions import OCCASIONS, UNKNOWN
from glossary.quotes.outlets import Mention
from glossary.quotes.readings import Article, read_article
from glossary.quotes.testimony import Reading
from glossary.quotes.vicinity import clues, vicinity
from glossary.text.segment import document

SAMPLES = Path(__file__).parents[1] / "tests" / "samples"
FOLDS = 6
SELDOM = 3  # a clue of fewer quotes is left out
RIDGE = {"occasions": 0.12, "tongues": 2.0, "hands": 1.0}
STEPS, RATE = 400, 0.05
SLIGHT = 0.1  # a weight that is smaller is not written

Matrix = NDArray[np.float64]
Features = dict[str, float]


@dataclass(frozen=True)
class Example:
    """Candidates of one choice with their features, and which is right; `group` is the passage."""

    group: str
    candidates: tuple[tuple[str, Features], ...]
    right: str
    also: tuple[str, ...] = ()


def quotes_of(path: Path) -> Iterator[tuple[str, Article, Reading, dict[str, Any]]]:
    """Passage, article, reading and key of every quote of a file that the extraction finds."""
    for line in path.read_text(encoding="utf-8").splitlines():
        passage = json.loads(line)
        read = document(passage["text"], "en")
        quotes = find_quotes(read)
        article = read_article(read, quotes)
        keys = passage["quotes"]
        for at, key in enumerate(keys):
            if "end" in key:
                hit = [q for q in quotes if q.span.start < key["end"] and key["start"] < q.span.end]
            else:
                hit = [quotes[at]] if len(quotes) == len(keys) else []
            if hit and hit[0].n in article.readings:
                yield f"{path.stem} {passage['id']}", article, article.readings[hit[0].n], key


def examples() -> dict[str, list[Example]]:
    """The examples of the three regressions."""
    found: dict[str, list[Example]] = {"occasions": [], "tongues": [], "hands": []}
    for path in sorted(SAMPLES.glob("provenance*.jsonl")):
        for group, article, reading, key in quotes_of(path):
            read, text = article.document, article.text
            if "origin" in key:
                features: Features = {}
                for part, words_of in vicinity(read, text, reading.area, reading.quote.outer).parts():
                    for clue, value, _ in clues(part, words_of):
                        features[clue] = features.get(clue, 0.0) + value / 10
                found["occasions"].append(Example(group, (("", features),), key["origin"]))
            if "speaker_lang" in key:
                told = likely_tongues.tongue_clues(read, text, reading, article.at_war)
                candidates = tuple((lang, dict.fromkeys(what, 1.0)) for lang, what in sorted(told.items()))
                found["tongues"].append(
                    Example(group, candidates, key["speaker_lang"], tuple(key.get("speaker_lang_alt", ())))
                )
            if "intermediaries" in key:
                for name, (mention, _, what) in likely_hands.hand_clues(read, text, reading).items():
                    right = passed_on(name, mention, article, key["intermediaries"])
                    found["hands"].append(Example(group, (("", dict.fromkeys(what, 1.0)),), "yes" if right else "no"))
    return found


def passed_on(name: str, mention: Mention | None, article: Article, hands: Sequence[dict[str, str]]) -> bool:
    """Whether the key names this organisation, or an interpreter."""
    if mention is None:
        return any(hand["role"] in ("interpreter", "translator") for hand in hands)
    mine = words(name) | words(mention.name.of(article.document.text))
    return any(mine & words(hand["name"]) for hand in hands)


def words(name: str) -> frozenset[str]:
    """The words of a name that tell it from others."""
    return frozenset(name.casefold().replace("'s", "").split()) - {"the", "of", "and"}


class Choice:
    """A regression: rows of features, grouped into choices; classes share rows where `classes` has several names."""

    def __init__(self, given: Sequence[Example], classes: Sequence[str], ridge: float) -> None:
        self.classes, self.ridge = tuple(classes), ridge
        seen = Counter(clue for one in given for _, features in one.candidates for clue in features)
        self.names = ["", *sorted(clue for clue, times in seen.items() if times >= SELDOM)]
        self.index = {name: number for number, name in enumerate(self.names)}
        self.weights = np.zeros((len(self.names), max(1, len(self.classes))))
        if self.classes:
            usable = [one for one in given if one.right in self.classes]
        else:
            usable = [one for one in given if any(name == one.right for name, _ in one.candidates)]
        self.fit(usable)

    def rows(self, given: Sequence[Example]) -> tuple[NDArray[np.int64], NDArray[np.int64], Matrix, NDArray[np.int64]]:
        """Row, column and value of every feature; the choice each row belongs to."""
        row, column, value, choice = [], [], [], []
        number = 0
        for at, one in enumerate(given):
            for _, features in one.candidates:
                for clue, worth in (("", 1.0 if self.classes else 0.0), *features.items()):
                    if clue in self.index:
                        row.append(number)
                        column.append(self.index[clue])
                        value.append(worth)
                choice.append(at)
                number += 1
        return np.array(row), np.array(column), np.array(value), np.array(choice)

    def scores(self, rows: int, row: NDArray[np.int64], column: NDArray[np.int64], value: Matrix) -> Matrix:
        """The sums of the weights of each row."""
        found = np.zeros((rows, self.weights.shape[1]))
        for k in range(self.weights.shape[1]):
            found[:, k] = np.bincount(row, value * self.weights[column, k], rows)
        return found

    def fit(self, given: Sequence[Example]) -> None:
        """Adam on the likelihood with a ridge."""
        row, column, value, choice = self.rows(given)
        rows = len(choice)
        right = np.zeros((rows, self.weights.shape[1]))
        at = 0
        for one in given:
            for name, _ in one.candidates:
                if self.classes:
                    right[at, self.classes.index(one.right)] = 1
                else:
                    right[at, 0] = name == one.right
                at += 1
        moved, spread = np.zeros_like(self.weights), np.zeros_like(self.weights)
        for step in range(1, STEPS + 1):
            likely = self.shares(self.scores(rows, row, column, value), choice, len(given))
            slope = self.ridge * self.weights
            for k in range(self.weights.shape[1]):
                slope[:, k] += np.bincount(column, value * (likely - right)[row, k], len(self.names))
            moved = 0.9 * moved + 0.1 * slope
            spread = 0.99 * spread + 0.01 * slope**2
            pace = RATE * (1 - step / (STEPS + 1))
            self.weights -= pace * (moved / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.99**step)) + 1e-8)

    def shares(self, scores: Matrix, choice: NDArray[np.int64], choices: int) -> Matrix:
        """Softmax over the classes of a row, or over the rows of a choice."""
        if self.classes:
            odds: Matrix = np.exp(scores - scores.max(axis=1, keepdims=True))
            return np.asarray(odds / odds.sum(axis=1, keepdims=True))
        odds = np.exp(np.clip(scores, -30, 30))
        return np.asarray(odds / np.bincount(choice, odds[:, 0], choices)[choice][:, None])

    def answers(self, given: Sequence[Example]) -> list[tuple[str, float]]:
        """The likeliest answer to each choice, and its share."""
        row, column, value, choice = self.rows(given)
        likely = self.shares(self.scores(len(choice), row, column, value), choice, len(given))
        if self.classes:
            return [(self.classes[int(k)], float(p)) for k, p in zip(likely.argmax(1), likely.max(1), strict=True)]
        found, at = [], 0
        for one in given:
            here = likely[at : at + len(one.candidates), 0]
            found.append((one.candidates[int(here.argmax())][0], float(here.max())))
            at += len(one.candidates)
        return found


CLASSES = {"occasions": OCCASIONS, "tongues": (), "hands": ("no", "yes")}


def report(what: str, given: Sequence[Example]) -> None:
    """What a regression reaches on passages left out."""
    fold = {group: number % FOLDS for number, group in enumerate(dict.fromkeys(one.group for one in given))}
    right, known = 0, []
    for number in range(FOLDS):
        fitted = Choice([one for one in given if fold[one.group] != number], CLASSES[what], RIDGE[what])
        left = [one for one in given if fold[one.group] == number]
        for one, (answer, share) in zip(left, fitted.answers(left), strict=True):
            hit = answer == one.right or answer in one.also
            right += hit
            if what == "occasions" and one.right != UNKNOWN:
                known.append((share, hit))
    print(f"{what}: {right / len(given):.3f} of {len(given)} left out")
    for least in (0.0, 0.3, 0.5, 0.7, 0.9) if known else ():
        sure = [hit for share, hit in known if share >= least]
        part, hits = len(sure) / len(known), sum(sure) / len(sure)
        print(f"  told, share of at least {least}: {part:.2f} of them, {hits:.3f} right")


def write(what: str, fitted: Choice) -> None:
    """The table of a regression."""
    table = {"occasions": likely_occasions, "tongues": likely_tongues, "hands": likely_hands}[what].TABLE
    lines = [
        "# Weights of the regression of quotes/likely_*.py of the same name.",
        "# source: fitted by fit_likely.py on tests/samples/provenance*.jsonl",
        "# licence: GPL-3.0-or-later",
    ]
    if what == "occasions":
        lines += [f"# in hundredths: {' '.join(OCCASIONS)}", "clue,weights"]
        for name, weights in zip(fitted.names, fitted.weights, strict=True):
            if not name or np.abs(weights).max() >= SLIGHT:
                lines.append(f"{name},{' '.join(str(round(100 * w)) if abs(w) >= SLIGHT else '0' for w in weights)}")
    else:
        lines.append("clue,weight")
        one = fitted.weights[:, 1] - fitted.weights[:, 0] if what == "hands" else fitted.weights[:, 0]
        lines += [f"{name},{w:.2f}" for name, w in zip(fitted.names, one, strict=True) if not name or abs(w) >= SLIGHT]
    (FOLDER / table).write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Fit, say what is reached, write the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args()
    for what, given in examples().items():
        report(what, given)
        if not options.check:
            write(what, Choice(given, CLASSES[what], RIDGE[what]))


if __name__ == "__main__":
    main()
