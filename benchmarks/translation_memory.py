"""The translation memory at scale: run as `python benchmarks/translation_memory.py [UNITS] [QUERIES]`.

Units are generated sentences (benchmarks/memory_scale.py), read from a TMX file as `tolmach draft --tmx` does. Queries
are kept sentences as they are, with about an eighth and about a fifth of the words replaced, and sentences that were
never kept. Printed: the time to read the file, the time of a look-up by both clocks, and how many of the sentences
that are at least 75 % alike by comparing with every unit are found.
"""

import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from glossary.quotes.stems import tokens
from glossary.recall import Recall

sys.path.insert(0, str(Path(__file__).parent))
from memory_scale import Maker, bundled, said

HEAD = (
    '<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" '
    'srclang="en" datatype="plaintext"/><body>\n'
)


def written(path: Path, maker: Maker, count: int) -> list[str]:
    """Write a TMX file of `count` units; returns their sources."""
    sources = [said(maker.quote()) for _ in range(count)]
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for number, source in enumerate(sources):
            text = source.replace("&", "&amp;")
            file.write(
                f'<tu><tuv xml:lang="en"><seg>{text}</seg></tuv><tuv xml:lang="ru"><seg>{number}</seg></tuv></tu>\n'
            )
        file.write("</body></tmx>\n")
    return sources


def queries(maker: Maker, sources: list[str], count: int) -> list[tuple[str, str]]:
    """Kind and sentence."""
    dice, found = random.Random(11), []
    for number in range(count):
        kind = ("same", "eighth", "fifth", "new")[number % 4]
        words = dice.choice(sources).split() if kind != "new" else said(maker.quote()).split()
        for place in range(len(words)):
            if dice.random() < {"eighth": 0.125, "fifth": 0.2}.get(kind, 0):
                words[place] = dice.choice(maker.words.nouns)
        found.append((kind, " ".join(words)))
    return found


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    asked = int(sys.argv[2]) if len(sys.argv) > 2 else 800
    maker = Maker(bundled(), 7)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "units.tmx"
        sources = written(path, maker, count)
        begin = time.process_time()
        with Recall("ru", "", [path]) as recall:
            print(f"{recall.units} units read from TMX in {time.process_time() - begin:.1f} s of processor time")
            times: list[tuple[float, float]] = []
            answers = []
            for kind, sentence in queries(maker, sources, asked):
                wall, processor = time.perf_counter(), time.process_time()
                found = recall.best(sentence)
                times.append((time.perf_counter() - wall, time.process_time() - processor))
                answers.append((kind, sentence, found))
    for name, which in (("wall", 0), ("processor", 1)):
        ms = sorted(1000 * one[which] for one in times)
        late = ms[len(ms) * 95 // 100]
        print(f"look-up, {name}: mean {statistics.mean(ms):.1f} ms, 95 % {late:.1f}, worst {ms[-1]:.1f}")
    kept = [tokens(source, "en") for source in sources]
    there: dict[str, list[bool]] = {}
    for kind, sentence, found in answers[: asked // 4]:  # comparing with everything takes a second each
        words = tokens(sentence, "en")
        best = max(Levenshtein.normalized_similarity(words, other, score_cutoff=0.75) for other in kept)
        if best >= 0.75:
            there.setdefault(kind, []).append(found is not None and found.likeness >= best - 0.011)
    for kind, right in there.items():
        print(f"{kind}: {sum(right)} of {len(right)} that are at least 75 % alike are found, the likest first")


if __name__ == "__main__":
    main()
