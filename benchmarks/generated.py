"""Pairs in any number, made of the project's own samples: run as `python benchmarks/generated.py N [SENTENCES] >FILE`.

Pair `n` is always the same: 25 beads (or SENTENCES, at least 4) of the sample articles of one language (Russian for
even n, Ukrainian for odd), in their order, with other figures, and three sentences with a village, an official and a
quote that few other pairs have. They say how long runs take and that nothing is lost, not how good the findings are.
"""

import json
import random
import re
import sys
from functools import cache
from pathlib import Path

ARTICLES = Path(__file__).parents[1] / "tests" / "samples" / "articles"
SENTENCES = 25
SYLLABLES = (
    *(("ba", "ба"), ("do", "до"), ("ku", "ку"), ("li", "ли"), ("mo", "мо"), ("ne", "не")),
    *(("po", "по"), ("ru", "ру"), ("sa", "са"), ("ti", "ти"), ("ve", "ве"), ("zo", "зо")),
)
OWN = {
    "en": (
        "{Village} was shelled {m} times on Monday, {Official} said.",
        "“We counted {m} shells in {Village} before noon and then we stopped counting,” {Official} said.",
        "Soldiers of the {n}th Brigade brought {k} residents of {Village} out of the cellars.",
    ),
    "ru": (
        "{Village} в понедельник обстреляли {m} раз, сообщил {Official}.",
        "«До полудня мы насчитали в {Village} {m} снарядов, а потом перестали считать», — сказал {Official}.",
        "Солдаты {n}-й бригады вывели из подвалов {k} жителей {Village}.",
    ),
    "uk": (
        "{Village} у понеділок обстріляли {m} разів, повідомив {Official}.",
        "«До полудня ми нарахували в {Village} {m} снарядів, а потім перестали рахувати», – сказав {Official}.",
        "Солдати {n}-ї бригади вивели з підвалів {k} жителів {Village}.",
    ),
}  # fmt: skip


@cache
def beads(lang: str) -> tuple[tuple[str, str], ...]:
    """The beads of the sample articles that have both sides."""
    found = []
    for path in sorted(ARTICLES.glob(f"*.{lang}.gold.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            source, _, target = line.replace(" ¦ ", " ").partition("\t")
            if source and target:
                found.append((source, target))
    return tuple(found)


def row(number: int, sentences: int = SENTENCES) -> dict[str, str]:
    """The pair of this number as a line of a manifest."""
    lang = ("ru", "uk")[number % 2]
    choose = random.Random(number)
    chosen = [
        beads(lang)[place] for place in sorted(choose.sample(range(len(beads(lang))), sentences - len(OWN["en"])))
    ]
    shift = choose.randrange(1, 80)
    sides = [[_refigured(text, shift) for text in side] for side in zip(*chosen, strict=True)]
    names = [[_name(number // 2 + k, side) for k in (0, 977)] for side in (0, 1)]
    figures = {"n": choose.randrange(20, 99), "m": choose.randrange(20, 99), "k": choose.randrange(20, 99)}
    for side, tongue in enumerate(("en", lang)):
        own = [line.format(Village=names[side][0], Official=names[side][1], **figures) for line in OWN[tongue]]
        for place, line in enumerate(own):
            sides[side].insert(3 + 7 * place, line)
    source, target = ("\n\n".join(" ".join(side[at : at + 3]) for at in range(0, len(side), 3)) for side in sides)
    return {
        "id": f"p{number}",
        "source_text": source,
        "target_text": target,
        "source_lang": "en",
        "target_lang": lang,
    }


def _refigured(text: str, shift: int) -> str:
    return re.sub(r"(?<![\d.,-])\d\d(?![\d.,]\d|\d)", lambda figure: str((int(figure.group()) + shift) % 80 + 20), text)


def _name(number: int, side: int) -> str:
    syllables = [SYLLABLES[number // len(SYLLABLES) ** place % len(SYLLABLES)][side] for place in range(4)]
    return "".join(syllables).capitalize() + ("nyk", "ник")[side]


def write(path: Path, count: int, sentences: int = SENTENCES) -> None:
    """Write a manifest of `count` pairs, unless it is there."""
    if not path.exists():
        partial = path.with_suffix(".partial")
        with partial.open("w", encoding="utf-8") as file:
            for number in range(count):
                file.write(json.dumps(row(number, sentences), ensure_ascii=False) + "\n")
        partial.replace(path)


def main() -> None:
    for number in range(int(sys.argv[1])):
        print(json.dumps(row(number, *map(int, sys.argv[2:3])), ensure_ascii=False))


if __name__ == "__main__":
    main()
