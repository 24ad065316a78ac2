#!/usr/bin/env python3
"""Speed, growth and memory of `glossary.align`, and Gale-Church from nltk on the same texts.

The texts are the project's own: the sample articles of tests/samples, or failing them sentences made up from the hand
lexicon, repeated with changing numbers and names, with every eleventh target sentence dropped and a foreign one put in
after every seventeenth. Nothing is downloaded. Run: `python benchmarks/alignment_speed.py [--largest 10000]`.
"""

import argparse
import resource
import time
from collections.abc import Iterator
from pathlib import Path

from glossary import data
from glossary.alignment import Alignment, align
from glossary.text.segment import document
from glossary.text.spans import Document

PLACES = (("Kharkiv", "Харьков"), ("Odesa", "Одесса"), ("Kherson", "Херсон"), ("Izmail", "Измаил"), ("Sumy", "Сумы"))
PEOPLE = (("Bondarenko", "Бондаренко"), ("Koval", "Коваль"), ("Marchenko", "Марченко"), ("Harris", "Харрис"))
SAMPLES = Path(__file__).parent.parent / "tests" / "samples" / "articles"


def sentences(count: int) -> Iterator[tuple[str, str]]:
    """So many sentence pairs, each with words of the lexicon, a name now and then, a number now and then."""
    words = [(row["en"], row["ru"].split(";")[0]) for row in data.rows("news_words.csv")]
    for number in range(count):
        chosen = [words[(number * 7919 + step * 104729) % len(words)] for step in range(9 + number % 11)]
        if number % 3 == 0:
            chosen.insert(1, PLACES[number // 3 % len(PLACES)])
        if number % 4 == 0:
            chosen.insert(3, PEOPLE[number // 4 % len(PEOPLE)])
        if number % 5 == 0:
            chosen.insert(2, (str(10 + number), str(10 + number)))
        source, target = (" ".join(pair[side] for pair in chosen) for side in (0, 1))
        yield source[0].upper() + source[1:] + ".", target[0].upper() + target[1:] + "."


def text(count: int) -> tuple[Document, Document, set[tuple[str, str]]]:
    """Documents of so many source sentences in paragraphs of four, and which sentences belong together."""
    pairs = list(sentences(count))
    targets = []
    for number, (_, target) in enumerate(pairs):
        if number % 11 != 10:
            targets.append(target)
        if number % 17 == 16:
            targets.append(f"Посторонняя фраза номер {number} стоит здесь без всякой пользы.")
    right = {pair for number, pair in enumerate(pairs) if number % 11 != 10}
    return (
        document(paragraphs([pair[0] for pair in pairs]), "en"),
        document(paragraphs(targets), "ru"),
        right,
    )


def paragraphs(lines: list[str]) -> str:
    """Sentences in paragraphs of four."""
    return "\n\n".join(" ".join(lines[n : n + 4]) for n in range(0, len(lines), 4))


def found(alignment: Alignment) -> set[tuple[str, str]]:
    """The 1-1 beads as texts."""
    return {
        (alignment.source.sentence(bead.source[0]), alignment.target.sentence(bead.target[0]))
        for bead in alignment.beads
        if len(bead.source) == len(bead.target) == 1
    }


def f1(guess: set[tuple[str, str]], right: set[tuple[str, str]]) -> float:
    """2 · both / (found + right)."""
    return 2 * len(guess & right) / (len(guess) + len(right))


def gale_church(source: Document, target: Document) -> set[tuple[str, str]] | None:
    """The 1-1 pairs of nltk's Gale-Church (1993), None without nltk."""
    try:
        from nltk.translate.gale_church import align_blocks
    except ImportError:
        return None
    lengths = [[len(s.span) for s in side.sentences] for side in (source, target)]
    links = align_blocks(*lengths)
    return {(source.sentence(i), target.sentence(j)) for i, j in links}


def articles() -> list[tuple[Document, Document]]:
    """The sample articles, or four made-up ones of 25 sentences."""
    pairs = []
    for gold in sorted(SAMPLES.glob("*.gold.tsv")):
        name, lang = gold.name.removesuffix(".gold.tsv").split(".")
        sides = [(SAMPLES / f"{name}.{code}.txt").read_text(encoding="utf-8") for code in ("en", lang)]
        pairs.append((document(sides[0], "en"), document(sides[1], lang)))
    return pairs or [text(25)[:2] for _ in range(4)]


def linked() -> str:
    """Which sentences of the sample articles belong together: our F1 over single links, and Gale-Church's."""
    ours, theirs = [0, 0], [0, 0]
    for gold, (source, target) in zip(sorted(SAMPLES.glob("*.gold.tsv")), articles(), strict=True):
        right = set()
        for row in gold.read_text(encoding="utf-8").splitlines():
            left, _, cell = row.replace(" ¦ ", " ").partition("\t")
            if left and cell:
                right |= links(document(left, "en"), document(cell, target.lang))
        alignment = align(source, target)
        guess = {
            (alignment.source.sentence(one).strip(), alignment.target.sentence(other).strip())
            for bead in alignment.beads
            for one in bead.source
            for other in bead.target
        }
        other = {(one.strip(), two.strip()) for one, two in gale_church(source, target) or ()}
        for counts, made in ((ours, guess), (theirs, other)):
            counts[0] += 2 * len(made & right)
            counts[1] += len(made) + len(right)
    return f"links of the sample articles: F1 {ours[0] / ours[1]:.3f}, Gale-Church {theirs[0] / theirs[1]:.3f}"


def links(source: Document, target: Document) -> set[tuple[str, str]]:
    """Every sentence of one document with every one of the other."""
    sides = [[doc.sentence(n).strip() for n in range(len(doc.sentences))] for doc in (source, target)]
    return {(one, other) for one in sides[0] for other in sides[1]}


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--largest", type=int, default=6000)
    largest: int = parser.parse_args().largest
    pairs = articles()
    size = sum(len(pair[0].sentences) for pair in pairs) / len(pairs)
    for pair in pairs:
        align(*pair)
    times = []
    for _ in range(5):
        begin = time.process_time()
        for pair in pairs:
            align(*pair)
        times.append((time.process_time() - begin) / len(pairs))
    spent = 1000 * min(times)
    print(f"article of {size:.0f} sentences, in bulk: {spent:.1f} ms, {spent * 25 / size:.1f} ms for 25")
    if any(SAMPLES.glob("*.gold.tsv")):
        print(linked())
    print("sentences  seconds t(2n)/t(n) MB at most     F1 Gale-Church s     F1")
    before, count = 0.0, 375
    while count <= largest:
        source, target, right = text(count)
        begin = time.process_time()
        alignment = align(source, target)
        spent = time.process_time() - begin
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        line = f"{count:9d} {spent:8.2f} {spent / before if before else float('nan'):10.2f} {peak:10.0f}"
        line += f" {f1(found(alignment), right):6.3f}"
        if count <= 750:
            begin = time.process_time()
            other = gale_church(source, target)
            if other is not None:
                line += f" {time.process_time() - begin:13.2f} {f1(other, right):6.3f}"
        print(line, flush=True)
        before, count = spent, 2 * count


if __name__ == "__main__":
    main()
