"""How often the language of a text is found: run as `python benchmarks/language_detection.py [SENTENCES]`.

On prose made for this: whole clauses in five languages (tests/samples/languages.toml), joined to sentences, the same
ones in every run. English, Russian and Ukrainian have to be found; Belarusian and Bulgarian, which share their letters,
have to be `other`. Anything may be `und`, unsure. The sets: documents of 10 and of 199 sentences, sentences,
five words from the middle of a sentence, and all of these in capitals. They say how the rules do on news prose of two
clauses; names, quotations and dialects are not in them.
"""

import random
import sys
import time
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from glossary.text.language import detect

PROSE = Path(__file__).parents[1] / "tests" / "samples" / "languages.toml"
LANGUAGES = ("en", "ru", "uk", "be", "bg")
SETS = ("199 sentences", "10 sentences", "sentence", "five words")


@dataclass(frozen=True, slots=True)
class Figures:
    """How many texts were found right, unsure and wrong, and the mean time of one in milliseconds."""

    right: int
    unsure: int
    wrong: int
    milliseconds: float

    @property
    def count(self) -> int:
        """All texts."""
        return self.right + self.unsure + self.wrong


def sentences(lang: str, count: int) -> list[str]:
    """`count` different sentences of one or two clauses, the same ones every time."""
    dice = random.Random(lang)
    parts = {name: _pieces(text) for name, text in tomllib.loads(PROSE.read_text(encoding="utf-8"))[lang].items()}
    made: dict[str, None] = {}
    while len(made) < count:
        one, other = dice.sample(parts["clauses"], 2)
        made_of = f"{one}{dice.choice(parts['joins'])} {other}" if dice.random() < 0.6 else one
        if dice.random() < 0.5:
            made_of = f"{dice.choice(parts['when'])}, {made_of}"
        made[f"{made_of[0].upper()}{made_of[1:]}."] = None
    return list(made)


def _pieces(text: str) -> list[str]:
    return [piece.strip() for line in text.strip().splitlines() for piece in line.split("|")]


def texts(lang: str, kind: str, count: int) -> list[str]:
    """The texts of a set, made of `count` sentences."""
    lines = sentences(lang, count)
    if kind == "sentence":
        return lines
    if kind == "five words":
        dice = random.Random(lang)
        found = [line.rstrip(".").split() for line in lines]
        starts = [(words, dice.randrange(len(words) - 4)) for words in found if len(words) >= 5]
        return [" ".join(words[start : start + 5]) for words, start in starts]
    size = int(kind.split()[0])
    whole = [lines[at : at + size] for at in range(0, len(lines) - size + 1, size)]
    return [("\n" if size > 10 else " ").join(one) for one in whole]


def figures(lang: str, kind: str, count: int, capitals: bool = False) -> Figures:
    """What `detect` says of a set."""
    wanted = lang if lang in ("en", "ru", "uk") else "other"
    found: Counter[str] = Counter()
    made = texts(lang, kind, count)
    begin = time.process_time()
    for text in made:
        guess = detect(text.upper() if capitals else text).lang
        found["right" if guess == wanted else "unsure" if guess == "und" else "wrong"] += 1
    spent = 1000 * (time.process_time() - begin) / max(1, len(made))
    return Figures(found["right"], found["unsure"], found["wrong"], spent)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1990
    print(f"{'':22}" + "".join(f"{lang:>26}" for lang in LANGUAGES))
    for capitals in (False, True):
        for kind in SETS:
            cells = []
            for lang in LANGUAGES:
                found = figures(lang, kind, count, capitals)
                right, wrong = 100 * found.right / found.count, 100 * found.wrong / found.count
                cells.append(f"{right:6.1f} % wrong {wrong:4.1f} {found.milliseconds:5.2f} ms")
            print(f"{kind.upper() if capitals else kind:22}" + "".join(f"{cell:>26}" for cell in cells))


if __name__ == "__main__":
    main()
